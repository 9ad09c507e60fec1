"""Demur: confidentiality between human services professionals and the people they serve, on social media."""

__version__ = "0.1.0"
