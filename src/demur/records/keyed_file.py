"""Files of keyed fingerprints, one JSON object a line: what is called fine, and what a scan has found before.

The first line says what the file is, its version and which key its fingerprints need. The others are sorted, so that
two versions of a file can be compared line by line. No line holds words of a post.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from demur.core.allowances import fingerprint
from demur.records.batch import UnreadableLine, parse_json

T = TypeVar("T")

MAXIMUM_BYTES = 200_000_000
"""The largest file that is read: about a million findings."""


class UnreadableKeyedFile(ValueError):
    """A file that is not one of these, or not for this key; the message says which line, and repeats none of it."""


def read_keyed_file(
    data: bytes, kind: str, key: bytes, readers: Mapping[int, Callable[[Mapping[str, Any]], T]]
) -> Iterator[T]:
    """The entries of a file; `readers` has one for each version of the format that was ever written.

    Raises UnreadableKeyedFile, before the first entry where the file as a whole is not what it should be.
    """
    lines = enumerate(data.splitlines(), start=1)
    head = _object(next((line for _, line in lines), b""), 1)
    if head.get("demur") != kind:
        raise UnreadableKeyedFile(f"this is not a {kind} that Demur wrote")
    version = head.get("version")
    if not isinstance(version, int) or version not in readers:
        raise UnreadableKeyedFile(
            f"this {kind} was written by a newer Demur (its version is not one of "
            f"{', '.join(str(known) for known in sorted(readers))}). Update Demur, or start another file"
        )
    if head.get("key") != key_name(key):
        raise UnreadableKeyedFile(
            f"this {kind} was made with another key. Use the store or the key file that it was made with; "
            "nothing was changed"
        )
    read = readers[version]
    for number, line in lines:
        if not line.strip():
            continue
        try:
            yield read(_object(line, number))
        except (KeyError, TypeError, ValueError) as error:
            if isinstance(error, UnreadableKeyedFile):
                raise
            raise UnreadableKeyedFile(f"line {number} is not what Demur wrote there") from None


def written_keyed_file(kind: str, version: int, key: bytes, rows: Iterable[Mapping[str, Any]]) -> str:
    """The text of a file, in an order that depends on nothing but what is in it."""
    head = json.dumps({"demur": kind, "version": version, "key": key_name(key)}, separators=(",", ":"))
    lines = sorted(json.dumps(row, ensure_ascii=True, separators=(",", ":")) for row in rows)
    return "\n".join([head, *lines]) + "\n"


def key_name(key: bytes) -> str:
    """Tells one key from another, and gives nothing of it away."""
    return fingerprint(key, "which key")[:16]


def read_fingerprint(value: object) -> str:
    """A fingerprint as it stands in a file. Raises ValueError."""
    if not isinstance(value, str) or len(value) != 64 or value.strip("0123456789abcdef"):
        raise ValueError
    return value


def read_day(value: object) -> date:
    """A day as it stands in a file. Raises ValueError."""
    if not isinstance(value, str):
        raise ValueError
    return date.fromisoformat(value)


def read_words(value: object, longest: int) -> str:
    """A text of at most so many characters as it stands in a file. Raises ValueError."""
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError
    return value


def _object(line: bytes, number: int) -> Mapping[str, Any]:
    try:
        value = parse_json(line)
    except (UnreadableLine, UnicodeDecodeError):
        raise UnreadableKeyedFile(f"line {number} is not what Demur wrote there") from None
    if not isinstance(value, dict):
        raise UnreadableKeyedFile(f"line {number} is not what Demur wrote there")
    return value
