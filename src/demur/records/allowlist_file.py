"""An allowlist in a file of its own, for runs that leave the encrypted store closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from demur.core.allowances import LONGEST_REASON, Allowance
from demur.core.findings import Category
from demur.records.keyed_file import (
    read_day,
    read_fingerprint,
    read_keyed_file,
    read_words,
    written_keyed_file,
)

KIND = "allowlist"
VERSION = 1


def read_allowlist(data: bytes, key: bytes) -> tuple[Allowance, ...]:
    """What the file calls fine. Raises UnreadableKeyedFile."""
    return tuple(read_keyed_file(data, KIND, key, {1: _read}))


def write_allowlist(allowances: Iterable[Allowance], key: bytes) -> str:
    """The file for these. The reasons stand in it as they were typed; the words that were called fine don't."""
    return written_keyed_file(KIND, VERSION, key, map(_row, allowances))


def _row(allowance: Allowance) -> dict[str, str]:
    return {
        "fingerprint": allowance.fingerprint,
        "rule": allowance.rule,
        "category": allowance.category.value,
        "reason": allowance.reason,
        "author": allowance.author,
        "created": allowance.created.isoformat(),
        "expires": allowance.expires.isoformat(),
    }


def _read(row: Mapping[str, Any]) -> Allowance:
    return Allowance(
        fingerprint=read_fingerprint(row["fingerprint"]),
        rule=read_words(row["rule"], 100),
        category=Category(row["category"]),
        reason=read_words(row["reason"], LONGEST_REASON),
        author=read_words(row["author"], LONGEST_REASON),
        created=read_day(row["created"]),
        expires=read_day(row["expires"]),
    )
