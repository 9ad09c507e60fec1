"""Every way a client may be named in a text, built once for a caseload and searched in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, MatchKind

from demur.caseload.names import PARTICLES, SCRIPTS, Names, fold, names_of, script_key, sound_key, words_of
from demur.caseload.tables import everyday_words, ordinary_words, pictures
from demur.core.people import Caseload, Client

if TYPE_CHECKING:
    from demur.caseload.blocking import Blocks


class Kind(IntEnum):
    """What a form in the index stands for; of two kinds with the same words the higher one is kept beside the lower."""

    FAMILY = 1
    INITIAL_RUN = 2
    DIMINUTIVE = 3
    NICKNAME = 4
    GIVEN = 5
    PREFERRED = 6
    OTHER_SINGLE = 7
    OTHER_NAME = 8
    RUN_TOGETHER = 9
    HANDLE = 10
    EMAIL = 11


GIVEN_KINDS = (Kind.GIVEN, Kind.PREFERRED, Kind.OTHER_SINGLE, Kind.NICKNAME)
CALLED_KINDS = (*GIVEN_KINDS, Kind.DIMINUTIVE)
"""What somebody may be called in a text. Profiles are read without diminutives."""
SHORTEST_RUN_TOGETHER = 6
SHORTEST_INITIAL_RUN = 5
"""Letters that an initial and a family name need together before they are read as one handle."""
SHORTEST_INSIDE = 8
"""Letters a run-together name needs before it is looked for inside a longer hashtag."""
SHORTEST_HANDLE = 6
"""Letters and digits a handle needs before it is looked for inside another."""


@dataclass(frozen=True, slots=True)
class Form:
    """Words that may stand for clients, by their positions in the caseload."""

    kind: Kind
    clients: frozenset[int]


class CaseloadIndex:
    """One professional's own caseload, ready to be searched.

    It holds nobody else, so it can tell nothing about anybody else.
    """

    def __init__(self, caseload: Caseload) -> None:
        self.caseload = caseload
        self.clients: tuple[Client, ...] = caseload.clients
        self.names: tuple[Names, ...] = tuple(names_of(client) for client in caseload.clients)
        forms: dict[tuple[str, ...], dict[Kind, set[int]]] = {}
        self.handles: dict[tuple[str, ...], set[str]] = {}
        self.phones: dict[str, set[int]] = {}
        self.emails: dict[str, set[int]] = {}
        self.exact_handles: dict[str, set[int]] = {}
        self.loose_handles: dict[str, set[int]] = {}
        self.initials_given: list[frozenset[str]] = []
        self.initials_family: list[frozenset[str]] = []
        for position, (client, names) in enumerate(zip(self.clients, self.names, strict=True)):
            for words, kind in _forms(names):
                if words:
                    forms.setdefault(words, {}).setdefault(kind, set()).add(position)
            for handle in client.handles:
                self._add_handle(handle, position, forms)
            if client.email:
                self._add_email(client.email, position, forms)
            digits = phone_digits(client.phone)
            if len(digits) >= 7:
                self.phones.setdefault(digits, set()).add(position)
            self.initials_given.append(
                frozenset(writing[0][0] for writing in names.given | names.preferred if writing[0])
            )
            self.initials_family.append(
                frozenset(writing[0][0] for writing in names.family) | {part[0] for part in names.family_parts}
            )
        self._named: dict[tuple[tuple[str, ...], frozenset[Kind]], frozenset[int]] = {}
        known: dict[frozenset[int], frozenset[int]] = {}  # most forms are one client's: kept once, it saves much memory
        self.forms: dict[tuple[str, ...], tuple[Form, ...]] = {
            words: tuple(
                Form(kind, known.setdefault(same := frozenset(clients), same))
                for kind, clients in sorted(kinds.items(), reverse=True)
            )
            for words, kinds in forms.items()
        }
        longer: dict[str, dict[str, set[int]]] = {}
        for words in self.forms:
            if len(words) > 1:
                longer.setdefault(words[0], {}).setdefault(words[1], set()).add(len(words))
        self.longer: dict[str, dict[str, tuple[int, ...]]] = {
            first: {second: tuple(sorted(sizes, reverse=True)) for second, sizes in seconds.items()}
            for first, seconds in longer.items()
        }
        """How many words the forms have that begin with two words, the longest first."""
        self.vocabulary = frozenset(words[0] for words in self.forms)
        self.familiar: dict[str, bool] = dict.fromkeys(everyday_words(), False) | dict.fromkeys(self.vocabulary, True)
        """Whether a word begins something in the index; missing where it isn't even an everyday word."""
        self.only_words = frozenset(
            words[0]
            for words, found in self.forms.items()
            if len(words) == 1 and words[0] in everyday_words() and found[0].kind < Kind.OTHER_NAME
        )
        """Everyday words that are also a name: written small, they are mostly just words."""
        self.every_word = frozenset(
            word
            for words, found in self.forms.items()
            if any(form.kind < Kind.HANDLE and form.kind is not Kind.INITIAL_RUN for form in found)
            for word in words
        )
        self.name_words = frozenset(
            words[0]
            for words, found in self.forms.items()
            if len(words) == 1 and any(form.kind in (*GIVEN_KINDS, Kind.FAMILY) for form in found)
        )
        self.by_word: dict[str, set[int]] = {}
        for position, names in enumerate(self.names):
            for word in _name_words(names):
                self.by_word.setdefault(word, set()).add(position)
        self.scripts = {names.script for names in self.names} - {""}

    # What only some texts and profiles need is built when the first of them comes.

    @cached_property
    def by_initials(self) -> dict[tuple[str, ...], set[int]]:
        """Clients by the first letters of their given and family names."""
        found: dict[tuple[str, ...], set[int]] = {}
        for position, letters in enumerate(zip(self.initials_given, self.initials_family, strict=True)):
            for pair in product(*letters):
                found.setdefault(pair, set()).add(position)
        return found

    @cached_property
    def family_initials(self) -> frozenset[str]:
        """First letters of family names."""
        return frozenset(letter for letters in self.initials_family for letter in letters)

    @cached_property
    def inside(self) -> AhoCorasick:
        """Finds names run together inside longer tags and handles."""
        found = sorted(
            words[0]
            for words, forms in self.forms.items()
            if len(words) == 1
            and len(words[0]) >= SHORTEST_INSIDE
            and any(form.kind is Kind.RUN_TOGETHER for form in forms)
        )
        return AhoCorasick(found, matchkind=MatchKind.LeftmostLongest)

    @cached_property
    def by_spelling(self) -> dict[str, set[int]]:
        """Clients by other spellings of their names, for profiles alone: in a text they are mostly other words."""
        found: dict[str, set[int]] = {}
        for position, names in enumerate(self.names):
            for word in (*names.given_spellings, *names.family_spellings, *names.handle_names):
                found.setdefault(word, set()).add(position)
        return found

    @cached_property
    def by_sound(self) -> dict[str, set[int]]:
        """Clients by what a word of their names sounds like."""
        found: dict[str, set[int]] = {}
        for word, clients in self.by_word.items():
            if len(word) > 2:
                found.setdefault(sound_key(word), set()).update(clients)
        return found

    @cached_property
    def by_script(self) -> dict[tuple[str, str], set[int]]:
        """Clients by the bones of a word, for names that were spelled from another script."""
        found: dict[tuple[str, str], set[int]] = {}
        for word, clients in self.by_word.items():
            for script in SCRIPTS:
                if len(key := script_key(script, word)) > 1:
                    found.setdefault((script, key), set()).update(clients)
        return found

    @cached_property
    def blocks(self) -> Blocks:
        """The keys of a long caseload."""
        from demur.caseload.blocking import Blocks  # reads profiles, which read handles as this module does

        return Blocks(self)

    @cached_property
    def own_handles(self) -> list[str]:
        """Handles of the record, letters and digits only, that are long enough to be looked for inside others."""
        return sorted(loose for loose in self.loose_handles if len(loose) >= SHORTEST_HANDLE)

    @cached_property
    def inside_own_handles(self) -> AhoCorasick:
        """Finds handles of the record inside other handles."""
        return AhoCorasick(self.own_handles)

    @cached_property
    def parts(self) -> list[str]:
        """Words of names that are long enough to be looked for inside a handle."""
        return sorted(word for word in self.by_word if len(word) > 2)

    @cached_property
    def inside_handles(self) -> AhoCorasick:
        """Finds words of names inside a handle."""
        return AhoCorasick(self.parts)

    @cached_property
    def near(self) -> dict[str, tuple[str, ...]]:
        """Name words by what is left of them when one letter is taken out."""
        found: dict[str, tuple[str, ...]] = {}
        for word in self.name_words:
            if len(word) >= 4:
                for shorter in deletions(word):
                    found[shorter] = (*found.get(shorter, ()), word)
        return found

    @cached_property
    def beginnings(self) -> list[str]:
        """Name words in alphabetical order, for those of which only the beginning is shown."""
        return sorted(word for word in self.name_words if len(word) >= 4)

    @cached_property
    def backwards(self) -> dict[str, str]:
        """Name words by what they are when read from behind."""
        return {word[::-1]: word for word in self.name_words if len(word) >= 4}

    @cached_property
    def given_words(self) -> list[tuple[str, ...]]:
        """Single words that each client is called by, for misspellings."""
        return [
            tuple({writing[0] for writing in names.given | names.preferred if len(writing) == 1} | names.given_parts)
            for names in self.names
        ]

    @cached_property
    def family_words(self) -> list[tuple[str, ...]]:
        """Single words of each client's family names, for misspellings."""
        return [
            tuple({writing[0] for writing in names.family if len(writing) == 1} | names.family_parts)
            for names in self.names
        ]

    @cached_property
    def said_twice(self) -> frozenset[str]:
        """Words that are both the given and the family name of one client."""
        return frozenset(
            word
            for givens, families in zip(self.given_words, self.family_words, strict=True)
            for word in givens
            if word in families
        )

    @cached_property
    def middle_words(self) -> frozenset[str]:
        """Words of middle names."""
        return frozenset(word for names in self.names for writing in names.middle for word in writing)

    @cached_property
    def local_phones(self) -> frozenset[str]:
        """Phone numbers without the area code."""
        return frozenset(digits[-7:] for digits in self.phones)

    @cached_property
    def pictured(self) -> dict[str, tuple[str, ...]]:
        """Words of clients' names by the pictures that people put for them."""
        known = {
            picture: tuple(name for name in names if name in self.name_words) for picture, names in pictures().items()
        }
        return {picture: names for picture, names in known.items() if names}

    @cached_property
    def picture_signs(self) -> frozenset[str]:
        """The first characters of those pictures: a text without one of them needs no look at pictures."""
        return frozenset(picture[0] for picture in self.pictured)

    @cached_property
    def picture_pattern(self) -> re.Pattern[str]:
        """Finds those pictures, the longest first."""
        return re.compile("|".join(re.escape(picture) for picture in sorted(self.pictured, key=len, reverse=True)))

    @classmethod
    def build(cls, caseload: Caseload) -> CaseloadIndex:
        """The index for a caseload; time and memory grow with the number of clients."""
        return cls(caseload)

    def form(self, words: tuple[str, ...], kinds: Iterable[Kind]) -> frozenset[int]:
        """Clients whom these words name in one of the given ways."""
        found = self.forms.get(words, ())
        if not found:
            return frozenset()
        key = (words, frozenset(kinds))
        if key not in self._named:  # INVARIANT: only words of the index are kept, so a long text can't fill memory
            self._named[key] = frozenset(client for form in found if form.kind in key[1] for client in form.clients)
        return self._named[key]

    def _add_handle(self, handle: str, position: int, forms: dict[tuple[str, ...], dict[Kind, set[int]]]) -> None:
        plain = plain_handle(handle)
        words = words_of(plain)
        if not words or len(plain) < 2:
            return
        forms.setdefault(words, {}).setdefault(Kind.HANDLE, set()).add(position)
        self.handles.setdefault(words, set()).add(plain)
        self.exact_handles.setdefault(plain, set()).add(position)
        self.loose_handles.setdefault("".join(words), set()).add(position)

    def _add_email(self, email: str, position: int, forms: dict[tuple[str, ...], dict[Kind, set[int]]]) -> None:
        plain = fold(email.strip()).text
        self.emails.setdefault(plain, set()).add(position)
        local, _, domain = plain.rpartition("@")
        spelled = [*words_of(local), "at"]
        for part in domain.split("."):
            spelled += [*words_of(part), "dot"]
        for words in (words_of(plain), tuple(spelled[:-1])):
            if len(words) > 1:
                forms.setdefault(words, {}).setdefault(Kind.EMAIL, set()).add(position)


def plain_handle(handle: str) -> str:
    """A handle without its network (ig:name), @, address or server, folded."""
    folded = re.sub(r"^[a-z]{1,12}:\s?(?!//)", "", fold(handle).text.strip())
    folded = re.sub(r"^(?:https?://)?(?:www\.)?[a-z.]+\.[a-z]{2,}/(?:@|in/|user/|profile/)?", "", folded)
    folded = folded.split("?")[0].strip("@/ ")
    return folded.split("@")[0]


def phone_digits(phone: str) -> str:
    """The digits of a number, without the American country code and an extension."""
    folded = fold(phone).text
    for mark in ("ext", "x", "#"):
        folded = folded.split(mark)[0]
    digits = "".join(character for character in folded if character in "0123456789")
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits


def deletions(word: str) -> set[str]:
    """The word and everything that is left when one letter is taken out: equal for words one slip apart."""
    return {word, *(word[:gap] + word[gap + 1 :] for gap in range(len(word)))}


def _name_words(names: Names) -> set[str]:
    phrases = (*names.given, *names.preferred, *names.family, *names.others)
    words = {word for phrase in phrases for word in phrase if len(word) > 1 and word not in PARTICLES}
    return (
        words
        | {"".join(nick.split()) for nick in names.nicknames}
        | {phrase[0] for phrase in phrases if len(phrase) == 1}
    )


def _forms(names: Names) -> Iterable[tuple[tuple[str, ...], Kind]]:
    for writing in names.given:
        if len(writing[0]) > 1 or len(writing) > 1:
            yield writing, Kind.GIVEN
    for part in names.given_parts:
        yield (part,), Kind.GIVEN
    for writing in names.preferred:
        if len(writing[0]) > 1 or len(writing) > 1:
            yield writing, Kind.PREFERRED
    for nick in names.nicknames:
        yield tuple(nick.split()), Kind.NICKNAME
    for writing in names.family:
        yield writing, Kind.FAMILY
    for part in names.family_parts:
        yield (part,), Kind.FAMILY
    longer = {"".join(writing) for writing in names.others if len(writing) > 1}
    for writing in names.others:
        if len(writing) > 1:
            yield writing, Kind.OTHER_NAME
        elif writing[0] not in longer and len(writing[0]) > 1:
            # One other name alone may be what somebody is called or a former family name; both are looked for.
            yield writing, Kind.OTHER_SINGLE
            yield writing, Kind.FAMILY
    for joined in _run_together(names):
        yield (joined,), Kind.RUN_TOGETHER
    for joined in _initial_runs(names):
        yield (joined,), Kind.INITIAL_RUN
    own = {writing[0] for writing in names.given | names.preferred if len(writing) == 1} | names.given_parts
    for given in own:
        for small in _diminutives(given):
            if small not in own and small not in names.nicknames:
                yield (small,), Kind.DIMINUTIVE


def _initial_runs(names: Names) -> set[str]:
    """mlopez: how many handles are made."""
    letters = {writing[0][0] for writing in names.given | names.preferred}
    families = {"".join(writing) for writing in names.family if len("".join(writing)) >= SHORTEST_INITIAL_RUN - 1}
    return {letter + family for letter in letters for family in families} - everyday_words()


def _diminutives(given: str) -> set[str]:
    """Mariita, Carlitos, Carmencita: what Spanish makes of any name."""
    if len(given) < 4 or not given.isalpha():
        return set()
    stem, last = given[:-1], given[-1]
    if last in "ao":
        stem = {"c": stem[:-1] + "qu", "g": stem[:-1] + "gu", "z": stem[:-1] + "c"}.get(stem[-1], stem)
        return {f"{stem}it{last}"}
    if last == "s" and stem[-1] in "ao":
        return {f"{stem[:-1]}it{stem[-1]}s"}
    if last in "lsd":
        return {f"{given}ito", f"{given}ita"}
    return {f"{given}cito", f"{given}cita"} if last in "enr" else set()


def _run_together(names: Names) -> set[str]:
    """Given and family name without a space, as in hashtags and handles."""
    families = {"".join(writing) for writing in names.family} | set(names.family_parts)
    givens = {"".join(writing) for writing in names.given | names.preferred} | set(names.given_parts)
    middles = {"".join(writing) for writing in names.middle}
    found = {given + family for given in givens for family in families}
    found |= {family + given for given in givens for family in families}
    found |= {given + middle + family for given in givens for middle in middles for family in families}
    found |= {nick.replace(" ", "") + family for nick in names.nicknames for family in families}
    found |= {"".join(writing) for writing in names.others if len(writing) > 1}
    return {joined for joined in found if len(joined) >= SHORTEST_RUN_TOGETHER and joined not in ordinary_words()}
