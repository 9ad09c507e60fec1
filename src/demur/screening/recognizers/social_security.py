"""Social Security and taxpayer numbers, by the rules for their three parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.rule import Hit

_PARTED = re.compile(r"(?<![\w$€£#+])(?<!\d[-./ ])(\d{3}) ?([-. /·•]) ?(\d{2}) ?\2 ?(\d{4})(?!\w|[-./]\d| \d)")
_RUN = re.compile(r"(?<![\w$€£-])(\d{3})()(\d{2})(\d{4})(?!\w|[-.]\d)")
_SPACED = re.compile(
    r"(?<![\w$€£-])(\d[ .-]\d[ .-]\d)()[ .-]{1,3}(\d[ .-]\d)[ .-]{1,3}(\d(?:[ .-]\d){3})(?!\w|[ .-]\d)"
)
_HALF = re.compile(r"(?<![\w$€£#+-])(\d{3})-(\d{2})-[x*#_]{4}(?!\w)")
_NAMED = re.compile(
    r"(?:\bss ?#|\b(?:ssn|social|social security(?: (?:number|no|card))?|soc|itin|tin|atin|taxpayer|tax id"
    r"|seguro social|numero de seguro|seguro|sosh)\b)[^\d\n]{0,20}$"
)

_OTHER_NUMBER = re.compile(
    r"\b(?:sku|part|item|model|order|tracking|upc|isbn|invoice|catalog|batch|lot|routing)\b[^\d\n]{0,12}$"
)


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Parted numbers stand for themselves (spaces less surely); nine digits in a run only where they are named."""
    text = folded.text
    for pattern in (_PARTED, _RUN, _SPACED):
        for found in pattern.finditer(text):
            separator = found[2]
            area, group, serial = (re.sub(r"\D", "", found[part]) for part in (1, 3, 4))
            named = _NAMED.search(text[max(0, found.start() - 50) : found.start()])
            if _OTHER_NUMBER.search(text[max(0, found.start() - 30) : found.start()]):
                continue
            if not is_issued(area, group, serial) or (separator in ("", "/") and not named):
                continue
            sure = named or separator == "-"
            yield Hit(*folded.span(*found.span()), Confidence.SURE if sure else Confidence.LIKELY)
    for found in _HALF.finditer(text):
        if is_issued(found[1], found[2], "1000"):
            yield Hit(*folded.span(*found.span()), Confidence.SURE)


def is_issued(area: str, group: str, serial: str) -> bool:
    """Whether a Social Security number, or a taxpayer number of an immigrant (ITIN), can have these three parts."""
    if group == "00" or serial == "0000" or area in {"000", "666"}:
        return False
    if area[0] == "9":
        return 50 <= int(group) <= 65 or 70 <= int(group) <= 88 or 90 <= int(group) <= 92 or 94 <= int(group) <= 99
    return True
