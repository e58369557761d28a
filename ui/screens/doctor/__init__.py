"""The examination of this PC: what is wrong, what it means at the window, what to do."""
