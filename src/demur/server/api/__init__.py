"""The typed API, and the LanguageTool protocol."""
