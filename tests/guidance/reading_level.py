"""How easy a text is to read, by the two measures that are used most: for tests only."""

from __future__ import annotations

import re
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_END = re.compile(r"[.!?…]+(?=\W|$)")
_STRONG = "aeoáéó"
_VOWELS = re.compile(r"[aeiouáéíóúü]+")


def flesch_kincaid_grade(text: str) -> float:
    """The school grade in the United States that an English text asks for (Kincaid and others, 1975)."""
    words = _WORD.findall(text.lower())
    syllables = sum(_english_syllables(word) for word in words)
    return 0.39 * len(words) / _sentences(text) + 11.8 * syllables / len(words) - 15.59


def fernandez_huerta(text: str) -> float:
    """How easy a Spanish text is, the higher the easier; 70 to 80 is "somewhat easy", about sixth grade.

    Fernández Huerta (1959), with the sentence length as words a sentence.
    """
    words = _WORD.findall(text.lower())
    syllables = sum(_spanish_syllables(word) for word in words)
    return 206.84 - 60 * syllables / len(words) - 1.02 * len(words) / _sentences(text)


def _sentences(text: str) -> int:
    return max(1, len(_END.findall(text)))


def _english_syllables(word: str) -> int:
    plain = re.sub(r"[^a-z]", "", word)
    # A last e is silent after a consonant, as in "like", but not in "people" and "little".
    plain = re.sub(r"(?<=[^aeiouy])e[sd]?$", lambda end: "" if not _spoken(plain, end[0]) else end[0], plain)
    return max(1, len(re.findall(r"[aeiouy]+", plain)))


def _spoken(word: str, end: str) -> bool:
    stem = word[: -len(end)]
    if end == "e":
        return bool(re.search(r"[^aeiouy]l$", stem))
    if end == "ed":
        return stem.endswith(("t", "d"))
    return stem.endswith(("s", "z", "x", "ch", "sh", "c", "g"))


def _spanish_syllables(word: str) -> int:
    word = re.sub(r"(?<=[qg])u(?=[eiéí])", "", word)
    word = re.sub(r"y$", "i", word)
    return max(1, sum(_vowel_syllables(group[0]) for group in _VOWELS.finditer(word)))


def _vowel_syllables(group: str) -> int:
    """Two strong vowels, or a weak one with an accent beside a strong one, are two syllables."""
    count = 1
    for before, after in pairwise(group):
        strong = (before in _STRONG) and (after in _STRONG)
        broken = (before in "íú" and after in _STRONG) or (before in _STRONG and after in "íú")
        count += strong or broken
    return count
