"""How many people the facts of a text fit together, if no fact made another likelier."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import prod

from demur.screening.mosaic.facts import Fact
from demur.screening.mosaic.rates import OLDEST, Bands, Kind, Rate, Rates, Sex


def how_many_fit(facts: Iterable[Fact], people: int, sex: Sex, part_of_years: float, table: Rates) -> int:
    """About how many of `people` have all these facts, at least 1, to two digits.

    `part_of_years`: which part of the years that a town remembers a day or a week is, where the text names one; it
    counts for events alone. Facts that can't be true of one person are taken as of people in one household.
    """
    weighed = [fact.rate for fact in facts if fact.rate is not None]
    if any(rate.kind is Kind.ONLY for rate in weighed):
        return 1
    together = people * _together(weighed, people, sex, table)
    if together == 0:
        together = float(people)
        for rate in weighed:
            together *= min(1.0, table.household * _share(rate, people))
    if any(rate.kind is Kind.EVENT for rate in weighed):
        together *= part_of_years
    return _to_two_digits(together)


def _together(weighed: list[Rate], people: int, sex: Sex, table: Rates) -> float:
    """Share of everybody whom all the facts fit, as a sum over the ages between which no share changes."""
    sexes = {rate.sex for rate in weighed} | {sex}
    if {Sex.FEMALE, Sex.MALE} <= sexes:
        return 0.0
    share = 1.0 if sexes == {Sex.ANY} else 0.5
    banded: list[Bands] = []
    for rate in weighed:
        if rate.per_place:
            share *= min(1.0, 1 / people)
        elif len(rate.bands) == 1 and rate.bands[0][:2] == (0, OLDEST):
            share *= rate.bands[0][2]
        else:
            banded.append(rate.bands)
    ages = sorted({age for bands in banded for first, last, _ in bands for age in (first, last + 1)} | {0, OLDEST + 1})
    return share * sum(
        (table.younger[end] - table.younger[start]) * prod(_at(bands, start) for bands in banded)
        for start, end in pairwise(ages)
    )


def _at(bands: Bands, age: int) -> float:
    for first, last, share in bands:
        if first <= age <= last:
            return share
    return 0.0


def _share(rate: Rate, people: int) -> float:
    return min(1.0, 1 / people) if rate.per_place else rate.share


def _to_two_digits(number: float) -> int:
    whole = max(1, round(number))
    if whole < 100:
        return whole
    step: int = 10 ** (len(str(whole)) - 2)
    return round(whole / step) * step
