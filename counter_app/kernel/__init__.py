"""Words everybody shares. Standard library only, no input or output."""
