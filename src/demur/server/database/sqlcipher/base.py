"""Django's SQLite backend over `sqlcipher3` in the place of `sqlite3`.

INVARIANT: the key goes to SQLCipher straight on the raw connection, never through a Django cursor, so it is in no
query log, and it is a raw key, so SQLCipher derives nothing slowly for each connection.
"""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base as sqlite3_base
from django.db.backends.sqlite3._functions import register as register_functions  # type: ignore[import-untyped]
from django.db.utils import DatabaseError, OperationalError
from django.utils.asyncio import async_unsafe
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as Database

from demur.server.database import vault
from demur.server.database.sqlcipher.features import DatabaseFeatures
from demur.server.database.sqlcipher.operations import DatabaseOperations

# Django registers these for the standard library's sqlite3 only; sqlcipher3 keeps a registry of its own.
Database.register_converter("bool", b"1".__eq__)
Database.register_converter("date", sqlite3_base.decoder(parse_date))
Database.register_converter("time", sqlite3_base.decoder(parse_time))
Database.register_converter("datetime", sqlite3_base.decoder(parse_datetime))
Database.register_converter("timestamp", sqlite3_base.decoder(parse_datetime))
Database.register_adapter(decimal.Decimal, str)
Database.register_adapter(datetime.date, sqlite3_base.adapt_date)
Database.register_adapter(datetime.datetime, sqlite3_base.adapt_datetime)


class KeyDoesNotFit(DatabaseError):
    """The file can't be read with the key in the vault: another key, or not a store at all."""


class DatabaseWrapper(sqlite3_base.DatabaseWrapper):
    """A connection to the encrypted store, made with the key that the vault holds."""

    display_name = "SQLCipher"
    Database = Database
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations

    _opened_in = -1

    def _cursor(self, name: str | None = None) -> Any:
        # A connection carries the key. One that was opened before a lock must not outlive it; a transaction that is
        # under way may finish, because half a write would be worse.
        if self.connection is not None and self._opened_in != vault.generation() and not self.in_atomic_block:
            self.close()
        return super()._cursor(name)  # type: ignore[misc]  # missing in the stubs

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        key = vault.key()
        opened_in = vault.generation()
        # INVARIANT: only `server.local` makes a file for a store. SQLite would put an empty one in the place of a store
        # that was moved away while Demur runs, and an empty caseload judges as if nobody were served.
        file = f"{Path(conn_params['database']).absolute().as_uri()}?mode=rw"
        connection = Database.connect(**{**conn_params, "database": file, "uri": True})
        try:
            # SQLCipher would print its own lines to stderr for a wrong key; the sentence that we raise is enough.
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            try:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            except Database.OperationalError as error:
                raise OperationalError(*error.args) from error
            except Database.DatabaseError:
                raise KeyDoesNotFit("the store can't be read with this key") from None
            register_functions(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA legacy_alter_table = OFF")
            # REPLACE deletes rows; without this it would slip past the triggers that keep the log append-only.
            connection.execute("PRAGMA recursive_triggers = ON")
            # Temporary tables and sorts would otherwise go to a file of their own.
            connection.execute("PRAGMA temp_store = MEMORY")
            # What somebody removes is overwritten, so that it does not stay in free pages for whoever has the key.
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA journal_mode = WAL")
        except BaseException:
            connection.close()
            raise
        self._opened_in = opened_in
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)


class Cursor(Database.Cursor):  # type: ignore[misc]
    """Takes Django's `%s` and `%(name)s` placeholders, as Django's own wrapper does over sqlite3."""

    def execute(self, query: str, params: Sequence[Any] | Mapping[str, Any] | None = None) -> Any:
        if params is None:
            return super().execute(query)
        names = list(params) if isinstance(params, Mapping) else None
        return super().execute(_convert(query, names), params)

    def executemany(self, query: str, param_list: Iterable[Sequence[Any] | Mapping[str, Any]]) -> Any:
        rows = list(param_list)
        names = list(rows[0]) if rows and isinstance(rows[0], Mapping) else None
        return super().executemany(_convert(query, names), rows)


def _convert(query: str, names: list[str] | None) -> str:
    if names is None:
        return str(sqlite3_base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%"))
    return query % {name: f":{name}" for name in names}
