"""HTTP for whatever sources name: safe, polite, conditional."""
