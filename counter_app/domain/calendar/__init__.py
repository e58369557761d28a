"""Working days with 调休, as data."""
