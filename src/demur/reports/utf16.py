"""Positions as browsers, editors and LanguageTool count them: in UTF-16 code units."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Utf16:
    """Both ways between code points and UTF-16 code units of one text.

    Built in linear time and asked in logarithmic time. A lone surrogate is one unit, as it is one code point.
    `wide` are the positions, in code points, of the characters that take two units; usually there is none.
    """

    wide: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Utf16:
        """The mapping for a text."""
        if text.isascii():
            return cls(())
        return cls(tuple(found.start() for found in _ASTRAL.finditer(text)))

    def units(self, position: int) -> int:
        """How many code units come before a position in code points."""
        return position + bisect_left(self.wide, position) if self.wide else position

    def points(self, unit: int) -> int:
        """The code point that holds a code unit; the middle of a surrogate pair belongs to its character."""
        if not self.wide:
            return unit
        # The second unit of wide character number i is wide[i] + i + 1, which grows with i, so it can be bisected.
        before = bisect_right(range(len(self.wide)), unit, key=lambda index: self.wide[index] + index + 1)
        return unit - before

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offset and length in code units of a span in code points, `end` exclusive."""
        first = self.units(start)
        return first, self.units(end) - first
