"""Read models: what screens show, as frozen values."""
