"""Places by name, with how many people live there: towns and counties of the United States, big cities elsewhere.

Made from GeoNames (CC BY 4.0) and the U.S. Census Bureau's figures by scripts/places.py; see data/places-licence.txt.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files

from demur.core.folding import fold

STATES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
    "connecticut": "CT", "delaware": "DE", "district of columbia": "DC", "florida": "FL", "georgia": "GA",
    "hawaii": "HI", "idaho": "ID", "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY",
    "louisiana": "LA", "maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN",
    "mississippi": "MS", "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV", "new hampshire": "NH",
    "new jersey": "NJ", "new mexico": "NM", "new york": "NY", "north carolina": "NC", "north dakota": "ND",
    "ohio": "OH", "oklahoma": "OK", "oregon": "OR", "pennsylvania": "PA", "puerto rico": "PR", "rhode island": "RI",
    "south carolina": "SC", "south dakota": "SD", "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT",
    "virginia": "VA", "washington": "WA", "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY",
}  # fmt: skip
"""Two letters by the folded name of a state."""
STATE_CODES = "|".join(STATES.values()).lower()
STATE_NAMES = "|".join(name for name in STATES if name != "district of columbia")
"""The same for patterns on folded text. The District has no name there: people write D.C."""

_SHORT = {"saint": "st", "fort": "ft", "mount": "mt", "sainte": "ste"}
_SMALLEST = 500
"""The table lists towns from so many people on."""
_FAR_SMALLER = 50
"""So many times smaller than the largest place of its name, nobody means a place who doesn't say its state."""
_ABROAD = 5_000
"""So many times larger than the largest place of its name here, a place abroad is meant: Mexico, but not Cairo."""
_DROPPED = str.maketrans({".": None, "'": None, "-": " ", "/": " "})


class Sense(Enum):
    """What else people may mean by the name of a place."""

    PLACE = ""
    NAME = "n"
    WORD = "w"
    LARGER = "l"
    """A state or a country, which may be named."""


@dataclass(frozen=True, slots=True)
class Place:
    """A town, a city or a county. `state` is its two letters, empty outside the United States; `county` is empty
    there too; `country` is its two letters (ISO 3166). `population` is 0 where nobody counted."""

    name: str
    state: str
    county: str
    population: int
    country: str = "US"

    @property
    def written(self) -> str:
        """The name with its state, as it is told apart from others."""
        return f"{self.name}, {self.state}" if self.state else self.name


def place_key(name: str) -> str:
    """The one writing of a name under which it is looked up: "St. Mary's" and "Saint Marys" are alike."""
    words = fold(name).text.translate(_DROPPED).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def places_named(name: str, state: str | None = None) -> tuple[Place, ...]:
    """Every place of that name, in that state where one is given (two letters or its name), most people first."""
    wanted = state and state_code(state)
    if state and not wanted:
        return ()
    places = [_place(row) for row in _rows(place_key(name))]
    return tuple(place for place in places if not wanted or place.state == wanted)


def sense_of(name: str) -> Sense | None:
    """What else the name of a place may mean; None where no place has it."""
    return _sense(place_key(name))


def begins_a_place(word: str) -> bool:
    """Whether the name of any place begins with this word; a quick no for most words."""
    key = place_key(word).encode("utf-8", "replace")
    if len(key) < 3:
        return True
    table, ranges = _table()
    start, end = ranges.get(key[:3], (0, 0))
    return any(table.find(b"\n" + key + after, start, end) >= 0 for after in (b"\t", b" "))


def meant_by(places: Iterable[Place], home: str = "") -> Place | None:
    """The place that a name alone is read as, of all that have it; None where nobody counted any.

    One in the state `home` (two letters) comes first, then the United States, unless the place abroad is thousands of
    times as large. Of several the smallest is taken that is not far smaller than the largest: too low a count of
    people warns once too often, too high a one not at all.
    """
    counted = [place for place in places if place.population]
    at_home = next((place for place in counted if home and place.state == home), None)
    if at_home is not None or not counted:
        return at_home
    here = [place for place in counted if place.country == "US"]
    if not here or counted[0].population > _ABROAD * here[0].population:
        return counted[0]
    least = max(_SMALLEST, here[0].population / _FAR_SMALLER)
    return min((place for place in here if place.population >= least), key=_people, default=here[0])


def places_written(work_area: str) -> tuple[Place, ...]:
    """Every place that "Marfa, TX", "Marfa TX", "Presidio County, TX" or "Marfa" may be, most people first."""
    name, _, state = work_area.partition(",")
    places = places_named(name, state.strip() or None)
    words = name.split()
    for last in (1, 2):
        if not places and not state and len(words) > last:
            places = places_named(" ".join(words[:-last]), " ".join(words[-last:]))
    return places


def state_code(state: str) -> str | None:
    """Two letters of a state, from these or from its name; None for anything else."""
    folded = fold(state).text.replace(".", "").strip()
    if folded.upper() in _CODES:
        return folded.upper()
    return STATES.get(folded)


_CODES = frozenset(STATES.values())
_LETTERS = re.compile(rb"\n(...)")


@cache
def _table() -> tuple[bytes, dict[bytes, tuple[int, int]]]:
    """The table as it lies in memory, and where in it the names with the same first letters stand.

    INVARIANT: lines are sorted; each begins with its key and a tab, and follows a line break.
    """
    table = zlib.decompress(files("demur.screening").joinpath("data", "places.z").read_bytes())
    starts: dict[bytes, int] = {}
    for line in _LETTERS.finditer(table):
        starts.setdefault(line[1], line.start())
    ends = [*starts.values(), len(table)][1:]
    return table, {letters: (start, end) for (letters, start), end in zip(starts.items(), ends, strict=True)}


def _rows(key: str) -> Iterator[list[str]]:
    table, ranges = _table()
    encoded = key.encode("utf-8", "replace") + b"\t"
    start, end = ranges.get(encoded[:3], (0, 0))
    place = table.find(b"\n" + encoded, start, end)
    while place >= 0 and table.startswith(encoded, place + 1):
        stop = table.find(b"\n", place + 1)
        yield table[place + 1 : stop].decode().split("\t")
        place = stop


def _place(row: list[str]) -> Place:
    key, _, name, state, county, country, population = row
    return Place(name or key.title(), state, county, int(population), country)


def _people(place: Place) -> int:
    return place.population


def _sense(key: str) -> Sense | None:
    row = next(_rows(key), None)
    return Sense(row[1]) if row else None
