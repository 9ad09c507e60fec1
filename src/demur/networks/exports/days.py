"""Days as exports write them: seconds, milliseconds, and half a dozen kinds of text."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

EARLIEST = date(2003, 1, 1)
"""Before the first of these networks there were no requests, so an earlier day is a mistake."""

_MONTHS = {
    "jan": 1, "ene": 1, "feb": 2, "mar": 3, "mär": 3, "apr": 4, "abr": 4, "may": 5, "mai": 5, "jun": 6, "jul": 7,
    "aug": 8, "ago": 8, "sep": 9, "oct": 10, "okt": 10, "nov": 11, "dec": 12, "dic": 12, "dez": 12,
}  # fmt: skip
_ISO = re.compile(r"([12][0-9]{3})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])")
_DAY_MONTH = re.compile(r"([0-9]{1,2})\.?[ -](?:de )?([^\W\d_]{3,12})\.?,?[ -](?:de )?([12][0-9]{3})(?![0-9])")
_MONTH_DAY = re.compile(
    r"([^\W\d_]{3,12})\.? ([0-9]{1,2}),? (?:[0-9:]{4,8} )?(?:(?:[A-Z]{2,5}|[+-][0-9]{4}) )?([12][0-9]{3})(?![0-9])"
)
_SLASHES = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]((?:[12][0-9])?[0-9]{2})(?![0-9])")
_CLOCK = re.compile(
    r"(?<![0-9:])([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?(?:\.[0-9]{1,9})?(?: ?([AaPp])\.?[Mm])?"
    r"(?: ?([+-])([0-9]{2}):?([0-5][0-9]))?"
)
_DIGITS = re.compile(r"[0-9]{9,16}")
_LONGEST = 60

_NAMED = re.compile(r"(?<![0-9])(20[0-9]{2})[-_.]?([01][0-9])[-_.]?([0-3][0-9])(?![0-9])")
_NAMED_AMERICAN = re.compile(r"(?<![0-9])([01][0-9])[-_]([0-3][0-9])[-_](20[0-9]{2})(?![0-9])")
_NAMED_SECONDS = re.compile(r"(?<![0-9])(1[0-9]{9}(?:[0-9]{3})?)(?![0-9])")


def day(value: object, today: date, *, day_first: bool = False) -> date | None:
    """The day that a value of an export means, in UTC where it is a moment; None where none can be made out.

    A day after `today` is none, but for the one that a time zone makes.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _plausible(_of_seconds(value), today)
    if not isinstance(value, str):
        return None
    text = value.strip()[:_LONGEST]
    if _DIGITS.fullmatch(text):
        return _plausible(_of_seconds(int(text)), today)
    return _plausible(_of_text(text, day_first), today)


def moment(value: object, today: date, *, day_first: bool = False) -> datetime | None:
    """The same with the time, in UTC; as it is written where no zone stands beside it. Midnight where no time does."""
    found = day(value, today, day_first=day_first)
    if found is None:
        return None
    if isinstance(value, str) and not _DIGITS.fullmatch(value.strip()):
        return _with_clock(found, value.strip()[:_LONGEST])
    return _moment_of_seconds(float(value))  # type: ignore[arg-type]  # what made a day is a number, or digits


def is_day_first(texts: list[str]) -> bool:
    """Whether dates such as 29/1/26 put the day before the month; the American order where nothing tells."""
    found = [match for text in texts if (match := _SLASHES.match(text.strip()))]
    return any(int(match[1]) > 12 for match in found) and not any(int(match[2]) > 12 for match in found)


def day_in_name(name: str, today: date) -> date | None:
    """The day that the name of a file or folder gives for its export."""
    for american, pattern in ((False, _NAMED), (True, _NAMED_AMERICAN)):
        for match in reversed(list(pattern.finditer(name[: _LONGEST * 5]))):
            first, second, third = (int(part) for part in match.groups())
            found = _date(third, first, second) if american else _date(first, second, third)
            if found is not None and EARLIEST <= found <= today:
                return found
    if seconds := _NAMED_SECONDS.search(name[: _LONGEST * 5]):
        found = _of_seconds(int(seconds[1]))
        if found is not None and EARLIEST <= found <= today:
            return found
    return None


def _of_text(text: str, day_first: bool) -> date | None:
    if match := _ISO.match(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _SLASHES.match(text):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        year += 2000 if year < 100 else 0
        return _date(year, second, first) if day_first or first > 12 else _date(year, first, second)
    if (match := _DAY_MONTH.search(text)) and (month := _MONTHS.get(match[2][:3].lower())):
        return _date(int(match[3]), month, int(match[1]))
    if (match := _MONTH_DAY.search(text)) and (month := _MONTHS.get(match[1][:3].lower())):
        return _date(int(match[3]), month, int(match[2]))
    return None


def _with_clock(found: date, text: str) -> datetime:
    at_midnight = datetime(found.year, found.month, found.day, tzinfo=UTC)
    clock = _CLOCK.search(text)
    if clock is None:
        return at_midnight
    hour = int(clock[1])
    if clock[4] and hour <= 12:
        hour = hour % 12 + (12 if clock[4] in "Pp" else 0)
    offset = timedelta(hours=int(clock[6]), minutes=int(clock[7])) if clock[5] else timedelta()
    at = at_midnight + timedelta(hours=hour, minutes=int(clock[2]), seconds=int(clock[3] or 0))
    return at + offset if clock[5] == "-" else at - offset


def _of_seconds(value: float) -> date | None:
    found = _moment_of_seconds(value)
    return found.date() if found is not None else None


def _moment_of_seconds(value: float) -> datetime | None:
    # Seconds, milliseconds or microseconds: no moment of the networks' lives can be two of them.
    for factor in (1, 1_000, 1_000_000):
        if 1e9 * factor <= value < 1e10 * factor:
            return datetime.fromtimestamp(value / factor, UTC)
    return None


def _date(year: int, month: int, of_month: int) -> date | None:
    try:
        return date(year, month, of_month)
    except ValueError:
        return None


def _plausible(found: date | None, today: date) -> date | None:
    if found is None or found < EARLIEST or found > today + timedelta(days=1):
        return None
    return min(found, today)
