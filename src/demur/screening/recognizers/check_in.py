"""Check-ins: "📍 Riverside Center", "@ Lake Hope", "— at Cedar Creek Middle School"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.folding import Folded
from demur.screening.rule import Hit

_LEAD = re.compile(
    r"(?:\U0001f4cd ?(?:at |@ ?)?|(?:^|(?<=[\s(]))@ |(?:^|(?<=\s))- (?:at|in|@) |\bchecked in(?:to)? (?:at |@ ?)?)"
)
_WORD = re.compile(r" ?([\w&][\w'.&-]*,?)")
_LONGEST_NAME = 7
_LINKS = frozenset({"of", "the", "and", "&", "de", "del", "la", "los", "las", "el", "y", "on", "at", "for", "in"})


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """The capitalised words after the sign of a check-in; a clock's hour is no place."""
    text = folded.text
    for lead in _LEAD.finditer(text):
        end: int | None = None
        place = lead.end()
        for _number in range(_LONGEST_NAME):
            word = _WORD.match(text, place)
            if word is None or (place == lead.end() and word.start(1) != place):
                break
            first = folded.original[folded.span(word.start(1), word.start(1) + 1)[0]]
            if first.isupper() or (end is not None and first.isdigit()):
                end = word.end()
            elif word[1] not in _LINKS:
                break
            place = word.end()
            if word[1].endswith((",", ".")):
                break
        if end is not None:
            end -= len(text[lead.end() : end]) - len(text[lead.end() : end].rstrip(" ,.'-"))
            yield Hit(*folded.span(lead.end(), end))
