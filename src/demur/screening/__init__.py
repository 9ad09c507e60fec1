"""Finds in a text what could point to a person, and never judges it."""
