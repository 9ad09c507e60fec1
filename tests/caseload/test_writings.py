from __future__ import annotations

from collections import Counter

import pytest

from demur.caseload import disguises
from demur.caseload.index import CaseloadIndex
from demur.caseload.text import find_mentions
from demur.core.findings import Confidence, Finding
from demur.core.people import Caseload, Client
from tests.caseload import writings
from tests.caseload.writings import KINDS, POSSIBLE, Kind

INDEX = CaseloadIndex.build(Caseload(writings.people()))

FLOORS = {
    "possessive-bare": (0.98, "an s after a family name of two letters is another short name"),
    "given-initial": (0.99, "Sunita I think: a lone I is a word"),
    "initial-family": (0.99, "A Little Thunder: all of it is everyday words"),
    "initial-family-lower": (0.98, "b. dang: the family name is an everyday word"),
    "initials-dotted": (0.91, "S.D., P.C., M.A.: abbreviations that everybody writes"),
    "initials-dotted-space": (0.91, "as above"),
    "initials-bare": (0.85, "IN, HA, DO: everyday words and abbreviations"),
    "hashtag-initial-family": (0.97, "#mkim: four letters may be anything"),
    "handle-initial-family": (0.97, "as above"),
    "typo-each": (0.99, "a slip that leaves three letters of two short names"),
    "typo-two-in-one": (0.99, "a slip that takes a particle"),
    "typo-lower": (0.99, "two everyday words"),
    "leet-digits": (0.96, "digits beside an apostrophe"),
    "leet-symbols": (0.92, "a symbol as the first letter or beside an apostrophe"),
    "apostrophe-none": (0.98, "Al-Rai for Al-Ra'i: a hyphen stays where the apostrophe went"),
    "masked-emoji": (0.99, "what is left reads as another word"),
    "cyrillic-lookalikes": (0.96, "a word wholly in lookalike letters is taken for a word of its own script"),
    "greek-lookalikes": (0.99, "as above"),
    "title-family-lower": (0.98, "mr dang: the family name is an everyday word"),
    "title-given": (0.99, "Miss Apple: an everyday word"),
    "reversed": (0.99, "flow is a word"),
    "e-mail-user": (0.98, "ji.jeong50: only a short part of a name"),
}
"""Kinds that are not found every time, with the share that is, and what the rest looks like."""


def mentions(text: str) -> tuple[Finding, ...]:
    return find_mentions(INDEX, text)


def surest(text: str, start: int, end: int) -> int:
    return max((hit.confidence for hit in mentions(text) if hit.start < end and hit.end > start), default=0)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_every_way_of_writing_a_client_is_found(kind: Kind) -> None:
    texts = writings.texts(kind)
    missed = [
        text[start:end]
        for client, text, start, end in texts
        if surest(text, start, end) < writings.least_of(kind, client)
    ]
    floor, _ = FLOORS.get(kind.id, (1.0, ""))
    assert len(texts) >= 50
    assert 1 - len(missed) / len(texts) >= floor, missed[:8]


def test_there_are_many_ways_and_many_names() -> None:
    assert len(KINDS) >= 40
    assert len({kind.id for kind in KINDS}) == len(KINDS)
    assert len({client.client_id.split("-")[0] for client in writings.people()}) >= 20
    assert FLOORS.keys() <= {kind.id for kind in KINDS}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.twin], ids=lambda kind: kind.id)
def test_innocent_twins_are_a_question_at_most(kind: Kind) -> None:
    assert kind.twin_of is not None
    index = CaseloadIndex.build(Caseload((kind.twin_of,)))
    assert all(hit.confidence is POSSIBLE for hit in find_mentions(index, kind.twin))


NAMESAKES = (
    Client("1", "Maria", family_name="Lopez"), Client("2", "Rosa", family_name="Quintanilla"),
    Client("3", "Rose", family_name="Grant"), Client("4", "Mark", family_name="Street"),
    Client("5", "May", family_name="Young"), Client("6", "Hope", family_name="Song"),
    Client("7", "Grace", family_name="Said"), Client("8", "Joy", family_name="Park"),
    Client("9", "Will", family_name="Price"), Client("10", "Bill", family_name="Banks"),
    Client("11", "Chase", family_name="King"), Client("12", "Hunter", family_name="York"),
    Client("13", "Faith", family_name="Church"), Client("14", "Jose", family_name="Delgado"),
    Client("15", "Martin", family_name="Okafor"), Client("16", "Mary", family_name="Adeyemi"),
    Client("17", "Georgia", family_name="Whitfield"), Client("18", "April", family_name="Duarte"),
    Client("19", "Mercedes", family_name="Vega"), Client("20", "Charlotte", family_name="Tran"),
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "the rose garden is open", "mark your calendar", "we may go in may", "i hope so", "say grace before dinner",
        "what a joy", "i will pay the bill", "the chase is on", "deer hunter season", "have faith",
        "Maria Sharapova won", "Rosa Parks sat down", "Mark Twain wrote it", "Grace Kelly was a princess",
        "Will Smith and Bill Gates", "Chase Bank on Main Street", "San Jose is warm", "Mary Poppins is on tonight",
        "Martin Luther King Blvd is closed", "St. Mary's Hospital called back", "Lake Mary, Florida",
        "King of the hill",
        "New York in April", "April 3 in Georgia", "West Georgia and North Carolina", "a Mercedes Benz",
        "Charlotte Hornets game tonight", "Queen Mary II", "the price is right",
        "the street where i live", "Sunday church and song", "he said so", "young people, young hearts",
        "#AprilShowers #rosegarden #hopeful", "the Park and the Lake", "Michael Jordan, Neil Young, Tyra Banks",
    ],
)  # fmt: skip
def test_words_places_and_famous_namesakes_pass(text: str) -> None:
    index = CaseloadIndex.build(Caseload(NAMESAKES))
    assert [(hit.text, hit.rule) for hit in find_mentions(index, text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Our dog Rose told everybody by barking", "Reading Maria again, my favorite author",
        "Ben Quintanilla, no relation",
        "Ms. Rosa on the radio", "Uncle Bill made pancakes", "my sister April called", "🌹🌹 for you",
        "thank you @maria_xo and @rosaparks",
    ],
)  # fmt: skip
def test_pets_authors_and_relatives_are_a_question_at_most(text: str) -> None:
    index = CaseloadIndex.build(Caseload(NAMESAKES))
    assert all(hit.confidence is POSSIBLE for hit in find_mentions(index, text))


class _EverySign:
    """Says of every text that it shows signs of a disguise."""

    def search(self, text: str) -> bool:
        return True


def test_the_result_is_the_same_without_the_prefilter(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text for kind in KINDS for _, text, _, _ in writings.texts(kind)[::9]]
    with_prefilter = [mentions(text) for text in texts]
    monkeypatch.setattr(disguises, "_SIGNS", _EverySign())
    monkeypatch.setattr(disguises, "_HUMP", _EverySign())
    monkeypatch.setattr(disguises, "_PICTURE_INSIDE", _EverySign())
    monkeypatch.setattr("demur.caseload.text._is_only_a_word", lambda reading, word: False)
    assert [mentions(text) for text in texts] == with_prefilter


def test_what_a_large_caseload_finds_in_its_own_names() -> None:
    clients = writings.large_caseload(1000)
    index = CaseloadIndex.build(Caseload(clients))
    levels = Counter(
        max((hit.confidence for hit in find_mentions(index, f"We met {client.full_name} today.")), default=None)
        for client in clients
    )
    assert levels[Confidence.SURE] == len(clients)
    assert writings.large_caseload(1000) == clients


@pytest.mark.parametrize(
    "text",
    [
        "#AnnelieseAchterberg",
        "@anneliese_achterberg",
        "my Anneliese Achterberg",
        "Ms. Achterberg",
        "a.a@example.org",
        "208-555-0142",
    ],
)
def test_a_client_is_left_out_and_never_reworded(text: str) -> None:
    client = Client("1", "Anneliese", family_name="Achterberg", email="a.a@example.org", phone="208-555-0142")
    hits = find_mentions(CaseloadIndex.build(Caseload((client,))), text)
    assert hits
    assert all(not hit.suggestions for hit in hits)


NAMED_LIKE_A_WORD = (
    Client("1", "Rose", family_name="Kowalczyk"), Client("2", "Jordan", family_name="Adeyemi"),
    Client("3", "Mark", family_name="Whitfield"), Client("4", "Angel", family_name="Tran"),
    Client("5", "May", family_name="Duarte"), Client("6", "William", family_name="Okafor"),
    Client("7", "Hope", family_name="Vega"), Client("8", "Summer", family_name="Delgado"),
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Jordan, 43, relapsed again last night", "Jordan (16) ran away again", "jordan (16) ran away again",
        "Jordan 16yo, third shelter", "Mark is 52.", "May (16) ran away again", "Rose from my group cried",
        "hope from our shelter", "#Rose cried in group", "Rose is using again", "rose is using again",
        "Angel is back", "Mark is still sober", "Summer is sober", "Hope OD'd last night", "Mark in rehab, finally",
        "Rose my heart breaks for you", "Rose, you did it", "Rose 💔", "Rose and her mom came by", "mad at Rose",
        "Angel ran away", "Will, 16, ran away",
    ],
)  # fmt: skip
def test_a_name_that_is_a_word_is_a_question_where_a_person_stands(text: str) -> None:
    (hit,) = find_mentions(CaseloadIndex.build(Caseload(NAMED_LIKE_A_WORD)), text)
    assert hit.confidence is POSSIBLE
    assert hit.text.lower() in text.lower()


@pytest.mark.parametrize(
    "text",
    [
        "May is coming", "Summer is ending", "Summer is here", "Hope is a good thing", "May 16, 2015", "mark, 16 days",
        "Hope from my heart", "Rose 16 degrees since noon", "May I say", "Mark my words", "hope, i think, is back",
        "#Hope is trending", "Jordan, 2019", "Angel in my kitchen", "In May, I rest. In Jordan, 16 of us.",
        "May is 31 days long",
    ],
)  # fmt: skip
def test_a_name_that_is_a_word_passes_where_a_word_stands(text: str) -> None:
    assert find_mentions(CaseloadIndex.build(Caseload(NAMED_LIKE_A_WORD)), text) == ()
