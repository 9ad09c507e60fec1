"""Check-ups of a person's own settings, kept in their store: what was read, what they answered, and when."""
