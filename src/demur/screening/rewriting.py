"""Writes a draft anew with what the findings suggest, so that nobody has to mend it word by word."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from demur.core.findings import Category, Finding

_LAST_WORD = re.compile(r"(?:^|(?<=[^\w'’]))([^\W\d_]+)[ \t]{1,3}$")
_NEXT_WORD = re.compile(r"[ \t]+([^\W\d_]+)")
_REACH = 24
"""How far a seam is looked at, in code points: one short word and its spaces."""

_ARTICLES = frozenset({"a", "an", "the"})
_BEFORE_NOUNS = _ARTICLES | {"this", "that", "my", "our", "your", "his", "her", "their", "its"}
_WITH_A_DAY = frozenset({"on", "at", "in", "el", "en"})
"""Small words that lead to a day or an hour, and to nothing that says roughly when."""

_ROUGHLY_WHEN = re.compile(
    r"(?:recently|soon|often|regularly|a while ago|for a while|at some point|one day|around here|hace (?:poco|tiempo)"
    r"|pronto|(?:in|en) [0-9]{4})$",
    re.IGNORECASE,
)
_NEVER_BEFORE_WHEN = (_BEFORE_NOUNS - {"this", "that", "his", "her"}) | {
    "of", "since", "from", "for", "with", "until", "till", "every", "de", "desde",
}  # fmt: skip
"""“Since one day” and “our regularly” are no wordings."""
_VOWEL_SOUND = re.compile(r"(?!(?:uni[^nm]|us[eu]|eu|one\b|once\b))[aeiou]|hour|honest|heir|8|1[18]\b", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(?:^|[.!?…\n][\"'”’)\]]*)[ \t]*$")
_CLOSING = re.compile(r"[ \t]*([,;:.!?…)])")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A draft with other words. `replaced` are the findings whose words are gone, `left` those that stand as before."""

    text: str
    replaced: tuple[Finding, ...]
    left: tuple[Finding, ...]


def rewrite(text: str, findings: Iterable[Finding]) -> Rewritten:
    """The first suggestion of every finding in place of its words; the findings count code points of `text`.

    Words stay where a finding on any of them has no suggestion or is a client's name, and where the wording would be
    glued to letters (`#lasttuesday`, `Tuesday's`) or can't follow what stands before. Outside the words only seams
    change: an article, a doubled word, a space, a comma. Linear but for sorting.
    """
    held = sorted(set(findings), key=lambda finding: (finding.start, finding.end, -finding.confidence, finding.rule))
    chosen = _chosen(text, held)
    if not chosen:
        return Rewritten(text, (), tuple(held))
    gaps: list[str] = []
    written: list[str] = []
    position = 0
    for start, end in chosen:
        gaps.append(text[position:start])
        written.append(chosen[start, end])
        position = end
    gaps.append(text[position:])
    for number, words in enumerate(written):
        gaps[number], written[number], gaps[number + 1] = _sewn(gaps[number], words, gaps[number + 1], number == 0)
    pieces = [piece for pair in zip(gaps, [*written, ""], strict=True) for piece in pair]
    starts, ends = [start for start, _ in chosen], [end for _, end in chosen]

    def is_gone(finding: Finding) -> bool:
        place = bisect_right(starts, finding.start) - 1
        return place >= 0 and finding.end <= ends[place]

    return Rewritten(
        "".join(pieces),
        tuple(finding for finding in held if is_gone(finding)),
        tuple(finding for finding in held if not is_gone(finding)),
    )


def _chosen(text: str, held: list[Finding]) -> dict[tuple[int, int], str]:
    """What to write in which places, in order; they never overlap."""
    wordings: dict[tuple[int, int], str] = {}
    without: set[tuple[int, int]] = set()
    for finding in held:
        place = finding.start, finding.end
        # INVARIANT: a client's name stays. “Somebody” in its place would hide from every rule that the draft is about
        # them, and so pass off a story that stays offline as mended.
        if not finding.suggestions or finding.category is Category.CLIENT_NAME or finding.end <= finding.start:
            without.add(place)
        else:
            wordings.setdefault(place, finding.suggestions[0])
    touches_one = _Touches(without)
    kept: list[tuple[int, int]] = []
    for start, end in sorted(wordings, key=lambda place: (place[0] - place[1], place)):
        if touches_one(start, end) or _is_glued(text, start, end) or not _fits(text, start, wordings[start, end]):
            continue
        number = bisect_left(kept, (start, end))
        # INVARIANT: the places kept never overlap, so only the two neighbours can.
        if any(start < last and first < end for first, last in kept[max(0, number - 1) : number + 1]):
            continue
        kept.insert(number, (start, end))
    return {place: wordings[place] for place in kept}


class _Touches:
    """Whether one of some places shares a word with another place."""

    def __init__(self, places: set[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(places):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __call__(self, start: int, end: int) -> bool:
        first = bisect_right(self._ends, start)
        return first < len(self._starts) and self._starts[first] < end


def _is_glued(text: str, start: int, end: int) -> bool:
    """Whether the words are a part of something longer, which another wording would break."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before and (before[-1] in "#@_/" or (before[-1].isalnum() and text[start].isalnum())):
        return True
    if before[-1:] == "-" and before[:1].isalnum():
        return True
    if not after:
        return False
    # A mark over the last letter, or the joiner inside an emoji, would hang on to the new words.
    if unicodedata.category(after[0]) in ("Mn", "Me", "Mc") or after[0] in "_@\u200d\ufe0f":
        return True
    if after[0].isalnum() and text[end - 1].isalnum():
        return True
    return after[0] in "'’-" and after[1:].isalnum()


def _fits(text: str, start: int, words: str) -> bool:
    """Whether a wording can follow the word before it."""
    found = _LAST_WORD.search(text[max(0, start - _REACH) : start])
    return not found or found[1].lower() not in _NEVER_BEFORE_WHEN or not _ROUGHLY_WHEN.match(words)


def _sewn(before: str, words: str, after: str, first: bool) -> tuple[str, str, str]:
    """The words between what stands before and after them, with the two seams made good."""
    if not words.strip():
        before, after = _closed(before, after, first)
        return before, "", after
    found = _LAST_WORD.search(before[-_REACH:])
    last = found[1].lower() if found else ""
    head, _, tail = words.partition(" ")
    if found and (last == head.lower() or (last in _WITH_A_DAY and _ROUGHLY_WHEN.match(words))):
        before = before[: len(before) - len(found[0])]
        words = words[:1].upper() + words[1:] if found[1][:1].isupper() else words
    elif found and tail and head.lower() in _ARTICLES and last in _BEFORE_NOUNS:
        words = tail
    if found and last in ("a", "an") and last != head.lower():
        right = "an" if _VOWEL_SOUND.match(words) else "a"
        space = found[0][len(last) :]
        before = (
            before[: len(before) - len(found[0])] + (right.capitalize() if found[1][0].isupper() else right) + space
        )
    following = _NEXT_WORD.match(after[:_REACH])
    most, _, final = words.rpartition(" ")
    if following and most and following[1].lower() == final.lower():
        words = most
    return before, words, after


def _closed(before: str, after: str, first: bool) -> tuple[str, str]:
    """Both sides of words that go without others in their place."""
    at_start = bool(_SENTENCE_START.search(before[-_REACH:])) and (first or bool(before))
    if at_start:
        rest = after.lstrip(" \t,;:")
        return before, rest[:1].upper() + rest[1:]
    closing = _CLOSING.match(after[:_REACH])
    if closing:
        bare = before.rstrip(" \t")
        if bare.endswith("(") and closing[1] == ")":
            return bare[:-1].rstrip(" \t"), after[closing.end() :]
        doubled = bare[-1:] in ",;:" and bool(bare)
        return (bare[:-1] if doubled else bare), after[closing.start(1) :]
    if before[-1:].isspace() or not before:
        return before, after.lstrip(" \t")
    return before, after
