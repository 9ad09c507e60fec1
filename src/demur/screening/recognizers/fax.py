"""Telephone numbers that the words before them call a fax."""

from __future__ import annotations

from collections.abc import Iterator

from demur.core.content import Post
from demur.core.folding import Folded
from demur.screening.recognizers.phone import is_fax, numbers
from demur.screening.rule import Hit


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Numbers that are announced as a fax."""
    for start, end, confidence in numbers(folded.text):
        if is_fax(folded.text, start, end):
            yield Hit(*folded.span(start, end), confidence)
