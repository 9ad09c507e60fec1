"""Files of the drop, in which neither number nor order of the records tells anything, and how they are read."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from demur.server.officer.sealing import (
    RECORD_BYTES,
    NotForThisKey,
    Question,
    Tampered,
    dummy,
    seal,
    to_bytes,
    unseal,
)

MAGIC = b"demur-drop-1\n"
SUFFIX = ".drop"
BATCH = 64
"""Files hold a multiple of this many records, and never none."""

_LARGEST_FILE = 256 * 1024 * 1024


def filled_up(public: bytes, records: Sequence[bytes]) -> bytes:
    """The bytes of a file: the records and as many dummies as are missing, in an order left to chance."""
    missing = -len(records) % BATCH if records else BATCH
    every = [*records, *(seal(public, to_bytes(dummy())) for _ in range(missing))]
    secrets.SystemRandom().shuffle(every)
    return MAGIC + b"".join(every)


def put(folder: Path, day: str, data: bytes) -> None:
    """Put a file into the drop in one step, under a name that only tells the day. Raises OSError."""
    name = f"{day}-{secrets.token_hex(8)}"
    beside = folder / f".{name}.new"
    # Readable for others: it is sealed, and the officer is somebody else. The folder says who may look into it.
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.rename(folder / f"{name}{SUFFIX}")
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


@dataclass(slots=True)
class Tally:
    """What was found in a drop, in numbers. `files_left_out` are names of files that are none of the drop's."""

    files: int = 0
    records: int = 0
    questions: int = 0
    tampered: int = 0
    for_another_key: int = 0
    again: int = 0
    cut_off: int = 0
    files_left_out: list[str] = field(default_factory=list)


def files_in(folder: Path) -> list[Path]:
    """The files of a drop, by name, so by day. Raises OSError."""
    return sorted(path for path in folder.iterdir() if path.suffix == SUFFIX and not path.name.startswith("."))


def read_file(path: Path, private: X25519PrivateKey, seen: set[str], tally: Tally) -> Iterator[Question | None]:
    """One item for each record of a file: the question, or None where there is none. The tally says why.

    A record that was changed is left out, and the others are read. `seen` holds numbers of records read before.
    """
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST_FILE:
            raise OSError
        data = path.read_bytes()
    except OSError:
        data = b""
    if not data.startswith(MAGIC):
        tally.files_left_out.append(path.name)
        return
    tally.files += 1
    body = memoryview(data)[len(MAGIC) :]
    tally.cut_off += bool(len(body) % RECORD_BYTES)
    for start in range(0, len(body) - RECORD_BYTES + 1, RECORD_BYTES):
        tally.records += 1
        yield _read(bytes(body[start : start + RECORD_BYTES]), private, seen, tally)


def _read(record: bytes, private: X25519PrivateKey, seen: set[str], tally: Tally) -> Question | None:
    try:
        question = unseal(private, record)
    except NotForThisKey:
        tally.for_another_key += 1
        return None
    except Tampered:
        tally.tampered += 1
        return None
    if question.number in seen:
        tally.again += 1
        return None
    seen.add(question.number)
    tally.questions += question.real
    return question if question.real else None
