"""Invented lists of clients, drawn by how common names are, so that the lists are as ordinary as real ones."""

from __future__ import annotations

import random
from functools import cache

from demur.caseload.tables import table_lines
from demur.core.people import Client


@cache
def _weighted(file: str) -> tuple[list[str], list[float]]:
    pairs = [line.split(",") for line in table_lines(file)]
    return [name for name, *_ in pairs], [float(count) for _, count, *_ in pairs]


def draw(count: int, seed: int = 1) -> tuple[Client, ...]:
    """`count` people with different whole names; the same for the same seed."""
    chance = random.Random(seed)
    (given, given_weights), (family, family_weights) = _weighted("given_names.csv"), _weighted("family_names.csv")
    names: dict[tuple[str, str], None] = {}
    while len(names) < count:
        missing = count - len(names)
        first = chance.choices(given, given_weights, k=missing)
        last = chance.choices(family, family_weights, k=missing)
        names.update(dict.fromkeys(zip(first, last, strict=True)))
    return tuple(
        Client(f"c{number}", given_name=first.title(), family_name=last.title())
        for number, (first, last) in enumerate(names)
    )
