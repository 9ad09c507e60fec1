"""Audits of a person's own posts, kept in their store: how far one has come, what it found, and what they ticked."""
