"""Telephone numbers of people: by the North American plan, with a country code, or as another country writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import Folded
from demur.screening.recognizers.spelled_digits import is_counting
from demur.screening.rule import Hit

_GAP = r"[ ./·•\u2600-\u27bf\U0001f000-\U0001faff-]"
_NORTH_AMERICAN = re.compile(
    r"(?<![\w$€£@/=])(?<!(?<!fx)(?<!ax)(?<!ph)(?<!el)(?<!ne)(?<!ll)#)(?<!\d[-.,/:])"
    rf"(?P<country>\(?(?:\+|00|011[ -]?)?1\)?{_GAP}{{0,2}})?"
    rf"(?:\(\s?(?P<bracketed>[2-9]\d\d)\s?\)|(?P<area>[2-9]\d\d))(?P<first>{_GAP}{{0,3}})"
    rf"(?P<exchange>\d{{3}})(?P<second>{_GAP}{{0,3}})\d{{4}}"
    r"(?P<extension>,? ?(?:x|ext\.?|extension|#) ?\d{1,6})?(?!\d|[-.]\d)"
)
_SPACED = re.compile(r"(?<![\w$€£])(?<!\d[-.,/: ])\d(?:[ .-]{1,3}\d){9,10}(?!\w|[-./: ]{1,2}\d)")
_WITH_LETTERS = re.compile(
    r"(?<![\w$€£#@/-])(?:\+?[1li][ .-]{1,2})?\(?(?P<area>[2-9][\doli]{2})[ )./-]{1,2}"
    r"(?P<exchange>[\doli]{3})[ ./-]{1,2}(?P<line>[\doli]{4})(?![\w-])"
)
_SPELT = re.compile(
    r"(?<![\w$€£#@/-])(?:(?:\+?1[ .-])?\(?(?P<area>[2-9]\d\d)[ )./-]{1,2}[2-9]\d\d[-. ]?[a-z]{4}|555-[a-z]{4})(?![\w-])"
)
_LOCAL = re.compile(
    r"(?<![\w$€£#@])(?<!\d[-.,/: ])(?<!\) )(?P<exchange>[2-9]\d\d)(?P<gap>[-. ]| - | \. )"
    r"(?P<line>\d{4})(?!\w|[-./:]\d| \d)"
)
_INTERNATIONAL = re.compile(
    r"(?<![\w+])(?:\(?(?P<plus>\+)(?!1)\d{1,3}\)?|(?<!\d[-.,/:])(?<![$€£#@])(?:011[ -]?|00[ -]?)[2-9]\d{0,2})"
    r"(?:[ .()/·•-]{0,3}\d){6,13}(?!\d)"
)
_FOREIGN = re.compile(r"(?<![\w$€£#@+])(?<!\d[-.,/:])\(?\d(?:[ .()/-]{0,2}\d){7,12}(?!\w|[-./:]\d)")
_ASKED_FOR = re.compile(
    r"\b(?:call(?:ed|ing|s)?|text(?:ed|ing|s)?|phone[ds]?|cell|cellphone|tel|telephone|telefono|tlf|tfno|mobile|mob|movil"
    r"|number|numero|num|reach|ring|rang|dial(?:ed)?|contact|voicemail|sms|celular|cel|ph|whats ?app|wapp|wa|signal"
    r"|telegram|imessage|facetime|llam\w{1,5}|marca\w{0,5}|marqu\w{1,4}|answering at|messages? (?:to|from)"
    r"|hit \w{2,4} up|hmu|callback|pager|beeper|burner|landline|fijo|desk|direct line|digits)\b"
    r"[^\d\n]{0,18}$|(?:^|[\n,;|/( ])(?:[mtcphow]|home|work|office|main)(?: ?phone)?\.?: ?\(?$"
)
_SAID_AFTER = re.compile(
    r"^\W{0,3}(?:\(?(?:cell|mobile|home|work|landline|voicemail|whats ?app|celular|movil|casa|trabajo)\b"
    r"|(?:is|was|es|era) (?:her|his|their|my|mom'?s|dad'?s|the|su|mi|el) (?:[a-z]+ ){0,2}"
    r"(?:cell|phone|number|numero|line|telefono|celular|burner|landline|mobile)\b)"
)
_OTHER_NUMBER = re.compile(
    r"(?:\b(?:order|tracking|invoice|isbn|ref|reference|case|id|mrn|member|account|acct|confirmation|ticket|npi|serial"
    r"|item|sku|medicaid|medicare|chart|docket|routing|claim|policy|recipient|student|inmate|receipt|upc|model|part"
    r"|batch|ssn|social|social security|imei|rx|prescription|badge|plate|vin|meeting id|passport)\b[^\d\n]{0,15}"
    r"|[$€£#] ?)$"
)
_COUNTED = re.compile(
    r"^ ?(?:people|words|times|miles|dollars|steps|signatures|calories|followers|views|likes|votes|points|euros|pounds"
    r"|usd|personas|pesos|years|%|k\b|km\b|kg\b|lbs?\b)"
)
_YEARS = re.compile(r"\(?(?:19|20)\d\d ?[-.] ?(?:19|20)\d\d")
_DAY = re.compile(
    r"\(?(?:(?:0?[1-9]|1[0-2])(?P<a>[./ -])(?:0?[1-9]|[12]\d|3[01])(?P=a)|(?:0?[1-9]|[12]\d|3[01])(?P<b>[./ -])"
    r"(?:0?[1-9]|1[0-2])(?P=b))(?:19|20)?\d\d(?!\d)|\(?(?:19|20)\d\d[./ -](?:0?[1-9]|1[0-2])[./ -]\d\d?(?!\d)"
)
_SHAPES = frozenset(
    {
        (2, 2, 2, 2),
        (2, 2, 2, 2, 2),
        (2, 3, 2, 2),
        (2, 3, 4),
        (2, 4, 4),
        (3, 2, 2),
        (3, 2, 2, 2),
        (3, 2, 3),
        (3, 3, 2, 2),
    }
    | {(3, 3, 3), (3, 3, 4), (3, 4, 4), (4, 2, 2, 2), (4, 3, 3)}
)
"""How many digits stand together in the national numbers of most countries."""
_TOLL_FREE = frozenset({"800", "833", "844", "855", "866", "877", "888"})
"""Nobody's own number: organisations and hotlines. Finding one would stand between somebody and help."""
_HOTLINES = frozenset({"2738255"})
_TRUNK_ZERO = ("GB", "FR", "DE", "CH", "AU", "PH")
"""Countries whose own numbers begin with a 0 at home: a few that cover most lengths and shapes."""
_MOST_LOOKED_UP = 20
"""In one text. Looking a number up is slow; further ones are found all the same, a little less surely."""
_LABEL_REACH = 40
_FAX_REACH = 120
_FAX_BEFORE = re.compile(
    r"\b(?:re|e|tele)?fax(?:es|ed|ing|eo|ea|ee|ear|earon|earlo|earla)?\b[^\d\n]{0,20}$|\bfx[^\w\n]{0,3}(?:is|at|to)? ?$"
    r"|(?:^|[\n,;|/( ])f(?:x|\.)?: ?$"
)
_FAX_AFTER = re.compile(
    r"[ )]{0,2}[(,-]{0,2} ?(?:(?:is|was|es|that's|era) (?:(?:the|her|his|their|our|my|el|su|mi|a) )?(?:[a-z']+ )?)?"
    r"(?:tele)?fax\b(?! ?(?:[:#.]|no\b|number|\d))"
)
_FAX_SPOKEN_OF = re.compile(r"\b(?:re|e|tele)?fax(?:es|ed|ing|eo|ea|ee|ear|earon|earlo|earla)?\b[^\d\n]{21,100}$")
_OTHER_LINE = re.compile(
    r"\b(?:calls?|called|calling|text|phone|tel|telephone|cell|cel|celular|voicemail|ring|rang|dial|instead|llam\w+"
    r"|whats ?app|machine (?:is|was) (?:down|dead|broken)|no fax|not fax)\b"
)


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Numbers that ring at somebody's, without those that are announced as a fax."""
    for start, end, confidence in numbers(folded.text):
        if not is_fax(folded.text, start, end):
            yield Hit(*folded.span(start, end), confidence)


def is_fax(text: str, start: int, end: int) -> bool:
    """Whether the words just before or after a number call it a fax."""
    before, after = text[max(0, start - _FAX_REACH) : start], text[end : end + 24]
    if _FAX_BEFORE.search(before[-_LABEL_REACH:]):
        return True
    if _FAX_AFTER.match(after):
        return True
    spoken_of = _FAX_SPOKEN_OF.search(before)
    return spoken_of is not None and not _ASKED_FOR.search(before) and not _OTHER_LINE.search(spoken_of[0])


def is_announced(text: str, start: int, end: int) -> bool:
    """Whether the words just before or after a number speak of calling somebody."""
    before, after = text[max(0, start - _LABEL_REACH) : start], text[end : end + _LABEL_REACH]
    return _ASKED_FOR.search(before) is not None or _SAID_AFTER.match(after) is not None


def is_north_american(digits: str) -> bool:
    """Whether ten digits can be a number of the North American plan."""
    return _is_area(digits[:3]) and _is_exchange(digits[3:6])


def is_nobodys(digits: str) -> bool:
    """Whether a number belongs to a hotline or an organisation. Finding one would stand between somebody and help."""
    return digits[:3] in _TOLL_FREE or digits in _HOTLINES


def numbers(text: str) -> Iterator[tuple[int, int, Confidence]]:
    """Start and end of every number in folded text, and how sure it is."""
    taken = bytearray(len(text))  # one mark a character: looking up stays linear however many numbers there are
    looked_up = iter(range(_MOST_LOOKED_UP))
    yield from _north_american(text, taken)
    yield from _international(text, taken, looked_up)
    yield from _dressed(text, taken)
    yield from _local(text, taken)
    yield from _foreign(text, taken, looked_up)


def _north_american(text: str, taken: bytearray) -> Iterator[tuple[int, int, Confidence]]:
    for found in _NORTH_AMERICAN.finditer(text):
        asked, other = _announced(text, found)
        area = found["bracketed"] or found["area"]
        separated = bool(found["bracketed"] or found["first"] or found["second"])
        valid = _is_area(area) and _is_exchange(found["exchange"])
        dressed = found["bracketed"] or found["country"] or found["extension"]
        twice = found["first"] and found["first"] == found["second"]
        if not valid and not (separated and (asked or dressed or twice)):
            continue
        _take(taken, found)
        if area in _TOLL_FREE or (other and not found["bracketed"]):
            continue
        if valid:
            yield *found.span(), Confidence.SURE if separated or asked else Confidence.LIKELY
        else:
            yield *found.span(), Confidence.LIKELY if asked or dressed else Confidence.POSSIBLE


def _international(text: str, taken: bytearray, looked_up: Iterator[int]) -> Iterator[tuple[int, int, Confidence]]:
    for found in _INTERNATIONAL.finditer(text):
        asked, other = _announced(text, found)
        if any(taken[found.start() : found.end()]) or (other and not found["plus"]):
            continue
        digits = re.sub(r"\D", "", found[0])
        number = digits if found["plus"] else digits.removeprefix("011").removeprefix("00")
        known = _is_number("+" + number, ("ZZ",), looked_up)
        if not found["plus"] and not (known or asked):
            continue
        _take(taken, found)
        yield *found.span(), Confidence.SURE if known else Confidence.LIKELY


def _dressed(text: str, taken: bytearray) -> Iterator[tuple[int, int, Confidence]]:
    """Numbers of the North American plan with a space between all digits, with letters for digits, with words."""
    for found in _SPACED.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        asked, other = _announced(text, found)
        if len(digits) == 11:
            digits = digits.removeprefix("1")
        if len(digits) != 10 or other or any(taken[found.start() : found.end()]) or is_counting(digits):
            continue
        if is_north_american(digits):
            _take(taken, found)
            if digits[:3] not in _TOLL_FREE:
                yield *found.span(), Confidence.SURE if asked else Confidence.LIKELY
    for found in _WITH_LETTERS.finditer(text):
        written = found["area"] + found["exchange"] + found["line"]
        if written.isdigit() or sum(sign.isdigit() for sign in written) < 6:
            continue
        if not _announced(text, found)[1] and not any(taken[found.start() : found.end()]):
            _take(taken, found)
            yield *found.span(), Confidence.LIKELY
    for found in _SPELT.finditer(text):
        asked, other = _announced(text, found)
        if asked and not other and found["area"] not in _TOLL_FREE and not any(taken[found.start() : found.end()]):
            _take(taken, found)
            yield *found.span(), Confidence.LIKELY


def _local(text: str, taken: bytearray) -> Iterator[tuple[int, int, Confidence]]:
    """Seven digits: likely where a call is spoken of, or invented for films; else only possible."""
    for found in _LOCAL.finditer(text):
        asked, other = _announced(text, found)
        line = found["line"]
        if found["exchange"] + line in _HOTLINES or not _is_exchange(found["exchange"]):
            continue
        if other or any(taken[found.start() : found.end()]) or _COUNTED.match(text[found.end() : found.end() + 14]):
            continue
        invented = found["exchange"] == "555" and line.startswith("01")
        if not (asked or invented) and (found["gap"] == "." or line.endswith("00") or line[:2] in ("19", "20")):
            continue
        _take(taken, found)
        yield *found.span(), Confidence.LIKELY if asked or invented else Confidence.POSSIBLE


def _foreign(text: str, taken: bytearray, looked_up: Iterator[int]) -> Iterator[tuple[int, int, Confidence]]:
    for found in _FOREIGN.finditer(text):
        if _YEARS.match(found[0]) or any(taken[found.start() : found.end()]):
            continue
        asked, other = _announced(text, found)
        digits = re.sub(r"\D", "", found[0])
        if other or digits.removeprefix("1")[:3] in _TOLL_FREE or _COUNTED.match(text[found.end() : found.end() + 14]):
            continue
        groups = re.findall(r"\d+", found[0])
        if asked and not _is_day(found[0]):
            yield *found.span(), Confidence.LIKELY
        elif (
            digits[0] == "0" and len(groups) > 1 and len(digits) >= 9 and len(groups[-1]) > 1 and not _is_day(found[0])
        ):
            yield (
                *found.span(),
                Confidence.LIKELY if _is_number(digits, _TRUNK_ZERO, looked_up) else Confidence.POSSIBLE,
            )
        elif _is_grouped(found[0], groups):
            yield *found.span(), Confidence.POSSIBLE


def _is_grouped(written: str, groups: list[str]) -> bool:
    """Whether digits are grouped as telephone numbers are, and are no amount, score or date."""
    sizes = tuple(len(group) for group in groups)
    if sizes not in _SHAPES or _is_day(written) or is_counting("".join(groups)):
        return False
    if sizes == (3, 3, 3) and ("." in written or groups[-1] == "000"):
        return False
    if "-" in written and max(sizes) < 3:
        return False
    return not any(size == 4 and group[:2] in ("19", "20") for size, group in zip(sizes, groups, strict=True))


def _is_day(written: str) -> bool:
    """Whether a number begins as a date does: 05-14-2024 10, 2024 05 14."""
    return _DAY.match(written) is not None


def _announced(text: str, found: re.Match[str]) -> tuple[bool, bool]:
    """Whether the words around a number speak of calling, and whether they call it another kind of number."""
    before = text[max(0, found.start() - _LABEL_REACH) : found.start()]
    return is_announced(text, *found.span()), _OTHER_NUMBER.search(before) is not None


def _take(taken: bytearray, found: re.Match[str]) -> None:
    taken[found.start() : found.end()] = b"\1" * (found.end() - found.start())


def _is_number(digits: str, regions: tuple[str, ...], looked_up: Iterator[int]) -> bool:
    """Whether any of these countries gives out such a number; `ZZ` reads the country from the number."""
    if next(looked_up, None) is None:
        return False
    import phonenumbers  # here: it takes longer to load than most texts take to screen

    for region in regions:
        try:
            number = phonenumbers.parse(digits, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return True
    return False


def _is_area(code: str) -> bool:
    return code[0] in "23456789" and code[1] != "9" and code[1:] != "11"


def _is_exchange(code: str) -> bool:
    return code[0] in "23456789" and code[1:] != "11"
