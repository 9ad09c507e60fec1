"""SQL that depends on the SQLite version, asked of SQLCipher's own SQLite."""

from __future__ import annotations

from django.db.backends.sqlite3 import operations as sqlite3_operations
from sqlcipher3 import dbapi2 as Database


class DatabaseOperations(sqlite3_operations.DatabaseOperations):
    """Django's SQLite operations, with the one that looks at the version of Python's own sqlite3 corrected."""

    def force_group_by(self) -> list[str]:
        return ["GROUP BY TRUE"] if Database.sqlite_version_info < (3, 39) else []
