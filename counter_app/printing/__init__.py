"""Data to PDF bytes; knows no printer and no database."""
