"""Numbers and codes of one person's papers and things, told apart by the words around them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, partial
from typing import NamedTuple

import ahocorasick_rs
import re2

from demur.core.content import Post
from demur.core.findings import Category, Confidence
from demur.core.folding import Folded
from demur.screening.recognizers.spelled_digits import WORD, digits_of, is_counting
from demur.screening.rule import Hit

_NAMES = {
    Category.MEDICAL_RECORD_NUMBER: """
        mrn|mr number|mr no|med rec|med record|medical rec|medical record|medical records|med recs|record number
        |chart|patient id|patient no|patient number|patient #|pt #|pt id|ehr|emr|fin number|csn|numero de historia
        |pt number|pt no|encounter|admission number|hospital number|hospital id|specimen|accession|prescription
        |lab order|unit record|wristband number|historia clinica|historial medico|expediente medico
        |expediente clinico|numero de paciente|record medico|old record|run sheet|run number|rx|rx bottle
        |pill bottle|receta|visit number|visit no|ficha medica|ficha|csn number|fin no""",
    Category.HEALTH_PLAN_NUMBER: """
        medicaid|medicare|medi-cal|medical id|masshealth|mainecare|tenncare|badgercare|ahcccs|husky|tricare|chip id
        |health plan|healthplan|plan id|plan number|plan card|plan no|numero de plan|plan medico|plan de salud
        |mi salud|insurance|insurance id|insurance card|seguro medico|subscriber|suscriptor|policyholder|member
        |member id|enrollee|beneficiary|beneficiario|afiliado|afiliada|afiliacion|beneficiaria|poliza|policy number
        |policy no|policy|policy id|recipient id|group number|group no|grp|sub|rxgrp|rxbin|cin|mbi|hicn|hmo|ppo|mco
        |carve-out|marketplace id|snap card|managed care|behavioral health|prior auth|preauth|auth number
        |authorization number|claim|claims|blue cross|bcbs|aetna|cigna|humana|kaiser|molina|anthem
        |united healthcare|uhc|wellcare|ambetter|amerigroup|healthfirst|fidelis|centene|snap|edg|peachcare
        |soonercare|kancare|apple health|familycare|health first|star plus|arkids|sunshine health|healthy louisiana
        |turquoise care|mi via|medi cal|seguro|grupo|carrier|in-network""",
    Category.ACCOUNT_NUMBER: """
        acct|accts|account|accounts|checking|savings|bank|banco|cuenta|cuenta de banco|cuenta bancaria|loan|loans
        |prestamo|credit union|cash card|debit card|credit card|ebt card|ebt|direct express|prepaid card|pay card
        |tarjeta|tarjeta de debito|commissary|books|jpay|gtl|securus|restitution|money order|wic card|benefits card
        |utility|electric bill|water bill|gas bill|light bill|power bill|customer number|customer id|meter number
        |giro|deposit|trust fund|duke energy|pg&e|con ed|coned|comcast|xfinity|energy|power company|gas company
        |water company|water dept|edison|wells fargo|chase|child support|netspend|chime|paypal|green dot|cash app
        |light company|phone company|banorte|bank of america""",
    Category.LICENCE_NUMBER: """
        license|licence|lic|lics|licencia|driver license|drivers license|driver's license|licencia de manejar
        |licencia de conducir|dl number|cdl|state id|state-issued id|id number|id card|union card|journeyman card
        |esthetician|electrician card|passed her boards|real id|learner's permit|learners permit|permit|permiso
        |certificate|certification|cert|cert number|credential|credential number|registration|registry
        |registry number|board number|board certified|cosmetology|barber license|cna|rn license|lvn|lpn|lcsw|lmsw
        |lmft|lmhc|lpc|bcba|rbt|chw|cadc|casac|phlebotomy|guard card|food handler|foid|twic|cedula profesional
        |certificado|certificacion|driver's|drivers|dl|matricula consular|cred|creds|credencial|guard license
        |massage license|peer cert|cosmetologist|welding cert""",
    Category.DEVICE: """
        serial|serial number|serial no|serie|numero de serie|num de serie|s/n|device|device id|dispositivo
        |unit number|unit id|asset tag|asset|tag number|inventory tag|model|modelo|lot number|lot|ankle monitor
        |ankle bracelet|ankle unit|gps|tether|scram|soberlink|grillete|tobillera|pacemaker|marcapasos|defibrillator
        |icd|implant|implante|stent|insulin pump|feeding pump|pump|bomba de insulina|cgm|dexcom|libre|glucometer
        |glucose meter|cpap|bipap|ventilator|concentrator|oxygen tank|oxygen|nebulizer|hearing aid|hearing aids
        |audifono|audifonos|cochlear|prosthesis|prosthetic|protesis|wheelchair|power chair|silla de ruedas|walker
        |hospital bed|scooter|hoyer lift|tablet|ipad|chromebook|laptop|hotspot|aac device|airtag|tracker|imei|meid
        |eid|heart monitor|holter|loop recorder|baby monitor|apnea monitor|breathalyzer|interlock|lvad|vent
        |ring cam|doorbell cam|dash cam|body cam|monitor del tobillo|brazalete|unidad|trach|hoyer|aac talker|talker
        |concentrador|life alert|pendant|panic button|smart watch|ventilador|router|modem|bipap machine|scale""",
    Category.OTHER_IDENTIFIER: """
        case|case number|caso|numero de caso|docket|cause|petition|inmate|booking|prisoner|offender|detainee
        |recluso|interno|a-number|a number|alien|uscis|confirmation|confirmation code|conf|reference number
        |referral|ticket|dni|curp|application|app id|application id|solicitud|receipt|recibo|voucher|voucher number
        |badge|student id|resident id|client id|participant id|hmis|file number|folio|expediente|denuncia|warrant
        |citation|incident|complaint|police report|report number|matter|passport|pasaporte|tribal id|enrollment
        |employee id|va file|dod id|appeal|hearing number|work order|tracking number|waitlist number|lottery number
        |queue number|waitlist|waiting list|lista de espera|va claim|claimant id|claimant|dodid|dod number|edipi
        |court number|eoir|bed number|bag tag|property number|property tag|evidence|evidence tag|court file
        |grievance|fema|fema reg|eviction|desalojo|bus pass|pase|detention|deportation|lockup|case #
        |claimant number""",
    Category.SSN: """
        social|ssn|ss number|social security|social security number|seguro social|numero de seguro|itin|sosh
        |su social""",
}
"""What the number of each kind is called, in folded words, longest first where one begins another."""

_SURROUNDINGS = {
    Category.MEDICAL_RECORD_NUMBER: """
        wristband|hospital bracelet|admit|admits|admission|admitted|readmit|charting|charted|charts|documented
        |face sheet|discharge summary|discharge papers|discharged|progress note|progress notes|epic|nurse's note
        |lab results|labs|patient|pt|pts|paciente|medical file|hospital tag|old chart|hospital|psych ed|icu|nurse
        |nurses|rounds|the record|toe tag|whiteboard|ingreso|pulsera del hospital|rounding|census|misfiled""",
    Category.HEALTH_PLAN_NUMBER: """
        denied|denial|prior authorization|pharmacy|farmacia|copay|billing|billed|eligibility|coverage|formulary
        |the plan|plan|plan's|renewal|recert|the insurer|aseguradora|cobertura""",
    Category.ACCOUNT_NUMBER: """
        rep payee|payee|shutoff|shut-off|overdraft|overdrawn|direct deposit|utility company|garnished|zelled|zelle
        |wired|verizon|t-mobile|overpaid|shut off|electric|landlord wants|invoice|factura|recibo de luz
        |debt collector|collections""",
    Category.LICENCE_NUMBER: """
        dmv|licensed|licensing|certified|the board|class a|class b|reinstated|nursing board|board of nursing|id
        |identificacion|la id""",
    Category.DEVICE: """
        monitor|monitor company|loaner|sticker on|recalled|refurbished|equipment|dme|alarm|bed alarm|oculus
        |playstation|nintendo|xbox|switch|fitbit|apple watch|camera|doorbell|tanque|tv|machine|maquina|aparato
        |battery|charger|stolen|pawn shop|sticker says""",
    Category.OTHER_IDENTIFIER: """
        arraignment|prison|penitentiary|visitation|immigration|la migra|landlord portal|hold music|hearing|parole
        |jail|carcel|court|courtroom|courthouse|judge|juez|hotline|unemployment|section 8|housing authority|portal
        |ice|corte|migracion|lookup|look up|ref|reference|housing list|the list""",
}
"""What stands around such a number that is not called anything."""

_NOBODYS = """
    grant|grants|grant ref|nofo|rfp|bill|hb|sb|ordinance|resolution|flight|isbn|order number|order #|cpt|icd|icd-10
    |hcpcs|dsm|statute|promo code|coupon|course|recall|supreme court|scotus|episode|part number|sku|amazon|zip
    |issue|volume|version|highway|route|interstate|channel|bill number|study|patent|tracking"""
"""What else is numbered: bills and flights, forms and grants. Nearest to a number, they make it no one person's."""

_PIECE = re.compile(
    r"(?<![\w@$€£/\\+&=-])(?<!\d[.,])(?<![a-z]\.)(?:[a-z]{1,8}-){0,3}[a-z]{0,8}\d[a-z0-9]{0,23}(?:[-/.][a-z0-9]{1,16}){0,5}"
    r"(?![\w@%]|[:,]\d|://)"
)
_SPELLED = re.compile(
    rf"\b(?:{WORD}|[a-z])(?:[ ,.;·-]{{1,3}}(?:{WORD}|[a-z]|\d{{1,4}})\b)" + r"{3,24}"
)  # fmt: skip
_FILLER = re.compile(
    r"(?:[^\w\n]|\b(?:number|numbers|nums?|no|nr|nos|numero|id|is|its|it's|was|are|es|era|son|reads?|says|the|of|for|in"
    r"|on|with|de|del|la|el|al|her|his|their|my|our|su|mi|cards?|code|codigo|called|still|now|new|old|unit|tag|member"
    r"|policy|group|sub|subscriber|account|acct|case|client|here|like|que|dice|con|aqui|sticker|device|serial|serie"
    r"|ending|file|u|ur|you|he|she|they|s?he's|they're|we're|as|to|at|under|by|from|a)\b){0,30}"
)
_NUMBER_NEXT = re.compile(
    r"(?:#|\b(?:numbers?|num|no|numero|nr|id|serial|serie|reads?|says|code|codigo|cert)\b)[^\w\n]{0,4}"
    r"(?:(?:is|es|was|its|it's|like \w+)\b[^\w\n]{0,3})?$|[:(\"=] ?$"
)
_SAYS_WHAT = re.compile(
    r"[^\w\n]{0,3}(?:(?:is|was|es|era|that's|thats|belongs to|esa es|ese es) )?"
    r"(?:her|his|their|the|my|our|su|el|la|mi) (?:[a-z]+ )?"
)
_ENDING = re.compile(
    r"(?:\b(?:ends?|ending|ended|termina\w{0,4}|acaba\w{0,3}|last (?:4|four)(?: digits)?"
    r"|ultimos (?:4|cuatro)(?: digitos)?|(?:4|cuatro) ultimos)\b"
    r"(?: (?:of|on|de|del) (?:the |her |his |their |my |su |la |el |mi )?[a-z]{2,12}(?: [a-z]{2,8})?\b)?"
    r"(?: (?:in|with|en|con|is|are|es|son|of|de))?[^\w\n]{0,4}|[x*#]{2,16}[- ]?|\.{3,4} ?)$"
)
_ENDING_X = re.compile(r"x{1,12}-?\d{4}")
_OTHERWISE = re.compile(
    r"(?:19|20)\d\d(?:[-/.](?:19|20)?\d\d)?s?$|\d{1,2}[-/.]\d{1,2}[-/.](?:\d\d|\d{4})$|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}$"
    r"|(?:1[-. ])?\d{3}[-. ]\d{3}[-. ]\d{4}$"  # telephones
    r"|\d{1,3}(?:\.\d{1,3}){3}$|\d+\.\d+$|\d+(?:st|nd|rd|th|am|pm|hrs?|mins?|mg|ml|mcg|lbs?|kg|k|m|yo|yrs?|x|ft|mph)$"
    r"|10(?:40|95|99)[a-z-]{0,4}$|(?:19|20)\d\d[a-z]{3,24}$|(?:covid|b)-?\d+$"
)
_BILLED = re.compile(r"[a-z]\d{4}|9\d{4}")
"""What was done, in the codes that bills use: everybody's, not one person's."""
_COUNTED = re.compile(
    r" ?(?:dollars|bucks|people|words|times|miles|steps|hours|hrs|minutes|mins|days|weeks|months|years|yrs|calories"
    r"|views|likes|followers|votes|points|pages|pesos|personas|anos|kids|clients|cases|patients|members|percent|am|pm|mg|lbs"
    r"|families|others|more|beds|units|calls|emails|euros|pounds|usd|degrees|of (?:us|them|the|you))\b"
)
_INITIALS = re.compile(
    r"(?<![\w'])(?!(?:id|no|is|in|on|i|pm|am|mrn|ssn|cin|tx|at|to|of|by|my"
    r"|cpt|icd|hb|sb|ab|hr|dl|sn|rx|fin|edg|ip|po|apt|rm|bin|grp|lic|lot) )[a-z]{1,3} $"
)
_MAY_BE_TELEPHONE = re.compile(r"[2-9]\d\d[-. ]\d{4}|[2-9]\d{2}[2-9]\d{6}")
_SOCIAL = re.compile(r"\d{3}([-/. ]?)\d\d\1\d{4}")
_SET_APART = re.compile(r"[,:;.!?(\"'-] ?$")
_TOKEN = re.compile(r"[a-z]+|\d+")
_CALLS_A_NUMBER = re.compile(
    r"\b(?:serial|serie|number|numero|id|no|mrn|rx|acct|lic|cert|grp|group|cin|mbi|s/n|conf|confirmation|ref|docket|tag|poliza"
    r"|folio|expediente|medicaid|medicare|subscriber|inmate|booking|case|caso|chart|ssn|account|cuenta|badge|ticket)\b"
)
_REACH, _REACH_AFTER = 100, 24
_ENDS_TELL = frozenset({Category.ACCOUNT_NUMBER, Category.SSN, Category.HEALTH_PLAN_NUMBER})


class _Word(NamedTuple):
    start: int
    end: int
    category: Category | None
    names: bool


class _Code(NamedTuple):
    """`figures` are its digits; `telling`: its shape alone is one of a code; `capital`: its letters are."""

    start: int
    end: int
    figures: str
    telling: bool
    lettered: bool
    capital: bool = False
    spelled: bool = False


def find_kind(folded: Folded, category: Category) -> Iterator[Hit]:
    """Every number that the words around it call one of this kind.

    Sure where it is named just before; likely where the name stands a little further off or after it and the number
    looks like a code; possible where only its surroundings tell. Linear in the text.
    """
    text = folded.text
    if not _worth_a_look().search(text):
        return
    words = _words_in(text)
    if not any(word.category is category for word in words):
        return
    ends = [word.end for word in words]
    # INVARIANT: no two words overlap (the automaton takes the leftmost and longest), so their ends are in order.
    for code in _codes(folded):
        confidence = _judge(text, code, words, ends, category)
        if confidence is not None:
            yield Hit(*folded.span(code.start, code.end), confidence)


def names() -> Iterator[tuple[str, Category]]:
    """Every word that makes a number near it one of a kind, folded."""
    for table in (_NAMES, _SURROUNDINGS):
        for category, listed in table.items():
            yield from ((name, category) for name in _read(listed))


def _read(listed: str) -> Iterator[str]:
    return (" ".join(name.split()) for name in listed.split("|"))


@cache
def _worth_a_look() -> re2._Regexp:
    """What every text with a number of two figures, or of two words, matches: most texts have none."""
    return re2.compile(rf"[0-9][^\n]{{0,3}}[0-9]|\b(?:{WORD})[ ,.;·-]{{1,3}}(?:{WORD}|[a-z])\b")


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[Category | None, bool], ...]]:
    """Built when a text first needs it."""
    kinds: dict[str, tuple[Category | None, bool]] = dict.fromkeys(_read(_NOBODYS), (None, True))
    for table, names in ((_SURROUNDINGS, False), (_NAMES, True)):
        for category, listed in table.items():
            kinds |= dict.fromkeys(_read(listed), (category, names))
    return ahocorasick_rs.AhoCorasick(list(kinds), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), tuple(
        kinds.values()
    )


def _words_in(text: str) -> list[_Word]:
    automaton, kinds = _automaton()
    return [
        _Word(start, end, *kinds[number])
        for number, start, end in automaton.find_matches_as_indexes(text)
        if not (start and text[start - 1].isalnum()) and not text[end : end + 2].removeprefix("s")[:1].isalpha()
    ]


def _codes(folded: Folded) -> Iterator[_Code]:
    """Numbers in figures, parts with a space between them as one, and numbers in words."""
    text, original = folded.text, folded.original
    pieces = [found.span() for found in _PIECE.finditer(text)]
    position = 0
    while position < len(pieces):
        start, end = pieces[position]
        position += 1
        while (
            position < len(pieces)
            and pieces[position][0] == end + 1
            and text[end] == " "
            and _continues(text[start:end], text[slice(*pieces[position])])
        ):
            end = pieces[position][1]
            position += 1
        start -= _initials(folded, start)
        written = text[start:end]
        figures = re.sub(r"\D", "", written)
        lettered = len(figures) < len(re.sub(r"[^a-z0-9]", "", written))
        capital = lettered and original[slice(*folded.span(start, end))].isupper()
        padded = figures.startswith("0") and len(figures) >= 7 and written == figures
        parted = "-" in written and len(figures) >= 6 and not _MAY_BE_TELEPHONE.fullmatch(written)
        telling = parted or padded or (lettered and len(figures) >= 5)
        yield _Code(start, end, figures, telling, lettered, capital)
    for found in _SPELLED.finditer(text):
        said = _TOKEN.findall(found[0])
        digits = digits_of(said)
        letters = sum(len(word) == 1 and word.isalpha() and word != "o" for word in said)
        in_words = sum(word.isalpha() for word in said) - letters
        if in_words >= 3 and len("".join(digits)) >= 4 and not is_counting("".join(digits)):
            yield _Code(*found.span(), "".join(digits), letters >= 2, lettered=letters > 0, spelled=True)


def _initials(folded: Folded, start: int) -> int:
    """How many characters of capitals stand before a number as its own part: S 530 4418, XJH 4410 9927."""
    if not folded.text[start].isdigit():
        return 0
    found = _INITIALS.search(folded.text[max(0, start - 5) : start])
    if not found or not folded.original[slice(*folded.span(start - len(found[0]), start - 1))].isupper():
        return 0
    return len(found[0])


def _continues(before: str, after: str) -> bool:
    """Whether a number goes on after a space."""
    return len(before) <= 24 and before[-1].isdigit() and len(after) <= 7 and after[:1].isdigit() and "/" not in after


def _judge(text: str, code: _Code, words: list[_Word], ends: list[int], category: Category) -> Confidence | None:
    before = text[max(0, code.start - _REACH) : code.start]
    named = around = None
    for number in range(bisect_right(ends, code.start) - 1, -1, -1):
        word = words[number]
        if word.end < code.start - _REACH:
            break
        if word.names:
            named = word
            break
        around = around or word
    if named is not None and named.category is category:
        between = text[named.end : code.start]
        if category in _ENDS_TELL and len(code.figures) == 4 and _is_ending(text, code):
            return Confidence.SURE
        if category is not Category.SSN and _is_otherwise(text, code):
            return None
        if code.spelled or category is Category.SSN:
            return _judge_spoken(text[code.start : code.end], code, category, _FILLER.fullmatch(between) is not None)
        return _judge_named(text, code, named, between)
    if named is None and around is not None and around.category is category and code.telling and not code.spelled:
        if _is_otherwise(text, code) or _is_billed(text, code):
            return None
        announced = _NUMBER_NEXT.search(before) or len(code.figures) >= 6
        return Confidence.LIKELY if announced else Confidence.POSSIBLE
    if named is not None or code.spelled or category is Category.SSN or len(code.figures) < 5:
        return None
    after = bisect_right(ends, code.end)
    if confidence := _judge_named_after(text, code, words, after, category):
        return confidence
    follows = words[after] if after < len(words) and words[after].start - code.end <= _REACH else None
    if around is None and follows is not None and follows.category is category and code.telling and code.lettered:
        return None if _is_otherwise(text, code) or _is_billed(text, code) else Confidence.POSSIBLE
    return None


def _judge_named_after(
    text: str, code: _Code, words: list[_Word], following: int, category: Category
) -> Confidence | None:
    if following == len(words) or words[following].category is not category or not words[following].names:
        return None
    between = text[code.end : words[following].start]
    if len(between) > _REACH_AFTER or not _SAYS_WHAT.fullmatch(between) or _is_otherwise(text, code):
        return None
    return Confidence.LIKELY


def _judge_named(text: str, code: _Code, named: _Word, between: str) -> Confidence | None:
    number_next = _NUMBER_NEXT.search(between[-24:]) is not None
    close = _FILLER.fullmatch(between) is not None
    called = number_next or (close and _CALLS_A_NUMBER.search(text[named.start : named.end]) is not None)
    if any(sign.isdigit() for sign in between):
        return (
            Confidence.LIKELY
            if code.telling and code.lettered and (number_next or len(between) < _REACH // 2)
            else None
        )
    if not (close and called) and _MAY_BE_TELEPHONE.fullmatch(text[code.start : code.end]):
        return None
    if code.telling:
        if close:
            return Confidence.SURE
        return None if not close and _is_billed(text, code) else Confidence.LIKELY
    if called and code.lettered and (len(code.figures) >= 3 or (code.capital and code.end - code.start >= 6)):
        return Confidence.SURE if close and len(code.figures) >= 3 else Confidence.LIKELY
    if called and close and len(code.figures) >= 4:
        return Confidence.SURE if len(code.figures) >= 5 else Confidence.LIKELY
    long = len(code.figures) >= (6 if number_next or code.figures[0] == "0" else 7)
    return Confidence.LIKELY if long and (close or number_next or _SET_APART.search(between)) else None


def _judge_spoken(written: str, code: _Code, category: Category, close: bool) -> Confidence | None:
    if category is Category.SSN:
        parted = code.spelled or _SOCIAL.fullmatch(written)
        return Confidence.SURE if parted and len(code.figures) == 9 and not code.lettered else None
    if close or code.telling:
        return Confidence.SURE
    return Confidence.LIKELY if len(code.figures) >= 6 else None


def _is_ending(text: str, code: _Code) -> bool:
    """Whether it is said to be the end of a number."""
    if _ENDING_X.fullmatch(text[code.start : code.end]):
        return True
    return _ENDING.search(text[max(0, code.start - _REACH // 2) : code.start]) is not None


def _is_billed(text: str, code: _Code) -> bool:
    return _BILLED.fullmatch(text[code.start : code.end]) is not None


def _is_otherwise(text: str, code: _Code) -> bool:
    """Whether it is a year, a day, a telephone, an amount or a count."""
    if code.spelled:
        return False
    return bool(_OTHERWISE.match(text[code.start : code.end]) or _COUNTED.match(text[code.end : code.end + 14]))


def _of_kind(category: Category, folded: Folded, _: Post) -> Iterator[Hit]:
    return find_kind(folded, category)


account_code = partial(_of_kind, Category.ACCOUNT_NUMBER)
device_code = partial(_of_kind, Category.DEVICE)
health_plan_code = partial(_of_kind, Category.HEALTH_PLAN_NUMBER)
licence_code = partial(_of_kind, Category.LICENCE_NUMBER)
medical_record_code = partial(_of_kind, Category.MEDICAL_RECORD_NUMBER)
personal_code = partial(_of_kind, Category.OTHER_IDENTIFIER)
social_security_nearby = partial(_of_kind, Category.SSN)
