"""Rows of content files → tables for a spreadsheet."""
