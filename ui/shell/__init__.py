"""The shell: one window, its bars, its keys, and who may come in."""
