"""The road to the centre: worker, client, back-off, and what the answers change."""
