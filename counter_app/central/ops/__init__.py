"""POST /ops: entries are stored as they came, the chain is verified, each is judged (SYNC §4)."""
