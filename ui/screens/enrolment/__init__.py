"""城乡居民参保登记 on screen."""
