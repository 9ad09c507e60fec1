"""Bank accounts written as an IBAN, by their country's length and their remainder by 97."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.recognizers.check_digits import has_iban_digits, iban_length
from demur.screening.rule import Hit

_BEGINNING = re.compile(r"(?<![\w-])([a-z]{2})\d\d(?=[ -]?[a-z0-9]{4})")
_LONGEST = 34
_NAMED = re.compile(r"\biban\b[^\n]{0,20}$")


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Numbers whose check digits are right are sure; where IBAN is written before it, a wrong one is likely."""
    text = folded.text
    for found in _BEGINNING.finditer(text):
        end = _end(text, found.start(), iban_length(found[1]))
        if not end:
            continue
        number = re.sub("[ -]", "", text[found.start() : end])
        if has_iban_digits(number):
            yield Hit(*folded.span(found.start(), end), Confidence.SURE)
        elif _NAMED.search(text[max(0, found.start() - 30) : found.start()]) and re.search(r"\d{6}", number):
            yield Hit(*folded.span(found.start(), end), Confidence.LIKELY)


def _end(text: str, start: int, length: int) -> int:
    """Where `length` letters and digits, in groups with one space or dash between, are over; 0 where they aren't."""
    counted, position = 0, start
    while counted < length and position < min(len(text), start + 2 * _LONGEST):
        sign = text[position]
        if sign.isascii() and sign.isalnum():
            counted += 1
        elif sign not in " -" or text[position - 1] in " -":
            return 0
        position += 1
    if not length or counted < length or (position < len(text) and text[position].isalnum()):
        return 0
    return position
