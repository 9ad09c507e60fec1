"""Internet addresses, version 4 and 6; not version numbers, and not the addresses that everybody has."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.rule import Hit

_FOUR = re.compile(r"(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\d)")
_SIX = re.compile(r"(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])")
_VERSION = re.compile(
    r"\b(?:v|ver|version|release|build|firmware|ios|android|windows|update|patch|section|chapter|sec|software)\b"
    r"[^\w\n]{0,3}(?:is |to |no |number )?$"
)
_NAMED = re.compile(r"\bip(?: address(?:es)?)?\W{0,3}(?:is |es |was )?$")
_EVERYBODYS = frozenset({"8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9"})
"""Public name servers that people quote in advice."""


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Addresses that can belong to one machine; small numbers that could number a section only where "IP" is said."""
    text = folded.text
    for found in [*_FOUR.finditer(text), *_SIX.finditer(text)]:
        before = text[max(0, found.start() - 40) : found.start()]
        try:
            address = ipaddress.ip_address(found[0])
        except ValueError:
            continue
        if address.is_loopback or address.is_unspecified or address.is_multicast or found[0] in _EVERYBODYS:
            continue
        if address.version == 6:
            if sum(1 for group in found[0].split(":") if group) < 3 or not re.search(r"\d", found[0]):
                continue
        elif _VERSION.search(before) or found[0].startswith("0.") or "255.255" in found[0]:
            continue
        small = address.version == 4 and all(int(part) < 30 for part in found[0].split("."))
        if small and not _NAMED.search(before):
            continue
        yield Hit(*folded.span(*found.span()), Confidence.SURE)
