"""Reads names the way people write them: any script, any styling, any spelling that is said alike."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import product

from anyascii import anyascii

from demur.caseload.tables import (
    communities_of,
    everyday_words,
    family_share,
    formal_names_of,
    given_share,
    is_common_given,
    is_family_name,
    is_given_name,
    is_somali,
    is_usual_given,
    nicknames_of,
    spellings_of,
)
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
_LOOKALIKES |= {
    ord(sign): ord(letter)
    for signs, letters in (
        ("ᎪᏴᏟᎠᎬᏀᎻᎥᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᏃᏂ", "abcdeghijklmprstvwzh"),
        ("ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ", "abcdefghijklmnoprstuvwxyz"),
        ("ᗩᗷᑕᗪEᖴᘜᕼᒍᒪᗰᑎᑭᖇᔕᑌᐯᗯ᙭ᘔ", "abcdefghjlmnprsuvwxz"),
        ("օոսցհյզքօ", "onughjqpo"),
    )
    for sign, letter in zip(signs, letters, strict=True)
}
LOOKALIKE = re.compile(r"[\u0370-\u058f\u13a0-\u13ff\u1400-\u167f\ua4d0-\ua4ff]")
"""Letters of alphabets with which others write in ours: Greek, Cyrillic, Armenian, Cherokee, Canadian, Lisu."""
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
    # A soft sign or an ayin is spelled as a quote, which would cut the word.
    letters = re.sub(r"[^a-z0-9]+", "", anyascii(plain or character).lower())
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
    return _MIXED_SCRIPTS.sub(_unmix, text) if LOOKALIKE.search(text) else text


def _unmix(found: re.Match[str]) -> str:
    word = found[0]
    if word.isascii():
        return word
    latin = any(character < "\u0250" for character in word)
    other = LOOKALIKE.search(word) is not None
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

    `family_parts` and `given_parts` are single words that people use for a longer name; `given_others` and
    `family_others` come from former and other names. `given_spellings` and `family_spellings` are what the same name is
    in other spellings, and for family names also with the ending that a wife, husband or sister has. `communities` are
    those whose way of naming this is, and `handle_names` what the known handles begin with.
    Roles come from the record: a name in a text or profile is never cut into first and last.
    """

    given: frozenset[tuple[str, ...]]
    preferred: frozenset[tuple[str, ...]]
    middle: frozenset[tuple[str, ...]]
    middle_spellings: frozenset[str]
    family: frozenset[tuple[str, ...]]
    given_parts: frozenset[str]
    family_parts: frozenset[str]
    nicknames: frozenset[str]
    others: frozenset[tuple[str, ...]]
    given_others: frozenset[tuple[str, ...]]
    family_others: frozenset[tuple[str, ...]]
    given_spellings: frozenset[str]
    family_spellings: frozenset[str]
    handle_names: frozenset[str]
    communities: frozenset[str]
    suffix: str
    script: str

    @property
    def chained(self) -> bool:
        """Whether a father's name stands between given and family name, and is often the last one shown."""
        return not self.communities.isdisjoint(_CHAINED)


_CHAINED = frozenset({"somali", "arabic", "east-african", "sudanese", "south-asian", "punjabi", "karen", "khmer"})


def names_of(client: Client) -> Names:
    """A client's names in every way of writing them that this module knows."""
    client = _in_their_columns(client)
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
    nicknames |= _blends(*(*given_words, *words_of(client.middle_name))[:2])
    own = {word for writing in (*given, *preferred) for word in writing}
    family = _writings(client.family_name, family_words)
    communities = _communities(given_words, family_words)
    given_others: set[tuple[str, ...]] = set()
    family_others: set[tuple[str, ...]] = set()
    for other in client.other_names:
        for given_other, family_other in _other_roles(other, given_words, family_words):
            given_others |= _writings(" ".join(given_other), given_other)
            family_others |= _writings(" ".join(family_other), family_other)
            nicknames |= {nick for nick in nicknames_of(" ".join(given_other)) if len(given_other) == 1}
    family_spellings = {
        spelling
        for name in {"".join(family_words), *family_words, *("".join(words) for words in family_others)}
        if name and (len(family_words) < 2 or name not in PARTICLES)
        for spelling in _family_spellings(name, communities)
    }
    return Names(
        given=given,
        preferred=preferred,
        middle=_writings(client.middle_name, words_of(client.middle_name)),
        middle_spellings=frozenset(_given_spellings(words_of(client.middle_name), communities)),
        family=family,
        given_parts=_given_parts(given_words, communities),
        family_parts=frozenset(
            word for word in family_words if len(family_words) > 1 and len(word) > 2 and word not in PARTICLES
        ),
        nicknames=frozenset(nick for nick in nicknames if nick not in own),
        others=frozenset(
            writing for other in client.other_names for writing in _writings(other, _without_titles(words_of(other)))
        ),
        given_others=frozenset(given_others - given - preferred),
        family_others=frozenset(family_others - family),
        given_spellings=frozenset(
            _given_spellings(given_words, communities)
            | _given_spellings(preferred_words, communities)
            | {spelling for words in given_others for spelling in _given_spellings(words, communities)}
        )
        - own,
        family_spellings=frozenset(family_spellings) - {"".join(family_words)},
        handle_names=frozenset(
            word
            for handle in client.handles
            for word in _HANDLE_WORD.findall(fold(handle.rpartition(":")[2]).text)[:1]
            if word not in everyday_words() and word not in family_words
        )
        - own,
        communities=communities,
        suffix=suffix,
        script=script_of(f"{client.given_name} {client.family_name}") or _key_of(communities),
    )


def _in_their_columns(client: Client) -> Client:
    """The client with both names in their columns, where the list has the family name first, as in Vietnam.

    Only where the one is hardly ever a given name, and the other is a given name among the same people.
    """
    given, family = "".join(words_of(client.given_name)), words_of(client.family_name)
    theirs = communities_of("family", given) if given else frozenset()
    called = {found for word in (*family, "".join(family)) if word for found in communities_of("given", word)}
    if theirs.isdisjoint(called) or family_share(given) < _FAMILY_NAMES_FIRST * given_share(given):
        return client
    if is_family_name("".join(family)):
        return client
    return replace(client, given_name=client.family_name, family_name=client.given_name)


_FAMILY_NAMES_FIRST = 20
"""How much more often a word is a family name than a given name, so that it is taken for one in any column."""


def _given_parts(words: tuple[str, ...], communities: frozenset[str]) -> frozenset[str]:
    """The words of a longer given name that people go by: the first, and in Vietnam the last."""
    if len(words) < 2:
        return frozenset()
    first = words[:1] if len(words[0]) > 2 else ()
    return frozenset(first) | frozenset(words[-1:] if "vietnamese" in communities else ())


def _blends(first: str = "", second: str = "") -> set[str]:
    """What two given names are called in one, as in Spanish: Luisfer, Juanma, Marifer. Never a name of its own."""
    if len(first) < 3 or len(second) < 4 or not is_usual_given(second):
        return set()
    starts = {first} if len(first) < 5 else {first[:4], *([first] if len(first) == 5 else [])}
    blends = {start + second[:length] for start in starts for length in (2, 3, 4)}
    return {blend for blend in blends if not is_given_name(blend) and not is_family_name(blend)}


_HANDLE_WORD = re.compile(r"^@?([a-z]{4,12})[._-]")


def _communities(given: tuple[str, ...], family: tuple[str, ...]) -> frozenset[str]:
    """Whose way of naming a name shows. A name that several communities have counts where the given name agrees."""
    by_given = {found for word in {*given, "".join(given)} if word for found in communities_of("given", word)}
    if not family:
        return frozenset(by_given)
    by_family = {
        found for word in {*family, "".join(family)} if len(word) > 1 for found in communities_of("family", word)
    }
    joined = "".join(family)
    anybodys = any(is_common_given(word) for word in given[:1])
    if _SLAVIC_SURE.search(joined) or (_SLAVIC.search(joined) and "slavic" in by_given and not anybodys):
        by_family.add("slavic")
    if _ARMENIAN.search(joined) and not is_usual_given(joined):
        by_family.add("armenian")
    by_family |= {_WITHIN[community] for community in by_family & _WITHIN.keys()}
    if by_family and anybodys and not by_family & by_given:
        # Grace Lee and James Young may be anybody's names: only what the family name alone makes sure.
        return frozenset(by_family & {"slavic", "armenian"})
    shared = by_family & by_given
    return frozenset(shared | {_WITHIN[community] for community in shared & _WITHIN.keys()} or by_family)


_WITHIN = {
    "punjabi": "south-asian", "tamil": "south-asian", "telugu": "south-asian", "gujarati": "south-asian",
    "nepali-bhutanese": "south-asian", "lebanese": "arabic", "iraqi": "arabic", "yemeni": "arabic",
    "egyptian": "arabic", "moroccan": "arabic", "sudan-arab": "arabic", "haitian": "creole",
    "ethiopian": "east-african", "eritrean": "east-african", "oromo": "east-african", "ukrainian": "slavic",
    "polish": "slavic", "bosnian": "slavic", "serbian-croatian": "slavic",
}  # fmt: skip
"""Communities whose spellings are those of a larger one."""


_SLAVIC_SURE = re.compile(
    r"(?:[oe]v|[oe]va|[oe]vych|[oe]vich|[oe]vic|enko|chuk|tsky[iy]?|tska|tskaya|skyi|skiy|skaya|czyk|wicz|[eo]ws?k[aiy])$"
)
_SLAVIC = re.compile(r"(?:in|ina|ska|sky|ski|uk|ak|yuk|iuk|ich|yk|ko|ba|aya|iy|yi|ets|ko[vw]|ka)$")
_ARMENIAN = re.compile(r"(?:[^aeiou](?:ian|yan|ean)|aian|ayan|oian|oyan)$")


def _key_of(communities: frozenset[str]) -> str:
    """How names of a community are compared when they were spelled by ear."""
    return next((key for community, key in _KEYS if community in communities), "")


def _other_roles(
    other: str, given: tuple[str, ...], family: tuple[str, ...]
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What may be the given and what the family name in another name of the record."""
    parts = [words for raw in re.split(r"[\s,]+", other) if (words := words_of(raw))]
    while len(parts) > 1 and len(parts[0]) == 1 and parts[0][0] in TITLES:
        parts = parts[1:]
    if len(parts) > 1 and parts[-1][-1] in SUFFIXES:
        parts = parts[:-1]
    if len(parts) < 2:
        return []
    first, last = parts[0], tuple(word for part in parts[1:] for word in part)
    family_words = {*family, "".join(family)}
    if "".join(first) in family_words and "".join(parts[-1]) not in family_words:
        return [(parts[-1], first)]  # family name first, as in Vietnam
    at = next((at for at, part in enumerate(parts[1:], 1) if "".join(part) in PARTICLES), len(parts) - 1)
    ending = tuple(word for part in parts[at:] for word in part)
    whole = tuple(word for part in parts[:at] for word in part)
    if "".join(whole) == "".join(given):
        return [(whole, ending)]
    found = [(first, ending)]
    if at > 1:
        found.append((whole, ending))
        if len(given) < 2:
            found.append((first, last))
    return found


def _given_spellings(words: tuple[str, ...], communities: frozenset[str]) -> set[str]:
    """A given name in other spellings, run together; of a name of two words, each word in each of its spellings."""
    if not words or len(words) > 3:
        return set()
    joined = "".join(words)
    found = set(spellings_of("given", joined, communities))
    for article in _ABD.finditer(joined):
        rest = joined[article.end() :]
        found |= {f"{start}{rest}" for start in _SERVANTS} - {joined}
    if joined in _SERVANTS:
        found |= _SERVANTS - {joined}
    if len(words) == 2:
        ways = [[word, *sorted(spellings_of("given", word, communities))][:8] for word in words]
        found |= {"".join(pair) for pair in product(*ways)} - {joined}
    if len(words) > 1 and len(words[0]) > 2:
        found |= spellings_of("given", words[0], communities)
    return {name for name in found if len(name) > 1}


_SERVANTS = frozenset({"abdul", "abdel", "abdal", "abdur", "abdus", "abdi", "abdu", "abd"})
_ABD = re.compile(r"^abd(?:ul|el|al|ur|er|ar|i|u|oul)?(?=[a-z]{4})")


def _family_spellings(name: str, communities: frozenset[str]) -> set[str]:
    """A family name in other spellings, and with the endings of the other sex where it has them."""
    found = set(spellings_of("family", name, communities))
    if "slavic" in communities:
        for ending, others in _ENDINGS:
            if name.endswith(ending) and len(name) > len(ending) + 2:
                found |= {name[: -len(ending)] + other for other in others}
                break
    if "armenian" in communities:
        for ending in ("ian", "yan", "ean", "iants", "yants"):
            if name.endswith(ending):
                found |= {name[: -len(ending)] + other for other in ("ian", "yan", "ean")}
    if "arabic" in communities and (bare := re.sub(r"^(?:al|el|ul)(?=[a-z]{4})", "", name)) != name:
        found |= {bare, f"al{bare}", f"el{bare}"}
    elif "arabic" in communities:
        found |= {f"al{name}", f"el{name}"}
    return found - {name}


_ENDINGS = (
    ("skaya", ("sky", "ski", "skiy", "skii", "skyi", "ska")), ("skiy", ("skaya", "ska", "sky", "ski")),
    ("skyi", ("ska", "sky", "skiy", "skyy", "ski")), ("ska", ("skyi", "skiy", "sky", "ski", "skaya")),
    ("sky", ("skaya", "ska", "skiy", "ski", "skyi")), ("ski", ("ska", "sky", "skiy", "skaya")),
    ("ova", ("ov", "off")), ("eva", ("ev", "eff")), ("ov", ("ova", "off")), ("ev", ("eva", "eff")),
    ("ina", ("in",)), ("in", ("ina", "yn")), ("aya", ("yi", "y", "iy")), ("chuk", ("czuk", "tchouk")),
)  # fmt: skip
"""Endings of Slavic family names and what they are for women, men and other papers; the first that fits counts."""


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
    # Danielle is not Daniel: after a doubled letter the last one is heard.
    return key[:-1] if len(key) > 3 and key.endswith("e") and not _DOUBLED.search(word) else key


_DOUBLED = re.compile(r"(.)\1e$")

_SAID = (
    ("eaux", "o"), ("eau", "o"), ("aux", "o"), ("qv", "k"), ("tx", "ch"), ("ph", "f"), ("ck", "k"), ("qu", "k"),
    ("x", "ks"), ("sch", "sh"), ("tch", "ch"), ("ch", "C"), ("ee", "i"), ("ea", "i"), ("oo", "u"), ("ou", "u"),
    ("C", "ch"),
)  # fmt: skip


def plain_somali(word: str) -> str:
    """A name in Somali spelling as English papers write it (Cabdiraxmaan, Abdirahman); others stay as they are."""
    plain = re.sub(r"([aeiou])\1", r"\1", re.sub(r"^c(?=[aeiou])", "", word).replace("x", "h"))
    return plain if plain != word and is_somali(plain) else word


CONSONANTS, HANGUL, PINYIN, ARABIC, ARMENIAN = "consonants", "hangul", "pinyin", "arabic", "armenian"
SCRIPTS = (CONSONANTS, HANGUL, PINYIN, ARABIC, ARMENIAN)
"""Scripts and languages where spelling letter by letter, or by ear, does not lead to one Latin form of a name."""
_KEYS = (("korean", HANGUL), ("chinese", PINYIN), ("arabic", ARABIC), ("armenian", ARMENIAN))


def script_of(raw: str) -> str:
    """CONSONANTS for Arabic, Hebrew and other letters whose vowels are lost, HANGUL for Korean ones, else nothing."""
    if raw.isascii():
        return ""
    if any("\u0590" <= character <= "\u07bf" or "\u0900" <= character <= "\u0fff" for character in raw):
        return CONSONANTS
    if any("\u1000" <= character <= "\u109f" or "\u1780" <= character <= "\u17ff" for character in raw):
        return CONSONANTS
    if any("\uac00" <= character <= "\ud7af" for character in raw):
        return HANGUL
    return ARMENIAN if any("\u0531" <= character <= "\u058a" for character in raw) else ""


def script_key(script: str, word: str) -> str:
    """Equal for a name spelled letter by letter from a script and for its usual Latin forms."""
    if script == CONSONANTS:
        return re.sub(
            r"(.)\1+", r"\1", re.sub(r"[aeiouwyhv']", "", word.replace("q", "k").replace("c", "k").replace("g", "j"))
        )
    if script == HANGUL and word in ("lee", "li", "yi", "rhee"):
        return "i"
    if script == ARABIC:
        word = re.sub(r"^(?:al|el|ul)(?=[a-z]{4})", "", word)
    for written, said in _SAID_IN[script]:
        word = word.replace(written, said)
    word = re.sub(r"(.)\1+", r"\1", word)
    return re.sub(r"[ae]h?$", "a", word) if script == ARABIC else word


_KOREAN = (("woo", "u"), ("wu", "u"), ("oo", "u"), ("eo", "u"), ("eu", "u"), ("ou", "u"), ("oe", "oi"),
           ("ee", "i"), ("ar", "a"), ("sh", "s"), ("ck", "k"), ("g", "k"), ("d", "t"), ("b", "p"), ("j", "ch"),
           ("r", "l"))  # fmt: skip
_PINYIN = (("hs", "s"), ("x", "s"), ("sh", "s"), ("zh", "c"), ("ch", "c"), ("ts", "c"), ("tz", "c"), ("q", "c"),
           ("j", "c"), ("z", "c"), ("ung", "ong"), ("uo", "o"), ("ieh", "ie"), ("ih", "i"), ("eh", "e"), ("yi", "i"),
           ("wu", "u"), ("yu", "u"), ("ien", "ian"), ("yen", "ian"), ("yan", "ian"), ("uei", "ui"), ("g", "k"),
           ("d", "t"), ("b", "p"))  # fmt: skip
"""Mandarin in Pinyin and in Wade-Giles (Hsiao-ming, Xiaoming)."""
_ARABIC_LETTERS = (
    ("dj", "j"), ("dh", "d"), ("th", "t"), ("kh", "k"), ("gh", "g"), ("ph", "f"), ("q", "k"), ("ck", "k"), ("c", "k"),
    ("ou", "u"), ("oo", "u"), ("w", "u"), ("ee", "i"), ("ei", "ai"), ("ay", "ai"), ("ey", "ai"), ("iy", "i"),
    ("y", "i"), ("z", "s"), ("o", "u"), ("e", "a"), ("aa", "a"),
)  # fmt: skip
_ARMENIAN_LETTERS = (
    ("dj", "c"), ("tch", "c"), ("ch", "c"), ("tz", "c"), ("ts", "c"), ("dz", "c"), ("zh", "c"), ("j", "c"),
    ("kh", "k"), ("gh", "k"), ("g", "k"), ("q", "k"), ("ow", "u"), ("ou", "u"), ("oo", "u"), ("w", "v"),
    ("yan", "ian"), ("ean", "ian"), ("y", "h"), ("h", ""), ("b", "p"), ("d", "t"), ("z", "s"),
)  # fmt: skip
"""Western and Eastern Armenian swap hard and soft consonants (Hagop Garabedian, Hakob Karapetyan)."""
_SAID_IN = {HANGUL: _KOREAN, PINYIN: _PINYIN, ARABIC: _ARABIC_LETTERS, ARMENIAN: _ARMENIAN_LETTERS}
