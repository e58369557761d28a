"""What a scanned or pasted text is."""
