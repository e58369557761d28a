"""The household card: members × years, amounts, what to do."""
