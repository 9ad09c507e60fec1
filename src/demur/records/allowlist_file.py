"""An allowlist in a file of its own, for runs that leave the encrypted store closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from demur.core.allowances import LONGEST_REASON, MOST_DAYS, Allowance
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


@dataclass(frozen=True, slots=True)
class AllowlistReading:
    """What a file calls fine, and how many clients' names in it were left out."""

    allowances: tuple[Allowance, ...]
    names_left_out: int = 0


def read_allowlist(data: bytes, key: bytes) -> AllowlistReading:
    """What the file calls fine. Raises UnreadableKeyedFile.

    INVARIANT: a file never calls a client's name fine. It is not told when a namesake comes onto the caseload.
    """
    rows = tuple(read_keyed_file(data, KIND, key, {1: _read}))
    allowances = tuple(row for row in rows if row.category is not Category.CLIENT_NAME)
    return AllowlistReading(allowances, len(rows) - len(allowances))


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
    created, expires = read_day(row["created"]), read_day(row["expires"])
    if expires - created > timedelta(days=MOST_DAYS):
        raise ValueError
    return Allowance(
        fingerprint=read_fingerprint(row["fingerprint"]),
        rule=read_words(row["rule"], 100),
        category=Category(row["category"]),
        reason=read_words(row["reason"], LONGEST_REASON),
        author=read_words(row["author"], LONGEST_REASON),
        created=created,
        expires=expires,
    )
