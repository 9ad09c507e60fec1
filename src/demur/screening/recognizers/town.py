"""Towns and cities after a word that leads to a place: "in Marfa", "from laredo", "near Pecan Gap", "en Juárez"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from demur.core.content import Post
from demur.core.folding import Folded
from demur.screening.rule import Hit

if TYPE_CHECKING:
    from demur.screening.gazetteer import Sense

_CUE = re.compile(
    r"(?<![\w'-])(?P<cue>in|from|near|outside(?: of)?|around|downtown|leaving|en|desde|cerca de|afuera de|to|of|de|at"
    r"|into|on|off|past|towards?|through|side of|part of) (?P<words>[^\W\d_][\w.'-]*)"
)
_BEFORE_PART = re.compile(
    r"(?<![\w'-])(?P<name>[^\W\d_][\w'.-]{2,20}(?: [^\W\d_][\w'.-]{2,20})?)"
    r" (?:area|office|branch|pd|fire dept|folks|(?:is|was) (?:so |too |pretty |really )?(?:a )?(?:small|tiny"
    r"|one-stoplight))(?!\w)"
)
_MORE = re.compile(r" ([^\W\d_][\w'-]*)")
_LEADS_SURELY = frozenset(
    {"in", "near", "outside", "outside of", "around", "downtown", "en", "cerca de", "afuera de", "side of", "past"}
)
"""After these a capitalised name is a place even where it is a person's name or a word: "in Hope", "near Madison"."""
_NEEDS_CAPITAL = frozenset(
    {"to", "of", "de", "part of", "at", "into", "on", "off", "past", "toward", "towards", "through"}
)
_ONLY_OF_A_HOME = frozenset({"at", "into", "on", "off"})
"""What follows these is often no place of people, so a word for a home must stand before them."""
_SPANISH = frozenset({"en", "desde", "cerca de", "afuera de", "de"})
_NOT_PLACES_TEXT = """
    a about advance all am an and another any april as at august bad bed between big both bringing case charge church
    class college court custody dance day days december detox different each english even every everything fact faith
    favor february fear february foster four free french front full general god going good great group half hand heaven
    hell her here high him his home hope hopes how i if important in it its jail january jesus july june just kind last
    law life like line little long lots love march many may me mind minutes more most my need never new next no nothing
    november now october of office on one only or order other our out over part peace people person place prison public
    real recovery rehab residential school search second september session several shape shelter short since so some
    something special such support tears ten terms that the their them there these they things this those three time
    to today too town traffic treatment trouble two un una us very want way we week what where which who with work
    years you your la el los las mi tu su esta este ese esa que
"""
_NOT_PLACES = frozenset(_NOT_PLACES_TEXT.split())

_NEVER_PLACES_TEXT = """
    april august december february god heaven hell i jesus january july june march may mom dad november october our
    september the spanish english french my we he she they it christ lord medicaid court columbia
"""
_NEVER_PLACES = frozenset(_NEVER_PLACES_TEXT.split())

_OF_A_HOME = (
    frozenset({"in", "to", "from", "near", "outside", "outside of", "en", "de", "desde", "cerca de"}) | _ONLY_OF_A_HOME
)
_AT_HOME = re.compile(
    r"\b(?:live[sd]?|living|reside[sd]?|residing|stay(?:s|ed|ing)?|moved?|moving|moves|grew up|born|raised|based"
    r"|originally|relocated|fled|native|placed|transferred|paroled|released|deployed|deported|returned|sent|drove|bus(?:s)?ed|flew"
    r"|travell?ing|home|house|trailer|farm|ranch|vive[ns]?|vivia"
    r"|residents?|beds?|care|hospice|admitted|checked|discharged|enrolled|booked|detained|sleep(?:s|ing)?|camp(?:s|ed|ing)?"
    r"|inpatient|baptism|funeral|service|wedding|visitation|intake|shift|night aide|volunteers?|preaches|students?"
    r"|visits?|outreach|caseload|office|apartments?|apt|clients?|famil(?:y|ies)|kids?|work(?:s|ed|ing)?|school|shelter"
    r"|program|clinic|detail|people|folks|trailer park|court|jail|hospital|placement|aunt|uncle|cousin|grandma"
    r"|nacio|llego|llegaron|se mudo|originari[oa]|i'?m|i am|am|is|are|he's|she's|they're)"
    r"(?: (?:him|her|them|us|lo|la|los|me|here|back|away|out|over|way|just|down|up|off|right|now|again"
    r"|aqui|alla|all the way))* $"
)
_ON_A_STREET = re.compile(
    r"\b(?:home|house|shelter|clinic|store|corner|block|live[sd]?|living|stay(?:s|ed|ing)?|apartments?|apt|trailer|motel"
    r"|church|duplex|building|place|bodega|laundromat|encampment|garage|office|school|day ?care|market|bar|liquor store"
    r"|car wash|barber ?shop|salon|pantry|library|station|family|neighbors?|parking lot)"
    r"(?: (?:over|up|down|out|here|right|just))* $"
)
"""What stands before "on Maple" where a street is meant."""
_NOT_STREETS = re.compile(
    r"(?:\w{3,6}day|christmas|thanksgiving|easter|halloween|facebook|fb|instagram|ig|netflix|twitter|tiktok|zillow|airbnb"
    r"|craigslist|google|zoom|youtube|earth|mars|medicaid|medicare|hulu|yelp)s?"
)
_HOME_REACH = 32
_CAPITALS = re.compile(r" ?([^\W\d_][\w.'-]*)")


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """Names that nothing else has count in small letters too; others need a capital after a word that leads there."""
    text = folded.text
    known: dict[str, Sense | None] = {}
    for cue in _CUE.finditer(text):
        first = cue["words"].rstrip(".'-")
        lead = cue["cue"]
        start = cue.start("words")
        capital = folded.original[folded.span(start, start + 1)[0]].isupper() and not _is_shouted(folded, cue)
        if first in (_NEVER_PLACES if capital else _NOT_PLACES):
            continue
        if not capital and (lead in _NEEDS_CAPITAL or len(first) < 4):
            continue
        end = None
        if lead not in _ONLY_OF_A_HOME:
            end = _named(folded, start, cue.end(), capital, lead in _LEADS_SURELY, known)
        if end is None and capital and lead in _OF_A_HOME:
            end = _unheard_of(folded, cue.start(), start)
        if end:
            yield _hit(folded, cue, start, end)
    for found in _BEFORE_PART.finditer(text):
        yield from _town_before(folded, found)


def _town_before(folded: Folded, found: re.Match[str]) -> Iterator[Hit]:
    """The capitalised one or two words before "area" or "office" that are a town."""
    from demur.screening.gazetteer import Sense, sense_of

    name = found["name"]
    for words in (name, name.rpartition(" ")[2]):
        start = found.end("name") - len(words)
        if _all_capital(folded, start, found.end("name")) and sense_of(words) not in {None, Sense.LARGER, Sense.WORD}:
            yield Hit(*folded.span(start, found.end("name")), None, ("a town",))
            return


def _unheard_of(folded: Folded, lead_start: int, start: int) -> int | None:
    """Where a capitalised name ends that the table doesn't have, after "lives in" or "moved to": the smallest places
    tell most."""
    from demur.screening.gazetteer import STATES, Sense, sense_of

    text = folded.text
    on_street = text[lead_start:start] in {"on ", "off "}
    before = _ON_A_STREET if on_street else _AT_HOME
    if not before.search(text, max(0, lead_start - _HOME_REACH), lead_start):
        return None
    end = start
    for word in _CAPITALS.finditer(text, start):
        first = folded.span(word.start(1), word.start(1) + 1)[0]
        if word.start() != end or not folded.original[first].isupper() or word[1] in _NEVER_PLACES:
            break
        end = word.end()
        if text[end : end + 1] != " ":
            break
    while end > start and text[end - 1] in ".'-":
        end -= 1
    name = text[start:end]
    if len(name) < (3 if on_street else 4) or name in STATES or sense_of(name) is Sense.LARGER or name in _NOT_PLACES:
        return None
    if on_street and _NOT_STREETS.fullmatch(name.split(" ")[0]):
        return None
    return end


def _is_shouted(folded: Folded, cue: re.Match[str]) -> bool:
    """Whether the word before is in capitals as well, so that capitals say nothing."""
    start, end = folded.span(*cue.span("cue"))
    return folded.original[start:end].isupper()


def _named(
    folded: Folded, start: int, first_end: int, capital: bool, surely: bool, known: dict[str, Sense | None]
) -> int | None:
    """Where the longest name of a place that begins here ends; None where there is none.

    `known` keeps what the table has said, so that a text full of one town stays fast.
    """
    from demur.screening.gazetteer import Sense, begins_a_place, sense_of

    text = folded.text
    if text[start:first_end] not in known and not begins_a_place(text[start:first_end]):
        return None
    ends = [first_end]
    for _ in range(3):
        following = _MORE.match(text, ends[-1])
        if following is None or (text[ends[-1] - 1] == "." and ends[-1] - start > 4):
            break
        ends.append(following.end())
    for end in reversed(ends):
        while text[end - 1] in ".'-":
            end -= 1
        name = text[start:end]
        if name.endswith("'s"):
            name, end = name[:-2], end - 2
        if name not in known:
            known[name] = sense_of(name)
        sense = known[name]
        if sense is None or sense is Sense.LARGER or name.endswith((" county", " parish", " borough")):
            continue
        if sense is Sense.PLACE and (capital or " " in name or len(name) > 3):
            return end if _ends_name(folded, end, capital) else None
        if surely and capital and _all_capital(folded, start, end):
            return end if _ends_name(folded, end, capital) else None
    return None


def _ends_name(folded: Folded, end: int, capital: bool) -> bool:
    """Whether the name ends here: "in Dallas Buyers Club" and "from Boston Market" go on in capitals."""
    following = _MORE.match(folded.text, end)
    if not capital or following is None:
        return True
    place = folded.span(following.start(1), following.start(1) + 1)[0]
    return not folded.original[place].isupper() or following[1] in _MAY_FOLLOW


_MAY_FOLLOW_TEXT = """
    and i in on at for with but he she they we my our is was county texas who where when because since today
    tonight last monday tuesday wednesday thursday friday saturday sunday y no
"""
_MAY_FOLLOW = frozenset(_MAY_FOLLOW_TEXT.split())


def _all_capital(folded: Folded, start: int, end: int) -> bool:
    first, last = folded.span(start, end)
    return all(word[:1].isupper() for word in folded.original[first:last].split())


def _hit(folded: Folded, cue: re.Match[str], start: int, end: int) -> Hit:
    """The name, with the word before it where that can't stay: "in Marfa" becomes "around here"."""
    lead = cue["cue"]
    if lead in {"from", "desde", "leaving"}:
        instead: tuple[str, ...] = ("por aquí",) if lead == "desde" else ("around here",)
    elif lead in {"on", "off"}:
        start, instead = cue.start("cue"), ("around here",)
    elif lead in {"at", "into"}:
        instead = ("a place nearby",)
    elif lead in _NEEDS_CAPITAL | {"side of"}:
        instead = ("un pueblo",) if lead == "de" else ("a town",)
    else:
        start, instead = cue.start("cue"), ("por aquí",) if lead in _SPANISH else ("around here",)
    return Hit(*folded.span(start, end), None, instead)
