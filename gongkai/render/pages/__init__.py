"""One module per kind of page: the catalog → views."""
