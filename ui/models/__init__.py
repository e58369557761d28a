"""Qt models over the read models, and how their rows look."""
