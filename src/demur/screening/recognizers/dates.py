"""What dates written in digits and dates written in words have in common: how to say them without the day."""

from __future__ import annotations

import re

from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.rule import Hit

_ON = re.compile(r"\bon (?:or about )?$")
_ON_SPANISH = re.compile(r"(?<![\w])(?:el |el dia )$")
_FROM = re.compile(r"\b(?:since|until|till|before|after|by) (?:the )?$")
_FROM_SPANISH = re.compile(r"\b(?:desde|hasta|antes de|despues de|antes|despues)(?: el|l)? $")
_REACH = 24


def date_hit(folded: Folded, start: int, end: int, year: str | None, confidence: Confidence) -> Hit:
    """A date with the little word before it, and what to write instead; the year may stay (Safe Harbor, C)."""
    before = folded.text[max(0, start - _REACH) : start]
    suggestions: tuple[str, ...] = ()
    if _FROM_SPANISH.search(before):
        suggestions = (year,) if year else ("entonces",)
        if before.endswith("el "):
            start -= 3
    elif found := _ON_SPANISH.search(before):
        start -= len(found[0])
        suggestions = (f"en {year}",) if year else ("hace poco", "pronto")
    elif found := _ON.search(before):
        start -= len(found[0])
        suggestions = (f"in {year}",) if year else ("recently", "soon")
    elif found := _FROM.search(before):
        suggestions = (year,) if year else ("then",)
        if found[0].endswith("the "):
            start -= 4
    return Hit(*folded.span(start, end), confidence, suggestions)
