"""The only package that knows SQL: station database (precious) and reference database (replaceable)."""
