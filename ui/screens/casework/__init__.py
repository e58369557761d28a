"""One form screen for every item that brings no screen of its own."""
