"""Where sentences begin and end, roughly, because posts seldom punctuate."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_BREAK = re.compile(r"(?:(?<![.!?…。！？])[.!?…。！？]+[\"'”’)\]]*(?=\s|$)|\n)\s*")


@dataclass(frozen=True, slots=True)
class Sentences:
    """Start positions, in code points, of each sentence of a text; the first is always 0."""

    starts: tuple[int, ...]
    length: int

    def number(self, position: int) -> int:
        """Which sentence, from 0, a position falls into."""
        return bisect_right(self.starts, position) - 1

    def bounds(self, position: int) -> tuple[int, int]:
        """Start and end of the sentence around a position."""
        index = self.number(position)
        return self.starts[index], self.starts[index + 1] if index + 1 < len(self.starts) else self.length

    def around(self, position: int, reach: int) -> tuple[int, int]:
        """Start and end of the sentence around a position with as many as `reach` sentences on either side."""
        index = self.number(position)
        last = index + reach + 1
        return self.starts[max(0, index - reach)], self.starts[last] if last < len(self.starts) else self.length


def split_sentences(text: str) -> Sentences:
    """Sentences of a text: ended by punctuation before a space, or by a line break."""
    starts = [0]
    starts.extend(found.end() for found in _BREAK.finditer(text) if 0 < found.end() < len(text))
    return Sentences(tuple(starts), len(text))
