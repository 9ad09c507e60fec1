"""Internet addresses, version 4 and 6; not version numbers, and not the addresses that everybody has."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.rule import Hit

_FOUR = re.compile(r"(?<![\w.-])\d{1,3}(?:(?:\.|\[\.\]|\(\.\))\d{1,3}){3}(?![\w-]|\.\d)")
_SIX = re.compile(
    r"(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4})(?:%[a-z0-9.]{1,15}[a-z0-9])?"
    r"(?![\w:]|\.\w)"
)
_VERSION = re.compile(
    r"\b(?:v|ver|version|release|build|firmware|ios|android|windows|update|patch|section|chapter|sec|software)\b"
    r"[^\w\n]{0,3}(?:is |to |no |number )?$"
)
_NAMED = re.compile(r"\bip(?:v[46])?(?: address(?:es)?)?\W{0,3}(?:is |es |was )?$")
_EVERYBODYS = frozenset(
    {"8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9", "2001:4860:4860::8888", "2606:4700:4700::1111"}
)
"""Public name servers that people quote in advice."""


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Addresses that can belong to one machine; small numbers that could number a section only where "IP" is said."""
    text = folded.text
    for found in [*_FOUR.finditer(text), *_SIX.finditer(text)]:
        before = text[max(0, found.start() - 40) : found.start()]
        written, end = re.sub(r"[\[\]()]", "", found[0]), found.end()
        if written.endswith(":") and not written.endswith("::"):
            written, end = written[:-1], end - 1  # the sentence's colon
        try:
            address = ipaddress.ip_address(written)
        except ValueError:
            continue
        if address.is_loopback or address.is_unspecified or address.is_multicast or written in _EVERYBODYS:
            continue
        if address.version == 6:
            groups = [group for group in re.split(r"[:.%]", written) if group]
            telling = len(groups) >= 3 or (len(groups[0]) == 4 and len(groups) == 2) or address.is_link_local
            if not (re.search(r"\d", written) and telling) and not _NAMED.search(before):
                continue
        elif _VERSION.search(before) or written.startswith("0.") or "255.255" in written:
            continue
        small = address.version == 4 and all(int(part) < 30 for part in written.split("."))
        if small and not _NAMED.search(before):
            continue
        yield Hit(*folded.span(found.start(), end), Confidence.SURE)
