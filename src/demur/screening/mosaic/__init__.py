"""Facts in a text that together may point to one person: read, weighed with public rates, and counted."""
