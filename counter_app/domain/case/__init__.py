"""What a case is at the counter: its kinds of entry, its states, its parties."""
