"""A server on this machine that rebuilds what changed."""
