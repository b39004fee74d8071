"""Text → tokens → index: exact search in the browser, with no server."""
