"""Which of hundreds of patterns match a text, found without trying each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import re2

_SENTINEL = "\x01sentinel\x01"


class Prefilter:
    """Names the patterns that match, never leaves one out.

    Most patterns need certain letters (three in a row, or more) to stand somewhere in the text; those letters are
    looked for all at once, and only patterns whose letters are there are tried. One automaton of all patterns would
    grow new states with every new text; this does not. Line by line (`(?m)`), so that a line is an end as a text is.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._all = range(len(patterns))
        self._filter = re2.Filter()
        for pattern in patterns:
            self._filter.Add(f"(?m){pattern}")
        self._reached = self._filter.Add(_SENTINEL)
        self._filter.Compile()

    def pattern(self, index: int) -> re2._Regexp:
        """A pattern, compiled."""
        return self._filter.re(index)

    def matching(self, encoded: bytes) -> Iterable[int]:
        """The numbers of all patterns that match a text in UTF-8.

        Linear in the text. Out of memory, the search for letters says that none is there: then every pattern is named.
        """
        found: list[int] = self._filter.Match(_SENTINEL.encode() + b"\n" + encoded) or []
        if self._reached not in found:
            return self._all
        found.remove(self._reached)
        return found
