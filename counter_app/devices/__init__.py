"""Ports and drivers of what hangs on the PC."""
