"""Measurements, run by hand: `make bench`, `make soak`. They report times and ratios, and fail nobody."""
