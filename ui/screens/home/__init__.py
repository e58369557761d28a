"""Home: the scan box, what waits for somebody, and how it stands with the centre."""
