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

from demur.caseload.blocking import candidates
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
    perhaps_alone,
    suffix_evidence,
)
from demur.caseload.fitting import LEVELS, Fit, fit_letters, fit_words
from demur.caseload.index import GIVEN_KINDS, CaseloadIndex, Kind
from demur.caseload.names import Names
from demur.caseload.profiles import Shown, place_of, read_profile
from demur.caseload.tables import RARE, family_share, given_share, is_common_family
from demur.core.accounts import Profile
from demur.core.matches import Comparison, Level, Match
from demur.core.people import Caseload

REGIONAL_POPULATION = 500_000
PRIOR = -7.0
MAXIMUM_MATCHES = 3
_OF_THAT_GENERATION = 0.1
"""How many of those with a name write the same junior or senior after it, at most."""
_OF_THAT_INITIAL = 0.1
"""How many of those with a name have a middle name with the same first letter, at most."""


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
        for position in sorted(candidates(index, shown) | in_bio)
        if (match := _score(index, position, shown, position in in_bio, today, regional_population)) is not None
    ]
    scored.sort(key=lambda match: (match.level is not Level.MATCH, -match.bits, match.client.client_id))
    close = [match for match in scored if match.bits > scored[0].bits - 2]
    if len(close) > 1:
        # Two clients fit about as well: to name one of them alone would be a guess.
        tied = [
            replace(match, level=Level.POSSIBLE, comparisons=(*match.comparisons, _tie(match, close)))
            for match in close
        ]
        scored = [*tied, *(match for match in scored if match not in close)]
        scored.sort(key=lambda match: (match.level is not Level.MATCH, -match.bits, match.client.client_id))
    return tuple(scored[:MAXIMUM_MATCHES])


def _tie(match: Match, close: list[Match]) -> Comparison:
    """Says who else fits as well."""
    other = next(one.client for one in close if one is not match)
    name = other.full_name
    says = (
        f"{name} on your caseload fits about as well." if name else "Somebody else on your caseload fits about as well."
    )
    if name == match.client.full_name:
        says = f"Another {name} on your caseload fits about as well."
    return Comparison("other client", "tie", 0.0, says)


def _whole_names_in(index: CaseloadIndex, words: tuple[str, ...]) -> set[int]:
    """Clients whose given and family name stand side by side in a text."""
    found: set[int] = set()
    for number in range(len(words) - 1):
        for length in (1, 2):
            given = index.form(words[number : number + length], GIVEN_KINDS)
            if not given:
                continue
            rest = words[number + length : number + length + 2]
            family = index.form(rest[:1], (Kind.FAMILY,))
            if not family:
                family = index.form(rest, (Kind.FAMILY,))
                family |= index.form(rest[1:], (Kind.FAMILY,))  # a middle name between
            found |= given & family
    return found


# --- weighing one client -------------------------------------------------------------------------------------------


def _score(
    index: CaseloadIndex, position: int, shown: Shown, in_bio: bool, today: date, regional_population: int
) -> Match | None:
    client, names = index.clients[position], index.names[position]
    evidence: list[Comparison] = []
    town = "".join(place_of(client.city).town.split())
    display = max((fit_words(words, names, shown.script) for words in shown.readings), key=_how_well)
    display.rest = [word for word in display.rest if word != town]
    said = fit_words(shown.introduced, names)
    own_handle, like_handle = handle_evidence(client, names, shown, evidence)
    contact = contact_evidence(client, shown, evidence)
    # A handle or address that is already the client's own says nothing more by the names inside it.
    handle = Fit() if own_handle or like_handle else fit_letters(shown.handle_letters, names, town)
    local = Fit() if contact else fit_letters(shown.local_letters, names)
    bio = Fit()
    if in_bio:
        bio = fit_words(shown.bio_words[:400], names)
        bio = Fit({role: fit for role, fit in bio.roles.items() if fit.level in ("same", "nickname")})
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
    suffix = suffix_evidence(names, shown, family, evidence)
    middle = middle_evidence(client, names, display, whole, shown.together, evidence)
    if whole and not middle and (_also_called(given, bio) or _once_named(names, shown, family)):
        evidence.append(Comparison("name", "second", 4.0, "The profile gives their other name too."))
        middle = True
    initial = any((found.field, found.level) == ("middle name", "initial") for found in evidence)
    clash = clashes(display, given, family, bool(handle.roles or local.roles), evidence)
    if given is not None and given.source == "bio" and not display.roles and shown.words:
        clash = clash or "beside"
    named = bool(handle.roles or display.roles)
    year = birth_evidence(client, shown, named, bool(local.roles), today, evidence)
    city, elsewhere = city_evidence(client, shown, family_share(family.words) if family else 1.0, evidence)
    namesakes, alone = 0.0, True
    if given is not None and family is not None:
        people = regional_population * (_OF_THAT_GENERATION if suffix == "same" else 1.0)
        people *= _OF_THAT_INITIAL if initial else 1.0
        namesakes = people * name_share(given, family)
        alone = perhaps_alone(given, family, people)
    common = whole and not alone
    calling = calling_evidence(shown, common, evidence)

    evidence.sort(key=lambda comparison: -abs(comparison.bits))
    contradicted = suffix == "different" or any(
        comparison.field in ("birth year", "age") and comparison.bits <= SETTLES_AGAINST for comparison in evidence
    )
    if suffix == "unknown" and any(found.field in ("birth year", "age") and found.bits < 0 for found in evidence):
        contradicted = True
    unlike = any(found.field in ("birth year", "age") and found.bits < 0 for found in evidence)
    rare = given is not None and given_share(given.words) < RARE
    other_middle = any((found.field, found.level) == ("middle name", "different") for found in evidence)
    against = (
        bool(clash)
        or unlike
        or suffix in ("different", "unknown")
        or any(comparison.bits <= -5 for comparison in evidence)
    )
    if namesakes >= 1:
        evidence.append(Comparison("namesakes", "several", 0.0, namesakes_sentence(namesakes)))
    elif common:
        evidence.append(Comparison("namesakes", "perhaps", 0.0, namesakes_sentence(namesakes)))
    if display.roles:
        evidence += [Comparison("writing", "undone", 0.0, sentence) for sentence in shown.undone]
    evidence.append(Comparison("prior", "most requests", PRIOR, "Most requests come from people you don't serve."))
    bits = round(sum(comparison.bits for comparison in evidence), 1)

    level = Level.NONE
    if own_handle:
        level = Level.MATCH
    elif contact:
        own_name = given is not None or not shown.words
        # Their given name and their own address: the other word is a shortened, married or made-up family name.
        called = clash == "family name" and given is not None and given.level in ("same", "other name", "nickname")
        against = against and not (called and not (contradicted or suffix))
        other_person = (bool(clash) and not called) or (
            bool(shown.words) and not (display.roles or handle.roles or said.roles)
        )
        level = Level.MATCH if own_name and not against and not other_person else Level.POSSIBLE
    elif shown.admires and not (year or middle or city or like_handle):
        level = Level.NONE  # a page about somebody famous
    elif {"given", "family"} <= bio.roles.keys() and not any(
        {"given", "family"} <= fit.roles.keys() for fit in (display, handle, said)
    ):
        level = Level.POSSIBLE  # a page that spells out the whole name is often a relative's, whose age says nothing
    elif contradicted or bits < 0 or clash == "given name" or (clash == "family name" and not (year and rare)):
        level = Level.NONE
    elif common and (elsewhere or calling or other_middle or unlike) and not (year or middle):
        level = Level.NONE  # one of several namesakes, and this one lives or works elsewhere
    elif _enough(given, family, year, city, names, shown):
        partly = any(found is not None and found.level in ("initial", "middle name") for found in (given, family))
        partly = partly and not (middle and alone)  # J. Wade Tackett
        partly = partly and not (names.chained and alone and not city and given is not None and given.level == "same")
        spelled_out = shown.of_somebody or (given is not None and given.source == "bio")
        aged = city and any(found.field == "age" and found.bits > 0 for found in evidence)
        sure = year or middle or aged or (alone and not elsewhere and not other_middle)
        only_name = (
            not names.family and given is not None and given.level == "same" and (year or " " in given.words)
        )  # one name is all they have; one of several words is a whole name
        level = (
            Level.MATCH if (whole or only_name) and sure and not (against or partly or spelled_out) else Level.POSSIBLE
        )
    if like_handle and level is not Level.MATCH and not contradicted:
        called = given is not None and family is not None and given.level in ("same", "other name")
        level = Level.MATCH if called and not against and not shown.of_somebody else Level.POSSIBLE
    return None if level is Level.NONE else Match(client, level, bits, tuple(evidence))


def _also_called(given: Found | None, bio: Fit) -> bool:
    """Whether a bio spells out the name with another given name that is the client's too, such as a legal one."""
    other = bio.roles.get("given") if "family" in bio.roles else None
    return (
        given is not None
        and other is not None
        and given.source != "bio"
        and other.level in ("same", "other name")
        and given.level in ("same", "other name")
        and other.words != given.words
    )


def _once_named(names: Names, shown: Shown, family: Found | None) -> bool:
    """Whether a profile says a family name from before, and it is one that the record has beside the one shown."""
    before = {"".join(words) for words in names.family | names.family_others}
    return family is not None and any(
        name.replace("'", "").replace("-", "") in before and name != family.words for name in shown.once_named
    )


def _how_well(fit: Fit) -> tuple[int, int, int]:
    """Which of several readings of a name fits a client best."""
    levels = sum(LEVELS.index(fitted.level) for fitted in fit.roles.values())
    return len({"given", "family"} & fit.roles.keys()), -levels, -len(fit.rest)


def _enough(given: Found | None, family: Found | None, year: bool, city: bool, names: Names, shown: Shown) -> bool:
    """Whether what fits is enough to ask at all: one name alone is somebody else almost every time."""
    if given is not None and family is not None:
        if given.level == "initial":
            return year or city or (family.level != "initial" and family_share(family.words) < RARE)
        return family.level != "initial" or year or city or given_share(given.words) < RARE
    if given is not None:
        mononym = not names.family and (len(shown.words) == 1 or " " in given.words)
        return given.level != "initial" and (year or city or mononym)
    if family is not None:
        there = year or (city and not is_common_family(family.words)) or family_share(family.words) < RARE
        return family.level in ("same", "other name", "other spelling") and there
    return False
