"""What the agency allows: judges facts, and never reads a text."""
