"""A scanned receipt, checked without a network."""
