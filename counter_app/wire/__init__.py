"""Versioned message shapes shared with the centre; canonical bytes, hashes, signatures (SYNC.md)."""
