"""Numbers that a telephone or a network card answers to: IMEI by its check digit, MAC, UUID."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.recognizers.check_digits import has_luhn_digit
from demur.screening.rule import Hit

_IMEI = re.compile(
    r"\b(?P<mark>(?:imei|meid|iccid|esn)[^\w\n]{0,2}(?:#|no\.?|number|num\.?|numero)?[^\w\n]{0,3}(?:(?:is|was|es) )?"
    r"(?P<digits>\d(?:[ /-]?[\da-f]){13,21}))(?!\w)"
)
_MAC = re.compile(
    r"(?<![\w:.-])(?:(?:[0-9a-f]{2}:){5}[0-9a-f]{2}|(?:[0-9a-f]{2}-){5}[0-9a-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4})"
    r"(?![\w:-]|\.\w)"
)
_UUID = re.compile(r"(?<![\w/=-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])")
_EVERYBODYS = frozenset({"000000000000", "ffffffffffff"})


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Numbers with a right check digit, and addresses by their shape, are sure; a mistyped IMEI is likely."""
    text = folded.text
    for found in _IMEI.finditer(text):
        digits = re.sub(r"[ /-]", "", found["digits"])
        right = len(digits) != 15 or (digits.isdigit() and has_luhn_digit(digits))
        yield Hit(*folded.span(*found.span("mark")), Confidence.SURE if right else Confidence.LIKELY)
    for found in _MAC.finditer(text):
        plain = re.sub("[:.-]", "", found[0])
        mixed = re.search("[0-9]", plain) and (re.search("[a-f]", plain) or plain[0] == "0")
        if plain not in _EVERYBODYS and (mixed or "mac" in text[max(0, found.start() - 30) : found.start()]):
            yield Hit(*folded.span(*found.span()), Confidence.SURE)
    for found in _UUID.finditer(text):
        if len(set(found[0])) > 3:
            yield Hit(*folded.span(*found.span()), Confidence.LIKELY)
