"""What is known of names in general: how many people have one, and what it is short for. Never from the caseload.

The tables are read when the first name is weighed, so a check without a caseload never waits for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

UNLISTED_GIVEN = 3e-6
UNLISTED_FAMILY = 1e-6
"""Share of people with a name that the tables do not list: about one in 300,000 and one in a million."""

COMMON_GIVEN = 4e-4
COMMON_FAMILY = 2.5e-4
"""From here on a name says little by itself: about 450 given and 440 family names."""
USUAL_GIVEN = 6e-5
"""From here on somebody famous has the name: about 1,700 given names."""
ANOTHERS_GIVEN, ANOTHERS_FAMILY = 5e-6, 4e-6
"""From here on a name is one of its own, and no slip in writing another: about 9,000 given, 22,000 family names."""
RARE = 1e-4
"""Below this a name may stand alone, or beside a single letter: one in 10,000 people."""

_UNLISTED_IN_COMMUNITY = 2e-4
_NEARBY_IN_COMMUNITY = 0.6
"""What is left, within a community, of how much commoner a name is near somebody who has it."""
_GROUPS = (0.121, 0.06, 0.187, 0.632)
"""Share of the people whom the Census of 2020 counted: Black, Asian or Pacific Islander, Hispanic, everybody else."""
_CALLED_SHORT = 0.3
_SECOND_GIVEN, _SECOND_FAMILY = 0.05, 0.02
"""How many of those with one part of a double name share the other part too, roughly."""
_SMALL_WORDS = frozenset(
    {"de", "la", "las", "los", "da", "do", "dos", "das", "del", "di", "du", "van", "von", "bin", "ben", "ibn"}
)
"""Words before a family name that make it no rarer."""
_LETTERS_FOR_A_NAME = 2e-3
_OWN_LETTERS = frozenset({"jo", "al", "ed", "bo", "ty", "cy", "an", "li", "my", "vi", "mo"})


@dataclass(slots=True)
class _Community:
    """People whose names go together: their share of a region, and of them the share with each name."""

    region: float = 0.0
    given: dict[str, float] = field(default_factory=dict)
    family: dict[str, float] = field(default_factory=dict)


def table_lines(file: str) -> list[str]:
    """The lines of one of the tables, without comments and headings."""
    text = files("demur.caseload").joinpath("data", file).read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return lines[1:] if file.endswith(".csv") else lines


@cache
def _census(file: str) -> dict[str, float]:
    cells = "\n".join(table_lines(file)).replace("\n", ",").split(",")
    return dict(zip(cells[::2], [float(count) / 1_000_000 for count in cells[1::2]], strict=True))


@cache
def _groups() -> dict[tuple[str, str], tuple[float, ...]]:
    """By role and name, how those with a name are shared out among the groups of the Census."""
    found: dict[tuple[str, str], tuple[float, ...]] = {}
    for line in table_lines("name_groups.csv"):
        role, name, *percents = line.split(",")
        shares = [float(percent) / 100 for percent in percents]
        found[role, name] = (*shares, max(0.0, 1 - sum(shares)))
    return found


def _community_lines() -> Iterator[tuple[str, str, float, list[str]]]:
    for line in table_lines("communities.csv"):
        community, role, per_thousand, names = line.split(",")
        yield community, role, float(per_thousand) / 1000, names.split()


@cache
def _communities() -> dict[str, _Community]:
    found: dict[str, _Community] = {}
    for community, role, share, names in _community_lines():
        entry = found.setdefault(community, _Community())
        if role == "region":
            entry.region = share
        else:
            table = entry.given if role == "given" else entry.family
            for name in names:
                table[name] = max(share, table.get(name, 0.0))
    return found


@cache
def _with_family() -> dict[str, list[_Community]]:
    """The communities in which a family name is a usual one, by that name."""
    found: dict[str, list[_Community]] = {}
    for community in _communities().values():
        for name in community.family:
            found.setdefault(name, []).append(community)
    return found


@cache
def _in_communities(role: str) -> dict[str, float]:
    """Share of a region's people with a given or family name, all communities together."""
    found: dict[str, float] = {}
    for community in _communities().values():
        for name, share in (community.given if role == "given" else community.family).items():
            found[name] = found.get(name, 0.0) + community.region * share
    return found


def given_share(name: str) -> float:
    """Share of people with this folded given name. From public tables, never from the caseload."""
    share = max(_census("given_names.csv").get(name, UNLISTED_GIVEN), _in_communities("given").get(name, 0.0))
    words = name.split()
    if len(words) < 2:
        return share
    return max(given_share("".join(words)), _SECOND_GIVEN * given_share(words[0]))


def called_share(name: str) -> float:
    """Share of people who are called this: those who bear it, and some of those whose name it is short for."""
    share = given_share(name) + _CALLED_SHORT * sum(given_share(formal) for formal in formal_names_of(name))
    if len(name) == 2 and name not in _OWN_LETTERS:
        share = max(share, _LETTERS_FOR_A_NAME)  # JC, KT: many go by two letters, and no table counts them
    return share


def family_share(name: str) -> float:
    """Share of people with this folded family name. From public tables, never from the caseload."""
    if " " in name:
        part = _rarest_part(name)
        return max(family_share(name.replace(" ", "")), _SECOND_FAMILY * family_share(part))
    return max(_census("family_names.csv").get(name, UNLISTED_FAMILY), _in_communities("family").get(name, 0.0))


def _rarest_part(name: str) -> str:
    return min((part for part in name.split() if len(part) > 3), key=family_share, default=name.replace(" ", ""))


def pair_share(given: str, family: str, nearby: float = 1.0) -> float:
    """Share of people in a region who are called the one and have the other.

    `nearby` is how much commoner than in the country a name is where somebody with it lives. The shares of communities
    are those of such regions already; within them families and congregations still live close, so a part of it counts.

    Given and family names are not independent: within a group or community the pair is far more common than both
    tables say. So the pair is weighed within each group of the Census and within each community, and the larger counts.
    """
    family = " ".join(word for word in family.split() if word not in _SMALL_WORDS) or family
    if " " in family:
        part = _rarest_part(family)
        joined = pair_share(given, family.replace(" ", ""), nearby)
        return max(joined, _SECOND_FAMILY * pair_share(given, part, nearby))
    called = called_share(given)
    bearers = _census("family_names.csv").get(family, UNLISTED_FAMILY)
    theirs = _groups().get(("family", family), _GROUPS)
    own = _called_groups(given)
    share = sum(
        (called * mine) * (bearers * their) / group for mine, their, group in zip(own, theirs, _GROUPS, strict=True)
    )
    inside_all = 0.0
    for community in _with_family().get(family, ()):
        short = sum(community.given.get(formal, 0.0) for formal in formal_names_of(given))
        inside = community.given.get(given, 0.0) + _CALLED_SHORT * short
        if " " in given:
            ways = (given.replace(" ", ""), *given.split())
            inside = max(inside, _SECOND_GIVEN * max(community.given.get(way, 0.0) for way in ways))
        inside_all += community.region * max(inside, called, _UNLISTED_IN_COMMUNITY) * community.family[family]
    return max(share * nearby, inside_all * max(1.0, nearby * _NEARBY_IN_COMMUNITY))


def _called_groups(given: str) -> tuple[float, ...]:
    """How those who are called something are shared out among the groups, by the name that most of them bear."""
    commonest = max(sorted({given, *formal_names_of(given)}), key=given_share)
    return _groups().get(("given", commonest), _GROUPS)


@cache
def _common(role: str, least: float) -> frozenset[str]:
    """Names at the top of the tables. Texts are read with these alone: whole tables are only for weighing profiles."""
    found: set[str] = set()
    with files("demur.caseload").joinpath("data", f"{role}_names.csv").open(encoding="utf-8") as lines:
        for line in lines:
            name, _, count = line.partition(",")
            if line.startswith("#") or not count[0].isdigit():
                continue
            if float(count) / 1_000_000 < least:  # INVARIANT: tables are sorted, the most frequent name first
                break
            found.add(name)
    regions: dict[str, float] = {}
    for community, kind, share, names in _community_lines():
        if kind == "region":
            regions[community] = share
        elif kind == role and regions[community] * share >= least:
            found.update(names)
    return frozenset(found)


def is_common_given(name: str) -> bool:
    """Whether so many people have a given name that it says little by itself."""
    return name in _common("given", COMMON_GIVEN)


def is_usual_given(name: str) -> bool:
    """Whether enough people have a given name that with another family name it is another person's."""
    return name in _common("given", USUAL_GIVEN)


def is_common_family(name: str) -> bool:
    """Whether so many people have a family name that it says little by itself."""
    return name in _common("family", COMMON_FAMILY)


def is_given_name(name: str) -> bool:
    """Whether enough people have this given name that it is another person's, however near it is to one's own."""
    return _census("given_names.csv").get(name, 0.0) >= ANOTHERS_GIVEN or name in _in_communities("given")


def is_family_name(name: str) -> bool:
    """Whether enough people have this family name that it is another person's."""
    return _census("family_names.csv").get(name, 0.0) >= ANOTHERS_FAMILY or name in _in_communities("family")


@cache
def _somali() -> frozenset[str]:
    return frozenset(
        re.sub(r"(.)\1", r"\1", name)
        for community, role, _, names in _community_lines()
        if community == "somali" and role != "region"
        for name in names
    )


def is_somali(name: str) -> bool:
    """Whether a folded name is a usual one among Somalis, given or family: the same names serve as both."""
    return re.sub(r"(.)\1", r"\1", name) in _somali()


@dataclass(slots=True)
class _Spellings:
    """The lines of the table of spellings: names spelled alike by role and word, and whose names they are."""

    alike: dict[tuple[str, str], list[tuple[str, frozenset[str]]]] = field(default_factory=dict)
    bearers: dict[tuple[str, str], set[str]] = field(default_factory=dict)


@cache
def _spellings() -> _Spellings:
    found = _Spellings()
    for line in table_lines("spellings.csv"):
        roles, community, names = line.split(",")
        words = frozenset(names.split())
        for role in ("given", "family") if roles == "both" else (roles,):
            for word in words:
                found.alike.setdefault((role, word), []).append((community, words))
                found.bearers.setdefault((role, word), set()).add(community)
    for community, role, _, listed in _community_lines():
        for word in listed:
            found.bearers.setdefault((role, word), set()).add(community)
    return found


def communities_of(role: str, name: str) -> frozenset[str]:
    """The communities among whom a folded given or family name is a usual one; empty for most names."""
    return frozenset(_spellings().bearers.get((role, name), ())) - {"-"}


def spellings_of(role: str, name: str, communities: frozenset[str]) -> frozenset[str]:
    """Other spellings of a folded name, anybody's and those of the communities."""
    lines = _spellings().alike.get((role, name), ())
    return frozenset(
        word for community, words in lines if community == "-" or community in communities for word in words
    ) - {name}


@cache
def cities() -> dict[str, tuple[str, str]]:
    """Town and state or country by what people call a city, folded and run together."""
    found: dict[str, tuple[str, str]] = {}
    for line in table_lines("cities.csv"):
        region, _, listed = line.partition(",")
        for names in listed.split(";"):
            first, *others = names.split("/")
            for name in (first, *others):
                found.setdefault(name, (first, region))
    return found


@cache
def ordinary_words() -> frozenset[str]:
    """Names that are also everyday words, months, flowers, places or brands."""
    return frozenset(word for line in table_lines("ordinary_words.txt") for word in line.split())


@cache
def everyday_words() -> frozenset[str]:
    """Words that posts use every day, names among them: alone they say little, and they misspell nobody's name."""
    return ordinary_words() | frozenset(word for line in table_lines("everyday_words.txt") for word in line.split())


@cache
def pictures() -> dict[str, tuple[str, ...]]:
    """The names that a picture may stand for, by picture without its variation selector."""
    found: dict[str, tuple[str, ...]] = {}
    for line in table_lines("pictures.csv"):
        signs, _, names = line.partition(",")
        for sign in signs.split():
            found[sign] = found.get(sign, ()) + tuple(names.split())
    return found


@cache
def _nicknames() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Short forms by formal name, and formal names by short form."""
    short_forms: dict[str, set[str]] = {}
    formals: dict[str, set[str]] = {}
    for line in table_lines("nicknames.csv"):
        formal, _, short = line.partition(",")
        for nick in short.split():
            short_forms.setdefault(formal, set()).add(nick)
            if " " not in formal:
                formals.setdefault(nick, set()).add(formal)
    return (
        {name: frozenset(others) for name, others in short_forms.items()},
        {name: frozenset(others) for name, others in formals.items()},
    )


def formal_names_of(nick: str) -> frozenset[str]:
    """The formal given names that a folded name may be short for."""
    return _nicknames()[1].get(nick, frozenset())


def nicknames_of(given: str) -> frozenset[str]:
    """Short forms of a folded given name, and the formal names it may be short for; never short form to short form."""
    return _nicknames()[0].get(given, frozenset()) | formal_names_of(given)
