"""The officer's side: what was asked, compared with the agency's own list, on the officer's computer."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from demur.caseload.index import CaseloadIndex
from demur.caseload.matcher import match_profile
from demur.core.accounts import Profile
from demur.core.matches import Match
from demur.server.officer.batches import Tally, read_file
from demur.server.officer.sealing import Question

_COLUMNS = (
    "level",
    "client_id",
    "client",
    "asked_on",
    "network",
    "kind",
    "direction",
    "name",
    "handle",
    "why",
    "against",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Hit:
    """One question that may be about somebody on the agency's list, with the evidence."""

    question: Question
    match: Match

    @property
    def why(self) -> str:
        """The strongest sentence for it."""
        return self._strongest(1)

    @property
    def against(self) -> str:
        """The strongest sentence against it; empty where nothing but rarity speaks against it."""
        return self._strongest(-1)

    def _strongest(self, sign: int) -> str:
        weighed = [one for one in self.match.comparisons if one.bits * sign > 0 and one.field != "prior"]
        return max(weighed, key=lambda one: abs(one.bits)).says if weighed else ""


def read_drop(files: list[Path], private: X25519PrivateKey, tally: Tally) -> Iterator[Question | None]:
    """One item for each record of the files; None where it is no question. What was wrong is in the tally."""
    seen: set[str] = set()
    for file in files:
        yield from read_file(file, private, seen, tally)


def compare(index: CaseloadIndex, question: Question) -> list[Hit]:
    """Whom on the agency's list a question may be about, best first."""
    profile = Profile(
        display_name=question.display_name,
        handle=question.handle,
        bio=question.bio,
        city=question.city,
        email=question.email,
        phone=question.phone,
    )
    return [Hit(question, match) for match in match_profile(index, profile, question.message, question.day)]


def each_once(hits: Iterable[Hit]) -> list[Hit]:
    """The hits by day, those about one person from one profile once, on the first day."""
    first: dict[tuple[str, ...], Hit] = {}
    for hit in sorted(hits, key=lambda hit: hit.question.on):
        asked = hit.question
        about = (hit.match.client.client_id, asked.network, asked.kind, asked.direction)
        first.setdefault((*about, asked.display_name, asked.handle), hit)
    return list(first.values())


def as_csv(hits: list[Hit]) -> str:
    """The report as a table for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for hit in hits:
        asked, match = hit.question, hit.match
        cells = (
            match.level.value,
            match.client.client_id,
            match.client.full_name,
            asked.on,
            asked.network,
            asked.kind,
            asked.direction,
            asked.display_name,
            asked.handle,
            hit.why,
            hit.against,
        )
        writer.writerow([_plain(cell) for cell in cells])
    return out.getvalue()


def _plain(cell: str) -> str:
    """Text that no spreadsheet takes for a formula: profiles are written by strangers."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
