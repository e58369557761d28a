"""异地就医备案 (national list, items 13–16; see README.md of this folder)."""
