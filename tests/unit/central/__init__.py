"""The reference centre on a real PostgreSQL."""
