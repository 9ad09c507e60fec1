"""E-mail addresses that are spelt out to slip past a machine, or cut short, as people do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.rule import Hit

_AT = r"(?P<at> ?[(\[{<*_-]{1,2} ?(?:at|@|arroba) ?[)\]}>*_-]{1,2} ?| (?:at|arroba) | ?@ ?)"
_DOT = r"(?: ?[(\[{<*_-]{1,2} ?(?:dot|punto|\.) ?[)\]}>*_-]{1,2} ?| (?:dot|punto) | ?\. ?|,(?=com\b|org\b|net\b))"
_SPELT = re.compile(
    rf"(?<![\w.+-])(?P<local>[\w.+-]{{1,64}}?(?: (?:dot|punto|underscore|guion bajo|dash) [\w+-]{{1,40}}){{0,2}}){_AT}"
    rf"(?P<domain>[a-z0-9-]{{1,40}}(?:{_DOT}[a-z0-9-]{{1,40}}){{0,3}}?{_DOT}"
    r"(?:com|org|net|edu|gov|us|io|info|mx|es|ca|co(?: ?[.] ?(?:uk|nz|za))?|uk))"
    r"(?![\w@])"
)
_PROVIDERS = "gmail|yahoo|hotmail|outlook|icloud|aol|protonmail|proton|live|msn|comcast|ymail|zoho|gmx|mail|att|verizon"
_PROVIDER = re.compile(rf"^(?:{_PROVIDERS})\b")
_WITHOUT_ENDING = re.compile(
    rf"(?<![\w.+@-])(?P<local>[\w.+-]{{2,64}}?) ?(?P<at>@|(?<= )(?:at|arroba)(?= )|\((?:at|@|arroba)\)) ?"
    rf"(?P<provider>{_PROVIDERS})(?!\w|[.,-]\w| (?:dot|punto)\b)"
)
_AMBIGUOUS = frozenset({"mail", "live", "att", "verizon", "proton", "outlook"})
_NO_NAME = re.compile(
    r"^(?:work\w*|jobs?|look\w*|am|is|was|are|be|meet|met|him|her|them|it|me|us|you|only|not|account\w*|team|people|log\w*"
    r"|sign\w*|mail|e-?mail|boss|engineer\w*|back|over|up|in|out|here|there|still|hired|started|yell\w*|support)$"
)
"""Words that come before "at gmail" where somebody speaks of the company."""
_LETTERS = re.compile(
    r"(?<![\w.])(?:[a-z0-9] ){2,40}@(?: [a-z0-9]){2,40} ?\. ?(?:com|org|net|edu|gov|c o m|o r g|n e t|e d u)(?!\w)"
)
_ASKED_FOR = re.compile(
    r"\b(?:e-?mail\w{0,3}|correo|write|reach|contact|escrib\w{1,5}|send it|send|address|is at|inbox|mail)\b[^\n]{0,25}$"
)
_REACH = 45


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Addresses with an at sign in brackets are sure; other ones are likely, and only where mail is spoken of."""
    text = folded.text
    for found in _SPELT.finditer(text):
        at, domain = found["at"].strip(), found["domain"]
        start, end = found.span()
        if len(at) > 2 and not at[0].isalpha() and not at[-1].isalpha():
            yield Hit(*folded.span(start, end), Confidence.SURE)
            continue
        if found["at"] == "@" and not re.search(r"[ ,]", domain):
            continue  # a plain one
        asked = _ASKED_FOR.search(text[max(0, start - _REACH) : start])
        spelt = re.search(r"\b(?:dot|punto)\b", domain)
        shouted = spelt and folded.original[folded.span(*found.span("at"))[0] :].lstrip()[:3] == "AT "
        provider = _PROVIDER.search(domain)
        written = spelt or "@" in at or (asked and provider)
        local = at == "arroba" or re.search(r"[._\d]", found["local"])
        if (written and (provider or asked or shouted or local)) or ("@" in at and (spelt or "," in domain)):
            yield Hit(*folded.span(start, end), Confidence.LIKELY)
    for found in _WITHOUT_ENDING.finditer(text):
        asked = _ASKED_FOR.search(text[max(0, found.start() - _REACH) : found.start()])
        if found["at"] in ("at", "arroba") and found["provider"] in _AMBIGUOUS:
            continue
        if _NO_NAME.search(found["local"]):
            continue
        own = re.search(r"[a-z][\w+-]*(?:[._]\w|\d)", found["local"])
        if asked or own or not re.search(r" (?:@|at|arroba)", found[0]):
            yield Hit(*folded.span(*found.span()), Confidence.LIKELY)
        else:
            yield Hit(*folded.span(*found.span()), Confidence.POSSIBLE)
    for found in _LETTERS.finditer(text):
        yield Hit(*folded.span(*found.span()), Confidence.LIKELY)
