"""Compares words and handles with one client's names: which name each word stands for, and how well it fits.

Words are never cut into first and last name: the roles come from the client's record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from rapidfuzz.distance import OSA

from demur.caseload.names import PARTICLES, SUFFIXES, Names, script_key, sound_key
from demur.caseload.profiles import DECORATION, LONGEST_HANDLE
from demur.caseload.tables import everyday_words, is_family_name, is_given_name, nicknames_of

LEVELS = (
    "same",
    "other name",
    "other spelling",
    "nickname",
    "middle name",
    "sounds alike",
    "close spelling",
    "initial",
)
"""How a word can fit a name, best first."""

_LONGEST_PHRASE = 12
"""Words that one name may be written in: scripts without spaces are read letter by letter."""


class Fitted(NamedTuple):
    """How one name of the client is shown: a level of `LEVELS`, the words, and the client's own where they differ."""

    level: str
    words: str
    own: str = ""


@dataclass(slots=True)
class Fit:
    """How the words of one source fit a client's names, by role, and the words that fit nothing.

    `missing` says that part of a name of several words is not shown; `between` are words between given and family name;
    `cut_given` says that of a given name of several words another second word is shown, `also` that a second name of
    the record stands beside the first (a maiden name, what they are called).
    """

    roles: dict[str, Fitted] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)
    missing: bool = False
    between: tuple[str, ...] = ()
    cut_given: bool = False
    also: bool = False


def fit_words(words: tuple[str, ...], names: Names, script: str = "") -> Fit:
    """Every word against every name of the client, in any order. `script` is the one that the words were written in."""
    fit = Fit()
    written = [word for word in words if not word.isdigit()]
    free = list(written)
    _fit_given_and_middle(fit, free, names)
    for role, level, phrase in _phrases(names):
        if role not in fit.roles and (found := _find(free, phrase)):
            at, length = found
            respelled = level == "other spelling" or (level == "other name" and bool(script))
            respelled |= level == "nickname" and not is_given_name(phrase[0])
            fit.roles[role] = Fitted(level, " ".join(phrase), _own(role, names) if respelled else "")
            free[at : at + length] = []
    _fit_other_names(fit, free, names)
    _fit_second_names(fit, free, names)
    if len(free) == 1 and len(words) == 1 and len(free[0]) > 5:
        inside = fit_letters(free[0], names)
        if {"given", "family"} <= inside.roles.keys():
            return inside
    if script or names.script:
        _fit_script(fit, free, names, script or names.script)
    _fit_loosely(fit, free, names)
    _fit_letters_alone(fit, free, names)
    shown_parts = _without_shown_parts(fit, free, names)
    for role, parts in (("family", names.family_parts), ("given", names.given_parts)):
        if role in fit.roles and fit.roles[role].words in parts:
            fit.missing = role == "given" or not shown_parts
    fit.between = _between(written, fit)
    fit.cut_given = _is_cut(written, fit, free, names)
    fit.rest = [word for word in free if len(word) > 1 and word not in DECORATION and word not in PARTICLES]
    _fit_middle(fit)
    return fit


@lru_cache(maxsize=2048)
def _phrases(names: Names) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Role, level and words of every way to write the client's names, the surest and longest first."""
    phrases: list[tuple[str, str, tuple[str, ...]]] = [
        *(("family", "same", phrase) for phrase in names.family),
        *(("given", "same", phrase) for phrase in names.given),
        *(("given", "same", phrase) for phrase in names.preferred),
        *(("middle", "same", phrase) for phrase in names.middle),
        *(("given", "other name", phrase) for phrase in names.given_others),
        *(("family", "other name", phrase) for phrase in names.family_others),
        *(("given", "other spelling", (name,)) for name in names.given_spellings),
        *(("family", "other spelling", (name,)) for name in names.family_spellings),
        *(("middle", "other spelling", (name,)) for name in names.middle_spellings),
    ]
    parts: list[tuple[str, str, tuple[str, ...]]] = [
        *(("family", "same", (part,)) for part in names.family_parts),
        *(("given", "same", (part,)) for part in names.given_parts),
    ]
    short: list[tuple[str, str, tuple[str, ...]]] = [
        *(("given", "nickname", tuple(nick.split())) for nick in names.nicknames),
        *(("given", "nickname", (name,)) for name in names.handle_names),
    ]
    phrases.sort(key=lambda phrase: (LEVELS.index(phrase[1]), -len(phrase[2]), phrase[0], phrase[2]))
    return (*phrases, *sorted(parts), *sorted(short))


def _fit_given_and_middle(fit: Fit, free: list[str], names: Names) -> None:
    """Given and middle name written as one: Maiyer for Mai Yer."""
    for given, middle in product(sorted(names.given), sorted(names.middle)):
        joined = "".join((*given, *middle))
        if len(given) == 1 and len(middle[0]) > 1 and joined in free:
            fit.roles["given"] = Fitted("same", " ".join(given))
            fit.roles["middle"] = Fitted("same", " ".join(middle))
            free.remove(joined)
            return


def _fit_second_names(fit: Fit, free: list[str], names: Names) -> None:
    """Takes further names of the record out of the words: Jen Brown (Hallowell), Joaquim Jack Bettencourt."""
    if "given" not in fit.roles or ("family" not in fit.roles and names.family):
        return
    for phrase in sorted(
        {*names.preferred, *names.given, *names.family, *names.given_others, *names.family_others}
        | {(part,) for part in names.given_parts},
        key=lambda phrase: (-len(phrase), phrase),
    ):
        if (len("".join(phrase)) > 2 or phrase[0] in names.given_parts) and (found := _find(free, phrase)):
            at, length = found
            free[at : at + length] = []
            # Robert "Bobby" says no more than Robert; a maiden name or another name says much more.
            fit.also = fit.also or phrase[0] not in nicknames_of(fit.roles["given"].words)


def _own(role: str, names: Names) -> str:
    """The client's own name that another spelling or a slip stands for."""
    own = names.given or names.preferred if role == "given" else names.family
    return max((" ".join(phrase) for phrase in sorted(own)), key=len, default="")


def _fit_middle(fit: Fit) -> None:
    """Some go by their middle name, and some show it where others show the family name."""
    middle = fit.roles.get("middle")
    if middle is None or middle.level not in ("same", "other spelling") or len(middle.words) < 3 or fit.rest:
        return
    if "family" in fit.roles and "given" not in fit.roles:
        fit.roles["given"] = Fitted("middle name", middle.words)
    elif "given" in fit.roles and "family" not in fit.roles:
        fit.roles["family"] = Fitted("middle name", middle.words)


def _is_cut(words: list[str], fit: Fit, free: list[str], names: Names) -> bool:
    """Kong Pheng for Kong Meng: the first word of the given name, and another one right after it."""
    given = fit.roles.get("given")
    if given is None or given.words not in names.given_parts or not fit.missing or given.words not in words:
        return False
    after = words[words.index(given.words) + 1 :][:1]
    if not after or after[0] not in free or len(after[0]) < 2 or after[0] in SUFFIXES:
        return False
    return not names.communities.isdisjoint(_SYLLABIC) or is_given_name(after[0])


_SYLLABIC = frozenset({"hmong", "korean", "chinese", "vietnamese", "khmer", "lao", "karen"})


def _find(words: list[str], phrase: tuple[str, ...]) -> tuple[int, int] | None:
    """Where a name stands among words, however it is cut: O Shaughnessy, Oshaughnessy."""
    joined = "".join(phrase)
    for at in range(len(words)):
        length, so_far = 0, ""
        while at + length < len(words) and length < _LONGEST_PHRASE and joined.startswith(so_far):
            so_far += words[at + length]
            length += 1
            if so_far == joined:
                return at, length
    return None


def _fit_other_names(fit: Fit, free: list[str], names: Names) -> None:
    """One other name alone may be what somebody is called or a former family name."""
    for phrase in sorted(names.others, key=lambda phrase: (-len(phrase), phrase)):
        if {"given", "family"} <= fit.roles.keys():
            return
        if found := _find(free, phrase):
            at, length = found
            free[at : at + length] = []
            if len(phrase) > 1:
                fit.roles.setdefault("given", Fitted("other name", phrase[0]))
                fit.roles.setdefault("family", Fitted("other name", phrase[-1]))
            else:
                fit.roles.setdefault("family" if "given" in fit.roles else "given", Fitted("other name", phrase[0]))


def _fit_script(fit: Fit, free: list[str], names: Names, script: str) -> None:
    """Names spelled letter by letter out of another script; a name may be several of its syllables."""
    for role, phrases in (
        ("family", names.family | names.family_others),
        ("given", names.given | names.preferred | names.given_others),
    ):
        if role in fit.roles:
            continue
        keys = {key for phrase in phrases if len(key := script_key(script, "".join(phrase))) > 1}
        runs = [(at, length) for length in (3, 2, 1) for at in range(len(free) - length + 1)]
        for at, length in runs:
            written = "".join(free[at : at + length])
            if script_key(script, written) in keys:
                fit.roles[role] = Fitted("sounds alike", written, _own(role, names))
                free[at : at + length] = []
                break


def _fit_loosely(fit: Fit, free: list[str], names: Names) -> None:
    """Other spellings and single letters, for the roles that are still open."""
    for role, phrases, is_name in (
        ("given", names.given | names.preferred | names.given_others, is_given_name),
        ("family", names.family | names.family_others, is_family_name),
    ):
        if role in fit.roles:
            continue
        own = {"".join(phrase) for phrase in phrases}
        own |= names.given_parts if role == "given" else names.family_parts
        for word in list(free):
            if len(word) > 1 and (found := _loose_level(role, word, own, is_name(word))):
                fit.roles[role] = found
                free.remove(word)
                break
    for role, phrases in (("given", names.given | names.preferred), ("family", names.family), ("middle", names.middle)):
        letters = {phrase[0][0] for phrase in phrases}
        single = next((word for word in free if len(word) == 1 and word in letters), None)
        if role == "family" and single is not None and _may_be_a_name(free[free.index(single) + 1 :]):
            continue  # Dragan R. Djordjevich: the letter is a middle name's
        if single is not None and role not in fit.roles:
            partner = {"given": "family", "family": "given", "middle": "family"}[role]
            if partner in fit.roles:
                fit.roles[role] = Fitted("initial", single)
                free.remove(single)


def _may_be_a_name(after: list[str]) -> bool:
    return bool(after) and after[0] not in DECORATION and after[0] not in everyday_words() and len(after[0]) > 3


def _fit_letters_alone(fit: Fit, free: list[str], names: Names) -> None:
    """Initials alone, in the order in which they are said: M. L., or MGL in one word."""
    if fit.roles:
        return
    letters = free
    if len(free) == 1 and len(free[0]) in (2, 3) and free[0].isalpha():
        letters = list(free[0])
    if len(letters) not in (2, 3) or any(len(word) > 1 for word in letters):
        return
    given = {phrase[0][0] for phrase in names.given | names.preferred}
    family = {phrase[0][0] for phrase in names.family}
    between = {phrase[0][0] for phrase in names.middle} | {phrase[-1][0] for phrase in names.given if len(phrase) > 1}
    ends = {part[0] for part in names.family_parts}
    whole = len(letters) == 2 or letters[1] in between or (letters[1] in family and letters[2] in ends)
    if letters[0] in given and whole and letters[-1] in family | ends:
        fit.roles["given"] = Fitted("initial", letters[0])
        fit.roles["family"] = Fitted("initial", letters[-1])
        if len(letters) == 3:
            fit.roles["middle"] = Fitted("initial", letters[1])
        free.clear()


def _loose_level(role: str, word: str, own: set[str], is_name: bool) -> Fitted | None:
    for name in sorted(own):
        if len(word) > 2 and len(name) > 2 and sound_key(word) == sound_key(name):
            return Fitted("sounds alike", word, name)
        if role == "given" and len(word) > 2 and len(name) > len(word) + 1 and name.startswith(word) and not is_name:
            return Fitted("nickname", word, name)
        # A name of its own is another person, however near: Mario is not Maria.
        other = is_name or (role == "given" and bool(nicknames_of(word)))
        shorter = min(len(word), len(name))
        slips = 2 if shorter >= 7 else 1 if shorter >= 4 else 0
        if slips and not other and OSA.distance(word, name, score_cutoff=slips) <= slips:
            return Fitted("close spelling", word, name)
    return None


def _without_shown_parts(fit: Fit, free: list[str], names: Names) -> bool:
    """Takes the other parts of a double family name out of the words; True where every part is shown."""
    if "family" not in fit.roles or fit.roles["family"].words not in names.family_parts:
        return False
    others = names.family_parts - {fit.roles["family"].words}
    if not others <= set(free):
        return False
    for part in others:
        free.remove(part)
    fit.roles["family"] = Fitted("same", " ".join(sorted(names.family_parts)))
    return True


def _between(words: list[str], fit: Fit) -> tuple[str, ...]:
    """Words between the given and the family name, where both are shown in that order."""
    if not {"given", "family"} <= fit.roles.keys():
        return ()
    given, family = (_find(words, tuple(fit.roles[role].words.split())) for role in ("given", "family"))
    return tuple(words[given[0] + given[1] : family[0]]) if given and family else ()


_ROLE_BITS = {"given": 1, "family": 2, "middle": 4, "nickname": 8, "given letter": 16, "family letter": 32}


def fit_letters(letters: str, names: Names, town: str = "") -> Fit:
    """Cuts a handle with the client's own names; only a cut that explains every letter counts.

    `town` is a place that may stand beside the name (zabi.modesto).
    """
    fit = Fit()
    if len(letters) < 3 or len(letters) > LONGEST_HANDLE:
        return fit
    pieces: dict[str, str] = dict.fromkeys(DECORATION, "")
    fitted: dict[tuple[str, str], Fitted] = {}
    for role, level, phrase in reversed(_phrases(names)):
        piece = "".join(phrase)
        if piece not in letters:
            continue
        part = "nickname" if level == "nickname" else role
        if pieces.get(piece) and (level == "nickname" or (pieces[piece] == "family" and role != "family")):
            continue
        pieces[piece] = part
        respelled = level == "other spelling" or (level == "nickname" and not is_given_name(phrase[0]))
        own = _own(role, names) if respelled else ""
        fitted[part, piece] = Fitted(level, " ".join(phrase), own)
    for piece, name in _without_vowels(names).items():
        if piece in letters and piece not in pieces:
            pieces[piece] = "family"
            fitted["family", piece] = Fitted("close spelling", piece, name)
    for role, phrases in (("given", names.given | names.preferred), ("family", names.family), ("middle", names.middle)):
        for phrase in sorted(phrases, key=len):
            pieces.setdefault(phrase[0][0], f"{role} letter")
    if len(town) > 3:
        pieces.setdefault(town, "")
    usable = [(piece, role) for piece, role in pieces.items() if piece and piece in letters]
    initials = {phrase[0][0] for phrase in names.middle}
    usable += [(letter, "middle letter") for letter in initials if letter in letters]
    reached: list[dict[int, dict[str, str]]] = [{} for _ in range(len(letters) + 1)]
    reached[0][0] = {}
    for at in range(len(letters)):
        for mask, roles in reached[at].items():
            for piece, role in usable:
                if not letters.startswith(piece, at):
                    continue
                bit = _ROLE_BITS.get(role, 0)
                if bit and mask & bit:
                    continue
                following = reached[at + len(piece)]
                if mask | bit not in following:
                    following[mask | bit] = {**roles, role: piece} if bit else roles
    best = max(reached[-1].items(), key=lambda item: _value(item[0]), default=None)
    if best is None or _value(best[0]) < 4:
        return fit
    roles = best[1]
    for role in ("given", "family", "middle"):
        if role in roles:
            fit.roles[role] = fitted[role, roles[role]]
    if "given" not in fit.roles and "nickname" in roles:
        fit.roles["given"] = fitted["nickname", roles["nickname"]]
    for role in ("given", "family"):
        if role not in fit.roles and f"{role} letter" in roles:
            fit.roles[role] = Fitted("initial", roles[f"{role} letter"])
    return fit


def _without_vowels(names: Names) -> dict[str, str]:
    """Family names as handles shorten them, with the name: mflhi and mflh for maflahi."""
    found = {}
    for name in sorted({"".join(phrase) for phrase in names.family} | names.family_parts):
        bare = name[:1] + re.sub("[aeiou]", "", name[1:])
        for piece in (bare, bare + name[-1] if name[-1] in "aeiou" else bare):
            if len(piece) > 3 and len(piece) < len(name) - 1 and not is_family_name(piece):
                found[piece] = name
    return found


def _value(mask: int) -> int:
    """Which of several cuts says most: whole names before letters."""
    weights = {1: 6, 2: 6, 4: 2, 8: 4, 16: 1, 32: 1}
    return sum(weight for bit, weight in weights.items() if mask & bit)
