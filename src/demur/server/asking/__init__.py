"""Questions about people: how many may be asked in an hour, what is noted of each, and who reads that."""
