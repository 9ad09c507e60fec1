"""The reader: a small model that reads a draft with its author, its readers and its thread."""
