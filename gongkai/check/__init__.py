"""One module per family of duty."""
