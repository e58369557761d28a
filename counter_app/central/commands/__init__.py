"""Subcommands of counter-central, a file each."""
