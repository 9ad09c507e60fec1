"""Vehicle identification numbers: seventeen characters whose ninth proves the others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.rule import Hit

_SEVENTEEN = re.compile(r"(?<![\w-])[a-hj-npr-z0-9]{17}(?![\w-])")
_NAMED = re.compile(r"\bvin\b[^a-z0-9\n]{0,5}(?:(?:is|number|no\.?|num) ){0,2}[^a-z0-9\n]{0,3}$")
_VALUES = {
    letter: int(value) for letter, value in zip("abcdefghjklmnprstuvwxyz", "12345678123457923456789", strict=True)
}
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Numbers whose check digit is right are sure; a wrong one counts only after the word VIN."""
    for found in _SEVENTEEN.finditer(folded.text):
        letters = sum(character.isalpha() for character in found[0])
        if not 1 <= letters <= 15:
            continue
        if _NAMED.search(folded.text[max(0, found.start() - 25) : found.start()]):
            yield Hit(*folded.span(*found.span()), Confidence.SURE if has_check_digit(found[0]) else Confidence.LIKELY)
        elif has_check_digit(found[0]) and letters >= 3:
            yield Hit(*folded.span(*found.span()), Confidence.SURE)


def has_check_digit(number: str) -> bool:
    """Whether the ninth character of a lower-case number is right (49 CFR 565.15(c))."""
    total = sum(weight * (_VALUES.get(sign) or int(sign)) for weight, sign in zip(_WEIGHTS, number, strict=True))
    return number[8] == "0123456789x"[total % 11]
