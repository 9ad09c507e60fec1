"""E-mail addresses as machines read them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.rule import Hit

_PLAIN = re.compile(r"(?<![\w.%+'-])([\w.%+'-]{1,64})@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}(?![\w@])")


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Addresses without the punctuation before them."""
    for found in _PLAIN.finditer(folded.text):
        start = found.end() - len(found[0].lstrip("'.-"))
        if folded.text[start] != "@":
            yield Hit(*folded.span(start, found.end()), Confidence.SURE)
