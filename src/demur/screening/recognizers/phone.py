"""Telephone numbers of people, by the North American numbering plan or with a country code; hotlines pass."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.rule import Hit

_NORTH_AMERICAN = re.compile(
    r"(?<![\w$€£#@/=])(?<!\d[-.,/:])"
    r"(?:\+?1[ .-]{0,2})?(?:\((?P<bracketed>[2-9]\d\d)\)|(?P<area>[2-9]\d\d))(?P<first>[ ./-]{0,3})"
    r"(?P<exchange>\d{3})(?P<second>[ .-]{0,3})\d{4}"
    r"(?:,? ?(?:x|ext\.?|extension) ?\d{1,6})?(?!\d|[-.]\d)"
)
_LOCAL = re.compile(r"(?<![\w$€£#@])(?<!\d[-.,/: ])(?<!\) )(?P<exchange>[2-9]\d\d)[-. ](?P<line>\d{4})(?!\w|[-.]\d)")
_INTERNATIONAL = re.compile(r"(?<![\w+])\+(?!1)\d{1,3}(?:[ .()/-]{0,3}\d){7,13}(?!\d)")
_FOREIGN = re.compile(r"(?<![\w$€£#@+])(?<!\d[-.,/:])\(?\d(?:[ .()-]{0,2}\d){7,12}(?!\w|[-./:]\d)")
_ASKED_FOR = re.compile(
    r"\b(?:call|text|phone|cell|cellphone|tel|telephone|telefono|tlf|mobile|movil|number|numero|num|reach|ring|dial"
    r"|contact|voicemail|sms|celular|cel|ph|whats ?app|wapp|llam\w{1,5}|marca\w{0,5}|marquen?|answering at"
    r"|messages? (?:to|from)|hit \w{2,4} up|callback|pager)\b"
    r"[^\d\n]{0,18}$"
)
_OTHER_NUMBER = re.compile(
    r"(?:\b(?:order|tracking|invoice|isbn|ref|reference|case|id|mrn|member|account|acct|confirmation|ticket|npi|serial"
    r"|item|sku|medicaid|medicare|chart|docket|routing|claim|policy|recipient|student|inmate|receipt|upc|model|part|batch"
    r"|ssn|social|social security)\b[^\d\n]{0,15}|[$€£#] ?)$"
)
_COUNTED = re.compile(r"^ (?:people|words|times|miles|dollars|steps|signatures|calories|followers|views|likes|votes)\b")
_YEARS = re.compile(r"\(?(?:19|20)\d\d ?[-.] ?(?:19|20)\d\d")
_TOLL_FREE = frozenset({"800", "833", "844", "855", "866", "877", "888"})
"""Nobody's own number: organisations and hotlines. Finding one would stand between somebody and help."""
_HOTLINES = frozenset({"2738255"})
_LABEL_REACH = 40


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Numbers that ring at somebody's, without those that are announced as a fax."""
    for start, end, confidence in numbers(folded.text):
        if not is_fax(folded.text, start):
            yield Hit(*folded.span(start, end), confidence)


def is_fax(text: str, start: int) -> bool:
    """Whether the words just before a number call it a fax."""
    return re.search(r"\bfax(?:es|ed)?\b[^\d\n]{0,20}$", text[max(0, start - _LABEL_REACH) : start]) is not None


def numbers(text: str) -> Iterator[tuple[int, int, Confidence]]:
    """Start and end of every number in folded text, and how sure it is."""
    taken = bytearray(len(text))  # one mark a character: looking up stays linear however many numbers there are
    for found in _NORTH_AMERICAN.finditer(text):
        before = text[max(0, found.start() - _LABEL_REACH) : found.start()]
        area = found["bracketed"] or found["area"]
        separated = bool(found["bracketed"] or found["first"] or found["second"])
        asked = _ASKED_FOR.search(before) is not None
        valid = _is_area(area) and _is_exchange(found["exchange"])
        if not valid and not (separated and (asked or found["bracketed"])):
            continue
        _take(taken, found)
        if area in _TOLL_FREE or (_OTHER_NUMBER.search(before) and not found["bracketed"]):
            continue
        yield *found.span(), Confidence.SURE if valid and (separated or asked) else Confidence.LIKELY
    for found in _INTERNATIONAL.finditer(text):
        _take(taken, found)
        yield *found.span(), Confidence.SURE
    for found in _LOCAL.finditer(text):
        before = text[max(0, found.start() - _LABEL_REACH) : found.start()]
        digits = found["exchange"] + found["line"]
        if digits in _HOTLINES or not _is_exchange(found["exchange"]):
            continue
        if _COUNTED.search(text[found.end() : found.end() + 14]):
            continue
        if _OTHER_NUMBER.search(before) or any(taken[found.start() : found.end()]):
            continue
        if _ASKED_FOR.search(before) or (found["exchange"] == "555" and found["line"].startswith("01")):
            _take(taken, found)
            yield *found.span(), Confidence.LIKELY
    for found in _FOREIGN.finditer(text):
        before = text[max(0, found.start() - _LABEL_REACH) : found.start()]
        if _YEARS.match(found[0]) or any(taken[found.start() : found.end()]):
            continue
        if _ASKED_FOR.search(before) and not _OTHER_NUMBER.search(before):
            digits = re.sub(r"\D", "", found[0]).removeprefix("1")
            if digits[:3] not in _TOLL_FREE:
                yield *found.span(), Confidence.LIKELY


def _take(taken: bytearray, found: re.Match[str]) -> None:
    taken[found.start() : found.end()] = b"\1" * (found.end() - found.start())


def _is_area(code: str) -> bool:
    return code[0] in "23456789" and code[1] != "9" and code[1:] != "11"


def _is_exchange(code: str) -> bool:
    return code[0] in "23456789" and code[1:] != "11"
