"""Documents → typed records, one file per kind of content."""
