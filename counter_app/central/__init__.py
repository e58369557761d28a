"""The reference central server: own tables, own migrations, own code."""
