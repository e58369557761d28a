"""Rules of the office: pure functions over frozen dataclasses."""
