"""Understand: same story together, archetypes, rank."""
