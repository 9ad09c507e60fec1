"""Numbers of those who treat and prescribe: NPI and DEA registration, by their check digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.recognizers.check_digits import has_prescriber_digit, has_provider_digit
from demur.screening.rule import Hit

_LABEL = (
    r"(?: registration| lic(?:ense)?\.?)?[^\w\n]{0,2}(?:#|no\.?|number|num\.?|numero)?[^\w\n]{0,3}(?:(?:is|was|es) )?"
)
_NPI = re.compile(rf"\bnpi{_LABEL}(\d{{10}})(?!\w|[-.]\d)")
_DEA = re.compile(rf"\bdea{_LABEL}([a-z][a-z9]-?\d{{7}})(?![\w])")


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Named numbers: sure where the check digit is right, else likely, because people mistype."""
    for found in _NPI.finditer(folded.text):
        right = has_provider_digit(found[1])
        yield Hit(*folded.span(*found.span()), Confidence.SURE if right else Confidence.LIKELY)
    for found in _DEA.finditer(folded.text):
        right = has_prescriber_digit(found[1].replace("-", ""))
        yield Hit(*folded.span(*found.span()), Confidence.SURE if right else Confidence.LIKELY)
