"""Weighs whether a profile may belong to somebody on the caseload, and shows every piece of evidence.

The scoring is Fellegi and Sunter's: each field adds log2(how often it agrees for the same person / for two people).
Names weigh by how rare they are in public tables, never in the caseload, so a weight tells nothing about the list.
Names in a profile are never cut into first and last: the roles come from the client's record. A score alone can't
tell a match from a namesake, so a match also needs a name that hardly anybody else around has, or something more
than a name. Mutual connections are no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from math import log2

from rapidfuzz.distance import OSA

from demur.caseload.index import GIVEN_KINDS, CaseloadIndex, Kind, deletions, phone_digits, plain_handle
from demur.caseload.names import (
    PARTICLES,
    SUFFIXES,
    TITLES,
    Names,
    family_share,
    fold,
    given_share,
    is_listed_family,
    is_listed_given,
    nicknames_of,
    ordinary_words,
    sound_key,
    word_spans,
    words_of,
)
from demur.core.accounts import Profile
from demur.core.matches import Comparison, Level, Match
from demur.core.people import Caseload, Client

REGIONAL_POPULATION = 500_000
PRIOR = -7.0
MAXIMUM_MATCHES = 3

_SAME_EMAIL, _SAME_PHONE, _SAME_HANDLE, _LIKE_HANDLE = 13.0, 11.0, 13.0, 9.0
_SAME_BIRTH_DATE, _SAME_YEAR, _SAME_DAY, _SAME_SHORT_YEAR, _SAME_AGE, _SAME_CITY = 11.0, 6.0, 6.0, 4.0, 3.0, 3.0
_OTHER_YEAR, _OTHER_SHORT_YEAR, _OTHER_AGE, _OTHER_SUFFIX, _OTHER_GIVEN, _OTHER_FAMILY = (
    -12.0,
    -6.0,
    -8.0,
    -8.0,
    -9.0,
    -6.0,
)
_OTHER_CITY, _OTHER_CITY_RARE_NAME, _UNEXPLAINED, _OTHER_MIDDLE, _OTHER_PART = -3.0, -2.0, -1.5, -3.0, -4.0
_NICKNAME, _CLOSE, _SOUNDS, _FROM_HANDLE = -2.0, -3.0, -3.5, -1.0
_INITIAL_BITS = 2.0
_INITIAL_SHARE = 0.06
_MOST_NAME_BITS, _LEAST_NAME_BITS = 11.0, 4.0
_COMMUNITY = 4.0
"""Given and family names go together by community: common pairs are about four times as frequent as by chance."""

_LONGEST_NAME, _LONGEST_HANDLE, _LONGEST_TEXT = 200, 64, 10_000
_DECORATION = frozenset(
    {"its", "the", "real", "official", "im", "i", "am", "xo", "xx", "xoxo", "lil", "big", "just", "not", "ur",
     "your", "my", "a", "hey", "hello", "hi", "mom", "mama", "mami", "papi", "dad", "lady", "queen", "king",
     "princess", "baby", "babe", "iam", "thats", "only", "one", "and", "co", "tv", "ig", "fb", "tiktok", "art",
     "music", "lcsw", "lmft", "msw", "rn", "phd", "md", "mba", "esq", "soy", "la", "el", "yo", "x", "of", "to", "in",
     "for", "de", "with"}
    | TITLES
)  # fmt: skip
_INTRODUCES = re.compile(
    r"\b(?:it'?s|its|this is|i'?m|i am|my name is|name'?s|soy|me llamo|mi nombre es|aqui|habla)\s+"
    r"([a-z'-]{2,30}(?: [a-z'-]{1,30}){0,2})"
)
_BORN = re.compile(r"(?:\bborn(?: in)?|\bb\.|\bnac(?:i|ida|ido) en)\s{0,3}((?:19|20)[0-9]{2})\b")
_CLASS_OF = re.compile(r"\bclass of\s{1,3}((?:19|20)[0-9]{2})\b")
_BORN_SHORT = re.compile(r"'([0-9]{2})\s(?:baby|babies|til)|\b([0-9]{2})'?s baby")
_AGE = re.compile(
    r"\b([1-9][0-9])\s{0,2}(?:yo\b|y/o|yrs?\b|years? old|years? young|anos\b)"
    r"|\b(?:age|aged|turning)\s{1,2}([1-9][0-9])\b"
)
_AGE_ALONE = re.compile(r"(?:^|[|,\n])\s{0,3}([1-9][0-9])\s{0,3}(?=$|[|,\n])")
_DAY = re.compile(r"\b([0-9]{1,4})[/.-]([0-9]{1,2})[/.-]([0-9]{2,4})\b")
_AT_HANDLE = re.compile(r"@([a-z0-9_][a-z0-9_.-]{1,40})")
_EMAIL = re.compile(r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,100}")
_PHONE = re.compile(r"[0-9][0-9 ().+-]{5,20}[0-9]")
_LEET = str.maketrans("0134578", "oieastb")


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a profile and its message show, read once for all clients."""

    words: tuple[str, ...]
    suffix: str
    introduced: tuple[str, ...]
    handle: str
    handle_letters: str
    numbers: tuple[str, ...]
    local_letters: str
    local_numbers: tuple[str, ...]
    bio_words: tuple[str, ...]
    years: tuple[int, ...]
    short_years: tuple[int, ...]
    classes: tuple[int, ...]
    ages: tuple[int, ...]
    days: tuple[str, ...]
    city: str
    bio: str
    emails: frozenset[str]
    phones: frozenset[str]
    other_handles: frozenset[str]


@dataclass(slots=True)
class _Fit:
    """How the words of one source fit a client's names: role -> (level, word), and the words that fit nothing.

    `missing` says that part of a name of several words is not shown.
    """

    roles: dict[str, tuple[str, str]] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)
    missing: bool = False


def match_profile(
    caseload: CaseloadIndex | Caseload,
    profile: Profile,
    message: str,
    today: date,
    regional_population: int = REGIONAL_POPULATION,
) -> tuple[Match, ...]:
    """Clients whom a profile may belong to, best first, at most three; empty where nobody fits.

    `regional_population` is how many people live where the clients do. Never raises, whatever the profile holds.
    """
    index = caseload if isinstance(caseload, CaseloadIndex) else CaseloadIndex.build(caseload)
    shown = _read(profile, message, today)
    in_bio = _whole_names_in(index, shown.bio_words)
    scored = [
        match
        for position in sorted(_candidates(index, shown) | in_bio)
        if (match := _score(index, position, shown, position in in_bio, today, regional_population)) is not None
    ]
    scored.sort(key=lambda match: (match.level is not Level.MATCH, -match.bits, match.client.client_id))
    if len(scored) > 1 and scored[0].level is Level.MATCH and scored[1].bits > scored[0].bits - 2:
        # Two clients fit about as well: to name one of them would be a guess.
        close = scored[0].bits - 2
        tie = Comparison("other client", "tie", 0.0, "Somebody else on your caseload fits about as well.")
        scored = [
            replace(match, level=Level.POSSIBLE, comparisons=(*match.comparisons, tie)) if match.bits > close else match
            for match in scored
        ]
        scored.sort(key=lambda match: (match.level is not Level.MATCH, -match.bits, match.client.client_id))
    return tuple(scored[:MAXIMUM_MATCHES])


# --- reading a profile -------------------------------------------------------------------------------------------


def _read(profile: Profile, message: str, today: date) -> _Shown:
    words = _display_words(profile.display_name[:_LONGEST_NAME])
    suffix = next((SUFFIXES[word] for word in reversed(words[1:]) if word in SUFFIXES), "")
    handle = plain_handle(profile.handle[: 4 * _LONGEST_HANDLE])[:_LONGEST_HANDLE]
    letters, numbers = _letters_and_numbers(handle)
    email = fold(profile.email[:_LONGEST_NAME].strip()).text
    local_letters, local_numbers = _letters_and_numbers(
        email.partition("@")[0][:_LONGEST_HANDLE] if "@" in email else ""
    )
    bio = _flat(profile.bio)
    said = _flat(message)
    both = f"{bio}\n{said}"
    introduced: tuple[str, ...] = ()
    if found := _INTRODUCES.search(said):
        introduced = tuple(word for word in words_of(found[1]) if word not in _DECORATION)[:3]
    emails = {email} if "@" in email else set()
    emails |= {address.rstrip(".-") for address in _EMAIL.findall(both)}
    phones = {phone_digits(profile.phone[:_LONGEST_NAME])} | {phone_digits(number) for number in _PHONE.findall(both)}
    current = range(1900, today.year + 1)
    return _Shown(
        words=tuple(word for word in words if word not in SUFFIXES),
        suffix=suffix,
        introduced=introduced,
        handle=handle,
        handle_letters=letters,
        numbers=(*numbers, *(word for word in words if word.isdigit())),
        local_letters=local_letters,
        local_numbers=local_numbers,
        bio_words=words_of(bio),
        years=tuple(year for text in _BORN.findall(both) if (year := int(text)) in current),
        short_years=tuple(int(first or second) for first, second in _BORN_SHORT.findall(bio)),
        classes=tuple(int(year) for year in _CLASS_OF.findall(bio)),
        ages=(
            *(int(first or second) for first, second in _AGE.findall(both)),
            *(int(age) for age in _AGE_ALONE.findall(bio)),
        ),
        days=tuple("/".join(parts) for parts in _DAY.findall(both)),
        city=_city(profile.city[:_LONGEST_NAME]),
        bio=f" {' '.join(words_of(bio))} ",
        emails=frozenset(emails),
        phones=frozenset(digits for digits in phones if 7 <= len(digits) <= 15),
        other_handles=frozenset(
            other.rstrip(".-") for other in _AT_HANDLE.findall(f"{bio}\n{_flat(profile.display_name)}")
        ),
    )


def _flat(text: str) -> str:
    """Folded, with line breaks and bullets kept apart from spaces."""
    plain = text[:_LONGEST_TEXT]
    for mark in "•·▪◦‖｜":
        plain = plain.replace(mark, "|")
    return "\n".join(fold(line).text for line in plain.splitlines())


def _city(city: str) -> str:
    return " ".join(words_of(city.split(",")[0]))


def _display_words(name: str) -> list[str]:
    """The words of a display name; spaced letters joined, drawn-out ones cut, digits inside read as letters."""
    spread = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", name) if " " not in name.strip() else name
    folded = fold(spread).text
    words, _, _ = word_spans(folded)
    joined: list[str] = []
    single: list[str] = []
    for word in [*words, ""]:
        if len(word) == 1 and word.isalpha():
            single.append(word)
            continue
        if len(single) > 2:
            joined.append("".join(single))
        else:
            joined += single
        single = []
        if word:
            joined.append(word)
    plain = [word if word.isdigit() else re.sub(r"([a-z])\1{2,}", r"\1", word.translate(_LEET)) for word in joined]
    while len(plain) > 1 and plain[0] in TITLES:
        plain = plain[1:]
    return plain[:12]


def _letters_and_numbers(handle: str) -> tuple[str, tuple[str, ...]]:
    words = words_of(handle)
    letters = "".join(word.translate(_LEET) for word in words if not word.isdigit())
    return letters, tuple(word for word in words if word.isdigit())


def _candidates(index: CaseloadIndex, shown: _Shown) -> set[int]:
    """Clients who share at least a word, a sound, a near spelling or a contact with a profile."""
    found: set[int] = set()
    for word in {*shown.words, *shown.introduced, "".join(shown.words)}:
        found |= index.by_word.get(word, set())
        if len(word) > 2:
            found |= index.by_sound.get(sound_key(word), set())
        if 3 < len(word) <= 24:
            for shorter in deletions(word):
                for near in index.near.get(shorter, ()):
                    found |= index.by_word.get(near, set())
    for letters in (shown.handle_letters, shown.local_letters, "".join(shown.words)):
        for part, _, _ in index.inside_handles.find_matches_as_indexes(letters, overlapping=True):
            found |= index.by_word[index.parts[part]]
    for email in shown.emails:
        found |= index.emails.get(email, set())
    for phone in shown.phones:
        found |= index.phones.get(phone, set())
    for handle in (shown.handle, *shown.other_handles):
        found |= index.exact_handles.get(handle, set())
        found |= index.loose_handles.get(_loose(handle), set())
    return found


def _loose(handle: str) -> str:
    return "".join(words_of(handle))


def _whole_names_in(index: CaseloadIndex, words: tuple[str, ...]) -> set[int]:
    """Clients whose given and family name stand side by side in a text."""
    found: set[int] = set()
    for number in range(len(words) - 1):
        given = index.form(words[number : number + 1], GIVEN_KINDS)
        if given:
            family = index.form(words[number + 1 : number + 2], (Kind.FAMILY,))
            if not family and number + 2 < len(words):
                family = index.form(words[number + 1 : number + 3], (Kind.FAMILY,))
            found |= given & family
    return found


# --- weighing one client -------------------------------------------------------------------------------------------


def _score(
    index: CaseloadIndex, position: int, shown: _Shown, in_bio: bool, today: date, regional_population: int
) -> Match | None:
    client, names = index.clients[position], index.names[position]
    evidence: list[Comparison] = []
    display = _fit_words(shown.words, names)
    said = _fit_words(shown.introduced, names)
    own_handle, like_handle = _handle_evidence(client, shown, evidence)
    contact = _contact_evidence(client, shown, evidence)
    # A handle or address that is already the client's own says nothing more by the names inside it.
    handle = _Fit() if own_handle or like_handle else _fit_letters(shown.handle_letters, names)
    local = _Fit() if contact else _fit_letters(shown.local_letters, names)
    bio = _Fit()
    if in_bio:
        bio = _fit_words(shown.bio_words[:400], names)
        bio = _Fit({role: fit for role, fit in bio.roles.items() if fit[0] in ("same", "nickname")})

    sources = (
        ("display name", display),
        ("message", said),
        ("handle", handle),
        ("e-mail address", local),
        ("bio", bio),
    )
    given = _best("given", sources)
    family = _best("family", sources)
    if family is not None and family[0] == "initial" and given is not None and given[0] == "initial":
        given = family = None  # two letters fit too many people
    given_share_shown = _add_given(given, names, evidence)
    family_share_shown = _add_family(family, evidence)
    whole = given is not None and family is not None
    if display.roles.get("given") and display.roles.get("family") and {"given", "family"} <= handle.roles.keys():
        evidence.append(Comparison("handle", "repeats", 1.0, "The handle repeats the name."))
    middle = _middle_evidence(client, names, display, whole, evidence)
    clash = _clashes(display, given, family, bool(handle.roles or local.roles), evidence)
    if given is not None and given[2] == "bio" and not display.roles:
        clash = clash or bool(shown.words)

    suffix_clash = _suffix_evidence(names, shown, family, evidence)
    named = bool(handle.roles or display.roles)
    year = _birth_evidence(client, shown, named, bool(local.roles), today, evidence)
    city = _city_evidence(client, shown, family_share_shown, evidence)

    evidence.sort(key=lambda comparison: -abs(comparison.bits))
    namesakes = 0.0
    if whole:
        namesakes = regional_population * given_share_shown * family_share_shown
        if given_share_shown > 1e-4 and family_share_shown > 1e-4:
            namesakes *= _COMMUNITY
        if namesakes >= 1:
            evidence.append(Comparison("namesakes", "several", 0.0, _namesakes_sentence(namesakes)))
    evidence.append(Comparison("prior", "most requests", PRIOR, "Most requests come from people you don't serve."))
    bits = round(sum(comparison.bits for comparison in evidence), 1)

    against = clash or suffix_clash or any(comparison.bits <= -5 for comparison in evidence[:-1])
    level = Level.NONE
    if own_handle:
        level = Level.MATCH
    elif contact:
        fits = given is not None or family is not None or not shown.words
        other_person = clash or (bool(shown.words) and not display.roles and not handle.roles and not said.roles)
        level = (
            Level.MATCH
            if fits and not against and not other_person and not _family_only(given, shown)
            else Level.POSSIBLE
        )
    elif bits >= 0 and (like_handle or _enough(given, family, year, city, names, shown, family_share_shown)):
        level = Level.POSSIBLE
        initial = whole and "initial" in (given[0] if given else "", family[0] if family else "")
        from_bio = given is not None and given[2] == "bio"
        if whole and not against and not from_bio and (year or middle or (namesakes < 1 and not initial)):
            level = Level.MATCH
    return None if level is Level.NONE else Match(client, level, bits, tuple(evidence))


def _family_only(given: tuple[str, str, str] | None, shown: _Shown) -> bool:
    """Whether a profile shows names, but no given name of the client."""
    return given is None and bool(shown.words)


def _enough(
    given: tuple[str, str, str] | None,
    family: tuple[str, str, str] | None,
    year: bool,
    city: bool,
    names: Names,
    shown: _Shown,
    family_share_shown: float,
) -> bool:
    """Whether what fits is enough to ask at all: one name alone is somebody else almost every time."""
    if given is not None and family is not None:
        return True
    if given is not None:
        mononym = not names.family and len(shown.words) == 1
        return given[0] != "initial" and (year or city or mononym)
    if family is not None:
        return family[0] == "same" and (year or city or family_share_shown < 1e-4)
    return False


def _fit_words(words: tuple[str, ...], names: Names) -> _Fit:
    """Every word against every name of the client, in any order; the roles come from the client's side."""
    fit = _Fit()
    free = [word for word in words if not word.isdigit()]
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
        if role not in fit.roles and (at := _find(free, phrase)) >= 0:
            fit.roles[role] = (level, "".join(phrase))
            free[at : at + len(phrase)] = []
    for phrase in sorted(names.others, key=lambda phrase: (-len(phrase), phrase)):
        if (at := _find(free, phrase)) >= 0 and not {"given", "family"} <= fit.roles.keys():
            free[at : at + len(phrase)] = []
            if len(phrase) > 1:
                fit.roles.setdefault("given", ("other name", phrase[0]))
                fit.roles.setdefault("family", ("other name", phrase[-1]))
            else:
                fit.roles.setdefault("family" if "given" in fit.roles else "given", ("other name", phrase[0]))
        elif len(phrase) > 1 and phrase[-1] in free and "family" not in fit.roles:
            free.remove(phrase[-1])  # a former family name
            fit.roles["family"] = ("other name", phrase[-1])
    if len(free) == 1 and len(words) == 1 and len(free[0]) > 5:
        inside = _fit_letters(free[0], names)
        if {"given", "family"} <= inside.roles.keys():
            return inside
    _fit_loosely(fit, free, names)
    for role, parts in (("family", names.family_parts), ("given", names.given_parts)):
        if role in fit.roles and fit.roles[role][1] in parts:
            fit.missing = True
    fit.rest = [word for word in free if len(word) > 1 and word not in _DECORATION and word not in PARTICLES]
    return fit


def _find(words: list[str], phrase: tuple[str, ...]) -> int:
    for at in range(len(words) - len(phrase) + 1):
        if tuple(words[at : at + len(phrase)]) == phrase:
            return at
    return -1


def _fit_loosely(fit: _Fit, free: list[str], names: Names) -> None:
    """Other spellings and single letters, for the roles that are still open."""
    for role, phrases, listed in (
        ("given", names.given | names.preferred, is_listed_given),
        ("family", names.family, is_listed_family),
    ):
        if role in fit.roles:
            continue
        own = {"".join(phrase) for phrase in phrases}
        own |= names.given_parts if role == "given" else names.family_parts
        for word in list(free):
            if len(word) == 1:
                continue
            level = ""
            for name in sorted(own):
                if len(word) > 2 and len(name) > 2 and sound_key(word) == sound_key(name):
                    level = "sounds alike"
                    break
                # A name of its own is another person, however near: Mario is not Maria.
                other = listed(word) or (role == "given" and bool(nicknames_of(word)))
                shorter = min(len(word), len(name))
                slips = 2 if shorter >= 7 else 1 if shorter >= 4 else 0
                if slips and not other and OSA.distance(word, name, score_cutoff=slips) <= slips:
                    level = "close spelling"
                    break
            if level:
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


_ROLE_BITS = {"given": 1, "family": 2, "middle": 4, "nickname": 8, "given letter": 16, "family letter": 32}


def _fit_letters(letters: str, names: Names) -> _Fit:
    """Cuts a handle with the client's own names; only a cut that explains every letter counts."""
    fit = _Fit()
    if len(letters) < 3 or len(letters) > _LONGEST_HANDLE:
        return fit
    pieces: dict[str, str] = dict.fromkeys(_DECORATION, "")
    for role, phrases in (("middle", names.middle), ("given", names.given | names.preferred), ("family", names.family)):
        for phrase in phrases:
            pieces["".join(phrase)] = role
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
            fit.roles[role] = ("same", roles[role])
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


def _best(role: str, sources: Iterable[tuple[str, _Fit]]) -> tuple[str, str, str] | None:
    """Level, word and source of the best fit for a role; earlier sources win ties."""
    order = ("same", "other name", "nickname", "sounds alike", "close spelling", "initial")
    fits = [(order.index(fit.roles[role][0]), *fit.roles[role], source) for source, fit in sources if role in fit.roles]
    return min(fits, key=lambda found: found[0])[1:] if fits else None


def _name_bits(share: float) -> float:
    return max(_LEAST_NAME_BITS, min(_MOST_NAME_BITS, -log2(share)))


_LEVEL_BITS = {
    "same": 0.0,
    "other name": -0.5,
    "nickname": _NICKNAME,
    "close spelling": _CLOSE,
    "sounds alike": _SOUNDS,
}


def _add_given(given: tuple[str, str, str] | None, names: Names, evidence: list[Comparison]) -> float:
    """The share of people with the given name that is shown, as far as it fits."""
    if given is None:
        return 1.0
    level, word, source = given
    if level == "initial":
        evidence.append(Comparison("given name", level, _INITIAL_BITS, "The first letter of the given name fits."))
        return _INITIAL_SHARE
    share = given_share(word)
    if level == "nickname":
        formal = {"".join(phrase) for phrase in names.given}
        share = max(share, *(given_share(name) for name in formal)) if formal else share
    bits = _name_bits(share) + _LEVEL_BITS[level] + (_FROM_HANDLE if source in ("handle", "e-mail address") else 0.0)
    says = {
        "same": "Given name is the same.",
        "other name": "Given name is one they also go by.",
        "nickname": "Given name is a short form of the same name.",
        "close spelling": "Given name is spelled almost the same.",
        "sounds alike": "Given name sounds the same.",
    }[level]
    if level == "same" and not is_listed_given(word):
        says = "Given name is rare and the same."
    evidence.append(Comparison("given name", level, round(bits, 1), _from(source, says)))
    return share * (8 if level in ("close spelling", "sounds alike") else 1)


def _add_family(family: tuple[str, str, str] | None, evidence: list[Comparison]) -> float:
    """The share of people with the family name that is shown, as far as it fits."""
    if family is None:
        return 1.0
    level, word, source = family
    if level == "initial":
        evidence.append(Comparison("family name", level, _INITIAL_BITS, "The first letter of the family name fits."))
        return _INITIAL_SHARE
    share = family_share(word)
    bits = _name_bits(share) + _LEVEL_BITS[level] + (_FROM_HANDLE if source in ("handle", "e-mail address") else 0.0)
    rare = not is_listed_family(word)
    says = {
        "same": "Family name is rare and the same." if rare else "Family name is the same, and a common one.",
        "other name": "Family name is one they also go by.",
        "close spelling": "Family name is spelled almost the same.",
        "sounds alike": "Family name sounds the same.",
    }[level]
    evidence.append(Comparison("family name", level, round(bits, 1), _from(source, says)))
    return share * (8 if level in ("close spelling", "sounds alike") else 1)


def _from(source: str, says: str) -> str:
    return says if source == "display name" else f"{says[:-1]}, in the {source}."


def _namesakes_sentence(namesakes: float) -> str:
    if namesakes < 2:
        return "Somebody else around here may well have this name."
    rounded = round(namesakes) if namesakes < 10 else round(namesakes, -1) if namesakes < 100 else round(namesakes, -2)
    return f"About {rounded:.0f} people around here may have this name."


def _middle_evidence(client: Client, names: Names, display: _Fit, whole: bool, evidence: list[Comparison]) -> bool:
    """Whether a whole middle name fits, which few namesakes share."""
    fits = display.roles.get("middle")
    if fits is not None and whole:
        if fits[0] == "initial":
            evidence.append(Comparison("middle name", "initial", 1.5, "The middle initial fits."))
            return False
        evidence.append(Comparison("middle name", "same", 4.0, "Middle name is the same."))
        return True
    if whole and client.middle_name and names.middle:
        letters = {phrase[0][0] for phrase in names.middle}
        if any(len(word) == 1 and word not in letters for word in display.rest):
            evidence.append(Comparison("middle name", "different", _OTHER_MIDDLE, "The middle initial is another."))
    return False


def _clashes(
    display: _Fit,
    given: tuple[str, str, str] | None,
    family: tuple[str, str, str] | None,
    elsewhere: bool,
    evidence: list[Comparison],
) -> bool:
    """Names in the profile that are not the client's. True where they make it another person's profile."""
    rest = [word for word in display.rest if len(word) > 1]
    if not rest:
        return False
    in_display = display.roles.keys()
    if "family" in in_display and "given" not in in_display:
        if all(_no_name(word) for word in rest):
            evidence.append(_unexplained(len(rest)))
            return False
        evidence.append(
            Comparison("given name", "different", _OTHER_GIVEN, "Given name is another: perhaps a relative.")
        )
        return True
    if "given" in in_display and "family" not in in_display and family is None:
        evidence.append(Comparison("family name", "different", _OTHER_FAMILY, "Family name is another."))
        return True
    if not in_display and given is None and family is None and any(is_listed_given(word) for word in rest):
        evidence.append(Comparison("name", "different", _OTHER_FAMILY, "The name shown is another."))
        return True
    if display.missing:
        evidence.append(
            Comparison("name", "different", _OTHER_PART, "One part of the name fits, the other is another.")
        )
        return True
    evidence.append(_unexplained(len(rest)))
    if in_display:
        return False
    # The display name says nothing of the client, only the handle or the address does.
    return not elsewhere or any(is_listed_given(word) and word not in ordinary_words() for word in rest)


_NO_NAMES = frozenset({"family", "familia", "house", "household", "team", "crew", "photography", "llc", "and", "sons"})


def _no_name(word: str) -> bool:
    return word in _NO_NAMES


def _unexplained(count: int) -> Comparison:
    says = "The profile shows another name beside it." if count == 1 else "The profile shows other names beside it."
    return Comparison("name", "unexplained", _UNEXPLAINED * min(count, 2), says)


def _suffix_evidence(
    names: Names, shown: _Shown, family: tuple[str, str, str] | None, evidence: list[Comparison]
) -> bool:
    if family is None or not shown.suffix or shown.suffix == names.suffix:
        return False
    if names.suffix:
        evidence.append(
            Comparison("suffix", "different", _OTHER_SUFFIX, "Junior and senior differ: perhaps a parent or a child.")
        )
        return True
    evidence.append(Comparison("suffix", "unknown", -1.0, "The profile says junior or senior; the caseload doesn't."))
    return False


def _handle_evidence(client: Client, shown: _Shown, evidence: list[Comparison]) -> tuple[bool, bool]:
    """Whether the profile's handle is the client's own, spelled the same; and whether it is nearly so."""
    own = {plain_handle(handle) for handle in client.handles} - {""}
    if shown.handle and shown.handle in own:
        evidence.append(Comparison("handle", "same", _SAME_HANDLE, "This is a handle they use."))
        return True, False
    loose = {_loose(handle) for handle in own} - {""}
    if shown.handle and _loose(shown.handle) in loose:
        evidence.append(
            Comparison("handle", "close spelling", _LIKE_HANDLE, "The handle is one they use, but for dots and dashes.")
        )
        return False, True
    if shown.other_handles & own:
        evidence.append(Comparison("handle", "mentioned", _LIKE_HANDLE, "The profile names a handle they use."))
    return False, False


def _contact_evidence(client: Client, shown: _Shown, evidence: list[Comparison]) -> bool:
    """Whether an e-mail address or phone number of the client stands in the profile or message."""
    found = False
    if client.email and fold(client.email.strip()).text in shown.emails:
        evidence.append(Comparison("email", "same", _SAME_EMAIL, "The e-mail address is the same."))
        found = True
    digits = phone_digits(client.phone)
    if len(digits) >= 7 and digits in shown.phones:
        evidence.append(Comparison("phone", "same", _SAME_PHONE, "The phone number is the same."))
        found = True
    return found


def _birth_evidence(
    client: Client, shown: _Shown, named: bool, local_named: bool, today: date, evidence: list[Comparison]
) -> bool:
    """Birth year, birthday or age. True where the year fits; all of it counts once."""
    born = client.date_of_birth
    if born is None:
        return False
    found: list[Comparison] = []
    written = {
        f"{born:%m/%d/%Y}", f"{born:%m/%d/%y}", f"{born:%Y/%m/%d}",
        f"{born.month}/{born.day}/{born.year}", f"{born.month}/{born.day}/{born:%y}",
    }  # fmt: skip
    if written & set(shown.days):
        found.append(Comparison("birth date", "same", _SAME_BIRTH_DATE, "The birth date is the same."))
    for number, where, ties in (
        *((number, "handle", named) for number in shown.numbers),
        *((number, "e-mail address", local_named) for number in shown.local_numbers),
    ):
        if (comparison := _number_evidence(number, where, born, ties, today)) is not None:
            found.append(comparison)
    for year in shown.years:
        found.append(_year_evidence(year, "The profile", born))
    for short in shown.short_years:
        if short == born.year % 100:
            found.append(
                Comparison("birth year", "same", _SAME_SHORT_YEAR, f"The profile says {short:02}; born {born.year}.")
            )
    if any(17 <= year - born.year <= 19 for year in shown.classes):
        found.append(Comparison("age", "same", _SAME_AGE, "The year they left school fits their age."))
    age = (today.year - born.year) - ((today.month, today.day) < (born.month, born.day))
    for shown_age in shown.ages:
        if abs(shown_age - age) <= 1:
            found.append(Comparison("age", "same", _SAME_AGE, f"The profile says {shown_age}; they are {age}."))
        elif abs(shown_age - age) > 3:
            found.append(Comparison("age", "different", _OTHER_AGE, f"The profile says {shown_age}; they are {age}."))
    found = [comparison for comparison in found if comparison.bits]
    if not found:
        return False
    best = max(found, key=lambda comparison: comparison.bits)
    worst = min(found, key=lambda comparison: comparison.bits)
    if best.bits > 0:
        evidence.append(best)
    if worst.bits < 0:
        evidence.append(worst)
    return best.bits >= _SAME_SHORT_YEAR and worst.bits >= 0


def _number_evidence(number: str, where: str, born: date, named: bool, today: date) -> Comparison | None:
    """A number at the end of a handle: a date, a day, a year, or nothing. It speaks against only beside the name."""
    if number in (f"{born:%m%d%Y}", f"{born:%Y%m%d}", f"{born:%m%d%y}", f"{born:%y%m%d}"):
        return Comparison("birth date", "same", _SAME_BIRTH_DATE, f"The {where} holds the birth date.")
    if len(number) == 4:
        if int(number) == born.year:
            return Comparison("birth year", "same", _SAME_YEAR, f"The {where} ends in {number}; born {born.year}.")
        if number == f"{born:%m%d}":
            return Comparison("birthday", "same", _SAME_DAY, f"The {where} holds the birthday.")
        if named and 1920 <= int(number) <= today.year - 13 and abs(int(number) - born.year) > 3:
            return Comparison(
                "birth year", "different", _OTHER_YEAR, f"The {where} ends in {number}; born {born.year}."
            )
    if len(number) == 2:
        apart = min(abs(century + int(number) - born.year) for century in (1900, 2000))
        if not apart:
            return Comparison(
                "birth year", "same", _SAME_SHORT_YEAR, f"The {where} ends in {number}; born {born.year}."
            )
        plausible = int(number) >= 30 or int(number) <= (today.year - 13) % 100
        if named and plausible and apart > 3:
            return Comparison(
                "birth year", "different", _OTHER_SHORT_YEAR, f"The {where} ends in {number}; born {born.year}."
            )
    return None


def _year_evidence(year: int, where: str, born: date) -> Comparison:
    apart = abs(year - born.year)
    if not apart:
        return Comparison("birth year", "same", _SAME_YEAR, f"{where} says {year}; born {born.year}.")
    if apart > 3:
        return Comparison("birth year", "different", _OTHER_YEAR, f"{where} says {year}; born {born.year}.")
    return Comparison("birth year", "near", 0.0, "")


def _city_evidence(client: Client, shown: _Shown, family_share_shown: float, evidence: list[Comparison]) -> bool:
    city = _city(client.city)
    if not city:
        return False
    if city == shown.city or f" {city} " in shown.bio:
        evidence.append(Comparison("city", "same", _SAME_CITY, "The city is the same."))
        return True
    if shown.city:
        # People move: another city says less where hardly anybody else has the name.
        bits = _OTHER_CITY_RARE_NAME if family_share_shown < 1e-4 else _OTHER_CITY
        evidence.append(Comparison("city", "different", bits, "The city is another; people move."))
    return False
