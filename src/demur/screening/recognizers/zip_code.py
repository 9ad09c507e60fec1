"""ZIP codes, where a state stands before them or somebody says that it is one, and the areas of three digits that hold
too few people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.gazetteer import STATE_CODES, STATE_NAMES
from demur.screening.rule import Hit

_AFTER_STATE = re.compile(rf"(?<!\w)(?P<state>{STATE_CODES})\.?,? (?P<code>\d{{5}}(?:-\d{{4}})?)(?!\w|[-,.]\d)")
_AFTER_NAME = re.compile(rf"(?<!\w)(?:{STATE_NAMES}),? (?P<code>\d{{5}}(?:-\d{{4}})?)(?!\w|[-,.]\d)")
_NAMED = re.compile(
    r"\b(?:zip(?: ?code)?|postal code|codigo postal|c\.p\.)(?: is| of|:|es| es)? ?"
    r"(?P<code>\d{5}(?:-\d{4})?)(?!\w|[-,.]\d)"
)
_COUNTED = re.compile(
    r"^ (?:people|kids|children|families|students|residents|jobs|workers|voters|cases|homes|more|beds|veterans)\b"
)
_LABELLED = re.compile(
    r"\b(?:zip(?: ?code)?|post(?:al)? ?code|codigo postal|c\.?p\.?): ?"
    r"(?P<code>[a-z]{0,2}\d[a-z0-9]{1,4}(?:[ -](?:\d[a-z]{2}|[a-z]{2}|\d{2,4}))?)(?![\w-])"
)
_LIVED_IN = re.compile(
    r"\b(?:live[sd]?|living|stay(?:s|ed|ing)?|move[sd]?|moved back|grew up|raised|based|placed|home|viven?|somewhere)"
    r" (?:in|to|out in|en|near|around) (?P<code>\d{5}(?:-\d{4})?)(?!\w|[-,.]\d| [a-z]+s\b)"
)
_IN_A_PLACE = re.compile(
    r"\b(?:in|around|out in|all over|across|near|en) (?P<code>\d{5})"
    r"(?=\s*(?:$|[.,!?;:)\n]| (?:and|but|for|since|w|with|where|who|is|has|because|bc|i|i've|we|my|he|she|y|no|lol)\b))"
)
_PLUS_FOUR = re.compile(r"(?<![\w$#.,-])(?P<code>\d{5}-\d{4})(?![\w-]|[,.]\d)")
_AREA_OF_THREE = re.compile(
    r"\b(?:zips?|zip ?codes?|postal codes?)(?: that| which)? (?:start\w*|begin\w*)(?: with| in| at)?"
    r" (?P<first>\d{3})(?!\d)"
    r"|(?<![\w-])(?P<named>\d{3})(?:xx|--)? (?:zip ?codes?|zips?|zip areas?|postal area)\b"
    r"|(?<![\w-])(?P<masked>\d{3})(?:xx|\*\*|##)(?![\w*#])"
    r"|\bthe (?P<area>[01]\d\d) area\b"
)
"""Areas whose first digit is 0 or 1 can't be telephone areas, so "area" alone is enough for them."""
_CITY_BEFORE = re.compile(r"(?:^|[ ,(\n])(?P<city>[a-z][a-z.'-]+(?: [a-z][a-z.'-]+)?),? (?P<code>\d{5})(?!\w|[-,.]\d)")
FEW_PEOPLE = frozenset(
    {
        "036",
        "059",
        "063",
        "102",
        "203",
        "556",
        "692",
        "790",
        "821",
        "823",
        "830",
        "831",
        "878",
        "879",
        "884",
        "890",
        "893",
    }
    | {"205", "369"}
)
"""Areas of 20,000 people or fewer: the 17 of the HHS guidance (Census 2000), and two more by the 2010 Census,
summed from its ZIP Code tabulation areas. Areas leave the list as they grow; the guidance's own stay, as a floor."""
_FEW_SAYS = (
    "“{area}” is one of the few ZIP areas where 20,000 people or fewer live, so even its first three digits are too"
    " much. Leave them out."
)
_IN_ZIP = re.compile(r"(?<![\w$€£#.,-])(?P<code>\d{5}) (?:zip|zip ?code)\b")
_IN_THE = re.compile(r"\b(?:in|from|of|to|for|around|reppin\'?|repping) the (?P<code>\d{5})(?=\s*(?:$|[.,!?;)\n]))")


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """The code alone; a state's two letters count only as capitals, because "in" and "or" are words."""
    text = folded.text
    for found in _AFTER_STATE.finditer(text):
        start, end = folded.span(*found.span("state"))
        if folded.original[start:end].isupper() and not _counted(text, found):
            yield Hit(*folded.span(*found.span("code")), Confidence.SURE)
    for found in _AFTER_NAME.finditer(text):
        if not _counted(text, found):
            yield Hit(*folded.span(*found.span("code")), Confidence.SURE)
    for pattern in (_NAMED, _LABELLED, _LIVED_IN, _IN_ZIP, _IN_THE):
        for found in pattern.finditer(text):
            yield Hit(*folded.span(*found.span("code")), Confidence.SURE)
    for found in _IN_A_PLACE.finditer(text):
        yield Hit(*folded.span(*found.span("code")), Confidence.LIKELY)
    for found in _PLUS_FOUR.finditer(text):
        yield Hit(*folded.span(*found.span("code")), Confidence.LIKELY)
    for found in _CITY_BEFORE.finditer(text):
        if _is_town(folded, found) and not _counted(text, found):
            yield Hit(*folded.span(*found.span("code")), Confidence.SURE)
    for found in _AREA_OF_THREE.finditer(text):
        group = next(name for name, area in found.groupdict().items() if area)
        if found[group] in FEW_PEOPLE:
            yield Hit(*folded.span(*found.span(group)), Confidence.SURE, None, _FEW_SAYS.format(area=found[group]))


def _is_town(folded: Folded, found: re.Match[str]) -> bool:
    """Whether the one or two words before five digits are a town: a capital, and a name that the table has."""
    from demur.screening.gazetteer import Sense, sense_of

    words = found["city"].split()
    for name in (found["city"], words[-1]):
        start = found.end("city") - len(name)
        if folded.original[folded.span(start, start + 1)[0]].isupper() and sense_of(name) not in {None, Sense.LARGER}:
            return True
    return False


def _counted(text: str, found: re.Match[str]) -> bool:
    return _COUNTED.search(text[found.end() : found.end() + 14]) is not None
