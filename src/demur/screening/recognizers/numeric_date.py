"""Dates in digits: 3/14/2021, 2021-03-14, 14.03.2021, 03/2021, "DOB 03142021" and "on 3/14"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.recognizers.dates import date_hit
from demur.screening.rule import Hit

_YEAR_FIRST = re.compile(
    r"(?<![\w/.-])(?P<year>(?:19|20)\d\d)(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    r"(?:[t ]\d{1,2}:\d\d(?::\d\d(?:\.\d{1,6})?)?z?)?(?![\w/]|[-.]\d)"
)
_YEAR_LAST = re.compile(
    r"(?<![\w/.$€£-])(?P<first>\d{1,2}) ?(?P<mark>[-/.]) ?(?P<second>\d{1,2}) ?(?P=mark) ?'?"
    r"(?P<year>(?:19|20)\d\d|\d\d)"
    r"(?![\w/%]|[-.]\d)"
)
_NO_YEAR = re.compile(r"(?<![\w/.$€£-])(?P<first>\d{1,2})/(?P<second>\d{1,2})(?![\w/%]|[.]\d)")
_MONTH_YEAR = re.compile(r"(?<![\w/.$€£-])(?:0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)(?![\w/%]|[-.]\d)")
_COMPACT = re.compile(
    r"\b(?:dob|d\.o\.b\.?|born|birth ?date|date of birth|admit(?:ted)?|intake|d/c|discharged?|doa|dod)"
    r"(?: date)?(?: on| is|:|=|,)*"
    r" ?(?P<date>(?P<first>\d\d)(?P<second>\d\d)(?:19|20)\d\d|(?:19|20)\d\d(?P<month>\d\d)(?P<day>\d\d))(?!\w)"
)
_CUE = re.compile(
    r"\b(?:on|since|until|till|before|after|from|dob|d\.o\.b\.|born|birthday|bday|dated?|el|fecha|court|hearing"
    r"|discharged?|(?:re)?admitted|entered|removed|placed|reunified|relapsed|starts?|ends?|intake|sober|clean|nacio"
    r"|nacimiento|mon|tues?|wed|thurs?|fri|sat|sun|\w{3,6}day|as of|through|thru|by|between|filed|seen|signed|scheduled"
    r"|due|moved|died|passed|expire[sd]|desde|hasta|del?|cita|corte|appt|appointment|visit|eviction)"
    r"(?: is| was|'s)?[,:]? (?:the )?$"
)
_EVENT_NEXT = re.compile(
    r"^ ?(?:court|hearing|visit|intake|appt|appointment|discharge|admit|admission|removal|placement|session|evic"
    r"|release|@ ?\d|at \d|\d{1,2} ?[ap]m|cita|corte|audiencia)"
)
_LINE_START = re.compile(r"(?:^|[.!?\n(] ?|\n[-*] ?)$")
_SOMEBODY_NEXT = re.compile(
    r"^ ?[-:,)]? ?(?:s?he|they|we|i|her|his|their|my|our|mom|dad|the|first|client|kid|baby|judge|placed"
    r"|removed|ella|el|la)\b"
)
_NOT_A_DAY = re.compile(
    r"^ ?(?:of|cups?|price|off|pay|staff\w*|time|inch\w*|tsp|tbsp|teaspoons?|stars?|full|empty|the)\b"
)
_SAYINGS = frozenset({"9/11", "24/7", "50/50", "7/11", "10/10", "5/5", "4/20", "12/12", "1/6"})
_REACH = 24


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """A date with day, month and year is sure; without the year it needs a word before it that speaks of dates."""
    text = folded.text
    for found in _YEAR_FIRST.finditer(text):
        if _is_day(int(found["month"]), int(found["day"])):
            yield date_hit(folded, *found.span(), found["year"], Confidence.SURE)
    for found in _YEAR_LAST.finditer(text):
        first, second, year = int(found["first"]), int(found["second"]), found["year"]
        cued = _CUE.search(text[max(0, found.start() - _REACH) : found.start()])
        if not (_is_day(first, second) or _is_day(second, first)) or f"{first}/{second}/{year[-2:]}" == "9/11/01":
            continue
        if len(year) == 2 and (found["mark"] != "/" or " " in found[0]) and not cued:
            continue
        yield date_hit(folded, *found.span(), year if len(year) == 4 else None, Confidence.SURE)
    for found in _MONTH_YEAR.finditer(text):
        if not _NOT_A_DAY.search(text[found.end() : found.end() + 12]):
            yield date_hit(folded, *found.span(), found["year"], Confidence.LIKELY)
    for found in _COMPACT.finditer(text):
        if _is_day(int(found["first"] or found["month"]), int(found["second"] or found["day"])):
            yield Hit(*folded.span(*found.span("date")), Confidence.SURE, ())
    without_year = list(_NO_YEAR.finditer(text))
    counted = {found["second"] for found in without_year}
    for found in without_year:
        first, second = int(found["first"]), int(found["second"])
        if found[0] in _SAYINGS or not (_is_day(first, second) or _is_day(second, first)):
            continue
        before, after = text[max(0, found.start() - _REACH) : found.start()], text[found.end() : found.end() + _REACH]
        if _NOT_A_DAY.search(after):
            continue
        if _CUE.search(before) or _EVENT_NEXT.search(after):
            yield date_hit(folded, *found.span(), None, Confidence.LIKELY)
        elif _LINE_START.search(before) and _SOMEBODY_NEXT.search(after) and not _is_counter(found, counted):
            yield date_hit(folded, *found.span(), None, Confidence.POSSIBLE)


def _is_counter(found: re.Match[str], seconds: set[str]) -> bool:
    """Whether it may be a place in a thread, as "2/5" is: those never pass their last, and all have the same last."""
    return int(found["first"]) <= int(found["second"]) and len(seconds) == 1


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31
