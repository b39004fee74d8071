"""A report → text in one of the formats that people and machines read: one module each."""
