"""A verdict, written out for people and for programs."""
