"""The encrypted store: its key, and Django's way into it."""
