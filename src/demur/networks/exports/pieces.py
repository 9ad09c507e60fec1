"""What the readers of the single networks are given, and what they agree on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

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


class Listed:
    """People of another list of the same export, to tell which requests are settled.

    A handle tells people apart, a name doesn't: a friend of ten years does not settle this year's request from
    somebody of that name, who may be another person or a second account. So names settle only what is older.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        self._handles: dict[str, list[date | None]] = {}
        self._names: dict[str, list[date | None]] = {}
        self._names_alone: dict[str, list[date | None]] = {}
        for person in people:
            if handle := plain(person.handle):
                self._handles.setdefault(handle, []).append(person.day)
            if name := plain(person.name):
                self._names.setdefault(name, []).append(person.day)
                if not handle:
                    self._names_alone.setdefault(name, []).append(person.day)

    def has(self, person: Person) -> bool:
        """Whether that handle is listed at all, or else that name since the day of the request."""
        return plain(person.handle) in self._handles or self.since(person)

    def since(self, person: Person) -> bool:
        """Whether that handle, or else that name, is listed since the day of the request, or on a day not known."""
        if handle := plain(person.handle):
            days = [*self._handles.get(handle, ()), *self._names_alone.get(plain(person.name), ())]
        else:
            days = self._names.get(plain(person.name), [])
        return any(listed is None or person.day is None or listed >= person.day for listed in days)

    def names(self, person: Person) -> bool:
        """Whether somebody of that name is listed, on whatever day."""
        return plain(person.name) in self._names


def keyed(value: object) -> Mapping[str, object]:
    """A map of an export, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> Sequence[object]:
    """A list of an export, or an empty one for anything else."""
    return value if isinstance(value, list) else ()


def plain(text: str) -> str:
    """A name or handle without case, accents and styling, to compare."""
    return " ".join(fold(text).text.split()).removeprefix("@")


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
