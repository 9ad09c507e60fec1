"""One way of reading the words of a draft, with where each of them stands in it."""

from __future__ import annotations

import re
from functools import cached_property

from demur.caseload.index import CaseloadIndex
from demur.caseload.mentions import mention
from demur.caseload.names import PARTICLES, TITLES, FoldedText, word_places
from demur.core.findings import Confidence, Finding

_MAXIMUM_GAP = 8
_SENTENCE_END = re.compile(r"[.!?;:]\s")
_TWO_SENTENCES = re.compile(r"[!?;:]")
_PLAIN_GAPS = frozenset({" ", ", ", "-", "'", "_", "", ".", "  "})
_CAPITALIZED = re.compile("[A-Z]+[a-z0-9]*")


class Reading:
    """The words of a text.

    `altered` holds the words that were changed to get this reading; None means that it is the text as written.
    """

    def __init__(
        self,
        index: CaseloadIndex,
        folded: FoldedText,
        words: list[str],
        places: tuple[list[int], list[int]] | None = None,
        altered: frozenset[int] | None = None,
    ) -> None:
        self.index = index
        self.folded = folded
        self.words = words
        self.altered = altered
        self.known: list[bool | None] = list(map(index.familiar.get, words))
        """Whether each word begins something in the index; None for what may be a misspelt name."""
        self.findings: list[Finding] = []
        self.named: set[int] = set()
        """Words that are part of a whole name found already."""
        self._capitals: dict[int, bool] = {}
        if places is not None:
            self.__dict__["places"] = places

    @cached_property
    def places(self) -> tuple[list[int], list[int]]:
        """Folded positions where each word starts and ends; most texts are done with before anybody asks."""
        return word_places(self.folded.text)

    @cached_property
    def starts(self) -> list[int]:
        return self.places[0]

    @cached_property
    def ends(self) -> list[int]:
        return self.places[1]

    @cached_property
    def shouting(self) -> bool:
        """Whether all of the text is in capitals, so that a capital says nothing."""
        return len(self.words) > 3 and self.folded.original.isupper()

    @cached_property
    def capitalized(self) -> frozenset[str]:
        """Words that begin with a plain capital, in small letters: cheaper than to ask where words stand."""
        return frozenset(map(str.lower, _CAPITALIZED.findall(self.folded.original)))

    def unknown(self) -> list[int]:
        """Words that are no everyday word and begin no name: only they can be misspelt names."""
        return [number for number, known in enumerate(self.known) if known is None]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Original code points from word `first` to word `last`, both included."""
        return self.folded.span(self.starts[first], self.ends[last])

    def gap(self, word: int) -> str:
        """What stands between a word and the one after it."""
        return self.folded.text[self.ends[word] : self.starts[word + 1]]

    def joined(self, word: int) -> bool:
        """Whether a word and the one after it can be parts of one name."""
        gap = self.folded.text[self.ends[word] : self.starts[word + 1]]
        if gap in _PLAIN_GAPS:
            return True
        short = len(self.words[word]) < 3 or self.words[word] in TITLES
        if gap == ". ":
            return short
        if len(gap) > _MAXIMUM_GAP or _TWO_SENTENCES.search(gap):
            return False
        return short or not _SENTENCE_END.search(gap)

    def together(self, first: int, last: int) -> bool:
        """Whether all words from the first to the last can be parts of one name."""
        return all(self.joined(word) for word in range(first, last))

    def raw(self, word: int) -> str:
        """A word as it was written."""
        start, end = self.span(word, word)
        return self.folded.original[start:end]

    def first_character(self, word: int) -> str:
        """The character that a word begins with, as it was written."""
        start = self.starts[word]
        offsets = self.folded.offsets
        return self.folded.original[start if offsets is None else offsets[start]]

    def capital(self, word: int) -> bool:
        """Whether a word is written as a name would be; scripts without capitals always are."""
        known = self._capitals.get(word)
        if known is None:
            known = self._capitals[word] = self._capital(word)
        return known

    def _capital(self, word: int) -> bool:
        start, _ = self.folded.span(self.starts[word], self.starts[word] + 1)
        first = self.folded.original[start]
        if not first.isupper():
            return not first.islower() and not first.isdigit()
        if self.folded.original[start + 1 : start + 2].islower():
            return True
        return not self.shouting and not self._among_capitals(word)

    def capital_name(self, first: int, last: int) -> bool:
        """Whether a name of several words is written as one: de la Cruz begins with its third word."""
        while first < last and self.words[first] in PARTICLES:
            first += 1
        return self.capital(first)

    def _among_capitals(self, word: int) -> bool:
        """Whether a word stands in a run of words in capitals, where a capital says nothing."""
        raw = self.raw(word)
        if len(raw) < 2 or not raw.isupper():
            return False
        beside = [near for near in (word - 1, word + 1) if 0 <= near < len(self.words)]
        return bool(beside) and all(self.raw(near).isupper() and not self.raw(near).isdigit() for near in beside)

    def starts_sentence(self, word: int) -> bool:
        """Whether nothing but the end of another sentence stands before a word."""
        start, _ = self.span(word, word)
        before = self.folded.original[max(0, start - 12) : start].rstrip(" \t\"'“”‘’(*_#@")
        return not before or before[-1] in ".!?:\n\r…•—-"

    def marked(self, word: int) -> str:
        """The # or @ right before a word, or nothing."""
        before = self.starts[word] - 1
        character = self.folded.text[before] if before >= 0 else ""
        return character if character in "#@" else ""

    def add(self, rule: str, first: int, last: int, confidence: Confidence) -> None:
        """Note a finding from word to word. A reading that undoes disguises is never sure, and reports only those."""
        if self.altered is not None:
            if self.altered.isdisjoint(range(first, last + 1)):
                return
            confidence = min(confidence, Confidence.LIKELY)
        start, end = self.span(first, last)
        self.findings.append(mention(rule, self.folded.original, start, end, confidence))
