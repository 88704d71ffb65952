"""A personal news desk for AI engineers: sources in, one short digest out, every sentence with its source."""

__version__ = "0.1.0"
