"""One reading of a text that looks through styling, with a way back to where each character stood."""

from __future__ import annotations

import unicodedata
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


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is lower-case and plain; `starts[i]` and `ends[i]` are where its character i stands in the original.

    Both are None where folding kept every position, which is the usual case.
    """

    text: str
    original: str
    starts: tuple[int, ...] | None
    ends: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span, in code points, of a folded one; `end` is exclusive and greater than `start`."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Lower case, compatibility forms, plain quotes and dashes; invisible characters and accents dropped.

    Linear in the length of the text.
    """
    if text.isascii():
        return Folded(text.lower(), text, None, None)
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    moved = False
    for position, character in enumerate(text):
        if character < "\x80":
            plain = character.lower()
        else:
            plain = unicodedata.normalize("NFKD", character.translate(_PLAIN)).lower()
            plain = "".join(part for part in plain if unicodedata.category(part) not in _DROPPED)
            moved = moved or len(plain) != 1
            if not plain:
                if ends and unicodedata.combining(character):
                    ends[-1] = position + 1
                continue
        for part in plain:
            out.append(part)
            starts.append(position)
            ends.append(position + 1)
    folded = "".join(out)
    if not moved:
        return Folded(folded, text, None, None)
    return Folded(folded, text, tuple(starts), tuple(ends))
