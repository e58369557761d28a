"""医保基层窗口: everything of the counter that is not a window."""

__version__ = "0.1.0"
"""pyproject's; the frozen program puts its git tag here before anything else is imported."""
