"""Reads habits out of where somebody was: the place they come home to, and where they are at the same hour each week.

Spots come from posts, photos and the network's own log, rounded to about 100 m. Times are as the export writes them,
which is UTC in most, so an hour may be off; the same hour each week stays the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from demur.audit.recipe import Recipe
from demur.audit.weighing import Spot
from demur.core.exposures import Exposure, ExposureKind, Remedy, Urgency

_DAYS_AT_HOME = 5
_SHARE_AT_HOME = 0.25
"""A home shows on at least so many days, and on at least this share of all days that tell a place."""
_WEEKS_OF_HABIT = 4
_DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
_HOME = (
    "One place shows on {days} different days, more often than any other: it may be your home. Whoever collects "
    "these can find the door."
)
_HABIT = (
    "On {weekday} around {hour}, the same place shows in {weeks} different weeks. Whoever knows that can wait there."
)


def habits(recipe: Recipe, spots: Iterable[Spot]) -> list[Exposure]:
    """The home and the weekly habits that the spots tell, each once, the most frequent habit first."""
    dated = [(spot, spot.when) for spot in spots if spot.when is not None]
    found = []
    days = defaultdict(set)
    weeks = defaultdict(set)
    first: dict[tuple[float, float], Spot] = {}
    for spot, when in dated:
        days[spot.coordinates].add(when.date())
        weeks[spot.coordinates, when.weekday(), when.hour].add(when.isocalendar()[:2])
        first.setdefault(spot.coordinates, spot)
    everything = {when.date() for _, when in dated}
    if days:
        most = max(days, key=lambda coordinates: (len(days[coordinates]), coordinates))
        count = len(days[most])
        if count >= _DAYS_AT_HOME and count >= _SHARE_AT_HOME * len(everything):
            found.append(_exposure(recipe, first[most], ExposureKind.HOME, _HOME.format(days=count), "home", count))
    told: set[tuple[tuple[float, float], int]] = set()
    for (coordinates, weekday, hour), those in sorted(weeks.items(), key=lambda one: (-len(one[1]), one[0])):
        if len(those) < _WEEKS_OF_HABIT:
            break
        if (coordinates, weekday) in told:
            continue
        told.add((coordinates, weekday))
        why = _HABIT.format(weekday=_DAYS[weekday], hour=_hour(hour), weeks=len(those))
        marker = f"habit {weekday} {hour} {coordinates}"
        found.append(_exposure(recipe, first[coordinates], ExposureKind.ROUTINE, why, marker, len(those)))
    return found


def _exposure(recipe: Recipe, spot: Spot, kind: ExposureKind, why: str, marker: str, count: int) -> Exposure:
    return Exposure(
        kind=kind,
        urgency=Urgency.FIRST,
        remedy=Remedy.CLEAR,
        network=spot.network,
        place=spot.place,
        why=why,
        fingerprint=recipe.fingerprint(spot.network, kind.value, marker),
        when=spot.when.date() if spot.when is not None else None,
        count=count,
    )


def _hour(hour: int) -> str:
    return f"{datetime(2000, 1, 1, hour):%I %p}".lstrip("0").lower()
