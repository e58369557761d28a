"""The station's worklist."""
