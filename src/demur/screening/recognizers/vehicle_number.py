"""Vehicle identification numbers: seventeen characters whose ninth proves the others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.recognizers.check_digits import has_vehicle_digit
from demur.screening.rule import Hit

_SEVENTEEN = re.compile(r"(?<![\w-])[a-hj-npr-z0-9]{17}(?![\w-])")
_NAMED = re.compile(r"\bvin\b[^a-z0-9\n]{0,5}(?:(?:is|number|no\.?|num|es|numero) ){0,2}[^a-z0-9\n]{0,3}$")


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Numbers whose check digit is right are sure; a wrong one counts only after the word VIN."""
    for found in _SEVENTEEN.finditer(folded.text):
        letters = sum(character.isalpha() for character in found[0])
        if not 1 <= letters <= 15:
            continue
        right = has_vehicle_digit(found[0])
        if _NAMED.search(folded.text[max(0, found.start() - 30) : found.start()]):
            yield Hit(*folded.span(*found.span()), Confidence.SURE if right else Confidence.LIKELY)
        elif right and letters >= 3:
            yield Hit(*folded.span(*found.span()), Confidence.SURE)
