"""Numbers of records and accounts that are spelled out in words, where words before them say what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.folding import Folded
from demur.screening.recognizers.spelled_digits import is_counting, spelled
from demur.screening.rule import Hit

_NAMED = re.compile(
    r"\b(?:social(?: security)?(?: number)?|ssn|seguro social|mrn|pin|passcode|codigo|clave"
    r"|(?:case|account|routing|card|inmate|badge|medicaid|medicare|record|chart|member|docket|id|pin|door|gate|alarm"
    r"|access|caso|cuenta|expediente)(?: (?:number|no|code|id|numero))?)"
    r"(?: (?:de|del) (?:la |el )?[a-z]+)?[^\w\n]{0,2}(?: ?(?:is|was|are|es|ends in|ending in|termina en))?[^\w\n]{0,3}$"
)
_REACH = 50


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Four digits and more."""
    for start, end, digits in spelled(folded.text):
        named = _NAMED.search(folded.text[max(0, start - _REACH) : start])
        if named and 4 <= len(digits) <= 19 and not is_counting(digits):
            yield Hit(*folded.span(start, end))
