"""Side-by-side measurements. `make bench` runs them and prints a table; nothing here is a test."""
