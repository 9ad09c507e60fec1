"""Reads names the way people write them: any script, any styling, any spelling that is said alike."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

from anyascii import anyascii

from demur.caseload.tables import formal_names_of, is_somali, nicknames_of
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
_WORD = re.compile(r"[a-z]+(?:[0-9]+[a-z]+)*|[0-9]+")
_MIXED_SCRIPTS = re.compile(r"[^\W\d_]+")
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕһԁӏԛԝвкмнтАВЕКМНОРСТУХІЈЅԚԜαοεινρκυτχηΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijshdlqwbkmhtABEKMHOPCTYXIJSQWaoeivpkutxnABEZHIKMNOPTYX",
)
_LOOKALIKE = re.compile(r"[\u0370-\u052f]")
_MASKS = frozenset("•●■█▇▓▒░✱✲∗⁎＊")
"""Signs that people put where a letter was."""
_QUOTES = {"‘": "'", "’": "'", "ʼ": "'", "´": "'", "`": "'", "′": "'", "ʻ": "'", "ʹ": "'", "‛": "'", "ʽ": "'"}


class FoldedText:
    """Plain ASCII for a text. Where each character stood is worked out only when somebody asks."""

    __slots__ = ("_offsets", "_same", "original", "text")

    def __init__(self, original: str, text: str, *, same: bool) -> None:
        self.original = original
        self.text = text
        self._same = same
        self._offsets: list[int] | None = None

    @property
    def offsets(self) -> list[int] | None:
        """The original position of every folded character; None where every position stayed the same."""
        if self._same:
            return None
        if self._offsets is None:
            source = _unmixed(self.original)
            self._offsets = [position for position, character in enumerate(source) for _ in _PLAIN[ord(character)]]
        return self._offsets

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original code points behind a folded span; accents written as separate characters are included."""
        offsets = self.offsets
        if offsets is None:
            return start, end
        first, last = offsets[start], offsets[end - 1] + 1
        while last < len(self.original) and unicodedata.category(self.original[last]) in ("Mn", "Me"):
            last += 1
        return first, last

    def position(self, original: int) -> int:
        """The first folded position that stands at or after an original one."""
        offsets = self.offsets
        return original if offsets is None else bisect_left(offsets, original)


class _Plain(dict[int, str]):
    """What each character is read as, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        if len(self) >= 65_536:
            self.clear()
        plain = self[code] = _fold_character(chr(code))
        return plain


def _fold_character(character: str) -> str:
    if character < "\x80" and character not in "\0\x1f":
        return character.lower()
    if character in _MASKS:
        return "*"
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
            return FoldedText(text, plain, same=True)
    return FoldedText(text, _unmixed(text).translate(_PLAIN), same=False)


def _unmixed(text: str) -> str:
    """The text with lookalike letters replaced inside words that mix scripts."""
    return _MIXED_SCRIPTS.sub(_unmix, text) if _LOOKALIKE.search(text) else text


def _unmix(found: re.Match[str]) -> str:
    word = found[0]
    if word.isascii():
        return word
    latin = any(character < "\u0250" for character in word)
    other = any("\u0370" <= character <= "\u052f" for character in word)
    return word.translate(_LOOKALIKES) if latin and other else word


_PLAIN = _Plain()


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a name. A number at the end of a word is a word of its own."""
    return tuple(folded_words(fold(text).text))


def word_spans(folded: str) -> tuple[list[str], list[int], list[int]]:
    """The words of a folded text with the folded positions where each starts and ends."""
    starts, ends = word_places(folded)
    return [folded[start:end] for start, end in zip(starts, ends, strict=True)], starts, ends


def word_places(folded: str) -> tuple[list[int], list[int]]:
    """Where each word of a folded text starts and ends."""
    spans = [found.span() for found in _WORD.finditer(folded)]
    return [start for start, _ in spans], [end for _, end in spans]


def folded_words(folded: str) -> list[str]:
    """The words of a folded text."""
    return _WORD.findall(folded)


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
    script: str


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
    nicknames = {nick for writing in (*given, given_words[:1]) for nick in nicknames_of(" ".join(writing))}
    for writing in (*preferred, preferred_words[:1]):
        called = " ".join(writing)
        # Sam may be short for Samuel, but not where the record says Samantha.
        nicknames |= nicknames_of(called) - formal_names_of(called) if given else nicknames_of(called)
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
        script=script_of(f"{client.given_name} {client.family_name}"),
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


_MOHAMMED = re.compile(r"m[aeou]h?[aeou]m+[aeiou][dt]")


def sound_key(word: str) -> str:
    """Equal for spellings of one name that are said alike (Sara and Sarah, Gonzales and Gonzalez).

    Vowels count, because Maria and Mario are two people.
    """
    word = plain_somali(word)
    if _MOHAMMED.fullmatch(word):
        return "muhammad"
    key = re.sub(r"^[yj](?=[aeiou])", "j", word)
    key = re.sub(r"(?<=[aeiou])b(?=[aeiou])", "v", key)  # one sound in Spanish
    for written, said in _SAID:
        key = key.replace(written, said)
    key = re.sub(r"c(?=[eiy])", "s", key).replace("c", "k").replace("q", "k")
    key = key[:1] + key[1:].replace("h", "") if len(key) > 1 else key
    key = key.replace("y", "i").replace("z", "s").replace("v", "f").replace("w", "u")
    key = re.sub(r"(.)\1+", r"\1", key)
    return key[:-1] if len(key) > 3 and key.endswith("e") else key


_SAID = (("qv", "k"), ("tx", "ch"), ("ph", "f"), ("ck", "k"), ("qu", "k"), ("x", "ks"), ("sch", "sh"), ("tch", "ch"),
         ("ch", "C"), ("ee", "i"), ("ea", "i"), ("oo", "u"), ("ou", "u"), ("C", "ch"))  # fmt: skip


def plain_somali(word: str) -> str:
    """A name in Somali spelling as English papers write it (Cabdiraxmaan, Abdirahman); others stay as they are."""
    plain = re.sub(r"([aeiou])\1", r"\1", re.sub(r"^c(?=[aeiou])", "", word).replace("x", "h"))
    return plain if plain != word and is_somali(plain) else word


CONSONANTS, HANGUL = "consonants", "hangul"
"""Scripts that a letter-by-letter spelling does not lead to the usual Latin form of a name."""


def script_of(raw: str) -> str:
    """CONSONANTS for Arabic and Hebrew letters, HANGUL for Korean ones, else nothing."""
    if raw.isascii():
        return ""
    if any("\u0590" <= character <= "\u077f" for character in raw):
        return CONSONANTS
    return HANGUL if any("\uac00" <= character <= "\ud7af" for character in raw) else ""


def script_key(script: str, word: str) -> str:
    """Equal for a name spelled letter by letter from a script and for its usual Latin forms."""
    if script == CONSONANTS:
        return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouwyhv']", "", word.replace("q", "k").replace("c", "k")))
    if word in ("lee", "li", "yi", "rhee"):
        return "i"
    for written, said in _KOREAN:
        word = word.replace(written, said)
    return re.sub(r"(.)\1+", r"\1", word)


_KOREAN = (("woo", "u"), ("wu", "u"), ("oo", "u"), ("eo", "u"), ("eu", "u"), ("ou", "u"), ("oe", "oi"),
           ("ee", "i"), ("ar", "a"), ("sh", "s"), ("ck", "k"), ("g", "k"), ("d", "t"), ("b", "p"), ("j", "ch"),
           ("r", "l"))  # fmt: skip
