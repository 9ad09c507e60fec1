"""Whether the names and the words of two profiles lead from one to the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from demur.core.findings import Confidence
from demur.core.folding import fold
from demur.exposure.handles import handle_core
from demur.exposure.usual import FEW, LONGEST_TEXT, MANY, SOME, Commonness, usual, words_of

_LONGEST_NAME = 200
_ASIDE = re.compile(r"[|(\[,/•·–—:]")
_BETWEEN_NAMES = re.compile(r"\(([^\W\d_]{2,40})\)(?=\s{0,3}[^\W\d_])")
"""A former name or a nickname, as in "Rosa (Quill) Vane"."""
_CUT = re.compile(r"[^\w\s'’-]+|\s[-–—]\s|\n")
_LONG_RUN, _LONGER_RUN = 6, 8
"""Words in a row, punctuation or not, from which a sentence is one's own: with two unusual ones, and without."""
_SHORT_RUN, _UNUSUAL = 2, 2
_SHORTEST_UNUSUAL = 4
_GAP = ""
_GIVEN_AND_FAMILY = 2
_LONG_NAME = 8
"""Letters of a name from which it is seen inside a longer handle."""
_LONG_FAMILY_NAME = 5
"""Letters of a family name from which it is one's own beside an initial."""


@dataclass(frozen=True, slots=True)
class WordsAlike:
    """What two profiles share: `how` names the sentence that tells it."""

    how: str
    strength: Confidence
    shared: str


def name_words(name: str) -> tuple[str, ...]:
    """The words of a display name that are a name: without titles, degrees, and what stands behind a comma or bar."""
    kept: tuple[str, ...] = ()
    for part in _ASIDE.split(_BETWEEN_NAMES.sub(r"\1 ", name[:_LONGEST_NAME])):
        kept = tuple(word for word in words_of(part) if word not in usual().added)
        if kept:
            break
    return kept


def names_alike(personal: str, work: str, commonness: Commonness) -> WordsAlike | None:
    """What two display names share; None where too many people are called so.

    The personal name may stand within what the other account calls itself, and the other way round.
    """
    first, second = name_words(personal), name_words(work)
    short, long = sorted((first, second), key=len)
    if len(short) < 2:
        return None
    if short == long:
        return _by_bearers("same", short, commonness)
    if len(short) == _GIVEN_AND_FAMILY and short == long[::-1]:
        # One of them is written family name first; which one, nobody knows, so the more usual reading counts.
        return _by_bearers("turned", max(short, long, key=commonness.bearers), commonness)
    all_words = tuple(words_of(work[:_LONGEST_NAME])), tuple(words_of(personal[:_LONGEST_NAME]))
    for inner, outer in ((first, all_words[0]), (second, all_words[1])):
        if len(inner) >= 2 and _stands_in(inner, outer):
            return _by_bearers("inside", inner, commonness)
    outer_names = {(short[0], short[-1]), (short[0][:1], short[-1])}
    if (long[0], long[-1]) in outer_names:
        return _by_bearers("inside", (short[0], short[-1]), commonness)
    one, other = ({name[0], *commonness.formal(name[0])} for name in (first, second))
    if first[-1] == second[-1] and first[0] != second[0] and one & other:
        alike = _by_bearers("short", (long[0], long[-1]), commonness)
        return replace(alike, strength=min(alike.strength, Confidence.LIKELY)) if alike else None
    if first[-1] == second[-1] and 1 in (len(first[0]), len(second[0])) and first[0][:1] == second[0][:1]:
        initial = (first[0][:1], first[-1])
        if commonness.bearers(initial) < MANY:
            return WordsAlike("initial", Confidence.POSSIBLE, first[-1].title())
    return None


def name_in_handle(name: str, handle: str, commonness: Commonness) -> WordsAlike | None:
    """A display name that another account has as its handle, turned round or with its initial, too; None where too
    many people are called so.
    """
    words = name_words(name)
    if len(words) < _GIVEN_AND_FAMILY:
        return None
    joined, core = "".join(words), handle_core(handle)
    given, family = words[0], words[-1]
    alike = None
    if core in (joined, given + family) or (len(joined) >= _LONG_NAME and joined in core):
        alike = _by_bearers("in_handle", words, commonness)
    elif core == "".join(reversed(words)):
        # Read the other way round it may be somebody else's name.
        alike = _by_bearers("in_handle", max(words, words[::-1], key=commonness.bearers), commonness)
        alike = replace(alike, strength=Confidence.POSSIBLE) if alike else None
    elif core in (given[:1] + family, family + given[:1]) and len(family) >= _LONG_FAMILY_NAME:
        alike = _by_bearers("initial_in_handle", (given[:1], family), commonness)
    return replace(alike, strength=min(alike.strength, Confidence.LIKELY)) if alike else None


def _by_bearers(how: str, words: tuple[str, ...], commonness: Commonness) -> WordsAlike | None:
    bearers = commonness.bearers(words)
    if bearers >= MANY or all(commonness.is_everyday(word) for word in words):
        return None
    shared = " ".join(words).title()
    if bearers >= SOME:
        return WordsAlike("many" if how == "same" else how, Confidence.POSSIBLE, shared)
    if bearers >= FEW:
        return WordsAlike("uncommon" if how == "same" else how, Confidence.LIKELY, shared)
    return WordsAlike(how, Confidence.SURE, shared)


def _stands_in(inner: Sequence[str], outer: Sequence[str]) -> bool:
    return any(tuple(outer[start : start + len(inner)]) == tuple(inner) for start in range(len(outer)))


def says(text: str, phrase: str) -> bool:
    """Whether a text holds the words of a phrase in a row; False for an empty phrase."""
    words = words_of(phrase)
    return bool(words) and _stands_in(words, words_of(text))


def bios_alike(personal: str, work: str, ignored: Iterable[str], commonness: Commonness) -> WordsAlike | None:
    """The rare wording that two profiles share; None where each says what many say.

    `ignored` are words that are weighed elsewhere, such as names, towns and employers; each may hold several.
    """
    known = {word for text in ignored for word in words_of(text)}

    def unusual(word: str) -> bool:
        return (
            len(word) >= _SHORTEST_UNUSUAL
            and not word.isdigit()
            and word not in known
            and not commonness.is_everyday(word)
        )

    long_runs = _shared_runs(_words(personal, cut=False), _words(work, cut=False), _LONG_RUN)
    short_runs = _shared_runs(_words(personal, cut=True), _words(work, cut=True), _SHORT_RUN)
    rare = {run: sum(map(unusual, run)) for run in [*long_runs, *short_runs]}
    telling = [run for run in long_runs if rare[run] >= _UNUSUAL]
    if telling:
        return WordsAlike("phrase", Confidence.LIKELY, _quoted(telling))
    phrases = [run for run in short_runs if rare[run] >= _UNUSUAL]
    if phrases:
        several = len(phrases) > 1
        return WordsAlike("phrase", Confidence.LIKELY if several else Confidence.POSSIBLE, _quoted(phrases))
    plain = [run for run in long_runs if len(run) >= _LONGER_RUN and not known.issuperset(run)]
    return WordsAlike("phrase", Confidence.POSSIBLE, _quoted(plain)) if plain else None


def _quoted(runs: list[tuple[str, ...]]) -> str:
    longest = max(runs, key=len)
    return " ".join(longest[:12]) + (" …" if len(longest) > 12 else "")


def _words(bio: str, cut: bool) -> list[str]:
    """The words of a profile; a gap stands for a saying that many use, and, where asked, for punctuation."""
    words: list[str] = []
    for part in _CUT.split(fold(bio[:LONGEST_TEXT]).text):
        plain = " ".join(words_of(part))
        for number, between in enumerate(usual().sayings.split(plain)):
            words += [_GAP] * bool(number) + between.split()
        words += [_GAP] * cut
    return words


def _shared_runs(first: list[str], second: list[str], least: int) -> list[tuple[str, ...]]:
    """The longest runs of `least` words and more that stand in both, in the order of the first. Linear."""
    there = {tuple(second[at : at + least]) for at in range(len(second) - least + 1)}
    runs: list[tuple[str, ...]] = []
    begin: int | None = None
    for at in range(len(first) - least + 2):
        window = tuple(first[at : at + least])
        shared = len(window) == least and _GAP not in window and window in there
        if shared and begin is None:
            begin = at
        elif not shared and begin is not None:
            runs.append(tuple(first[begin : at + least - 1]))
            begin = None
    return list(dict.fromkeys(runs))
