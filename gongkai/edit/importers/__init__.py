"""One module per foreign format → content files."""
