"""Chooses the clients who are worth weighing against a profile, so that a long caseload answers as fast as a short one.

A short caseload takes everybody who shares any key with the profile: a word, a sound, a near spelling, a contact.
In a long one every usual given name is shared by thousands. There a name needs a second key, as it does when it is
weighed: another name of the same client, the town, the birth year; or it is a rare one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from heapq import nsmallest
from itertools import product
from math import log2

from rapidfuzz.distance import OSA

from demur.caseload.index import CaseloadIndex, deletions
from demur.caseload.names import PARTICLES, SCRIPTS, Names, script_key, sound_key
from demur.caseload.profiles import DECORATION, LONGEST_HANDLE, Shown, loose, place_of, runs
from demur.caseload.tables import RARE, family_share, given_share

FEW_CLIENTS = 1_000
"""Up to here one key is enough."""
BROAD_SHARE = 0.02
"""The share of a caseload from which a rare name, too, needs a second key: many a list serves one community."""
MOST_WEIGHED = 80
"""How many are weighed at most. Of more than these, whoever shares the rarest keys comes first."""

_NARROW = 20
"""Up to so many clients a name is weighed without a second key, rare or not."""
_SINGLE_LETTERS = 3
"""Letters of a handle that may stand for names by themselves: given, middle and family name."""
_MOST_BITS = 11.0
"""What one key says at most, as when it is weighed: a rare name is not more than a usual one and the town."""
_LOOSELY, _IN_HANDLE = 3.0, 1.0
"""What names that only sound alike, and names inside a handle, say less, in bits."""
_TWO_SLIPS = 7
"""Letters from which a name may be written with two slips."""


def candidates(index: CaseloadIndex, shown: Shown) -> set[int]:
    """Positions of the clients to weigh: who could fit a profile as far as its keys tell."""
    found = _by_contact(index, shown)
    if len(index.clients) <= FEW_CLIENTS:
        return found | _by_any_key(index, shown)
    return found | index.blocks.candidates(index, shown, MOST_WEIGHED)


def _by_contact(index: CaseloadIndex, shown: Shown) -> set[int]:
    found: set[int] = set()
    for email in shown.emails:
        found |= index.emails.get(email, set())
    for phone in shown.phones:
        found |= index.phones.get(phone, set())
    for handle in (shown.handle, *shown.other_handles):
        found |= index.exact_handles.get(handle, set())
        found |= index.loose_handles.get(loose(handle), set())
    for text in (loose(shown.handle), "".join(shown.words)):
        for part, _, _ in index.inside_own_handles.find_matches_as_indexes(text, overlapping=True):
            found |= index.loose_handles[index.own_handles[part]]
    return found


def _by_any_key(index: CaseloadIndex, shown: Shown) -> set[int]:
    """Clients who share at least a word, a sound, a near spelling or initials with a profile."""
    found: set[int] = set()
    words = {word for reading in shown.readings for word in reading}
    for word in {*words, *shown.introduced, *runs(shown.words)}:
        found |= index.by_word.get(word, set())
        found |= index.by_spelling.get(word, set())
        if len(word) > 2:
            found |= index.by_sound.get(sound_key(word), set())
        if 3 < len(word) <= 24:
            for shorter in deletions(word):
                for near in index.near.get(shorter, ()):
                    found |= index.by_word.get(near, set())
        for script in index.scripts | {shown.script} - {""}:
            found |= index.by_script.get((script, script_key(script, word)), set())
    if len(shown.words) == 2:
        found |= index.by_initials.get(shown.words, set())
    for word in words:
        if len(word) == 3 or (len(word) == 2 and len(words) == 1):
            found |= index.by_initials.get((word[0], word[-1]), set())
    for letters in (shown.handle_letters, shown.local_letters, "".join(shown.words)):
        for part, _, _ in index.inside_handles.find_matches_as_indexes(letters, overlapping=True):
            found |= index.by_word[index.parts[part]]
    return found


# --- long caseloads -------------------------------------------------------------------------------------------------

_NOBODY: frozenset[int] = frozenset()


class Blocks:
    """The keys of a long caseload: names by role, what they sound and look like, towns and birthdays."""

    def __init__(self, index: CaseloadIndex) -> None:
        self.given: dict[str, set[int]] = defaultdict(set)
        self.family: dict[str, set[int]] = defaultdict(set)
        self.no_family: set[int] = set()
        self.by_script: dict[str, set[int]] = defaultdict(set)
        self.by_town: dict[str, set[int]] = defaultdict(set)
        self.by_birth: dict[str, set[int]] = defaultdict(set)
        own: set[str] = set()
        by_city: dict[str, set[int]] = defaultdict(set)
        for position, (client, names) in enumerate(zip(index.clients, index.names, strict=True)):
            for name in _given_pieces(names):
                self.given[name].add(position)
            for name in _family_pieces(names):
                self.family[name].add(position)
            own |= _own_pieces(names)
            if not names.family:
                self.no_family.add(position)
            self.by_script[names.script].add(position)
            by_city[client.city].add(position)
            if born := client.date_of_birth:
                for key in (str(born.year), f"{born:%y}", f"{born:%m%d}"):
                    self.by_birth[key].add(position)
        for city, people in by_city.items():
            if town := place_of(city).town:
                self.by_town[town] |= people
        self.joined_towns: dict[str, str] = {"".join(town.split()): town for town in self.by_town}
        self.longest_town = max((len(town.split()) for town in self.by_town), default=0)
        self.by_sound: dict[str, set[str]] = defaultdict(set)
        self.near: dict[str, set[str]] = defaultdict(set)
        self.ends: dict[str, set[str]] = defaultdict(set)
        self.spelled: dict[tuple[str, str], set[str]] = defaultdict(set)
        for name in own:
            if len(name) > 2:
                self.by_sound[sound_key(name)].add(name)
            if len(name) > 3:
                for shorter in deletions(name):
                    self.near[shorter].add(name)
            if len(name) >= _TWO_SLIPS:
                self.ends[f"{name[:3]}-"].add(name)
                self.ends[f"-{name[-3:]}"].add(name)
            for script in SCRIPTS:
                if len(key := script_key(script, name)) > 1:
                    self.spelled[script, key].add(name)

    def candidates(self, index: CaseloadIndex, shown: Shown, most: int) -> set[int]:
        """Who shares two keys with a profile, or one that hardly anybody else has; at most so many."""
        clues = _Clues(self, len(index.clients))
        words = _tokens(shown)
        for word in words:
            clues.add(word)
        for word in words:
            for near in self._alike(word):
                clues.add_loosely(near, None)
            for script in {shown.script, *self.by_script} - {""}:
                for spelled in self.spelled.get((script, script_key(script, word)), ()):
                    clues.add_loosely(spelled, None if script == shown.script else self.by_script[script])
        for letters in {shown.handle_letters, shown.local_letters, *_alone(shown)}:
            for piece in self._pieces(letters):
                clues.add(piece, _IN_HANDLE)
        given, family = clues.everybody()
        second = self._second(shown)
        besides = set().union(*second)
        found = (given & family) | ((given | family) & besides) | clues.sure
        if len(shown.words) == 1:
            found |= given & self.no_family
        initials = [index.by_initials[pair] for pair in _initials(shown) if pair in index.by_initials]
        found |= besides.intersection(set().union(*initials))
        return clues.first(found, (initials, second), most)

    def _alike(self, word: str) -> set[str]:
        """Own names of clients that a word may be a slip of, or that sound like it."""
        found = set(self.by_sound.get(sound_key(word), ())) if len(word) > 2 else set()
        if 3 < len(word) <= 24:
            for shorter in deletions(word):
                found |= self.near.get(shorter, set())
        if _TWO_SLIPS <= len(word) <= 24:
            ends = self.ends.get(f"{word[:3]}-", set()) | self.ends.get(f"-{word[-3:]}", set())
            found |= {name for name in ends if OSA.distance(word, name, score_cutoff=2) <= 2}
        found.discard(word)
        return found

    def _pieces(self, letters: str) -> set[str]:
        """Names inside a handle that can be part of a cut which explains every letter of it."""
        if not 3 <= len(letters) <= LONGEST_HANDLE:
            return set()
        spans = [
            (start, end)
            for start in range(len(letters))
            for end in range(start + 2, len(letters) + 1)
            if self._may_stand(letters[start:end])
        ]
        before = _singles(len(letters), spans)
        after = _singles(len(letters), [(len(letters) - end, len(letters) - start) for start, end in spans])
        return {
            letters[start:end] for start, end in spans if before[start] + after[len(letters) - end] <= _SINGLE_LETTERS
        }

    def _may_stand(self, piece: str) -> bool:
        return any(piece in known for known in (self.given, self.family, DECORATION, PARTICLES, self.joined_towns))

    def _second(self, shown: Shown) -> list[set[int]]:
        """Clients by the towns and the birthdays that a profile shows."""
        towns = {place.town for place in shown.places}
        words = shown.bio.split()
        for length in range(1, self.longest_town + 1):
            towns |= {" ".join(words[at : at + length]) for at in range(len(words) - length + 1)}
        letters = shown.handle_letters
        for length in range(4, len(letters)):
            towns |= {self.joined_towns.get(letters[:length], ""), self.joined_towns.get(letters[-length:], "")}
        found = [self.by_town[town] for town in towns if town in self.by_town]
        births = {str(year) for year in shown.bare_years}
        births |= {str(born.latest) for born in shown.life.born if born.earliest == born.latest}
        births |= {part for day in shown.days for part in day.split("/")}
        for number in (*shown.numbers, *shown.local_numbers):
            births |= {number[:4], number[-4:], number[:2], number[-2:]} if len(number) > 4 else {number}
        return [*found, *(self.by_birth[key] for key in births if key in self.by_birth)]


class _Clues:
    """What the words of one profile say of whom, and how much."""

    def __init__(self, blocks: Blocks, clients: int) -> None:
        self.blocks = blocks
        self.clients = clients
        self.sure: set[int] = set()
        self._given: dict[str, tuple[float, set[int]]] = {}
        self._family: dict[str, tuple[float, set[int]]] = {}

    def add(self, word: str, less: float = 0.0) -> None:
        """A word of the name, or with `less` weight a piece of a handle."""
        for people, kept, share in (
            (self.blocks.given, self._given, given_share),
            (self.blocks.family, self._family, family_share),
        ):
            if word in people:
                few = BROAD_SHARE * self.clients if share(word) < RARE else 0.0 if less else _NARROW
                kept.setdefault(word, (self._weight(people[word]) - less, people[word]))
                if len(people[word]) <= few:
                    self.sure |= people[word]

    def add_loosely(self, name: str, among: set[int] | None) -> None:
        """A client's name that a word may stand for; `among` are the clients for whom it may."""
        key = name if among is None else f"{name} "
        for people, kept in ((self.blocks.given, self._given), (self.blocks.family, self._family)):
            if name in people and name not in kept:
                chosen = people[name] if among is None else people[name] & among
                kept.setdefault(key, (self._weight(people[name]) - _LOOSELY, chosen))

    def everybody(self) -> tuple[set[int], set[int]]:
        """Who has one of the given names, and who one of the family names."""
        return (
            set().union(*(people for _, people in self._given.values())),
            set().union(*(people for _, people in self._family.values())),
        )

    def first(self, found: set[int], others_than_names: Iterable[list[set[int]]], most: int) -> set[int]:
        """Those of them who share the rarest keys."""
        if len(found) <= most:
            return found
        said = dict.fromkeys(found, 0.0)
        others = ([(self._weight(people), people) for people in groups] for groups in others_than_names)
        for keys in (self._given.values(), self._family.values(), *others):
            strongest: dict[int, float] = {}
            for weight, people in sorted(keys, key=lambda key: key[0]):
                strongest.update(dict.fromkeys(people & found, weight))
            for position, weight in strongest.items():
                said[position] += weight
        return set(nsmallest(most, found, key=lambda position: (-said[position], position)))

    def _weight(self, people: set[int]) -> float:
        return min(_MOST_BITS, log2(self.clients / len(people)))


def _own_pieces(names: Names) -> set[str]:
    """Names of the record that a word may sound like or be a slip of."""
    phrases = (*names.given, *names.preferred, *names.given_others, *names.family, *names.family_others)
    return {"".join(phrase) for phrase in phrases} | names.given_parts | names.family_parts


def _given_pieces(names: Names) -> set[str]:
    """What may stand for somebody's given name in a profile, each written as one word."""
    given = {"".join(phrase) for phrase in (*names.given, *names.preferred, *names.given_others)}
    middle = {"".join(phrase) for phrase in names.middle}
    nicknames = {"".join(nick.split()) for nick in names.nicknames}
    both = {first + second for first, second in product(given, middle) if len(second) > 1}
    return given | nicknames | both | names.given_parts | names.given_spellings | names.handle_names | _either(names)


def _family_pieces(names: Names) -> set[str]:
    """What may stand for somebody's family name in a profile, each written as one word."""
    family = {"".join(phrase) for phrase in (*names.family, *names.family_others)}
    return family | names.family_parts | names.family_spellings | _either(names)


def _either(names: Names) -> set[str]:
    """Middle names are shown in the place of either name, and other names may be whole ones."""
    found = {"".join(phrase) for phrase in (*names.middle, *names.others)} | names.middle_spellings
    return {name for name in found if len(name) > 1}


def _tokens(shown: Shown) -> set[str]:
    """The words of a display name and of an introduction, alone and run together with their neighbours."""
    found = {*shown.introduced, *runs(shown.introduced)}
    for reading in shown.readings:
        found |= {*reading, *runs(reading)}
    return found


def _alone(shown: Shown) -> list[str]:
    """Display names of one word, which may be run together."""
    return [reading[0] for reading in shown.readings if len(reading) == 1]


def _initials(shown: Shown) -> Iterable[tuple[str, str]]:
    """First letters of a given and a family name, as far as a display name may be those alone."""
    for reading in shown.readings:
        words = [word for word in reading if not word.isdigit()]
        if len(words) > 1 and all(len(word) == 1 for word in words):
            yield words[0], words[-1]
        for word in words:
            if len(word) == 3 or (len(word) == 2 and len(words) == 1):
                yield word[0], word[-1]


def _singles(length: int, spans: list[tuple[int, int]]) -> list[int]:
    """For each place in a word how many letters stand alone at least, where the rest before it are the given spans."""
    fewest = [*range(length + 1)]
    ending: dict[int, list[int]] = defaultdict(list)
    for start, end in spans:
        ending[end].append(start)
    for end in range(1, length + 1):
        fewest[end] = min([fewest[end - 1] + 1, *(fewest[start] for start in ending[end])])
    return fewest
