"""Reads names the way people write them: any script, any styling, nicknames, and how common each name is."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from anyascii import anyascii

from demur.core.people import Client

PARTICLES = frozenset({
    "de", "la", "las", "los", "del", "da", "das", "do", "dos", "di", "du", "van", "von", "der", "den", "ter", "bin",
    "ibn", "ben", "bint", "al", "el", "abu", "af", "y", "e", "san", "st", "mac", "mc", "le",
})  # fmt: skip
SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "prof", "rev", "pastor", "father", "sister", "brother", "sir",
    "sra", "sr", "srta", "don", "dona", "senor", "senora", "senorita", "mister", "missus", "tia", "tio", "auntie",
    "aunt", "uncle", "coach",
})  # fmt: skip
UNLISTED_GIVEN = 5e-5
UNLISTED_FAMILY = 3e-5
"""Share of people with a name that the tables do not list: about one in 20,000 and one in 33,000."""

_WORD = re.compile(r"[a-z]+(?:[0-9]+[a-z]+)*|[0-9]+")
_MIXED_SCRIPTS = re.compile(r"[^\W\d_]+")
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕһԁӏԛԝвкмнтАВЕКМНОРСТУХІЈЅԚԜαοεινρκυτχηΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijshdlqwbkmhtABEKMHOPCTYXIJSQWaoeivpkutxnABEZHIKMNOPTYX",
)
_QUOTES = {"‘": "'", "’": "'", "ʼ": "'", "´": "'", "`": "'", "′": "'", "ʻ": "'", "ʹ": "'", "‛": "'", "ʽ": "'"}


@dataclass(frozen=True, slots=True)
class FoldedText:
    """Plain ASCII for a text, and its words. `offsets` is None where every position stayed the same."""

    original: str
    text: str
    offsets: Sequence[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original code points behind a folded span; accents written as separate characters are included."""
        if self.offsets is None:
            return start, end
        first, last = self.offsets[start], self.offsets[end - 1] + 1
        while last < len(self.original) and unicodedata.category(self.original[last]) in ("Mn", "Me"):
            last += 1
        return first, last

    def position(self, original: int) -> int:
        """The first folded position that stands at or after an original one."""
        return original if self.offsets is None else bisect_left(self.offsets, original)


@lru_cache(maxsize=65_536)
def _fold_character(character: str) -> str:
    if character in _QUOTES:
        return "'"
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me"):
        return ""
    if category == "Cc":
        return " " if character.isspace() else ""
    if category[0] in "ZC":
        return " "
    if category == "Pd":
        return "-"
    plain = "".join(
        part for part in unicodedata.normalize("NFKD", character) if unicodedata.category(part) not in ("Mn", "Me")
    )
    if plain.isascii() and plain:
        return plain.lower()
    if 0x1F1E6 <= ord(character) <= 0x1F1FF or 0x1F150 <= ord(character) <= 0x1F189:
        return anyascii(character).lower()  # letters in boxes and circles; some of them count as pictures
    if category[0] in "SP":
        return " "  # pictures are dropped before they could be spelled out as words
    letters = re.sub(r"[^a-z0-9']+", "", anyascii(plain or character).lower())
    # Scripts that put no space between words: every character stands alone, in names and in texts alike.
    return f" {letters} " if _written_without_spaces(ord(character)) else letters


def _written_without_spaces(code: int) -> bool:
    return (
        0x0E00 <= code <= 0x0EFF  # Thai, Lao
        or 0x1000 <= code <= 0x109F  # Burmese
        or 0x1780 <= code <= 0x17FF  # Khmer
        or 0x3040 <= code <= 0x30FF  # kana
        or 0x3400 <= code <= 0x9FFF
        or 0xAC00 <= code <= 0xD7AF  # Hangul: particles are glued to names
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x3FFFF
    )


def fold(text: str) -> FoldedText:
    """Lower-case ASCII: styling, accents and invisible characters undone, other scripts spelled in Latin letters.

    Lookalike letters are replaced only inside words that mix scripts: a name wholly in Cyrillic is a name.
    Linear in the length of the text.
    """
    if text.isascii():
        plain = text.lower()
        if "\0" not in plain and "\x1f" not in plain:
            return FoldedText(text, plain, None)
    source = _MIXED_SCRIPTS.sub(_unmix, text)
    pieces: list[str] = []
    offsets: list[int] = []
    for position, character in enumerate(source):
        if character < "\x80" and character not in "\0\x1f":
            pieces.append(character.lower())
            offsets.append(position)
        elif piece := _fold_character(character):
            pieces.append(piece)
            offsets.extend([position] * len(piece))
    return FoldedText(text, "".join(pieces), offsets)


def _unmix(found: re.Match[str]) -> str:
    word = found[0]
    if word.isascii():
        return word
    latin = any(character < "\u0250" for character in word)
    other = any("\u0370" <= character <= "\u052f" for character in word)
    return word.translate(_LOOKALIKES) if latin and other else word


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a name. A number at the end of a word is a word of its own."""
    return tuple(_WORD.findall(fold(text).text))


def word_spans(folded: str) -> tuple[list[str], list[int], list[int]]:
    """The words of a folded text with the folded positions where each starts and ends."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in _WORD.finditer(folded):
        words.append(found[0])
        starts.append(found.start())
        ends.append(found.end())
    return words, starts, ends


@dataclass(frozen=True, slots=True)
class Names:
    """The words of one client's names by role, folded. Every entry is one way of writing that name.

    `family_parts` and `given_parts` are single words that people use for a longer name. Roles come from the record:
    a name in a text or profile is never cut into first and last.
    """

    given: frozenset[tuple[str, ...]]
    preferred: frozenset[tuple[str, ...]]
    middle: frozenset[tuple[str, ...]]
    family: frozenset[tuple[str, ...]]
    given_parts: frozenset[str]
    family_parts: frozenset[str]
    nicknames: frozenset[str]
    others: frozenset[tuple[str, ...]]
    suffix: str


def names_of(client: Client) -> Names:
    """A client's names in every way of writing them that this module knows."""
    given_words = _without_titles(words_of(client.given_name))
    family_words = words_of(client.family_name)
    suffix = ""
    for words in (family_words, given_words):
        if len(words) > 1 and words[-1] in SUFFIXES:
            suffix = SUFFIXES[words[-1]]
    family_words, given_words = _without_suffix(family_words), _without_suffix(given_words)
    preferred_words = _without_titles(words_of(client.preferred_name))
    given = _writings(client.given_name, given_words)
    preferred = _writings(client.preferred_name, preferred_words)
    nicknames = {nick for writing in (*given, *preferred) for nick in nicknames_of(" ".join(writing))}
    for writing in (given_words[:1], preferred_words[:1]):
        nicknames.update(nick for nick in nicknames_of(" ".join(writing)))
    own = {word for writing in (*given, *preferred) for word in writing}
    return Names(
        given=given,
        preferred=preferred,
        middle=_writings(client.middle_name, words_of(client.middle_name)),
        family=_writings(client.family_name, family_words),
        given_parts=frozenset(given_words[:1]) if len(given_words) > 1 and len(given_words[0]) > 2 else frozenset(),
        family_parts=frozenset(
            word for word in family_words if len(family_words) > 1 and len(word) > 2 and word not in PARTICLES
        ),
        nicknames=frozenset(nick for nick in nicknames if nick not in own),
        others=frozenset(
            writing for other in client.other_names for writing in _writings(other, _without_titles(words_of(other)))
        ),
        suffix=suffix,
    )


def _without_titles(words: tuple[str, ...]) -> tuple[str, ...]:
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return words


def _without_suffix(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[:-1] if len(words) > 1 and words[-1] in SUFFIXES else words


def _writings(raw: str, words: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """A name as written, run together (oneil, nunezortiz), and with ue for ü and the like."""
    if not words:
        return frozenset()
    found = {words, ("".join(words),)}
    spelled = raw.translate(_UMLAUTS)
    if spelled != raw:
        other = _without_suffix(_without_titles(words_of(spelled)))
        if other:
            found |= {other, ("".join(other),)}
    return frozenset(found)


_UMLAUTS = str.maketrans(
    {
        "ü": "ue", "ö": "oe", "ä": "ae", "ø": "oe", "å": "aa", "æ": "ae",
        "Ü": "Ue", "Ö": "Oe", "Ä": "Ae", "Ø": "Oe", "Å": "Aa", "Æ": "Ae",
    }
)  # fmt: skip


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    """Short forms by formal name and formal names by short form; never short form to short form."""
    table: dict[str, set[str]] = {}
    for line in _lines("nicknames.csv"):
        formal, _, short = line.partition(",")
        for nick in short.split():
            table.setdefault(formal, set()).add(nick)
            if " " not in formal:
                table.setdefault(nick, set()).add(formal)
    return {name: frozenset(others) for name, others in table.items()}


def nicknames_of(given: str) -> frozenset[str]:
    """Short forms of a folded given name, and the formal names it may be short for."""
    return _nicknames().get(given, frozenset())


_MOHAMMED = re.compile(r"m[aeou]h?[aeou]m+[aeiou][dt]")


def sound_key(word: str) -> str:
    """Equal for spellings of one name that are said alike (Sara and Sarah, Gonzales and Gonzalez).

    Vowels count, because Maria and Mario are two people.
    """
    if _MOHAMMED.fullmatch(word):
        return "muhammad"
    key = re.sub(r"^[yj](?=[aeiou])", "j", word)
    for written, said in _SAID:
        key = key.replace(written, said)
    key = re.sub(r"c(?=[eiy])", "s", key).replace("c", "k").replace("q", "k")
    key = key[:1] + key[1:].replace("h", "") if len(key) > 1 else key
    key = key.replace("y", "i").replace("z", "s").replace("v", "f").replace("w", "u")
    key = re.sub(r"(.)\1+", r"\1", key)
    return key[:-1] if len(key) > 3 and key.endswith("e") else key


_SAID = (("ph", "f"), ("ck", "k"), ("qu", "k"), ("x", "ks"), ("sch", "sh"), ("tch", "ch"), ("ch", "C"), ("ee", "i"),
         ("ea", "i"), ("oo", "u"), ("ou", "u"), ("C", "ch"))  # fmt: skip


@cache
def _shares(file: str) -> dict[str, float]:
    return {name: float(count) / 100_000 for name, count in (line.split(",") for line in _lines(file))}


def given_share(name: str) -> float:
    """Share of people with this folded given name. From public tables, never from the caseload."""
    return _shares("given_names.csv").get(name, UNLISTED_GIVEN)


def family_share(name: str) -> float:
    """Share of people with this folded family name. From public tables, never from the caseload."""
    return _shares("family_names.csv").get(name, UNLISTED_FAMILY)


def is_listed_given(name: str) -> bool:
    """Whether a given name is among the most common ones."""
    return name in _shares("given_names.csv")


def is_listed_family(name: str) -> bool:
    """Whether a family name is among the most common ones."""
    return name in _shares("family_names.csv")


@cache
def ordinary_words() -> frozenset[str]:
    """Names that are also everyday words, months, flowers, places or brands."""
    return frozenset(word for line in _lines("ordinary_words.txt") for word in line.split())


def _lines(file: str) -> list[str]:
    text = files("demur.caseload").joinpath("data", file).read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return lines[1:] if file.endswith(".csv") else lines
