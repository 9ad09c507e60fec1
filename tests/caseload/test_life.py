"""What people show of their age and trade, read; and its innocent twins, left alone."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demur.caseload import life
from demur.caseload.life import Born, Life, born_by_number, read_life
from demur.caseload.profiles import Place, flat, read_profile
from demur.core.accounts import Profile

TODAY = date(2026, 11, 22)
SHOWN = tomllib.loads(Path(__file__).with_name("life.toml").read_text("utf-8"))
CLEARLY = 9
"""Years outside what is written down, from where somebody must not be taken for the person."""


def read(bio: str = "", *, name: str = "", handle: str = "", message: str = "") -> Life:
    return read_life(flat(name), handle, flat(bio), bio, flat(message), TODAY)


def away(found: Life, age: int) -> int:
    return max((born.years_away(TODAY.year - age) for born in found.born), default=0)


@pytest.mark.parametrize(("text", "youngest", "oldest"), [*SHOWN["ages"], *SHOWN["stages"]])
def test_an_age_is_read(text: str, youngest: int, oldest: int) -> None:
    found = read(text)
    likely = (youngest + min(oldest, youngest + 20)) // 2
    assert found.born
    assert away(found, likely) <= 1
    if youngest > CLEARLY + 9:
        assert away(found, youngest - CLEARLY) > 3
    if oldest - youngest <= 8:
        assert away(found, oldest + CLEARLY) > 3


@pytest.mark.parametrize("text", [*SHOWN["no_age"], *SHOWN["no_stage"]])
def test_other_numbers_and_other_people_tell_no_age(text: str) -> None:
    found = read(text)
    assert (found.born, found.calling) == ((), False)


@pytest.mark.parametrize(
    ("found", "calling"),
    [
        (read(name="ana ruiz, dds"), True),
        (read(name="dr. ana ruiz"), True),
        (read(name="ana ruiz | realtor"), True),
        (read(name="ana ruiz esq"), True),
        (read(handle="anaruizrealtor"), True),
        (read(handle="judge_ruiz"), True),
        (read("Attorney at law"), True),
        (read("Circuit Judge, 4th District"), True),
        (read("welder, father, fisherman"), False),
        (read("future attorney"), False),
        (read("daughter of a judge"), False),
        (read(name="ana judge"), False),
        (read(message="are you an attorney?"), False),
        (read(handle="drake_fan"), False),
    ],
)
def test_trades_that_a_namesake_would_have(found: Life, calling: bool) -> None:
    assert found.calling is calling


@pytest.mark.parametrize(
    ("message", "age"),
    [
        ("hi im 34", 34),
        ("hola tengo 15 años", 15),
        ("we met at East High, class of 2001", 43),
        ("I was born in 1960", 66),
    ],
)
def test_a_message_tells_the_age_of_whoever_writes(message: str, age: int) -> None:
    assert read(message=message).born
    assert away(read(message=message), age) == 0


@pytest.mark.parametrize(
    "message", ["my daughter is 15", "are you still a nurse?", "he is 40", "meet at 5:30 on the 22nd"]
)
def test_a_message_about_others_tells_nothing(message: str) -> None:
    assert read(message=message).born == ()


@pytest.mark.parametrize(
    ("number", "years", "sure"),
    [
        ("1985", (1985,), True),
        ("85", (1985,), True),
        ("07", (2007,), True),
        ("23", (), False),
        ("44", (1944,), False),
        ("0485", (1985,), False),
        ("0412", (), False),
        ("041285", (1985,), True),
        ("04121985", (1985,), True),
        ("19850412", (1985,), True),
        ("305", (), False),
        ("2024", (), False),
        ("1234567", (), False),
        ("999999", (), True),
    ],
)
def test_numbers_beside_a_name(number: str, years: tuple[int, ...], sure: bool) -> None:
    found, is_sure = born_by_number(number, TODAY)
    assert found == years
    assert not years or is_sure is sure


def lives(bio: str) -> list[Place]:
    shown = read_profile(Profile(bio=bio), "", TODAY)
    return [place for place in shown.places if not any(f" {place.town} " in words for words in shown.once)]


@pytest.mark.parametrize(("text", "town", "state"), SHOWN["lives"])
def test_where_somebody_lives(text: str, town: str, state: str) -> None:
    found = lives(text)
    assert any(place.town == town and place.state == state for place in found)
    assert {place.town for place in found} <= {town, ""}


@pytest.mark.parametrize(("text", "town"), SHOWN["from_there"])
def test_where_somebody_comes_from_is_not_where_they_live(text: str, town: str) -> None:
    assert town not in {place.town for place in lives(text)}


@pytest.mark.parametrize("text", [*SHOWN["no_place"], *SHOWN["not_read"]])
def test_other_words_name_no_place(text: str) -> None:
    assert lives(text) == []


@pytest.mark.parametrize(
    "text", [text for kind in ("ages", "stages") for text, *_ in SHOWN[kind]] + [*SHOWN["no_age"], *SHOWN["no_stage"]]
)
def test_the_sieve_leaves_no_pattern_out(text: str) -> None:
    folded = flat(text)
    for sieve in (life._phrases(), life._trades()):
        matching = {number for number, pattern in enumerate(sieve.patterns) if pattern.search(folded)}
        assert matching <= set(sieve.sift(folded))


@given(st.text(alphabet="0123456789/.-'| ,()bornclasofgrandmjudiet", max_size=300))
def test_the_sieve_leaves_no_pattern_out_of_anything(text: str) -> None:
    for sieve in (life._phrases(), life._trades()):
        matching = {number for number, pattern in enumerate(sieve.patterns) if pattern.search(text)}
        assert matching <= set(sieve.sift(text))


@pytest.mark.parametrize(("bio", "age"), SHOWN["against"])
def test_what_is_read_speaks_against_those_far_from_it(bio: str, age: int) -> None:
    assert max(born.years_away(TODAY.year - age) for born in read(bio).born if born.sure) > 3


@pytest.mark.parametrize(("bio", "age"), SHOWN["not_against"])
def test_what_is_read_does_not_speak_against_whom_it_may_be_of(bio: str, age: int) -> None:
    assert away(read(bio), age) <= 3


@pytest.mark.parametrize(
    ("bio", "ages_of_those_whom_it_fits"),
    [
        ("sassy since 1992", [34]),
        ("causing trouble since 1995", [31]),
        ("15 years in Modesto", [15, 60]),
        ("12 years of ballet", [15]),
        ("10 years on this app", [23]),
        ("Mustang '18", [12, 75]),
        ("BSN '22, second career", [27, 55]),
        ("13 de junio '85 🎂", [41]),
        ("lobster roll truther. 88", [38]),
        ("66 | fishing", [60, 66]),
        ("IG baddie retired", [30]),
        ("2011–present", [31]),
        ("Coachella '23", [19, 60]),
        ("mis XV años son en mayo", [14]),
        ("Bà ngoại U70", [62, 69]),
        ("Lola the chihuahua's mom", [20]),
    ],
)
def test_what_is_read_does_not_speak_against_whom_it_is_of(bio: str, ages_of_those_whom_it_fits: list[int]) -> None:
    for age in ages_of_those_whom_it_fits:
        assert away(read(bio), age) <= 1


def test_years_away_counts_from_the_nearer_end() -> None:
    born = Born(1990, 1994, "age")
    assert [born.years_away(year) for year in (1985, 1990, 1992, 1994, 1999)] == [5, 0, 0, 0, 5]


@given(st.text(max_size=400), st.text(alphabet="0123456789/.-'| ofclasincebornyears", max_size=400))
def test_anything_can_be_read(bio: str, message: str) -> None:
    for born in read(bio, message=message).born:
        assert born.earliest <= born.latest < TODAY.year
