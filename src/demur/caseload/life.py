"""Reads how old somebody may be out of what a profile says of birth, age, school, work, family and trade.

Each phrase gives the earliest and the latest birth year that it leaves possible. The phrases are data: a pattern, what
its number counts, and how old people are then. Written for this project from general knowledge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import NamedTuple

OLDEST = 110
"""Nobody who writes on a network is taken to be older."""
_YOUNGEST = 10


@dataclass(frozen=True, slots=True)
class Born:
    """The birth years that one phrase leaves possible. `sure` where it hardly ever means anything else.

    `topic` is what the phrase speaks of: birth, age, school, work, family or trade.
    """

    earliest: int
    latest: int
    topic: str
    sure: bool = True

    def years_away(self, year: int) -> int:
        """How many years a birth year lies outside; 0 inside."""
        return max(0, self.earliest - year, year - self.latest)


@dataclass(frozen=True, slots=True)
class Life:
    """All that is shown of somebody's age, and whether they show a trade that a namesake would have."""

    born: tuple[Born, ...] = ()
    calling: bool = False


class _Counts(Enum):
    YEAR = "a year, in which they were as old as the phrase says"
    AHEAD = "the same, and the year may be still to come"
    DECADE = "ten years, in which they were as old as the phrase says"
    YEARS = "how many years ago they were as old as the phrase says"
    DECADES = "the same in tens of years"
    AGE = "their age, more or less what the phrase says"
    NOTHING = "nothing: they are now as old as the phrase says"


class _Phrase(NamedTuple):
    pattern: str
    counts: _Counts
    youngest: int
    oldest: int
    topic: str
    sure: bool = True


_S = r"(?:^|[|\n,;(~!]\s{0,2}|\s-{1,2}\s|\s/\s|//\s?|\.\s{1,2})"
_ALONE = r"(?:^|[|\n,;(~]\s{0,2})"
_E = r"(?=\s{0,2}(?:$|[|\n,;)~!&@]|\.(?![0-9])|-{1,2}\s|/\s|//|and\b))"
_YEAR = r"((?:19|20)[0-9]{2}|'[0-9]{2})(?![0-9%/.-][0-9]|[0-9%])"
_CLASS = r"((?:19|20)[0-9]{2}|'?[0-9]{2})(?![0-9%]|[/.-][0-9])"
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60,
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90, "two": 2, "three": 3, "four": 4, "five": 5, "a": 1,
}  # fmt: skip
_UNITS = {
    word: number
    for number, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), 1)
}
_TEN = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty)"
_N = rf"([1-9][0-9]|{_TEN}(?:[ -](?:{'|'.join(_UNITS)}))?)"
_DEC = r"'?((?:19|20)?[0-9]0)'?s"
_DEC_WORD = r"(twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)"
_YRS = r"(?:years?|yrs?|anos)"
_FEW = r"(?:[a-z'&.-]{1,14} ){0,3}"
_COUNT = (
    r"(?:[2-9]|1[0-9]|two|three|four|five|six|seven|eight|nine|ten|dos|tres|cuatro|cinco|seis|"
    r"siete|ocho|nueve|diez)"
)
_SIGN = (
    r"(?:aries|taurus|gemini|cancer|leo|virgo|libra|scorpio|sagittarius|capricorn|aquarius|"
    r"pisces|tauro|geminis|escorpio|"
    r"sagitario|capricornio|acuario|piscis)"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|"
    r"diciembre)"
)
_GRAND = (
    r"(?:great[ -]?)?(?:grand(?:ma|mom|mother|pa|dad|father|parent)s?|gran|granny|grammy|"
    r"grampa|grampy|gramps|nana|nanny|"
    r"papaw|pawpaw|mamaw|meemaw|memaw|pepere|memere|gigi|mimi|lola|lolo|abuel(?:it)?[oa]|"
    r"bisabuel[oa])"
)
_PARENT = r"(?:mom|mommy|momma|mama|mami|mum|mother|madre|dad|daddy|dada|papa|papi|father|padre|parents?)"
_GROWN_CHILDREN = r"(?:grown|adult|college|grandes|mayores|adultos)"
_DEGREE_LATE = (
    r"(?:m\.?b\.?a|j\.?d|m\.?s\.?w|m\.?ed|m\.?p\.?h|m\.?s|m\.?a|ph\.?d|ed\.?d|psy\.?d|m\.?d|"
    r"d\.?o|d\.?d\.?s|d\.?m\.?d|"
    r"d\.?v\.?m|pharm\.?d|d\.?n\.?p|llm)\.?"
)
_DEGREE = r"(?:b\.?a|b\.?s|b\.?f\.?a|bba|bachelor'?s?|licenciatura)\.?"
_SCHOOL = r"(?:[a-z]{1,3}hs|hs|high(?: school)?|preparatoria|prepa)"
_COLLEGE = (
    r"(?:university|univ|college|u of [a-z]{1,12}|uc [a-z]{2,10}|csu[a-z]{0,3}|ucla|usc|"
    r"[a-z]{1,4}su|state u|state|tech|"
    r"institute|universidad)"
)
_WORK = (
    r"(?:force|job|nurs(?:e|ing)|teach(?:er|ing)|maestr[oa]|driv(?:er|ing)|truck(?:er|ing)?|"
    r"law(?:yer)?|attorney|realtor|"
    r"real estate|pastor|preach(?:er|ing)|ministry|plumb(?:er|ing)|electric(?:al|ian)|"
    r"weld(?:er|ing)|hvac|carpent(?:er|ry)|"
    r"construction|union|teamster|ibew|local [0-9]{1,4}|firefight(?:er|ing)|fire service|"
    r"police|officer|deputy|"
    r"law enforcement|rn|lpn|cna|emt|paramedic|cosmetolog(?:y|ist)|barber(?:ing)?|hairstylist|"
    r"stylist|behind the chair|"
    r"classroom|experience|experiencia|business|industry|finance|banking|mortgage|lending|"
    r"insurance|sales|engineer(?:ing)?|"
    r"accounting|accountant|cpa|education|educator|healthcare|medicine|practice|practicing|"
    r"dentist(?:ry)?|service|military|"
    r"army|navy|air force|marines|usmc|usaf|coast guard|mechanic|farm(?:er|ing)|ranch(?:er|"
    r"ing)|cattle|photograph(?:er|y)|"
    r"chef|restaurant|kitchen|it\b|software|coach(?:ing)?|social work(?:er)?|therapist|"
    r"counsel(?:or|ing)|serving|owner|"
    r"contractor|roof(?:er|ing)|landscap(?:er|ing)|railroad|lineman|machinist|postal|usps|"
    r"plant|mill|mines?|enfermera|"
    r"abogad[oa]|trabajando|trabajo|career|broker|agent|radio|journalis[tm]|reporter|"
    r"entrepreneur|consult(?:ant|ing)|"
    r"oilfield|logistics|management|corrections|dispatch(?:er)?|bartend(?:er|ing)|barista|"
    r"notary|founded)"
)
_RETIRES_FROM = (
    r"(?:teacher|educator|nurse|rn|lpn|usps|postal|mail|police|cop|leo|law enforcement|"
    r"officer|sheriff|deputy|sergeant|"
    r"firefighter|fire|military|army|navy|marine|usmc|usaf|air force|coast guard|veteran|vet|"
    r"trucker|truck|engineer|"
    r"attorney|lawyer|judge|professor|principal|librarian|electrician|plumber|carpenter|"
    r"mechanic|machinist|farmer|rancher|"
    r"banker|accountant|social worker|pastor|minister|chef|nurse|steelworker|autoworker|uaw|"
    r"union|railroad|lineman|"
    r"bus driver|secretary|paralegal|realtor|pharmacist|dentist|doctor|physician|surgeon|"
    r"civil servant|state employee|"
    r"federal|county|from|after|and|&|but|in|since|now|early|happily|living|enjoying|life)"
)
_SERVICE = (
    r"(?:us ?navy|navy|us ?army|army|usn|usa|usmc|marines?|marine corps|usaf|air force|uscg|"
    r"coast guard|peace corps)"
)

_Y, _A, _NOW = _Counts.YEAR, _Counts.AGE, _Counts.NOTHING
_PHRASES = (
    # --- birth
    _Phrase(rf"\bb\. ?{_YEAR}\b", _Y, 0, 0, "birth"),
    _Phrase(rf"\b(?:born|birth ?(?:day|year)|b-?day|d\.?o\.?b\.?)[^|\n]{{0,26}}?{_YEAR}\b", _Y, 0, 0, "birth"),
    _Phrase(
        r"\b(?:born|birth ?day|b-?day|d\.?o\.?b\.?)[^|\n]{0,20}?[0-9]{1,2}[/.-][0-9]{1,2}[/.-]"
        r"((?:19|20)?[0-9]{2})\b",
        _Y,
        0,
        0,
        "birth",
    ),
    _Phrase(rf"\bborn (?:in )?the {_DEC}", _Counts.DECADE, 0, 0, "birth"),
    _Phrase(rf"\bborn (?:in )?the {_DEC_WORD}\b", _Counts.DECADE, 0, 0, "birth"),
    _Phrase(
        (r"\b(?:nac(?:i|ida|ido)|nee? en|sinh nam|jahrgang)\b[^|\n]{0,24}?\b((?:19|20)[0-9]{2})\b"), _Y, 0, 0, "birth"
    ),
    _Phrase(r"\bnac(?:i|ida|ido) en el '?([0-9]{2})\b", _Y, 0, 0, "birth"),
    _Phrase(rf"{_S}n\. ?{_YEAR}", _Y, 0, 0, "birth"),
    _Phrase(rf"{_S}(?:soy )?del '?([0-9]{{2}}){_E}", _Y, 0, 0, "birth"),
    _Phrase(r"\b(?:modelo|cosecha|clase)(?: del?)? '?((?:19)?[0-9]{2})\b", _Y, 0, 0, "birth"),
    _Phrase(r"\bgeneracion (?:del )?'?((?:19|20)?[0-9]{2})\b(?<!20[0-9][0-9])", _Y, -2, 2, "birth", False),
    _Phrase(rf"(?:{_S}|\ba |\ban )'?((?:19|20)?[0-9]{{2}}) bab(?:y|ies)\b", _Y, 0, 0, "birth"),
    _Phrase(rf"{_S}'?([0-9]{{2}})'s bab(?:y|ies)\b(?<!0's baby)", _Y, 0, 0, "birth"),
    _Phrase(rf"{_DEC} bab(?:y|ies)\b", _Counts.DECADE, 0, 0, "birth"),
    _Phrase(rf"\b(?:child|product|made in|baby) (?:of )?the {_DEC}", _Counts.DECADE, 0, 0, "birth"),
    _Phrase(rf"\b(?:kid of|raised in|raised by|grew up in) the {_DEC}", _Counts.DECADE, 0, 16, "birth"),
    _Phrase(rf"{_DEC} kid\b", _Counts.DECADE, 0, 16, "birth"),
    _Phrase(
        rf"\b(?:est|estd|established|made in|vintage|circa|model year)\b[.: ]{{0,3}}(?:[0-9]{{1,2}}/)?{_YEAR}",
        _Y,
        0,
        0,
        "birth",
    ),
    _Phrase(rf"\bborn(?: (?:and|&) raised)?[, ]{{1,2}}{_YEAR}", _Y, 0, 0, "birth"),
    _Phrase(r"\b((?:19|20)[0-9]{2}) model\b", _Y, 0, 0, "birth"),
    _Phrase(r"\b((?:19|20)[0-9]{2}) ?(?:g\.? ?r\b|r\.? ?n\b)", _Y, 0, 0, "birth"),
    _Phrase(
        (
            r"\b(?:on (?:this )?earth|trouble|awesome|tired|extra|breathing|here|alive|lata|rocking|"
            r"hell|chaos|existing|"
            r"fabulous|stubborn|sarcastic|weird|crazy|loved|blessed|legend|living|kicking|vibing|"
            r"hungry)"
            rf" (?:since|desde) {_YEAR}"
        ),
        _Y,
        0,
        0,
        "birth",
    ),
    _Phrase(rf"{_ALONE}(?:since|desde) {_YEAR}{_E}", _Y, 0, 0, "birth", False),
    _Phrase(rf"{_S}{_MONTH}\.?(?: [0-9]{{1,2}}(?:st|nd|rd|th)?,?)? ((?:19|20)[0-9]{{2}})\b", _Y, 0, 0, "birth"),
    _Phrase(rf"{_S}[0-9]{{1,2}} (?:de )?{_MONTH} (?:del? )?((?:19|20)[0-9]{{2}})\b", _Y, 0, 0, "birth"),
    _Phrase(
        (rf"{_S}(?:{_SIGN} )?[01]?[0-9]([/.|-])[0-3]?[0-9]\1((?:19|20)?[0-9]{{2}})(?![0-9/.-])"), _Y, 0, 0, "birth"
    ),
    _Phrase(rf"{_ALONE}((?:19[3-9]|200)[0-9]){_E}", _Y, 0, 0, "birth", False),
    # --- age
    _Phrase(rf"\b(?:i am|i'?m|im|soy|she/her|he/him|they/them) {_N}{_E}", _A, 0, 0, "age"),
    _Phrase(rf"{_S}([1-6][0-9]|{_TEN}(?:[ -](?:{'|'.join(_UNITS)}))?){_E}", _A, 0, 0, "age"),
    _Phrase(
        (
            rf"\b(?:i am|i'?m|im|tengo|i just turned) {_N}\b(?! ?(?:%|min|mile|hour|day|week|month|lb|"
            r"pound|feet|kid|hij|dog|"
            r"cat|anos (?:de|en|viviendo|trabajando)|years (?:in|of|at|clean|sober|married|into)|"
            r"yrs (?:in|of)))"
        ),
        _A,
        0,
        0,
        "age",
    ),
    _Phrase(rf"{_S}{_N} ?(?:yo|y/o|y\.o\.?|{_YRS} ?(?:old|young)|anitos)\b", _A, 0, 0, "age"),
    _Phrase(rf"{_S}{_N} anos{_E}", _A, 0, 0, "age"),
    _Phrase(rf"{_S}{_N} ans{_E}", _A, 0, 0, "age"),
    _Phrase(rf"{_S}{_N} tuoi\b", _A, 0, 0, "age"),
    _Phrase(rf"\b{_N}[ -]{_YRS}[ -](?:old|young)\b", _A, 0, 0, "age", False),
    _Phrase(rf"\b(?:age|aged|edad)\b[: ]{{1,3}}{_N}\b", _A, 0, 0, "age"),
    _Phrase(rf"\bmine is {_N}\b", _A, 0, 0, "age"),
    _Phrase(rf"\byoung at heart at {_N}\b", _A, 0, 0, "age"),
    _Phrase(
        (rf"(?:{_S}|\b(?:i'?m|just|im|am|recently|recien) )(?:just )?(?:turned|cumpli) {_N}\b(?!%)"), _A, 0, 1, "age"
    ),
    _Phrase(
        (
            rf"(?:{_S}|\b(?:i'?m|im|am) )(?:turning|almost|about to (?:be|turn)|soon to be|nearly|"
            rf"cumplo|casi) {_N}\b(?!%)"
        ),
        _A,
        -2,
        0,
        "age",
    ),
    _Phrase(
        (rf"\b{_N},? (?:and|&|n) (?:fabulous|thriving|fine|flirty|free|blessed|foxy|feisty|still)\b"), _A, 0, 0, "age"
    ),
    _Phrase(rf"\bfabulous at {_N}\b", _A, 0, 1, "age"),
    _Phrase(rf"\b{_N},? flirty\b", _A, 0, 0, "age"),
    _Phrase(r"\b(?:dirty|flirty) thirty\b", _NOW, 29, 31, "age"),
    _Phrase(r"\bnifty fifty\b", _NOW, 49, 51, "age"),
    _Phrase(rf"\b([2-8]0|{_TEN})[ -]?something\b", _A, 0, 9, "age"),
    _Phrase(r"\b([2-9]0)-?ish\b", _A, -3, 3, "age"),
    _Phrase(r"\b(?:in )?my ([2-9]0)'?s\b", _A, 0, 9, "age"),
    _Phrase(rf"\bin my {_DEC_WORD}\b", _A, 0, 9, "age"),
    _Phrase(r"\bearly ([2-9]0)'?s\b(?! (?:music|rock|hip|movies|rap|style))", _A, 0, 4, "age"),
    _Phrase(r"\bmid[ -]([2-9]0)'?s\b(?! (?:music|rock|hip|movies|rap|style))", _A, 3, 7, "age"),
    _Phrase(r"\blate ([2-9]0)'?s\b(?! (?:music|rock|hip|movies|rap|style))", _A, 6, 9, "age"),
    _Phrase(rf"\bearly {_DEC_WORD}\b", _A, 0, 4, "age"),
    _Phrase(rf"\bmid[ -]{_DEC_WORD}\b", _A, 3, 7, "age"),
    _Phrase(rf"\blate {_DEC_WORD}\b", _A, 6, 9, "age"),
    _Phrase(rf"{_S}([6-9]0)'?s and (?:still|loving|counting)\b", _A, 0, 9, "age"),
    _Phrase(rf"{_S}([3-9][05])\+{_E}", _A, 0, 70, "age"),
    _Phrase(rf"\bover ([3-9]0)(?: club| and | & |{_E})", _A, 0, 70, "age"),
    _Phrase(rf"\bover the hill since {_YEAR}", _Y, 39, 52, "age"),
    _Phrase(r"\bsweet (?:16|sixteen)\b", _NOW, 15, 16, "age"),
    _Phrase(r"\b(?:mis (?:xv|15|quince)|quinceanera)\b", _NOW, 13, 16, "age"),
    _Phrase(rf"(?:{_S})(?:level|chapter) {_N}\b", _A, 0, 0, "age"),
    _Phrase(
        (r"\b([1-9][0-9])(?:th|st|nd|rd)? (?:laps|trips|trip|lap|rotations?|times) around the sun\b"), _A, 0, 0, "age"
    ),
    _Phrase(rf"{_S}([1-9][0-9]) ?/? ?[mf](?:{_E}|/)", _A, 0, 0, "age"),
    _Phrase(rf"{_S}[mf] ?/? ?([1-9][0-9]){_E}", _A, 0, 0, "age"),
    _Phrase(rf"{_S}([1-9][0-9]) (?:she|he|they|ella|el)/", _A, 0, 0, "age"),
    _Phrase(rf"{_S}([1-9][0-9]) ?{_SIGN}\b", _A, 0, 0, "age"),
    _Phrase((r"\b([1-9][0-9]) going on [0-9]"), _A, 0, 0, "age"),
    _Phrase(r"\boctogenarian\b", _NOW, 80, 89, "age"),
    _Phrase(r"\bseptuagenarian\b", _NOW, 70, 79, "age"),
    _Phrase(rf"\bteen(?:ager)?(?: girl| boy)?{_E}", _NOW, 13, 19, "age"),
    _Phrase(rf"{_S}18\+{_E}", _NOW, 18, OLDEST, "age"),
    _Phrase(rf"{_S}minor{_E}|\bminors?,? dni\b(?<!no minors dni)", _NOW, 12, 17, "age"),
    # --- generation
    _Phrase(r"\bgen(?:eration)?[ -]?x(?:er)?\b", _NOW, 45, 62, "age"),
    _Phrase(r"\bxennial\b", _NOW, 40, 50, "age"),
    _Phrase(r"\b(?:(?:proud|baby|a|am a|old|the) boomer|boomer \(i am|boomer and proud)\b", _NOW, 61, 81, "age"),
    _Phrase(r"\b(?:elder|geriatric) millennial\b", _NOW, 36, 46, "age"),
    _Phrase(r"\bmillennial\b", _NOW, 28, 46, "age"),
    _Phrase(r"\bgen(?:eration)?[ -]?z(?:er)?\b", _NOW, 13, 30, "age"),
    _Phrase(r"\bold(?:er)? (?:as|than) (?:dirt|time|the hills)\b", _NOW, 48, OLDEST, "age"),
    _Phrase(
        (
            r"\bold (?:fart|geezer|codger|broad|lady|man|hippie|timer|goat|grouch)\b(?! (?:winter|"
            r"strength|energy|sweater))"
        ),
        _NOW,
        47,
        OLDEST,
        "age",
    ),
    _Phrase(
        (
            r"\bsenior citizen\b|\baarp\b|\b(?:on|got) medicare\b|\bgolden years\b|\b(?:on|"
            r"collecting) social security\b"
            r"|\bsince (?:eisenhower|truman|kennedy|nixon)\b"
        ),
        _NOW,
        57,
        OLDEST,
        "age",
    ),
    # --- school
    _Phrase(rf"\b(?:high school |hs |{_SCHOOL} )class ?of {_CLASS}", _Counts.AHEAD, 17, 19, "school"),
    _Phrase(rf"\bclass ?of ?{_CLASS}(?=,? [a-z]{{3,14}} (?:high|hs)\b)", _Counts.AHEAD, 17, 19, "school"),
    _Phrase(rf"\bclass ?of ?{_CLASS}", _Counts.AHEAD, 17, 24, "school"),
    _Phrase(rf"(?:{_S}|\s)c/o ?{_CLASS}", _Counts.AHEAD, 17, 24, "school"),
    _Phrase(rf"{_S}co ?('?[0-9]{{2}}|20[0-9]{{2}}){_E}", _Counts.AHEAD, 17, 24, "school"),
    _Phrase(r"'([0-9]{2}) (?:grad|graduate|alum)", _Counts.AHEAD, 17, 24, "school"),
    _Phrase(rf"{_S}([0-9]{{2}}) (?:grad|graduate|alum[nai]{{0,3}})\b", _Counts.AHEAD, 17, 24, "school"),
    _Phrase(
        (rf"\b(?:graduated|graduate|grad)(?: from)?(?: high school| hs)(?: in)? {_CLASS}"),
        _Counts.AHEAD,
        17,
        19,
        "school",
    ),
    _Phrase(rf"\b(?:graduated|graduate|grad)(?: in)?,? {_CLASS}", _Counts.AHEAD, 17, 32, "school"),
    _Phrase((r"\b(?:generacion|gen\.?) ((?:19|20)[0-9]{2})\b"), _Counts.AHEAD, 15, 24, "school"),
    _Phrase(rf"\begresad[oa](?: en| del?)? {_CLASS}", _Counts.AHEAD, 17, 28, "school"),
    _Phrase(rf"\balum(?:n[aio]|nus|nae)?\.?,? {_CLASS}", _Counts.AHEAD, 17, 28, "school"),
    _Phrase(rf"\b{_SCHOOL},? (?:c/o )?'?((?:19|20)?[0-9]{{2}})(?![0-9/.-])", _Counts.AHEAD, 17, 19, "school"),
    _Phrase(
        (rf"\b{_COLLEGE},? (?:class of )?('[0-9]{{2}}|(?:19|20)[0-9]{{2}})(?![0-9/.-])"),
        _Counts.AHEAD,
        18,
        27,
        "school",
    ),
    _Phrase(rf"\b{_COLLEGE},? '?[0-9]{{2}} alum()", _Counts.AHEAD, 18, 27, "school"),
    _Phrase(rf"\b{_DEGREE}(?: degree)?(?: in)?,? {_CLASS}", _Counts.AHEAD, 20, 30, "school"),
    _Phrase(rf"\b{_DEGREE_LATE}(?: degree)?(?: in)?,? {_YEAR}", _Counts.AHEAD, 22, 55, "school"),
    _Phrase(rf"\bbsn(?: in)?,? {_CLASS}|\bnew grad (?:rn|nurse) ()", _Counts.AHEAD, 20, 50, "school"),
    _Phrase(rf"\bnew grad (?:rn|nurse),? {_CLASS}", _Counts.AHEAD, 20, 50, "school"),
    _Phrase(rf"\bged,? {_CLASS}", _Y, 16, 60, "school"),
    _Phrase(
        (r"\b([1-6][05])(?:th)?[ -](?:year )?(?:high school |class |hs )?reunion\b"), _Counts.YEARS, 17, 19, "school"
    ),
    _Phrase(r"\bseniors? (20[0-9]{2}|'[0-9]{2})\b", _Counts.AHEAD, 17, 19, "school"),
    _Phrase(r"\bsenior year\b|\b(?:hs|high school) senior\b", _NOW, 16, 19, "school"),
    _Phrase((r"\bsenior (?:@|at) "), _NOW, 16, 24, "school"),
    _Phrase(r"\b(?:hs|high school) junior\b", _NOW, 15, 18, "school"),
    _Phrase(
        (
            r"\b(?:college|university|uni) (?:freshman|sophomore|junior|senior)\b|\b(?:freshman|"
            r"sophomore) (?:in|at) "
            r"(?:college|uni)"
        ),
        _NOW,
        17,
        26,
        "school",
    ),
    _Phrase(r"\b(?:freshman|sophomore)(?: (?:@|at) )[a-z' ]{2,20} (?:high|hs)\b", _NOW, 13, 17, "school"),
    _Phrase(r"\b(?:freshman|sophomore)\b(?! (?:year in|slump|album))", _NOW, 13, 22, "school"),
    *(
        _Phrase(
            (
                rf"\b(?:{grade}th grade(?:r)?|grade {grade}|"
                rf"gr\.? {grade})\b(?! (?:[a-z]{{1,12}} )?(?:teacher|team|ela|math|science"
                r"|mom|dad|parent|reading|edu))"
            ),
            _NOW,
            grade + 4,
            grade + 7,
            "school",
        )
        for grade in range(4, 13)
    ),
    _Phrase(r"\b3rd grader\b", _NOW, 7, 10, "school"),
    _Phrase(
        (r"\bmiddle schooler\b|\b(?:student|estudiante) (?:@|at|en) [a-z' ]{2,25} middle\b"), _NOW, 10, 15, "school"
    ),
    _Phrase(rf"{_S}(?:at )?(?:[a-z]{{2,12}} )?middle school{_E}", _NOW, 10, 15, "school", False),
    _Phrase(rf"{_S}(?:in )?junior high{_E}", _NOW, 11, 16, "school", False),
    _Phrase(
        (
            r"\bhigh[ -]?schooler\b|\bhigh school student\b|\b(?:student|estudiante) (?:@|at|"
            r"en) [a-z' ]{2,25} (?:high|hs)\b"
        ),
        _NOW,
        13,
        19,
        "school",
    ),
    _Phrase(r"\ben (?:la )?(?:prepa|secundaria)\b|\bde secundaria\b", _NOW, 11, 19, "school"),
    _Phrase(r"\b(?:jv|junior varsity)\b(?! coach)", _NOW, 13, 18, "school"),
    _Phrase(r"\bvarsity [a-z]{3,12} ('[0-9]{2}|20[0-9]{2})\b", _Counts.AHEAD, 15, 19, "school"),
    _Phrase(r"\bjrotc\b(?! instructor)", _NOW, 13, 19, "school"),
    _Phrase(r"\b(?:prom|homecoming)(?: court| king| queen)? (20[0-9]{2}|'[0-9]{2})\b", _Y, 14, 19, "school"),
    _Phrase(
        (r"\blearner'?s permit\b|\bgot my permit\b|\bdriver'?s ed\b(?! (?:teacher|instructor))"),
        _NOW,
        14,
        18,
        "school",
    ),
    _Phrase(
        (
            r"\b(?:college|university) student\b|\bundergrad(?:uate)?\b|\bpre-?med\b|"
            r"\bstudent athlete\b"
        ),
        _NOW,
        17,
        32,
        "school",
    ),
    _Phrase(r"\b(?:rising|incoming) (?:junior|senior)\b", _NOW, 15, 24, "school"),
    _Phrase(r"\bincoming freshman\b", _NOW, 13, 19, "school"),
    _Phrase(r"\bsorority (?:girl|sister)\b|\brush 20[0-9]{2}\b|\bfrat (?:boy|bro)\b", _NOW, 17, 26, "school"),
    _Phrase(
        r"\b(?:grad|graduate|law|medical|med|dental|nursing) student\b|\b(?:phd|md) (?:candidate|student)\b|"
        rf"{_S}[123]l{_E}|{_S}m(?:s)?[1-4]{_E}",
        _NOW,
        20,
        60,
        "school",
    ),
    # --- family
    _Phrase(
        (
            r"\b(?:married|wife|husband|hubby|wifey|casad[oa]s?|wed|mrs\.?|mr\.? (?:&|"
            r"and) mrs\.?)\b[^|\n0-9']{0,32}"
            rf"(?:[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-])?{_YEAR}"
        ),
        _Y,
        17,
        60,
        "family",
    ),
    _Phrase(
        (r"\b(?:married|wed)\b[^|\n0-9']{0,20}[0-9]{1,2}[/.-][0-9]{1,2}[/.-]((?:19|20)?[0-9]{2})\b"),
        _Y,
        17,
        60,
        "family",
    ),
    _Phrase(rf"{_S}m\. ?((?:19|20)[0-9]{{2}})\b", _Y, 17, 60, "family"),
    _Phrase(
        rf"\b(?:married|casad[oa]s?|together|juntos)(?: for| happily| over| por)? ([1-6]?[0-9])\+? ?{_YRS}\b",
        _Counts.YEARS,
        17,
        60,
        "family",
    ),
    _Phrase(
        (
            rf"\b([1-6][0-9])\+? {_YRS} (?:married|of marriage|de casad[oa]s|de matrimonio|together|"
            r"wed)\b"
        ),
        _Counts.YEARS,
        17,
        60,
        "family",
    ),
    _Phrase((r"\b(?:together|juntos) (?:since|desde) ((?:19|20)[0-9]{2}|'[0-9]{2})(?![/.-])"), _Y, 13, 60, "family"),
    _Phrase(r"\b([1-7][05])(?:th|o)? (?:wedding )?anniversary\b(?! of)", _Counts.YEARS, 17, 60, "family"),
    _Phrase(r"\bbodas de oro\b|\bgolden (?:wedding )?anniversary\b", _NOW, 67, OLDEST, "family"),
    _Phrase(r"\bbodas de plata\b|\bsilver (?:wedding )?anniversary\b", _NOW, 42, OLDEST, "family"),
    _Phrase(rf"\b{_GRAND} (?:of|to|de|x) ?(?:{_COUNT}|[a-z])|\b{_GRAND} ?x[0-9]", _NOW, 36, OLDEST, "family"),
    _Phrase(
        rf"(?:{_S}|\b(?:proud|new|happy|soon to be|blessed|loving|a|be a|and|&|orgullos[oa]) ){_GRAND}"
        rf"(?:{_E}| consentidor[a]?| and | y )",
        _NOW,
        36,
        OLDEST,
        "family",
    ),
    _Phrase(r"\bgreat[ -]?grand(?:ma|mother|pa|father|parent)s?\b|\bbisabuel[oa]\b", _NOW, 55, OLDEST, "family"),
    _Phrase(
        (
            r"\b(?:my|our|the|mis|of|to|with) (?:[0-9a-z]{1,9} )?(?:grand(?:kids?|babies|baby|"
            r"children|child|sons?|daughters?)|"
            r"niet(?:it)?[oa]s?)\b(?!')"
        ),
        _NOW,
        36,
        OLDEST,
        "family",
    ),
    _Phrase(r"\bempty[ -]?nest(?:er|ers)?\b", _NOW, 40, OLDEST, "family"),
    _Phrase(
        (
            rf"\bkids are (?:all )?(?:{_GROWN_CHILDREN}|grown up)\b|\b(?:hij[oa]s|kids|children|sons|"
            r"daughters) "
            rf"(?:grandes|mayores|in college)\b|\b{_GROWN_CHILDREN} (?:sons?|daughters?|kids?|"
            r"children)\b"
        ),
        _NOW,
        37,
        OLDEST,
        "family",
    ),
    _Phrase(
        (
            rf"\bmother(?: |-)in(?: |-)law\b(?<!my mother-in-law)(?= from| to\b|{_E})|\b(?:mother|"
            r"father) of the (?:bride|groom)\b"
        ),
        _NOW,
        37,
        OLDEST,
        "family",
    ),
    _Phrase(
        (
            r"\bmy (?:son|daughter|oldest|kid)(?: [a-z]{2,12})? graduated (?:in )?((?:19|"
            r"20)[0-9]{2})\b"
        ),
        _Y,
        33,
        65,
        "family",
    ),
    _Phrase(
        (
            rf"\b{_PARENT} (?:of|to|x|de|a) ?{_COUNT}\b(?! year| yo\b|-)|\b{_PARENT} ?x[2-9]\b|"
            rf"\bcon {_COUNT} hij[oa]s\b|"
            rf"\b{_COUNT} hij[oa]s\b"
        ),
        _NOW,
        18,
        OLDEST,
        "family",
    ),
    _Phrase(
        (
            r"\b(?:boy|girl|single|homeschool|proud|stay at home|sahm|full[ -]?time|working|hockey|"
            r"soccer|football|dance|wrestling|"
            rf"step|new|tired|navy|army|marine) {_PARENT}(?:{_E}|s\b|\b(?! (?:is|was|are|will)))"
        ),
        _NOW,
        16,
        OLDEST,
        "family",
    ),
    _Phrase((rf"{_S}(?:proud |loving )?(?:mom|mama|mother|dad|father|mami|papi|papa){_E}"), _NOW, 15, OLDEST, "family"),
    _Phrase(
        (
            rf"{_S}(?:a |loving |happy |proud |devoted |lucky )?(?:wife|husband|widow(?:er)?|viud[oa]|"
            r"divorced|divorciad[oa]|"
            rf"espos[oa]|newly ?weds?|casad[oa]|married)(?:{_E}| y | and | to (?!the\b)| con )|"
            r"\bhappily married\b|\bhome ?owner\b"
        ),
        _NOW,
        18,
        OLDEST,
        "family",
    ),
    # --- work
    _Phrase(
        (
            rf"\b([1-5]?[0-9])\+? ?{_YRS},? (?:{_FEW})?(?:of |in |on |at |as (?:an? )?|the |de |en |"
            rf"behind |with )*{_WORK}\b"
        ),
        _Counts.YEARS,
        16,
        70,
        "work",
    ),
    _Phrase(
        (
            rf"\b{_WORK} (?:{_FEW})?(?:for |over |por |about )*([1-5][0-9])\+? ?{_YRS}\b(?! (?:old|"
            r"young))"
        ),
        _Counts.YEARS,
        16,
        70,
        "work",
    ),
    _Phrase(
        (
            r"\b([1-5][0-9])(?:th|st|nd|rd) year (?:of |as (?:an? )?)?(?:teaching|teacher|nursing|"
            r"coaching|ministry|nurse)\b"
        ),
        _Counts.YEARS,
        20,
        70,
        "work",
    ),
    _Phrase(
        (rf"\b([1-5][0-9])[ -]{_YRS}[ -](?:veteran|teamster|employee|career|member|veterano)\b"),
        _Counts.YEARS,
        16,
        70,
        "work",
    ),
    _Phrase(rf"\b(two|three|four|five) decades (?:{_FEW})?(?:in|of|as) ", _Counts.DECADES, 17, 70, "work"),
    _Phrase(rf"\b{_WORK}[^|\n0-9']{{0,24}} (?:since|desde|depuis) {_YEAR}", _Y, 16, 70, "work"),
    _Phrase(
        (
            r"\b(?:licensed|admitted|ordained|hired|sworn in|board certified|commissioned|enlisted|"
            r"opened|founded)\b"
            rf"[^|\n0-9']{{0,24}}{_YEAR}"
        ),
        _Y,
        18,
        70,
        "work",
    ),
    _Phrase(
        r"\b(?:deputy|officer|teacher|nurse|pastor|firefighter|professor|coach|principal|rn|sergeant),? "
        r"((?:19|20)[0-9]{2})\b",
        _Y,
        20,
        70,
        "work",
    ),
    _Phrase((r"\bretired (?:in |since )?((?:19|20)[0-9]{2})\b(?![^|\n]{0,12}(?:army|navy|usmc))"), _Y, 40, 90, "work"),
    _Phrase(
        (
            r"\b(?:retired|ret\.?) (?:us )?(?:army|navy|usmc|marines?|usaf|air force|coast guard|"
            r"military|leo|police|cop)\b|"
            r"\b(?:army|navy|usmc|usn|usaf|marine|air force|military)[ ,]{1,2}\(?(?:retired|ret\b)"
        ),
        _NOW,
        37,
        OLDEST,
        "work",
    ),
    _Phrase(
        (
            rf"(?:{_S}|\b(?:happily|proudly|newly|recently|semi|now|am) ?-?)(?:semi-?)?(?:retired|"
            r"retiree|jubilad[oa]|pensionad[oa])"
            rf"(?:{_E}| {_RETIRES_FROM}\b(?! the (?:drama|streets|game)))"
        ),
        _NOW,
        45,
        OLDEST,
        "work",
    ),
    _Phrase(r"\b[a-z]{4,12} jubilad[oa]\b|\bretired (?:school )?teacher\b", _NOW, 48, OLDEST, "work"),
    _Phrase(r"\bemerit(?:us|a)\b", _NOW, 55, OLDEST, "work"),
    _Phrase(
        (
            rf"\b{_SERVICE}(?: vet(?:eran)?)?,? '?((?:19)?[4-9][0-9]|20[0-9]{{2}}|"
            r"[0-2][0-9])'? ?- ?'?(?:19|20)?[0-9]{2}\b"
        ),
        _Y,
        17,
        32,
        "work",
    ),
    _Phrase(r"\bkorean war vet", _NOW, 88, OLDEST, "work"),
    _Phrase(
        (
            r"\bvietnam (?:war )?(?:era )?vet|\bwoodstock\b(?= ?(?:$|[|\n,.]|69|1969))|"
            r"\bjfk was shot\b|\bvoted for (?:carter|nixon|ford)\b"
        ),
        _NOW,
        66,
        OLDEST,
        "work",
    ),
    _Phrase(r"\b(?:desert storm|gulf war)(?: era)? vet", _NOW, 51, 90, "work"),
    _Phrase(r"\b(?:oif|oef|iraq(?: war)?|afghanistan)\b[^|\n]{0,8} vet", _NOW, 30, 80, "work"),
    _Phrase((r"\bsaw [a-z ]{3,20} in '?((?:19)?[6-9][0-9])\b"), _Y, 13, 45, "work", False),
    _Phrase(
        (rf"{_S}(?:proud |disabled |us |u\.s\. |combat )?(?:{_SERVICE} )?(?:veteran|vet){_E}"),
        _NOW,
        18,
        OLDEST,
        "work",
    ),
    _Phrase((r"\b(?:active duty|army reserve|national guard)\b"), _NOW, 17, 60, "work"),
    _Phrase(rf"{_S}marine{_E}", _NOW, 17, OLDEST, "work"),
)


class _Trade(NamedTuple):
    """A trade, from what age people have it, and whether those who have it are usually somebody's namesake."""

    pattern: str
    youngest: int
    calling: bool = True


_NO_TRADE_AFTER = r"(?! (?:fan|show|wife|stan|mom|dad|appreciation|week|season|light|lights|jokes?|gear|life'?s))"
_TRADES = (
    _Trade(
        (
            r"(?:orthop(?:a)?edic |plastic |heart |brain |trauma |general )?surgeon|cardiologist|"
            r"an(?:a)?esthesiologist|radiologist|"
            r"neurologist|oncologist|dermatologist|ob/?-?gyn|psychiatrist|pathologist|urologist"
        ),
        29,
    ),
    _Trade(r"pediatrician|physician|family medicine|hospitalist|internist|er doc(?:tor)?|medico cirujano", 27),
    _Trade(rf"doctora|m\.?d\.?,? f[a-z]{{2,4}}|md{_E}", 25),
    _Trade(
        (
            r"dds|dmd|dentist|orthodontist|endodontist|dentista|dvm|veterinarian|optometrist|"
            r"chiropractor|podiatrist|"
            r"attorney|lawyer|abogad[oa]|esq|llp|licenciad[oa] en derecho|counselor at law|barrister|"
            r"public defender|prosecutor"
        ),
        24,
    ),
    _Trade(
        (
            r"(?:circuit |district |county |superior court |municipal |federal |family court |"
            r"retired |the hon(?:orable)? )judge|"
            rf"judge{_E}|magistrate|justice of the peace"
        ),
        30,
    ),
    _Trade(
        (
            r"professor(?: emeritus)?|dean of|provost|superintendent(?: of schools)?|school principal|"
            r"(?:elementary|middle|high|assistant|vice|hs) (?:school )?principal|"
            r"principal (?:at|@|of)"
        ),
        27,
    ),
    _Trade(
        (
            r"pharm\.?d|pharmacist|nurse practitioner|fnp(?:-c|-bc)?|crna|physician assistant|pa-c|"
            r"dpt|physical therapist"
        ),
        23,
    ),
    _Trade(
        (
            r"cpa|c\.p\.a|contador[a]? public[oa]|actuary|architect|arquitect[oa]|aia|civil engineer|"
            r"structural engineer|"
            r"professional engineer|p\.e|data scientist|research scientist|scientist|economist|phd|"
            r"ph\.d|ed\.?d"
        ),
        22,
    ),
    _Trade(
        (
            r"police (?:officer|sergeant|chief|lieutenant|captain)|chief of police|state trooper|"
            r"trooper|(?:deputy )?sheriff|"
            r"sheriff'?s deputy|deputy|detective|[a-z]{3,14} (?:pd|police department)|leo|"
            r"highway patrol|border patrol|"
            r"(?:sgt|sergeant|lieutenant|captain|officer|chief),? [a-z]{3,14} (?:pd|police|so|fd)|"
            r"officer"
        ),
        20,
    ),
    _Trade(
        (
            r"master sgt|master sergeant|lt\.? col|lieutenant colonel|colonel|major,? us|(?:sgt|"
            r"sergeant) major|"
            r"fire chief|battalion chief|airline pilot|commercial pilot|first officer|"
            r"captain,? (?:united|delta|american)"
        ),
        23,
    ),
    _Trade(
        (
            r"realtor|real estate (?:agent|broker|professional|investor)|broker associate|(?:mortgage|"
            r"loan) (?:broker|officer)|nmls|"
            r"keller williams|re/max|century 21|coldwell banker|insurance agent|state farm agent|"
            r"allstate agent|"
            r"financial (?:advisor|planner)|wealth (?:advisor|management)|bienes raices|"
            r"corredor[a]? de bienes"
        ),
        18,
    ),
    _Trade(
        (
            r"mayor(?: of)?(?! que)|(?:state )?senator|congress(?:man|woman)|"
            r"state rep(?:resentative)?|city council(?:man|woman|member|or)?|"
            r"council(?:man|woman|member)|county commissioner|county supervisor|alderman|"
            r"assemblym[ae]n|running for|candidate for"
        ),
        20,
    ),
    _Trade(
        (
            rf"(?:ceo|cfo|cto|coo|cmo){_E}|(?:ceo|cfo|cto|coo) (?:at|of|@|and|&)|chief (?:financial|"
            r"executive|operating|technology|medical|"
            r"marketing|nursing) officer|vp|(?:senior |executive )?vice president|"
            r"managing (?:director|partner)|partner at|"
            r"venture capital|private equity|investment bank(?:ing|er)|commercial banking|"
            r"executive director|board member"
        ),
        23,
    ),
    _Trade(r"archbishop|bishop|rabbi|imam|lead pastor|senior pastor|reverend|pastor|priest|deacon|minister of", 20),
    _Trade(
        r"lcsw|lmft|lpc|lcpc|psyd|psychologist|licensed therapist|psychotherapist|school counselor|"
        r"social worker|msw|mlis|librarian",
        22,
        False,
    ),
    _Trade(
        (
            r"novelist|author of|bestselling author|news anchor|anchor|meteorologist|comedian|"
            r"quarterback|linebacker|shortstop|"
            r"olympian|mlb|nfl|nba|nhl|mls player|pro golfer|recording artist"
        ),
        17,
    ),
    _Trade(
        (
            r"(?:[a-z0-9]{2,14} )?(?:grade |school |math |english |science |art |music |history |ela |"
            r"spanish |pe |esl |sped |"
            r"kindergarten |preschool )teacher|teacher(?! in training)|maestr[oa]|profesor[a]?|"
            r"educator|teaching [a-z0-9]{3,10}"
        ),
        20,
        False,
    ),
    _Trade(
        (
            r"registered nurse|rn|lpn|bsn|icu nurse|er nurse|[a-z&]{1,8} nurse|nurse|enfermer[oa]|"
            r"paramedic|firefighter|"
            r"ff/emt|lineman|journeyman|master (?:electrician|plumber)|software engineer|"
            r"mechanical engineer|"
            r"electrical engineer|engineer(?: at| @)|accountant|hr manager|project manager|pmp|"
            r"funeral director|"
            r"contractor|general manager|recruiter|director of"
        ),
        19,
        False,
    ),
    _Trade(
        (
            r"electrician|plumber|truck ?driver|trucker|cdl(?:-?[ab])?|owner[ /-]operator|"
            r"correctional officer|notary(?: public)?|"
            r"bartender|esthetician|cosmetologist|(?:store|shift|office|property|branch) manager|"
            r"foreman|hvac tech(?:nician)?|"
            r"supervisor|sales manager"
        ),
        18,
        False,
    ),
    _Trade(
        (
            r"welder|carpenter|emt|cna|albanil|founder(?: &| and)? ?owner|small business owner|"
            r"owner (?:of|at|@)"
        ),
        16,
        False,
    ),
)
_CALLED = re.compile(
    r"(?:^|[._-]|the|real)(?:dr|doctor|judge|officer|sheriff|pastor|rev|trooper|senator|mayor|"
    r"professor|prof)[._-]"
    r"|(?:realtor|realty|attorney|abogad[oa]|lawyer|lawfirm|dentist|dds|dmd|esq|orthodontist|"
    r"surgeon|pharmd|homesales|"
    r"sellshomes|sellshouses|realestate|mortgage|cpa|dvm|lending|insurance|llp)(?:$|[._0-9-])"
)
_GRANDPARENT = re.compile(
    r"^(?:great )?(?:grandma|grandpa|grandmother|grandfather|granny|grammy|gramps|papaw|"
    r"pawpaw|mamaw|meemaw|memaw|abuel(?:it)?[oa])"
    r" [a-z]"
)
"""Before a name, and only there: Mimi, Gigi, Nana and Lola are names of their own."""
_TITLED = re.compile(
    r"^(?:dr|doctor|judge|hon|honorable|officer|deputy|sheriff|trooper|detective|sergeant|sgt|"
    r"lieutenant|lt|captain|capt|"
    r"senator|mayor|professor|prof|reverend|rev|pastor|rabbi|bishop|attorney|lic|licda|"
    r"ing)\.? [a-z]"
)

# --- what tells of others, or of nothing -----------------------------------------------------------------------------

_CHILD = (
    r"(?:son|sons|daughters?|boys?|girls?|kids?|baby|babies|twins?|toddler|child|children|"
    r"hij[oa]s?|bebe|niece|nephew|lab|dog|cat|"
    r"puppy|pup|horse|angel|brother|sister|bro|sis|cousin|prim[oa])"
)
_ELDER = (
    r"(?:mom|mother|dad|father|mama|papa|parents|wife|husband|hubby|uncle|aunt|tia|tio|"
    r"abuel[oa]|grand(?:ma|pa|mother|father)|nana)"
)
_OTHERS = tuple(
    re.compile(pattern)
    for pattern in (
        (
            r"\b(?:r\.?i\.?p|dep|d\.e\.p|qepd|in (?:loving )?memory|memory of|missing you|"
            r"gone too soon|en memoria|rest in|angel)\b[^|\n]{0,60}"
        ),
        r"\$ ?[0-9][0-9,.]*|\bpo box [0-9]{1,6}"
        r"|\b[0-9]{1,5} (?:[a-z]{1,12} ){1,2}(?:st|ave|rd|dr|blvd|ln|street|avenue|road|lane)\b",
        r"\b(?:19|20)[0-9]{2} \([a-z]{2,12}'s version\)",
        r"\bforever ['0-9]{2,4}\b[^|\n]{0,30}",
        (
            r"\b[0-9/.+-]{1,10} (?:days?|months?|weeks?|years?|yrs?|anos) (?:clean|sober|strong|smoke|"
            r"cancer|free|alcohol|sobri[oa]|limpi[oa])\b"
        ),
        (
            r"\b(?:sober|clean|sobriety|recovery|recovering|clean date|cancer[ -]free|survivor|"
            r"sobri[oa])\b[^|\n]{0,24}"
        ),
        (
            r"\b(?:wedding|engaged|save the date|taken|due|due date|4ever|forever|bf|gf|his|hers|"
            r"baby #?[0-9])\b[^|\n]{0,12}[0-9./-]{5,10}"
        ),
        r"\b(?:together|juntos) (?:since|desde) [0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}",
        (
            r"(?:'[0-9]{2}|\b[0-9]{2}|\b(?:19|20)[0-9]{2}) (?:mustang|camaro|chevelle|silverado|civic|"
            r"impala|corvette|harley|f-?150|chevy|ford|"
            r"toyota|honda|jeep|wrangler|tacoma|accord|gto|nova|el camino|cutlass|regal|monte carlo|"
            r"bronco|election|champs?|"
            r"world series|super bowl|goals|season|census|tour|wrapped|remix|edition|olympics)\b"
        ),
        (
            rf"\b(?:{_ELDER}|auntie|nino|nina|padrin[oa]|madrina) (?:to|of|2|de) (?:an? |my |"
            rf"un[oa]? )?(?:[0-9]{{1,2}} ?(?:yo|y/o|{_YRS})"
            rf"|{_CHILD}|[a-z]+ \([0-9])[^|\n]{{0,50}}"
        ),
        (
            r"\b(?:dog|cat|fur|plant|horse|puppy|pitbull|lab|husky|corgi|chihuahua) ?(?:mom|mama|dad|"
            r"momma|mommy|daddy|parents?)\b[^|\n]{0,24}"
        ),
        rf"\b(?:my|our|mi|mis|two|three|twin|nuestr[oa]s?) (?:[a-z0-9+'-]{{1,12}} ){{0,3}}{_CHILD}\b[^|\n]{{0,30}}",
        (r"\b(?:daughter|son|baby|hij[oa]|kid|bebe) (?:was )?(?:born|nacid[oa])[^|\n]{0,24}"),
        rf"\b[0-9]{{1,2}} ?-?(?:yo|y/o|{_YRS}|{_YRS}[ -]old) {_CHILD}\b",
        rf"\b(?:my|mi|our|his|her|love|miss|miss my|raised by my) (?:[a-z]{{1,8}} )?{_ELDER}\b(?!-)[^|\n,]{{0,40}}",
        (
            r"\b(?:daughter|son|child|kid|wife|husband|grandson|granddaughter|hij[oa]|niet[oa]) (?:of|"
            r"de) (?!the '?[0-9])(?:an? |un[oa]? )?[^|\n,]{0,30}"
        ),
        (
            rf"\b{_ELDER}'s\b[^|\n,]{{0,20}}|\b(?:father|mother)'?s day\b|\b(?:mother (?:nature|earth|"
            r"tongue)|father time|sugar (?:daddy|mama))\b"
            r"|\bwho's your daddy\b"
        ),
        (
            r"\b(?:future|aspiring|wannabe|studying to be|training to be|in school to be|want to be|"
            r"hope to be|futur[oa]|not an?|no soy) [^|\n,]{0,30}"
        ),
        (
            r"\b(?:thank|support|love|back|respect|bless|appreciate|hug) (?:an? |our |my |your |the |"
            r"all )?[a-z]{2,12}\b(?= *(?:$|[|\n,]))"
        ),
        (
            r"\bmarried to (?:the|my) (?:game|grind|hustle|music|money|job|work|streets?|gym)\b|"
            r"\bretired (?:from the drama|party|emo|hot|"
            r"people pleaser|ballerina|gymnast|athlete|baddie)\b[^|\n,]{0,20}"
        ),
        (
            r"\b(?:judge not|judge me|judge you|only god can judge)\b[^|\n]{0,12}|\bdr\.? (?:who|"
            r"pepper|seuss|dre|phil)\b|\bdoctor who\b|"
            r"\bdoc martens\b|\bnurses? rock\b|\bteachers? (?:are|rock|pet)\b|\bteacher's\b|"
            r"\bceo of (?:being|overthinking|naps|chaos|nothing|"
            r"sleeping|my)\b[^|\n]{0,16}|\b(?:professional|amateur|coffee|chaos|snack|nap|"
            r"vibe) [a-z]{3,12}\b(?= *(?:$|[|\n,]))|"
            r"\b(?:chief|captain) (?:troublemaker|of my)\b|\bmarine (?:biolog|life|park)[a-z]{0,6}\b|"
            r"\bsenior (?:pictures|portraits|living|care|"
            r"center|photos|dog|pups?|software|manager|director|engineer|analyst|vice)\b[^|\n]{0,20}|"
            r"\bpilot (?:season|light|pen)\b"
        ),
        r"\b(?:open|hours|mon|tue|wed|thu|fri|sat|sun|m-f|m-sat)\b[^|\n]{0,6}[0-9]{1,2}[^|\n]{0,16}",
        (
            r"\bthe (?:19|20)[0-9]{2}\b|\b(?:the )?(?:[6-9]0|00|10)'?s (?:music|rock|hip|movies|rap|"
            r"style|country|fashion|vibes?|fan|sitcoms)\b"
        ),
        (
            r"\b(?:over|under|top) [0-9]{2} (?:recipes|homes|under|agent|radio|homes|"
            r"[a-z]{4,12} sold)\b[^|\n]{0,12}|\b[0-9]{2} under [0-9]{2}\b"
        ),
        (
            r"(?<![a-z]-)\b(?<!birth )(?:season|episode|day|week|year|mile|exit|route|hwy|highway|"
            r"room|suite|apt|unit|psalms?|john|romans|proverbs|isaiah|jeremiah|"
            r"phil|philippians|matthew|mark|luke|corinthians|hebrews|genesis|exodus|joshua|numbers|"
            r"acts|james|peter|timothy|salmos?|juan|"
            r"local|post|troop|pack|engine|ladder|area|studio|matchbox|sum|windows|unit|zip|jersey|"
            r"number|no\.?|vol\.?|chapter verse)"
            r" #?[0-9]{1,4}(?::[0-9-]{1,5})?\b(?! since| member)"
        ),
    )
)
_DOTTED_DATE = re.compile(r"\b([0-9]{1,2})\|([0-9]{1,2})\|((?:19|20)?[0-9]{2})\b")
_ESTABLISHED = re.compile(
    r"\b(?:llc|inc|co\.|company|business|shop|salon|studio|family|familia|mr (?:&|and) mrs|"
    r"the [a-z]+s|bakery|farms?|ranch|"
    r"restaurant|church|brewing|realty|services|photography|owned|married|us since|together)\b"
)


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], _Phrase], ...]:
    return tuple((re.compile(phrase.pattern), phrase) for phrase in _PHRASES)


@cache
def _trades() -> tuple[tuple[re.Pattern[str], _Trade], ...]:
    return tuple(
        (re.compile(rf"(?<![a-z0-9'])(?:{trade.pattern})(?![a-z0-9]){_NO_TRADE_AFTER}"), trade) for trade in _TRADES
    )


def read_life(name: str, handle: str, bio: str, message: str, today: date) -> Life:
    """What the folded texts of a profile tell of somebody's age and trade. Never raises; linear in their length.

    Of a message, only what is said of birth, age and school counts: trades in it are often those of whom it is sent to.
    """
    found: list[Born] = []
    plain = of_oneself(bio)
    for text, topics in ((bio, ("family",)), (plain, ("birth", "age", "school", "work"))) if bio else ():
        for pattern, phrase in _compiled():
            if phrase.topic in topics:
                found += _born(pattern, phrase, text, today)
    if _GRANDPARENT.search(name):
        found.append(Born(today.year - OLDEST, today.year - 36, "family"))
    said = of_oneself(message)
    for pattern, phrase in _compiled() if said else ():
        if phrase.topic in ("age", "birth", "school") and phrase.sure:
            found += _born(pattern, phrase, said, today)
    calling = False
    titles = f"{plain}\n{_after_name(name)}"
    for trade_pattern, trade in _trades():
        if trade_pattern.search(titles):
            found.append(Born(today.year - OLDEST, today.year - trade.youngest, "trade"))
            calling = calling or trade.calling
    if _TITLED.search(name) or _CALLED.search(handle):
        found.append(Born(today.year - OLDEST, today.year - 19, "trade"))
        calling = True
    return Life(tuple(dict.fromkeys(found)), calling)


def _after_name(name: str) -> str:
    """What stands behind a name: Ana Ruiz, DDS; Ana Ruiz | Realtor; Ana Ruiz (attorney)."""
    _, mark, rest = name.replace("|", ",").replace("(", ",").replace(" - ", ",").partition(",")
    return rest if mark else " ".join(name.split()[2:])


def of_oneself(text: str) -> str:
    """A text without what it says of others, of being sober, of cars, verses and opening hours."""
    text = _DOTTED_DATE.sub(r"\1/\2/\3", text)
    for pattern in _OTHERS:
        text = pattern.sub("~", text)
    return text


def _born(pattern: re.Pattern[str], phrase: _Phrase, text: str, today: date) -> list[Born]:
    found = []
    for match in pattern.finditer(text):
        number = next((group for group in reversed(match.groups()) if group), "")
        years = _range(phrase, number, today)
        if years is None:
            continue
        earliest, latest = years
        if latest > today.year - _YOUNGEST or latest < today.year - OLDEST:
            continue
        sure = phrase.sure
        if match[0].lstrip(" |,").startswith("est") and _ESTABLISHED.search(text):
            continue
        found.append(Born(max(earliest, today.year - OLDEST), latest, phrase.topic, sure))
    return found


def _range(phrase: _Phrase, number: str, today: date) -> tuple[int, int] | None:
    """The birth years that a phrase with this number leaves possible; None where it can't be meant so."""
    youngest, oldest = phrase.youngest, phrase.oldest
    if phrase.counts is _Counts.NOTHING:
        return today.year - oldest - 1, today.year - youngest
    if not number:
        return None
    value = _value(number)
    if phrase.counts is _Counts.AGE:
        if not _YOUNGEST <= value <= 99:
            return None
        return today.year - value - oldest - 1, today.year - value - youngest
    if phrase.counts in (_Counts.YEARS, _Counts.DECADES):
        year = today.year - value * (10 if phrase.counts is _Counts.DECADES else 1)
        return year - oldest, year - youngest
    ahead = 8 if phrase.counts is _Counts.AHEAD else 0
    if value < 100:
        value += 2000 if 2000 + value <= today.year + ahead else 1900
    if not 1900 <= value <= today.year + ahead:
        return None
    last = value + 9 if phrase.counts is _Counts.DECADE else value
    return value - oldest, last - youngest


def _value(number: str) -> int:
    digits = number.lstrip("'")
    if digits.isdigit():
        return int(digits)
    tens, _, unit = number.replace("-", " ").partition(" ")
    return _TENS[tens] + _UNITS.get(unit, 0)


def born_by_number(number: str, today: date) -> tuple[tuple[int, ...], bool]:
    """The birth years that a number beside a name may stand for, and whether it is hardly anything else.

    Jerseys and jokes (23, 69, 77, 88, 99) are not sure.

    1985, 85, 0485 (month and year), 041285, 04121985 and 19850412. Empty where it is no year: 305, 23, 777.
    """
    latest = today.year - 12
    if len(number) == 2:
        year = (2000 if 2000 + int(number) <= latest else 1900) + int(number)
        return ((year,) if year >= 1930 else ()), (number[0] == "0" or int(number) >= 56) and number[0] != number[
            1
        ] and number != "69"
    years: set[int] = set()
    if len(number) == 4:
        if 1925 <= int(number) <= latest:
            return (int(number),), True
        if 1 <= int(number[:2]) <= 12 and int(number[2:]) > 31:
            years.add(1900 + int(number[2:]))
    elif len(number) == 6:
        for month, day, short in ((number[:2], number[2:4], number[4:]), (number[2:4], number[:2], number[4:])):
            if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
                years.add(int(short) + (2000 if 2000 + int(short) <= latest else 1900))
    elif len(number) == 8:
        for year_digits, month, day in ((number[4:], number[:2], number[2:4]), (number[4:], number[2:4], number[:2]),
                                        (number[:4], number[4:6], number[6:])):  # fmt: skip
            if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
                years.add(int(year_digits))
    found = tuple(sorted(year for year in years if 1925 <= year <= latest))
    return found, len(number) > 4
