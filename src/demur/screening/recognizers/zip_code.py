"""ZIP codes, where a state stands before them or somebody says that it is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.rule import Hit

_STATES = (
    r"al|ak|az|ar|ca|co|ct|de|dc|fl|ga|hi|id|il|in|ia|ks|ky|la|me|md|ma|mi|mn|ms|mo|mt|ne|nv|nh|nj|nm|ny|nc|nd|oh|ok|or"
    r"|pa|pr|ri|sc|sd|tn|tx|ut|vt|va|wa|wv|wi|wy"
)
_NAMES = (
    r"alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho"
    r"|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi"
    r"|missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota"
    r"|ohio|oklahoma|oregon|pennsylvania|puerto rico|rhode island|south carolina|south dakota|tennessee|texas|utah"
    r"|vermont|virginia|washington|west virginia|wisconsin|wyoming"
)
_AFTER_STATE = re.compile(rf"(?<!\w)(?P<state>{_STATES})\.?,? (?P<code>\d{{5}}(?:-\d{{4}})?)(?!\w|[-,.]\d)")
_AFTER_NAME = re.compile(rf"(?<!\w)(?:{_NAMES}),? (?P<code>\d{{5}}(?:-\d{{4}})?)(?!\w|[-,.]\d)")
_NAMED = re.compile(
    r"\b(?:zip(?: ?code)?|postal code|codigo postal|c\.p\.)(?: is| of|:|es| es)? ?"
    r"(?P<code>\d{5}(?:-\d{4})?)(?!\w|[-,.]\d)"
)
_COUNTED = re.compile(
    r"^ (?:people|kids|children|families|students|residents|jobs|workers|voters|cases|homes|more|beds|veterans)\b"
)
_IN_ZIP = re.compile(r"(?<![\w$€£#.,-])(?P<code>\d{5}) (?:zip|zip ?code)\b")
_IN_THE = re.compile(r"\b(?:in|from|of|to|for|around|reppin\'?|repping) the (?P<code>\d{5})(?=\s*(?:$|[.,!?;)\n]))")


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """The code alone; a state's two letters count only as capitals, because "in" and "or" are words."""
    text = folded.text
    for found in _AFTER_STATE.finditer(text):
        start, end = folded.span(*found.span("state"))
        if folded.original[start:end].isupper() and not _counted(text, found):
            yield Hit(*folded.span(*found.span("code")), Confidence.SURE)
    for found in _AFTER_NAME.finditer(text):
        if not _counted(text, found):
            yield Hit(*folded.span(*found.span("code")), Confidence.SURE)
    for found in [*_NAMED.finditer(text), *_IN_ZIP.finditer(text), *_IN_THE.finditer(text)]:
        yield Hit(*folded.span(*found.span("code")), Confidence.SURE)


def _counted(text: str, found: re.Match[str]) -> bool:
    return _COUNTED.search(text[found.end() : found.end() + 14]) is not None
