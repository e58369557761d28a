"""The synthetic township of the invented 示范县: seeded people who belong to nobody."""
