"""Benchmarks that need the window: start, search."""
