"""高额费用预警: whose own share of a year passes a line of the pack. No line, no warning."""
