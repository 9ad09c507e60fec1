"""What a mention of a client is called, and what is said about it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise

from demur.core.findings import Category, Confidence, Finding

CITES = ("NASW-1.07r", "HIPAA-164.514b2i")

_SAYS = {
    "caseload-full-name": "This is the name of somebody on your caseload.",
    "caseload-name-run-together": "This is the name of somebody on your caseload, written as one word.",
    "caseload-name-and-initial": "This looks like somebody on your caseload, with one name cut to a letter.",
    "caseload-title-and-family-name": "This looks like somebody on your caseload.",
    "caseload-given-name": "Somebody on your caseload has this first name.",
    "caseload-nickname": "People with a name on your caseload are often called this.",
    "caseload-other-name": "Somebody on your caseload goes by this name.",
    "caseload-family-name": "Somebody on your caseload has this family name.",
    "caseload-initials": "These are the initials of somebody on your caseload.",
    "caseload-handle": "This is the handle of somebody on your caseload.",
    "caseload-email": "This is the e-mail address of somebody on your caseload.",
    "caseload-phone": "This is the phone number of somebody on your caseload.",
    "caseload-masked-name": "This reads like the name of somebody on your caseload with letters hidden.",
    "caseload-emoji-name": "This picture can stand for the name of somebody on your caseload.",
}
RULES = tuple(_SAYS)
"""Every rule of the caseload."""


def mention(rule: str, text: str, start: int, end: int, confidence: Confidence) -> Finding:
    """A finding over a span of the draft. Another wording is never offered: without the name the story still tells."""
    return Finding(Category.CLIENT_NAME, rule, start, end, text[start:end], confidence, _SAYS[rule], CITES)


def settled(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Of overlapping findings the surest stays, then the longest; in the order of the text."""
    ordered = sorted(findings, key=lambda finding: finding.start)
    if all(before.end <= after.start for before, after in pairwise(ordered)):
        return tuple(ordered)
    kept: list[Finding] = []
    taken: list[tuple[int, int]] = []
    for finding in sorted(ordered, key=lambda finding: (-finding.confidence, finding.start - finding.end)):
        place = bisect_left(taken, (finding.start, finding.end))
        # INVARIANT: the spans taken never overlap, so only the two neighbours can.
        if any(finding.start < end and start < finding.end for start, end in taken[max(0, place - 1) : place + 1]):
            continue
        taken.insert(place, (finding.start, finding.end))
        kept.append(finding)
    return tuple(sorted(kept, key=lambda finding: finding.start))
