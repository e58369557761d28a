"""A held case: both sides field by field, and what may be answered."""
