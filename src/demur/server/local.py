"""Opens the local store, or makes it on first start: whole, or not at all."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from demur.server.database import vault
from demur.server.database.errors import (
    FolderNotWritable,
    KeyFileRefused,
    KeyringUnreachable,
    PassphraseRefused,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreIsLocked,
    StoreTooNew,
    VaultLocked,
    WrongKey,
    WrongPassphrase,
)
from demur.server.folder import (
    data_folder,
    default_folder,
    make_folder,
    reason,
    require_writable,
    require_writable_file,
    store_exists,
    store_folder,
)
from demur.server.keys import DATABASE, SIDECAR, Ask, KeySource, NewKey, find_key, key_from_typed, new_key, read_sidecar

__all__ = [
    "FolderNotWritable",
    "IdleWatch",
    "KeyFileRefused",
    "KeySource",
    "KeyringUnreachable",
    "Opened",
    "PassphraseRefused",
    "StoreBusy",
    "StoreDamaged",
    "StoreError",
    "StoreIsLocked",
    "StoreTooNew",
    "VaultLocked",
    "WrongKey",
    "WrongPassphrase",
    "asks_passphrase",
    "data_folder",
    "lock",
    "lock_if_idle",
    "open_store",
    "start",
    "store_exists",
    "store_problem",
    "unlock",
]

log = logging.getLogger("demur.store")

_unlocking = threading.Lock()
_LEFTOVER_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening did. `message` is plain sentences for the person, empty where there is nothing to say."""

    created: bool
    key_source: KeySource
    message: str


def start(folder: Path) -> None:
    """Set Django up for the store in this data folder. Doing it twice changes nothing; another folder locks first."""
    os.environ["DEMUR_HOME"] = str(folder.absolute())
    os.environ["DJANGO_SETTINGS_MODULE"] = "demur.server.settings"
    import django
    from django.apps import apps
    from django.db import connections

    name = str(_database(folder))
    if connections.settings["default"]["NAME"] != name:
        vault.lock()
        _point_at(name)
    if not apps.ready:
        django.setup()


def open_store(folder: Path, *, ask: Ask | None, briefly: bool = False) -> Opened:
    """Open the store of the data folder, or make it, and unlock the vault. Raises StoreError, with nothing damaged.

    `ask` asks the person for a passphrase; None where there is no terminal. `briefly`: for one command, so that a
    thousand checks in a script don't write a thousand openings; what a command changes has its own line in the log.
    """
    start(folder)
    if store_exists(folder):
        return _open(folder, ask, briefly)
    make_folder(folder)
    return _create(folder, ask)


def asks_passphrase(folder: Path | None = None) -> bool:
    """Whether the unlock page has to ask for a passphrase; otherwise a button is enough. Raises StoreError."""
    return read_sidecar(store_folder(folder or default_folder())).source is KeySource.PASSPHRASE


def unlock(passphrase: str = "", folder: Path | None = None) -> None:
    """Unlock a running server again: with the typed passphrase, or from where the key lives. Raises StoreError."""
    from django.db import DatabaseError

    folder = folder or default_folder()
    # One at a time: each try takes 128 MiB and half a second, and whoever guesses should have to queue.
    with _unlocking:
        if vault.is_unlocked():
            return
        store = store_folder(folder)
        sidecar = read_sidecar(store)
        if sidecar.source is KeySource.PASSPHRASE:
            # The environment's passphrase would make the button on the page an open door, so it has to be typed.
            key = key_from_typed(sidecar, passphrase)
        else:
            key = find_key(sidecar, store, os.environ, None)
        _require_database(store)
        vault.unlock(key)
        try:
            _record("store-unlocked", sidecar.source)
        except DatabaseError as error:
            vault.lock()
            raise _explain(error, folder) from None
        except BaseException:
            vault.lock()
            raise
        vault.touch(time.monotonic())


def lock() -> None:
    """Lock now, because the person asked for it; the log says so."""
    _lock("asked")


def lock_if_idle(now: float, limit_seconds: float) -> bool:
    """Lock where nobody used Demur for the limit; the log says so. `now` is a clock that only goes forward."""
    if not vault.is_unlocked() or vault.idle_seconds(now) < limit_seconds:
        return False
    _lock("idle")
    return True


class IdleWatch:
    """Locks an idle store even when no request comes any more, so that the key does not stay in memory overnight.

    For `with`, around the time in which a server runs. Requests reset the clock by `vault.touch`.
    """

    def __init__(self, limit_seconds: float) -> None:
        self._limit = limit_seconds
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="demur-idle-watch", daemon=True)

    def __enter__(self) -> IdleWatch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        from django.db import connections

        while not self._stop.wait(max(self._limit - vault.idle_seconds(time.monotonic()), self._limit / 60)):
            if lock_if_idle(time.monotonic(), self._limit):
                connections.close_all()


def _lock(why: str) -> None:
    with _unlocking:
        if not vault.is_unlocked():
            return
        try:
            _record("store-locked", why=why)
        except Exception:
            # Locking matters more than writing that down: neither a full disk nor a broken log keeps the store open.
            log.error("the lock could not be noted", exc_info=True)
        finally:
            vault.lock()


def _open(folder: Path, ask: Ask | None, briefly: bool) -> Opened:
    from django.db import connection

    store = store_folder(folder)
    sidecar = read_sidecar(store)
    _require_database(store)
    key = find_key(sidecar, store, os.environ, ask)
    require_writable(store)
    require_writable_file(store / DATABASE)
    try:
        vault.unlock(key)
        upgraded = _look_through(folder, sidecar.source, briefly)
    except BaseException:
        vault.lock()
        raise
    finally:
        connection.close()
    vault.touch(time.monotonic())
    return Opened(False, sidecar.source, "Your store was brought up to date." if upgraded else "")


def _require_database(store: Path) -> None:
    # INVARIANT: SQLite takes an empty file for a new database, with any key. It must never get to see one here.
    database = store / DATABASE
    if not database.is_file() or database.stat().st_size == 0:
        raise StoreDamaged(f"{database} is missing or empty.")


def _look_through(folder: Path, source: KeySource, briefly: bool) -> bool:
    """Read the whole store once, bring it up to date, and log the opening; whether it was older. Raises StoreError."""
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            # Every page carries an HMAC: this reads them all, and is quick for a store of this size.
            if cursor.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
                raise StoreDamaged(f"{_database(folder)} is damaged.")
        if not _is_made():
            raise StoreDamaged(f"{_database(folder)} holds nothing.")
        upgraded = _migrate()
        if not briefly:
            _record("store-unlocked", source)
        if upgraded:
            _record("store-upgraded")
        return upgraded
    except DatabaseError as error:
        raise _explain(error, folder) from None


def _create(folder: Path, ask: Ask | None) -> Opened:
    """Make the store in a folder of its own and move that into place in one step.

    INVARIANT: `store/` appears whole. Whatever fails before, or the power going out, leaves no half-made store, only
    a folder `.new-…` that holds nothing yet and is cleared away at the next first start.
    """
    from django.db import connection

    store = store_folder(folder)
    _clear_leftovers(folder)
    new = new_key(os.environ, ask, store)
    building = folder / f".new-{secrets.token_hex(8)}"
    try:
        try:
            building.mkdir(mode=0o700)
            new.save(building)
            _write(building / SIDECAR, new.sidecar.to_json())
            _write(building / DATABASE, "")
            vault.unlock(new.key)
            _point_at(str(building / DATABASE))
            _migrate()
            _record("store-created", new.sidecar.source)
            connection.close()
            _put_in_place(building, store)
        except BaseException:
            vault.lock()
            raise
        finally:
            connection.close()
            _point_at(str(store / DATABASE))
    except OSError as error:
        _undo(new, building)
        raise FolderNotWritable(folder, reason(error)) from None
    except BaseException:
        _undo(new, building)
        raise
    vault.touch(time.monotonic())
    return Opened(True, new.sidecar.source, f"Made your encrypted store in {store}. {new.says}")


def _put_in_place(building: Path, store: Path) -> None:
    if store_exists(store.parent):
        raise StoreBusy
    # Renaming a folder onto an existing one fails unless that is empty, so a store made meanwhile by another Demur
    # is never replaced.
    building.rename(store)
    if sys.platform != "win32":
        descriptor = os.open(store.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _undo(new: NewKey, building: Path) -> None:
    new.unsave()
    shutil.rmtree(building, ignore_errors=True)


def _clear_leftovers(folder: Path) -> None:
    """Clear away what a first start that was killed has left; a young one may still be at work."""
    for leftover in folder.glob(".new-*"):
        if time.time() - leftover.stat().st_mtime > _LEFTOVER_SECONDS:
            shutil.rmtree(leftover, ignore_errors=True)


def _migrate() -> bool:
    """Apply the missing migrations, each in its own transaction; whether there were any. Raises StoreTooNew."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    unknown = executor.loader.applied_migrations.keys() - executor.loader.disk_migrations.keys()
    if unknown:
        raise StoreTooNew
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        executor.migrate(executor.loader.graph.leaf_nodes(), plan)
    return bool(plan)


def _is_made() -> bool:
    """Whether the file holds a store at all; SQLite opens an empty one without a word."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return bool(MigrationRecorder(connection).applied_migrations())


def _record(verb: str, source: KeySource | None = None, why: str = "") -> None:
    from django.db import transaction

    from demur.server.ledger import actions
    from demur.server.ledger.verbs import Verb

    details: dict[str, object] = {}
    if source is not None:
        details["key_source"] = source.value
    if why:
        details["why"] = why
    with transaction.atomic():
        actions.record(Verb(verb), details=details)


def store_problem(error: Exception, folder: Path | None = None) -> StoreError | None:
    """What an error of the database means for the person, where it is the store's and not a mistake in Demur."""
    from django.db import OperationalError

    from demur.server.database.sqlcipher.base import KeyDoesNotFit

    if isinstance(error, OperationalError | KeyDoesNotFit):
        return _explain(error, folder or default_folder())
    return None


def _explain(error: Exception, folder: Path) -> StoreError:
    from django.db import OperationalError

    if not isinstance(error, OperationalError):
        # The key is right, the sidecar's check says so; then it is the file that is not.
        return StoreDamaged(f"{_database(folder)} is damaged.")
    said = str(error)
    if "unable to open" in said and not _database(folder).exists():
        return StoreDamaged(f"{_database(folder)} is missing.")
    if "readonly" in said or "unable to open" in said:
        return FolderNotWritable(store_folder(folder))
    if "locked" in said:
        return StoreBusy()
    if "full" in said:
        return FolderNotWritable(folder, "the disk is full")
    return StoreDamaged(f"{_database(folder)} can't be read.")


def _database(folder: Path) -> Path:
    return store_folder(folder.absolute()) / DATABASE


def _point_at(name: str) -> None:
    """Let every connection that is opened from now on go to this file."""
    from django.db import connections

    connections.close_all()
    connections.settings["default"]["NAME"] = name


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
