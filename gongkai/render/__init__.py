"""The catalog → planned outputs → bytes; writes nothing."""
