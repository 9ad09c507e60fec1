"""Exact ages under 90 with what to write instead; older ones are an identifier, and `age-over-89` finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.folding import Folded
from demur.screening.rule import Hit

_OLDEST = 89
_OWN = re.compile(
    r"\b(?:i'?m|i am|i was|i turn(?:ed)?|when i|as an?|me at|my own|tengo|cumpli|yo) (?:\w+ )?$"
    r"|\b(?:my|our|mi) (?:own |little |sweet )?(?:son|daughter|kid|hijo|hija|nephew|niece|brother|sister|mom|dad"
    r"|husband|wife)"
    r"\b[^.!?\n]{0,12}$"
)
_MINE = re.compile(r"\b(?:my|our|mi) (?:own |little |sweet |big )?$")

_CLIENT_NEXT = re.compile(
    r"^ (?:\w+ )?(?:clients?|patients?|pt|kiddo|students?|residents?|mentee|probationer|parolee|foster)\b"
)


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """An exact age of somebody other than the author or the author's family."""
    # Imported here, because its patterns take longer than those of other rules, and few drafts need them.
    from demur.screening.mosaic.ages import Form, find_ages

    for age in find_ages(folded.text):
        if age.form is Form.GRADE or age.low > _OLDEST:
            continue
        before = folded.text[max(0, age.article - 40) : age.article]
        if _OWN.search(before) or (
            _MINE.search(before) and not _CLIENT_NEXT.match(folded.text[age.end : age.end + 40])
        ):
            continue
        start, end = folded.span(age.article, age.end)
        instead = age.instead
        yield Hit(start, end, suggestions=(instead,), says=_says(folded.original[start:end], instead))


def _says(words: str, instead: str) -> str:
    return f"“{words}” is an exact age. Write “{instead}”."
