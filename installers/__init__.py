"""Set-up and build tools; nothing here is imported by the program."""
