"""Off-site filing (异地就医备案): categories, places, periods, and which filing is in force."""
