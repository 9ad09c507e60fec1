"""Reads what a profile and its message show, once for all clients."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from demur.caseload.index import phone_digits, plain_handle
from demur.caseload.life import Life, of_oneself, read_life
from demur.caseload.names import LOOKALIKE, SUFFIXES, TITLES, fold, folded_words, script_of, words_of
from demur.caseload.tables import cities, is_usual_given
from demur.core.accounts import Profile

LONGEST_HANDLE = 64
_LONGEST_NAME, _LONGEST_TEXT = 200, 10_000
DECORATION = frozenset(
    {"a", "am", "and", "art", "auntie", "babe", "baby", "bapak", "big", "bro", "bsn", "cadc", "chula", "cna",
     "co", "cpa", "dad", "daw", "de", "edd", "el", "ella", "esq", "fb", "flaca", "flaco", "for", "gorda",
     "gordo", "guera", "guero", "he", "hello", "her", "hermana", "hermano", "hers", "hey", "hi", "him", "his",
     "i", "iam", "ibu", "ig", "im", "in", "its", "jd", "jefa", "jefe", "just", "king", "kuya", "la", "ladc",
     "lady", "lcpc", "lcsw", "lil", "lmft", "loca", "loco", "lpc", "lpn", "madame", "mahn", "mama", "maman",
     "mami", "mba", "mbak", "md", "mme", "mom", "mph", "msw", "music", "my", "nant", "naw", "not", "of",
     "official", "one", "only", "papi", "phd", "pmp", "princess", "psyd", "queen", "real", "rey", "rn", "saw",
     "she", "sis", "soy", "tata", "thats", "the", "them", "they", "tiktok", "titi", "to", "tonton", "tv", "ur",
     "with", "x", "xo", "xoxo", "xx", "yo", "your"}
    | TITLES
)  # fmt: skip
_INTRODUCES = re.compile(
    r"\b(?:it'?s(?: me)?|its(?: me)?|this is|i'?m|i am|my name is|name'?s|soy|yo soy|me llamo|mi nombre es|aqui|habla"
    r"|sou|eu sou|meu nome e|je suis|je m'appelle|moi c'est|c'est|mwen se|ich bin|toi la|em la|chi la)"
    r"(?: (?:o|a|la|el|me))?,?\s+([a-z'-]{2,30}(?: [a-z'-]{1,30}){0,3})"
)
_YEAR = r"((?:19|20)[0-9]{2})"
_BARE_YEAR = re.compile(rf"(?<![0-9/.'-]){_YEAR}(?![0-9/'-])")
_DAY = re.compile(r"\b([0-9]{1,4})[/.-]([0-9]{1,2})[/.-]([0-9]{2,4})\b")
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january enero janvier janeiro", "feb february febrero fevrier fevereiro", "mar march marzo mars marco",
         "apr april abril avril", "may mayo mai maio", "jun june junio juin junho", "jul july julio juillet julho",
         "aug august agosto aout", "sep sept september septiembre septembre setembro",
         "oct october octubre octobre outubro", "nov november noviembre novembre novembro",
         "dec december diciembre decembre dezembro"), 1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_IN_WORDS = re.compile(
    rf"\b({_MONTH})\.? ([0-9]{{1,2}})(?:st|nd|rd|th)?,? {{1,2}}((?:19|20)[0-9]{{2}})\b"
    rf"|\b([0-9]{{1,2}})(?:st|nd|rd|th)? (?:de |of )?({_MONTH})\.?,? (?:de |del )?((?:19|20)[0-9]{{2}})\b"
)
_DAY_OF_YEAR = re.compile(
    rf"\b({_MONTH})\.? ([0-9]{{1,2}})(?:st|nd|rd|th)?\b(?!,? ?[0-9])|\b([0-9]{{1,2}}) de ({_MONTH})\b(?! del?)"
)
_ADMIRES = re.compile(
    r"\b(?:stan|fan ?(?:page|account|club)|fanpage|biase?s?|stan account|parody|tribute|not affiliated)\b"
)
_KIN = (
    r"(?:mom|mommy|mama|mum|mummy|mother|dad|daddy|papa|father|wife|husband|hubby|wifey|sister|sis|brother|bro|"
    r"grandma|grandpa|granny|nana|auntie|aunt|uncle|daughter|son|girl|gf|bf|fiancee?|widow|cousin)"
)
_RELATIVE = re.compile(
    rf"\b(?:{_KIN}|mae|pai|mere|pere|soeur|frere|irma|irmao|herman[oa]|esposa|esposo|hij[oa]|tia|tio|prim[oa]|sobrin[oa]|"
    r"abuel[oa]|manman|frem|sem)\b"
)
_SOMEBODYS = re.compile(
    rf"'s? {_KIN}\b|\b{_KIN} (?:of|to|2|4)\b"
    r"|\b(?:mama|papa|mami|papi|esposa|esposo|hij[oa]s?|niet[oa]s|abuel[oa]|familia) de\b"
    r"|\b(?:remembering|in (?:loving )?memory|rip|memorial|en memoria|descansa|team|(?:justice|prayers|benefit) for"
    r"|(?:fans?|friends|family|kids|grandkids) of)\b"
)
_TOGETHER = re.compile(r"[a-z]\s?(?:\band\b|\by\b|\be\b|\bet\b|\bund\b|\bcon\b|&|\+)\s?[a-z]")
_AT_HANDLE = re.compile(r"@([a-z0-9_][a-z0-9_.-]{1,40})")
_EMAIL = re.compile(r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,100}")
_PHONE = re.compile(r"[0-9][0-9 ().+-]{5,20}[0-9]")
_LEET = str.maketrans("0134578", "oieastb")
_SIGNS = str.maketrans("0134578@$!|", "oieastbasil")
_SIGNS_L = str.maketrans("0134578@$!|", "oleastbasil")
_LETTER_AND_SIGN = re.compile(r"[a-z][0-9@$!|]|[0-9@$!|][a-z]")
_SPACED = re.compile(r"(?<![a-z0-9])[a-z]([ ._*~-])[a-z](?:\1[a-z])+(?![a-z0-9])")
_FLAG = re.compile(r"(?<![\U0001F1E6-\U0001F1FF])[\U0001F1E6-\U0001F1FF]{2}(?![\U0001F1E6-\U0001F1FF])")
_PICTURE = re.compile(
    r"[\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u2bff\U0001F000-\U0001F12F\U0001F1E6-\U0001FAFF]"
)
_UPSIDE_DOWN = str.maketrans("ɐqɔpǝɟƃɓɥıᴉɾʞlɯuodbɹsʇnʌʍxʎz", "abcdefgghiijklmnopqrstuvwxyz")
_TURNED = frozenset("ɐɔǝɟƃɓɥᴉɾʞɯɹʇʌʍʎ")

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
    r"\b((?:(?:St|Ft|Mt)\.? )?[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}), ?("
    + "|".join([*(state.upper() for state in _STATES), *(state.title() for state in sorted(_STATE_NAMES))])
    + r"|USA|UK|England|Canada|Mexico|India|Kenya|China|Germany|Australia)\b"
)
_LIVES_IN = re.compile(
    r"(?:\U0001F4CD|\b(?:[Ll]iv(?:es?|ing) in|[Bb]ased in|[Mm]oved to|[Rr]elocated to|(?:[Nn]ow|[Cc]urrently) in|"
    r"[Vv]iv(?:o|iendo) en|[Rr]adicad[oa] en|[Ll]icensed in))\s{0,2}"
    r"([A-Z][A-Za-z]{1,20}(?: [A-Z][a-z]{1,20}){0,2}|[A-Z]{2}\b)"
)
_TOWN_AND_STATE = re.compile(
    r"\b((?:(?:St|Ft|Mt)\.? )?[A-Z][a-z]{2,20}(?: [A-Z][a-z]{1,20})?) (AK|AZ|AR|CA|CT|"
    r"FL|GA|IL|IA|KS|KY|MI|MN|MS|MO|NE|NV|NH|NJ|NM|NY|NC|ND|OH|RI|SC|"
    r"SD|TN|TX|UT|VT|WA|WV|WI|WY)\b"
)
_ONCE_LIVED = re.compile(
    r"\b(?:born in|raised in|originally from|formerly(?: of)?|hometown:?|ex|native of|miss you)[ -]([a-z. ]{3,30})"
    r"|\bfrom ([a-z. ]{3,30}?)(?: now\b| to\b|,? then\b)"
)
_NATIVE = re.compile(r"\b([a-z.]{3,20}(?: [a-z.]{2,20})?)[ -](?:native|raised|born)\b")
_LEFT = re.compile(r"\b([A-Z][A-Za-z]{1,20}(?: [A-Z][a-z]{1,20})?)(?:, ?[A-Z]{2})?\s?(?:\u27a1|\u2192|->|\u2708|>>)")
_AREA_CODE = re.compile(
    r"(?:^|[|,\n])\s?\(([2-9][0-9]{2})\)\s?(?:$|[|,\n])|\b(?:the|repping|represent|representing) "
    r"([2-9][0-9]{2})\b(?![0-9./-])"
    r"|(?:^|[|,\n])\s?([2-9][0-9]{2}) (?:made|raised|based|born)\b"
)
_AREA_CODES = {
    code: state
    for state, codes in (
        ("alabama", "205 251 256 334"),
        ("alaska", "907"),
        ("arizona", "480 520 602 623 928"),
        ("arkansas", "479 501 870"),
        ("california", "209 213 310 323 408 415 424 510 530 559 562 619 626 650 657 661 669 707 714 747 "
         "760 805 818 831 858 909 916 925 949 951"),
        ("colorado", "303 719 720 970"),
        ("connecticut", "203 860"),
        ("delaware", "302"),
        ("florida", "239 305 321 352 386 407 561 727 754 772 786 813 850 863 904 941 954"),
        ("georgia", "229 404 470 478 678 706 762 770 912"),
        ("hawaii", "808"),
        ("idaho", "208"),
        ("illinois", "217 224 309 312 618 630 708 773 779 815 847"),
        ("indiana", "219 260 317 574 765 812"),
        ("iowa", "319 515 563 641 712"),
        ("kansas", "316 620 785 913"),
        ("kentucky", "270 502 606 859"),
        ("louisiana", "225 318 337 504 985"),
        ("maine", "207"),
        ("maryland", "240 301 410 443"),
        ("massachusetts", "339 351 413 508 617 774 781 857 978"),
        ("michigan", "231 248 269 313 517 586 616 734 810 906 989"),
        ("minnesota", "218 320 507 612 651 763 952"),
        ("mississippi", "228 601 662"),
        ("missouri", "314 417 573 636 660 816"),
        ("montana", "406"),
        ("nebraska", "308 402"),
        ("nevada", "702 725 775"),
        ("new hampshire", "603"),
        ("new jersey", "201 551 609 732 848 856 862 908 973"),
        ("new mexico", "505 575"),
        ("new york", "212 315 347 516 518 585 607 631 646 716 718 845 914 917"),
        ("north carolina", "252 336 704 828 910 919 980"),
        ("north dakota", "701"),
        ("ohio", "216 234 330 419 440 513 567 614 740 937"),
        ("oklahoma", "405 539 580 918"),
        ("oregon", "458 503 541 971"),
        ("pennsylvania", "215 267 412 484 570 610 717 724 814"),
        ("rhode island", "401"),
        ("south carolina", "803 843 864"),
        ("south dakota", "605"),
        ("tennessee", "423 615 629 731 865 901 931"),
        ("texas", "210 214 254 281 325 346 361 409 430 432 469 512 682 713 737 806 817 830 832 903 "
         "915 936 940 956 972 979"),
        ("utah", "385 435 801"),
        ("vermont", "802"),
        ("virginia", "276 434 540 571 703 757 804"),
        ("washington", "206 253 360 425 509"),
        ("west virginia", "304 681"),
        ("wisconsin", "262 414 608 715 920"),
        ("wyoming", "307"),
    )
    for code in codes.split()
}  # fmt: skip
_NO_RESIDENTS = frozenset(
    {"fan", "fans", "lover", "terrier", "giants", "jets", "yankees", "mets", "knicks", "cowboys", "mavericks",
     "mavs", "stars", "chiefs", "royals", "bulls", "bears", "cubs", "blackhawks", "lakers", "dodgers", "rams",
     "clippers", "kings", "raiders", "niners", "warriors", "eagles", "phillies", "sixers", "flyers", "celtics",
     "bruins", "patriots", "pats", "sox", "lions", "tigers", "pistons", "browns", "guardians", "cavs", "steelers",
     "pirates", "penguins", "packers", "bucks", "brewers", "vikings", "twins", "wolves", "broncos", "nuggets",
     "rockies", "rapids", "seahawks", "mariners", "saints", "pelicans", "falcons", "braves", "hawks", "dolphins",
     "heat", "marlins", "buccaneers", "bucs", "rays", "texans", "astros", "rockets", "spurs", "suns", "cardinals",
     "diamondbacks", "colts", "pacers", "bengals", "reds", "titans", "predators", "ravens", "orioles", "commanders",
     "nationals", "blues", "style", "pizza", "cheesesteak", "cheesesteaks", "deep", "dog", "dogs"}
)  # fmt: skip
_VISITS = frozenset({"visit", "visiting", "missing", "miss", "love", "to", "loving", "heart", "take"})
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

    `readings` are the words of the display name, plainly and with signs read as letters; `words` is the first of them.
    `undone` says in sentences what was undone to read it. `of_somebody` says that the display name tells whose relative
    this is, `admires` that it is a page about somebody famous, `together` that it names two people. `life` holds
    what tells of their age, `bare_years` are years that stand there without a word. `once` holds the words around towns
    that they come from or have left.
    """

    words: tuple[str, ...]
    readings: tuple[tuple[str, ...], ...]
    undone: tuple[str, ...]
    script: str
    suffix: str
    introduced: tuple[str, ...]
    handle: str
    handle_letters: str
    numbers: tuple[str, ...]
    local_letters: str
    local_numbers: tuple[str, ...]
    bio_words: tuple[str, ...]
    bare_years: tuple[int, ...]
    life: Life
    of_somebody: bool
    admires: bool
    together: bool
    days: tuple[str, ...]
    birthdays: tuple[str, ...]
    places: tuple[Place, ...]
    once: tuple[str, ...]
    bio: str
    emails: frozenset[str]
    phones: frozenset[str]
    once_named: frozenset[str]
    other_handles: frozenset[str]


_ONCE_NAMED = re.compile(
    r"\b(?:nee|formerly|fka|f/k/a|maiden(?: name)?(?: is| was)?|used to be|previously|antes|de soltera|geb\.?|geborene)"
    r" \(?([a-z][a-z'-]{2,30})"
)


def read_profile(profile: Profile, message: str, today: date) -> Shown:
    """Everything that can be compared with a client; long texts are cut."""
    shown_name = _upright(_without_flags(_calm(profile.display_name[: 20 * _LONGEST_NAME]))[:_LONGEST_NAME])
    readings = _readings(shown_name)
    words = readings[0]
    suffix = next((SUFFIXES[word] for word in reversed(words[1:]) if word in SUFFIXES), "")
    handle = plain_handle(profile.handle[: 4 * LONGEST_HANDLE])[:LONGEST_HANDLE]
    letters, numbers = _letters_and_numbers(handle)
    email = fold(profile.email[:_LONGEST_NAME].strip()).text
    local_letters, local_numbers = _letters_and_numbers(
        email.partition("@")[0][:LONGEST_HANDLE] if "@" in email else ""
    )
    bio = flat(profile.bio)
    said = flat(message)
    both = f"{bio}\n{said}"
    folded_name = fold(shown_name).text
    introduced: tuple[str, ...] = ()
    if (found := _INTRODUCES.search(said)) and not _RELATIVE.search(found[1]):
        introduced = tuple(word for word in words_of(found[1]) if word not in DECORATION)[:4]
    emails = {email} if "@" in email else set()
    emails |= {address.rstrip(".-") for address in _EMAIL.findall(both)}
    phones = {phone_digits(profile.phone[:_LONGEST_NAME])} | {phone_digits(number) for number in _PHONE.findall(both)}
    places = [_shown_place(profile.city[:_LONGEST_NAME])]
    places += [place_of(f"{town}, {state}") for town, state in _PLACE_IN_TEXT.findall(profile.bio[:_LONGEST_TEXT])]
    places += _cities_in(profile.bio[:_LONGEST_TEXT], bio)
    places += [
        Place(*cities()[word])
        for word in re.split(r"[._0-9-]+", handle)
        if len(word) > 2 and word in cities() and not is_usual_given(word)
    ]
    places += [place_of(f"{town}, {state}") for town, state in _TOWN_AND_STATE.findall(profile.bio[:_LONGEST_TEXT])]
    places += [_town_or_state(text) for text in _LIVES_IN.findall(profile.bio[:_LONGEST_TEXT])]
    places += [
        Place("", name)
        for segment in re.split(r"[|,\n/;]", bio)
        if (name := " ".join(words_of(segment[:40]))) in _STATE_NAMES and name not in cities()
    ]
    places += [
        Place("", _AREA_CODES[code]) for groups in _AREA_CODE.findall(bio) if (code := "".join(groups)) in _AREA_CODES
    ]
    own = of_oneself(bio)
    life = read_life(flat(shown_name), handle, bio, profile.bio[:_LONGEST_TEXT], said, today)
    days = ["/".join(parts) for parts in _DAY.findall(both)]
    for month, day, year, first_day, named_month, last_year in _DAY_IN_WORDS.findall(both):
        days.append(f"{_MONTHS[month or named_month]}/{int(day or first_day)}/{year or last_year}")
    return Shown(
        words=tuple(word for word in words if word not in SUFFIXES),
        readings=tuple(tuple(word for word in reading if word not in SUFFIXES) for reading in readings),
        undone=_undone(profile.display_name[:_LONGEST_NAME], folded_name),
        script=script_of(shown_name),
        suffix=suffix,
        introduced=introduced,
        handle=handle,
        handle_letters=letters,
        numbers=(*numbers, *(word for word in words if word.isdigit())),
        local_letters=local_letters,
        local_numbers=local_numbers,
        bio_words=words_of(both),
        bare_years=tuple(
            year
            for text in _BARE_YEAR.findall(own)
            if 1920 <= (year := int(text)) <= today.year - 10 and year not in life.years and not days
        ),
        life=life,
        admires=_ADMIRES.search(f"{bio} {' '.join(words_of(handle))}") is not None,
        of_somebody=_SOMEBODYS.search(folded_name) is not None,
        together=_TOGETHER.search(folded_name) is not None,
        days=tuple(days),
        birthdays=tuple(
            f"{_MONTHS[month or named_month]}/{int(day or first_day)}"
            for month, day, first_day, named_month in _DAY_OF_YEAR.findall(both)
        ),
        places=tuple(place for place in places if place.town or place.state),
        once=_once_lived(profile.bio[:_LONGEST_TEXT], bio),
        bio=f" {' '.join(_place_words(words_of(both)))} ",
        emails=frozenset(emails),
        phones=frozenset(digits for digits in phones if 7 <= len(digits) <= 15),
        once_named=frozenset(_ONCE_NAMED.findall(both)),
        other_handles=frozenset(other.rstrip(".-") for other in _AT_HANDLE.findall(f"{bio}\n{flat(shown_name)}")),
    )


def _calm(name: str) -> str:
    """A name without the marks that are heaped on its letters, so that what is cut is not the name."""
    return "".join(character for character in name if unicodedata.category(character) not in ("Mn", "Me", "Cf"))


def _without_flags(name: str) -> str:
    """Two letters of a flag stand for a country; more of them in a row are letters."""
    return _FLAG.sub(" ", name)


def _upright(name: str) -> str:
    """Letters that stand on their heads, put back on their feet."""
    if sum(character in _TURNED for character in name) < 2:
        return name
    return name.lower().translate(_UPSIDE_DOWN)[::-1]


_STYLED = re.compile(
    "[\u2100-\u214f\u2460-\u24ff\ua730-\ua7ff\u1d00-\u1d7f\u0250-\u02ff\uff21-\uff5a\U0001d400-\U0001d7ff"
    "\U0001f130-\U0001f189]"
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_HEAPED = re.compile("[\u0300-\u036f\u0489\u20d0-\u20ff]{2}|[\u0334-\u0338\u0489]")
_REPEATED = re.compile(r"(?!iii\b)([a-z])\1{2}")


def _undone(name: str, folded: str) -> tuple[str, ...]:
    """In sentences, what was undone before the name could be read."""
    found = []
    if not name.isascii():
        if sum(character in _TURNED for character in name) > 1:
            found.append("Written upside down; read the right way up.")
        elif _STYLED.search(name):
            found.append("Written in styled letters; read as plain ones.")
        if _INVISIBLE.search(name) or _HEAPED.search(name):
            found.append("Written with invisible or heaped-up signs; read without them.")
        letters = "".join(character if character.isalpha() else " " for character in name)
        for word in letters.split():
            latin = any(character < "\u0250" for character in word)
            if latin and not word.isascii() and LOOKALIKE.search(word):
                found.append("Letters of another alphabet that only look alike; read as ours.")
                break
        else:
            if any("\u0370" <= character <= "\u1cff" or "\u2d00" <= character <= "\ud7ff" for character in letters):
                found.append("Written in another alphabet; compared as it is spelled in ours.")
        if _PICTURE.search(name):
            found.append("Pictures stand beside the name; read without them.")
    if _LETTER_AND_SIGN.search(re.sub(r"[0-9]+\b", "", folded)):
        found.append("Digits or signs stand for letters; read as letters.")
    if _REPEATED.search(folded):
        found.append("Letters are drawn out; read once.")
    if _SPACED.search(folded):
        found.append("Letters are spaced out; read together.")
    return tuple(found)


def _cities_in(raw: str, bio: str) -> list[Place]:
    """Cities that a bio names without their state. One that is also somebody's name must stand for itself."""
    known = cities()
    found: list[Place] = []
    for segment in re.split(r"[|,\n/;()>]|->| - |\.\s", bio):
        words = folded_words(segment)[:60]
        at = 0
        while at < len(words):
            for length in (4, 3, 2, 1):
                name = " ".join(words[at : at + length])
                if length > len(words) - at or name not in known:
                    continue
                alone = length == len(words) or (at and words[at - 1] in _BEFORE_PLACES)
                short = len(name) < 4 and not alone and not re.search(rf"\b{name.upper()}\b", raw)
                someone = length == 1 and is_usual_given(name) and not alone
                follows = words[at + length] if at + length < len(words) else ""
                elsewhere = follows in _NO_RESIDENTS or (
                    at > 1 and words[at - 1] in _VISITS and words[at - 2] in ("to", "want", "i")
                )
                if elsewhere:
                    at += length - 1
                    break
                if not short and not someone and not (name == "la" and not re.search(r"\bLA\b", raw)):
                    found.append(Place(*known[name]))
                at += length - 1
                break
            at += 1
    return found


_BEFORE_PLACES = frozenset({"in", "from", "de", "en", "based", "near", "live", "living", "at", "desde", "vivo"})


def flat(text: str) -> str:
    """Folded, with line breaks, bullets and pictures kept apart from spaces."""
    plain = _PICTURE.sub("|", text[:_LONGEST_TEXT])
    for mark in "•·▪◦‖｜":
        plain = plain.replace(mark, "|")
    return "\n".join(fold(line).text for line in plain.splitlines())


def _town_or_state(text: str) -> Place:
    """Where somebody says they live: Reno, the state of Nevada, or TX."""
    folded = " ".join(words_of(fold(text).text))
    if folded in _STATES or folded in _STATE_NAMES:
        return Place("", _STATES.get(folded, folded))
    return Place(*cities().get(folded, (place_of(text).town, place_of(text).state)))


def _once_lived(raw: str, bio: str) -> tuple[str, ...]:
    """Words around the towns that somebody comes from or has left: they may live anywhere."""
    found = ["".join(groups) for groups in _ONCE_LIVED.findall(bio)]
    found += _NATIVE.findall(bio)
    found += [fold(town).text for town in _LEFT.findall(raw)]
    return tuple(f" {' '.join(_place_words(words_of(text)))} " for text in found)


def _shown_place(city: str) -> Place:
    """The place that a profile gives; none where another script spells one that is not known here by that spelling."""
    place = place_of(city)
    return Place("", "") if script_of(city) and place.town not in cities() else place


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


def _readings(name: str) -> tuple[tuple[str, ...], ...]:
    """The words of a display name: plainly, and, where signs stand at its letters, with the signs read as letters."""
    spread = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", name) if " " not in name.strip() else name
    folded = fold(spread).text
    found = [tuple(_display_words(folded))]
    if _LETTER_AND_SIGN.search(folded):
        for signs in (_SIGNS, _SIGNS_L):
            tokens = [
                token.translate(signs) if _LETTER_AND_SIGN.search(token) else token for token in folded.split(" ")
            ]
            reading = tuple(_display_words(" ".join(tokens)))
            if reading not in found:
                found.append(reading)
    return tuple(found)


def _display_words(folded: str) -> list[str]:
    """The words of a folded display name; spaced letters joined, drawn-out ones cut, digits inside read as letters."""
    joined = _SPACED.sub(lambda run: re.sub(r"[^a-z]", "", run[0]), folded)
    plain = [
        word if word.isdigit() or word in SUFFIXES else re.sub(r"([a-z])\1{2,}", r"\1", word.translate(_LEET))
        for word in folded_words(joined)
    ]
    while len(plain) > 1 and plain[0] in TITLES:
        plain = plain[1:]
    return plain[:16]


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
