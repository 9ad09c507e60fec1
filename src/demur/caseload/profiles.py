"""Reads what a profile and its message show, once for all clients."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from demur.caseload.index import phone_digits, plain_handle
from demur.caseload.names import SUFFIXES, TITLES, fold, script_of, word_spans, words_of
from demur.core.accounts import Profile

LONGEST_HANDLE = 64
_LONGEST_NAME, _LONGEST_TEXT = 200, 10_000
DECORATION = frozenset(
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
_BORN = re.compile(r"(?:\bborn(?: in)?|\bb\.?|\bnac(?:i|ida|ido) en)\s{0,3}(?:[0-9]{1,2}/){0,2}((?:19|20)[0-9]{2})\b")
_SINCE_BIRTH = re.compile(r"\best\.?\s{0,2}((?:19|20)[0-9]{2})\b")
_CLASS_OF = re.compile(r"\bclass of\s{1,3}((?:19|20)[0-9]{2})\b")
_BORN_SHORT = re.compile(r"'([0-9]{2})\s(?:baby|babies|til)|\b([0-9]{2})'?s baby")
_AGE = re.compile(
    r"\b([1-9][0-9])\s{0,2}(?:yo\b|y/o|yrs?\b|years? old|years? young|anos\b)"
    r"|\b(?:age|aged|turning)\s{1,2}([1-9][0-9])\b"
)
_AGE_ALONE = re.compile(r"(?:^|[|,\n])\s{0,3}([1-9][0-9])\s{0,3}(?=$|[|,\n])")
_DAY = re.compile(r"\b([0-9]{1,4})[/.-]([0-9]{1,2})[/.-]([0-9]{2,4})\b")
_GROWN_UP = re.compile(
    r"\b(?:navy|army|usmc|marines?|marine corps|air force|coast guard|veteran|served|retired|bar|licensed|partner|"
    r"professor|founded|married|deputy|officer|teaching|teacher|practicing|practice)\b[^0-9\n]{0,25}"
    r"((?:19|20)[0-9]{2})\b"
)
_OLDER = re.compile(
    r"\b(?:retired|retiree|jubilad[oa]|(?:grand(?:ma|pa|mother|father)|abuel[oa]|nana|gram) (?:of|to|de))\b"
)
_IN_SCHOOL = re.compile(r"\b(?:freshman|sophomore|(?:[6-9]|1[0-2])th grader?)\b")
_CALLING = re.compile(
    r"\b(?:surgeon|dentist|dds|dmd|orthodontist|physician|cardiologist|radiologist|anesthesiologist|professor|attorney|"
    r"lawyer|esq|llp|judge|senator|congress(?:man|woman)|mayor|ceo|cfo|cto|airline pilot|veterinarian|dvm|archbishop)\b"
)
_KIN = (
    r"(?:mom|mommy|mama|mum|mummy|mother|dad|daddy|papa|father|wife|husband|hubby|wifey|sister|sis|brother|bro|"
    r"grandma|grandpa|granny|nana|auntie|aunt|uncle|daughter|son|girl|gf|bf|fiancee?|widow|cousin)"
)
_SOMEBODYS = re.compile(rf"'s? {_KIN}\b|\b{_KIN} (?:of|to|2)\b|\b(?:mama|papa|mami|papi|esposa|esposo|hij[oa]) de\b")
_AT_HANDLE = re.compile(r"@([a-z0-9_][a-z0-9_.-]{1,40})")
_EMAIL = re.compile(r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,100}")
_PHONE = re.compile(r"[0-9][0-9 ().+-]{5,20}[0-9]")
_LEET = str.maketrans("0134578", "oieastb")

_STATES = {
    "al": "alabama", "ak": "alaska", "az": "arizona", "ar": "arkansas", "ca": "california", "co": "colorado",
    "ct": "connecticut", "de": "delaware", "fl": "florida", "ga": "georgia", "hi": "hawaii", "id": "idaho",
    "il": "illinois", "in": "indiana", "ia": "iowa", "ks": "kansas", "ky": "kentucky", "la": "louisiana", "me": "maine",
    "md": "maryland", "ma": "massachusetts", "mi": "michigan", "mn": "minnesota", "ms": "mississippi", "mo": "missouri",
    "mt": "montana", "ne": "nebraska", "nv": "nevada", "nh": "new hampshire", "nj": "new jersey", "nm": "new mexico",
    "ny": "new york", "nc": "north carolina", "nd": "north dakota", "oh": "ohio", "ok": "oklahoma", "or": "oregon",
    "pa": "pennsylvania", "ri": "rhode island", "sc": "south carolina", "sd": "south dakota", "tn": "tennessee",
    "tx": "texas", "ut": "utah", "vt": "vermont", "va": "virginia", "wa": "washington", "wv": "west virginia",
    "wi": "wisconsin", "wy": "wyoming",
}  # fmt: skip
_STATE_NAMES = frozenset(_STATES.values())
_PLACE_IN_TEXT = re.compile(
    r"\b([A-Z][a-z]+(?: [A-Z][a-z]+){0,2}), ?("
    + "|".join([*(state.upper() for state in _STATES), *(state.title() for state in sorted(_STATE_NAMES))])
    + r"|USA|UK|England|Canada|Mexico|India|Kenya|China|Germany|Australia)\b"
)
_SHORT_PLACES = {
    "mpls": "minneapolis", "nyc": "new york", "philly": "philadelphia", "sf": "san francisco", "chi": "chicago",
    "stl": "saint louis", "atl": "atlanta", "htx": "houston", "atx": "austin", "pdx": "portland", "nola": "new orleans",
    "st": "saint", "ft": "fort", "mt": "mount",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A town, folded, and its state where one is shown."""

    town: str
    state: str = ""

    def same_as(self, other: Place) -> bool:
        """Whether both can be one place: a state counts only where both show one."""
        return self.town == other.town and (not self.state or not other.state or self.state == other.state)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a profile and its message show. Everything is folded.

    `of_somebody` says that the display name tells whose relative this is. `grown_by` are years in which the person was
    an adult or nearly so.
    """

    words: tuple[str, ...]
    script: str
    suffix: str
    introduced: tuple[str, ...]
    handle: str
    handle_letters: str
    numbers: tuple[str, ...]
    local_letters: str
    local_numbers: tuple[str, ...]
    bio_words: tuple[str, ...]
    years: tuple[int, ...]
    maybe_years: tuple[int, ...]
    short_years: tuple[int, ...]
    classes: tuple[int, ...]
    grown_by: tuple[int, ...]
    ages: tuple[int, ...]
    older: bool
    in_school: bool
    calling: bool
    of_somebody: bool
    days: tuple[str, ...]
    places: tuple[Place, ...]
    bio: str
    emails: frozenset[str]
    phones: frozenset[str]
    other_handles: frozenset[str]


def read_profile(profile: Profile, message: str, today: date) -> Shown:
    """Everything that can be compared with a client; long texts are cut."""
    shown_name = profile.display_name[:_LONGEST_NAME]
    words = _display_words(shown_name)
    suffix = next((SUFFIXES[word] for word in reversed(words[1:]) if word in SUFFIXES), "")
    handle = plain_handle(profile.handle[: 4 * LONGEST_HANDLE])[:LONGEST_HANDLE]
    letters, numbers = _letters_and_numbers(handle)
    email = fold(profile.email[:_LONGEST_NAME].strip()).text
    local_letters, local_numbers = _letters_and_numbers(
        email.partition("@")[0][:LONGEST_HANDLE] if "@" in email else ""
    )
    bio = _flat(profile.bio)
    said = _flat(message)
    both = f"{bio}\n{said}"
    introduced: tuple[str, ...] = ()
    if found := _INTRODUCES.search(said):
        introduced = tuple(word for word in words_of(found[1]) if word not in DECORATION)[:3]
    emails = {email} if "@" in email else set()
    emails |= {address.rstrip(".-") for address in _EMAIL.findall(both)}
    phones = {phone_digits(profile.phone[:_LONGEST_NAME])} | {phone_digits(number) for number in _PHONE.findall(both)}
    current = range(1900, today.year + 1)
    places = [place_of(profile.city[:_LONGEST_NAME])]
    places += [place_of(f"{town}, {state}") for town, state in _PLACE_IN_TEXT.findall(profile.bio[:_LONGEST_TEXT])]
    return Shown(
        words=tuple(word for word in words if word not in SUFFIXES),
        script=script_of(shown_name),
        suffix=suffix,
        introduced=introduced,
        handle=handle,
        handle_letters=letters,
        numbers=(*numbers, *(word for word in words if word.isdigit())),
        local_letters=local_letters,
        local_numbers=local_numbers,
        bio_words=words_of(bio),
        years=tuple(year for text in _BORN.findall(both) if (year := int(text)) in current),
        maybe_years=tuple(int(text) for text in _SINCE_BIRTH.findall(bio)),
        short_years=tuple(int(first or second) for first, second in _BORN_SHORT.findall(bio)),
        classes=tuple(int(year) for year in _CLASS_OF.findall(bio)),
        grown_by=tuple(int(year) for year in _GROWN_UP.findall(bio)),
        ages=(
            *(int(first or second) for first, second in _AGE.findall(both)),
            *(int(age) for age in _AGE_ALONE.findall(bio)),
        ),
        older=_OLDER.search(bio) is not None,
        in_school=_IN_SCHOOL.search(bio) is not None,
        calling=_CALLING.search(f"{bio} {' '.join(words)} {' '.join(words_of(handle))}") is not None,
        of_somebody=_SOMEBODYS.search(fold(shown_name).text) is not None,
        days=tuple("/".join(parts) for parts in _DAY.findall(both)),
        places=tuple(place for place in places if place.town),
        bio=f" {' '.join(_place_words(words_of(bio)))} ",
        emails=frozenset(emails),
        phones=frozenset(digits for digits in phones if 7 <= len(digits) <= 15),
        other_handles=frozenset(other.rstrip(".-") for other in _AT_HANDLE.findall(f"{bio}\n{_flat(shown_name)}")),
    )


def _flat(text: str) -> str:
    """Folded, with line breaks and bullets kept apart from spaces."""
    plain = text[:_LONGEST_TEXT]
    for mark in "•·▪◦‖｜":
        plain = plain.replace(mark, "|")
    return "\n".join(fold(line).text for line in plain.splitlines())


def place_of(city: str) -> Place:
    """The place that somebody typed: St Paul, MN is Saint Paul in Minnesota."""
    parts = [*city.split(","), ""]
    words = _place_words(words_of(parts[0]))
    state = " ".join(words_of(parts[1]))
    if not state:
        for length in (2, 1):
            last = " ".join(words[-length:])
            if (
                len(words) > length
                and " ".join(words) not in _STATE_NAMES
                and (last in _STATES or last in _STATE_NAMES)
            ):
                words, state = words[:-length], last
                break
    return Place(" ".join(words), _STATES.get(state, state))


def _place_words(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_SHORT_PLACES.get(word, word) for word in words)


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
    plain = [
        word if word.isdigit() or word in SUFFIXES else re.sub(r"([a-z])\1{2,}", r"\1", word.translate(_LEET))
        for word in joined
    ]
    while len(plain) > 1 and plain[0] in TITLES:
        plain = plain[1:]
    return plain[:12]


def _letters_and_numbers(handle: str) -> tuple[str, tuple[str, ...]]:
    words = words_of(handle)
    letters = "".join(word.translate(_LEET) for word in words if not word.isdigit())
    return letters, tuple(word for word in words if word.isdigit())


def runs(words: tuple[str, ...], longest: int = 4) -> set[str]:
    """Neighbouring words written as one: Wolde Gabriel may be Woldegabriel."""
    lengths = {*range(2, longest + 1), len(words)}
    return {"".join(words[at : at + length]) for length in lengths for at in range(len(words) - length + 1)}


def loose(handle: str) -> str:
    """A handle without dots, dashes and underscores."""
    return "".join(words_of(handle))
