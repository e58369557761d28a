"""Find a person or a case: one box, people then cases."""
