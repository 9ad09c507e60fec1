"""What many people share, so that sharing it says nothing; the tables come from whoever may read them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from demur.core.folding import fold

PEOPLE = 330_000_000
"""People among whom a name is counted: those of the United States, where the tables of names come from."""
FEW, SOME, MANY = 30, 300, 3_000
"""People with a name: fewer than FEW, and it points to one; from MANY on it says nothing."""
LONGEST_TEXT = 2_000
"""Code points that are read of anything in a profile: more than any network takes."""
SHORTEST_ADDED = 4
"""Letters of what people add to a name where nothing stands between them."""
_MOST_LETTERS = 64
_INITIAL = 0.07
"""Share of people whose given name begins with a given letter, roughly."""
_SHORTEST_PART = 3
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Commonness:
    """How common names and words are, and which are one. All take folded words.

    `pair` is the share of people with a given and a family name, `family` of those with a family name; `formal` gives
    the given names that a given name may be short for, and `everyday` says whether everybody uses a word.
    """

    pair: Callable[[str, str], float]
    family: Callable[[str], float]
    formal: Callable[[str], frozenset[str]]
    everyday: Callable[[str], bool]

    def remembered(self) -> Commonness:
        """The same, which looks up each name and word once: for as long as it is held, and no longer."""
        return Commonness(cache(self.pair), cache(self.family), cache(self.formal), cache(self.everyday))

    def is_everyday(self, word: str) -> bool:
        """Whether everybody uses a word, in a post or in a profile; the plural counts as its singular."""
        ways = (word, word.removesuffix("s"))
        return any(self.everyday(way) or way in usual().words for way in ways)

    def bearers(self, words: tuple[str, ...]) -> float:
        """About how many people are called by these words, given name first."""
        if len(words) < 2:
            return float(PEOPLE)
        given, *others = words
        family = " ".join(others)
        if len(given) == 1:
            return PEOPLE * _INITIAL * self.family(family)
        return PEOPLE * self.pair(given, family)

    def bearers_run_together(self, letters: str) -> float:
        """The same for a name without spaces, read in the way that most people would have."""
        cuts = range(1, len(letters) - 1) if len(letters) <= _MOST_LETTERS else ()
        ways = [self.bearers((letters[:cut], letters[cut:])) for cut in cuts]
        ways += [PEOPLE * _INITIAL * self.family(letters[:-1])] if len(letters) > _SHORTEST_PART else []
        return max(ways, default=0.0)

    def everyday_parts(self, letters: str) -> int:
        """How few everyday words these letters are made of; 0 where they are not."""
        if len(letters) > _MOST_LETTERS:
            return 0
        fewest: list[int | None] = [0, *[None] * len(letters)]
        for end in range(1, len(letters) + 1):
            for start in range(end - _SHORTEST_PART + 1):
                before = fewest[start]
                now = fewest[end]
                if before is None or (now is not None and before + 1 >= now):
                    continue
                if self.is_everyday(letters[start:end]):
                    fewest[end] = before + 1
        return fewest[-1] or 0


@dataclass(frozen=True, slots=True)
class Usual:
    """What `usual.toml` holds: words added to names, sayings, words, sites, and greetings.

    `longest_added` are those of the added words that may be run together with a name, the longest first. Of the sites,
    `profiles` give each person a page of their own, and `everybodys` give nobody one.
    """

    added: frozenset[str]
    longest_added: tuple[str, ...]
    sayings: re.Pattern[str]
    words: frozenset[str]
    sites: frozenset[str]
    profiles: frozenset[str]
    everybodys: frozenset[str]
    greetings: re.Pattern[str]


@cache
def usual() -> Usual:
    """What many people write."""
    data = tomllib.loads(files("demur.exposure").joinpath("usual.toml").read_text("utf-8"))
    return Usual(
        frozenset(data["added"]),
        tuple(sorted((word for word in data["added"] if len(word) >= SHORTEST_ADDED), key=len, reverse=True)),
        _any_of(data["sayings"]),
        frozenset(data["words"]),
        frozenset((*data["sites"], *data["profiles"], *data["everybodys"])),
        frozenset(data["profiles"]),
        frozenset(data["everybodys"]),
        _any_of(data["greetings"]),
    )


def words_of(text: str, longest: int = LONGEST_TEXT) -> list[str]:
    """The words of a text, folded, digits among them; what is longer than any profile is cut."""
    return _WORD.findall(fold(text[:longest]).text)


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(phrase) for phrase in longest_first) + r")\b")
