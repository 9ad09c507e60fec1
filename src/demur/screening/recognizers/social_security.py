"""Social Security and taxpayer numbers, by the rules for their three parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.rule import Hit

_PARTED = re.compile(r"(?<![\w$€£#+])(?<!\d[-./ ])(\d{3})([-. ])(\d{2})\2(\d{4})(?!\w|[-./]\d| \d)")
_RUN = re.compile(r"(?<![\w$€£-])(\d{3})()(\d{2})(\d{4})(?!\w|[-.]\d)")
_NAMED = re.compile(
    r"\b(?:ssn|ss#|ss #|social|social security(?: (?:number|no|card))?|soc|itin|taxpayer|tax id|seguro social"
    r"|numero de seguro)\b[^\d\n]{0,20}$"
)

_OTHER_NUMBER = re.compile(r"\b(?:sku|part|item|model|order|tracking|upc|isbn|invoice|catalog)\b[^\d\n]{0,12}$")


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Parted numbers stand for themselves (spaces less surely); nine digits in a run only where they are named."""
    text = folded.text
    for pattern in (_PARTED, _RUN):
        for found in pattern.finditer(text):
            area, separator, group, serial = found.groups()
            named = _NAMED.search(text[max(0, found.start() - 50) : found.start()])
            if _OTHER_NUMBER.search(text[max(0, found.start() - 30) : found.start()]):
                continue
            if not is_issued(area, group, serial) or (not separator and not named):
                continue
            sure = named or separator == "-"
            yield Hit(*folded.span(*found.span()), Confidence.SURE if sure else Confidence.LIKELY)


def is_issued(area: str, group: str, serial: str) -> bool:
    """Whether a Social Security number, or a taxpayer number of an immigrant (ITIN), can have these three parts."""
    if group == "00" or serial == "0000" or area in {"000", "666"}:
        return False
    if area[0] == "9":
        return 50 <= int(group) <= 65 or 70 <= int(group) <= 88 or 90 <= int(group) <= 92 or 94 <= int(group) <= 99
    return True
