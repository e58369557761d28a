"""What a service item (事项) is, and the registry that finds them."""
