"""Dates in words: "March 3rd", "the third of March", "Tuesday the 14th", "3 de marzo", "in June 2019", "mid-March"."""

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
_THROUGH = r"(?: ?(?:-|to|through|thru|and|&) ?\d{1,2}(?:st|nd|rd|th)?(?![\w:%]))?"
_MONTH_DAY = re.compile(
    rf"(?<![\w/-])(?:{_WEEKDAY}\.?,? (?:the )?)?{_MONTH}(?P<stop>\.?) ?(?:the )?"
    rf"(?:(?P<day>\d{{1,2}})(?P<ordinal> ?(?:st|nd|rd|th)\b)?|(?P<spelt>{_SPELT})){_THROUGH}"
    rf"(?:,? (?:of )?{_YEAR}|,? ?'\d\d)?(?!\w|:\d|[.,]\d|%)"
)
_DAY_MONTH = re.compile(
    rf"(?<![\w/.$-])(?:{_WEEKDAY}\.?,? )?(?:the )?"
    rf"(?:(?P<day>\d{{1,2}})(?P<ordinal> ?(?:st|nd|rd|th)\b)?|(?P<spelt>{_SPELT}))"
    rf" (?P<of>(?:day )?of )?{_MONTH}\b(?:\.(?= ))?(?:,? (?:of )?{_YEAR})?(?!\w)"
)
_JOINED = re.compile(
    rf"(?<![\w/.-])(?:(?P<day>\d{{1,2}})-?{_MONTH}-?|{_MONTH.replace('<month>', '<first>')}-(?P<second>\d{{1,2}})-)"
    r"(?P<year>(?:19|20)\d\d|\d\d)(?![\w/]|[-.]\d)"
)
_DAY_OF_WEEK = re.compile(rf"(?<![\w-]){_WEEKDAY},? (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)(?!\w)")
_DIA = (
    r"(?:primero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince"
    r"|dieci(?:seis|siete|ocho|nueve)|veinte|veinti(?:uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)"
    r"|treinta(?: y uno)?)"
)
_SPANISH = re.compile(
    rf"(?<!\w)(?:(?P<day>\d{{1,2}})(?:ro|o)?|{_DIA}) de (?P<month>{_MES})"
    r"(?: del? (?P<year>(?:19|20)\d\d))?(?!\w)"
)
_SPANISH_TURNED = re.compile(
    rf"(?<!\w)(?P<month>{_MES}) (?P<day>\d{{1,2}})(?:,? (?:del? )?(?P<year>(?:19|20)\d\d))?(?![\w:%])"
)
_MONTH_OF_YEAR = re.compile(
    rf"(?<![\w/-])(?:early |late |mid[- ])?(?:{_MONTH}\.?,? (?:of )?|(?P<mes>{_MES}) del? )"
    r"(?P<year>(?:19|20)\d\d)(?!\w|[-.]\d)"
)
_MONTH_ALONE = re.compile(
    r"(?<![\w/-])(?P<cue>in|since|until|till|by|before|after|during|back in|around|last|next|this past|this coming)"
    r" (?P<month>january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|apr"
    r"|aug|sept?|oct|nov|dec)\b(?![-/']?\w| \d| the \d|'s)"
)
_PART_OF_MONTH = re.compile(
    r"(?<![\w/-])(?:(?:(?P<cue>in|since|until|by) )?(?:early|late|mid"
    r"|the (?:start|beginning|middle|end|last week|first week) of"
    r"|(?:early|late) in|(?:first|second|third|fourth|last) (?:day|week|weekend|\w{3,6}day) (?:of|in))[- ]"
    rf"(?:{_MONTH})\b(?![-/']?\w| \d)"
    rf"|(?:a )?(?:principios|mediados|finales|fines) de (?P<mes>{_MES})(?! del? \d)\b)"
)
_MES_ALONE = re.compile(
    rf"(?<!\w)(?P<cue>en|desde|hasta|el pasado|el proximo) (?P<mes>{_MES})(?: pasado)?\b(?! del? \d| \d)"
)
_OF_A_LIFE = re.compile(
    r"\b(?:born|birth|birthday|bday|b-day|dob|d\.o\.b\.?|died|dead|death|passed|lost (?:him|her|them)|admit(?:ted|s)"
    r"|admission|discharg(?:ed|es?)|intake|sober|clean|relapsed|removed|placed|reunified|adopted|court|hearing"
    r"|arraigned|sentenced|paroled?|nacio|nacid[oa]|nacimiento|murio|fallecio|salio|ingreso|sobri[oa]|limpi[oa])\b"
    r"[^.!?\n]{0,12}$"
)
"""Words of birth, death, care and custody just before a date: then it is a date of somebody's life."""
_COUNTED = re.compile(
    r"^ ?(?:miles?|blocks?|times|people|days?|hours?|hrs?|weeks?|kids|minutes?|mins?|more|or more"
    r"|of (?:us|them|you)|st\b)"
)
_VERB_BEFORE = re.compile(r"\b(?:i|you|we|they|he|she|it|to|and|who|that|there|this|which|people|kids) $")
_TIME_BEFORE = re.compile(r"\b(?:on|since|until|till|before|after|by|from|around|el|of|this|last|next|dated|due) $")
_VERBS = frozenset({"may", "march", "mar"})
_GOING_ON = frozenset({"since", "until", "till", "by", "before", "after", "during", "desde", "hasta"})
_TO_COME = frozenset({"next", "this coming", "el proximo"})
_THEN, _ENTONCES = ("then",), ("entonces",)
_REACH = 16
_LIFE_REACH = 40


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """A day with its year, or of somebody's life, is sure; with month and year likely; any other is one of many dates
    that posts are full of, and only possible until somebody who is served stands beside it."""
    text = folded.text
    taken: set[int] = set()
    """Where the month of a date with a day stands, so that "March 2019" in "3 March 2019" is not told twice."""
    for found in _MONTH_DAY.finditer(text):
        if _is_day(found["day"]) and not _COUNTED.search(text[found.end() : found.end() + 12]):
            plain = not found["ordinal"] and not found["year"]
            if found["month"] in _VERBS and plain and not _names_month(folded, found, text):
                continue
            taken.add(found.start("month"))
            yield _dated(folded, found)
    for found in _DAY_MONTH.finditer(text):
        if not _is_day(found["day"]) or (found["spelt"] and not found["of"]):
            continue
        if found["month"] in _VERBS and not found["of"] and not found["year"]:
            continue
        taken.add(found.start("month"))
        yield _dated(folded, found)
    for found in _JOINED.finditer(text):
        if _is_day(found["day"] or found["second"]):
            year = found["year"]
            yield date_hit(folded, *found.span(), year if len(year) == 4 else None, Confidence.SURE)
    for found in _DAY_OF_WEEK.finditer(text):
        if _is_day(found["day"]) and not (found[0].startswith("fri") and found["day"] == "13"):
            yield date_hit(folded, *found.span(), None, Confidence.LIKELY)
    for pattern in (_SPANISH, _SPANISH_TURNED):
        for found in pattern.finditer(text):
            if _is_day(found["day"]):
                taken.add(found.start("month"))
                yield _dated(folded, found)
    for found in _MONTH_OF_YEAR.finditer(text):
        if found.start("month") not in taken and found.start("mes") not in taken:
            yield Hit(*folded.span(*found.span()), Confidence.LIKELY, (found["year"],))
    for pattern, instead in (
        (_PART_OF_MONTH, ("recently",)),
        (_MONTH_ALONE, ("recently",)),
        (_MES_ALONE, ("hace poco",)),
    ):
        for found in pattern.finditer(text):
            yield from _vague(folded, found, taken, instead)


def _dated(folded: Folded, found: re.Match[str]) -> Hit:
    before = folded.text[max(0, found.start() - _LIFE_REACH) : found.start()]
    year = found["year"]
    sure = year is not None or _OF_A_LIFE.search(before) is not None
    return date_hit(folded, *found.span(), year, Confidence.SURE if sure else Confidence.POSSIBLE)


def _vague(folded: Folded, found: re.Match[str], taken: set[int], instead: tuple[str, ...]) -> Iterator[Hit]:
    """A month without its year, unless it is part of a date already told."""
    groups = found.groupdict()
    month = next(name for name in ("month", "mes") if groups.get(name))
    if found.start(month) in taken:
        return
    taken.add(found.start(month))
    cue = groups.get("cue")
    if cue in _GOING_ON:
        instead = _THEN if month == "month" else _ENTONCES
        yield Hit(*folded.span(found.end("cue") + 1, found.end()), Confidence.POSSIBLE, instead)
    else:
        if cue in _TO_COME:
            instead = ("soon",) if month == "month" else ("pronto",)
        yield Hit(*folded.span(*found.span()), Confidence.POSSIBLE, instead)


def _is_day(digits: str | None) -> bool:
    return digits is None or 1 <= int(digits) <= 31


def _names_month(folded: Folded, found: re.Match[str], text: str) -> bool:
    """Whether "may" or "march" is the month: capitalised or after a word of time, and not after its subject."""
    before = text[max(0, found.start() - _REACH) : found.start()]
    place = folded.span(*found.span("month"))[0]
    return _TIME_BEFORE.search(before) is not None or (
        folded.original[place].isupper() and not _VERB_BEFORE.search(before)
    )
