"""A person's own accounts: what leads from one to the other, and how to be on social media at all."""
