"""Reading the caseload, what was called fine and private notes, and the engine that knows the first two."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from demur.core.folding import fold
from demur.core.people import Caseload
from demur.engine import Engine
from demur.screening.allowlist import NOTHING_ALLOWED, Allowlist
from demur.server.casework.models import AllowanceRecord, CaseloadRevision, ClientRecord, NoteRecord
from demur.server.database import vault
from demur.server.second_reader import open_second_reader
from demur.workspace import build_engine

_Key = tuple[int, int, tuple[tuple[str, int, int], ...]]


@dataclass(frozen=True, slots=True)
class _Built:
    key: _Key
    engine: Engine


@dataclass(frozen=True, slots=True)
class CallingFine:
    """The key of the allowlist's fingerprints, and the ways of writing the clients' names."""

    key: bytes
    names: Container[tuple[str, ...]]


class _Cache:
    """The one engine in memory. It holds every name on the caseload, so locking drops it."""

    def __init__(self) -> None:
        self.guard = threading.Lock()
        self.built: _Built | None = None

    def drop(self) -> None:
        self.built = None


_cache = _Cache()
vault.on_lock(_cache.drop)


def caseload() -> Caseload:
    """Everybody on the caseload. Raises VaultLocked."""
    return Caseload(tuple(row.to_client() for row in ClientRecord.objects.order_by("client_id")))


def clients(search: str = "") -> list[ClientRecord]:
    """The records, by name; those in which every word of the search occurs, whatever its case or accents."""
    rows = list(ClientRecord.objects.all())
    words = fold(search).text.split()
    if not words:
        return rows
    return [row for row in rows if all(word in _searchable(row) for word in words)]


def count() -> int:
    """How many people are on the caseload, invented ones included."""
    return ClientRecord.objects.count()


def has_sample() -> bool:
    """Whether invented people are on the caseload."""
    return ClientRecord.objects.filter(sample=True).exists()


def allowlist() -> Allowlist:
    """What counts as fine today. Raises VaultLocked."""
    held = [row.to_allowance() for row in allowances()]
    return Allowlist(allowlist_key(), held, timezone.localdate()) if held else NOTHING_ALLOWED


def allowances() -> list[AllowanceRecord]:
    """Everything that was called fine, what ran out included, the next to run out first."""
    return list(AllowanceRecord.objects.all())


def notes() -> list[NoteRecord]:
    """The private notes for supervision, the latest first. Raises VaultLocked."""
    return list(NoteRecord.objects.all())


def note(key: str) -> NoteRecord | None:
    """One note; None where there is none with that key. Raises VaultLocked."""
    return NoteRecord.objects.filter(key=key).first()


def calling_fine() -> CallingFine:
    """What it takes to offer "this is fine". Raises VaultLocked, InvalidPolicy."""
    return CallingFine(allowlist_key(), _engine().caseload.forms)


def allowlist_key() -> bytes:
    """The key of the allowlist's fingerprints. Raises VaultLocked."""
    return vault.derive("allowlist")


def baseline_key() -> bytes:
    """The key of the fingerprints in baseline files. Raises VaultLocked."""
    return vault.derive("baseline")


def engine() -> Engine:
    """The engine for the caseload and for what is called fine as they are now. Raises VaultLocked, InvalidPolicy.

    Built again only after a change of the caseload or of the agency's policy, in whatever process, or after a lock.
    A policy that was changed into one that doesn't load judges nothing. What a second reader said goes with a lock.
    """
    return _engine().allowing(allowlist())


def _engine() -> Engine:
    folder = settings.POLICY_FOLDER
    built = _cache.built
    key = _key()
    if built is not None and built.key == key:
        return built.engine
    with _cache.guard:
        built = _cache.built
        key = _key()
        if built is None or built.key != key:
            second = open_second_reader(settings.SECOND_READER, settings.SECOND_READER_MODEL)
            built = _Built(key, build_engine(caseload(), folder, second))
            # A lock in the meantime has dropped the cache already; what it dropped must not come back.
            if vault.generation() == key[0]:
                _cache.built = built
        return built.engine


def _key() -> _Key:
    generation = vault.generation()
    vault.key()
    number = CaseloadRevision.objects.filter(id=1).values_list("number", flat=True).first() or 0
    return generation, number, _policy_files(settings.POLICY_FOLDER)


def _policy_files(folder: Path | None) -> tuple[tuple[str, int, int], ...]:
    """Each file of the agency's policy with its time and size, so that a change while Demur runs is noticed."""
    if folder is None:
        return ()
    files = [(str(folder), 0, 0)]
    for path in folder.rglob("*"):
        if path.name.endswith((".cedar", ".cases.toml")):
            # A file that goes away in this moment is missing from the next look, which then differs.
            with contextlib.suppress(OSError):
                stat = path.stat()
                files.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(sorted(files))


def _searchable(row: ClientRecord) -> str:
    parts = (
        row.client_id,
        row.given_name,
        row.middle_name,
        row.family_name,
        row.preferred_name,
        *row.other_names,
        row.email,
        row.phone,
        row.city,
        *row.handles,
    )
    return fold("\n".join(part for part in parts if part)).text
