"""How guidance is kept as data, and how one entry is chosen among those that fit a case.

A file is a list of `[[entry]]` tables, with one `part` at the top that says which part of the guidance it fills
(one of `PARTS`):

    part = "words"

    [[entry]]
    slot = "short"                     the place that this entry fills; an answer has one entry a slot
    title = "Short"                    only in `words` and `instead`
    text = "I saw {a_request} ..."     the text; "" leaves the slot empty on purpose
    when = { relationship = "current-client", kind = ["friend", "follow"], minor = true }

`when` holds the conditions: a word, a list of words (any of them), or true and false. All must be met; an entry
without conditions always fits. The keys are those of `KEYS`, and their words are those of the core vocabularies.

Of the entries that fit, **the most specific fills the slot**: the one with the most conditions; among equals, the
one that has the key which stands first in `KEYS`; among those with the same keys, the one whose category stands first
in `WEIGHTIEST`, because a draft has several. Two entries of one slot that ask for the same words of the same keys do
not load, so the order of entries never decides.

An answer lists its slots in the order in which the files, read by name, first use them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations
from types import MappingProxyType
from typing import Any

from demur.core.accounts import Purpose
from demur.core.content import Direction, RequestKind, SearchReason
from demur.core.findings import Category
from demur.core.meetings import Age
from demur.core.people import Relationship, Role
from demur.core.verdicts import Outcome

YES, NO = "yes", "no"
_EITHER = frozenset({YES, NO})

KEYS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "outcome": frozenset(outcome.word for outcome in Outcome),
        "minor": _EITHER,
        "mandated": _EITHER,
        "group": _EITHER,
        "hurt": _EITHER,
        "already_met": _EITHER,
        "accepted": _EITHER,
        "knew_before": _EITHER,
        "small_community": _EITHER,
        "category": frozenset(category.value for category in Category),
        "is_reply": _EITHER,
        "has_safer": _EITHER,
        "both": _EITHER,
        "purpose_of_search": frozenset(reason.value for reason in SearchReason),
        "role": frozenset(role.value for role in Role),
        "relationship": frozenset(relationship.value for relationship in Relationship),
        "kind": frozenset(kind.value for kind in RequestKind),
        "direction": frozenset(direction.value for direction in Direction),
        "purpose": frozenset(purpose.value for purpose in Purpose),
        "age": frozenset(age.value for age in Age),
        "tell": _EITHER,
    }
)
"""The conditions and their words, the weightiest first: the order settles a tie between equally many conditions."""

WEIGHTIEST = (
    Category.CRISIS,
    Category.CLIENT_NAME,
    Category.CLIENT_PHOTO,
    Category.CONFIRMS_RELATIONSHIP,
    Category.SESSION_OR_CASE_DETAIL,
    Category.CLIENT_REFERENCE,
    Category.CLIENT_FAMILY,
    Category.INDIRECT_CLIENT_REFERENCE,
    Category.MOSAIC,
    Category.WORK_FRUSTRATION,
    Category.SSN,
    Category.MEDICAL_RECORD_NUMBER,
    Category.HEALTH_PLAN_NUMBER,
)
"""The categories that speak first where a draft has several; the others follow in the order of the vocabulary."""

_RANKS = {category.value: rank for rank, category in enumerate(dict.fromkeys((*WEIGHTIEST, *Category)))}

PARTS = (
    "next",
    "words",
    "steps",
    "if_offended",
    "record_note",
    "cautions",
    "supervision",
    "instead",
    "account",
    # Of a meeting alone.
    "when",
    "sentences",
    "more",
    "guardian",
    "group",
    "not_to_say",
    "signs",
    "leave",
    "tell_supervisor",
    "ask_yourself",
)

_TITLED = frozenset({"words", "instead"})
"""The parts whose entries are words to say or to copy, under a title that tells when."""

Case = Mapping[str, frozenset[str]]
"""What is known of a case: the words that hold for each key. A key that is left out is not known, and an entry
that asks for it does not fit."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of guidance with the conditions under which it fits."""

    part: str
    slot: str
    title: str
    text: str
    when: Mapping[str, frozenset[str]]

    def fits(self, case: Case) -> bool:
        return all(key in case and words & case[key] for key, words in self.when.items())

    @property
    def weight(self) -> tuple[int, tuple[bool, ...], int]:
        """How specific it is; the larger fills the slot."""
        rank = min((_RANKS[word] for word in self.when.get("category", ())), default=0)
        return len(self.when), tuple(key in self.when for key in KEYS), -rank


class Book:
    """The entries of one folder, ready to be chosen from."""

    def __init__(self, entries: Iterator[Entry]) -> None:
        slots: dict[tuple[str, str], list[Entry]] = {}
        for entry in entries:
            slots.setdefault((entry.part, entry.slot), []).append(entry)
        for (part, slot), rivals in slots.items():
            for one, other in combinations(rivals, 2):
                if one.when.keys() == other.when.keys() and all(one.when[key] & other.when[key] for key in one.when):
                    raise ValueError(f"{part}, {slot}: two entries fit one case: {_shown(one)} and {_shown(other)}")
            rivals.sort(key=lambda entry: entry.weight, reverse=True)
        self._parts: dict[str, list[list[Entry]]] = {}
        for (part, _), rivals in slots.items():
            self._parts.setdefault(part, []).append(rivals)

    def entries(self) -> Iterator[Entry]:
        """Every entry, slot by slot, the most specific first."""
        for slots in self._parts.values():
            for rivals in slots:
                yield from rivals

    def choose(self, part: str, case: Case) -> tuple[Entry, ...]:
        """The entries that fill the slots of one part in this case, in order."""
        chosen = []
        for rivals in self._parts.get(part, ()):
            # INVARIANT: rivals are sorted by weight, so the first that fits is the most specific.
            entry = next((entry for entry in rivals if entry.fits(case)), None)
            if entry is not None and entry.text:
                chosen.append(entry)
        return tuple(chosen)


@cache
def book(folder: str) -> Book:
    """The book in `guidance/<folder>`. Raises ValueError naming the file where one does not follow the format."""
    return Book(_read(folder))


def _read(folder: str) -> Iterator[Entry]:
    for file in sorted(files("demur.guidance").joinpath(folder).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            yield from read_entries(tomllib.loads(file.read_text("utf-8")), f"{folder}/{file.name}")


def read_entries(data: Mapping[str, Any], where: str) -> Iterator[Entry]:
    """Check one file's data against the format above. `where` names the file in a complaint."""
    part = data.get("part")
    if part not in PARTS:
        raise ValueError(f"{where}: part must be one of: {', '.join(PARTS)}")
    for row in data["entry"]:
        if unknown := sorted(row.keys() - {"slot", "title", "text", "when"}):
            raise ValueError(f"{where}: unknown {', '.join(unknown)}")
        if missing := sorted({"slot", "text"} - row.keys()):
            raise ValueError(f"{where}: missing {', '.join(missing)}")
        if (part in _TITLED and bool(row["text"])) != ("title" in row):
            raise ValueError(f"{where}, {row['slot']}: words have a title, and nothing else has")
        when = {key: _words(key, value, where) for key, value in row.get("when", {}).items()}
        yield Entry(part, row["slot"], row.get("title", ""), row["text"].strip(), MappingProxyType(when))


def _words(key: str, value: object, where: str) -> frozenset[str]:
    if key not in KEYS:
        raise ValueError(f"{where}: when must be one of: {', '.join(KEYS)}")
    values = value if isinstance(value, list) else [value]
    words = frozenset((YES if item else NO) if isinstance(item, bool) else str(item) for item in values)
    if not words or words - KEYS[key]:
        raise ValueError(f"{where}: {key} must be one of: {', '.join(sorted(KEYS[key]))}")
    return words


def _shown(entry: Entry) -> str:
    return ", ".join(f"{key}={'|'.join(sorted(words))}" for key, words in entry.when.items()) or "always"
