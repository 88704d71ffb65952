"""Collect: one file per kind of source."""
