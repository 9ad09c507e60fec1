"""Street addresses: a house number, a name and a word for a street; in Spanish the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

import re2

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
_DIRECTED = re.compile(
    r"(?<![\w$€£#.,:/-])\d{2,6} (?:n|s|e|w|north|south|east|west)\.? (?:\d{1,3}(?:st|nd|rd|th)|[a-z]{3,15})"
    rf"(?=$|[.,;)\n]| (?:apt|unit|#)){_HOME}"
)
_ELSEWHERE = re.compile(
    r"(?<![\w])(?:\d{1,6},? )?"
    r"(?:(?:via|viale|rua|rue|ul\.|ulica|r\.|praca|placa|plaza|quadra|corso|boulevard|bd\.|str\.)"
    r" (?:[\w'.-]{1,20} ){1,5}?"
    r"|[\w'.-]{2,30}(?:strasse|stra\u00dfe|str\.?|gasse|weg|gade|vej|gatan|vagen|katu|laan|straat"
    r"|plein|platz|allee|utca|veien|straeti|vegen) |(?:[\w'.-]{2,20} ){1,3}(?:u\.|utca|utja) )\d{1,4}[a-z]?\b"
)
_BETWEEN_NUMBERS = re.compile(
    r"(?<![\w$€£#.,:/-])(?!(?:19|20)\d\d )\d{2,6}"
    r" (?P<name>[^\W\d][\w'.-]{2,24}(?: [^\W\d][\w'.-]{1,20}){0,3}) (?!(?:19|20)\d\d\b)\d{1,4}"
    r"(?=\s*(?:\n|,|/|suite|apt\.?|$))"
)
_MILITARY = re.compile(
    r"\b(?:(?:unit|psc|cmr) \d{3,5},? box \d{1,5}|(?:uss|usns|usnv|uscgc) [\w'-]{2,20}),?\s+"
    r"(?:fpo|apo|dpo),? (?:ae|aa|ap)"
    r" \d{5}(?:-\d{4})?\b|\b(?:fpo|apo|dpo),? (?:ae|aa|ap) \d{5}(?:-\d{4})?\b"
)
_RURAL_BOX = re.compile(
    r"\b(?:r\.?r\.?|rural route|rural rt\.?|h\.?c\.?|star route|rte\.?|route) ?#?\d{1,3},? box \d{1,5}[a-z]?\b"
)
_RARE = re2.compile(
    r"\b(?:via|viale|rua|rue|ul\.|ulica|r\.|praca|placa|plaza|quadra|corso|boulevard|bd\.|str\.) "
    r"|(?:strasse|stra\x{DF}e|str\.?|gasse|weg|gade|vej|gatan|vagen|katu|laan|straat|plein|platz|allee|utca|utja|u\."
    r"|veien|straeti|vegen) [0-9]|\bbox [0-9]|\b(?:fpo|apo|dpo)\b"
)
"""A quick look for the rarer kinds of addresses, before looking closely."""
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
    r"\b(?:lives?|living|lived|stays?|staying|address|located|house|home|moved|addy|crib|at|vive\w*|to) (?:\w+ ){0,2}"
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
    for found in _BETWEEN_NUMBERS.finditer(text):
        if folded.original[folded.span(*found.span("name"))[0]].isupper():
            yield Hit(*folded.span(found.start(), _end(found)), Confidence.LIKELY)
    for found in _DIRECTED.finditer(text):
        if _LIVES.search(text[max(0, found.start() - 30) : found.start()]):
            yield Hit(*folded.span(found.start(), _end(found)), Confidence.LIKELY)
    if _RARE.search(text):
        yield from _rare(folded)


def _rare(folded: Folded) -> Iterator[Hit]:
    """Boxes on rural routes, mail to the military, and streets of other countries."""
    text = folded.text
    for found in [*_MILITARY.finditer(text), *_RURAL_BOX.finditer(text)]:
        yield Hit(*folded.span(found.start(), _end(found)), Confidence.SURE)
    for found in _ELSEWHERE.finditer(text):
        if folded.original[_first_letter(folded, found)].isupper():
            yield Hit(*folded.span(found.start(), _end(found)), Confidence.LIKELY)


def _first_letter(folded: Folded, found: re.Match[str]) -> int:
    start = next(place for place in range(*found.span()) if folded.text[place].isalpha())
    return folded.span(start, start + 1)[0]


def _end(found: re.Match[str]) -> int:
    """The end of an address without the full stop of its sentence."""
    return found.end() - (found[0].endswith(".") and 1)
