"""Where facts meet that together point to one person, how many people they fit, and which of them to leave out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations, islice

from demur.core.content import Post
from demur.core.folding import Folded
from demur.core.people import Role
from demur.screening.mosaic.estimate import how_many_fit
from demur.screening.mosaic.facts import MOST_FACTS, Fact, WorkArea, find_facts, find_place
from demur.screening.mosaic.rates import Kind, Rates, Sex, rates
from demur.screening.rule import Hit, with_words
from demur.screening.sentences import Sentences, split_sentences

CEILING = 20_000
"""More people than this are no finding: the number from which HIPAA lets three digits of a ZIP code stay."""

_MOST = 12
_LONG = 2_500
"""Characters that are read before the rest of a text that is more than twice as long."""
_NEAR, _FAR = 90, 400
"""How many characters around facts are read, for whose they are and for what else they could be."""

_SOMEBODY = re.compile(
    r"\b(?:s?he|him|her|his|hers|someone|somebody|who|whose|man|woman|lady|guy|gentleman|kid|kiddo|child|boy|girl"
    r"|teen|baby"
    r"|mom|mother|mama|dad|father|family|couple|client|patient|student|resident|inmate|ella|senora|senor|nino|nina"
    r"|muchach[oa]|familia|mujer|hombre)\b"
)
_FEMALE = re.compile(
    r"\b(?:she|her|hers|herself|girl|woman|lady|mom|mother|mama|mommy|daughter|wife|sister|grandma|grandmother|widow"
    r"|niece|ella"
    r"|nina|mujer|senora|hija|madre|muchacha|gal|abuela|abuelita)\b"
)
_MALE = re.compile(
    r"\b(?:he|him|his|himself|boy|man|guy|dude|gentleman|dad|father|daddy|papa|son|husband|brother|grandpa|grandfather"
    r"|widower|nephew|nino|hombre|senor|hijo|padre|muchacho|abuelo|abuelito)\b"
)
_CLIENT_AFTER = re.compile(
    r"^[^.!?\n]{0,30}?\b(?:clients?|clienta|cliente|patient|paciente|pt|kiddo|student|alumn[oa]|resident|mentee"
    r"|probationer|parolee"
    r"|foster|on my caseload|in my (?:group|program|class|unit|office)|in (?:our|the) (?:group|program|unit|shelter"
    r"|house))\b"
)
_MINE_BEFORE = re.compile(
    r"\b(?:my|our|mi|mis|nuestr[oa]s?)(?: own| sweet| beautiful| little| big| dear)? (?:[a-z-]+ )?$"
)
_I_AM_BEFORE = re.compile(
    r"\b(?:i'?m|i am|i was|i've been|i became|me at|soy|estoy|yo (?:tenia|tengo))\b[^.!?\n;]{0,25}$"
    r"|\b(?:i have|i had|i got|i turned?|i(?:'ve| have) got|we have|we had|as an?|like an?|tengo|cumpli|when i|we're"
    r"|we are)"
    r"(?: \w+)? ?$"
)
_OTHER_BEFORE = re.compile(
    r"\b(?:s?he|him|they|them|who|whose|clients?|clienta|patients?|students?|residents?|someone|somebody|ella"
    r"|el)\b[^.!?\n]*$"
)
_NEWS = re.compile(
    r"\b(?:breaking|running for|vote for|elected|candidate|re-?election|police (?:say|said|have|report|arrest"
    r"|investigat\w+)|according to|reportedly|allegedly"
    r"|officials (?:say|said)"
    r"|headlines?|press release|reports? that|found guilty|convicted|pleaded|pleads|sentenced to|manhunt"
    r"|suspect(?:ed|s)?"
    r"|charged (?:with|in)|arrested (?:for|after|in)|nypd|lapd|fbi|\bcnn|\bnpr|\bfox news|prime minister|president"
    r"|israeli?"
    r"|palestinian|gaza|world record|guinness|per cent|statistics?|inaugurat\w+|celebrity|biopic|viral video|watch:"
    r"|read:|video:)\b"
    r"|\brt @|\bvia @|#\w*news\b"
)
_LINK = re.compile(r"https?://|www\.")
_STATISTICS = re.compile(
    r"\b(?:[0-9.,]+|one|two|three|four|five) (?:in|out of) (?:every )?(?:[0-9.,]+|two|three|four|five|six|seven"
    r"|eight|nine|ten|twenty)\b"
    r"|\b(?:average|median|per capita|percent|most|many|every|each|any|if a|if an|if your|no) (?:[a-z-]+ ){0,2}$"
)
_DAY = re.compile(
    r"\b(?:today|tonight|yesterday|last night|this (?:morning|afternoon|evening)|(?:last |on |this )(?:mon|tues"
    r"|wednes|thurs|fri"
    r"|satur|sun)day|christmas(?: eve| day)?|xmas|thanksgiving|new year'?s(?: eve| day)?|halloween|easter(?: sunday)?"
    r"|mother'?s day|father'?s day|the (?:4th|fourth) of july|hoy|ayer|anoche|nochebuena|navidad"
    r"|on (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]* [0-9]{1,2})\b"
)
_WEEK = re.compile(r"\b(?:this week|last week|over the weekend|(?:this|last) weekend|la semana pasada|esta semana)\b")


def find_mosaics(folded: Folded, post: Post) -> Iterator[Hit]:
    """One hit for each place in the text where facts meet: on the fact whose leaving out helps most.

    Linear in the text, of which the first dozen such places are told: the policy asks for the fewest people alone.
    """
    sentences = split_sentences(folded.original)
    area = WorkArea.of(post.work_area)
    found: list[Hit] = []
    for end in _beginnings(folded, sentences):
        facts = find_facts(folded.text[:end])
        weighed = (
            _weigh(folded, post, area, near, first, last) for first, last, near in _together(facts, folded, sentences)
        )
        found = list(islice((hit for hit in weighed if hit is not None), _MOST))
        if len(found) == _MOST:
            break
    yield from found


def _beginnings(folded: Folded, sentences: Sentences) -> Iterator[int]:
    """Folded positions up to which a text is read: of a long one the beginning first, where enough may be told."""
    if len(folded.text) > 2 * _LONG:
        start = next((start for start in sentences.starts if start >= _LONG), sentences.length)
        if (end := _folded_position(folded, start)) < len(folded.text):
            yield end
    yield len(folded.text)


def _together(facts: list[Fact], folded: Folded, sentences: Sentences) -> Iterator[tuple[int, int, list[Fact]]]:
    """Facts of the same sentence or of neighboring ones, with the folded positions between which they were stated.

    Each fact is taken once: a sentence and the one after it, from the first that states a fact.
    """
    positions = [folded.span(fact.start, fact.end)[0] for fact in facts]
    numbers = [sentences.number(position) for position in positions]
    index = 0
    while index < len(facts):
        after = index
        while after < len(facts) and numbers[after] - numbers[index] <= 1:
            after += 1
        start = sentences.starts[max(0, numbers[index] - 1)]
        end_sentence = numbers[after - 1] + 2
        end = sentences.starts[end_sentence] if end_sentence < len(sentences.starts) else sentences.length
        yield _folded_position(folded, start), _folded_position(folded, end), facts[index:after]
        index = after


def _folded_position(folded: Folded, position: int) -> int:
    if folded.starts is None:
        return position
    return bisect_left(folded.starts, position)


def _weigh(folded: Folded, post: Post, area: WorkArea, near: list[Fact], first: int, last: int) -> Hit | None:
    text = folded.text
    reach = max(first, near[0].start - _FAR), min(last, near[-1].end + _FAR)
    if _NEWS.search(text, *reach) or (post.role is Role.OTHER and _LINK.search(text, *reach)):
        return None
    facts = _of_one_person(islice((fact for fact in near if not _is_own(text, fact)), 4 * MOST_FACTS))
    if not facts:
        return None
    told_from, told_to = facts[0].start, facts[-1].end
    around = text[max(first, told_from - _NEAR) : min(last, told_to + _NEAR)]
    if not any(fact.is_person for fact in facts) and not _SOMEBODY.search(around):
        return None
    place = find_place(folded, max(first, told_from - _FAR), min(last, told_to + _FAR), area.state)
    if place is not None and not any(place.start < fact.end and fact.start < place.end for fact in facts):
        facts.append(place)
    kinds = {fact.kind for fact in facts}
    if len(kinds) < 2 and Kind.ONLY not in kinds:
        return None
    facts.sort(key=lambda fact: fact.start)
    return _hit(folded, area, facts, around)


def _of_one_person(facts: Iterable[Fact]) -> list[Fact]:
    """At most one age and one family, and no fact twice; "the only …" holds the facts within it."""
    kept: list[Fact] = []
    for fact in facts:
        once = fact.kind in (Kind.AGE, Kind.FAMILY, Kind.ONLY)
        if any(other.rate is fact.rate or (once and other.kind is fact.kind) for other in kept):
            continue
        kept.append(fact)
    return kept[:MOST_FACTS]


@cache
def _kin() -> re.Pattern[str]:
    (words,) = with_words(["<<kin>>"])
    return re.compile(rf"\b(?:{words})\b[^.!?\n]*$")


def _is_own(text: str, fact: Fact) -> bool:
    """Whether a fact is about the author or the author's family, or about nobody in particular."""
    start = max(text.rfind("\n", 0, fact.cut), fact.cut - _NEAR, 0)
    before = text[start : fact.cut]
    after = text[fact.end : fact.end + _NEAR]
    if _STATISTICS.search(before + " "):
        return True
    if _CLIENT_AFTER.match(after):
        return False
    if _MINE_BEFORE.search(before) or _I_AM_BEFORE.search(before):
        return True
    kin = _kin().search(before)
    other = _OTHER_BEFORE.search(before)
    return kin is not None and (other is None or other.start() <= kin.start())


def _hit(folded: Folded, area: WorkArea, facts: list[Fact], around: str) -> Hit | None:
    counts = _Counts(area, around, rates())
    fits = counts.of(facts)
    if fits > CEILING:
        return None
    drop, left = _to_leave_out(facts, fits, counts)
    return Hit(
        *folded.span(drop[0].cut, drop[0].end),
        suggestions=drop[0].instead,
        says=_says(folded, facts, drop, fits, left, counts.where(facts)),
        fits=fits,
    )


def _to_leave_out(facts: list[Fact], fits: int, counts: _Counts) -> tuple[tuple[Fact, ...], int]:
    """The fact without which most people fit, or two where none alone helps; with how many fit then."""
    for many in (1, 2):
        if len(facts) <= many:
            break
        choices = [
            (counts.of([fact for fact in facts if fact not in drop]), drop) for drop in combinations(facts, many)
        ]
        left, drop = max(choices, key=lambda choice: (choice[0], -min(fact.share for fact in choice[1])))
        if left > fits:
            return tuple(sorted(drop, key=lambda fact: fact.share)), left
    return (min(facts, key=lambda fact: fact.share),), fits


class _Counts:
    """How many people facts fit, of those who live in the place that they name or around the author."""

    def __init__(self, area: WorkArea, around: str, table: Rates) -> None:
        self._table = table
        self._area = area
        female, male = _FEMALE.search(around) is not None, _MALE.search(around) is not None
        self._sex = Sex.ANY if female is male else Sex.FEMALE if female else Sex.MALE
        days = 1 if _DAY.search(around) else 7 if _WEEK.search(around) else None
        self._part_of_years = 1.0 if days is None else days / (365 * table.event_years)

    def of(self, facts: list[Fact]) -> int:
        """About how many people have all these facts."""
        people = next((fact.people for fact in facts if fact.kind is Kind.PLACE), None)
        people = people or self._area.people or self._table.average_county
        return how_many_fit(facts, people, self._sex, self._part_of_years, self._table)

    def where(self, facts: list[Fact]) -> str:
        """Among whom was counted, where the text doesn't say it."""
        return next((fact.where for fact in facts if fact.kind is Kind.PLACE), self._area.where)


def _says(folded: Folded, facts: list[Fact], drop: tuple[Fact, ...], fits: int, left: int, where: str) -> str:
    quoted = [f"“{_words(folded, fact)}”" for fact in facts]
    without = " and ".join(f"“{_words(folded, fact)}”" for fact in drop)
    if len(quoted) == 1:
        return f"{quoted[0]} can mean one alone. Leave out {without}."
    told = f"{', '.join(quoted[:-1])} and {quoted[-1]} together fit about {_people(fits)}{where}."
    if left > fits:
        return f"{told} Leave out {without}, and about {left:,} fit."
    return f"{told} Leave out {without}, and more of the others."


def _words(folded: Folded, fact: Fact) -> str:
    start, end = folded.span(fact.start, fact.end)
    return folded.original[start:end]


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"
