"""Exact ages in a text, as people write them, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

import re2

_ONES = ["", *["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_UNO = [
    "un",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciseis",
]
_VEINTE = {"diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20, "treinta": 30, "cuarenta": 40,
           "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90}  # fmt: skip
NUMBERS = (
    {word: number for number, word in enumerate(_ONES) if word}
    | {word: number for number, word in enumerate(_TEENS, 10)}
    | {word: 10 * number for number, word in enumerate(_TENS, 2)}
    | {f"{ten}-{one}": 10 * tens + ones for tens, ten in enumerate(_TENS, 2) for ones, one in enumerate(_ONES) if ones}
    | {word: number for number, word in enumerate(_UNO, 1)}
    | _VEINTE
)
"""Whole numbers by their folded words, English and Spanish."""

NUMBER = (
    "[0-9]{1,3}|(?:" + "|".join(_TENS) + ")(?:[- ](?:" + "|".join(_ONES[1:]) + "))?|" + "|".join((*_TEENS, *_ONES[1:]))
)
_NUMERO = "[0-9]{1,3}|" + "|".join((*_UNO, *_VEINTE))
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
_GRADOS = ["primer", "segundo", "tercer", "cuarto", "quinto", "sexto", "septimo", "octavo", "noveno"]

PERSON = (
    "(?:little |young |old |older |male |female |foster |trans |homeless |pregnant |autistic |deaf |single "
    "|[a-z]+-speaking )?"
    "(?:kid|kiddo|child|girl|boy|teen|teenager|youth|baby|toddler|man|woman|lady|guy|gentleman|male|female|mom|mother"
    "|mama|dad|father|parent|grandma|grandmother|grandpa|grandfather|person|student|pupil|client|patient|pt|resident"
    "|inmate|tenant|veteran|vet|refugee|immigrant|survivor|runaway|son|daughter|sister|brother|niece|nephew|grandson"
    "|granddaughter|twin|twins|widow|widower|mentee|probationer|parolee|participant|youngster|dude|lad|lass|cousin)"
)
"""One person, in a word, with what may stand before it."""

_OLD = re2.compile(
    rf"\b(?P<mark>(?P<number>{NUMBER})(?:[ -]?(?:years?|yrs?|yr)[ -]?olds?|[ -]?(?:yo|y/o|y\.o\.?|y\.o)|"
    r" ?\((?:m|f)\)|[ -](?P<small>months?|mos?|weeks?|wks?|days?)[ -]?old))(?:\b|$|[ ,.!?)\n])"
)
_IS = re2.compile(
    r"\b(?:(?P<verb>just turned|turned|turns|turning|has turned)|she'?s|he'?s|she is|he is|she was|he was|is|was"
    r"|(?P<aged>aged|age)|(?:pregnant|widow|widowed|mother|mom|mama|dad|orphaned|birth|homeless|married|admission"
    r"|admitted"
    r"|died|dying|dead|diagnosed|addicted|locked up|arrested)(?P<when> at)"
    rf"|(?P<at>at age|at the age of)) (?:only |just |barely |like |all of )?(?P<number>{NUMBER})\b"
)
_COMPOUND = f"(?:{'|'.join(_TENS)})[- ](?:{'|'.join(_ONES[1:])})"
_TEEN = "|".join(_TEENS)
_AFTER_COMMA = re2.compile(
    rf"\b{PERSON}, (?P<number>{NUMBER})[,;.!)]|[a-z'], (?P<aside>[1-9][0-9]|{_COMPOUND}|{_TEEN}), [a-z]"
    r"|[a-z'], (?P<little>[3-9]), (?:who|whose|lost|has|had|is|was|and (?:s?he|her|his)|cried|told|asked|said|came"
    r"|ran)\b"
    r"|[a-z'], (?P<last>[1-9][0-9])[.!]?(?:$|\n)"
    rf"|(?:^|[.!?] )(?P<alone>{_TEEN}|five|six|seven|eight|nine)[.!]|(?:^|[(\[])(?P<sexed>[1-9][0-9])[mf][,)\]]"
)
_TIENE = re2.compile(
    rf"\b(?:(?P<de>de)|(?P<verb>cumplio|cumple)|(?P<tiene>tiene|tenia)|con|a los) (?:apenas |solo )?"
    rf"(?P<number>{_NUMERO}) (?:anos|anitos|(?P<small>meses|semanas))\b"
)
_GRADE = re2.compile(
    r"\b(?:in (?:the )?)?(?P<mark>(?:(?P<number>[0-9]{1,2})(?:st|nd|rd|th)|(?P<ordinal>"
    + "|".join(_ORDINALS)
    + r"))[ -]grade(?:r|n)?|(?P<grado>"
    + "|".join(_GRADOS)
    + r")o? (?:grado|de primaria))\b"
)
_GOES_ON = re.compile(
    r"^(?:$|[.,;:!?)\]\n…\"'](?!\d)| ?[-—]|"
    r" (?:and|but|now|today|yesterday|tomorrow|last|this|next|with|when|who|in|from|old|on|so|w|y|then|already"
    r"|while|because|bc|tonight|sitting|living|lives|has|is|was)\b| ?[^\w\s%$°:/.-])"
)
_NO_AGE = re.compile(
    r"^ (?:years? (?:older|younger)|in (?:the (?:morning|evening)|a (?:row|million|hundred)|one)|on (?:the"
    r"|a) (?:list|scale)|years? (?:ago|later|of|in|since|sober|clean|from|after|before|now|until)"
    r"|yrs? (?:ago|later|of|sober|clean)|from (?:the|now)|now that)"
)


class Form(Enum):
    """How an age stands in its sentence, which decides what fits in its place."""

    NOUN = "a 14-year-old"
    BEFORE_NOUN = "a 14-year-old boy"
    BIRTHDAY = "turned 14"
    GRADE = "8th grader"
    AFTER_NOUN = "de 14 años"
    HAS_YEARS = "tiene 14 años"


@dataclass(frozen=True, slots=True)
class Age:
    """Years, from `low` to `high`, in folded positions; `article` is where "a" or "an" before it begins, else start."""

    start: int
    end: int
    article: int
    low: int
    high: int
    form: Form
    instead: str


_ARTICLE = re.compile(r"\b(an?|one|un|una) $")
_NOUN_NEXT = re.compile(rf" {PERSON}\b")


def find_ages(text: str) -> Iterator[Age]:
    """Every age of one person in a folded text, in the order of patterns. Ages of groups ("14-year-olds") are none."""
    for found in _OLD.finditer(text):
        start, end = span_of(found, "mark")
        years = read_number(said(found, "number"))
        if text[end - 1] == "s" or text.startswith("s", end) or years is None:
            continue
        small = said(found, "small") != ""
        low = 0 if small else years
        if low > 110 or (small and years > 40):
            continue
        before_noun = _NOUN_NEXT.match(text, end) is not None
        yield _age(text, start, end, low, max(low, years // 12 if small else years), before_noun)
    for found in _IS.finditer(text):
        years, after = read_number(said(found, "number")), text[found.end() : found.end() + 24]
        plain = found[0].startswith(("is ", "was ")) and not said(found, "verb")
        if years is None or not 1 <= years <= 110 or not _GOES_ON.match(after) or _NO_AGE.match(after):
            continue
        if ((plain or not said(found, "number").isdigit()) and years < 5) or (said(found, "verb") and years < 3):
            continue
        start, end = span_of(found, "number")
        if said(found, "verb"):
            yield Age(found.start(), end, found.start(), years, years, Form.BIRTHDAY, "had a birthday")
        elif said(found, "aged"):
            yield Age(found.start(), end, found.start(), years, years, Form.NOUN, _band(years)[0])
        elif said(found, "at") or said(found, "when"):
            at = found.start() if said(found, "at") else span_of(found, "when")[0] + 1
            yield Age(at, end, at, years, years, Form.NOUN, f"as {_band(years)[0]}")
        else:
            yield _age(text, start, end, years, years, False)
    for found in _AFTER_COMMA.finditer(text):
        group = next(name for name in ("number", "aside", "little", "last", "alone", "sexed") if said(found, name))
        years = read_number(said(found, group))
        if years is not None and 1 <= years <= 110:
            yield _age(text, *span_of(found, group), years, years, False)
    for found in _TIENE.finditer(text):
        years = read_number(said(found, "number"))
        if years is None or years > 110:
            continue
        low = 0 if said(found, "small") else years
        yield _edad(found, low)
    for found in _GRADE.finditer(text):
        start, end = span_of(found, "mark")
        if said(found, "number"):
            grade = int(said(found, "number"))
        elif said(found, "ordinal"):
            grade = _ORDINALS.index(said(found, "ordinal")) + 1
        else:
            grade = _GRADOS.index(said(found, "grado")) + 1
        if not 1 <= grade <= 12 or text.startswith("s", end):
            continue
        yield Age(start, end, start, grade + 5, grade + 6, Form.GRADE, _of_grade(grade, text[end - 1] == "r"))


@cache
def _numbers(pattern: Any) -> dict[str, int]:
    """RE2 knows groups by number, and works out their names anew each time it is asked."""
    return dict(pattern.groupindex)


def span_of(found: Any, group: str) -> tuple[int, int]:
    """Where a named group of an RE2 match stands."""
    span: tuple[int, int] = found.span(_numbers(found.re)[group])
    return span


def said(found: Any, group: str) -> str:
    """What a named group of an RE2 match holds; empty where it took no part."""
    return found[_numbers(found.re)[group]] or ""


def read_number(word: str) -> int | None:
    """A number in figures or in words."""
    if word.isdigit():
        return int(word)
    return NUMBERS.get(word.replace(" ", "-"))


def _age(text: str, start: int, end: int, low: int, high: int, before_noun: bool) -> Age:
    article = _ARTICLE.search(text[max(0, start - 5) : start])
    noun, describing = _band(low)
    words = describing if before_noun else noun
    if article:
        start_of_article = start - len(article[0])
    else:
        start_of_article, words = start, words.partition(" ")[2]
        if (not before_noun and text[start:end] in NUMBERS) or text[start:end].isdigit():
            words = noun
    form = Form.BEFORE_NOUN if before_noun else Form.NOUN
    return Age(start, end, start_of_article, low, high, form, words)


def _band(years: int) -> tuple[str, str]:
    """The band of an age with its article: as a noun, and before one."""
    for least, noun, describing in _BANDS:
        if years >= least:
            return noun, describing
    return "a baby", "a baby"


_BANDS = (
    (65, "an older adult", "an older"),
    (30, "an adult", "an adult"),
    (20, "a young adult", "a young"),
    (13, "a teenager", "a teenage"),
    (4, "a child", "a young"),
    (1, "a toddler", "a little"),
)
_EDADES = (
    (65, "de la tercera edad"),
    (36, "de mediana edad"),
    (20, "joven"),
    (13, "adolescente"),
    (0, "menor de edad"),
)


def _edad(found: Any, years: int) -> Age:
    words = next(words for least, words in _EDADES if years >= least)
    form = Form.AFTER_NOUN if said(found, "de") else Form.HAS_YEARS if said(found, "tiene") else Form.BIRTHDAY
    if form is Form.HAS_YEARS:
        words = ("es " if said(found, "tiene") == "tiene" else "era ") + words
    elif form is Form.BIRTHDAY:
        words = "ya es " + words
    return Age(found.start(), found.end(), found.start(), years, years, form, words)


def _of_grade(grade: int, is_person: bool) -> str:
    school = "elementary" if grade <= 5 else "middle" if grade <= 8 else "high"
    if is_person:
        return "student" if school == "elementary" else f"{school} schooler"
    return f"{school} school"
