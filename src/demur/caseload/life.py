"""Reads how old somebody may be out of what a profile says of birth, age, school, work, family and trade.

Each phrase gives the earliest and the latest birth year that it leaves possible. phrases.py holds those that need their
words; here stands what holds whatever the word beside it: a year behind a name, so many years, from a year to a year.
Their ranges are wide, so that they seldom speak against whom they are of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import re2

from demur.caseload.phrases import (
    AS_WRITTEN,
    MONTH,
    NO_TRADE_AFTER,
    OLDEST,
    PHRASES,
    TEN,
    TENS,
    TRADES,
    UNITS,
    YEAR,
    YRS,
    Counts,
    Phrase,
)
from demur.caseload.stages import as_written, stages_in

_YOUNGEST, _IN_SCHOOL = 10, 5


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
    """What is shown of somebody's age, whether they have a namesake's trade, and the years that were read."""

    born: tuple[Born, ...] = ()
    calling: bool = False
    years: frozenset[int] = frozenset()


_CALLED = re.compile(
    r"(?:^|[._-]|the|real)(?:dr|doctor|judge|officer|sheriff|pastor|rev|trooper|senator|mayor|"
    r"professor|prof)[._-]"
    r"|(?:realtor|realty|attorney|abogad[oa]|lawyer|lawfirm|dentist|dds|dmd|esq|orthodontist|"
    r"surgeon|pharmd|homesales|"
    r"sellshomes|sellshouses|realestate|mortgage|cpa|dvm|lending|insurance|llp)(?:$|[._0-9-])"
)
_MEMORIAL = re.compile(r"\b(?:remembering|memory|memorial|memoria|rip|descansa|celebrating the life)\b")
_ANY_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_GRANDPARENT = re.compile(
    r"^(?:great )?(?:grandma|grandpa|grandmother|grandfather|granny|grammy|gramps|papaw|"
    r"pawpaw|mamaw|meemaw|memaw|abuel(?:it)?[oa])"
    r" [a-z]"
)
"""Before a name, and only there: Mimi, Gigi, Nana and Lola are names of their own."""
_TITLED = re.compile(
    r"^(?:dr|doctor|judge|hon|honorable|officer|deputy|sheriff|trooper|detective|sergeant|sgt|"
    r"lieutenant|lt|captain|capt|colonel|col|admiral|cmdr|commander|msgr|monsignor|fr|father|archbishop|"
    r"senator|mayor|professor|prof|reverend|rev|pastor|pasteur|rabbi|bishop|attorney|lic|licda|dra|"
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
    r"abuel[oa]s?|grand(?:ma|pa|mother|father|parents)|folks|nana)"
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
            rf"un[oa]? )?(?:[0-9]{{1,2}} ?(?:yo|y/o|{YRS})"
            rf"|{_CHILD}|[a-z]+ \([0-9])[^|\n]{{0,50}}"
        ),
        (
            r"\b(?:dog|cat|fur|plant|horse|puppy|pitbull|lab|husky|corgi|chihuahua) ?(?:mom|mama|dad|"
            r"momma|mommy|daddy|parents?)\b[^|\n]{0,24}"
        ),
        rf"\b(?:my|our|two|three|twin) (?:[a-z0-9+'-]{{1,12}} ){{0,3}}{_CHILD}\b[^|\n]{{0,30}}",
        rf"\b(?:mis?|nuestr[oa]s?) (?:[a-z0-9+'-]{{1,12}} ){{0,3}}(?!son\b){_CHILD}\b[^|\n]{{0,30}}",
        (
            r"\b(?:daughter|son|baby|hij[oa]|kid|bebe|niece|nephew|brother|sister|cousin|wife|husband)(?: [a-z]{2,12})?"
            r"(?: (?:was )?(?:born|nacid[oa]|graduat|turn|is an?\b)|'s |, class of|,? c/o)[^|\n]{0,24}"
        ),
        r"\b(?:mom|dad|uncle|grandpa) jokes?\b",
        rf"\b(?:{_ELDER}|auntie|titi) (?:of|to) an? [^|\n,]{{0,40}}",
        rf"\b[0-9]{{1,2}} ?-?(?:yo|y/o|{YRS}|{YRS}[ -]old) {_CHILD}\b",
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
            r"(?<![a-z]-)\b(?<!birth )(?!year (?:[7-9]|1[0-3]) ?(?:@|at\b|student|pupil))(?:season|episode|day|"
            r"week|year|mile|exit|route|hwy|highway|"
            r"room|suite|apt|unit|psalms?|john|romans|proverbs|isaiah|jeremiah|"
            r"phil|philippians|ps|surah|sura|tim|mt|mk|lk|jn|cor|mosiah|nephi|alma|ol|dl|lb|matthew|mark|luke|"
            r"corinthians|hebrews|genesis|exodus|joshua|numbers|"
            r"acts|james|peter|timothy|salmos?|juan|"
            r"local|post|troop|pack|engine|ladder|area|studio|matchbox|sum|windows|unit|zip|jersey|"
            r"number|no\.?|vol\.?|chapter verse)"
            r" #?[0-9]{1,4}(?::[0-9-]{1,5})?\b(?! since| member)"
        ),
    )
)
_ELDERS_MARRIED = re.compile(
    r"\b(?:parents|folks|grandparents|abuelos|papas|padres|dad|mom)'?s?'? [^|\n]{0,40}"
    r"\b(?:anniversary|wedding|married|jubilee|casados)\b[^|\n]{0,20}"
)
_DOTTED_DATE = re.compile(r"\b([0-9]{1,2})\|([0-9]{1,2})\|((?:19|20)?[0-9]{2})\b")
_ESTABLISHED = re.compile(
    r"\b(?:llc|inc|co\.|company|business|shop|salon|studio|family|familia|mr (?:&|and) mrs|"
    r"the [a-z]+s|bakery|farms?|ranch|"
    r"restaurant|church|brewing|realty|services|photography|owned|married|us since|together)\b"
)


class _Sieve:
    """Patterns, of which only those are tried whose letters stand somewhere in a text."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self.patterns = [re.compile(pattern) for pattern in patterns]
        self._filter = re2.Filter()
        for pattern in patterns:
            # What a pattern wants around it is left out, so that the filter finds too much, never too little.
            self._filter.Add(f"(?m){_without_surroundings(pattern)}")
        self._filter.Compile()

    def sift(self, text: str) -> list[int]:
        """The numbers of the patterns that may match, in their order."""
        return sorted(self._filter.Match(text.encode()) or ())


def _without_surroundings(pattern: str) -> str:
    """A pattern without its lookaheads and lookbehinds, and with any separator for the same one again."""
    kept: list[str] = []
    depth, skipped, position = 0, 0, 0
    in_class = False
    while position < len(pattern):
        character = pattern[position : position + (2 if pattern[position] == "\\" else 1)]
        if in_class:
            in_class = character != "]"
        elif character == "[":
            in_class = True
        elif character == "(":
            depth += 1
            if not skipped and re.match(r"\(\?<?[=!]", pattern[position:]):
                skipped = depth
        if not skipped:
            kept.append("[/.|-]" if character == "\\1" else character)
        if character == ")" and not in_class:
            skipped = 0 if skipped == depth else skipped
            depth -= 1
        position += len(character)
    return "".join(kept)


@cache
def _phrases() -> _Sieve:
    return _Sieve([phrase.pattern for phrase in PHRASES])


@cache
def _phrases_as_written() -> tuple[tuple[re.Pattern[str], Phrase], ...]:
    return tuple((re.compile(phrase.pattern), phrase) for phrase in AS_WRITTEN)


@cache
def _trades() -> _Sieve:
    return _Sieve([rf"(?<![a-z0-9'])(?:{trade.pattern})(?![a-z0-9]){NO_TRADE_AFTER}" for trade in TRADES])


def _told(text: str, topics: tuple[str, ...], today: date, years: set[int], sure: bool = False) -> list[Born]:
    """What the phrases about some topics tell; if so wanted, only those that hardly ever mean anything else."""
    found: list[Born] = []
    sieve = _phrases()
    for number in sieve.sift(text) if text else ():
        phrase = PHRASES[number]
        if phrase.topic in topics and (phrase.sure or not sure):
            found += _born(sieve.patterns[number], phrase, text, today, years)
    return found


def read_life(name: str, handle: str, bio: str, said_as: str, message: str, today: date) -> Life:
    """What the folded texts of a profile tell of somebody's age and trade. Never raises; linear in their length.

    `said_as` is the bio as it was typed: it shows which words are names of places, and what other scripts say. Of a
    message, only what is said of birth, age and school counts: trades in it are often those of whom it is sent to.
    """
    years: set[int] = set()
    plain = of_oneself(bio)
    titles = _after_name(name)
    found = _told(_ELDERS_MARRIED.sub("~", bio), ("family",), today, years)
    found += _told(plain, ("birth", "age", "school", "work"), today, years)
    found += _told(titles, ("work",), today, years)
    if _GRANDPARENT.search(name):
        found.append(Born(today.year - OLDEST, today.year - 38, "family"))
    found += _told(of_oneself(message), ("birth", "age", "school"), today, years, sure=True)
    written = as_written(said_as)
    for pattern, phrase in _phrases_as_written() if written else ():
        found += _born(pattern, phrase, written, today, years)
    found += _lasting(plain, said_as, today)
    found += _since(plain, today, years)
    found += _from_to(plain, today, years)
    found += _with_a_year(plain, said_as, today)
    calling = False
    sieve = _trades()
    shown = f"{plain}\n{titles}"
    for number in sieve.sift(shown):
        if sieve.patterns[number].search(shown):
            trade = TRADES[number]
            found.append(Born(today.year - OLDEST, today.year - trade.youngest, "trade"))
            calling = calling or trade.calling
    for stage in stages_in(plain, written):
        found.append(Born(today.year - stage.oldest - 1, today.year - stage.youngest, stage.topic))
        calling = calling or stage.calling
    if _TITLED.search(name) or _CALLED.search(handle):
        found.append(Born(today.year - OLDEST, today.year - 19, "trade"))
        calling = True
    if _MEMORIAL.search(name) and (dates := sorted(map(int, _ANY_YEAR.findall(bio)))):
        found.append(Born(dates[0], dates[0], "birth"))
    return Life(tuple(one for one in dict.fromkeys(found) if one.earliest <= one.latest), calling, frozenset(years))


def _after_name(name: str) -> str:
    """What stands behind a name: Ana Ruiz, DDS; Ana Ruiz | Realtor; Ana Ruiz (attorney)."""
    _, mark, rest = name.replace("|", ",").replace("(", ",").replace(" - ", ",").partition(",")
    return rest if mark else " ".join(name.split()[2:])


# --- what holds without knowing the word beside it -------------------------------------------------------------------

_DURATION = re.compile(
    rf"(?<![0-9.,/$#-])([1-6][0-9]|{TEN}(?:[ -](?:{'|'.join(UNITS)}))?|veinte|treinta|cuarenta|cincuenta)"
    r"(?:\+|-plus| plus|-odd| odd| some)?[ -]?(?:years?|yrs?|seasons|harvests|winters|anos|ans|jahren?|lat|nam|"
    r"taon|anni|(?:de )?ani|"
    r"godina|xyoo|sano|ane)\b'?"
    r"|\bmiaka ([1-6][0-9])\b"
)
_NO_DURATION_BEFORE = re.compile(
    r"\b(?:every|next|another|within|in|en|dans|dentro de|tengo|tenho|j'ai|ho|mam|bin|am|im|i'm|turned|turning|"
    r"age|aged|"
    r"nearly|wa|nina|lives?|soy|of|de) $"
)
_NO_DURATION_AFTER = re.compile(
    r"[ -]{0,2}(?:old|young|ago|from now|later|left|to (?:go|life)|away|of age|de edad|de vida|alt\b|jung|plan|"
    r"challenge|war|wars|"
    r"anniversary|reunion|warranty|fixed|term|free|clean|sober|strong|cancer|post\b|since|in remission|remission|"
    r"recovery|"
    r"in recovery|(?:in|of) ?~|limpi|sobri|smoke|out\b|ahead|apart|atras|despues|para|sin\b|without|de soledad|"
    r"diabet|with (?:ms|t1d|lupus)|"
    r"a fan|fan\b|anniv)"
)
_OF_MANY = re.compile(
    r"\b(?:our|family|familia|company|empresa|church|iglesia|shop|bakery|team|town|city|state|(?:truck|car) is|"
    r"house|home|dog|cat|school|"
    r"club|pride|restaurant|farm|brewery|tradition|nuestr[oa]|business|since|parents|folks|mom|dad|band|diabetic|"
    r"t1d|insulin|warrior|survivor|sober|clean)\b"
)
_PLAY = re.compile(
    r"\b(?:soccer|futbol|football|baseball|softball|basketball|hockey|ballet|danc(?:e|er|ing)|danse|baile|danza|"
    r"gymnast(?:ics)?|"
    r"piano|violin|guitar(?:ra)?|karate|tae ?kwon ?do|judo|jiu|skat(?:e|ing)|swimm?(?:er|ing)?|riding|4-?h|"
    r"scouts?|cheer|"
    r"tennis|wrestling|folklorico|drum|fan|fandom|stan|gam(?:er|ing)|raiders|cowboys|niners|yankees|sox)\b"
)
_LIVED_THERE = re.compile(
    r"[Yy](?:ea)?rs? (?:in|en) (?:the )?(?:[A-Z][a-z]|US\b|USA\b|LA\b|NYC\b)|[Aa]ños en (?:[A-Z][a-z]|USA\b|EE)"
)
_LIVING = re.compile(r"\b(?:liv(?:e|ed|ing)|resid(?:ing|ent)|here|based|local|in town|viv(?:o|iendo))\b")
_BEGUN, _BEGUN_YOUNG = 15, 12
"""How old people are at least when they begin what they do for years; the second for less than fifteen years."""


def _segment(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind a place in the same breath."""
    before = re.split(r"[|\n~]", text[max(0, start - 60) : start])[-1]
    return before, re.split(r"[|\n]", text[end : end + 60], maxsplit=1)[0]


def _lasting(text: str, said_as: str, today: date) -> list[Born]:
    """So many years of anything, unless they are an age, of being well, of play, or of a family or a church."""
    found = []
    in_a_place = _LIVED_THERE.search(said_as) is not None
    for match in _DURATION.finditer(text):
        before, after = _segment(text, *match.span())
        alone = not (before.strip(" ,.-(") or after.strip(" ,.-)!~"))
        if alone or _NO_DURATION_AFTER.match(after) or _OF_MANY.search(before) or _PLAY.search(f"{before} {after}"):
            continue
        if _NO_DURATION_BEFORE.search(before) and not re.match(r" (?:of|as|de|como) ", after):
            continue
        years = _value(match[1] or match[2])
        begun = 0 if in_a_place or _LIVING.search(before) else _BEGUN if years >= 15 else _BEGUN_YOUNG
        found.append(Born(today.year - OLDEST, today.year - years - begun, "work"))
    return found


_SINCE = re.compile(
    rf"\b(?:since|desde|depuis|seit|od|dal|din|sedan|siden|sinds|vuodesta|kutoka|established|opened)\.?"
    rf"(?: (?:the|el|le))? ?{YEAR}"
)
_DOES = re.compile(
    r"(?:\b(?:in (?:the )?(?:business|service|practice|ministry|union)|local [0-9]{1,4}|realty|tech|rn|lpn|cna|"
    r"emt|cdl|nurse|"
    r"chef|coach|pastor|broker|agent|cpa|notary|ministry|practice|practicing|[a-z]{3,}(?:ist|ian|smith|man|woman|"
    r"ologist|keeper|ero|era|ista|dora|dor|teur|teuse)|"
    r"[a-z]{3,}(?<!lov)(?<!mak)(?<!danc)(?<!dream)(?<!hat)(?<!gam)(?<!rid)"
    r"(?<!believ)(?<!surviv)(?<!sing)(?<!\bfight)(?<!hustl)(?:er|or)|teaching|nursing|driving|farming|preaching|"
    r"practicing|serving(?: [a-z]{2,12}){0,3}|welding|roofing|hiring|doing (?:hair|nails|taxes)|"
    r"(?:seeing|treating|caring for|operating on) (?:[a-z]+ )?patients|patients|advokat|anwalt|arzt|arztin|lakare|"
    r"laege|lege|avocat|medecin|lekarz|adwokat|prawnik|nauczyciel(?:ka)?|profesor(?:a|ka)?|medico|medica|abogad[oa]|"
    r"maestr[oa]|lehrerin|larare|opettaja|asianajaja)(?: (?:in|at|with|for|here in|en|i|w|u) "
    r"(?:[a-z'.]+ ){0,2}[a-z'.]+)?)\W{0,2}$"
)
_NO_WORK_SINCE = re.compile(
    r"\b(?:fan|fans|stan|stay|army|love|loved|loving|together|juntos|friends?|family(?! (?:dent|med|pract|law|"
    r"doctor|phys))|here|baby|tired|us|born|living|loyal|free|"
    r"clean|sober|alive|mrs|mr|wife|married|saved|single|taken|blessed|vegan|vegetarian|mother|mom|dad|daughter|"
    r"sister|forever|"
    r"bff|cancer|soccer|football|hockey|dancer|singer|player|rider|gamer)\b"
)


_OF_A_HOUSE = re.compile(
    r"\b(?:our|family(?! (?:dent|med|pract|law|doctor|phys))|familia|llc|inc|co|bakery|church|brewing|company|"
    r"shop|salon|restaurant|davidson|est)\b"
)


def _since(text: str, today: date, years: set[int]) -> list[Born]:
    """What somebody does since a year: they began as grown-ups. Where it may be anything, they were at least born."""
    found = []
    for match in _SINCE.finditer(text):
        before = _segment(text, *match.span())[0][-30:].strip()
        year = _year_of(match[1], today)
        years.add(year or 0)
        behind = _segment(text, *match.span())[1]
        if not before and year is not None and re.match(r"\W{0,3}[a-z]{3}", behind) and year <= today.year - 16:
            found.append(Born(today.year - OLDEST, year, "birth"))
        if not before or year is None or _NO_WORK_SINCE.search(before) or _OF_A_HOUSE.search(before):
            continue
        if _DOES.search(before):
            found.append(Born(today.year - OLDEST, year - _BEGUN, "work"))
        elif year <= today.year - 16:
            found.append(Born(today.year - OLDEST, year, "birth"))
    return found


_FROM_TO = re.compile(
    r"(?<![0-9./-])((?:19|20)[0-9]{2}) ?(?:-|to|thru|until|al?|bis) ?((?:19|20)[0-9]{2}|present|now|today|current|"
    r"heute|hoy|presente|actualidad)(?![0-9/-]|\.[0-9])"
)
_NOT_LIVED = re.compile(
    r"\b(?:war|civil|history|music|cars?|coins?|stamps?|cards?|rip|wwi{1,2}|ww[12]|wwii|nerd|collect(?:s|or|ing|"
    r"ion)?|era|vintage|"
    r"models?|trucks?|records|vinyl|reign|remember(?:ing)?|memory|angel|loved|beloved|years of|comics|books|films|"
    r"movies|ussr)\b"
)
_LONG = 15


def _from_to(text: str, today: date, years: set[int]) -> list[Born]:
    """From a year to a year: a child at least when it began, and grown up where it lasted long."""
    found = []
    for match in _FROM_TO.finditer(text):
        before, after = _segment(text, *match.span())
        first = int(match[1])
        last = int(match[2]) if match[2].isdigit() else today.year
        years |= {first, last}
        alone = match[2].isdigit() and not (before.strip(" (") or after.strip(" )"))
        if not first < last <= today.year + 4 or alone or _NOT_LIVED.search(f"{before} {after}") or last - first > 60:
            continue
        grown = last - first > _LONG or not match[2].isdigit()
        found.append(Born(today.year - OLDEST, first - (_BEGUN if grown else 4), "work"))
    return found


_WITH_A_YEAR = re.compile(r"'([0-9]{2})(?![0-9'a-z%])(?=\s{0,2}(?:$|[|\n,;)~!&.]|-{1,2}\s|/|alum|grad|y\b|and\b))")
_A_WORD = re.compile(r"[a-z.)&](?: |, )?$")
_NO_SCHOOL = re.compile(
    rf"\b(?:{MONTH}(?: [0-9]{{1,2}})?|"
    r"summer|spring|fall|winter|autumn|verano|christmas|xmas|halloween|nye|thanksgiving|euro|copa|cup|olympics|"
    r"bowl|election|vote|planner|calendar|la|los angeles|"
    r"trump|harris|biden|obama|tour|season|since|desde|est|estd|born|vintage|circa|of|in|the|model|goals|trip|"
    r"baby|due|wedding|sober|clean|married|mrs|together|champs?|"
    r"mustang|camaro|chevy|ford|honda|civic|harley|jeep|impala|silverado|f-?150|corvette|coachella|edc|prom|homecoming|"
    r"edition|class|c/o|co|wife|nac|naci|nacid[oa]|del|break|raised|remember)\.?,?$"
)
_AT_ANY_AGE = re.compile(
    r"\b(?:bsn|rn|lpn|adn|ged|mba|ma|ms|msn|med|phd|msw|mpa|mph|mdiv|edd|dnp|certified|cert|licensed?|notary|cc|"
    r"community college|"
    r"retired|rotary|lions|elks|vfw|moved|bought|joined|member|elected|ordained|sold|opened|realtor)\b"
)
_COLLEGE_IN_CAPITALS = re.compile(
    r"\b(?!US\b|USA\b|USN\b|UK\b|UPS\b|UAW\b|UN\b|UFC\b|UFO\b)(?:U[A-Z]{1,3}|[A-Z]{1,3}U|[A-Z]&[A-Z]|MIT|RISD|SAIC|RIT|"
    r"WPI)\b(?: [A-Z][A-Za-z]+){0,2},? "
    r"[\u2018\u2019']?((?:19|20)[0-9]{2}|(?<=[\u2018\u2019'])[0-9]{2})(?![0-9/.-])"
)
_TO_COME = re.compile(r"(?<![0-9a-z/.'#-])'([2-4][0-9])(?![0-9a-z'%/-]|\.[0-9])")
_NOT_LEAVING = re.compile(
    rf"\b(?:{MONTH}|summer|spring|fall|winter|autumn|verano|christmas|xmas|olympics?|games|cup|copa|bowl|elect[a-z]*|"
    r"vote|president|trump|tour|season|goals?|vision|agenda|trip|due|wedding|bride|boda|marathon|ironman|worlds?|"
    r"champ[a-z]*|expo|calendar|planner|book(?:ing|ed)?|album|mom|mama|dad|parent|coach|teacher|retir[a-z]*|until|"
    r"till|by|plan|club|model|since|la|los angeles|brisbane|exp|expires|season|cruise|vacation|countdown)\b"
)
_LEAVES_LATE = 36
"""How old people mostly are at most when they leave a school whose year they show."""
_JOINS, _JOINS_LATE, _JOINS_LATEST = 14, 40, 55
"""How old people are when they join or leave a school or a club: at least, mostly at most, and at most."""


def _with_a_year(text: str, said_as: str, today: date) -> list[Born]:
    """Lowell High '83, Kappa Delta '91: left or joined it then. Older people join things, too, but seldom say so.

    A year still to come is that in which they will leave it: Spelman '28.
    """
    found = []
    for match in _TO_COME.finditer(text):
        before, after = _segment(text, *match.span())
        leaves = 2000 + int(match[1])
        if not today.year < leaves <= today.year + 5 or _NOT_LEAVING.search(f"{before[-24:]} {after[:24]}"):
            continue
        if not _LEARNS_LATE.search(text) and not _AT_ANY_AGE.search(before):
            found.append(Born(leaves - _LEAVES_LATE, leaves - 17, "school"))
    for match in _WITH_A_YEAR.finditer(text):
        before, _ = _segment(text, *match.span())
        year = _year_of(match[1], today, ahead=6)
        if year is None or not _A_WORD.search(before) or _NO_SCHOOL.search(before.rstrip(" ,")):
            continue
        late = _AT_ANY_AGE.search(before) is not None
        found.append(Born(today.year - OLDEST if late else year - _JOINS_LATEST, year - _JOINS, "school"))
        if not late:
            found.append(Born(year - _JOINS_LATE, year - _JOINS, "school", False))
    for match in _COLLEGE_IN_CAPITALS.finditer(said_as):
        if (year := _year_of(match[1], today, ahead=6)) is not None:
            found.append(Born(year - _JOINS_LATEST + 10, year - 16, "school"))
    return [born for born in found if born.latest <= today.year - _IN_SCHOOL]


def _year_of(digits: str, today: date, ahead: int = 0) -> int | None:
    """1998 for 1998, '98 and 98; None where it is still to come."""
    value = int(digits.lstrip("'"))
    if value < 100:
        value += 2000 if 2000 + value <= today.year + ahead else 1900
    return value if 1900 <= value <= today.year + ahead else None


def of_oneself(text: str) -> str:
    """A text without what it says of others, of being sober, of cars, verses and opening hours."""
    text = _DOTTED_DATE.sub(r"\1/\2/\3", text)
    for pattern in _OTHERS:
        text = pattern.sub("~", text)
    return text


_LEARNS_LATE = re.compile(
    r"\b(?:back to school|going back|went back|finally|second career|career change|returning|transfer|non-?trad[a-z]*|"
    r"adult (?:learner|student)|future (?:rn|nurse|lpn|msw|lcsw)|mom|moms|mama|mami|mother|mum|dad|father|papa|parent|"
    r"wife|husband|married|grand(?:ma|pa|mother|father)|at (?:[3-6][0-9]|thirty|forty|fifty)|ged)\b"
)
"""Beside these a class may be of somebody who went late, or of their child."""


def _born(pattern: re.Pattern[str], phrase: Phrase, text: str, today: date, years: set[int]) -> list[Born]:
    """What each place that a phrase fits leaves possible; the years that it reads are added to `years`."""
    found = []
    late = phrase.counts is Counts.AHEAD and _LEARNS_LATE.search(text) is not None
    for match in pattern.finditer(text):
        number = next((group for group in reversed(match.groups()) if group), "")
        if phrase.sure and len(number) == 4 and number.isdigit():
            years.add(int(number))
        possible = _range(phrase, number, today)
        if possible is None:
            continue
        earliest, latest = possible
        if late:
            earliest = today.year - OLDEST
        youngest = _IN_SCHOOL if phrase.counts in (Counts.GRADE, Counts.NOTHING) else _YOUNGEST
        if latest > today.year - youngest or latest < today.year - OLDEST:
            continue
        sure = phrase.sure
        if match[0].lstrip(" |,").startswith("est") and _ESTABLISHED.search(text):
            continue
        found.append(Born(max(earliest, today.year - OLDEST), latest, phrase.topic, sure))
    return found


def _range(phrase: Phrase, number: str, today: date) -> tuple[int, int] | None:
    """The birth years that a phrase with this number leaves possible; None where it can't be meant so."""
    youngest, oldest = phrase.youngest, phrase.oldest
    if phrase.counts is Counts.NOTHING:
        return today.year - oldest - 1, today.year - youngest
    if not number:
        return None
    value = _value(number)
    if phrase.counts is Counts.AGE:
        if not _YOUNGEST <= value <= 99:
            return None
        return today.year - value - oldest - 1, today.year - value - youngest
    if phrase.counts is Counts.AGE_OR_YEAR:
        aged, born = today.year - value, 1900 + value
        return min(aged - 1, born), max(aged, born)
    if phrase.counts is Counts.GRADE:
        return today.year - value - oldest - 1, today.year - value - youngest
    if phrase.counts in (Counts.YEARS, Counts.DECADES):
        year = today.year - value * (10 if phrase.counts is Counts.DECADES else 1)
        return year - oldest, year - youngest
    ahead = 8 if phrase.counts is Counts.AHEAD else 0
    if value < 100:
        value += 2000 if 2000 + value <= today.year + ahead else 1900
    if not 1900 <= value <= today.year + ahead:
        return None
    last = value + 9 if phrase.counts is Counts.DECADE else value
    return value - oldest, last - youngest


def _value(number: str) -> int:
    digits = number.lstrip("'").replace("-0", "0")
    if digits.isdigit():
        return int(digits)
    tens, _, unit = number.replace("-", " ").partition(" ")
    return TENS[tens] + UNITS.get(unit, 0)


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
