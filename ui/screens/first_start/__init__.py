"""Making this PC one of the station's: code, approval, first passphrase, first filling."""
