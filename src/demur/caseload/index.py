"""Every way a client may be named in a text, built once for a caseload and searched in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from itertools import product

from ahocorasick_rs import AhoCorasick, MatchKind

from demur.caseload.names import CONSONANTS, HANGUL, PARTICLES, Names, fold, names_of, script_key, sound_key, words_of
from demur.caseload.tables import ordinary_words
from demur.core.people import Caseload, Client


class Kind(IntEnum):
    """What a form in the index stands for; of two kinds with the same words the higher one is kept beside the lower."""

    FAMILY = 1
    NICKNAME = 2
    GIVEN = 3
    PREFERRED = 4
    OTHER_SINGLE = 5
    OTHER_NAME = 6
    RUN_TOGETHER = 7
    HANDLE = 8
    EMAIL = 9


GIVEN_KINDS = (Kind.GIVEN, Kind.PREFERRED, Kind.OTHER_SINGLE, Kind.NICKNAME)
SHORTEST_RUN_TOGETHER = 6
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
        self.by_initials: dict[tuple[str, ...], set[int]] = {}
        for position, letters in enumerate(zip(self.initials_given, self.initials_family, strict=True)):
            for pair in product(*letters):
                self.by_initials.setdefault(pair, set()).add(position)
        self.initial_pairs = frozenset(self.by_initials)
        self._named: dict[tuple[tuple[str, ...], frozenset[Kind]], frozenset[int]] = {}
        self.forms: dict[tuple[str, ...], tuple[Form, ...]] = {
            words: tuple(Form(kind, frozenset(clients)) for kind, clients in sorted(kinds.items(), reverse=True))
            for words, kinds in forms.items()
        }
        self.vocabulary = frozenset(words[0] for words in self.forms)
        self.patterns: list[tuple[str, ...]] = list(self.forms)
        self.automaton = AhoCorasick([f" {' '.join(words)} " for words in self.patterns])
        inside = sorted(
            words[0]
            for words, found in self.forms.items()
            if len(words) == 1
            and len(words[0]) >= SHORTEST_INSIDE
            and any(form.kind is Kind.RUN_TOGETHER for form in found)
        )
        self.inside = AhoCorasick(inside, matchkind=MatchKind.LeftmostLongest)
        self.name_words = frozenset(
            words[0]
            for words, found in self.forms.items()
            if len(words) == 1 and any(form.kind in (*GIVEN_KINDS, Kind.FAMILY) for form in found)
        )
        self.by_word: dict[str, set[int]] = {}
        for position, names in enumerate(self.names):
            for word in _name_words(names):
                self.by_word.setdefault(word, set()).add(position)
        self.by_sound: dict[str, set[int]] = {}
        for word, clients in self.by_word.items():
            if len(word) > 2:
                self.by_sound.setdefault(sound_key(word), set()).update(clients)
        self.by_script: dict[tuple[str, str], set[int]] = {}
        for word, clients in self.by_word.items():
            for script in (CONSONANTS, HANGUL):
                if len(key := script_key(script, word)) > 1:
                    self.by_script.setdefault((script, key), set()).update(clients)
        self.scripts = {names.script for names in self.names} - {""}
        self.own_handles: list[str] = sorted(loose for loose in self.loose_handles if len(loose) >= SHORTEST_HANDLE)
        self.inside_own_handles = AhoCorasick(self.own_handles)
        self.parts: list[str] = sorted(word for word in self.by_word if len(word) > 2)
        self.inside_handles = AhoCorasick(self.parts)
        self.near: dict[str, set[str]] = {}
        for word in self.name_words:
            if len(word) >= 4:
                for shorter in deletions(word):
                    self.near.setdefault(shorter, set()).add(word)

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
