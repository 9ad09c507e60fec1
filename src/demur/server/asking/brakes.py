"""When Demur takes a break from questions about people that somebody types.

INVARIANT: nothing here is given the caseload or an answer, so a break can't depend on either: whoever is asked about,
it comes after as many questions, for as long, in the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from demur.caseload.names import sound_key, words_of
from demur.core.accounts import Profile

QUESTIONS_AN_HOUR = 30
"""Two minutes for each person is more than anybody spends on a real request; a list of names is tried out faster."""

QUESTIONS_A_DAY = 100
"""More than a year of friend requests for most people, in one day."""

SPELLINGS_AN_HOUR = 6
"""A person is looked for under one name, perhaps a second; under six, it is the list that is being felt."""

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

_LONGEST_NAME = 300
_VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that was typed: when, and keyed digests of the name and of how it sounds."""

    at: datetime
    name: str
    sound: str


class TakingABreak(Exception):
    """No question that somebody types is answered until `until`. The message names nobody and is the same for all."""

    def __init__(self, now: datetime, until: datetime, *, in_a_day: bool) -> None:
        """`now` and `until` in the person's own time zone."""
        when = f"{until:%H:%M}" if until.date() == now.date() else f"tomorrow, {until:%H:%M}"
        super().__init__(
            f"That is a lot of names in one {'day' if in_a_day else 'hour'}. Demur takes a break until {when}. "
            "What is in your inbox can still be answered."
        )
        self.seconds = max(1, -int((now - until).total_seconds() // 1))


@dataclass(frozen=True, slots=True)
class Break:
    """How long no typed question is answered. `in_a_day` is true where it is a day's questions that were many."""

    until: datetime
    in_a_day: bool


def due_break(asked: Sequence[Asked], now: datetime) -> Break | None:
    """The break that is due before another question; None where there is none. `asked` are those of the last day."""
    last_hour = [one for one in asked if one.at > now - HOUR]
    breaks = []
    if len(last_hour) >= QUESTIONS_AN_HOUR:
        breaks.append(Break(_half_gone((one.at for one in last_hour), QUESTIONS_AN_HOUR, HOUR), in_a_day=False))
    if len(asked) >= QUESTIONS_A_DAY:
        breaks.append(Break(_half_gone((one.at for one in asked), QUESTIONS_A_DAY, DAY), in_a_day=True))
    spellings: dict[str, dict[str, datetime]] = {}
    for one in last_hour:
        if one.sound:
            spellings.setdefault(one.sound, {})[one.name] = one.at
    for times in spellings.values():
        if len(times) >= SPELLINGS_AN_HOUR:
            breaks.append(Break(_half_gone(times.values(), SPELLINGS_AN_HOUR, HOUR), in_a_day=False))
    return max(breaks, key=lambda found: found.until, default=None)


def _half_gone(times: Iterable[datetime], most: int, window: timedelta) -> datetime:
    """When half of what is allowed is free again: after a break for one question alone, the next would begin."""
    in_order = sorted(times)
    until = in_order[len(in_order) - most // 2 - 1] + window
    # To a whole minute, as it is announced.
    return until + timedelta(seconds=-until.timestamp() % 60)


def names_somebody(profile: Profile) -> bool:
    """Whether there is anything in a profile that could be compared with a list."""
    fields = (profile.display_name, profile.handle, profile.bio, profile.city, profile.email, profile.phone)
    return any(field.strip() for field in fields)


def plain_name(profile: Profile) -> str:
    """Name and handle without what doesn't make them another's: case, accents, signs, spaces at the ends."""
    return "\n".join(
        " ".join(words_of(text[:_LONGEST_NAME])) or text[:_LONGEST_NAME].strip().casefold()
        for text in (profile.display_name, profile.handle)
    )


def skeleton(profile: Profile) -> str:
    """What is left of a name when its vowels, its order and its spelling may differ; empty where there is no name."""
    words = words_of(profile.display_name[:_LONGEST_NAME]) or words_of(profile.handle[:_LONGEST_NAME])
    bones = set()
    for word in words:
        if word.isdigit():
            continue
        said = sound_key(word)
        bones.add(said[:1] + "".join(letter for letter in said[1:] if letter not in _VOWELS))
    return " ".join(sorted(bones))
