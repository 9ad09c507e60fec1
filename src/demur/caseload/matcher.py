"""Weighs whether a profile may belong to somebody on the caseload, and shows every piece of evidence.

The scoring is Fellegi and Sunter's: each field adds log2(how often it agrees for the same person / for two people).
Names weigh by how rare they are in public tables, never in the caseload, so a weight tells nothing about the list.
Names in a profile are never cut into first and last: the roles come from the client's record. A score alone can't
tell a match from a namesake, so a match also needs a name that hardly anybody else around has, or something more
than a name. Mutual connections are no evidence.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from demur.caseload.evidence import (
    SETTLES_AGAINST,
    Found,
    add_family,
    add_given,
    best,
    birth_evidence,
    calling_evidence,
    city_evidence,
    clashes,
    contact_evidence,
    handle_evidence,
    middle_evidence,
    name_share,
    namesakes_sentence,
    suffix_evidence,
)
from demur.caseload.fitting import Fit, fit_letters, fit_words
from demur.caseload.index import GIVEN_KINDS, CaseloadIndex, Kind, deletions
from demur.caseload.names import Names, script_key, sound_key
from demur.caseload.profiles import Shown, loose, read_profile, runs
from demur.caseload.tables import RARE, family_share, given_share
from demur.core.accounts import Profile
from demur.core.matches import Comparison, Level, Match
from demur.core.people import Caseload

REGIONAL_POPULATION = 500_000
PRIOR = -7.0
MAXIMUM_MATCHES = 3
_FEW_NAMESAKES = 0.1
"""Expected namesakes below which a person who shows another city may still be the client, moved."""


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
    shown = read_profile(profile, message, today)
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


def _candidates(index: CaseloadIndex, shown: Shown) -> set[int]:
    """Clients who share at least a word, a sound, a near spelling or a contact with a profile."""
    found: set[int] = set()
    for word in {*shown.words, *shown.introduced, *runs(shown.words)}:
        found |= index.by_word.get(word, set())
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
    for letters in (shown.handle_letters, shown.local_letters, "".join(shown.words)):
        for part, _, _ in index.inside_handles.find_matches_as_indexes(letters, overlapping=True):
            found |= index.by_word[index.parts[part]]
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
    index: CaseloadIndex, position: int, shown: Shown, in_bio: bool, today: date, regional_population: int
) -> Match | None:
    client, names = index.clients[position], index.names[position]
    evidence: list[Comparison] = []
    display = fit_words(shown.words, names, shown.script)
    said = fit_words(shown.introduced, names)
    own_handle, like_handle = handle_evidence(client, names, shown, evidence)
    contact = contact_evidence(client, shown, evidence)
    # A handle or address that is already the client's own says nothing more by the names inside it.
    handle = Fit() if own_handle or like_handle else fit_letters(shown.handle_letters, names)
    local = Fit() if contact else fit_letters(shown.local_letters, names)
    bio = Fit()
    if in_bio:
        bio = fit_words(shown.bio_words[:400], names)
        bio = Fit({role: fit for role, fit in bio.roles.items() if fit[0] in ("same", "nickname")})
    sources = (
        ("display name", display),
        ("message", said),
        ("handle", handle),
        ("e-mail address", local),
        ("bio", bio),
    )
    given = best("given", sources)
    family = best("family", sources)
    add_given(given, evidence)
    add_family(family, evidence)
    whole = given is not None and family is not None
    if display.roles.get("given") and display.roles.get("family") and {"given", "family"} <= handle.roles.keys():
        evidence.append(Comparison("handle", "repeats", 1.0, "The handle repeats the name."))
    namesakes = 0.0
    if given is not None and family is not None:
        namesakes = regional_population * name_share(given, family)
    middle = middle_evidence(client, names, display, whole, evidence)
    clash = clashes(display, given, family, bool(handle.roles or local.roles), evidence)
    if given is not None and given[2] == "bio" and not display.roles:
        clash = clash or bool(shown.words)
    suffix = suffix_evidence(names, shown, family, evidence)
    named = bool(handle.roles or display.roles)
    year = birth_evidence(client, shown, named, bool(local.roles), today, evidence)
    city, elsewhere = city_evidence(client, shown, family_share(family[1]) if family else 1.0, evidence)
    common = whole and namesakes >= _FEW_NAMESAKES
    calling = calling_evidence(shown, common, evidence)

    evidence.sort(key=lambda comparison: -abs(comparison.bits))
    contradicted = suffix == "different" or any(
        comparison.field in ("birth year", "age") and comparison.bits <= SETTLES_AGAINST for comparison in evidence
    )
    other_middle = any((found.field, found.level) == ("middle name", "different") for found in evidence)
    against = clash or bool(suffix) or any(comparison.bits <= -5 for comparison in evidence)
    if namesakes >= 1:
        evidence.append(Comparison("namesakes", "several", 0.0, namesakes_sentence(namesakes)))
    evidence.append(Comparison("prior", "most requests", PRIOR, "Most requests come from people you don't serve."))
    bits = round(sum(comparison.bits for comparison in evidence), 1)

    level = Level.NONE
    if own_handle:
        level = Level.MATCH
    elif contact:
        own_name = given is not None or not shown.words
        other_person = clash or (bool(shown.words) and not display.roles and not handle.roles and not said.roles)
        level = Level.MATCH if own_name and not against and not other_person else Level.POSSIBLE
    elif contradicted:
        level = Level.NONE
    elif like_handle:
        level = Level.POSSIBLE
    elif bits < 0:
        level = Level.NONE
    elif whole and common and (elsewhere or calling or other_middle) and not (year or middle):
        level = Level.NONE  # one of several namesakes, and this one lives or works elsewhere
    elif _enough(given, family, year, city, names, shown):
        initial = "initial" in ((given or [""])[0], (family or [""])[0])
        spelled_out = shown.of_somebody or (given is not None and given[2] == "bio")
        sure = year or middle or (namesakes < 1 and not elsewhere and not other_middle)
        level = Level.MATCH if whole and sure and not (against or initial or spelled_out) else Level.POSSIBLE
    return None if level is Level.NONE else Match(client, level, bits, tuple(evidence))


def _enough(given: Found | None, family: Found | None, year: bool, city: bool, names: Names, shown: Shown) -> bool:
    """Whether what fits is enough to ask at all: one name alone is somebody else almost every time."""
    if given is not None and family is not None:
        if given[0] == "initial":
            return year or city or (family[0] != "initial" and family_share(family[1]) < RARE)
        return family[0] != "initial" or year or city or given_share(given[1]) < RARE
    if given is not None:
        mononym = not names.family and len(shown.words) == 1
        return given[0] != "initial" and (year or city or mononym)
    if family is not None:
        return family[0] == "same" and (year or city or family_share(family[1]) < RARE)
    return False
