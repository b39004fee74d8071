"""Bytes of an attachment → the text inside it, stretch by stretch, with where a person finds each."""
