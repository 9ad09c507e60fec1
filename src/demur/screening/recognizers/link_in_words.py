"""Links that are spelt out so that no machine makes a link of them ("example dot org", "example[.]org")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.recognizers.web_link import is_door_to_help, trimmed
from demur.screening.rule import Hit

_DOT = r"(?: dot | ?[(\[]\.[)\]] ?| ?[(\[]dot[)\]] ?| punto )"
_SPELT = re.compile(
    rf"(?<![\w@.])(?P<host>[a-z0-9-]{{2,40}}(?:{_DOT}[a-z0-9-]{{2,40}}){{0,2}}(?P<dot>{_DOT})(?:com|org|net|edu|gov))"
    r"(?P<path>/[^\s<>\"]{0,1000})?(?!\w)"
)
_VISIT = re.compile(
    r"\b(?:at|visit|see|go to|site|page|link|web|website|on|to|en|pagina|blog|url)\b[^\w\n]{0,3}(?:is |es )?$"
)
_MAIL = re.compile(r"(?:@|[(\[{<*_-] ?(?:at|arroba) ?[)\]}>*_-]) ?$")


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Dots in brackets count anywhere; dots in words only with a path, or after words that lead somewhere."""
    text = folded.text
    for found in _SPELT.finditer(text):
        before = text[max(0, found.start() - 30) : found.start()]
        if _MAIL.search(before) or is_door_to_help(_undisguised(found[0])):
            continue
        if found["dot"].strip() not in ("dot", "punto") or found["path"] or _VISIT.search(before):
            yield Hit(*folded.span(found.start(), trimmed(text, *found.span())), Confidence.LIKELY)


def _undisguised(link: str) -> str:
    return re.sub(r" ?[(\[](?:\.|dot)[)\]] ?| (?:dot|punto) ", ".", link)
