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
from demur.core.accounts import Network
from demur.core.exposures import Exposure, ExposureKind, Remedy, Urgency

_DAYS_AT_HOME = 5
_SHARE_AT_HOME = 0.25
"""A home shows on at least so many days, and on at least this share of all days that tell a place."""
_WEEKDAYS_AT_HOME = 3
"""And on so many of the seven: a gym each Monday is no home."""
_WEEKS_OF_HABIT = 4
_DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
_HOME = "One place shows on {days} different days: it may be your home. {who}"
_HABIT = "On {weekday} around {hour}, {where} shows in {weeks} different weeks. {who}"
_PLACE, _DOOR = "the same place", "the place that may be your home"
_READERS_HOME = "Whoever collects these posts can find the door."
_READERS = "Whoever knows that can wait there."
_NETWORK = "Readers hardly ever see it; the network has it, and so has whoever gets into your account or your export."


def habits(recipe: Recipe, spots: Iterable[Spot]) -> list[Exposure]:
    """The home and the weekly habits that the spots tell, each once, the most frequent habit first."""
    dated = [(spot, spot.when) for spot in spots if spot.when is not None]
    found = []
    days = defaultdict(set)
    weeks = defaultdict(set)
    readable = {spot.coordinates for spot, _ in dated if spot.posted}
    home = None
    first: dict[tuple[float, float], Spot] = {}
    for spot, when in dated:
        days[spot.coordinates].add(when.date())
        weeks[spot.coordinates, when.weekday(), when.hour].add(when.isocalendar()[:2])
        first.setdefault(spot.coordinates, spot)
    everything = {when.date() for _, when in dated}
    lived_in = [spot for spot, those in days.items() if len({day.weekday() for day in those}) >= _WEEKDAYS_AT_HOME]
    if lived_in:
        most = max(lived_in, key=lambda coordinates: (len(days[coordinates]), coordinates))
        count = len(days[most])
        if count >= _DAYS_AT_HOME and count >= _SHARE_AT_HOME * len(everything):
            home, seen = most, most in readable
            why = _HOME.format(days=count, who=_READERS_HOME if seen else _NETWORK)
            found.append(_exposure(recipe, first[most], ExposureKind.HOME, why, "home", count, seen))
    told: set[tuple[tuple[float, float], int]] = set()
    for (coordinates, weekday, hour), those in sorted(weeks.items(), key=lambda one: (-len(one[1]), one[0])):
        if len(those) < _WEEKS_OF_HABIT:
            break
        if (coordinates, weekday) in told:
            continue
        told.add((coordinates, weekday))
        seen = coordinates in readable
        why = _HABIT.format(
            weekday=_DAYS[weekday],
            hour=_hour(hour),
            where=_DOOR if coordinates == home else _PLACE,
            weeks=len(those),
            who=_READERS if seen else _NETWORK,
        )
        marker = f"habit {weekday} {coordinates}"
        found.append(_exposure(recipe, first[coordinates], ExposureKind.ROUTINE, why, marker, len(those), seen))
    return found


def _exposure(
    recipe: Recipe, spot: Spot, kind: ExposureKind, why: str, marker: str, count: int, seen: bool
) -> Exposure:
    """`seen` tells what stands in posts from what only the network noted."""
    return Exposure(
        kind=kind,
        urgency=Urgency.FIRST if seen else Urgency.SOON,
        remedy=Remedy.PLACES if seen else Remedy.CLEAR,
        network=spot.network,
        place=spot.place,
        why=why,
        # The same habit is the same one whichever network tells it first, and at whichever hour it shows most.
        fingerprint=recipe.fingerprint(Network.OTHER, kind.value, marker),
        when=spot.when.date() if spot.when is not None else None,
        count=count,
    )


def _hour(hour: int) -> str:
    return f"{datetime(2000, 1, 1, hour):%I %p}".lstrip("0").lower()
