"""Routing numbers of US banks, which with an account number are all that a transfer needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.recognizers.check_digits import has_routing_digit
from demur.screening.rule import Hit

_NAMED = re.compile(
    r"\b(?P<mark>(?:routing|rtn|aba|ach|ruta|transit)(?: transit)?[^\w\n]{0,3}(?:#|no\.?|number|num\.?|numero)?"
    r"[^\w\n]{0,3}(?:(?:is|was|es|y|and) )?(?P<digits>\d(?:[ -]?\d){8}))(?!\w|[-.]\d)"
)


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Nine digits that are called a routing number: sure where the check digit is right, else likely."""
    for found in _NAMED.finditer(folded.text):
        right = has_routing_digit(re.sub(r"\D", "", found["digits"]))
        yield Hit(*folded.span(*found.span("mark")), Confidence.SURE if right else Confidence.LIKELY)
