"""The demonstration: a centre on loopback, an invented township, and a tour that drives the real window."""
