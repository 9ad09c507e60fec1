"""Compares words and handles with one client's names: which name each word stands for, and how well it fits.

Words are never cut into first and last name: the roles come from the client's record.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from demur.caseload.names import PARTICLES, Names, script_key, sound_key
from demur.caseload.profiles import DECORATION, LONGEST_HANDLE
from demur.caseload.tables import is_family_name, is_given_name, nicknames_of

LEVELS = ("same", "other name", "nickname", "sounds alike", "close spelling", "initial")
"""How a word can fit a name, best first."""

_LONGEST_PHRASE = 5


@dataclass(slots=True)
class Fit:
    """How the words of one source fit a client's names: role -> (level, words), and the words that fit nothing.

    `missing` says that part of a name of several words is not shown; `between` are words between given and family name.
    """

    roles: dict[str, tuple[str, str]] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)
    missing: bool = False
    between: tuple[str, ...] = ()


def fit_words(words: tuple[str, ...], names: Names, script: str = "") -> Fit:
    """Every word against every name of the client, in any order. `script` is the one that the words were written in."""
    fit = Fit()
    written = [word for word in words if not word.isdigit()]
    free = list(written)
    phrases: list[tuple[str, str, tuple[str, ...]]] = [
        *(("family", "same", phrase) for phrase in names.family),
        *(("given", "same", phrase) for phrase in names.given),
        *(("given", "same", phrase) for phrase in names.preferred),
        *(("middle", "same", phrase) for phrase in names.middle),
        *(("family", "same", (part,)) for part in names.family_parts),
        *(("given", "same", (part,)) for part in names.given_parts),
        *(("given", "nickname", tuple(nick.split())) for nick in names.nicknames),
    ]
    ranks = {"same": 0, "nickname": 1}
    phrases.sort(key=lambda phrase: (ranks[phrase[1]], -len(phrase[2]), phrase[0], phrase[2]))
    for role, level, phrase in phrases:
        if role not in fit.roles and (found := _find(free, phrase)):
            at, length = found
            fit.roles[role] = (level, " ".join(phrase))
            free[at : at + length] = []
    _fit_other_names(fit, free, names)
    if len(free) == 1 and len(words) == 1 and len(free[0]) > 5:
        inside = fit_letters(free[0], names)
        if {"given", "family"} <= inside.roles.keys():
            return inside
    if script or names.script:
        _fit_script(fit, free, names, script or names.script)
    _fit_loosely(fit, free, names)
    _fit_two_letters(fit, free, names)
    shown_parts = _without_shown_parts(fit, free, names)
    for role, parts in (("family", names.family_parts), ("given", names.given_parts)):
        if role in fit.roles and fit.roles[role][1] in parts:
            fit.missing = role == "given" or not shown_parts
    fit.between = _between(written, fit)
    fit.rest = [word for word in free if len(word) > 1 and word not in DECORATION and word not in PARTICLES]
    return fit


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
    for phrase in sorted(names.others, key=lambda phrase: (-len(phrase), phrase)):
        if (found := _find(free, phrase)) and not {"given", "family"} <= fit.roles.keys():
            at, length = found
            free[at : at + length] = []
            if len(phrase) > 1:
                fit.roles.setdefault("given", ("other name", phrase[0]))
                fit.roles.setdefault("family", ("other name", phrase[-1]))
            else:
                fit.roles.setdefault("family" if "given" in fit.roles else "given", ("other name", phrase[0]))
        elif len(phrase) > 1 and phrase[-1] in free and "family" not in fit.roles:
            free.remove(phrase[-1])  # a former family name
            fit.roles["family"] = ("other name", phrase[-1])


def _fit_script(fit: Fit, free: list[str], names: Names, script: str) -> None:
    """Names spelled letter by letter out of another script; a name may be several of its syllables."""
    for role, phrases in (("family", names.family), ("given", names.given | names.preferred)):
        if role in fit.roles:
            continue
        keys = {key for phrase in phrases if len(key := script_key(script, "".join(phrase))) > 1}
        runs = [(at, length) for length in (3, 2, 1) for at in range(len(free) - length + 1)]
        for at, length in runs:
            written = "".join(free[at : at + length])
            if script_key(script, written) in keys:
                fit.roles[role] = ("sounds alike", written)
                free[at : at + length] = []
                break


def _fit_loosely(fit: Fit, free: list[str], names: Names) -> None:
    """Other spellings and single letters, for the roles that are still open."""
    for role, phrases, is_name in (
        ("given", names.given | names.preferred, is_given_name),
        ("family", names.family, is_family_name),
    ):
        if role in fit.roles:
            continue
        own = {"".join(phrase) for phrase in phrases}
        own |= names.given_parts if role == "given" else names.family_parts
        for word in list(free):
            if len(word) > 1 and (level := _loose_level(role, word, own, is_name(word))):
                fit.roles[role] = (level, word)
                free.remove(word)
                break
    for role, phrases in (("given", names.given | names.preferred), ("family", names.family), ("middle", names.middle)):
        letters = {phrase[0][0] for phrase in phrases}
        single = next((word for word in free if len(word) == 1 and word in letters), None)
        if single is not None and role not in fit.roles:
            partner = {"given": "family", "family": "given", "middle": "family"}[role]
            if partner in fit.roles:
                fit.roles[role] = ("initial", single)
                free.remove(single)


def _fit_two_letters(fit: Fit, free: list[str], names: Names) -> None:
    """Initials alone, in the order in which they are said."""
    if fit.roles or len(free) != 2 or any(len(word) > 1 for word in free):
        return
    given = {phrase[0][0] for phrase in names.given | names.preferred}
    family = {phrase[0][0] for phrase in names.family}
    if free[0] in given and free[1] in family:
        fit.roles["given"], fit.roles["family"] = ("initial", free[0]), ("initial", free[1])
        free.clear()


def _loose_level(role: str, word: str, own: set[str], is_name: bool) -> str:
    for name in sorted(own):
        if len(word) > 2 and len(name) > 2 and sound_key(word) == sound_key(name):
            return "sounds alike"
        # A name of its own is another person, however near: Mario is not Maria.
        other = is_name or (role == "given" and bool(nicknames_of(word)))
        shorter = min(len(word), len(name))
        slips = 2 if shorter >= 7 else 1 if shorter >= 4 else 0
        if slips and not other and OSA.distance(word, name, score_cutoff=slips) <= slips:
            return "close spelling"
    return ""


def _without_shown_parts(fit: Fit, free: list[str], names: Names) -> bool:
    """Takes the other parts of a double family name out of the words; True where every part is shown."""
    if "family" not in fit.roles or fit.roles["family"][1] not in names.family_parts:
        return False
    others = names.family_parts - {fit.roles["family"][1]}
    if not others <= set(free):
        return False
    for part in others:
        free.remove(part)
    fit.roles["family"] = ("same", " ".join(sorted(names.family_parts)))
    return True


def _between(words: list[str], fit: Fit) -> tuple[str, ...]:
    """Words between the given and the family name, where both are shown in that order."""
    if not {"given", "family"} <= fit.roles.keys():
        return ()
    given, family = (_find(words, tuple(fit.roles[role][1].split())) for role in ("given", "family"))
    return tuple(words[given[0] + given[1] : family[0]]) if given and family else ()


_ROLE_BITS = {"given": 1, "family": 2, "middle": 4, "nickname": 8, "given letter": 16, "family letter": 32}


def fit_letters(letters: str, names: Names) -> Fit:
    """Cuts a handle with the client's own names; only a cut that explains every letter counts."""
    fit = Fit()
    if len(letters) < 3 or len(letters) > LONGEST_HANDLE:
        return fit
    pieces: dict[str, str] = dict.fromkeys(DECORATION, "")
    spelled: dict[str, str] = {}
    for role, phrases in (("middle", names.middle), ("given", names.given | names.preferred), ("family", names.family)):
        for phrase in sorted(phrases, key=len):
            pieces["".join(phrase)] = role
            spelled["".join(phrase)] = " ".join(phrase)
            if role != "middle":
                pieces.setdefault(phrase[0][0], f"{role} letter")
    for nick in names.nicknames:
        pieces.setdefault(nick.replace(" ", ""), "nickname")
    for part in names.given_parts:
        pieces[part] = "given"
    for part in names.family_parts:
        pieces[part] = "family"
    initials = {phrase[0][0] for phrase in names.middle}
    usable = [(piece, role) for piece, role in pieces.items() if piece and piece in letters]
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
            fit.roles[role] = ("same", spelled.get(roles[role], roles[role]))
    if "given" not in fit.roles and "nickname" in roles:
        fit.roles["given"] = ("nickname", roles["nickname"])
    for role in ("given", "family"):
        if role not in fit.roles and f"{role} letter" in roles:
            fit.roles[role] = ("initial", roles[f"{role} letter"])
    return fit


def _value(mask: int) -> int:
    """Which of several cuts says most: whole names before letters."""
    weights = {1: 6, 2: 6, 4: 2, 8: 4, 16: 1, 32: 1}
    return sum(weight for bit, weight in weights.items() if mask & bit)
