"""Numbers that are spoken rather than written: "five one two, five five five, oh one four seven"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

_ONES = {
    word: str(value)
    for value, words in enumerate(
        [
            *(("zero", "oh", "cero", "o"), ("one", "uno"), ("two", "dos"), ("three", "tres"), ("four", "cuatro")),
            *(("five", "cinco"), ("six", "seis"), ("seven", "siete"), ("eight", "ocho"), ("nine", "nueve")),
        ]
    )
    for word in words
}
_TEENS = {
    word: str(10 + value)
    for value, word in enumerate(
        ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
    )
}
_TENS = {
    word: str(value)
    for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_TIMES = {"double": 2, "triple": 3, "doble": 2}
WORD = "|".join((*_ONES, *_TEENS, *_TENS, *_TIMES, "hundred", "area code", "dash", "guion"))
_RUN = re.compile(rf"\b(?:{WORD}|\d{{1,4}})(?:[ ,.;/·-]{{1,3}}(?:{WORD}|\d{{1,4}}))" + r"{2,18}\b")
_TOKEN = re.compile(r"[a-z]+|\d+")


class Spoken(NamedTuple):
    """A number in words; `start` and `end` in the folded text."""

    start: int
    end: int
    digits: str


def spelled(text: str) -> Iterator[Spoken]:
    """Every run of at least three digits in words, digits in figures between them allowed. Linear."""
    for found in _RUN.finditer(text):
        tokens = _TOKEN.findall(found[0])
        if sum(word in _ONES or word in _TEENS or word in _TENS for word in tokens) < 3:
            continue
        yield Spoken(*found.span(), "".join(digits_of(tokens)))


def digits_of(tokens: Iterable[str]) -> list[str]:
    """The digits that words stand for; other words stand for none."""
    digits: list[str] = []
    times, ten = 1, False
    for word in tokens:
        if word in _TIMES:
            times = _TIMES[word]
            continue
        if ten and word in _ONES and _ONES[word] != "0":
            digits[-1] = digits[-1][:-1] + _ONES[word]  # forty seven
        elif word == "hundred":
            digits.append("00")
        else:
            value = _ONES.get(word) or _TEENS.get(word) or (_TENS[word] + "0" if word in _TENS else word)
            digits.append((value if value.isdigit() else "") * times)
        times, ten = 1, word in _TENS
    return digits


def is_counting(digits: str) -> bool:
    """Whether somebody only counts, up or down, or repeats one digit."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(digits)}
    return len(digits) < 3 or steps in ({0}, {1}, {9})
