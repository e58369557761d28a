"""Whom a case concerns: people of the roster, households, and how they are told apart."""
