"""Reads what somebody copied from a profile page or a request: whose it is, and what the page only says around it.

People copy with the mouse, so a page's buttons and counters come along, in the order of the screen. What is known to
be the page's own is dropped; of common friends only their number is kept, because they are other people; what can't
be placed goes into the bio. Nothing that the person on the other side wrote is thrown away. The result is a proposal
that is looked over before anything is kept.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from demur.core.accounts import Network, Profile
from demur.core.content import MAX_TEXT_LENGTH
from demur.core.folding import fold

_SITES = {
    "facebook.com": Network.FACEBOOK,
    "fb.com": Network.FACEBOOK,
    "instagram.com": Network.INSTAGRAM,
    "x.com": Network.X,
    "twitter.com": Network.X,
    "linkedin.com": Network.LINKEDIN,
    "tiktok.com": Network.TIKTOK,
    "snapchat.com": Network.SNAPCHAT,
    "threads.net": Network.THREADS,
    "threads.com": Network.THREADS,
    "bsky.app": Network.BLUESKY,
}
_BARE_USERNAMES = frozenset({Network.INSTAGRAM, Network.TIKTOK, Network.SNAPCHAT, Network.THREADS})
"""Networks that show a username as a line of its own, without an at sign."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SEPARATOR = re.compile(r"\s*[·•|∙⋅]\s*")
_NUMBER = r"[0-9][0-9.,]{0,12}\s?(?:k|m|mil|mill\.?|mill|millones|millon)?\+?"
_COUNTED = (
    r"(?:posts?|tweets?|followers?|following|friends?|likes?|connections?|contactos?|seguidor(?:es)?|seguidos?|siguiendo"
    r"|publicacion(?:es)?|amigos?|me gusta|replies|videos?|threads?|hilos?|reposts?|photos?|fotos?|snap score|views?"
    r"|mutuals?|people|personas)"
)
_COUNTS = re.compile(rf"(?:(?:mas de )?{_NUMBER}\s?(?:de )?{_COUNTED}[\s,]*){{1,6}}")
_COUNT_LABELS = re.compile(rf"(?:{_COUNTED}:?\s?{_NUMBER}[\s,]*){{1,6}}")
_NUMBER_ALONE = re.compile(_NUMBER)
_COUNT_BEHIND = re.compile(r"\s?\([0-9]{1,5}\)$")
_GLUED = re.compile(r"(?<=[0-9])[km]?(?=[a-z]{4})")
"""Where a number and what it counts were copied as one word: 2.1KLikes."""
_NOUN_ALONE = re.compile(_COUNTED)
_AGO = re.compile(
    r"(?:hace )?(?:[0-9]{1,2}|an?|una?)\s?(?:s|sec|seconds?|m|min|mins|minutes?|minutos?|h|hr|hrs|hours?|horas?"
    r"|d|days?|dias?|w|wk|wks|weeks?|sem|sems|semanas?|mo|months?|mes|meses"
    r"|(?<![2-9][0-9])(?<![2-9][0-9] )(?:y|yr|yrs|years?|anos?|a))"
    r"\.?(?: ago| atras)?"
)
_DEGREE = re.compile(
    r"(?:[·•-]\s?)?(?:(?:1st|2nd|3rd\+?|1\.?er|2\.?[oº]|3\.?er\+?)(?: degree)?(?: connection)?"
    r"|contacto de (?:1|2|3)\.?(?:er|o|º)? grado|(?:first|second|third)[- ]degree connection)"
)
_JOINED = re.compile(
    r"(?:joined|se unio(?: en)?|fecha de union:?|member since|miembro desde)\s.{0,40}?(?:19|20)[0-9]{2}"
)
_JOINED_WITHIN = re.compile(r"(?:joined [a-z]{3,9}|se unio en(?: [a-z]{3,10})?(?: de)?) (?:19|20)[0-9]{2}")
_MUTUAL = re.compile(
    rf"(?:{_NUMBER} friends? \()?(?:you have |you both have |tienes |tienen )?(?P<number>{_NUMBER}) "
    r"(?:(?:mutual|common|shared)(?: (?:friends?|connections?|followers?|contacts?|groups?))?\)?"
    r"|(?:friends?|connections?) in common|(?:amig[oa]s?|contactos?|seguidores) en comun|(?:amig[oa]s?) mutu[oa]s?)"
    r"(?:[,: ].{0,200})?"
)
_MUTUAL_NAMED = re.compile(
    r"(?P<names>.{1,200}?)(?:,? (?:and|y|&)(?: otr[oa]s)? (?P<more>[0-9]{1,4})(?: other| more| others)?)?"
    r" (?:(?:is|are) (?:a )?)?(?:(?:other )?mutual (?:connections?|friends?)"
    r"|(?:(?:es|son) (?:un |una )?)?(?:contactos?|amig[oa]s?)(?: mas)? en comun)"
)
_FOLLOWED_BY = re.compile(
    r"(?:also )?(?:followed by|seguid[oa] por|l[oae]s? siguen?|siguen esta cuenta:?)\s(?P<names>.{1,300}?)"
    r"(?:,? ?(?:and|y|\+|&) ?(?P<more>[0-9]{1,4})(?: (?:more|others?|other people|mas|personas mas|otros|otras))?"
    r"(?: (?:you follow|people you follow|que sigues))?)?(?: you follow)?"
)
_FOLLOW_THIS = re.compile(
    r"(?P<names>.{1,300}?)(?: y (?P<more>[0-9]{1,4}) (?:personas )?mas)? siguen? (?:esta cuenta|a esta persona)"
)
_BOTH_KNOW = re.compile(
    r"(?:you['’]re|you are|you['’]re both|you are both|eres|son|ambos son) (?:friends with|friends of|amig[oa]s? de)"
    r" (?P<names>.{1,200}?)(?:,? (?:and|y) (?P<more>[0-9]{1,4})(?: others?| other people| more| personas mas| mas)?)?"
)
_AND = re.compile(r",\s*|\s+(?:and|y|&)\s+")

_LIVES = re.compile(
    r"(?:lives? in|living in|based in|vive en|vivo en|current city:?|ciudad actual:?|location:|ubicacion:|radica en"
    r"|residing in|reside en)\s+(?P<place>.{2,60})"
)
_PIN = re.compile(r"(?:📍|🏠|🏡|📌)\ufe0f?\s*(?P<place>.{2,60})")
_AREA = re.compile(
    r"(?:greater [^,]{2,40}(?:area)?|[^,]{2,40} (?:metropolitan|metro|bay) area|area metropolitana de .{2,40})"
)
_WITH_CONTACT = re.compile(
    r"(?P<place>.{2,60}?)[ ·•]+(?:contact info|información de contacto|informacion de contacto)", re.IGNORECASE
)
_PLACE = re.compile(r"[^\W\d_][^,\d@:!?]{0,30},\s?(?P<state>[^,\d@:!?]{2,25})(?:,\s?(?P<country>[^,\d@:!?]{2,25}))?")

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
_PHONE = re.compile(
    r"(?<![\w/.-])(?:\+?[0-9]{1,3}[ .-]?)?(?:\([0-9]{2,4}\)\s?|[0-9]{2,4}[ .-])[0-9]{3,4}[ .-][0-9]{3,4}(?![\w/-])"
)
_PHONE_LINE = re.compile(
    r"(?:(?:phone|tel\.?|mobile|cell|telefono|celular|movil|whatsapp):?\s*)?(?P<phone>\+?[0-9(][0-9 ().-]{5,20}[0-9])"
    r"(?:\s*\((?:mobile|home|work|movil|casa|trabajo|celular)\))?"
)
_YEARS = re.compile(r"(?:19|20)[0-9]{2}(?:\s?[-–]\s?(?:(?:19|20)?[0-9]{2}|[0-9]{2}[-/.][0-9]{2}))?")
_HANDLE = re.compile(r"@(?P<user>[A-Za-z0-9_.-]{1,64})(?:@(?P<host>[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}))?")
_USERNAME = re.compile(r"[a-z0-9._-]{2,30}")
_ADDRESS = re.compile(
    r"(?:https?://)?(?:(?:www|m|web|mobile|[a-z]{2})\.)?(?P<site>[a-z]{1,12}\.(?:com|net|app))/"
    r"(?:in/|pub/|add/|profile/|_u/|@)?(?P<user>[A-Za-z0-9_.%-]{1,100})/?(?:\?\S{0,300})?",
    re.IGNORECASE,
)
_NO_USER = frozenset({"profile.php", "people", "groups", "pages", "home", "share", "watch", "explore", "hashtag"})
_POSSESSIVE = re.compile(
    r"(?P<of>.{1,100}?)['’]s? (?:profile(?: photo| picture)?|story|avatar|cover photo)"
    r"|(?:profile photo of|profile picture of|photo of|foto del? perfil de|foto de portada de|foto de|perfil de"
    r"|avatar de) (?P<de>.{1,100})"
)
_PRONOUNS = re.compile(
    r"\(?(?:she|he|they|ella|el|elle|ze|xe)\s?/\s?(?:her|hers|him|his|them|theirs|la|lo|le|ella|elle|el|zir|xem)"
    r"(?:\s?/\s?[a-z]{2,8})?\)?"
)
_WITH_PRONOUNS = re.compile(
    r"(?P<name>.{1,100}?)\s*(?P<said>\([A-Za-z]{2,6}\s?/\s?[A-Za-z]{2,8}(?:\s?/\s?[A-Za-z]{2,8})?\))"
)
_SENTENCE_END = re.compile(r"[.!?…:;]$")
_INITIAL_END = re.compile(r"\b(?:[JS]r|[A-Z])\.$")
_LONGEST_OF_PAGE = 400
"""Characters in a line that may be the page's own or one fact; longer ones are somebody's text."""
_MOST_IN_A_NAME = 80
_MOST_WORDS_IN_A_NAME = 7
_ENOUGH = 2
"""Points from which a network is guessed."""


@dataclass(frozen=True, slots=True)
class PastedProfile:
    """What was read, and the network it seems to come from; None where nothing tells."""

    profile: Profile
    network: Network | None
    people: int = 1
    """How many requests the text seems to list; the profile is the first one's, and nobody else's words are in it."""


@dataclass(slots=True)
class _Sheet:
    """What is found line by line. `rest` are the lines not placed yet; `before_handle` the one before the handle."""

    network: Network | None
    name: str = ""
    handle: str = ""
    city: str = ""
    email: str = ""
    phone: str = ""
    mutual: int = 0
    rest: list[str] = field(default_factory=list)
    before_handle: int | None = None
    after_page: int | None = None


def read_pasted(text: str, network: Network | None = None) -> PastedProfile:
    """The profile in text copied from a page of `network`, or of one that is guessed. Linear in the text's length."""
    lines = [" ".join(line.split()) for line in _INVISIBLE.sub("", text[:MAX_TEXT_LENGTH]).splitlines()]
    lines = [line for line in lines if line]
    found = network if network not in (None, Network.OTHER) else _guess(lines)
    requests = _one_by_one(lines)
    lines = requests[0]
    sheet = _Sheet(found)
    waiting = list(reversed(lines))
    before = label = ""
    while waiting:
        line = waiting.pop()
        following = waiting[-1] if waiting else ""
        if len(line) > _LONGEST_OF_PAGE:
            _reached(line, "", sheet)
            sheet.rest.append(line)
            continue
        if label and _placed_by_label(label, line, sheet):
            label = ""
            continue
        label = _label(line)
        if label and following:
            continue
        parts = [part for part in _SEPARATOR.split(line) if part]
        if parts and parts != [line] and (len(parts) == 1 or any(_is_known(part) for part in parts)):
            waiting.extend(reversed(parts))
        elif not _place(line, before, following, sheet):
            sheet.rest.append(line)
        before = line
    _name(sheet)
    profile = Profile(
        display_name=sheet.name,
        handle=sheet.handle,
        bio="\n".join(sheet.rest),
        city=sheet.city,
        email=sheet.email,
        phone=sheet.phone,
        mutual_connections=sheet.mutual,
    )
    return PastedProfile(profile, found, len(requests))


def _one_by_one(lines: list[str]) -> list[list[str]]:
    """The lines of each request: each has somebody's own lines and then a button to accept it."""
    requests: list[list[str]] = []
    current: list[str] = []
    for line, after in pairwise([*lines, ""]):
        current.append(line)
        if _plain(line) in _words()["answers"] and _plain(after) not in _words()["answers"]:
            accepts = any(_plain(said) in _words()["accepts"] for said in current)
            if requests and (not accepts or all(_is_page(said) for said in current)):
                requests[-1].extend(current)
            else:
                requests.append(current)
            current = []
    if not requests:
        return [current]
    requests[-1].extend(current)
    return requests


# One line after the other


def _is_known(part: str) -> bool:
    """Whether a part between two dots is the page's own or one fact; else the dots are somebody's own."""
    return _is_page(part) or _mutual(part) is not None or _LIVES.fullmatch(_plain(part)) is not None


def _place(line: str, before: str, following: str, sheet: _Sheet) -> bool:
    """Whether a line has found its place, the page's own words included."""
    plain = _plain(line)
    if not plain:
        return True
    if _is_page(line):
        return True
    if _NUMBER_ALONE.fullmatch(plain) and (
        _NOUN_ALONE.fullmatch(_plain(following)) or _plain(before) in _words()["scores"]
    ):
        return True
    in_profile = sheet.network is Network.LINKEDIN and sheet.rest and not sheet.city
    if in_profile and (with_contact := _WITH_CONTACT.fullmatch(line)):
        sheet.city = with_contact["place"]
        return True
    if in_profile and _plain(following) in _words()["contact"] and len(line) <= _MOST_IN_A_NAME:
        sheet.city = line
        return True
    if (mutual := _mutual(line)) is not None:
        sheet.mutual = max(sheet.mutual, mutual)
        return True
    return (
        _asks(line, plain, sheet)
        or _address(line, sheet)
        or _handle(line, sheet)
        or _city(line, plain, sheet)
        or _reached(line, plain, sheet)
    )


def _is_page(line: str) -> bool:
    plain = _plain(line)
    return (
        _COUNT_BEHIND.sub("", plain).strip("+ ✓✔") in _words()["drop"]
        or plain in _words()["asks"]
        or any(pattern.fullmatch(plain) is not None for pattern in (_COUNTS, _COUNT_LABELS, _AGO, _DEGREE, _JOINED))
        or plain.startswith(("click to follow ", "follow @"))
    )


def _mutual(line: str) -> int | None:
    """How many people both know, where a line says so; their names are not kept."""
    plain = _plain(line)
    if match := _MUTUAL.fullmatch(plain):
        digits = re.sub(r"[^0-9]", "", match["number"].partition("k")[0])
        return min(int(digits or 0), 100_000)
    for pattern in (_MUTUAL_NAMED, _FOLLOWED_BY, _FOLLOW_THIS, _BOTH_KNOW):
        if match := pattern.fullmatch(plain):
            names = [name for name in _AND.split(match["names"]) if name.strip(" +")]
            if pattern is _FOLLOWED_BY and re.fullmatch(
                r"[0-9]{1,4}(?: (?:people|others?|personas))?.{0,30}", match["names"]
            ):
                return int(re.match(r"[0-9]+", match["names"])[0])  # type: ignore[index]
            return len(names) + int(match["more"] or 0)
    return None


def _asks(line: str, plain: str, sheet: _Sheet) -> bool:
    """“Ana Example sent you a friend request. 2d”: the beginning is who it is."""
    if sheet.name:
        return False
    match = _asking().fullmatch(plain)
    if match is None or not match["who"]:
        return False
    who = _cut(line, len(match["who"]))
    if _is_username(who, sheet.network):
        sheet.handle = sheet.handle or who.removeprefix("@")
    else:
        sheet.name = who
    return True


def _cut(line: str, length: int) -> str:
    """The beginning of a line whose folded form has that length."""
    folded = fold(line)
    return line[: folded.span(0, length)[1]].strip(" ,.") if length else ""


def _address(line: str, sheet: _Sheet) -> bool:
    match = _ADDRESS.fullmatch(line)
    if match is None:
        return False
    network = _SITES.get(match["site"].lower())
    user = match["user"]
    if network is None or user.lower() in _NO_USER or (sheet.network or network) is not network or sheet.handle:
        return False
    sheet.handle = re.sub(r"(?:%[0-9A-Fa-f]{2})+", _unescaped, user)
    return True


def _unescaped(match: re.Match[str]) -> str:
    return bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace")


def _handle(line: str, sheet: _Sheet) -> bool:
    candidate = re.sub(r"\s+(?:follows you|te sigue|follows me)$", "", line, flags=re.IGNORECASE)
    if match := _HANDLE.fullmatch(candidate):
        written = f"{match['user']}@{match['host']}" if match["host"] else match["user"]
        if sheet.handle and _plain(sheet.handle) != _plain(written):
            return False
        sheet.handle = written
        if sheet.rest and sheet.before_handle is None:
            sheet.before_handle = len(sheet.rest) - 1
        return True
    if not sheet.handle and _is_username(line, sheet.network):
        tells = any(character in "._0123456789" for character in line)
        first = not sheet.rest and (tells or sheet.network in _BARE_USERNAMES)
        second = len(sheet.rest) == 1 and tells and sheet.network in _BARE_USERNAMES
        if first or second:
            sheet.handle = line
            sheet.before_handle = 0 if second else None
            return True
    return bool(sheet.handle) and _plain(line) == _plain(sheet.handle)


def _is_username(line: str, network: Network | None) -> bool:
    if line.startswith("@"):
        return _HANDLE.fullmatch(line) is not None
    if network is not None and network not in _BARE_USERNAMES:
        return False
    return _USERNAME.fullmatch(line) is not None and any(character.isalpha() for character in line)


def _city(line: str, plain: str, sheet: _Sheet) -> bool:
    if sheet.city:
        return False
    folded = fold(line)
    if match := _LIVES.fullmatch(folded.text):
        sheet.city = line[folded.span(match.start("place"), match.end("place"))[0] :].strip(" .")
    elif match := _PIN.fullmatch(line):
        sheet.city = match["place"]
    elif (match := _JOINED_WITHIN.search(folded.text)) and match.start():
        # X puts place, link and day into one line.
        before = line[: folded.span(match.start(), match.end())[0]].strip(" ·•|📅🗓")
        if not _is_place(before):
            return False
        sheet.city = before
    elif _is_place(line) or (sheet.network is Network.LINKEDIN and _AREA.fullmatch(plain)):
        # A place as the very first line would be somebody's name.
        if not sheet.rest and not sheet.name and not sheet.handle:
            return False
        sheet.city = line
    else:
        return False
    return True


def _is_place(line: str) -> bool:
    match = _PLACE.fullmatch(line)
    if match is None:
        return False
    return any(
        part is not None and (part.strip() in _abbreviations() or _plain(part) in _words()["regions"])
        for part in (match["state"], match["country"])
    )


def _reached(line: str, plain: str, sheet: _Sheet) -> bool:
    """An address or number that is a line of its own is placed; inside a sentence it is noted, and the line stays."""
    if not sheet.phone:
        whole = _PHONE_LINE.fullmatch(plain)
        if whole and _is_phone(whole["phone"]):
            sheet.phone = whole["phone"].strip()
            return True
        if inside := _PHONE.search(line):
            sheet.phone = inside[0].strip()
    email = _EMAIL.search(line) if "@" in line and not sheet.email else None
    if email is None:
        return False
    sheet.email = email[0]
    left = _plain(line.replace(email[0], " ")).strip(" :")
    return not left or left in _words()["email_labels"]


def _is_phone(written: str) -> bool:
    digits = sum(character.isdigit() for character in written)
    separated = any(character in " ().-+" for character in written)
    return 7 <= digits <= 15 and (separated or digits in (10, 11)) and not _YEARS.fullmatch(written)


def _label(line: str) -> str:
    plain = _plain(line).rstrip(":")
    return next((kind for kind in ("email_labels", "phone_labels", "place_labels") if plain in _words()[kind]), "")


def _placed_by_label(label: str, line: str, sheet: _Sheet) -> bool:
    if label == "place_labels":
        if sheet.city or _is_page(line) or len(line) > 60:
            return False
        sheet.city = line
        return True
    return _reached(line, _plain(line), sheet)


# Who it is


def _name(sheet: _Sheet) -> None:
    """Take the name out of the lines that are left, and what only repeats name or handle."""
    if not sheet.name:
        position = sheet.before_handle
        if position is None:
            position = next((at for at, line in enumerate(sheet.rest) if _may_be_name(line)), None)
        if position is not None:
            sheet.name = sheet.rest.pop(position)
    if match := _WITH_PRONOUNS.fullmatch(sheet.name):
        sheet.name = match["name"]
        sheet.rest.insert(0, match["said"])
    known = {_plain(sheet.name), _plain(sheet.handle), f"@{_plain(sheet.handle)}"} - {"", "@"}
    sheet.rest = [line for line in sheet.rest if not _repeats(line, known)]


def _may_be_name(line: str) -> bool:
    if len(line) > _MOST_IN_A_NAME or (_SENTENCE_END.search(line) and not _INITIAL_END.search(line)):
        return False
    if _PRONOUNS.fullmatch(_plain(line)) or "@" in line or "://" in line:
        return False
    words = line.split()
    return len(words) <= _MOST_WORDS_IN_A_NAME and any(character.isalpha() for character in line)


def _repeats(line: str, known: set[str]) -> bool:
    plain = _plain(line)
    if plain in known:
        return True
    match = _POSSESSIVE.fullmatch(plain)
    if match is None:
        return False
    of = (match["of"] or match["de"] or "").strip()
    return of in known or any(name.startswith(f"{of} ") for name in known)


# Which network it is


def _guess(lines: list[str]) -> Network | None:
    """The network whose own words stand in the text most often; None where it is a tie or too little."""
    points: Counter[Network] = Counter()
    said: set[str] = set()
    with_handle = False
    for line in lines:
        plain = _plain(line)
        if len(line) > _LONGEST_OF_PAGE:
            continue
        said.update((plain, *_GLUED.sub(" ", plain).split()))
        if match := _HANDLE.fullmatch(line.split(" ")[0]):
            with_handle = True
            if match["host"]:
                points[Network.MASTODON] += 4
            elif match["user"].lower().endswith(".bsky.social"):
                points[Network.BLUESKY] += 4
        if (match := _ADDRESS.fullmatch(line)) and (network := _SITES.get(match["site"].lower())):
            points[network] += 2
        parts = {plain, *(_plain(part) for part in _SEPARATOR.split(line))}
        if asked := _asking().fullmatch(plain):
            parts.add(asked["asks"])
        for part in parts:
            points.update(_points(part))
    for words, network, weight in (
        (("posts", "followers", "following"), Network.INSTAGRAM, 0 if with_handle else 2),
        (("publicaciones", "seguidores", "seguidos"), Network.INSTAGRAM, 0 if with_handle else 2),
        (("following", "followers", "likes"), Network.TIKTOK, 0 if "posts" in said else 2),
        (("siguiendo", "seguidores", "gusta"), Network.TIKTOK, 2),
        (("joined",), Network.X, 1 if with_handle else 0),
        (("ignore", "accept"), Network.LINKEDIN, 1),
        (("ignorar", "aceptar"), Network.LINKEDIN, 1),
    ):
        if said.issuperset(words):
            points[network] += weight
    best = points.most_common(2)
    if not best or best[0][1] < _ENOUGH or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def _points(part: str) -> Counter[Network]:
    """What one line, or one part between dots, says for which network."""
    points: Counter[Network] = Counter()
    for network in _cues().get(part, ()):
        points[network] += 3 if part in _words()["strong"] else 1
    for ending, name in _data()["endings"].items():
        if part.endswith(f" {ending}"):
            points[Network(name)] += 2
    for beginning, name in _data()["beginnings"].items():
        if part.startswith(f"{beginning} "):
            points[Network(name)] += 1
    return points


# Words


def _plain(line: str) -> str:
    return fold(line).text.strip(" .…:·•|")


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("demur.networks").joinpath("pasted.toml").read_text("utf-8"))


@cache
def _words() -> dict[str, frozenset[str]]:
    lists = (
        "drop",
        "accepts",
        "answers",
        "contact",
        "email_labels",
        "phone_labels",
        "place_labels",
        "regions",
        "scores",
        "asks",
        "strong",
    )
    return {name: frozenset(_plain(word) for word in _data()[name]) for name in lists}


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(_data()["abbreviations"])


@cache
def _cues() -> dict[str, tuple[Network, ...]]:
    found: dict[str, list[Network]] = {}
    for name, words in _data()["cues"].items():
        for word in words:
            found.setdefault(_plain(word), []).append(Network(name))
    return {word: tuple(networks) for word, networks in found.items()}


@cache
def _asking() -> re.Pattern[str]:
    asks = "|".join(re.escape(_plain(words)) for words in sorted(_data()["asks"], key=len, reverse=True))
    return re.compile(rf"(?P<who>.{{1,120}}?),? (?P<asks>{asks})[.!]?(?:[ ·•]+{_AGO.pattern})?")
