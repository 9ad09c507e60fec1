"""A Django backend over SQLCipher: Django's SQLite backend, with an encrypted file and the key from the vault."""
