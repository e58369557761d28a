"""Resident enrolment: which year, how much, and from when it counts (FACTS §5)."""
