"""Payment cards by their check digit, and bank accounts written as an IBAN."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.rule import Hit

_CARD = re.compile(r"(?<![\w$€£#-])(?<!\d[ .])[2-6]\d{3}(?:[ -]?\d){8,15}(?![\w]|[-.]\d| \d{2})")
_IBAN = re.compile(r"(?<![\w-])[a-z]{2}\d\d(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?(?![\w-])")


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Only numbers whose check digits are right."""
    for found in _CARD.finditer(folded.text):
        digits = re.sub(r"\D", "", found[0])
        if 12 <= len(digits) <= 19 and has_luhn_digit(digits) and len(set(digits)) > 1:
            yield Hit(*folded.span(*found.span()), Confidence.SURE)
    for found in _IBAN.finditer(folded.text):
        if has_iban_digits(found[0].replace(" ", "")):
            yield Hit(*folded.span(*found.span()), Confidence.SURE)


def has_luhn_digit(digits: str) -> bool:
    """Whether the last digit is the Luhn check of the others."""
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (doubled + sum(int(digit) for digit in digits[-1::-2])) % 10 == 0


def has_iban_digits(number: str) -> bool:
    """Whether a lower-case IBAN of 14 to 34 characters has the right remainder by 97 (ISO 13616)."""
    if not 14 <= len(number) <= 34:
        return False
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1
