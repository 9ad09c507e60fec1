"""Counties, parishes and boroughs of the United States that really exist: "Presidio County", "condado de Hidalgo"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.folding import Folded
from demur.screening.rule import Hit

_NAMED = re.compile(
    r"(?<![\w'-])(?P<name>(?:[a-z][a-z.'-]{1,20} ){1,3})(?P<kind>county|parish|borough|cty|co)(?![\w-])\.?"
)
_TURNED = re.compile(
    r"(?<!\w)(?:county of|condado de(?:l)?) (?P<name>[a-z][a-z.'-]{1,20}(?: [a-z][a-z.'-]{1,20}){0,2})"
)
_WRITTEN_SHORT = frozenset({"cty", "co"})


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """The longest name before the word that the table has as a county."""
    text = folded.text
    for found in _NAMED.finditer(text):
        kind = "county" if found["kind"] in _WRITTEN_SHORT else found["kind"]
        words = found["name"].split()
        start = found.start()
        if found["kind"] == "co" and not _is_capital(folded, found.start("kind")):
            continue
        while words:
            if _is_county(" ".join(words), kind):
                yield Hit(*folded.span(start, found.end("kind")))
                break
            start += len(words.pop(0)) + 1
    for found in _TURNED.finditer(text):
        words = found["name"].split()
        while words and not _is_county(" ".join(words).rstrip(".'-"), "county"):
            words.pop()
        if words and _is_capital(folded, found.start("name")):
            yield Hit(*folded.span(found.start(), found.start("name") + len(" ".join(words).rstrip(".'-"))))


def _is_county(name: str, kind: str) -> bool:
    from demur.screening.gazetteer import sense_of

    return sense_of(f"{name} {kind}") is not None


def _is_capital(folded: Folded, place: int) -> bool:
    return folded.original[folded.span(place, place + 1)[0]].isupper()
