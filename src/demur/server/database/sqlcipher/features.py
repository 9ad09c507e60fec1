"""What this SQLCipher can do. Django reads several of these from the sqlite3 that Python was built with."""

from __future__ import annotations

from django.db.backends.sqlite3 import features as sqlite3_features
from sqlcipher3 import dbapi2 as Database


class DatabaseFeatures(sqlite3_features.DatabaseFeatures):
    """Django's SQLite features, with the version-dependent ones taken from SQLCipher's own SQLite."""

    can_alter_table_drop_column = Database.sqlite_version_info >= (3, 35, 5)
    can_return_columns_from_insert = Database.sqlite_version_info >= (3, 35)
    can_return_rows_from_bulk_insert = can_return_columns_from_insert
