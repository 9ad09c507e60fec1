"""The facts that a text states about people, with where they stand and how many people each of them fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import re2

from demur.core.folding import Folded
from demur.screening.gazetteer import Place, Sense, meant_by, places_named, places_written, sense_of, state_code
from demur.screening.mosaic.ages import NUMBER, PERSON, find_ages, read_number, said, span_of
from demur.screening.mosaic.rates import OLDEST, Kind, Rate, Rates, Sex, Term, rates


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact, in folded positions. `cut` is where the words begin for which `instead` may be written.

    `rate` is None for a place, which has `people` around it instead, and says `where` that is if its name alone
    doesn't. `is_person`: the words themselves speak of somebody, so that no other word has to.
    """

    kind: Kind
    start: int
    end: int
    cut: int
    instead: tuple[str, ...]
    rate: Rate | None = None
    people: int = 0
    is_person: bool = False
    where: str = ""

    @property
    def share(self) -> float:
        """Of everybody, whom the fact fits: how rare it is by itself."""
        return self.rate.share if self.rate is not None else 1.0


_PERSONA = (
    "nino|nina|muchacho|muchacha|chico|chica|joven|senora|senor|mujer|hombre|familia|madre|padre|mama|papa|bebe"
    "|cliente|clienta|paciente|abuela|abuelo|estudiante|alumno|alumna|muchachita|muchachito|veterano|vecino|vecina"
)
_PERSON_NEXT = re.compile(
    rf"^(?:[ -][a-z]+)?[ -](?:{PERSON}|family|couple|household|refugee|immigrant|community member)\b"
)
_PERSON_BEFORE = re.compile(rf"\b(?:{_PERSONA}) (?:de \w+ anos )?(?:[a-z]+ )?$")
_NAMED_IS_BEFORE = re.compile(
    r"[.!?\n] ?(?!(?:it|this|that|what|there|here|love|justice|faith|everyone|everybody|nobody|today|who|which|life)\b)"
    r"[a-z]{2,15} (?:is|was) (?:[\w-]+,? (?:and )?){0,2}$"
)
"""A sentence that begins with a name: Dallas is 14 and deaf."""
_IS_BEFORE = re.compile(
    r"\b(?:she|he|who|kid|boy|girl|client|patient|student)(?:'s| is| was|s) (?:[\w-]+,? (?:and )?){0,3}$"
)

_KIN_FEMALE = "daughter|wife|ex-wife|girlfriend|sister|mother|mom|niece|granddaughter|stepdaughter|widow|grandma|aunt"
_KIN_MALE = "son|husband|ex-husband|boyfriend|brother|father|dad|nephew|grandson|stepson|widower|grandpa|uncle"
_KIN_ANY = "kid|child|ex|grandkid|stepkid|cousin|fiancee?|baby|girl|boy|roommate|teenager|teen"
_PARIENTE = "hija|hijo|esposa|esposo|hermana|hermano|mama|papa|nieta|nieto|sobrina|sobrino|ex|novia|novio|viuda"
_POSSESSED = re.compile(
    rf"^(?: of [a-z]+)?(?:'s|s'|') (?:\w+ )?(?P<kin>(?P<female>{_KIN_FEMALE})|(?P<male>{_KIN_MALE})|(?:{_KIN_ANY}))\b"
)
_DETERMINED = re.compile(r"\b(?:the|our|an?|this|that|el|la|un|una) (?:local |county |town |former |retired |ex-)?$")
_RELATED = re.compile(
    rf"\b(?:(?:the |a |an )?(?P<kin>(?P<female>{_KIN_FEMALE})|(?P<male>{_KIN_MALE})|{_KIN_ANY})"
    rf"|(?P<tie>married|engaged|related)|(?P<pariente>(?:la |el |una? )?(?:{_PARIENTE}))) (?:of|to|del?) (?:the |a "
    rf"|an |our |el |la |un |una )?"
    r"(?:local |county |town )?$"
)
_WHOSE = re.compile(
    r"\b(?:(?:her|his|their|whose) (?:own )?)?(?:dad|father|mom|mother|husband|wife|ex|brother|sister|son|daughter"
    r"|uncle"
    r"|aunt"
    r"|grandpa|grandma|grandfather|grandmother|boyfriend|girlfriend|mama) (?:is|was|used to be) (?:the |a |an |our )?"
    r"(?:local |county |town )?$"
)
_OWN_WORK = re.compile(
    r"\b(?P<mark>retired |former |ex-|disgraced |beloved |longtime |local )$"
    r"|\b(?:s?he|who|client|patient|dad|mom)(?:'s| is| was| used to be) (?:an?|the|our) (?:\w+ )?$"
)
_OF_SOME_KIND = re.compile(r"\b(?:an?|un|una) (?:local |county |retired |former )?$")
_LIVES_THERE = re.compile(
    r"^ (?:from|with|on my|in my|de|con|who (?:lost|lives|has|was)|in (?:our|the) (?:group|program|unit|shelter))\b"
)
_NOT_OWN_WORK = re.compile(r"^(?:'s|s\b| (?:said|told|says|asked|called|came|office|dept|department|and i\b))")

_PARENT_OF = re2.compile(
    rf"\b(?P<mark>(?:(?P<female>mom|mother|mommy|mama|madre|grandmother|grandma|widow)|(?P<male>dad|father|daddy"
    rf"|padre|papa"
    rf"|grandfather|widower)|parents?) (?:of|de) (?P<number>{NUMBER}|cuatro|cinco|seis|siete|ocho|nueve|diez|once"
    rf"|doce))"
    r"(?:\b|$)"
)
_HAS_CHILDREN = re2.compile(
    rf"\b(?:has|have|with|and|raising|raises|had|her|his|their|tiene|con|sus) (?P<mark>(?P<number>{NUMBER}|cinco|seis"
    r"|siete|ocho|nueve|diez) (?:kids|children|sons|daughters|boys|girls|siblings|brothers|sisters|grandkids"
    r"|grandchildren|babies|foster kids|hijos|hijas|hermanos|nietos))\b"
)
_FAMILY_OF = re2.compile(
    rf"\b(?P<mark>(?:family|household|familia) (?:of|de) (?P<number>{NUMBER}|seis|siete|ocho|nueve|diez|once|doce))\b"
)
_AGES = re2.compile(
    r"\b(?P<mark>(?:ages|aged|de) (?P<list>[0-9]{1,2}(?:, ?[0-9]{1,2}){0,8},? ?(?:and|&|y) [0-9]{1,2})(?: anos)?)\b"
)

_ONLY_WHO = (
    "kid|child|boy|girl|man|woman|lady|guy|teen|teenager|family|couple|student|pupil|resident|patient|client|person|mom"
    "|mother|dad|father|veteran|vet|survivor|speaker|household|refugee|amputee|muslim|jew|sikh|wheelchair user|deputy"
    "|[a-z0-9]+[ -](?:year|yr)[ -]old|[0-9]{1,2} ?yo|[a-z0-9]+ grader|(?:mom|mother|dad|father) of [a-z]+"
)
_ONLY_TRAIT = (
    "black|white|asian|brown|latino|latina|hispanic|mexican|african american|african|indian|biracial|native|korean"
    "|chinese"
    "|japanese|vietnamese|filipino|filipina|female|male|gay|lesbian|trans|queer|muslim|jewish|arab|arabic-speaking"
    "|spanish-speaking|[a-z]+-speaking|hearing|married|openly gay"
)
_ONLY = re2.compile(
    rf"\b(?P<mark>the only (?P<middle>(?:[a-z'-]+ ){{0,3}}?)(?P<who>{_ONLY_WHO}))(?: \w+(?:ing|ed))?"
    r"(?: (?:who \w+|left|we have))? (?P<link>in|at|on|of|from|around|here|for|we)\b ?(?P<rest>[^.!?\n]{0,40})"
)
_UNICA = re2.compile(
    r"\b(?P<mark>(?:la unica|el unico) (?P<who>familia|nino|nina|mujer|hombre|muchacho|muchacha|alumno|alumna"
    r"|persona|senora"
    r"|senor|madre|padre|joven|veterano)(?P<middle>(?: [a-z]+){0,2}?)) (?P<link>del?|en"
    r"|aqui)\b ?(?P<rest>[^.!?\n]{0,40})"
)
_SCOPE = re.compile(
    r"^(?:the |this |that |our |my |her |his |their |a |all of |whole |entire |la |el |este |esta |nuestra |nuestro "
    r"|mi |su )*"
    r"(?:\w+ ){0,2}?(?:town|county|school|class|classroom|grade|program|building|shelter|village|parish|city|church"
    r"|mosque"
    r"|district|team|unit|ward|wing|house|home|neighborhood|block|street|trailer park|complex|reservation|rez|pueblo"
    r"|escuela|clase|condado|barrio|iglesia|programa|albergue|valley|island|congregation|campus|court|jail|caseload"
    r"|group|hall|hospice|clinic|facility|squad)\b|^miles\b"
)
_EVERYWHERE = re.compile(
    r"^(?:the |this |el |la )?(?:(?:whole |entire )?(?:world|earth|universe|planet)|my (?:life|heart)|mundo|mi vida)"
)
_ONLY_WORKER = re2.compile(
    r"\b(?P<mark>the only (?P<who>[a-z]+(?: [a-z]+)?)) (?:in|at|for|around|from) (?P<rest>[^.!?\n]{1,40})"
)
_SURVIVOR = re.compile(r"^(?:the |that |a )?(?:\w+ ){0,2}(?:crash|fire|shooting|explosion|wreck|accident|attack)\b")

_PREPOSITION = re.compile(
    r"\b(?:(?P<sure>in|from|near|outside|outside of|en|cerca de|over in|down in)|of|to|at|around|de) (?=[a-z])"
)
_OF_PEOPLE = re.compile(
    r"\b(?:an? )?(?:tiny |small |little )?(?:town|village|place|community|county|pueblo) (?:of|de|with) "
    r"(?:just |only |about |maybe |like |barely )?(?P<people>[1-9][0-9]{0,2},?[0-9]{2,3})\b"
)
_TAG = re.compile(r"#([a-z]{4,24})")
_WORD = re.compile(r"[a-z][a-z'.-]*[a-z]|[a-z]")
_SCHOOL = re2.compile(
    r"\b(?:at|in|from|de|en) (?P<mark>(?:my|our|this|mi|nuestra|esta) (?:\w+ )?(?:school|campus|escuela"
    r"|middle school|high school|elementary))\b"
)
_COMMON = frozenset(
    [
        "the",
        "a",
        "an",
        "my",
        "our",
        "his",
        "her",
        "their",
        "this",
        "that",
        "it",
        "is",
        "was",
        "on",
        "in",
        "at",
        "me",
        "you",
        "us",
        "them",
        "all",
        "one",
        "two",
        "three",
        "and",
        "or",
        "but",
        "not",
        "no",
        "so",
        "el",
        "la",
        "los",
        "las",
        "un",
        "una",
        "mi",
        "su",
        "de",
        "en",
        "que",
        "con",
        "her",
        "court",
        "jail",
        "rehab",
        "church",
        "school",
        "college",
        "bed",
        "class",
        "love",
        "life",
        "hell",
        "heaven",
        "town",
        "detox",
        "hospice",
        "care",
        "march",
        "may",
        "most",
        "person",
        "store",
        "home",
        "work",
        "hope",
        "independence",
    ]
)

_SHOWN = 40
"""So many characters of a work area that isn't known are said again."""
_UNLISTED = 500
"""The tables list places from so many people on."""

MOST_FACTS = 8
"""So many facts of one place in a text are weighed; more would say no more."""


def find_facts(text: str) -> list[Fact]:
    """All facts about people that a folded text states, but for places, by position; of two that overlap the longer."""
    table = rates()
    found: list[Fact] = [*_only(text, table), *_ages(text), *_families(text, table), *_terms(text, table)]
    found.sort(key=lambda fact: (fact.start - fact.end, fact.start))
    kept: list[Fact] = []
    ends: set[int] = set()
    for fact in found:
        span = range(fact.start, fact.end)
        if ends.isdisjoint(span):  # INVARIANT: spans are short, words of a phrase, so this stays linear
            kept.append(fact)
            ends.update(span)
    return sorted(kept, key=lambda fact: fact.start)


def _ages(text: str) -> Iterator[Fact]:
    for age in find_ages(text):
        rate = _ages_of(age.low, age.high)
        yield Fact(Kind.AGE, age.start, age.end, age.article, (age.instead,), rate, is_person=True)


@cache
def _ages_of(low: int, high: int) -> Rate:
    return rates().rate(Kind.AGE, ((low, high, 1.0),))


def _families(text: str, table: Rates) -> Iterator[Fact]:
    for found in _PARENT_OF.finditer(text):
        count = read_number(said(found, "number"))
        if count is None or not 4 <= count <= 30:
            continue
        sex = Sex.FEMALE if said(found, "female") else Sex.MALE if said(found, "male") else Sex.ANY
        parent = text[span_of(found, "mark")[0] :].partition(" ")[0]
        rate = table.rate(Kind.FAMILY, ((20, OLDEST, table.of_children(count)),), sex)
        yield Fact(Kind.FAMILY, *span_of(found, "mark"), span_of(found, "mark")[0], (parent,), rate, is_person=True)
    for found in _HAS_CHILDREN.finditer(text):
        count = read_number(said(found, "number"))
        if count is not None and 5 <= count <= 20:
            noun = text[max(0, span_of(found, "mark")[1] - 20) : span_of(found, "mark")[1]].rpartition(" ")[2]
            rate = table.everybody(Kind.FAMILY, table.of_children(count))
            yield Fact(Kind.FAMILY, *span_of(found, "mark"), span_of(found, "mark")[0], (noun,), rate)
    for found in _FAMILY_OF.finditer(text):
        count = read_number(said(found, "number"))
        if count is not None and 7 <= count <= 20:
            rate = table.everybody(Kind.FAMILY, table.of_children(count - 2))
            yield Fact(
                Kind.FAMILY, *span_of(found, "mark"), span_of(found, "mark")[0], ("family",), rate, is_person=True
            )
    for found in _AGES.finditer(text):
        numbers = [int(number) for number in re.findall(r"\d+", said(found, "list"))]
        share = 1.0
        for number in numbers:
            share *= min(1.0, table.household * _ages_of(number, number).share)
        rate = table.everybody(Kind.FAMILY, share)
        yield Fact(Kind.FAMILY, *span_of(found, "mark"), span_of(found, "mark")[0], ("of several ages",), rate)


def _terms(text: str, table: Rates) -> Iterator[Fact]:
    for index, start, end in table.automaton.find_matches_as_indexes(text, overlapping=True):
        if _inside_word(text, start, end):
            continue
        term = table.terms[index]
        if term.rate.kind is Kind.WORK:
            yield from _work(text, start, end, term, table)
        elif not term.describes or _describes_somebody(text, start, end, term.rate.kind):
            is_person = term.describes or term.rate.kind in (Kind.AGE, Kind.FAMILY)
            yield Fact(term.rate.kind, start, end, start, (term.instead,), term.rate, is_person=is_person)


def _inside_word(text: str, start: int, end: int) -> bool:
    return (start > 0 and (text[start - 1].isalnum() or text[start - 1] == "-")) or (
        end < len(text) and text[end].isalnum()
    )


def _describes_somebody(text: str, start: int, end: int, kind: Kind) -> bool:
    if _PERSON_NEXT.match(text[end : end + 40]) or _PERSON_BEFORE.search(text[max(0, start - 40) : start]):
        return True
    if kind is Kind.IDENTITY:
        return False
    before = text[start - 40 : start] if start > 40 else "\n" + text[:start]
    return _IS_BEFORE.search(before) is not None or _NAMED_IS_BEFORE.search(before) is not None


def _work(text: str, start: int, end: int, term: Term, table: Rates) -> Iterator[Fact]:
    share = term.rate.share
    before = text[max(0, start - 48) : start]
    kin = _POSSESSED.match(text[end : end + 30])
    if kin:
        rate = table.everybody(Kind.WORK, share, _sex(kin), term.rate.per_place)
        determined = _DETERMINED.search(before)
        first = start - (len(before) - determined.start()) if determined else start
        yield Fact(Kind.WORK, first, end + kin.end(), first, (f"somebody's {kin['kin']}",), rate, is_person=True)
        return
    related = _RELATED.search(before)
    if related:
        first = start - (len(before) - related.start())
        rate = table.everybody(Kind.WORK, share, _sex(related), term.rate.per_place)
        if related["pariente"]:
            instead = f"{related['pariente']} de alguien"
        else:
            instead = related["tie"] or f"somebody's {related['kin']}"
        yield Fact(Kind.WORK, first, end, first, (instead,), rate, is_person=True)
        return
    if _WHOSE.search(before):
        rate = table.everybody(Kind.WORK, share, per_place=term.rate.per_place)
        determined = _DETERMINED.search(before)
        first = start - (len(before) - determined.start()) if determined else start
        yield Fact(Kind.WORK, start, end, first, (f"a {term.instead}",), rate, is_person=True)
        return
    if _OF_SOME_KIND.search(before) and _LIVES_THERE.match(text[end : end + 20]):
        yield Fact(Kind.WORK, start, end, start, (term.instead,), term.rate, is_person=True)
        return
    own = _OWN_WORK.search(before)
    if own and not _NOT_OWN_WORK.match(text[end : end + 12]):
        first = start - (len(before) - own.start()) if own["mark"] else start
        determined = _DETERMINED.search(text[max(0, first - 12) : first])
        cut = first - len(determined[0]) if determined else first
        instead = f"a {term.instead}" if determined else term.instead
        yield Fact(Kind.WORK, first, end, cut, (instead,), term.rate, is_person=True)


def _sex(found: re.Match[str]) -> Sex:
    return Sex.FEMALE if found["female"] else Sex.MALE if found["male"] else Sex.ANY


def _only(text: str, table: Rates) -> Iterator[Fact]:
    for pattern, spanish in ((_ONLY, False), (_UNICA, True)):
        for found in pattern.finditer(text):
            rest = said(found, "rest")
            survives = (
                said(found, "who") == "survivor" and said(found, "link") in ("of", "in") and _SURVIVOR.match(rest)
            )
            if not survives:
                if not (
                    said(found, "link") in ("here", "aqui", "we")
                    or _SCOPE.match(rest)
                    or _names_a_place(said(found, "rest"))
                ):
                    continue
                if _EVERYWHERE.match(rest) or not _tells_of(said(found, "middle").strip(), said(found, "who"), table):
                    continue
            start, end = span_of(found, "mark")
            instead = f"una {found['who']}" if spanish else _with_article(said(found, "who"))
            yield Fact(Kind.ONLY, start, end, start, (instead,), table.everybody(Kind.ONLY, 1.0), is_person=True)

    for found in _ONLY_WORKER.finditer(text):
        work = table.work.get(said(found, "who"))
        if work is not None and _names_a_place(said(found, "rest")):
            start, end = span_of(found, "mark")
            yield Fact(Kind.ONLY, start, end, start, (f"a {work}",), table.everybody(Kind.ONLY, 1.0), is_person=True)


def _names_a_place(rest: str) -> bool:
    words = _WORD.findall(rest[:40])[:3]
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        if name not in _COMMON and sense_of(name) in (Sense.PLACE, Sense.LARGER):
            return True
    return False


_TRAIT = re.compile(rf"\b(?:{_ONLY_TRAIT})\b")


def _tells_of(middle: str, who: str, table: Rates) -> bool:
    """Whether "the only …" says something by which the person could be known."""
    if who in ("amputee", "muslim", "jew", "sikh", "veteran", "vet", "refugee", "wheelchair user") or who[0].isdigit():
        return True
    if "old" in who or "grader" in who or " of " in who:
        return True
    return _TRAIT.search(middle) is not None or any(
        not _inside_word(middle, start, end)
        for _, start, end in table.automaton.find_matches_as_indexes(middle, overlapping=True)
    )


def _with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou8' else 'a'} {noun}"


def find_place(folded: Folded, start: int, end: int, home: str) -> Fact | None:
    """The first place that is named between two folded positions, with how many people live there.

    `home` is the state where the author works: of several places with one name the one in it is meant first.
    """
    text = folded.text
    school = _SCHOOL.search(text[start:end])
    if school is not None:
        first, last = (start + position for position in span_of(school, "mark"))
        return Fact(Kind.PLACE, first, last, first, ("a school",), people=rates().school_families)
    counted = _OF_PEOPLE.search(text, start, end)
    if counted is not None:
        people = int(counted["people"].replace(",", ""))
        return Fact(Kind.PLACE, counted.start(), counted.end(), counted.start(), ("a small town",), people=people)
    for tried, found in enumerate(_PREPOSITION.finditer(text, start, end)):
        if tried == MOST_FACTS * 4:
            break
        place = _place_at(folded, found.end(), end, home, found["sure"] or "")
        if place is not None:
            return place
    for tag in _TAG.finditer(text, start, end):
        places = places_named(tag[1]) if sense_of(tag[1]) is Sense.PLACE else ()
        meant = meant_by(places, home)
        if meant is not None and meant.country == "US":
            return _place_fact(tag.start(), tag.end(), meant, places)
    return None


def _place_at(folded: Folded, start: int, end: int, home: str, sure: str) -> Fact | None:
    text = folded.text
    words: list[re.Match[str]] = []
    position = start
    while len(words) < 6 and (word := _WORD.match(text, position, end)):
        words.append(word)
        position = word.end()
        if text[position : position + 1] not in (" ", ",") or text[position : position + 2] in (",,", "  "):
            break
        position += 2 if text.startswith(", ", position) else 1
    for count in range(min(3, len(words)), 0, -1):
        name = text[start : words[count - 1].end()]
        if "," in name or name in _COMMON:
            continue
        sense = sense_of(name)
        code = state_code(name)
        if sense is None and code is None:
            continue
        state, last = _state_after(folded, words, count)
        if state is None and code is None and sense is Sense.LARGER and sure == "from":
            return None  # where somebody comes from, not where they live
        places = places_named(name, state)
        meant = next((place for place in places if place.population), None) if state else meant_by(places, home)
        if state is None and (code is not None or (sense is Sense.LARGER and (meant is None or meant.country != "US"))):
            people = rates().states.get(code or "", 0)
            return Fact(Kind.PLACE, start, words[count - 1].end(), start, (), people=people or rates().people)
        if meant is None or (state is None and not _written_as_name(folded, words[:count], sense, bool(sure))):
            continue
        return _place_fact(start, words[last].end(), meant, () if state else places)
    return _unlisted_place(folded, words, start)


def _unlisted_place(folded: Folded, words: list[re.Match[str]], start: int) -> Fact | None:
    """A capitalised name with its state that no table lists, so fewer than 500 people live there."""
    for count in (1, 2):
        state, last = _state_after(folded, words, count)
        capital = _written_as_name(folded, words[:count], Sense.WORD, sure=True)
        shouted = folded.original[slice(*folded.span(start, words[0].end()))].isupper()
        if state is not None and capital and not shouted:
            return _place_fact(start, words[last].end(), Place("", state, "", _UNLISTED), ())
    return None


def _state_after(folded: Folded, words: list[re.Match[str]], count: int) -> tuple[str | None, int]:
    """The state that follows a place's name, with the number of its last word."""
    text = folded.text
    for more in (2, 1):
        if count + more > len(words):
            continue
        written = text[words[count].start() : words[count + more - 1].end()]
        code = state_code(written)
        if code is None:
            continue
        comma = text[words[count - 1].end()] == ","
        place = folded.span(words[count].start(), words[count + more - 1].end())
        upper = folded.original[place[0] : place[1]].isupper()
        if (
            len(written) > 2
            or comma
            or upper
            or written in ("tx", "nm", "az", "wv", "ky", "tn", "fl", "wy", "mt", "nc")
        ):
            return code, count + more - 1
    return None, count - 1


def _written_as_name(folded: Folded, words: list[re.Match[str]], sense: Sense | None, sure: bool) -> bool:
    capital = all(folded.original[folded.span(word.start(), word.end())[0]].isupper() for word in words)
    if sense is Sense.PLACE:
        return capital or sure
    return capital and sure and not folded.original.isupper()


def _place_fact(start: int, end: int, place: Place, namesakes: tuple[Place, ...]) -> Fact:
    size = "a small town" if place.population < 20_000 else "a town" if place.population < 100_000 else "a city"
    if place.name.endswith(("County", "Parish")):
        size = "a county"
    told = len({one.state for one in namesakes}) > 1 and place.country == "US"
    where = f", counted in {place.written}" if told else ""
    return Fact(Kind.PLACE, start, end, start, (size,), people=place.population, where=where)


@dataclass(frozen=True, slots=True)
class WorkArea:
    """Where the author works: how many people live there (0 where that isn't known), its state, and what to call it."""

    people: int
    state: str
    where: str

    @classmethod
    def of(cls, written: str) -> WorkArea:
        """The place that the author named as the work area, in any words."""
        name = " ".join(written.split())
        if not name:
            return cls(0, "", " in a county of average size")
        code = state_code(name)
        if code is not None:
            return cls(rates().states.get(code, 0), code, " where you work")
        places = places_written(name)
        place = meant_by(places)
        if place is None:
            shown = name if len(name) <= _SHOWN else name[:_SHOWN] + "…"
            return cls(0, "", f" in a county of average size, because Demur doesn't know a place called “{shown}”")
        told = len({one.state for one in places}) > 1 and place.country == "US"
        where = f" where you work, counted in {place.written}" if told else " where you work"
        return cls(place.population, place.state, where)
