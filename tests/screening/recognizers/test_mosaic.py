"""Facts that together point to one person: what is read, how many people it fits, and what is left out."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from demur.core.content import Post
from demur.core.findings import Category, Confidence, Finding
from demur.core.folding import fold
from demur.screening.gazetteer import places_written
from demur.screening.mosaic.ages import find_ages
from demur.screening.mosaic.estimate import how_many_fit
from demur.screening.mosaic.facts import Fact, find_facts
from demur.screening.mosaic.rates import OLDEST, Kind, Sex, rates
from demur.screening.recognizers.mosaic import find
from demur.screening.rule import Hit, load_default_rules
from demur.screening.screen import Screen

RULE = next(rule for rule in load_default_rules() if rule.id == "mosaic")
SCREEN = Screen(load_default_rules())
TABLE = rates()
COUNTY = TABLE.average_county
ROWS = tomllib.loads(files("demur.screening").joinpath("data", "rates.toml").read_text("utf-8"))["rate"]


def people_in(place: str) -> int:
    return places_written(place)[0].population


def hits(text: str, work_area: str = "") -> list[Hit]:
    return list(find(fold(text), Post(text, work_area=work_area)))


def the_hit(text: str, work_area: str = "") -> Hit:
    (hit,) = hits(text, work_area)
    return hit


def mosaics(text: str, work_area: str = "") -> list[Finding]:
    found = SCREEN.screen(Post(text, work_area=work_area))
    return [finding for finding in found if finding.category is Category.MOSAIC]


# What is said


def test_the_sentence_names_the_facts_the_count_and_what_to_leave_out() -> None:
    text = "A 14-year-old boy in Marfa, the sheriff's son, sat with me."
    hit = the_hit(text)
    assert text[hit.start : hit.end] == "the sheriff's son"
    assert hit.fits == 1
    assert hit.suggestions == ("somebody's son",)
    left = round(people_in("Marfa, TX") * 0.5 * TABLE.rate(Kind.AGE, ((14, 14, 1.0),)).share)
    assert hit.says == (
        "“14-year-old”, “Marfa” and “the sheriff's son” together fit about 1 person."
        f" Leave out “the sheriff's son”, and about {left} fit."
    )


def test_two_are_named_where_leaving_out_one_is_not_enough() -> None:
    hit = the_hit("A 14-year-old in Marfa, the sheriff's daughter, told me she is pregnant.")
    assert re.search(r"Leave out “[^”]+” and “[^”]+”, and about \d+ fit\.$", hit.says or "")


@pytest.mark.parametrize(
    ("text", "work_area", "where"),
    [
        ("A 14-year-old boy with sickle cell sat with me.", "", " in a county of average size."),
        ("A 14-year-old boy with sickle cell sat with me.", "Laredo, TX", " where you work."),
        ("A 14-year-old boy with sickle cell from Laredo sat with me.", "Marfa, TX", " fit about 1 person."),
    ],
)
def test_it_says_among_whom_was_counted(text: str, work_area: str, where: str) -> None:
    assert where in (the_hit(text, work_area).says or "")


def test_the_work_area_decides_how_many_fit() -> None:
    text = "She is 17 and homeless."
    small, large = the_hit(text, "Marfa, TX").fits, the_hit(text, "Houston, TX").fits
    assert small is not None
    assert large is not None
    assert small < the_hit(text).fits < large  # type: ignore[operator]


@pytest.mark.parametrize(
    ("place", "people"),
    [
        ("in Marfa", people_in("Marfa, TX")),
        ("in Presidio County", people_in("Presidio County, TX")),
        ("in Wyoming", 584_000),
        ("at our school", TABLE.school_families),
        ("in a town of 900", 900),
        ("from Valentine, Texas", 500),  # not in the tables, so smaller than what they list
    ],
)
def test_a_place_is_as_large_as_it_is(place: str, people: int) -> None:
    facts = find_facts(fold("The 17-year-old boy with hemophilia").text)
    wanted = how_many_fit(facts, people, Sex.MALE, 1.0, TABLE)
    assert the_hit(f"The 17-year-old boy with hemophilia {place} sang to me.").fits == wanted


def test_of_two_places_with_one_name_the_one_near_work_is_meant() -> None:
    text = "A 17-year-old in Alpine drew me."
    texan, californian, somewhere = (the_hit(text, area).fits for area in ("Marfa, TX", "Jamul, CA", ""))
    assert texan != californian
    assert somewhere is not None
    assert somewhere <= min(texan or 0, californian or 0)


@pytest.mark.parametrize(
    ("text", "work_area", "where"),
    [
        ("She is 14 and deaf, in Cairo.", "", "1 person, counted in Cairo, OH."),
        ("She is 14 and deaf, in Cairo.", "Marion, IL", "1 person, counted in Cairo, IL."),
        ("She is 14 and deaf, in Cairo, IL.", "", "1 person. Leave"),
        ("She is 14 and deaf, in Jordan.", "", "counted in Jordan, NY."),
        ("She is 14 and deaf.", "Cairo", " where you work, counted in Cairo, OH."),
        ("She is 14 and deaf.", "Cairo IL", " where you work. Leave"),
        ("She is 14 and deaf.", "asdf", "average size, because Demur doesn't know a place called “asdf”."),
        ("She is 14 and deaf.", "79843", "average size, because Demur doesn't know a place called “79843”."),
        ("She is 14 and deaf.", "x" * 200, f"called “{'x' * 40}…”."),
    ],
)
def test_it_says_which_place_was_meant_or_not_known(text: str, work_area: str, where: str) -> None:
    assert where in (the_hit(text, work_area).says or "")


@pytest.mark.parametrize(
    "text",
    [
        "The only doctor in Marfa", "He is a triplet from Boston", "a refugee from Syria, 8, lost both parents",
        "Victoria is a deaf nurse, 30", "Dallas is 14 and deaf", "Long day.\nAustin was 12 and blind.",
    ],
)  # fmt: skip
def test_a_name_and_a_trade_are_somebody_too(text: str) -> None:
    assert mosaics(text)


@pytest.mark.parametrize(
    "text",
    ["Love is blind, 30 years in", "The only doctor in the house", "It is a blind alley, 30", "Room B, 30",
     "the only food in Marfa", "We have a bed, 8, and a chair"],
)  # fmt: skip
def test_what_only_looks_like_somebody_is_none(text: str) -> None:
    assert mosaics(text) == []


def test_of_a_long_text_the_beginning_is_enough_where_it_tells_enough() -> None:
    story = "my 14 year old client in Marfa TX is deaf. "
    assert [hit.says for hit in hits(story * 400)] == [hit.says for hit in hits(story * 40)]
    late = "It rained all day. " * 400 + story
    (hit,) = hits(late)
    assert hit.start > 7_000


# Whose facts count


@pytest.mark.parametrize(
    "text",
    [
        "My 14-year-old with cystic fibrosis loves Marfa.",
        "I'm 34, deaf, and live in Marfa.",
        "My husband, a 60-year-old amputee, grew up in Alpine.",
        "When I was 16 and pregnant in Odessa a nurse saved me.",
        "mi hija de 8 años es sorda y vive en Presidio",
        "14-year-olds with sickle cell in Marfa need rides.",
        "1 in 345 children has cerebral palsy, 3rd grade and up, in Alpine too.",
        "Police say a 22-year-old amputee robbed the bank in Alpine.",
        "A 16-year-old with leukemia runs away to Alpine in the movie.",
        "Vote for him: he is 45 and running for sheriff in Brewster County.",
        "A 17-year-old was struck by lightning https://example.org/news",
        "A 14-year-old cried.",
        "Somebody in Marfa cried.",
    ],
)
def test_the_author_statistics_news_and_single_facts_are_no_mosaic(text: str) -> None:
    assert mosaics(text) == []


def test_my_client_is_not_my_child() -> None:
    assert mosaics("My 14-year-old client with cystic fibrosis loves Marfa.")
    assert not mosaics("My 14-year-old with cystic fibrosis loves Marfa.")


def test_a_mosaic_is_possible_alone_and_likely_beside_a_client() -> None:
    (alone,) = mosaics("A 14-year-old with cystic fibrosis asked for a hug.")
    (beside,) = mosaics("A 14-year-old with cystic fibrosis asked for a hug. My client never does that.")
    assert (alone.confidence, beside.confidence) == (Confidence.POSSIBLE, Confidence.LIKELY)
    assert alone.fits == beside.fits == 1


def test_the_same_facts_far_apart_are_not_put_together() -> None:
    near = "A 14-year-old cried. She has cystic fibrosis."
    far = "A 14-year-old cried. " + "It rained all day. " * 4 + "Somebody has cystic fibrosis."
    assert hits(near)
    assert hits(far) == []


# Written before the recognizer had read any of them: 18 of 30 were found then, and 1 of the 20 others was.
FRESH = (
    "the dentist's kid OD'd behind the Dairy Queen in Pecos, he's 17",
    "Intake tonight. Woman, 41, five kids, husband is a deputy, broken jaw. Small county. I can't breathe.",
    "a blind girl in 3rd grade at our school asked me what purple feels like",
    "my new client is a former priest with AIDS and the kindest hands",
    "Twelve years old and eight months pregnant. Twelve.",
    "88 year old korean war vet, deaf, lives in his truck by the walmart in Uvalde",
    "the only trans kid in her class eats lunch in my office",
    "Our newest resident was exonerated last month. He's 61 and has never used a phone with a screen.",
    "client from Tonga, mother of 9, lost her leg to diabetes",
    "he won the lottery in 2019 and now he's in our shelter",
    "family of nine in a two-room house in Hebbronville, the baby has spina bifida",
    "the quads are in foster care, all four, same car seat brand",
    "She survived the plane crash that killed her husband. Hospice admission at 36.",
    "a school bus driver from Cotulla on my parole caseload",
    "tengo en mi grupo a la esposa del pastor, 52 años, con esquizofrenia",
    "niño de 6 años con síndrome de Down, su mamá está en la cárcel de Zapata",
    "The sheriff's own grandson. Fifteen. I had to write it up anyway.",
    "His dad shot himself at the high school graduation. He's a sophomore in Iraan.",
    "Little guy with brittle bones, age 5, foster home number six",
    "first grader, brought a gun to school in Balmorhea",
    "Hmong grandma, 79, raising her grandkids after the house fire",
    "She's a nun. She's bipolar. She is my favorite patient on the unit.",
    "the only doctor's daughter in a town of 900 and she's using",
    "A man with Huntington's, thirty-four, two little boys. His mother had it too.",
    "he's 19, just out of prison, lives in his car, teaches himself Navajo",
    "A quadriplegic veteran in Alpine beat me at chess using his eyebrows",
)


@pytest.mark.parametrize("text", FRESH)
def test_stories_in_other_voices(text: str) -> None:
    assert mosaics(text)


# Counting

rate_rows = st.sampled_from([term.rate for term in TABLE.terms])


def _facts(chosen: list[object]) -> list[Fact]:
    return [Fact(rate.kind, 0, 1, 0, ("",), rate) for rate in chosen]  # type: ignore[attr-defined]


@settings(deadline=None)
@given(st.lists(rate_rows, min_size=1, max_size=4), st.integers(1, 10_000_000), st.sampled_from(Sex))
def test_a_count_is_never_below_one_nor_above_the_people(chosen: list[object], people: int, sex: Sex) -> None:
    assert 1 <= how_many_fit(_facts(chosen), people, sex, 1.0, TABLE) <= max(1, people * 1.06)  # two digits are kept


@settings(deadline=None)
@given(st.integers(0, 100), st.integers(0, 10), rate_rows, st.integers(1000, 10_000_000))
def test_one_more_fact_never_fits_more_people(low: int, more: int, rate: object, people: int) -> None:
    ages = Fact(Kind.AGE, 0, 1, 0, ("",), TABLE.rate(Kind.AGE, ((low, low + more, 1.0),)))
    both = how_many_fit([ages, *_facts([rate])], people, Sex.ANY, 1.0, TABLE)
    assert both <= how_many_fit([ages], people, Sex.ANY, 1.0, TABLE) * 1.06 + 1


def test_facts_of_two_generations_are_counted_as_of_one_household() -> None:
    hit = the_hit("A mother of seven and her 8-year-old in Laredo, TX sang for us.")
    people = people_in("Laredo, TX")
    assert hit.fits is not None
    alone = people * TABLE.of_children(7)
    assert 1 < hit.fits < alone


def test_a_day_makes_an_event_rarer() -> None:
    text = "A woman, 30, gave birth in the parking lot in Houston{}. She laughed."
    on_a_day, once = the_hit(text.format(" on Christmas Eve")).fits, the_hit(text.format("")).fits
    assert on_a_day is not None
    assert once is not None
    assert on_a_day < once


# Tables


def test_every_rate_has_its_source_and_makes_sense() -> None:
    for row in ROWS:
        assert row["source"], row
        assert 2000 <= row["year"] <= 2026, row
        assert bool(row.get("words")) <= bool(row.get("instead")), row
        assert bool(row.get("described")) <= bool(row.get("described_instead")), row
        assert all(word == fold(word).text for word in [*row.get("words", ()), *row.get("described", ())]), row
    assert len(set(TABLE.words)) == len(TABLE.words)
    assert TABLE.younger[0] == 0
    assert TABLE.younger[OLDEST + 1] == pytest.approx(1)
    assert list(TABLE.younger) == sorted(TABLE.younger)
    assert all(0 < term.rate.share <= 1 and term.instead for term in TABLE.terms)


def test_the_trigger_lets_every_word_in() -> None:
    assert [word for word in TABLE.words if not re2.search(RULE.patterns[0], f"she, {word}, now")] == []


@pytest.mark.parametrize(
    ("text", "low", "high", "instead"),
    [
        ("a 14-year-old cried", 14, 14, "a teenager"),
        ("an 8 year old cried", 8, 8, "a child"),
        ("a 14yo boy", 14, 14, "a teenage"),
        ("the fifteen-year-old", 15, 15, "teenager"),
        ("an 8-month-old", 0, 0, "a baby"),
        ("a 2 y/o", 2, 2, "a toddler"),
        ("a 25 yr old woman", 25, 25, "a young"),
        ("a forty-two year old", 42, 42, "an adult"),
        ("she turned 15 today", 15, 15, "had a birthday"),
        ("she's 71 and", 71, 71, "an older adult"),
        ("my patient, aged 71, sang", 71, 71, "an older adult"),
        ("pregnant at 13.", 13, 13, "as a teenager"),
        ("woman, 41, sang", 41, 41, "an adult"),
        ("an 8th grader", 13, 14, "middle schooler"),
        ("in third grade now", 8, 9, "elementary school"),
        ("niña de 8 años", 8, 8, "menor de edad"),
        ("tiene 72 años", 72, 72, "es de la tercera edad"),
        ("cumplió quince años", 15, 15, "ya es adolescente"),
    ],
)
def test_ages_as_people_write_them(text: str, low: int, high: int, instead: str) -> None:
    (age,) = find_ages(fold(text).text)
    assert (age.low, age.high, age.instead) == (low, high, instead)


@pytest.mark.parametrize(
    "text",
    ["14-year-olds", "8th graders", "it was 92 degrees", "she's 100 percent sure", "is 3 miles away", "at 5 o'clock",
     "turned 40 pages", "is 12 years ago", "he was 2 for 4", "just 5 more minutes", "tiene 3 hijos", "de 5 a 7"],
)  # fmt: skip
def test_other_numbers_are_no_ages(text: str) -> None:
    assert list(find_ages(fold(text).text)) == []


# Any text

PIECES = st.sampled_from(
    [
        *(
            "14-year-old ",
            "in Marfa ",
            "the sheriff's daughter ",
            "als ",
            "She ",
            "is 9. ",
            "my ",
            "i'm ",
            "the only deaf ",
        ),
        *(
            "kid in town ",
            "mother of ",
            "seven ",
            "ages 3, 4 and 5 ",
            "#marfa ",
            "🙏",
            "é",
            "\u200b",
            "\n",
            ", ",
            "tx ",
        ),
        *(
            "de 8 años ",
            "la única familia ",
            "del pueblo ",
            "yesterday ",
            "gave birth ",
            "\ud800",
            "TX",
            "8th grade",
            "a 9yo ",
        ),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["", "Marfa, TX", "TX", ",", "🙏"]))
def test_no_text_trips_it(text: str, work_area: str) -> None:
    for hit in hits(text, work_area):
        assert 0 <= hit.start < hit.end <= len(text)
        assert hit.fits is not None
        assert 1 <= hit.fits <= 20_000
        assert text[hit.start : hit.end]
        assert hit.suggestions is not None


@pytest.mark.parametrize(
    "text",
    ["a." * 5000, "14-year-old " * 900, "in Marfa " * 1200, "the only " * 1200, "a 14 yo with als in Marfa. " * 400,
     "als " * 2500, "my mom " * 1400 + "a 14yo als", "ages 3, 4, 5 and 6 " * 500, "7" * 10_000, "#marfa " * 1400],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_long_and_repetitive_texts_come_back(text: str) -> None:
    assert len(hits(text)) <= 12
