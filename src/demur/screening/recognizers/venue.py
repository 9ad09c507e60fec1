"""Places with a name of their own where people are served, taught, held or prayed with: "Lincoln Elementary", "la
clínica Santa Rosa", "Hope House", "Dallas County Courthouse", "the cedar glen projects"."""

from __future__ import annotations

import re
from collections.abc import Iterator

import re2

from demur.core.content import Post
from demur.core.folding import Folded
from demur.screening.rule import Hit

_SCHOOL = (
    r"elementary(?: school)?|middle school|high school|junior high(?: school)?|intermediate school|primary school"
    r"|charter school|day school|magnet school|preschool|pre-k|head start|academy|isd|school district|college"
    r"|community college|university|day ?care(?: center)?|child development center|alternative school"
)
_CARE = (
    r"(?:(?:general|memorial|regional|community|county|children'?s|university|state|va|veterans|mercy|psychiatric"
    r"|baptist|methodist) )?hospital|medical center|med center|(?:community )?health center|clinic|hospice(?: house)?"
    r"|nursing home|nursing center|care center|rehab(?:ilitation)?(?: center)?|treatment center|recovery center"
    r"|recovery house|detox|behavioral health(?: center| hospital)?|mental health center|counseling center"
    r"|assisted living|memory care|retirement home|senior living|urgent care|sober living|sober home"
    r"|dialysis(?: center)?"
)
_SHELTER = (
    r"(?:homeless |family |women'?s |emergency |night |youth |animal )?shelter|rescue mission|mission|safe house|refuge"
    r"|group home|halfway house|transitional housing|warming center|drop-in center|food bank|food pantry|soup kitchen"
    r"|resource center|family center|outreach center|boys (?:and|&) girls club|ymca|ywca|senior center"
)
_HELD = (
    r"(?:county |federal |district |family |juvenile |municipal )?court ?house|county court|(?:county |city )?jail"
    r"|(?:state |federal )?prison|correctional (?:facility|institution|center|complex)|detention (?:center|facility)"
    r"|juvenile (?:hall|detention|center)|penitentiary|state hospital|work camp|police department|police station"
    r"|sheriff'?s (?:office|department)|probation office"
)
_HOMES = (
    r"apartments?|apts|apartment complex|trailer (?:park|court)|mobile home (?:park|estates)|rv park|projects|housing"
    r"|townhomes|townhouses|manor|towers|homes|estates|campground|motel|motor (?:inn|lodge)|inn(?: & suites)?|suites"
)
_PUBLIC = (
    r"(?:public |branch |memorial )?library|community center|rec(?:reation)? center|park|church|chapel|cathedral"
    r"|tabernacle|mosque|synagogue|ministries|worship center|cemetery|funeral home|bus station|transit center|mall"
)
_ONLY_CAPITALISED = (
    r"house|home|haven|place|center|centre|village|court|ranch|unit|hall|lodge|hotel|temple|parish|school|diner|cafe"
    r"|grill|restaurant|barbershop|market|farms|dairy|cannery|casino|feed store"
    r"|commons|flats|glen|gardens|villa|villas|crossing|landing|pointe|terrace|meadow|meadows|oaks|pines|ridge|square|plaza"
    r"|heights|springs|bridge|underpass|overpass|bluff|bluffs|acres|trace|vista|elem|middle|high|missionary|baptist"
    r"|lutheran|methodist|presbyterian|ame|lake|river|creek|beach|valley|woods|grove|hills|station|pantry|pharmacy"
    r"|deli|bakery|gym|pool|annex|campus|pavilion|cottage|residence|residences|lofts|pump|bodega|supermarket|grocery"
    r"|plant|mill|mine|warehouse|refinery|factory|dump|marina|airport|terminal|landfill|fire station"
)
_KINDS = re.compile(f"{_SCHOOL}|{_CARE}|{_SHELTER}|{_HELD}|{_HOMES}|{_PUBLIC}|{_ONLY_CAPITALISED}")
_SPANISH = (
    r"escuela|esc\.|primaria|secundaria|prepa(?:ratoria)?|kinder|guarderia|colegio|universidad|instituto|clinica"
    r"|hospital|centro de salud|centro comunitario|albergue|refugio|casa hogar|asilo|iglesia|parroquia|capilla|templo"
    r"|carcel|penal|penitenciaria|juzgado|biblioteca|parque|motel|hotel|departamentos|apartamentos|comedor"
    r"|centro de (?:mayores|dia|jovenes|atencion|detencion|rehabilitacion|ancianos|cultura)|casa de cultura|hogar|corte"
    r"|funeraria|panaderia|taqueria|mercado|fonda|lavanderia|jardin de ninos|panteon|cementerio|consulado|estacion"
    r"|maquila|maquiladora|empacadora|rastro|fabrica|ejido"
)
_AFTER_KIND = re.compile(
    rf"(?P<kind>(?:escuela (?:primaria|secundaria|preparatoria)|{_SPANISH}))"
    r" (?P<name>(?:(?:de |del |de la |de los |la |el |san |santa |santo |nuestra senora )?[\w][\w'.-]{1,19})"
    r"(?: (?:de |del |de la |y )?[\w][\w'.-]{1,19}){0,3})"
)
_BEFORE_NAME = (
    r"university of|hospital|church of|our lady of|casa|camp|fort|hotel|motel|church|mount|st|lake|bayou|rancho"
    r"|first (?:baptist|methodist|united methodist|presbyterian|assembly|christian|lutheran)"
    r"|villa|villas|(?:town|city|village|township|port|isle) of"
)
_TITLED = re.compile(
    rf"(?P<kind>{_BEFORE_NAME})\.? (?P<name>(?:the )?[\w][\w'.-]{{0,19}}(?: [\w][\w'.-]{{1,19}}){{0,2}})"
)
_CHAIN = (
    r"salvation army|goodwill|ymca|ywca|planned parenthood|job corps|boys (?:and|&) girls club|rescue mission"
    r"|catholic charities|motel 6|super 8|days inn|econo ?lodge|red roof|walmart|dollar general|waffle house"
    r"|mcdonald'?s|seven eleven|7-eleven|circle k|food bank|shelter|library|clinic|jail|courthouse|methadone clinic"
    r"|wic office|snap office|social security office|dmv|laundromat|greyhound(?: station)?|target|kroger|aldi|publix"
    r"|h-?e-?b|safeway|albertsons|winn-dixie|piggly wiggly|food lion|costco|sam's club|family dollar|dollar tree"
    r"|walgreens|cvs|rite aid|home depot|lowe's|wawa|sheetz|speedway|quiktrip|racetrac|buc-ee's|chevron|shell|exxon"
    r"|texaco|denny's|ihop|starbucks|dunkin'?|taco bell|wendy's|burger king|kfc|popeyes|arby's|whataburger|sonic"
    r"|dairy queen|jack in the box|pizza hut|planet fitness|amtrak|plasma center|bus stop|gas station|liquor store"
)
_AT_STREET = re.compile(
    rf"(?P<chain>{_CHAIN})"
    r" (?P<where>(?:on|off|at) (?:the )?(?:corner of )?(?:\d{1,3}(?:st|nd|rd|th)"
    r"|(?:mlk|highway|hwy|route|rte?\.?|i-|fm|cr|us|sr|exit) ?\d{0,4}|(?<=off )\d{1,3}"
    r"|(?P<street>[a-z]{3,15})(?: (?:street|st|avenue|ave|road|rd|blvd|boulevard|drive|dr|lane|ln|highway|hwy))?)"
    r"(?: (?:and|&) [\w]{2,15})?)(?!\w)"
)
_TIME = re.compile(r"(?:\w{3,6}day|christmas|thanksgiving|easter|halloween|new|black|midnight|noon)$")
_WORD_FOR_A_PLACE = re2.compile(
    rf"\b(?:{_CHAIN}|{_SCHOOL}|{_CARE}|{_SHELTER}|{_HELD}|{_HOMES}|{_PUBLIC}|{_ONLY_CAPITALISED}"
    rf"|{_SPANISH}|{_BEFORE_NAME})\b"
)
_ORDINARY_TEXT = """
    a about across after all an and another any are as ask at back bad bed best better big both busy but by called
    chronic city clean close cold community county crowded current different each early elementary emergency empty
    entire every family federal few final first for found free from full general get go good got great group had has
    hate have he head her here high him his home homeless hospice hospital hot how i if in into is it its jail just
    kept large last leave leaving left like little live lived living local located long lot love loved many maximum
    medical men mental middle mobile more most my near nearest neighborhood new next nice night no nobody non not now
    of off old on one only open opened or other our out outside over overnight own past people pet preschool primary
    private public quiet rainy real residential run rural safe same school second secure see senior she shelter small
    some special state still stupid substance summer super than that the their them then there these they this those
    three through to tonight tough town trailer transitional tribal two under until up urban very visiting walked was
    we weekend well went were what when where which whole with women women's work worked working youth your youngest
    year years drug alcohol addiction animal nursing assisted mens womens kids children children's child day trauma
    el la los las un una mi tu su de del en este esta ese esa otra otro y o que con sin por para muy mas hay es era
    fue nuestro nuestra cada todo toda
"""
_ORDINARY = frozenset(_ORDINARY_TEXT.split())
_LINKS = frozenset({"of", "the", "and", "&", "de", "del", "la", "los", "las", "el", "y"})
_LOWER_CUES = re.compile(r"(?<!\w)(?:at|in|from|to|near|outside|behind|inside|into|leaving|by|over at|of)(?: the)? $")
_SMALL_TEXT = """
    park mission inn homes suites housing projects estates church chapel library towers manor mall college university
    academy clinic hospital jail prison refuge detox rehab court mansion
"""
_SMALL = frozenset(_SMALL_TEXT.split())
"""Words for a place that stand after any word: in small letters they need a word before that leads to a place."""


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """A capitalised name with a word for a place; in small letters only known shapes after "at" or "from"."""
    text = folded.text
    done = 0
    for word in _WORD_FOR_A_PLACE.finditer(text):
        start, end = word.span()
        if start < done:
            continue
        for hit_start, hit_end, instead in _around(folded, start, end):
            done = max(done, hit_end)
            yield Hit(*folded.span(hit_start, hit_end), None, (instead,))
            break


def _around(folded: Folded, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Names that lean on a word for a place, the likeliest first, with what to write instead."""
    text = folded.text
    if (found := _AT_STREET.match(text, start)) and (
        found["street"] is None or (_is_capital(folded, found.start("street")) and not _TIME.match(found["street"]))
    ):
        yield _with_article(text, start, found.end(), _instead(found["chain"]))
    kind = _KINDS.fullmatch(text, start, end)
    if kind is not None:
        name_start = _name_start(folded, start, end)
        if name_start is not None:
            yield _with_article(text, name_start, end, _instead(kind[0]))
    if (found := _TITLED.match(text, start)) and _is_capital(folded, start):
        name_end = _capitals_end(folded, *found.span("name"))
        if name_end and not text.startswith(" day", name_end):
            yield _with_article(text, start, name_end, _instead(found["kind"]))
    if found := _AFTER_KIND.match(text, start):
        name_end = _capitals_end(folded, *found.span("name"))
        if name_end:
            article = _SPANISH_ARTICLE.search(text, max(0, start - 4), start)
            yield article.start(1) if article else start, name_end, _instead_spanish(found["kind"])


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for word in re.finditer(r"\S+", text[start:end]):
        yield start + word.start(), word[0]


def _is_capital(folded: Folded, place: int) -> bool:
    character = folded.original[folded.span(place, place + 1)[0]]
    return character.isupper() or character.isdigit()


def _name_start(folded: Folded, kind_start: int, kind_end: int) -> int | None:
    """Where the name before a word for a place begins: its last capitalised words, or in small letters its last one
    or two words where nothing else they could be."""
    text = folded.text
    kind = text[kind_start:kind_end]
    words: list[tuple[int, str]] = []
    place = kind_start
    before = text[max(0, kind_start - _LONGEST_NAME * (_LONGEST_WORD + 1) - 1) : kind_start]
    pieces = before[:-1].rsplit(" ", _LONGEST_NAME)[-_LONGEST_NAME:] if before.endswith(" ") else []
    for piece in reversed(pieces):
        word = _WORD_BREAK.split(piece)[-1]
        if not _WORD.fullmatch(word) or len(word) > _LONGEST_WORD:
            break
        place -= len(word) + 1
        words.append((place, word))
        if len(word) < len(piece):
            break
    start: int | None = None
    for place, word in words:
        bare = word.strip(".'")
        if _is_capital(folded, place) and not (bare in _ORDINARY and _starts_sentence(text, place)):
            start = place
        elif start is None or bare not in _LINKS:
            break
    if start is None or _is_shouted(folded, start, kind_end):
        return _small_start(text, words, kind)
    capitalised = text[start:kind_start].split()
    if all(word in _ORDINARY or word in _LINKS for word in capitalised):
        return None
    if kind in _GENERIC and (not _is_capital(folded, kind_start) or capitalised[-1][0].isdigit()):
        return None
    if _is_shouted(folded, kind_start, kind_end) and len(kind) > _LONGEST_ABBREVIATION:
        return None
    while capitalised and capitalised[0] in _LINKS | _STARTERS:
        start += len(capitalised.pop(0)) + 1
    return start if capitalised else None


_LONGEST_NAME, _LONGEST_WORD, _LONGEST_ABBREVIATION = 4, 22, 3
_WORD_BREAK = re.compile(r'[\n("#@/]')
_WORD = re.compile(r"\w[\w'.&-]*|&")
_SPANISH_ARTICLE = re.compile(r"(?<!\w)((?:el|la|los|las) )$")
_GENERIC = frozenset(_ONLY_CAPITALISED.split("|")) | {
    "park", "inn", "homes", "suites", "housing", "estates", "mission", "mall", "towers", "church", "refuge", "college",
    "st",
}  # fmt: skip
_STARTERS_TEXT = """
    my our his her their your this that at in from to is was and but so today yesterday i we monday
    tuesday wednesday thursday friday saturday sunday
"""
_STARTERS = frozenset(_STARTERS_TEXT.split())


def _small_start(text: str, words: list[tuple[int, str]], kind: str) -> int | None:
    saint = any(word in _SAINTS for _, word in words[:2])
    if not saint and (kind in _SMALL or kind in _GENERIC or (" " not in kind and kind not in _PLAIN_KINDS)):
        return None
    start: int | None = None
    for place, word in words[:2]:
        if word not in _SAINTS and (word.strip(".'") in _ORDINARY or not word[0].isalpha() or len(word) < 3):
            break
        start = place
    if start is None or not _LOWER_CUES.search(text, max(0, start - 16), start):
        return None
    return start


_SAINTS = frozenset({"st", "st.", "saint", "san", "santa"})
_PLAIN_KINDS = frozenset({"elementary", "apartments", "apts"})


def _is_shouted(folded: Folded, start: int, end: int) -> bool:
    """Whether it is all in capitals, so that capitals say nothing."""
    first, last = folded.span(start, end)
    return folded.original[first:last].isupper()


def _starts_sentence(text: str, place: int) -> bool:
    before = text[max(0, place - 3) : place].rstrip(" \n")[-1:]
    return place == 0 or (text[place - 1] in " \n" and before in {"", ".", "!", "?"})


def _capitals_end(folded: Folded, start: int, end: int) -> int | None:
    """Where the capitalised words at the beginning of a span end; None where the first real word has no capital."""
    last: int | None = None
    for place, word in _words(folded.text, start, end):
        bare = word.strip(".',")
        if not bare:
            break
        if _is_capital(folded, place) and (last is not None or bare not in _ORDINARY):
            last = place + len(word.rstrip(".,'-"))
            if word[-1] in ".," and len(bare) > 2:
                break
        elif bare not in _LINKS | {"san", "santa", "santo", "nuestra", "senora"}:
            break
    return last


_INSTEAD = (
    (re.compile(rf"(?:{_SCHOOL})$"), "a local school"),
    (re.compile(r".*(?:hospital|medical|med center|urgent)"), "a hospital"),
    (re.compile(rf"(?:{_CARE})$"), "a program"),
    (re.compile(r".*court"), "the court"),
    (re.compile(rf"(?:{_HELD})$"), "a facility"),
    (re.compile(rf"(?:{_SHELTER})$"), "a program"),
    (re.compile(r".*(?:motel|inn|suites|hotel|lodge)"), "a motel"),
    (re.compile(rf"(?:{_HOMES})$"), "around here"),
    (re.compile(r".*(?:church|chapel|cathedral|tabernacle|ministries|worship|our lady|parish|temple)"), "a church"),
)


def _instead(kind: str) -> str:
    return next((words for pattern, words in _INSTEAD if pattern.match(kind)), "a place nearby")


def _with_article(text: str, start: int, end: int, instead: str) -> tuple[int, int, str]:
    """A name, with "the" before it where what stands instead begins with "a"."""
    has_article = text[max(0, start - 4) : start] == "the " and (start < 5 or not text[start - 5].isalnum())
    if instead == "the court" and not has_article:
        return start, end, instead
    return start - 4 if has_article else start, end, instead


def _instead_spanish(kind: str) -> str:
    if re.search(r"escuela|primaria|secundaria|prepa|kinder|guarderia|colegio|universidad|instituto", kind):
        return "una escuela"
    if re.search(r"clinica|hospital|salud", kind):
        return "una clínica"
    if re.search(r"iglesia|parroquia|capilla|templo", kind):
        return "una iglesia"
    return "un lugar de por aquí"
