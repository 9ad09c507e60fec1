"""Street addresses: a house number, a name and a word for a street; in Spanish the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.rule import Hit

_SURE_KINDS = r"street|avenue|ave|boulevard|blvd|lane|road|rd|parkway|pkwy|highway|hwy|terrace"
_KINDS = (
    rf"{_SURE_KINDS}|st|av|dr|drive|ln|ct|court|cir|circle|pl|place|ter|trl|trail|sq|square|loop|alley|way|route|rte"
    r"|crossing|cove|run|ridge|point|pike|turnpike|row|plaza"
)
_HOME = r"(?:,? ?(?:apt\.?|apartment|unit|suite|ste\.?|lot|floor|fl|no\.|#) ?#?[0-9]{0,4}-?[a-z]?[0-9]{0,3}(?!\w))?"
_ENGLISH = re.compile(
    r"(?<![\w$€£#.,:/-])(?P<house>\d{1,6}(?:-\d{1,4})?[a-d]?) (?:1/2 )?"
    r"(?P<name>(?:[nsew]\.? |(?:north|south|east|west|ne|nw|se|sw) )?"
    rf"(?:[a-z0-9'.-]{{1,20}} ){{1,3}}?)(?P<kind>{_KINDS})\b\.?"
    rf"(?: (?:[nsew]|ne|nw|se|sw|north|south|east|west)\b)?{_HOME}"
)
_NUMBERED = re.compile(
    r"(?<![\w$€£#.,:/-])\d{2,6} (?:[nsew]\.? |north |south |east |west )?(?:old |state |county |us |u\.s\. )?"
    rf"(?:highway|hwy|route|rte|county road|cr|road|rd|fm) \d{{1,4}}(?!\w){_HOME}"
)
_SPANISH = re.compile(
    r"(?<!\w)(?:calle|avenida|av\.|avda\.?|calzada|carrera|camino|paseo|privada|callejon|c/(?= ?\w))"
    r"(?: |(?<=c/))(?:[a-z0-9'.-]{1,20} ){1,4}?(?:#|no\.? ?|num\.? ?|numero )?\d{1,5}(?![\w:%])"
)
_NOT_A_NAME = re.compile(
    r"(?:a|about|across|along|am|an|and|are|around|as|at|away|back|be|been|block|blocked|blocks|bucks|but|by|car|cars"
    r"|day|days|did|different|do|does|dollar|dollars|down|feet|foot|for|from|ft|guys|had|has|have|he|her|his|home"
    r"|homes|hour|hours|hours'|house|houses|how|hr|hrs|i|if|in|into|is|it|its|just|kid|kids|lane|lanes|less|lol"
    r"|long|men|mile|miles|min|mins|minute|minutes|minutes'|month|months|more|my|new|no|not|of|off|on|one|or|other"
    r"|our|out|over|people|percent|person|pm|point|same|she|so|stop|stops|that|the|their|then|these|they|this"
    r"|those|three|through|time|times|to|trucks|two|up|was|way|ways|we|week|weeks|were|what|when|where|who|why"
    r"|with|women|yards|year|years|years'|you|your|yr|yrs)"
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_IN = re.compile(r"\b(?:in|since|by|until) $")
_LIVES = re.compile(
    r"\b(?:lives?|living|lived|stays?|staying|address|located|house|home|moved|at|vive\w*|to) (?:\w+ ){0,2}"
    r"(?:at |is |on |to |[:] ?)?$"
)


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """An address is sure where its name is capitalised or a home is named; in lower case it needs a clear word."""
    text = folded.text
    for found in _ENGLISH.finditer(text):
        words = found["name"].split()
        name = [word.strip(".'-") for word in words]
        if not name or any(_NOT_A_NAME.fullmatch(word) for word in name) or name[0] in {"st", "nd", "rd", "th"}:
            continue
        if _YEAR.match(found["house"]) and _IN.search(text[max(0, found.start() - 8) : found.start()]):
            continue
        start, end = folded.span(*found.span("name"))
        capital = all(word[:1].isupper() or word[:1].isdigit() for word in folded.original[start:end].split())
        kind_start = folded.span(*found.span("kind"))[0]
        if not capital:
            lives = _LIVES.search(text[max(0, found.start() - 30) : found.start()])
            home = lives or re.search(r"apt|apartment|unit|#", found[0])
            if not home or found["kind"] in {"way", "point", "run", "row"}:
                continue
        elif not folded.original[kind_start].isupper() and not re.fullmatch(_SURE_KINDS, found["kind"]):
            continue
        yield Hit(*folded.span(found.start(), _end(found)), Confidence.SURE if capital else Confidence.LIKELY)
    for found in [*_NUMBERED.finditer(text), *_SPANISH.finditer(text)]:
        yield Hit(*folded.span(found.start(), _end(found)), Confidence.SURE)


def _end(found: re.Match[str]) -> int:
    """The end of an address without the full stop of its sentence."""
    return found.end() - (found[0].endswith(".") and 1)
