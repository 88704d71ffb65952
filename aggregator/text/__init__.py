"""Pure functions on text: addresses, HTML, sentences, dates."""
