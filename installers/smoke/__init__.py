"""The smoke test of the frozen program: standard library only, it runs where none of our packages is."""
