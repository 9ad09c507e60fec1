"""Whole characters: what cannot be written down or sent is replaced where text comes in."""

from __future__ import annotations

import re

_HALVES = re.compile("[\ud800-\udfff]")


def whole(text: str) -> str:
    """The text with U+FFFD for each half of a surrogate pair, so that every place in it stays where it was.

    JSON, old charsets and command lines can bring a half alone. No encoding can write it, so neither can the store.
    """
    return _HALVES.sub("\ufffd", text)
