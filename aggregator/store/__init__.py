"""The database: every query, grouped by noun."""
