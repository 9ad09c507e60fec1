"""Weighs what a profile shows against one client: each piece of evidence in bits, with a sentence.

The weights are log2(how often it agrees for the same person / for two people), after Fellegi and Sunter.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import log2
from typing import NamedTuple

from demur.caseload.fitting import LEVELS, Fit, fit_letters
from demur.caseload.index import SHORTEST_HANDLE, phone_digits, plain_handle
from demur.caseload.life import Life, born_by_number
from demur.caseload.names import Names, fold
from demur.caseload.profiles import DECORATION, Shown, loose, place_of, runs
from demur.caseload.tables import (
    RARE,
    called_share,
    cities,
    everyday_words,
    family_share,
    given_share,
    is_common_family,
    is_given_name,
    ordinary_words,
    pair_share,
)
from demur.core.matches import Comparison
from demur.core.people import Client

_SAME_EMAIL, _SAME_PHONE, _SAME_HANDLE, _LIKE_HANDLE = 13.0, 11.0, 13.0, 9.0
_SAME_BIRTH_DATE, _SAME_YEAR, _SAME_DAY, _SAME_SHORT_YEAR, _SAME_AGE, _SAME_CITY = 11.0, 6.0, 6.0, 4.0, 3.0, 3.0
_OTHER_YEAR, _OTHER_SHORT_YEAR, _OTHER_BARE_YEAR, _OTHER_AGE, _OTHER_SUFFIX = -12.0, -6.0, -5.0, -8.0, -8.0
_OTHER_GIVEN, _OTHER_FAMILY, _OTHER_CITY, _OTHER_CITY_RARE_NAME = -9.0, -6.0, -3.0, -2.0
_UNEXPLAINED, _OTHER_MIDDLE, _OTHER_PART, _CALLING = -1.5, -3.0, -4.0, -3.0
_FROM_HANDLE = -1.0
_INITIAL_BITS = 2.0
_SAME_SUFFIX = 3.0
_INITIAL_SHARE = 0.06
_MOST_NAME_BITS, _LEAST_NAME_BITS = 11.0, 4.0
_LEVEL_BITS = {
    "same": 0.0,
    "other name": -0.5,
    "other spelling": -1.0,
    "nickname": -2.0,
    "middle name": -2.0,
    "close spelling": -3.0,
    "sounds alike": -3.5,
}
_NEAR_EACH_OTHER = 25.0
"""Families live near each other: where a client lives, the name is that much commoner than in the country."""
_SPELLINGS = 8
"""How many names, roughly, are one slip or one spelling away from a name: so many more namesakes."""

_GROWN_UP, _OF_AGE = 15, 18
"""Ages: from when on a year that stands alone may be one that somebody lived, and when they can have a profession."""

_NEARLY, _NARROW = 3, 7
"""Years outside of what a profile tells that may still be a slip, and how wide a range tells something of an age."""
_JUST_OUTSIDE = -2.0
_SCHOOL_ENDS = 18

SETTLES_AGAINST = -8.0
"""From here on a birth year, an age or a suffix says: another person."""


class Found(NamedTuple):
    """How a name of the client was found: level, words, the client's own name if it is another, and where."""

    level: str
    words: str
    own: str
    source: str


def best(role: str, sources: Iterable[tuple[str, Fit]]) -> Found | None:
    """The best fit for a role; earlier sources win ties."""
    fits = [Found(*fit.roles[role], source) for source, fit in sources if role in fit.roles]
    return min(fits, key=lambda found: LEVELS.index(found.level), default=None)


def _name_bits(share: float) -> float:
    return max(_LEAST_NAME_BITS, min(_MOST_NAME_BITS, -log2(share)))


def _level_bits(found: Found, share: float) -> float:
    handle = _FROM_HANDLE if found.source in ("handle", "e-mail address") else 0.0
    return round(_name_bits(share) + _LEVEL_BITS[found.level] + handle, 1)


def add_given(given: Found | None, evidence: list[Comparison]) -> None:
    """The given name that is shown, as far as it fits."""
    if given is None:
        return
    word = given.words
    same = "is rare and the same" if max(given_share(word), called_share(word)) < RARE else "is the same"
    _add_name("given name", given, same, called_share(word), evidence)


def add_family(family: Found | None, evidence: list[Comparison]) -> None:
    """The family name that is shown, as far as it fits."""
    if family is None:
        return
    word = family.words
    same = "is the same, and a common one" if is_common_family(word) else "is the same"
    share = family_share(word)
    _add_name("family name", family, "is rare and the same" if share < RARE else same, share, evidence)


def _add_name(field: str, found: Found, same: str, share: float, evidence: list[Comparison]) -> None:
    level = found.level
    if level == "initial":
        evidence.append(Comparison(field, level, _INITIAL_BITS, f"The first letter of the {field} fits."))
        return
    says = {
        "same": same,
        "other name": "is one they also go by",
        "other spelling": "is the same in another spelling",
        "nickname": "is a short form of the same name",
        "middle name": "is the client's middle name",
        "close spelling": "is spelled almost the same",
        "sounds alike": "sounds the same",
    }[level]
    sentence = f"{field.capitalize()} {says}."
    evidence.append(Comparison(field, level, _level_bits(found, share), _from(found.source, sentence)))


def name_share(given: Found, family: Found, nearby: float = 1.0) -> float:
    """The share of people in a region who could show both names like this.

    `nearby` is how much commoner than in the country the names are there.

    Whoever may slip or spell otherwise counts too: those with the client's own name, and some of the shown one.
    """
    if given.level == family.level == "initial":
        return _INITIAL_SHARE**2
    if given.level == "initial":
        return _INITIAL_SHARE * family_share(family.words)
    if family.level == "initial":
        return _INITIAL_SHARE * called_share(given.words)
    shown = pair_share(given.words, family.words, nearby)
    if family.level == "middle name":
        shown = called_share(given.words) * given_share(family.words)
    loose_levels = sum(found.level in ("close spelling", "sounds alike") for found in (given, family))
    shown *= float(_SPELLINGS**loose_levels)
    if given.own or family.own:
        shown += pair_share(given.own or given.words, family.own or family.words, nearby)
    return min(1.0, shown)


def _from(source: str, says: str) -> str:
    return says if source == "display name" else f"{says[:-1]}, in the {source}."


def perhaps_alone(given: Found, family: Found, population: float) -> bool:
    """Whether fewer than one namesake is to be expected even where families of that name live near each other."""
    return population * name_share(given, family, _NEAR_EACH_OTHER) < 1


def namesakes_sentence(namesakes: float) -> str:
    if namesakes < 2:
        return "Somebody else around here may well have this name."
    rounded = round(namesakes) if namesakes < 10 else round(namesakes, -1) if namesakes < 100 else round(namesakes, -2)
    return f"About {rounded:.0f} people around here may have this name."


def middle_evidence(
    client: Client, names: Names, display: Fit, whole: bool, together: bool, evidence: list[Comparison]
) -> bool:
    """Whether a whole middle name fits, which few namesakes share. `together` says that two people are named."""
    fits = display.roles.get("middle")
    instead = any(found.level == "middle name" for found in display.roles.values())
    if fits is not None and whole and not instead:
        if fits.level == "initial":
            evidence.append(Comparison("middle name", "initial", 1.5, "The middle initial fits."))
            return False
        evidence.append(Comparison("middle name", "same", 4.0, "Middle name is the same."))
        return True
    if display.also and whole:
        evidence.append(Comparison("name", "second", 4.0, "A second name of theirs stands beside it."))
        return True
    if whole and client.middle_name and names.middle and not together:
        letters = {phrase[0][0] for phrase in names.middle}
        others = [word for word in display.between if len(word) == 1 or is_given_name(word)]
        if others and all(word[0] not in letters for word in others):
            evidence.append(Comparison("middle name", "different", _OTHER_MIDDLE, "The middle name is another."))
    return False


def clashes(
    display: Fit,
    given: Found | None,
    family: Found | None,
    elsewhere: bool,
    evidence: list[Comparison],
) -> str:
    """Names in the profile that are not the client's: which of the names is another, where that makes it another's."""
    rest = [word for word in display.rest if len(word) > 1]
    if not rest:
        return ""
    in_display = display.roles.keys()
    if ("family" in in_display and "given" not in in_display) or display.cut_given:
        if all(_no_name(word) for word in rest):
            evidence.append(_unexplained(len(rest)))
            return ""
        evidence.append(
            Comparison("given name", "different", _OTHER_GIVEN, "Given name is another: perhaps a relative.")
        )
        return "given name"
    if "given" in in_display and "family" not in in_display and family is None:
        if all(_no_name(word) or (word in everyday_words() and not is_common_family(word)) for word in rest):
            evidence.append(_unexplained(len(rest)))
            return ""
        evidence.append(Comparison("family name", "different", _OTHER_FAMILY, "Family name is another."))
        return "family name"
    if not in_display and given is None and family is None and any(is_given_name(word) for word in rest):
        evidence.append(Comparison("name", "different", _OTHER_FAMILY, "The name shown is another."))
        return "name"
    if display.missing:
        evidence.append(
            Comparison("name", "different", _OTHER_PART, "One part of the name fits, the other is another.")
        )
        return "part"
    evidence.append(_unexplained(len(rest)))
    if in_display:
        return ""
    # The display name says nothing of the client, only the handle or the address does.
    if not elsewhere or any(is_given_name(word) and word not in ordinary_words() for word in rest):
        return "beside"
    return ""


_NO_NAMES = frozenset(
    {"family", "familia", "house", "household", "team", "crew", "photography", "llc", "and", "sons", "clan", "tribe",
     "fam", "fambam", "kids", "home", "memorial", "remembering", "memory", "loving", "rip", "nietos", "hijos"}
)  # fmt: skip


def _no_name(word: str) -> bool:
    return word in _NO_NAMES


def _unexplained(count: int) -> Comparison:
    says = "The profile shows another name beside it." if count == 1 else "The profile shows other names beside it."
    return Comparison("name", "unexplained", _UNEXPLAINED * min(count, 2), says)


def suffix_evidence(names: Names, shown: Shown, family: Found | None, evidence: list[Comparison]) -> str:
    """`same` or `different` where both say junior or senior, `unknown` where only the profile does, else nothing."""
    if family is None or not shown.suffix:
        return ""
    if shown.suffix == names.suffix:
        evidence.append(Comparison("suffix", "same", _SAME_SUFFIX, "Junior and senior are told apart alike."))
        return "same"
    if names.suffix:
        evidence.append(
            Comparison("suffix", "different", _OTHER_SUFFIX, "Junior and senior differ: perhaps a parent or a child.")
        )
        return "different"
    evidence.append(Comparison("suffix", "unknown", -1.0, "The profile says junior or senior; the caseload doesn't."))
    return "unknown"


def handle_evidence(client: Client, names: Names, shown: Shown, evidence: list[Comparison]) -> tuple[bool, bool]:
    """Whether the profile's handle is the client's own, spelled the same; and whether it is nearly so."""
    own = {plain_handle(handle) for handle in client.handles} - {""}
    if shown.handle and shown.handle in own:
        evidence.append(Comparison("handle", "same", _SAME_HANDLE, "This is a handle they use."))
        return True, False
    plain = {loose(handle) for handle in own} - {""}
    if shown.handle and loose(shown.handle) in plain:
        evidence.append(
            Comparison("handle", "close spelling", _LIKE_HANDLE, "The handle is one they use, but for dots and dashes.")
        )
        return False, True
    if shown.other_handles & own:
        evidence.append(Comparison("handle", "mentioned", _LIKE_HANDLE, "The profile names a handle they use."))
        return False, False
    local, at, _ = fold(client.email.strip()).text.partition("@")
    # One that is made of the name alone says no more than the name.
    named = local.replace(".", "").isalpha() and bool(fit_letters(loose(local), names).roles)
    if at and len(local) >= SHORTEST_HANDLE and local == shown.handle and not named:
        evidence.append(
            Comparison("handle", "of address", _LIKE_HANDLE, "Their e-mail address begins like the handle.")
        )
        return False, True
    if any(_is_inside(handle, names, shown) for handle in plain if len(handle) >= SHORTEST_HANDLE):
        evidence.append(Comparison("handle", "inside", _LIKE_HANDLE, "A handle they use stands inside this one."))
        return False, True
    return False, False


def _is_inside(own: str, names: Names, shown: Shown) -> bool:
    """Whether a client's handle stands in the display name, or is the handle but for words such as not, real, new."""
    if own in shown.words or own in runs(shown.words):
        # A handle that is made of the name says no more than the name: Maria L. need not be @maria.l.
        return not (own.isalpha() and fit_letters(own, names).roles)
    before, found, after = loose(shown.handle).partition(own)
    return bool(found) and all(
        not part or part.isdigit() or part in DECORATION or part in _SECOND_ACCOUNT for part in (before, after)
    )


_SECOND_ACCOUNT = frozenset(
    {"not", "backup", "spam", "alt", "new", "old", "priv", "private", "burner", "second", "finsta", "two", "again"}
)


def contact_evidence(client: Client, shown: Shown, evidence: list[Comparison]) -> bool:
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


def birth_evidence(
    client: Client, shown: Shown, named: bool, local_named: bool, today: date, evidence: list[Comparison]
) -> bool:
    """Birth year, birthday or age. True where the year fits; of all that fits and all that clashes, one counts each."""
    born = client.date_of_birth
    if born is None:
        return False
    found: list[Comparison] = []
    written = {
        f"{born:%m/%d/%Y}", f"{born:%m/%d/%y}", f"{born:%Y/%m/%d}",
        f"{born.month}/{born.day}/{born.year}", f"{born.month}/{born.day}/{born:%y}",
        f"{born:%d/%m/%Y}", f"{born:%d/%m/%y}", f"{born.day}/{born.month}/{born.year}",
    }  # fmt: skip
    if written & set(shown.days):
        found.append(Comparison("birth date", "same", _SAME_BIRTH_DATE, "The birth date is the same."))
    if f"{born.month}/{born.day}" in shown.birthdays:
        found.append(Comparison("birthday", "same", _SAME_DAY, "The profile names their birthday."))
    for number, where, ties in (
        *((number, "handle", named) for number in shown.numbers),
        *((number, "e-mail address", local_named) for number in shown.local_numbers),
    ):
        if (comparison := _number_evidence(number, where, born, ties, today)) is not None:
            found.append(comparison)
    age = (today.year - born.year) - ((today.month, today.day) < (born.month, born.day))
    if (shown.life.calling or shown.suffix == "sr") and age < _OF_AGE:
        found.append(Comparison("age", "different", _OTHER_AGE, f"The profile is a grown-up's; they are {age}."))
    found += _life_evidence(shown.life, born.year)
    if born.year in shown.bare_years:
        found.append(Comparison("birth year", "same", _SAME_YEAR, f"The profile says {born.year}; born {born.year}."))
    elif not any(comparison.bits > 0 for comparison in found):
        for year in shown.bare_years:
            if year < today.year - _GROWN_UP and abs(year - born.year) > 3 and named:
                says = f"The profile says {year}; born {born.year}."
                found.append(Comparison("birth year", "unlike", _OTHER_BARE_YEAR, says))
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


_SPEAKS_OF = {
    "birth": "What the profile says of birth",
    "age": "What the profile says of age",
    "school": "What the profile says of school",
    "family": "What the profile says of family",
    "work": "What the profile says of work",
    "trade": "The trade",
}


def _life_evidence(life: Life, year: int) -> list[Comparison]:
    """Birth years that a profile leaves possible: well outside of them settles it, just outside leans."""
    found = []
    for born in life.born:
        away = born.years_away(year)
        span = f"in {born.earliest} to {born.latest}" if born.earliest > 1935 else f"by {born.latest}"
        if born.earliest == born.latest:
            span = f"in {born.latest}"
        says = f"{_SPEAKS_OF[born.topic]} fits somebody born {span}; they were born in {year}."
        if away > _NEARLY:
            found.append(Comparison("age", "different", _OTHER_AGE if born.sure else _OTHER_BARE_YEAR, says))
        elif away and not (born.topic == "birth" and away == 1):
            found.append(Comparison("age", "unlike", _JUST_OUTSIDE, says))
        elif not away and born.sure and born.earliest == born.latest:
            found.append(Comparison("birth year", "same", _SAME_YEAR, says))
        elif (
            not away
            and born.latest - born.earliest <= _NARROW
            and (born.topic == "school" or (born.topic == "age" and born.sure))
        ):
            found.append(Comparison("age", "same", _SAME_AGE, says))
    return found


def _number_evidence(number: str, where: str, born: date, named: bool, today: date) -> Comparison | None:
    """A number at the end of a handle: a date, a day, a year, or nothing. It speaks against only beside the name."""
    if number in (f"{born:%m%d%Y}", f"{born:%Y%m%d}", f"{born:%m%d%y}", f"{born:%y%m%d}"):
        return Comparison("birth date", "same", _SAME_BIRTH_DATE, f"The {where} holds the birth date.")
    if len(number) == 4:
        if int(number) == born.year:
            return Comparison("birth year", "same", _SAME_YEAR, f"The {where} ends in {number}; born {born.year}.")
        if number == f"{born:%m%d}":
            return Comparison("birthday", "same", _SAME_DAY, f"The {where} holds the birthday.")
    if len(number) == 2 and not min(abs(century + int(number) - born.year) for century in (1900, 2000)):
        return Comparison("birth year", "same", _SAME_SHORT_YEAR, f"The {where} ends in {number}; born {born.year}.")
    years, sure = born_by_number(number, today)
    if not named or not years or min(abs(year - born.year) for year in years) <= _NEARLY:
        return None
    if len(number) in (2, 4) and any(
        year - born.year in (_SCHOOL_ENDS - 1, _SCHOOL_ENDS, _SCHOOL_ENDS + 1) for year in years
    ):
        return None  # perhaps the year in which they left school
    bits = _OTHER_YEAR if len(number) > 2 and sure else SETTLES_AGAINST if sure else _OTHER_SHORT_YEAR
    return Comparison("birth year", "different", bits, f"The {where} ends in {number}; born {born.year}.")


def city_evidence(
    client: Client, shown: Shown, family_share_shown: float, evidence: list[Comparison]
) -> tuple[bool, bool]:
    """Whether the profile shows the client's city, and whether it shows only others."""
    home = place_of(client.city)
    if not home.town:
        return False, False
    state = home.state or cities().get(home.town, ("", ""))[1]
    if any(place.town and home.same_as(place) for place in shown.places) or (
        f" {home.town} " in shown.bio and not any(place.town == home.town for place in shown.places)
    ):
        evidence.append(Comparison("city", "same", _SAME_CITY, "The city is the same."))
        return True, False
    if town_in_handle(home.town, shown):
        evidence.append(Comparison("city", "same", _SAME_CITY, "The handle names the same city."))
        return True, False
    if any(
        (place.town and not any(f" {place.town} " in words for words in shown.once))
        or (not place.town and state and place.state != state)
        for place in shown.places
    ):
        # People move: another city says less where hardly anybody else has the name.
        bits = _OTHER_CITY_RARE_NAME if family_share_shown < RARE else _OTHER_CITY
        evidence.append(Comparison("city", "different", bits, "The city is another; people move."))
        return False, True
    return False, False


def town_in_handle(town: str, shown: Shown) -> bool:
    """Whether a handle ends or begins with the name of a town: zabi.modesto."""
    joined = town.replace(" ", "")
    return len(joined) > 3 and (shown.handle_letters.endswith(joined) or shown.handle_letters.startswith(joined))


def calling_evidence(shown: Shown, common: bool, evidence: list[Comparison]) -> bool:
    """Whether a profession speaks for a namesake. Where hardly anybody has the name, it says nothing."""
    if shown.life.calling and common:
        evidence.append(Comparison("profession", "shown", _CALLING, "The profession looks like a namesake's."))
        return True
    return False
