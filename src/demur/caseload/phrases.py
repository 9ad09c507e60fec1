"""Phrases by which people tell how old they are, and trades, with the ages that go with them.

The phrases are data: a pattern, what its number counts, and how old people are then. Written for this project from
general knowledge. What many languages call a stage of life stands in data/life_stages.toml.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

OLDEST = 110
"""Nobody who writes on a network is taken to be older."""


class Counts(Enum):
    YEAR = "a year, in which they were as old as the phrase says"
    AHEAD = "the same, and the year may be still to come"
    DECADE = "ten years, in which they were as old as the phrase says"
    YEARS = "how many years ago they were as old as the phrase says"
    DECADES = "the same in tens of years"
    AGE = "their age, more or less what the phrase says"
    AGE_OR_YEAR = "their age, or two digits of the year in which they were born"
    GRADE = "the grade in which they are at school, as old as that and the phrase say"
    NOTHING = "nothing: they are now as old as the phrase says"


class Phrase(NamedTuple):
    pattern: str
    counts: Counts
    youngest: int
    oldest: int
    topic: str
    sure: bool = True


_S = r"(?:^|[|\n,;(~!]\s{0,2}|\s-{1,2}\s|\s/\s|//\s?|\.\s{1,2})"
_ALONE = r"(?:^|[|\n,;(~]\s{0,2})"
_E = r"(?=\s{0,2}(?:$|[|\n,;)~!&@]|\.(?![0-9])|-{1,2}\s|/\s|//|and\b))"
YEAR = r"((?:19|20)[0-9]{2}|'[0-9]{2})(?![0-9%/.-][0-9]|[0-9%])"
_CLASS = r"((?:19|20)[0-9]{2}|'?[0-9]{2})(?![0-9%]|[/.-][0-9])"
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60,
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90, "two": 2, "three": 3, "four": 4, "five": 5, "a": 1,
}  # fmt: skip
UNITS = {
    word: number
    for number, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), 1)
}
TEN = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty)"
_N = rf"([1-9][0-9]|{TEN}(?:[ -](?:{'|'.join(UNITS)}))?)"
_DEC = r"'?((?:19|20)?[0-9]0)'?s"
_DEC_WORD = r"(twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)"
YRS = r"(?:years?|yrs?|anos)"
_COUNT = (
    r"(?:[2-9]|1[0-9]|two|three|four|five|six|seven|eight|nine|ten|dos|tres|cuatro|cinco|seis|"
    r"siete|ocho|nueve|diez)"
)
_SIGN = (
    r"(?:aries|taurus|gemini|cancer|leo|virgo|libra|scorpio|sagittarius|capricorn|aquarius|"
    r"pisces|tauro|geminis|escorpio|"
    r"sagitario|capricornio|acuario|piscis)"
)
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|"
    r"diciembre)"
)
_GRAND = (
    r"(?:great[ -]?)?(?:grand(?:ma|ad|da|mom|mother|pa|dad|father|parent)s?|gran|granny|grammy|"
    r"grampa|grampy|gramps|nana|nanny|"
    r"papaw|pawpaw|mamaw|meemaw|memaw|pepere|memere|gigi|mimi|lola|lolo|abuel(?:it)?[oa]|nonni|nonn[ao]|pop-?pop|"
    r"poppy|oma|opa|yiayia|pap+ou|bubb[ei]e?|za[iy]d[ea]y?|savta|halmoni|tet[ah]|jeddo|"
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
_UNIFORM = (
    r"(?:us |u\.s\. )?(?:army|navy|usn|usmc|marines?|usaf|air force|coast guard|military|leo|police|cop|"
    r"fire|sgt|sergeant|veteran|vet|deputy|officer|correctional)\b"
)
_DONE = (
    r"(?:took over|began teaching|licensed|admitted|ordained|hired|sworn in|board certified|commissioned|enlisted|"
    r"drafted|discharged|opened|"
    r"founded|elected|appointed|promoted|deployed|first mass|took (?:my|his|her) vows|final vows|passed the bar|bar|"
    r"bought (?:the|my|our|a)|sold my|hit the road|tenured?|cdl|called to the bar|hung out|started (?:the|my|our) "
    r"(?:shop|business|firm|farm|company|salon|church)|llc|abri|fundada|fundado|ordenad[oa]|contratad[oa]|"
    r"juramentad[oa]|residency|fellowship)"
)
_SERVICE = (
    r"(?:us ?navy|navy|us ?army|army|usn|usa|usmc|marines?|marine corps|usaf|air force|uscg|"
    r"coast guard|peace corps(?: [a-z]{3,12})?|vietnam|iraq|afghanistan|desert storm)"
)

_Y, _A, _NOW = Counts.YEAR, Counts.AGE, Counts.NOTHING
PHRASES = (
    # --- birth
    Phrase(rf"(?:^|[|\n,;( ])b\.(?! ?(?:s|a|sc|ed|f)\b)[^|\n0-9']{{0,30}}{YEAR}\b", _Y, 0, 0, "birth"),
    Phrase(r"(?:^|[|\n,;( ])b\. ?([0-9]{2})(?![0-9/.-])", _Y, 0, 0, "birth"),
    Phrase(
        r"\b(?:geb(?:oren)?\.?|nee?(?: le| en)?|ur\.?|urodzon[ay]|nat[oa] (?:nel|a [a-z]{2,14} nel)|"
        r"nascut[a]? (?:in|pe)|"
        r"roden[a]?|nascid[oa]|ipinanganak|isinilang|fet (?:an|nan)|dhash(?:ay|atay)|nimezaliwa|yug xyoo)\b"
        r"(?: (?:en|em|im|in|w|noong|sannadkii|mwaka|godine|am))?[^|\n0-9a-z]{0,4}((?:19|20)[0-9]{2})\b",
        _Y,
        0,
        0,
        "birth",
    ),
    Phrase(r"(?:^|[|\n,;(] ?)\* ?((?:19|20)[0-9]{2})\b", _Y, 0, 0, "birth"),
    Phrase(rf"\b(?:born|birth ?(?:day|year)|b-?day|d\.?o\.?b\.?)[^|\n]{{0,26}}?{YEAR}\b", _Y, 0, 0, "birth"),
    Phrase(
        r"\b(?:born|birth ?day|b-?day|d\.?o\.?b\.?)[^|\n]{0,20}?[0-9]{1,2}[/.-][0-9]{1,2}[/.-]"
        r"((?:19|20)?[0-9]{2})\b",
        _Y,
        0,
        0,
        "birth",
    ),
    Phrase(rf"\bborn (?:in )?the {_DEC}", Counts.DECADE, 0, 0, "birth"),
    Phrase(rf"\bborn (?:in )?the {_DEC_WORD}\b", Counts.DECADE, 0, 0, "birth"),
    Phrase(
        (r"\b(?:nac(?:i|ida|ido)|nee? en|sinh nam|jahrgang)\b[^|\n]{0,24}?\b((?:19|20)[0-9]{2})\b"), _Y, 0, 0, "birth"
    ),
    Phrase(r"\bnac(?:i|ida|ido) en el '?([0-9]{2})\b", _Y, 0, 0, "birth"),
    Phrase(rf"{_S}n\. ?{YEAR}", _Y, 0, 0, "birth"),
    Phrase(rf"{_S}(?:soy )?del '?([0-9]{{2}}){_E}", _Y, 0, 0, "birth"),
    Phrase(r"\b(?:modelo|cosecha|clase)(?: del?)? '?((?:19)?[0-9]{2})\b", _Y, 0, 0, "birth"),
    Phrase(r"\bgeneracion (?:del )?'?((?:19|20)?[0-9]{2})\b(?<!20[0-9][0-9])", _Y, -2, 2, "birth", False),
    Phrase(rf"(?:{_S}|\ba |\ban )'?((?:19|20)?[0-9]{{2}}) bab(?:y|ies)\b", _Y, 0, 0, "birth"),
    Phrase(rf"{_S}'?([0-9]{{2}})'s bab(?:y|ies)\b(?<!0's baby)", _Y, 0, 0, "birth"),
    Phrase(rf"{_DEC} bab(?:y|ies)\b", Counts.DECADE, 0, 0, "birth"),
    Phrase(rf"\b(?:child|product|made in|baby) (?:of )?the {_DEC}", Counts.DECADE, 0, 0, "birth"),
    Phrase(rf"\b(?:kid of|raised in|raised by|grew up in) the {_DEC}", Counts.DECADE, 0, 16, "birth"),
    Phrase(rf"{_DEC} kid\b", Counts.DECADE, 0, 16, "birth"),
    Phrase(
        rf"\b(?:est|estd|established|made in|vintage|circa|model year)\b[.: ]{{0,3}}(?:[0-9]{{1,2}}/)?{YEAR}",
        _Y,
        0,
        0,
        "birth",
    ),
    Phrase(rf"\bborn(?: (?:and|&) raised)?[, ]{{1,2}}{YEAR}", _Y, 0, 0, "birth"),
    Phrase(r"(?<![a-z] )((?:19|20)[0-9]{2}|'[0-9]{2}) model(?= ?(?:$|[|\n,.!]))", _Y, 0, 0, "birth"),
    Phrase(r"\b((?:19|20)[0-9]{2}) ?(?:g\.? ?r\b|r\.? ?n\b)", _Y, 0, 0, "birth"),
    Phrase(
        (
            r"\b(?:on (?:this )?earth|trouble|awesome|tired|extra|breathing|here|alive|lata|rocking|"
            r"hell|chaos|existing|"
            r"fabulous|stubborn|sarcastic|weird|crazy|loved|blessed|legend|living|kicking|vibing|"
            r"hungry)"
            rf" (?:since|desde) {YEAR}"
        ),
        _Y,
        0,
        0,
        "birth",
    ),
    Phrase(rf"{_ALONE}(?:since|desde) {YEAR}{_E}", _Y, 0, 0, "birth", False),
    Phrase(
        rf"{_S}{MONTH}\.?(?: [0-9]{{1,2}}(?:st|nd|rd|th)?,?)? ((?:19|20)[0-9]{{2}}|'[0-9]{{2}})\b", _Y, 0, 0, "birth"
    ),
    Phrase(rf"{_S}[0-9]{{1,2}} (?:de )?{MONTH},? (?:del? )?((?:19|20)[0-9]{{2}}|'[0-9]{{2}})\b", _Y, 0, 0, "birth"),
    Phrase((rf"{_S}(?:{_SIGN} )?[01]?[0-9]([/.|-])[0-3]?[0-9]\1((?:19|20)?[0-9]{{2}})(?![0-9/.-])"), _Y, 0, 0, "birth"),
    Phrase(rf"{_ALONE}((?:19[3-9]|200)[0-9]){_E}", _Y, 0, 0, "birth", False),
    # --- age
    Phrase(rf"\b(?:i am|i'?m|im|soy|she/her|he/him|they/them) {_N}{_E}", _A, 0, 0, "age"),
    Phrase(rf"{_S}([1-4][0-9]|5[0-5]|{TEN}(?:[ -](?:{'|'.join(UNITS)}))?){_E}", _A, 0, 0, "age"),
    Phrase(rf"{_S}(5[6-9]|6[0-9]){_E}", Counts.AGE_OR_YEAR, 0, 0, "age"),
    Phrase(
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
    Phrase(rf"{_S}{_N} ?(?:yo|y/o|y\.o\.?|{YRS} ?(?:old|young)|anitos)\b", _A, 0, 0, "age"),
    Phrase(rf"{_S}{_N} anos{_E}", _A, 0, 0, "age"),
    Phrase(rf"{_S}{_N} ans{_E}", _A, 0, 0, "age"),
    Phrase(rf"\b{_N} tuoi\b", _A, 0, 0, "age"),
    Phrase(
        rf"{_S}{_N} (?:jahre|anni|lat|godina|ani|taong gulang|taon|sano){_E}|{_S}{_N} jahre (?:alt|jung)\b",
        _A,
        0,
        0,
        "age",
    ),
    Phrase(
        rf"\b(?:j'ai|ho|mam|tenho|tengo|umri wa miaka|nina miaka|am) {_N}(?: (?:ans|anni|lat|anos|de ani))?{_E}",
        _A,
        0,
        0,
        "age",
    ),
    Phrase(rf"{_S}([7-9][0-9]){_E}", Counts.AGE_OR_YEAR, 0, 0, "age", False),
    Phrase(r"\b([4-9]0)'?s (?:club|crew|and still|& still)\b", _A, 0, 9, "age"),
    Phrase(r"\b([2-9][05])[ -]{1,3}[2-9][49] age (?:group|class)\b", _A, 0, 5, "age"),
    Phrase(
        r"\bu-?(1[0-9]) (?:goalie|keeper|striker|midfield(?:er)?|defender|forward|player|captain|academy)\b",
        _A,
        -3,
        0,
        "age",
    ),
    Phrase(rf"\b(?<!is )(?<!are ){_N}[ -]{YRS}[ -](?:old|young)\b", _A, 0, 0, "age", False),
    Phrase(rf"\b(?:age|aged|edad)\b[: ]{{1,3}}{_N}\b", _A, 0, 0, "age"),
    Phrase(rf"\bmine is {_N}\b", _A, 0, 0, "age"),
    Phrase(
        r"\b(?:cake(?! (?:decorat|bak|design|artist|pop))|banner|balloons?|candles?|sash|poster|yard sign|"
        r"party hat)\b[^|\n0-9]{0,50}"
        r"\b([1-9][0-9])(?:th|st|nd|rd)?\b(?! (?:anniversary|year|wedding))",
        _A,
        0,
        1,
        "age",
    ),
    Phrase(
        r"\b(?:mom|mum|mama|mami|dad|papa|parents?|my parents|mother|madre) (?:runs?|running|manages?|monitors?|"
        r"handles?) (?:this|my|the) (?:page|account|acct|profile)\b|\b(?:parent|mom|mum|dad)[ -](?:run|managed|"
        r"monitored)\b|\b(?:run|managed|monitored) by (?:my )?(?:mom|mum|dad|parents?|mama|mother)\b",
        _NOW,
        5,
        17,
        "age",
    ),
    Phrase(rf"\byoung at heart at {_N}\b", _A, 0, 0, "age"),
    Phrase(
        (rf"(?:{_S}|\b(?:i'?m|just|im|am|recently|recien) )(?:just )?(?:turned|cumpli) {_N}\b(?!%)"), _A, 0, 1, "age"
    ),
    Phrase(
        (
            rf"(?:{_S}|\b(?:i'?m|im|am) )(?:turning|almost|about to (?:be|turn)|soon to be|nearly|"
            rf"cumplo|casi) {_N}\b(?!%)"
        ),
        _A,
        -2,
        0,
        "age",
    ),
    Phrase(
        (rf"\b{_N},? (?:and|&|n) (?:fabulous|thriving|fine|flirty|free|blessed|foxy|feisty|still)\b"), _A, 0, 0, "age"
    ),
    Phrase(rf"\bfabulous at {_N}\b", _A, 0, 1, "age"),
    Phrase(rf"\b{_N},? flirty\b", _A, 0, 0, "age"),
    Phrase(r"\b(?:dirty|flirty) thirty\b", _NOW, 29, 31, "age"),
    Phrase(r"\bbig ([2-9]-?0)\b", _A, 0, 1, "age"),
    Phrase(r"\bhalf a century (?:old|young|of|and)\b", _NOW, 49, 55, "age"),
    Phrase(r"\bnifty fifty\b", _NOW, 49, 51, "age"),
    Phrase(rf"\b([2-8]0|{TEN})[ -]?something\b", _A, 0, 9, "age"),
    Phrase(r"\b([2-9]0)-?ish\b", _A, -3, 3, "age"),
    Phrase(r"\bin my ([2-9]0)'?s\b", _A, 0, 9, "age"),
    Phrase(rf"\bin my {_DEC_WORD}\b", _A, 0, 9, "age"),
    Phrase(r"\bearly ([2-9]0)'?s\b(?! (?:music|rock|hip|movies|rap|style))", _A, 0, 4, "age"),
    Phrase(r"\bmid[ -]([2-9]0)'?s\b(?! (?:music|rock|hip|movies|rap|style))", _A, 3, 7, "age"),
    Phrase(r"\blate ([2-9]0)'?s\b(?! (?:music|rock|hip|movies|rap|style))", _A, 6, 9, "age"),
    Phrase(rf"\bearly {_DEC_WORD}\b", _A, 0, 4, "age"),
    Phrase(rf"\bmid[ -]{_DEC_WORD}\b", _A, 3, 7, "age"),
    Phrase(rf"\blate {_DEC_WORD}\b", _A, 6, 9, "age"),
    Phrase(rf"{_S}([6-9]0)'?s and (?:still|loving|counting)\b", _A, 0, 9, "age"),
    Phrase(rf"{_S}([3-9][05])\+{_E}", _A, 0, 70, "age"),
    Phrase(
        rf"\bover[ -]([3-9][05])(?: club| league| division| softball| hockey| soccer| and | & |{_E})", _A, 0, 70, "age"
    ),
    Phrase(rf"\bover the hill since {YEAR}", _Y, 39, 52, "age"),
    Phrase(r"\bsweet (?:16|sixteen)\b", _NOW, 15, 16, "age"),
    Phrase(
        r"\b(?:mis (?:xv|15|quince)|quinceanera)\b(?! (?:dress|gown|decor|photo|plan|dj|cake|event|mom|court|shop|"
        r"hall|and wedd|& wedd|y bod))",
        _NOW,
        13,
        16,
        "age",
    ),
    Phrase(rf"(?:{_S})(?:level|chapter) {_N}\b", _A, 0, 0, "age"),
    Phrase(
        (r"\b([1-9][0-9])(?:th|st|nd|rd)? (?:laps|trips|trip|lap|rotations?|times) around the sun\b"), _A, 0, 0, "age"
    ),
    Phrase(rf"{_S}([1-9][0-9]) ?/? ?[mf](?:{_E}|/)", _A, 0, 0, "age"),
    Phrase(rf"{_S}[mf] ?/? ?([1-9][0-9]){_E}", _A, 0, 0, "age"),
    Phrase(rf"{_S}([1-9][0-9]) (?:she|he|they|ella|el)/", _A, 0, 0, "age"),
    Phrase(rf"{_S}([1-9][0-9]) ?{_SIGN}\b", _A, 0, 0, "age"),
    Phrase((r"\b([1-9][0-9]) going on [0-9]"), _A, 0, 0, "age"),
    Phrase(r"\bu([5-9]0)\b", _A, -10, 0, "age"),
    Phrase(r"\boctogenarian\b", _NOW, 80, 89, "age"),
    Phrase(r"\bseptuagenarian\b", _NOW, 70, 79, "age"),
    Phrase(rf"\bteen(?:ager)?(?: girl| boy)?{_E}", _NOW, 13, 19, "age"),
    Phrase(rf"{_S}18\+{_E}", _NOW, 18, OLDEST, "age"),
    Phrase(rf"{_S}minor{_E}|\bminors?,? dni\b(?<!no minors dni)", _NOW, 12, 17, "age"),
    # --- generation
    Phrase(r"\bgen(?:eration)?[ -]?x(?:er)?\b", _NOW, 45, 62, "age"),
    Phrase(r"\bxennial\b", _NOW, 40, 50, "age"),
    Phrase(r"\b(?:(?:proud|baby|a|am a|old|the) boomer|boomer \(i am|boomer and proud)\b", _NOW, 61, 81, "age"),
    Phrase(r"\b(?:elder|geriatric) millennial\b", _NOW, 36, 46, "age"),
    Phrase(r"\bmillennial\b", _NOW, 28, 46, "age"),
    Phrase(r"\bgen(?:eration)?[ -]?z(?:er)?\b", _NOW, 13, 30, "age"),
    Phrase(
        rf"\b(?:tribal|village|community|respected) elder\b|{_S}elder(?: of| in| and|{_E})", _NOW, 52, OLDEST, "age"
    ),
    Phrase(r"\bold(?:er)? (?:as|than) (?:dirt|time|the hills)\b", _NOW, 48, OLDEST, "age"),
    Phrase(
        (
            r"\bold (?:fart|geezer|codger|broad|lady|man|hippie|timer|goat|grouch)\b(?! (?:winter|"
            r"strength|energy|sweater))"
        ),
        _NOW,
        47,
        OLDEST,
        "age",
    ),
    Phrase(
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
    Phrase(rf"\b(?:high school |hs |{_SCHOOL} )class ?of {_CLASS}", Counts.AHEAD, 17, 19, "school"),
    Phrase(rf"\bclass ?of ?{_CLASS}(?=,? [a-z]{{3,14}} (?:high|hs)\b)", Counts.AHEAD, 17, 19, "school"),
    *(
        Phrase(pattern, Counts.AHEAD, 17, oldest, "school", sure)
        for pattern in (
            rf"\bclass ?of ?{_CLASS}",
            rf"(?:{_S}|\s)c/o ?{_CLASS}",
            rf"{_S}co ?('?[0-9]{{2}}|20[0-9]{{2}}){_E}",
            r"'([0-9]{2}) (?:grad|graduate|alum)",
            rf"{_S}([0-9]{{2}}) (?:grad|graduate|alum[nai]{{0,3}})\b",
        )
        for oldest, sure in ((24, False), (30, True))
    ),
    Phrase(
        (rf"\b(?:graduated|graduate|grad)(?: from)?(?: high school| hs)(?: in)? {_CLASS}"),
        Counts.AHEAD,
        17,
        19,
        "school",
    ),
    Phrase(rf"\b(?:graduated|graduate|grad)(?: in)?,? {_CLASS}", Counts.AHEAD, 17, 32, "school"),
    Phrase((r"\b(?:generacion|gen\.?) ((?:19|20)[0-9]{2})\b"), Counts.AHEAD, 15, 24, "school"),
    Phrase(rf"\begresad[oa](?: en| del?)? {_CLASS}", Counts.AHEAD, 17, 28, "school"),
    Phrase(rf"\balum(?:n[aio]|nus|nae)?\.?,? {_CLASS}", Counts.AHEAD, 17, 28, "school"),
    Phrase(rf"\b{_SCHOOL},? (?:c/o )?'?((?:19|20)?[0-9]{{2}})(?![0-9/.-])", Counts.AHEAD, 17, 19, "school"),
    *(
        Phrase(
            rf"\b{_COLLEGE},? (?:class of )?('[0-9]{{2}}|(?:19|20)[0-9]{{2}})(?![0-9/.-])",
            Counts.AHEAD,
            17,
            oldest,
            "school",
            sure,
        )
        for oldest, sure in ((24, False), (36, True))
    ),
    Phrase(rf"\b{_DEGREE}(?: degree)?(?: in)?,? {_CLASS}", Counts.AHEAD, 20, 30, "school"),
    Phrase(rf"\b{_DEGREE_LATE}(?: degree)?(?: in)?,? {YEAR}", Counts.AHEAD, 22, 55, "school"),
    Phrase(rf"\bbsn(?: in)?,? {_CLASS}|\bnew grad (?:rn|nurse) ()", Counts.AHEAD, 20, 50, "school"),
    Phrase(rf"\bnew grad (?:rn|nurse),? {_CLASS}", Counts.AHEAD, 20, 50, "school"),
    Phrase(rf"\bged,? {_CLASS}", _Y, 16, 60, "school"),
    Phrase(
        (r"\b([1-6][0-9])(?:th|st|nd|rd)?[ -](?:year )?(?:high school |class |hs )?reunion\b"),
        Counts.YEARS,
        17,
        19,
        "school",
    ),
    Phrase(r"\bseniors? (20[0-9]{2}|'[0-9]{2})\b", Counts.AHEAD, 17, 19, "school"),
    Phrase(r"\bsenior year\b|\b(?:hs|high school) senior\b", _NOW, 16, 19, "school"),
    Phrase((r"\bsenior (?:@|at) "), _NOW, 16, 24, "school"),
    Phrase(r"\b(?:hs|high school) junior\b", _NOW, 15, 18, "school"),
    Phrase(
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
    Phrase(r"\b(?:freshman|sophomore)(?: (?:@|at) )[a-z' ]{2,20} (?:high|hs)\b", _NOW, 13, 17, "school"),
    Phrase(r"\b(?:freshman|sophomore)\b(?! (?:year in|slump|album))", _NOW, 13, 22, "school"),
    Phrase(
        r"\b(?:([4-9]|1[0-2])th grade(?:r)?|grade ([4-9]|1[0-2])|gr\.? ([4-9]|1[0-2]))\b(?! (?:[a-z]{1,12} )?"
        r"(?:teacher|team|ela|math|science|mom|dad|parent|reading|edu|made|level))",
        Counts.GRADE,
        4,
        7,
        "school",
    ),
    Phrase(r"\byear ([7-9]|1[0-3]) ?(?:@|at\b|student|pupil)", Counts.GRADE, 3, 6, "school"),
    Phrase(r"\bmiddle(?: school)?,? ([5-8])th\b", Counts.GRADE, 4, 7, "school"),
    Phrase(r"\b(?:elementary|primary)(?: school)?,? ([3-6])(?:th|rd)\b", Counts.GRADE, 4, 7, "school"),
    Phrase(
        r"\b[a-z]{3,14} (?:high(?: school)?|hs),? (?:freshman|soph(?:omore)?|junior|senior)\b(?! class| staff)",
        _NOW,
        13,
        19,
        "school",
    ),
    Phrase(
        r"\blop ([4-9]|1[0-2])\b|\b([4-8]) klas[ay]\b|\bklasa ([4-8])\b|\bkidato cha ([1-4])\b",
        Counts.GRADE,
        4,
        8,
        "school",
    ),
    Phrase(r"\b3rd grader\b", _NOW, 7, 10, "school"),
    Phrase(r"\b(?:rs|redshirt)[ -](?:fr|so|jr|sr|freshman|sophomore|junior|senior)\b", _NOW, 17, 25, "school"),
    Phrase(r"\bsoph\b", _NOW, 13, 24, "school"),
    Phrase(
        r"(?:\b(?:qb|wr|rb|lb|ol|dl|cb|fs|rhp|lhp|pg|sg|pf|mb|oh)(?:/(?:qb|wr|rb|lb|ol|dl|cb|fs|rhp|lhp|1b|of))?"
        r" ?[#|] ?[0-9]{1,2}\b|#[0-9]{1,2} (?:qb|wr|rb|lb|ol|dl|cb|rhp|lhp|pg|sg)\b)",
        _NOW,
        12,
        28,
        "school",
    ),
    Phrase(r"\b[a-z]{3,14} (?:high|hs)(?: school)?[ |,/-]{1,4}(?:fr|jr)\b", _NOW, 13, 19, "school"),
    Phrase(
        r"\b(?:klasa|clase graduanda(?: de)?|promocion|promo|matura|maturant[a-z]*|abitur|promotion|lulusan|generacija)"
        r",? (?:del? )?((?:20)[0-9]{2}|'[0-9]{2})\b",
        Counts.AHEAD,
        15,
        30,
        "school",
    ),
    Phrase(
        r"\b(?:student(?:ica|ka|in)?|estudiante|etudiante?) (?:prve|druge|trece|pierwszego|drugiego|de (?:primer|"
        r"segundo|tercer)o?|en (?:premiere|deuxieme)) (?:godine|roku|ano|annee)\b",
        _NOW,
        17,
        32,
        "school",
    ),
    Phrase(
        r"\b(?:lost|losing|lose) my (?:first|1st|front|second|two front) (?:tooth|teeth)\b|"
        r"\bt-?ball (?:star|player|champ|kid|slugger)\b",
        _NOW,
        5,
        10,
        "school",
    ),
    Phrase(
        (r"\bmiddle schooler\b|\b(?:student|estudiante) (?:@|at|en) [a-z' ]{2,25} middle\b"), _NOW, 10, 15, "school"
    ),
    Phrase(rf"{_S}(?:at )?(?:[a-z]{{2,12}} )?middle school{_E}", _NOW, 10, 15, "school", False),
    Phrase(rf"{_S}(?:in )?junior high{_E}", _NOW, 11, 16, "school", False),
    Phrase(
        (
            r"\bhigh[ -]?schooler\b|\bhigh school student\b|\b(?:student|estudiante) (?:@|at|"
            r"en) [a-z' ]{2,25} (?:high|hs)\b"
        ),
        _NOW,
        13,
        19,
        "school",
    ),
    Phrase(r"\ben (?:la )?(?:prepa|secundaria)\b|\bde secundaria\b", _NOW, 11, 19, "school"),
    Phrase(r"\b(?:jv|junior varsity)\b(?! coach)", _NOW, 13, 18, "school"),
    Phrase(r"\bvarsity [a-z]{3,12} ('[0-9]{2}|20[0-9]{2})\b", Counts.AHEAD, 15, 19, "school"),
    Phrase(r"\bjrotc\b(?! instructor)|\bhomeroom\b(?! (?:teacher|mom))", _NOW, 12, 19, "school"),
    Phrase(r"\bbatch (?:of )?((?:19|20)[0-9]{2})\b", Counts.AHEAD, 14, 28, "school"),
    Phrase(r"\b(?:prom|homecoming)(?: court| king| queen)? (20[0-9]{2}|'[0-9]{2})\b", _Y, 14, 19, "school"),
    Phrase(
        (r"\blearner'?s permit\b|\bgot my permit\b|\bdriver'?s ed\b(?! (?:teacher|instructor))"),
        _NOW,
        14,
        18,
        "school",
    ),
    Phrase(
        (
            r"\b(?:college|university) student\b|\bundergrad(?:uate)?\b|\bpre-?med\b|"
            r"\bstudent athlete\b"
        ),
        _NOW,
        17,
        32,
        "school",
    ),
    Phrase(r"\b(?:rising|incoming) (?:junior|senior)\b", _NOW, 15, 24, "school"),
    Phrase(r"\bincoming freshman\b", _NOW, 13, 19, "school"),
    Phrase(r"\bsorority (?:girl|sister)\b|\brush 20[0-9]{2}\b|\bfrat (?:boy|bro)\b", _NOW, 17, 26, "school"),
    Phrase(
        r"\b(?:grad|graduate|law|medical|med|dental|nursing) student\b|\b(?:phd|md) (?:candidate|student)\b|"
        rf"{_S}[123]l{_E}|{_S}m(?:s)?[1-4]{_E}",
        _NOW,
        20,
        60,
        "school",
    ),
    # --- family
    Phrase(
        (
            r"\b(?:married|wife|husband|hubby|wifey|casad[oa]s?|wed|bride|groom|wedding (?:photo|picture|day)|"
            r"mrs\.?|mr\.? (?:&|"
            r"and) mrs\.?)\b[^|\n0-9']{0,32}"
            rf"(?:[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-])?{YEAR}"
        ),
        _Y,
        17,
        60,
        "family",
    ),
    Phrase(
        (r"\b(?:married|wed)\b[^|\n0-9']{0,20}[0-9]{1,2}[/.-][0-9]{1,2}[/.-]((?:19|20)?[0-9]{2})\b"),
        _Y,
        17,
        60,
        "family",
    ),
    Phrase(rf"{_S}m\. ?((?:19|20)[0-9]{{2}})\b", _Y, 17, 60, "family"),
    Phrase(
        rf"\b(?:married|casad[oa]s?|together|juntos)(?: for| happily| over| por)? ([1-6]?[0-9])\+? ?{YRS}\b",
        Counts.YEARS,
        17,
        60,
        "family",
    ),
    Phrase(
        (
            rf"\b([1-6][0-9])\+? {YRS} (?:married|of marriage|de casad[oa]s|de matrimonio|together|"
            r"wed)\b"
        ),
        Counts.YEARS,
        17,
        60,
        "family",
    ),
    Phrase((r"\b(?:together|juntos) (?:since|desde) ((?:19|20)[0-9]{2}|'[0-9]{2})(?![/.-])"), _Y, 13, 60, "family"),
    Phrase(r"\b([1-7][0-9])(?:th|st|nd|rd)? (?:wedding )?anniversary\b(?! of)", Counts.YEARS, 17, 60, "family"),
    Phrase(r"\b([1-7][0-9])o? aniversario de (?:boda|casad|matrimonio)", Counts.YEARS, 17, 60, "family"),
    Phrase(r"\bdiamond (?:wedding )?anniversary\b|\bdiamond wedding\b", _NOW, 76, OLDEST, "family"),
    Phrase(r"\bgolden (?:wedding )?anniversary\b", _NOW, 66, OLDEST, "family"),
    Phrase(r"\bsilver (?:wedding )?anniversary\b", _NOW, 41, OLDEST, "family"),
    Phrase(rf"\b(?:golden|diamond) (?:wedding|anniversary)\b[^|\n0-9]{{0,8}}{YEAR}", _Y, 66, 90, "family"),
    Phrase(rf"\b(?:silver) (?:wedding|anniversary)\b[^|\n0-9]{{0,8}}{YEAR}", _Y, 41, 80, "family"),
    Phrase(
        rf"\b{_GRAND} (?:of|to|de|x) ?(?:{_COUNT}|[a-z])|\b{_GRAND} ?(?:x ?[0-9]|[2-9](?= ?(?:$|[|\n,.!])))",
        _NOW,
        38,
        OLDEST,
        "family",
    ),
    Phrase(
        rf"(?:{_S}|\b(?:proud|new|happy|soon to be|blessed|loving|a|be a|and|&|orgullos[oa]) ){_GRAND}"
        rf"(?:{_E}| consentidor[a]?| and | y )",
        _NOW,
        38,
        OLDEST,
        "family",
    ),
    Phrase(r"\bgreat[ -]?gran(?:d(?:ma|mother|pa|father|parent))?s?\b(?!')", _NOW, 55, OLDEST, "family"),
    Phrase(
        (
            r"\b(?:my|our|the|mis|of|to|with) (?:[0-9a-z]{1,9} )?(?:grand(?:kids?|babies|baby|"
            r"children|child|sons?|daughters?)|"
            r"niet(?:it)?[oa]s?)\b(?!')"
        ),
        _NOW,
        38,
        OLDEST,
        "family",
    ),
    Phrase(
        rf"\b(?:tengo|con|de|[2-9]|1[0-9]) (?:{_COUNT} |un[ao]? |mis |hermos[oa]s |"
        rf"lind[oa]s )*b?i?s?niet(?:it)?[oa]s?\b",
        _NOW,
        38,
        OLDEST,
        "family",
    ),
    Phrase(r"\bempty[ -]?nest(?:er|ers)?\b", _NOW, 40, OLDEST, "family"),
    Phrase(
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
    Phrase(
        (
            rf"\bmother(?: |-)in(?: |-)law\b(?<!my mother-in-law)(?= from| to\b|{_E})|\b(?:mother|"
            r"father) of the (?:bride|groom)\b"
        ),
        _NOW,
        37,
        OLDEST,
        "family",
    ),
    Phrase(
        (
            r"\bmy (?:son|daughter|oldest|kid)(?: [a-z]{2,12})? graduated (?:in )?((?:19|"
            r"20)[0-9]{2})\b"
        ),
        _Y,
        33,
        65,
        "family",
    ),
    Phrase(
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
    Phrase(
        (
            r"\b(?:boy|girl|single|homeschool|proud|stay at home|sahm|full[ -]?time|working|hockey|"
            r"soccer|football|dance|wrestling|"
            rf"step|new|tired|navy|army|marine) {_PARENT}(?:{_E}|s\b|\b(?! (?:is|was|are|will|jokes?)\b))"
        ),
        _NOW,
        16,
        OLDEST,
        "family",
    ),
    Phrase(
        (rf"{_S}(?:proud |loving )?(?:mom|mama|mother|dad|father|mami|papi|papa){_E}(?! ?(?:&|and) (?:dad|mom)'s)"),
        _NOW,
        15,
        OLDEST,
        "family",
    ),
    Phrase(
        (
            rf"{_S}(?:a |loving |happy |proud |devoted |lucky )?(?:wife|husband|widow(?:er)?|viud[oa]|"
            r"divorced|divorciad[oa]|"
            rf"espos[oa]|newly ?weds?|casad[oa]|married)(?:{_E}| y | and | to (?!the\b)| con )|"
            r"\bhappily married\b|\bhome ?owner\b|\bmrs\.?(?= ?(?:$|[|\n,.&]|and\b|since\b))"
        ),
        _NOW,
        18,
        OLDEST,
        "family",
    ),
    # --- work
    Phrase(
        r"\b(two|three|four|five) decades\b(?! (?:ago|later|from|sober|clean|since))", Counts.DECADES, 15, 75, "work"
    ),
    Phrase(rf"\b{_DONE}\b[^|\n]{{0,30}}?(?<![0-9]){YEAR}", _Y, 17, 80, "work"),
    Phrase(rf"{YEAR} (?:{_DONE})\b", _Y, 17, 80, "work"),
    Phrase(
        r"\b(?:admitted|bar|commissioned|enlisted|drafted|residency|fellowship|boot camp|basic training)\b[^|\n]{0,30}?"
        rf"(?<![0-9]){YEAR}",
        _Y,
        17,
        50,
        "work",
    ),
    Phrase(
        r"\b(?:deputy|officer|teacher|nurse|pastor|firefighter|professor|coach|principal|rn|sergeant),? "
        r"((?:19|20)[0-9]{2})\b",
        _Y,
        20,
        70,
        "work",
    ),
    Phrase(
        rf"\b(?:retired|jubilad[oa])(?: in| since| en| desde)?,? {YEAR}(?![^|\n]{{0,12}}(?:army|navy|usmc))",
        _Y,
        40,
        90,
        "work",
    ),
    Phrase(
        (
            r"\b(?:retired|ret\.?) (?:us )?(?:army|navy|usmc|marines?|usaf|air force|coast guard|"
            r"military|leo|police|cop)\b|"
            r"\b(?:army|navy|usmc|usn|usaf|usa|marine|air force|military)[ ,]{1,2}\(?(?:retired|ret\b)"
        ),
        _NOW,
        37,
        OLDEST,
        "work",
    ),
    Phrase(
        r"(?<!baddie )(?<!emo )(?<!girl )(?<!boy )(?<!player )(?<!gamer )(?<!clown )\b(?:retired|retiree|"
        r"jubilad[oa]|pensionad[oa])\b(?!-| (?:party|parties|emo|hot|people|race|grey|grand ?prix|"
        r"horse|thorough|dog|k9|jersey|number|gymnast|athlete|ballerina|baddie|from (?:the (?:drama|streets|game|"
        r"club|nightlife)|my|being)))",
        _NOW,
        37,
        OLDEST,
        "work",
    ),
    Phrase(
        rf"(?:{_S}|\b(?:happily|proudly|newly|recently|now|am|i'm|im) ?)(?:semi-?)?(?:retired|retiree|jubilad[oa]|"
        rf"pensionad[oa])"
        rf"(?! (?:party|parties|emo|hot|people|race|grey|horse|dog|k9|jersey|number|gymnast|athlete|baddie|"
        rf"from (?:the (?:drama|streets|game|club|nightlife)|my|being)))"
        rf"(?:{_E}| (?!{_UNIFORM})[a-z&])",
        _NOW,
        50,
        OLDEST,
        "work",
    ),
    Phrase(r"\b[a-z]{4,12} jubilad[oa]\b|\bretired (?:school )?teacher\b", _NOW, 48, OLDEST, "work"),
    Phrase(r"\bemerit(?:us|a)\b", _NOW, 55, OLDEST, "work"),
    Phrase(
        (
            rf"\b{_SERVICE}(?: vet(?:eran)?)?,? '?((?:19)?[4-9][0-9]|20[0-9]{{2}}|"
            r"[0-2][0-9])'? ?- ?'?(?:19|20)?[0-9]{2}\b"
        ),
        _Y,
        17,
        32,
        "work",
    ),
    Phrase(
        r"\b([1-6][0-9])(?:th|st|nd|rd) (?:year|season|term) (?:of|as|on|behind|[a-z]{3,12}ing)\b",
        Counts.YEARS,
        15,
        80,
        "work",
    ),
    Phrase(r"\bkorean war vet", _NOW, 88, OLDEST, "work"),
    Phrase(
        (
            r"\bvietnam (?:war )?(?:era )?vet|\bwoodstock\b(?= ?(?:$|[|\n,.]|69|1969))|"
            r"\bjfk was shot\b|\bvoted for (?:carter|nixon|ford)\b"
        ),
        _NOW,
        66,
        OLDEST,
        "work",
    ),
    Phrase(r"\b(?:desert storm|gulf war)(?: era)? vet", _NOW, 51, 90, "work"),
    Phrase(r"\b(?:oif|oef|iraq(?: war)?|afghanistan)\b[^|\n]{0,8} vet", _NOW, 30, 80, "work"),
    Phrase((r"\bsaw [a-z ]{3,20} in '?((?:19)?[6-9][0-9])\b"), _Y, 13, 45, "work", False),
    Phrase(
        (rf"{_S}(?:proud |disabled |us |u\.s\. |combat )?(?:{_SERVICE} )?(?:veteran|vet){_E}"),
        _NOW,
        18,
        OLDEST,
        "work",
    ),
    Phrase((r"\b(?:active duty|army reserve|national guard)\b"), _NOW, 17, 60, "work"),
    Phrase(rf"{_S}marine{_E}", _NOW, 17, OLDEST, "work"),
)


_PERSONAL = r"(?:лет|года?|років|роки|рік|سنة|عاما|عام|سال|साल|वर्ष|ਸਾਲ|ዓመት|ปี|ឆ្នាំ|ປີ|နှစ်)"
_ENDS = r"(?= ?(?:$|[|\n,;)!.。、，/]))"
AS_WRITTEN = (
    Phrase(
        r"((?:19|20)[0-9]{2}) ?(?:г\.? ?р|р\.? ?н|года? рожд|року народ|"
        r"[年년](?: ?[0-9]{1,2}[月월](?: ?[0-9]{1,2}[日일])?)? ?(?:生(?!徒)|출?생|出生))",
        _Y,
        0,
        0,
        "birth",
    ),
    Phrase(
        r"(?:\bрод(?:ил\w*|\.)|\bрођен[ао]?|\bроден[ао]?|народ\w*|مواليد|متولد|ولدت|ولد |เกิด|जन्म|ਜਨਮ|"
        r"ተወለ\w*|出生于?|生于|生於|생년|출생)[^|\n0-9]{0,16}"
        r"((?:19|20)[0-9]{2})(?![0-9])",
        _Y,
        0,
        0,
        "birth",
    ),
    Phrase(r"مواليد ?(?:عام |سنة )?([0-9]{2})(?![0-9])", _Y, 0, 0, "birth"),
    Phrase(r"((?:19|20)[0-9]{2})[^|\n0-9]{0,14}ተወለ", _Y, -1, 1, "birth"),
    Phrase(r"(?<![0-9])([0-9]{2}) ?(?:년생|년 생|年生まれ)", _Y, 0, 0, "birth"),
    Phrase(r"(?<![0-9])([0-9]0) ?后", Counts.DECADE, 0, 0, "birth"),
    Phrase(r"(?<![0-9])([0-9]5) ?后", _Y, -4, 0, "birth"),
    Phrase(r"(?<![0-9.])([1-9][0-9]) ?(?:周岁|岁|歳|歲|才(?!能)|세(?![대기계])|살)", _A, 0, 0, "age"),
    Phrase(rf"(?:^|[|\n,;(。、，] ?)([1-9][0-9]) ?{_PERSONAL}{_ENDS}", _A, 0, 0, "age"),
    Phrase(
        r"(?:孫 ?[0-9一二三四五六]+ ?人|孙[子女] ?[0-9一二两三四五]|[0-9一二两三四五]+个?孙[子女]|"
        r"손주 ?(?:[0-9]|하나|둘|셋|넷)|внук[иов]{1,2} ?[-:] ?[0-9])",
        _NOW,
        38,
        OLDEST,
        "family",
    ),
    Phrase(
        r"(?<!мне )(?<!мені )(?<!уже )(?<!всего )(?<!возраст )(?<!исполнилось )"
        r"(?<=[а-яіїєґ]{3} )([1-6][0-9])\+? ?(?:лет|года?|років|роки)"
        rf"{_ENDS}",
        Counts.YEARS,
        15,
        85,
        "work",
    ),
    Phrase(r"(?<![0-9])([1-9][0-9]) ?ساله", _A, 0, 0, "age"),
    Phrase(
        r"(?:\bмне|\bмені|عمري|عمرم|उम्र|ਉਮਰ|อายุ|អាយុ|ອາຍຸ|အသက်|나이|年龄|年齢|今年|"
        r"እድሜ\w*|ዕድሜ\w*) ?:? ?([1-9][0-9])(?![0-9])",
        _A,
        0,
        0,
        "age",
    ),
    Phrase(
        rf"(?<![0-9])([1-6][0-9])\+? ?{_PERSONAL}(?! ?(?:назад|тому|трезв|чист|твер|предыд|مضت|قبل|पहले|के बाद|ก่อน))"
        r"(?= {1,2}\w)",
        Counts.YEARS,
        15,
        85,
        "work",
    ),
    Phrase(
        r"(?:стаж|опыт|досвід|教龄|教齡|工龄|从业|從業|经验|經驗|从教|行医|경력|勤続|경력은|결혼|结婚|結婚|"
        r"خبرة)[^|\n0-9]{0,6}([1-6][0-9])(?! ?[0-9岁歳])",
        Counts.YEARS,
        15,
        85,
        "work",
    ),
    Phrase(
        r"(?<![0-9])([1-6][0-9]) ?(?:年|년)(?:以上|차|의|间|間)?の?(?:经验|經驗|経験|경력|歴|教龄|차|教学)",
        Counts.YEARS,
        15,
        85,
        "work",
    ),
    Phrase(
        r"(?<!учитель )(?<!мама )(?<!учительница )(?<![0-9])([4-9]|1[01])[- ]?(?:й|ий|го)? ?[«\"]?[абвг]?[»\"]? ?клас",
        Counts.GRADE,
        4,
        8,
        "school",
    ),
    Phrase(
        r"(?:выпуск\w*|выпускни\w*|випуск\w*|окончил[аи]?|закінчи\w*)[^|\n0-9]{0,14}((?:19|20)[0-9]{2})",
        Counts.AHEAD,
        15,
        32,
        "school",
    ),
    Phrase(r"((?:19|20)[0-9]{2}) ?(?:年|년)(?:度)? ?(?:毕业|畢業|卒業|卒|졸업)", Counts.AHEAD, 14, 35, "school"),
    Phrase(
        r"((?:19|20)[0-9]{2}) ?(?:年|년) ?(?:创业|創業|開業|开业|入社|入职|結婚|结婚|창업|결혼|입사)",
        _Y,
        16,
        80,
        "work",
    ),
)


class Trade(NamedTuple):
    """A trade, from what age people have it, and whether those who have it are usually somebody's namesake."""

    pattern: str
    youngest: int
    calling: bool = True


NO_TRADE_AFTER = (
    r"(?! (?:[a-z]{3,12} (?:hs|high|school|academy|hall)\b|of good|judy|x\b|and mary|strange|morgan|america|keef|"
    r"hospital|pepper|sanders|payne|"
    r"fan|show|wife|stan|mom|dad|appreciation|week|season|light|lights|jokes?|gear|life'?s))"
)
TRADES = (
    Trade(
        (
            r"(?:orthop(?:a)?edic |plastic |heart |brain |trauma |general )?surgeon|cardiologist|"
            r"an(?:a)?esthesiologist|radiologist|"
            r"neurologist|oncologist|dermatologist|ob/?-?gyn|psychiatrist|pathologist|urologist"
        ),
        29,
    ),
    Trade(
        r"pediatrician|internal medicine|pgy-?[1-9]|resident physician|physician|family medicine|hospitalist|"
        r"internist|er doc(?:tor)?|medico cirujano",
        27,
    ),
    Trade(rf"doctora|m\.?d\.?,? f[a-z]{{2,4}}|md{_E}", 25),
    Trade(
        (
            r"dds|dmd|dentist|orthodontist|endodontist|dentista|dvm|veterinarian|optometrist|"
            r"chiropractor|podiatrist|"
            r"attorney|lawyer|abogad[oa]|esq|llp|licenciad[oa] en derecho|counselor at law|barrister|"
            r"public defender|prosecutor"
        ),
        24,
    ),
    Trade(
        (
            r"(?:circuit |district |county |superior court |municipal |federal |family court |"
            r"retired |the hon(?:orable)? )judge|"
            rf"judge{_E}|magistrate|justice of the peace"
        ),
        30,
    ),
    Trade(
        (
            r"professor(?: emeritus)?|dean of|provost|superintendent(?: of schools)?|school principal|"
            r"(?:elementary|middle|high|assistant|vice|hs) (?:school )?principal|"
            r"principal (?:at|@|of)"
        ),
        29,
    ),
    Trade(
        (
            r"pharm\.?d|pharmacist|nurse practitioner|fnp(?:-c|-bc)?|crna|physician assistant|pa-c|"
            r"dpt|physical therapist"
        ),
        23,
    ),
    Trade(
        (
            r"cpa|c\.p\.a|contador[a]? public[oa]|actuary|architect|arquitect[oa]|aia|civil engineer|"
            r"structural engineer|"
            r"professional engineer|p\.e|data scientist|research scientist|scientist|economist|phd|"
            r"ph\.d|ed\.?d"
        ),
        22,
    ),
    Trade(
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
    Trade(
        (
            r"master sgt|master sergeant|lt\.? col|lieutenant colonel|colonel|major,? us|(?:sgt|"
            r"sergeant) major|"
            r"fire chief|battalion chief|airline pilot|commercial pilot|first officer|"
            r"captain,? (?:united|delta|american)"
        ),
        23,
    ),
    Trade(
        (
            r"realtor|real estate (?:agent|broker|professional|investor)|broker associate|(?:mortgage|"
            r"loan) (?:broker|officer)|nmls|"
            r"keller williams|re/max|century 21|coldwell banker|insurance agent|state farm agent|"
            r"allstate agent|"
            r"financial (?:advisor|planner)|wealth (?:advisor|management)|bienes raices|"
            r"corredor[a]? de bienes"
        ),
        20,
    ),
    Trade(
        (
            r"mayor(?: of)?(?! que)|(?:state )?senator|congress(?:man|woman)|"
            r"state rep(?:resentative)?|city council(?:man|woman|member|or)?|"
            r"council(?:man|woman|member)|county commissioner|county supervisor|alderman|"
            r"assemblym[ae]n|running for|candidate for"
        ),
        20,
    ),
    Trade(
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
    Trade(
        r"monsignor|msgr\.?|archbishop|archdeacon|archimandrite|bishop (?:of|emeritus)|mother superior|abbess|abbot|"
        r"chief justice|(?:supreme|appeals|appellate) court (?:justice|judge)|(?:command )?sergeant major|csm|"
        r"cw[45]|col\.?,? (?:us|usa|usaf|usmc)\b|"
        r"chair of [a-z]{4,14}|chief of (?:staff|surgery|medicine)|provost|chancellor|emerit(?:us|a)",
        36,
    ),
    Trade(r"(?:rear |vice )?admiral(?!'s)|(?:brigadier|major|lieutenant) general|brig\. gen\.?|maj\. gen\.?", 40),
    Trade(
        r"tenured|tribal (?:chair(?:man|woman|person)?|council(?:man|woman|member)?)|school board|cw[23]|"
        r"harbou?r pilot|(?:fire|ship'?s|sea|police) captain|(?:senior |master )?chief petty officer|gunnery sergeant|"
        r"master (?:chief petty officer|gunnery sergeant)|msgt|sfc|gysgt|lieutenant commander|cmdr|postmaster|"
        r"head of school|"
        r"headmaster|chief engineer|chief nurs(?:e|ing officer)|police chief|warden",
        24,
    ),
    Trade(
        r"master (?:gunsmith|cabinet ?maker|carpenter|mechanic|barber|gardener|craftsman|jeweler|sommelier|mason|"
        r"tailor|"
        r"electrician|plumber|electronics technician)|(?:head|executive|sous) chef|journey(?:man|woman)|"
        r"hospital administrator|"
        r"union (?:rep|steward|president)",
        20,
        False,
    ),
    Trade(
        r"archbishop|rabbi|bishop(?! briggs)|imam|lead pastor|senior pastor|reverend|pastor|priest|deacon|minister of",
        20,
    ),
    Trade(
        r"lcsw|lmft|lpc|lcpc|psyd|psychologist|licensed therapist|psychotherapist|school counselor|"
        r"social worker|msw|mlis|librarian",
        22,
        False,
    ),
    Trade(
        (
            r"novelist|author of|bestselling author|news anchor|anchor|meteorologist|comedian|"
            r"quarterback|linebacker|shortstop|"
            r"olympian|mlb|nfl|nba|nhl|mls player|pro golfer|recording artist"
        ),
        17,
    ),
    Trade(
        (
            r"(?:[a-z0-9]{2,14} )?(?:grade |school |math |english |science |art |music |history |ela |"
            r"spanish |pe |esl |sped |"
            r"kindergarten |preschool )teacher|teacher(?! in training)|maestr[oa]|profesor[a]?|"
            r"educator|teaching [a-z0-9]{3,10}"
        ),
        20,
        False,
    ),
    Trade(
        (
            r"registered nurse|rn|lpn|bsn|icu nurse|er nurse|[a-z&]{1,8} nurse|nurse|enfermer[oa]|"
            r"paramedic|firefighter|"
            r"ff/emt|lineman|journeyman|master (?:electrician|plumber)|software engineer|"
            r"mechanical engineer|"
            r"electrical engineer|engineer(?: at| @)|accountant|hr manager|project manager|pmp|"
            r"funeral director|"
            r"contractor|general manager|recruiter|director of"
        ),
        21,
        False,
    ),
    Trade(
        (
            r"electrician|plumber|truck ?driver|trucker|cdl(?:-?[ab])?|owner[ /-]operator|"
            r"correctional officer|notary(?: public)?|"
            r"bartender|esthetician|cosmetologist|(?:store|shift|office|property|branch) manager|"
            r"foreman|hvac tech(?:nician)?|"
            r"supervisor|sales manager"
        ),
        20,
        False,
    ),
    Trade(
        (
            r"welder|carpenter|emt|cna|albanil|founder(?: &| and)? ?owner|small business owner|"
            r"owner (?:of|at|@)"
        ),
        18,
        False,
    ),
)
