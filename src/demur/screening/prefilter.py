"""Which of hundreds of patterns a text can match at all, found without trying each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import re2

_SENTINEL = "\x01sentinel\x01"
_MEMORY = 64 << 20
"""The most bytes that the automaton of patterns without a fixed word in them may take."""


class Prefilter:
    """Names candidates, never leaves one out.

    Most patterns need certain letters to stand somewhere in the text; those letters are looked for all at once.
    Patterns that need none (made of digits, say) go into one small automaton. One automaton of all patterns would
    grow new states with every new text; these two don't.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._all = range(len(patterns))
        self._by_letters = re2.Filter()
        for pattern in patterns:
            self._by_letters.Add(pattern)
        self._seen = self._by_letters.Add(_SENTINEL)
        self._by_letters.Compile()
        without_letters: Iterable[int] = self._by_letters.Match(b"", True) or ()
        self._without_letters = sorted(set(without_letters) - {self._seen})
        self._skip = {self._seen, *self._without_letters}
        options = re2.Options()
        options.max_mem = _MEMORY
        self._automaton = re2.Set.SearchSet(options)
        for index in self._without_letters:
            self._automaton.Add(patterns[index])
        self._reached = self._automaton.Add("")
        self._automaton.Compile()

    def pattern(self, index: int) -> re2._Regexp:
        """A pattern, compiled."""
        return self._by_letters.re(index)

    def candidates(self, encoded: bytes) -> Iterable[int]:
        """The numbers of all patterns that may match a text in UTF-8, and of few others.

        Linear in the text. Out of memory, either search says "no match": then every pattern is a candidate.
        """
        lettered: Iterable[int] = self._by_letters.Match(encoded + _SENTINEL.encode(), True) or ()
        unlettered: Iterable[int] = self._automaton.Match(encoded) or ()
        if self._seen not in lettered or self._reached not in unlettered:
            return self._all
        found = [index for index in lettered if index not in self._skip]
        found.extend(self._without_letters[place] for place in unlettered if place != self._reached)
        return found
