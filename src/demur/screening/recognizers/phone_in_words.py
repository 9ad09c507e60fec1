"""Telephone numbers that are spelled out in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.recognizers.phone import is_announced, is_nobodys, is_north_american
from demur.screening.recognizers.spelled_digits import is_counting, spelled
from demur.screening.rule import Hit

_OTHER = re.compile(r"\b(?:social|ssn|seguro social|case|account|routing|pin|code)\b[^\n]{0,20}$")
_REACH = 40


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Ten digits of the North American plan are likely, and so are seven where somebody is to be called."""
    text = folded.text
    for start, end, spoken in spelled(text):
        digits = spoken.removeprefix("1") if len(spoken) == 11 else spoken
        before = text[max(0, start - _REACH) : start]
        if len(digits) not in (7, 10) or is_counting(digits) or _OTHER.search(before):
            continue
        if len(digits) == 10:
            rings = is_north_american(digits)
        else:
            invented = digits.startswith("55501")  # as in figures: numbers of films and examples
            rings = digits[0] in "23456789" and (invented or is_announced(text, start, end))
        if rings and not is_nobodys(digits):
            yield Hit(*folded.span(start, end), Confidence.LIKELY)
