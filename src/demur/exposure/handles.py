"""Whether two handles lead from one account to the other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from demur.core.findings import Confidence
from demur.core.folding import fold
from demur.exposure.usual import MANY, SHORTEST_ADDED, SOME, Commonness, usual

LONGEST = 64
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_DIGITS = re.compile(r"^[0-9]+|[0-9]+$")
_SHORT, _LONG, _ONE_SLIP = 6, 10, 9
"""Letters from which a core is one's own, from which it is so inside a longer one, and from which a slip is seen."""
_STANDS_FOR = str.maketrans("013457", "oieast")
_DISGUISED = re.compile(r"(?<=[a-z])[013457]+(?=[a-z])")
"""Digits between letters that people write in place of a letter."""
_MANY_WORDS = 3
_SHORTEST_WITH_MORE, _MORE = 4, 2


@dataclass(frozen=True, slots=True)
class HandlesAlike:
    """How two handles are alike: `how` is same, same_usual, alike or slip; `shared` is what they have in common."""

    how: str
    strength: Confidence
    shared: str


def plain_handle(handle: str) -> str:
    """A handle as it is typed: without @, server and Bluesky's own ending, in small letters."""
    plain = fold(handle[:LONGEST].strip()).text.strip().removeprefix("@").rstrip("/").rpartition("/")[2]
    return plain.removeprefix("@").partition("@")[0].removesuffix(".bsky.social").strip()


def handles_alike(first: str, second: str, commonness: Commonness) -> HandlesAlike | None:
    """What somebody who knows one handle makes of the other; None where that is nothing, or the handles are usual."""
    one, other = plain_handle(first), plain_handle(second)
    if not one or not other:
        return None
    if one == other:
        return _same(one, commonness)
    a, b = handle_core(one), handle_core(other)
    short, long = sorted((a, b), key=len)
    if len(short) < _SHORT:
        return None
    strength = _own(short, commonness)
    if strength is None:
        return None
    if short == long:
        return HandlesAlike("alike", strength, short)
    if short in long and _own(long, commonness) is not None and _is_whole(short, long, commonness):
        inside = strength if len(short) >= _LONG else Confidence.POSSIBLE
        return HandlesAlike("alike", min(inside, Confidence.LIKELY), short)
    if len(short) >= _ONE_SLIP and OSA.distance(short, long, score_cutoff=1) == 1:
        return HandlesAlike("slip", Confidence.POSSIBLE, short)
    return None


def _is_whole(short: str, long: str, commonness: Commonness) -> bool:
    """Whether what stands around the shorter one are words of their own, and not the rest of another word."""
    if len(short) >= _LONG:
        return True
    around = [part for part in long.split(short, 1) if part]
    return all(len(part) < SHORTEST_ADDED or commonness.everyday_parts(part) for part in around)


def _same(handle: str, commonness: Commonness) -> HandlesAlike:
    core = handle_core(handle)
    # Digits or additions that somebody else would hardly choose make a usual handle one's own.
    chosen = len(core) >= _SHORTEST_WITH_MORE and len(_NOT_LETTERS.sub("", handle)) - len(core) >= _MORE
    if chosen or (len(core) >= _SHORT and _own(core, commonness)):
        return HandlesAlike("same", Confidence.SURE, handle)
    return HandlesAlike("same_usual", Confidence.POSSIBLE, handle)


def _own(core: str, commonness: Commonness) -> Confidence | None:
    """How surely a core is one person's own: None where it is a common name or everyday words."""
    bearers = commonness.bearers_run_together(core)
    if bearers >= MANY:
        return None
    parts = commonness.everyday_parts(core)
    if parts:
        return Confidence.POSSIBLE if parts >= _MANY_WORDS else None
    return Confidence.POSSIBLE if bearers >= SOME else Confidence.LIKELY


def handle_core(handle: str) -> str:
    """A handle as it is typed, without digits at its ends, signs, and what people add to a name."""
    parts = [part for part in _NOT_LETTERS.split(plain_handle(handle)) if part]
    kept = [part for part in parts if part not in usual().added] or parts
    letters = _DIGITS.sub("", "".join(_DIGITS.sub("", part) if len(kept) > 1 else part for part in kept))
    letters = _DISGUISED.sub(lambda digits: digits[0].translate(_STANDS_FOR), letters)
    for word in usual().longest_added:
        if len(letters) - len(word) >= _SHORT:
            letters = letters.removesuffix(word).removeprefix(word)
    return letters
