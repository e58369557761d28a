"""Void a case of today."""
