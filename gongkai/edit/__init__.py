"""Starting files, schemas and importers."""
