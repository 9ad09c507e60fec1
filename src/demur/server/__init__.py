"""The local server: an encrypted store, the pages and the API around the engine."""
