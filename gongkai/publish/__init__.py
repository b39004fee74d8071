"""Bytes → the site folder, whole or not at all."""
