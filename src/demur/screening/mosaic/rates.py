"""How many people a fact fits, from public tables: data/rates.toml, where every row names its source."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

import ahocorasick_rs

OLDEST = 110

Bands = tuple[tuple[int, int, float], ...]
"""Of the people between two ages, in years, both included, the share that a fact fits. They don't overlap."""


class Kind(Enum):
    """What a fact is about; two facts of one kind say little more than one."""

    AGE = "age"
    FAMILY = "family"
    CONDITION = "condition"
    IDENTITY = "identity"
    STATUS = "status"
    EVENT = "event"
    WORK = "work"
    PLACE = "place"
    ONLY = "only"


class Sex(Enum):
    """What public tables count; ANY where a text doesn't say, or says something else."""

    ANY = ""
    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True)
class Rate:
    """How many people a fact fits: of those of some ages and one sex, and of everybody (`share`).

    `per_place`: about one person in every town.
    """

    kind: Kind
    bands: Bands
    share: float
    sex: Sex = Sex.ANY
    per_place: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """Words that state a fact. `describes` a person beside it ("a deaf boy"); `instead` is what to write."""

    rate: Rate
    describes: bool
    instead: str


@dataclass(frozen=True)
class Rates:
    """The tables, and an automaton that finds their words."""

    people: int
    household: float
    average_county: int
    school_families: int
    event_years: int
    younger: tuple[float, ...]
    """Share of everybody who is younger than 0, 1, 2, … 111."""
    children: tuple[tuple[int, float], ...]
    states: Mapping[str, int]
    words: tuple[str, ...]
    terms: tuple[Term, ...]
    automaton: ahocorasick_rs.AhoCorasick
    work: Mapping[str, str]
    """What to write instead of somebody's work, by the words for it."""

    def rate(self, kind: Kind, bands: Bands, sex: Sex = Sex.ANY, per_place: bool = False) -> Rate:
        """A fact that fits these shares of the people of these ages."""
        return _rate(self.younger, kind, bands, sex, per_place)

    def everybody(self, kind: Kind, share: float, sex: Sex = Sex.ANY, per_place: bool = False) -> Rate:
        """A fact that fits people of any age alike."""
        return self.rate(kind, ((0, OLDEST, share),), sex, per_place)

    def of_children(self, count: int) -> float:
        """Share of adults who have at least so many children."""
        return min((share for least, share in self.children if least <= count), default=1.0)


@cache
def rates() -> Rates:
    """The tables, read at the first draft that states a fact."""
    with files("demur.screening").joinpath("data", "rates.toml").open("rb") as file:
        data = tomllib.load(file)
    younger = _younger(data["ages"])
    words: list[str] = []
    terms: list[Term] = []
    for row in data["rate"]:
        rate = _read_rate(row, younger, data)
        for word, describes, instead in _words(row):
            words.append(word)
            terms.append(Term(rate, describes, instead))
    return Rates(
        people=data["people"],
        household=data["household"],
        average_county=data["average_county"],
        school_families=data["school_families"],
        event_years=data["event_years"],
        younger=younger,
        children=tuple((int(count), share) for count, share in data["children"].items()),
        states={state: thousands * 1000 for state, thousands in data["states"].items()},
        words=tuple(words),
        terms=tuple(terms),
        automaton=ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.Standard),
        work={word: term.instead for word, term in zip(words, terms, strict=True) if term.rate.kind is Kind.WORK},
    )


def _words(row: Mapping[str, Any]) -> Iterator[tuple[str, bool, str]]:
    for field in ("words", "described"):
        instead = row.get("described_instead" if field == "described" else "instead", "")
        for word in row.get(field, ()):
            yield word, field == "described", instead
        for spanish in row.get("spanish", ()):
            for word in spanish.get(field, ()):
                yield word, field == "described", spanish["instead"]


def _younger(bands: list[tuple[int, int, float]]) -> tuple[float, ...]:
    whole = sum(share for _, _, share in bands)
    single = [share / whole / (last - first + 1) for first, last, share in bands for _ in range(first, last + 1)]
    return tuple(accumulate(single, initial=0.0))


def _read_rate(row: Mapping[str, Any], younger: tuple[float, ...], data: Mapping[str, Any]) -> Rate:
    kind, sex = Kind(row["kind"]), Sex(row.get("sex", ""))
    if "bands" in row:
        bands = tuple((first, last, float(share)) for first, last, share in row["bands"])
        return _rate(younger, kind, bands, sex)
    first, last = row.get("ages", (0, OLDEST))
    share = row.get("share")
    if share is None:
        among = (younger[last + 1] - younger[first]) * _of_sex(sex)
        share = min(1.0, row["per_year"] * data["event_years"] / (data["people"] * among))
    return _rate(younger, kind, ((first, last, share),), sex, row.get("per_place", False))


def _rate(younger: tuple[float, ...], kind: Kind, bands: Bands, sex: Sex = Sex.ANY, per_place: bool = False) -> Rate:
    share = sum((younger[last + 1] - younger[first]) * share for first, last, share in bands)
    return Rate(kind, bands, share * _of_sex(sex), sex, per_place)


def _of_sex(sex: Sex) -> float:
    return 1.0 if sex is Sex.ANY else 0.5
