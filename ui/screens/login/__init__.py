"""Log-in, lock, and the way back from a forgotten passphrase."""
