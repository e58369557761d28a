"""Policy is dated data: packs, their parameters, and what is missing."""
