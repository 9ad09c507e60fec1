"""Requests that came in: what was said about them, how they were answered, and what happened afterwards."""
