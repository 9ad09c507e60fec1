"""How a profile or a mention compares with the caseload, with its evidence in bits."""

from __future__ import annotations

from dataclasses import dataclass

from demur.core.people import Client
from demur.core.vocabulary import Word


class Level(Word):
    """Three answers, defined by what the receiver of a request can see."""

    MATCH = "match"
    POSSIBLE = "possible"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One piece of evidence for or against: which field, how it compares, its weight in bits, and a sentence."""

    field: str
    level: str
    bits: float
    says: str


@dataclass(frozen=True, slots=True)
class Match:
    """A client who may be meant, with the evidence that adds up to `bits` (log2 odds)."""

    client: Client
    level: Level
    bits: float
    comparisons: tuple[Comparison, ...]
