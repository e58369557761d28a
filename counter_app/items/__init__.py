"""Service items: one self-contained folder each; they never import each other."""
