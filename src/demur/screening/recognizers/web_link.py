"""Links, without the slips of punctuation that only look like one ("tired.So", "e.g.that")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.rule import Hit

_FULL = re.compile(r"(?<![\w@])(?:(?:https?|hxxps?|ftp)(?:://|\[:\]//)(?=\w)|www\.(?=\w))[^\s<>\"]{2,2000}")
_BARE = re.compile(
    r"(?<![\w@./:-])(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}(?P<ending>[a-z]{2,12}))(?::\d{2,5})?"
    r"(?P<path>[/?#][^\s<>\"]{0,1000})?(?![\w@-])"
)
_CLEAR_ENDINGS = frozenset(
    {
        "com", "org", "net", "edu", "gov", "mil", "biz", "xyz", "ong", "ngo", "uk", "ca", "mx", "au", "nz", "fr",
        "jp", "nl", "pl", "ru", "cz", "gr", "hu", "kr", "br", "cl", "gt", "hn", "uy", "hk", "tw", "sg", "za", "ke",
        "gh", "ng", "eu",
    }
)  # fmt: skip
"""Endings that no English or Spanish word begins a sentence with."""
_WORDLIKE_ENDINGS = frozenset(
    {
        "me", "us", "io", "tv", "gg", "ly", "be", "co", "link", "page", "site", "shop", "health", "care", "help",
        "news", "dev", "ai", "to", "ee", "es", "is", "it", "de", "at", "ch", "se", "no", "in", "fm", "am", "ms",
        "gl", "ec", "pe", "ve", "ar", "pt", "dk", "ro", "la", "so", "my", "do", "live", "life", "world", "today",
        "love", "fund", "family", "school", "team", "space", "store", "cloud", "chat", "bio", "art", "video",
        "design", "center", "house", "land", "law", "info", "app", "club", "online", "agency", "foundation",
        "community", "church", "clinic", "academy", "blog", "website", "wiki", "museum", "coop", "tech", "pics",
        "social", "int", "fi", "ni", "sv", "pr", "cr", "bo", "il", "ie", "mil", "im", "st",
    }
)  # fmt: skip
"""Endings that could be a word after a missing space: they count only with a path behind them."""
_SECOND_LEVEL = re.compile(r"\.(?:co|com|org|gov|gob|edu|ac|net|nom|k12|state|ci|nhs|police)\.(?:[a-z]{2}\.)?[a-z]{2}$")
_PERSONAL = re.compile(
    r"^(?:linktr\.ee|youtu\.be|t\.me|wa\.me|discord\.gg|zoom\.us|doxy\.me|forms\.gle|gofund\.me|paypal\.me|cash\.app"
    r"|bsky\.app|snapchat\.com|onlyfans\.com|carrd\.co|meet\.google\.com)\b"
)
_ABBREVIATIONS = re.compile(
    r"^(?:(?:[a-z]\.){1,4}[a-z]{1,3}|(?:etc|vs|mr|mrs|ms|dr|st|jr|no|inc|ltd|approx|sra?|dra?)\.[a-z]+)$"
)

_HELP = re.compile(
    r"^(?:https?://)?(?:www\.)?(?:988lifeline|crisistextline|thehotline|rainn|thetrevorproject|translifeline|childhelp|nami"
    r"|211|loveisrespect|samhsa|findtreatment|veteranscrisisline|strongheartshelpline|mentalhealth|findahelpline"
    r"|suicidepreventionlifeline|aa|na|al-anon|missingkids|humantraffickinghotline|1800runaway|endsexualviolence"
    r"|988|healthcare|benefits|disasterassistance|lineadelavida)\.(?:org|gov|net|com|mx)\b"
)
"""Public doors to help. Finding one would stand between somebody and help."""


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Links with a scheme or `www.` are sure, a bare address is likely."""
    text = folded.text
    ends = 0
    for found in _FULL.finditer(text):
        if is_door_to_help(found[0]):
            continue
        end = trimmed(text, found.start(), found.end())
        if end - found.start() > len("www.") + 1:
            yield Hit(*folded.span(found.start(), end), Confidence.SURE)
    for found in _BARE.finditer(text):
        host = found["host"]
        if (
            host.startswith("www.")
            or found.start() < ends
            or is_door_to_help(found[0])
            or not _is_address(folded, found)
        ):
            continue
        ends = found.end()
        yield Hit(*folded.span(found.start(), trimmed(text, found.start(), found.end())), Confidence.LIKELY)


def is_door_to_help(link: str) -> bool:
    """Whether a link in lower case leads to a public door to help."""
    return _HELP.match(link) is not None


def _is_address(folded: Folded, found: re.Match[str]) -> bool:
    """Whether a bare address is meant as one, rather than a full stop without its space."""
    host, ending, path = found["host"], found["ending"], found["path"] or ""
    name = host[: -len(ending)]
    if not re.search("[a-z]", name) or _ABBREVIATIONS.match(host):
        return False
    if _PERSONAL.match(host) or _SECOND_LEVEL.search(host):
        return True
    start, end = folded.span(*found.span("ending"))
    written = folded.original[start:end]
    if ending in _CLEAR_ENDINGS:
        return len(name) > 2 and (written.islower() or (written.isupper() and len(written) > 2))
    if ending not in _WORDLIKE_ENDINGS or not written.islower():
        return False
    return len(path) >= 3 and path[0] == "/" and re.search("[a-z]", host.split(".")[0]) is not None


def trimmed(text: str, start: int, end: int) -> int:
    """The end of a link without the punctuation of the sentence around it."""
    while end > start + 1:
        last = text[end - 1]
        link = text[start:end]
        closes = last in ")]}" and link.count(last) > link.count("([{"[")]}".index(last)])
        if last in ".,;:!?'\"*_…" or closes:
            end -= 1
        else:
            break
    return end
