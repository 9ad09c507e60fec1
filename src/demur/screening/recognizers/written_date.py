"""Dates in words: "March 3rd", "the third of March", "Tuesday the 14th", "3 de marzo", "in June 2019"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.recognizers.dates import date_hit
from demur.screening.rule import Hit

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MES = r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre)"
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?)"
_SPELT = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    r"|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|(?:twenty|thirty)[- ]"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH_DAY = re.compile(
    rf"(?<![\w/-])(?:{_WEEKDAY}\.?,? (?:the )?)?{_MONTH}(?P<stop>\.?) ?(?:the )?"
    rf"(?:(?P<day>\d{{1,2}})(?P<ordinal> ?(?:st|nd|rd|th)\b)?|(?P<spelt>{_SPELT}))"
    rf"(?:,? (?:of )?{_YEAR}|,? ?'\d\d)?(?!\w|:\d|[.,]\d|%)"
)
_DAY_MONTH = re.compile(
    rf"(?<![\w/.$-])(?:{_WEEKDAY}\.?,? )?(?:the )?"
    rf"(?:(?P<day>\d{{1,2}})(?P<ordinal> ?(?:st|nd|rd|th)\b)?|(?P<spelt>{_SPELT}))"
    rf" (?P<of>(?:day )?of )?{_MONTH}\b(?:,? (?:of )?{_YEAR})?(?!\w)"
)
_DAY_OF_WEEK = re.compile(rf"(?<![\w-]){_WEEKDAY},? (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)(?!\w)")
_SPANISH = re.compile(
    rf"(?<!\w)(?:(?P<day>\d{{1,2}})|primero|uno|dos|tres|quince|veinte|treinta) de (?P<month>{_MES})"
    r"(?: del? (?P<year>(?:19|20)\d\d))?(?!\w)"
)
_SPANISH_TURNED = re.compile(
    rf"(?<!\w)(?P<month>{_MES}) (?P<day>\d{{1,2}})(?:,? (?:del? )?(?P<year>(?:19|20)\d\d))?(?![\w:%])"
)
_MONTH_OF_YEAR = re.compile(
    rf"(?<![\w/-])(?:early |late |mid[- ])?(?:{_MONTH}\.?,? (?:of )?|(?P<mes>{_MES}) del? )"
    r"(?P<year>(?:19|20)\d\d)(?!\w|[-.]\d)"
)
_COUNTED = re.compile(
    r"^ ?(?:miles?|blocks?|times|people|days?|hours?|hrs?|weeks?|kids|minutes?|mins?|more|or more"
    r"|of (?:us|them|you)|st\b)"
)
_VERB_BEFORE = re.compile(r"\b(?:i|you|we|they|he|she|it|to|and|who|that|there|this|which|people|kids) $")
_TIME_BEFORE = re.compile(r"\b(?:on|since|until|till|before|after|by|from|around|el|of|this|last|next|dated|due) $")
_VERBS = frozenset({"may", "march", "mar"})
_REACH = 16


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Day and month is sure; month and year, or a weekday with its number, is likely."""
    text = folded.text
    taken: set[int] = set()
    """Where the month of a date with a day stands, so that "March 2019" in "3 March 2019" is not told twice."""
    for found in _MONTH_DAY.finditer(text):
        if _is_day(found["day"]) and not _COUNTED.search(text[found.end() : found.end() + 12]):
            plain = not found["ordinal"] and not found["year"]
            if found["month"] in _VERBS and plain and not _names_month(folded, found, text):
                continue
            taken.add(found.start("month"))
            yield date_hit(folded, *found.span(), found["year"], Confidence.SURE)
    for found in _DAY_MONTH.finditer(text):
        if not _is_day(found["day"]) or (found["spelt"] and not found["of"]):
            continue
        if found["month"] in _VERBS and not found["of"] and not found["year"]:
            continue
        taken.add(found.start("month"))
        yield date_hit(folded, *found.span(), found["year"], Confidence.SURE)
    for found in _DAY_OF_WEEK.finditer(text):
        if _is_day(found["day"]) and not (found[0].startswith("fri") and found["day"] == "13"):
            yield date_hit(folded, *found.span(), None, Confidence.LIKELY)
    for pattern in (_SPANISH, _SPANISH_TURNED):
        for found in pattern.finditer(text):
            if _is_day(found["day"]):
                taken.add(found.start("month"))
                yield date_hit(folded, *found.span(), found["year"], Confidence.SURE)
    for found in _MONTH_OF_YEAR.finditer(text):
        if found.start("month") not in taken and found.start("mes") not in taken:
            yield Hit(*folded.span(*found.span()), Confidence.LIKELY, (found["year"],))


def _is_day(digits: str | None) -> bool:
    return digits is None or 1 <= int(digits) <= 31


def _names_month(folded: Folded, found: re.Match[str], text: str) -> bool:
    """Whether "may" or "march" is the month: capitalised or after a word of time, and not after its subject."""
    before = text[max(0, found.start() - _REACH) : found.start()]
    place = folded.span(*found.span("month"))[0]
    return _TIME_BEFORE.search(before) is not None or (
        folded.original[place].isupper() and not _VERB_BEFORE.search(before)
    )
