"""After acceptance: it is kept, the paper follows, the next person."""
