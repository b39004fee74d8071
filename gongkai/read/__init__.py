"""Files → documents with the place of every key and value."""
