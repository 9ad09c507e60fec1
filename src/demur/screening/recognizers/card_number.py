"""Payment cards, by what their first digits allow and by their check digit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.recognizers.check_digits import has_luhn_digit
from demur.screening.rule import Hit

_CARD = re.compile(r"(?<![\w$€£#-])(?<!\d[ .])[1-6]\d{3}(?:[ .-]?\d){8,15}(?![\w]|[-.]\d| \d{2})")
_ISSUED = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]\d|2(?:22|[3-6]\d|7[01]|720))\d{13}|3[47]\d{13}|3(?:0[0-59]|[689]\d)\d{11,16}"
    r"|(?:6011|64[4-9]\d|65\d\d|62\d\d|60\d\d|81\d\d|35(?:2[89]|[3-8]\d))\d{12,15}|(?:2131|1800)\d{11}"
    r"|(?:50|5[6-9]|6\d)\d{10,17}"
)
"""Lengths by issuer: Visa, Mastercard, American Express, Diners, Discover, UnionPay, JCB, Maestro."""
_NAMED = re.compile(r"\b(?:card|cc|visa|mastercard|amex|discover|debit|credit|tarjeta)\b[^\d\n]{0,20}$")
_OTHER_NUMBER = re.compile(r"\b(?:tracking|order|imei|isbn|upc|sku|serial|invoice|ticket)\b[^\d\n]{0,12}$")


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Numbers that an issuer could have given out; where a card is named also those of an unusual length."""
    for found in _CARD.finditer(folded.text):
        digits = re.sub(r"\D", "", found[0])
        before = folded.text[max(0, found.start() - 40) : found.start()]
        if not 12 <= len(digits) <= 19 or len(set(digits)) == 1 or not has_luhn_digit(digits):
            continue
        if _OTHER_NUMBER.search(before) or not (_ISSUED.fullmatch(digits) or _NAMED.search(before)):
            continue
        yield Hit(*folded.span(*found.span()), Confidence.SURE)
