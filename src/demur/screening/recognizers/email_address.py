"""E-mail addresses, also those that are spelt out to slip past a machine."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.rule import Hit

_PLAIN = re.compile(r"(?<![\w.%+'-])([\w.%+'-]{1,64})@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}(?![\w@])")
_AT = r"(?P<at> ?[(\[{<] ?(?:at|@|arroba) ?[)\]}>] ?| (?:at|arroba) | @ ?|@ )"
_DOT = r"(?: ?[(\[{<] ?(?:dot|punto|\.) ?[)\]}>] ?| (?:dot|punto) |\.)"
_SPELT = re.compile(
    rf"(?<![\w.+-])(?P<local>[\w.+-]{{1,64}}(?: dot [\w+-]{{1,40}}){{0,2}}){_AT}"
    rf"(?P<domain>[\w-]{{1,40}}(?:{_DOT}[\w-]{{1,40}}){{0,3}}?{_DOT}(?:com|org|net|edu|gov|us|io|info|mx|es|ca|co|uk))"
    r"(?![\w@])"
)
_PROVIDER = re.compile(
    r"^(?:gmail|yahoo|hotmail|outlook|icloud|aol|proton|protonmail|live|msn|comcast|ymail|zoho|gmx)\b"
)
_ASKED_FOR = re.compile(r"\b(?:e-?mail\w{0,3}|correo|write|reach|contact|escrib\w{1,5}|send it|address)\b[^\n]{0,25}$")
_REACH = 45


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Plain addresses are sure; spelt ones are sure in brackets, else likely and only where mail is spoken of."""
    text = folded.text
    for found in _PLAIN.finditer(text):
        start = found.end() - len(found[0].lstrip("'.-"))
        if text[start] != "@":
            yield Hit(*folded.span(start, found.end()), Confidence.SURE)
    for found in _SPELT.finditer(text):
        start, end = found.span()
        if found["at"].strip()[0] in "([{<":
            yield Hit(*folded.span(start, end), Confidence.SURE)
            continue
        provider = _PROVIDER.search(found["domain"])
        asked = _ASKED_FOR.search(text[max(0, start - _REACH) : start])
        if (provider and (asked or "dot" in found["domain"] or "@" in found["at"])) or (
            asked and re.search(r"\b(?:dot|punto)\b", found["domain"])
        ):
            yield Hit(*folded.span(start, end), Confidence.LIKELY)
