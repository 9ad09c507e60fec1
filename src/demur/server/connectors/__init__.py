"""Mailboxes and accounts that the person connected: asked when they press, read only but for their own yes or no."""
