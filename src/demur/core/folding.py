"""One reading of a text that looks through styling, with a way back to where each character stood."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

_PLAIN = str.maketrans(
    {
        "‘": "'", "’": "'", "ʼ": "'", "´": "'", "`": "'", "′": "'", "＇": "'",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
        "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ",
    }
)  # fmt: skip
_DROPPED = frozenset({"Cf", "Mn", "Me", "Cs"})
"""Invisible and combining characters and lone surrogates: they hide a word from a reader of code, not from a person."""


_MOST_REMEMBERED = 20_000
"""Characters whose folded form is kept; more than any text of people needs, and little memory."""


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is lower-case and plain; `starts[i]` and `ends[i]` are where its character i stands in the original.

    Both are None where folding kept every position, which is the usual case.
    """

    text: str
    original: str
    starts: list[int] | None
    ends: list[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span, in code points, of a folded one; `end` is exclusive and greater than `start`."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def part(self, start: int, end: int) -> str:
        """The folded text of what stands between two positions of the original."""
        if self.starts is None:
            return self.text[start:end]
        return self.text[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


class _Plain(dict[int, str]):
    """The folded form of each character seen so far; `moving` are those that do not become exactly one."""

    def __init__(self) -> None:
        super().__init__({code: chr(code).lower() for code in range(128)})
        self.moving: set[str] = set()

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = unicodedata.normalize("NFKD", character.translate(_PLAIN)).lower()
        plain = "".join(part for part in plain if unicodedata.category(part) not in _DROPPED)
        if len(plain) != 1:
            self.moving.add(character)
        if len(self) < _MOST_REMEMBERED:
            self[code] = plain
        return plain


_plain = _Plain()


def fold(text: str) -> Folded:
    """Lower case, compatibility forms, plain quotes and dashes; invisible characters and accents dropped.

    Linear in the length of the text.
    """
    if text.isascii():
        return Folded(text.lower(), text, None, None)
    folded = text.translate(_plain)
    if _plain.moving.isdisjoint(text):
        return Folded(folded, text, None, None)
    starts: list[int] = []
    ends: list[int] = []
    kept = 0
    for position, character in enumerate(text):
        if character not in _plain.moving:
            continue
        starts.extend(range(kept, position))
        ends.extend(range(kept + 1, position + 1))
        kept = position + 1
        length = len(_plain[ord(character)])
        if length:
            starts.extend([position] * length)
            ends.extend([position + 1] * length)
        elif ends and unicodedata.combining(character):
            ends[-1] = position + 1
    starts.extend(range(kept, len(text)))
    ends.extend(range(kept + 1, len(text) + 1))
    return Folded(folded, text, starts, ends)
