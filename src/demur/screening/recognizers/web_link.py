"""Links, without the slips of punctuation that only look like one ("tired.So", "e.g.that")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.rule import Hit

_FULL = re.compile(r"(?<![\w@])(?:https?://(?=\w)|www\.(?=\w))[^\s<>\"]{2,2000}")
_BARE = re.compile(
    r"(?<![\w@./:-])(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}(?P<ending>[a-z]{2,6}))(?::\d{2,5})?"
    r"(?P<path>/[^\s<>\"]{0,1000})?(?![\w@-])"
)
_CLEAR_ENDINGS = frozenset({"com", "org", "net", "edu", "gov"})
"""Endings that no English or Spanish word begins a sentence with."""
_WORDLIKE_ENDINGS = frozenset(
    {"me", "us", "io", "tv", "gg", "ly", "be", "co", "app", "info", "link", "page", "site", "blog", "shop", "health"}
    | {"mil", "ee", "uk", "ca", "mx", "es", "care", "help", "news", "dev", "ai", "to", "biz"}
)
"""Endings that could be a word after a missing space: they count only with a path behind them."""

_HELP = re.compile(
    r"^(?:https?://)?(?:www\.)?(?:988lifeline|crisistextline|thehotline|rainn|thetrevorproject|translifeline|childhelp|nami"
    r"|211|loveisrespect|samhsa|findtreatment|veteranscrisisline|strongheartshelpline|mentalhealth)\.(?:org|gov|net|com)\b"
)
"""Public doors to help. Finding one would stand between somebody and help."""


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Links with a scheme or `www.` are sure, a bare address is likely."""
    text = folded.text
    ends = 0
    for found in _FULL.finditer(text):
        if _HELP.match(found[0]):
            continue
        end = _trim(text, found.start(), found.end())
        yield Hit(*folded.span(found.start(), end), Confidence.SURE)
    for found in _BARE.finditer(text):
        if found["host"].startswith("www.") or found.start() < ends or _HELP.match(found[0]):
            continue
        path = found["path"] or ""
        ending = found["ending"]
        if ending in _CLEAR_ENDINGS:
            span = folded.span(*found.span("ending"))
            written = folded.original[span[0] : span[1]]
            if not (written.islower() or written.isupper()):
                continue
        elif ending not in _WORDLIKE_ENDINGS or len(path) < 3 or not re.search("[a-z]", found["host"].split(".")[0]):
            continue
        if not re.search("[a-z]", found["host"][: -len(ending)]):
            continue
        ends = found.end()
        yield Hit(*folded.span(found.start(), _trim(text, found.start(), found.end())), Confidence.LIKELY)


def _trim(text: str, start: int, end: int) -> int:
    """The end of a link without the punctuation of the sentence around it."""
    while end > start + 1:
        last = text[end - 1]
        link = text[start:end]
        closes = last in ")]}" and link.count(last) > link.count("([{"[")]}".index(last)])
        if last in ".,;:!?'\"*_…" or closes:
            end -= 1
        else:
            break
    return end
