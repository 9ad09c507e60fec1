"""What the readers of the single networks are given, and what they agree on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from demur.core.arrivals import Arrival
from demur.core.folding import fold


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of an export: the value of its JSON, or the rows of its table; `exported` is the day of the export."""

    name: str
    folders: tuple[str, ...]
    content: object
    exported: date | None

    def as_of(self, days: Iterable[date | None], today: date) -> date:
        """The day on which this file saw its requests, which were made on `days`.

        What it holds was there on its newest day at the least, however old the file claims to be; a file that tells
        neither is taken as of today.
        """
        known = [found for found in (self.exported, *days) if found is not None]
        return max(known, default=today)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a list of an export, and the day that stands beside them."""

    name: str = ""
    handle: str = ""
    day: date | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Requests:
    """The requests that wait, one list for each file that holds some, and sentences on what was left out."""

    lists: tuple[tuple[Arrival, ...], ...] = ()
    notes: tuple[str, ...] = ()


class Listed:
    """People of another list of the same export, to tell which requests are settled.

    A handle tells people apart, a name doesn't: a friend of ten years does not settle this year's request from
    somebody of that name, who may be another person or a second account. So names settle only what is older.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        self._handles: dict[str, date | None] = {}
        self._names: dict[str, date | None] = {}
        self._names_alone: dict[str, date | None] = {}
        for person in people:
            handle, name = same_handle(person.handle), same_name(person.name)
            _note(self._handles, handle, person.day)
            _note(self._names, name, person.day)
            if not handle:
                _note(self._names_alone, name, person.day)

    def has(self, person: Person) -> bool:
        """Whether that handle is listed at all, or else that name since the day of the request."""
        return same_handle(person.handle) in self._handles or self.since(person)

    def since(self, person: Person) -> bool:
        """Whether that handle, or else that name, is listed since the day of the request, or on a day not known."""
        name = same_name(person.name)
        if handle := same_handle(person.handle):
            return _since(self._handles, handle, person.day) or _since(self._names_alone, name, person.day)
        return _since(self._names, name, person.day)

    def names(self, person: Person) -> bool:
        """Whether somebody of that name is listed, on whatever day."""
        return same_name(person.name) in self._names


def _note(days: dict[str, date | None], who: str, day: date | None) -> None:
    """Keep the newest day of somebody; None, once a day is not known."""
    if who:
        held = days.get(who, day)
        days[who] = None if held is None or day is None else max(held, day)


def _since(days: Mapping[str, date | None], who: str, day: date | None) -> bool:
    if who not in days:
        return False
    listed = days[who]
    return listed is None or day is None or listed >= day


def keyed(value: object) -> Mapping[str, object]:
    """A map of an export, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> Sequence[object]:
    """A list of an export, or an empty one for anything else."""
    return value if isinstance(value, list) else ()


def plain(text: str) -> str:
    """A label or text without case, accents and styling, to compare; no name or handle, see `same_name`."""
    return " ".join(fold(text).text.split()).removeprefix("@")


def same_name(name: str) -> str:
    """A name in one spelling: letter forms, case and spaces are evened out.

    INVARIANT: no accent, vowel sign or joiner is dropped. The lists of one network spell a person alike, so names that
    differ by a sign are of two people.
    """
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).lower()).split())


def same_handle(handle: str) -> str:
    """The same for a handle, without its sign."""
    return same_name(handle).removeprefix("@")


_COORDINATES = re.compile(
    r"(-?[0-9]{1,3}(?:\.[0-9]{1,12})?)[^0-9.,;-]{0,3}(?:±[^,;]{0,12})?[,;] {0,3}(-?[0-9]{1,3}(?:\.[0-9]{1,12})?)"
)


def coordinates(latitude: object, longitude: object) -> tuple[float, float] | None:
    """Degrees, where both are some and not both are nought, which cameras write for none."""
    try:
        found = float(str(latitude)[:20]), float(str(longitude)[:20])
    except ValueError:
        return None
    if not (abs(found[0]) <= 90 and abs(found[1]) <= 180) or found == (0, 0):
        return None
    return found


def coordinates_in(text: str) -> tuple[float, float] | None:
    """The first two degrees in a text: `Latitude, Longitude: 35.08, -106.65`, `35.08 ± 12.0, -106.65 ± 12.0`."""
    match = _COORDINATES.search(text[:200])
    return coordinates(match[1], match[2]) if match else None


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"1 {one}" if count == 1 else f"{count:,} {many}"
