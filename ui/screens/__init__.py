"""One folder a screen: presenter without Qt, view with it; screens do not know each other."""
