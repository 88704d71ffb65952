"""Deliver: one file per channel."""
