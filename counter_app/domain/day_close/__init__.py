"""The close of a day: receipts, records and the centre's answers, item by item."""
