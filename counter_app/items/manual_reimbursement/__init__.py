"""医疗费用手工报销, out-patient and in-patient (national list, items 19 and 20; see README.md here)."""
