"""A digest as terminal, HTML, plain text, Markdown and JSON: pure functions."""
