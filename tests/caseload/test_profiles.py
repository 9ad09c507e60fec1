from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demur.caseload.profiles import Place, Shown, read_profile
from demur.core.accounts import Profile

TODAY = date(2026, 11, 22)


def read(name: str = "", handle: str = "", *, bio: str = "", city: str = "", message: str = "") -> Shown:
    return read_profile(Profile(name, handle, bio, city), message, TODAY)


@pytest.mark.parametrize(
    ("name", "words", "sentence"),
    [
        ("𝓐𝓼𝓽𝓻𝓲𝓭 Lindqvist", ("astrid", "lindqvist"), "styled"),
        ("ᴀsᴛʀɪᴅ", ("astrid",), "styled"),
        ("Аstrid", ("astrid",), "look alike"),
        ("As\u200btrid", ("astrid",), "invisible"),
        ("A\u0336s\u0336t\u0336rid", ("astrid",), "heaped-up"),
        ("ʇsıʌpuıl", ("lindvist",), "upside down"),
        ("A s t r i d  L i n d q v i s t", ("astrid", "lindqvist"), "spaced out"),
        ("Astriiiid", ("astrid",), "drawn out"),
        ("🌹 Astrid", ("astrid",), "Pictures"),
        ("Нина", ("nina",), "another alphabet"),
    ],
)
def test_what_hides_a_name_is_undone_and_said(name: str, words: tuple[str, ...], sentence: str) -> None:
    shown = read(name)
    assert words in shown.readings
    assert any(sentence in said for said in shown.undone)


def test_a_plain_name_has_nothing_to_undo() -> None:
    for name in ("Astrid Lindqvist", "María José Núñez", "Nguyễn Thị Ánh", "O'Neil-Smith", "J. R. Smith III", "Zoë"):
        assert read(name).undone == ()


@pytest.mark.parametrize(
    ("name", "reading"),
    [("Y3ngtha Vu3", ("yengtha", "vue")), ("$ofia M@rtin", ("sofia", "martin")), ("a1icia", ("alicia",))],
)
def test_signs_at_letters_are_also_read_as_letters(name: str, reading: tuple[str, ...]) -> None:
    assert reading in read(name).readings


def test_a_year_after_a_name_stays_a_number() -> None:
    assert read("maria 84").readings == (("maria", "84"),)


def test_flags_are_no_letters_but_spelled_boxes_are() -> None:
    assert read("Ángel Rivera 🇵🇷").words == ("angel", "rivera")
    assert read("🇲🇦🇮").words == ("mai",)


@pytest.mark.parametrize(
    ("bio", "place"),
    [
        ("📍CDMX • arquitecta", Place("mexico city", "mexico")),
        ("saint paul mn 🧋 east side", Place("saint paul", "minnesota")),
        ("ATL. Falcons", Place("atlanta", "georgia")),
        ("sf // music", Place("san francisco", "california")),
        ("born in Houston", Place("houston", "texas")),
    ],
)
def test_cities_are_known_by_what_people_call_them(bio: str, place: Place) -> None:
    assert any(place.same_as(shown) for shown in read(bio=bio).places)


@pytest.mark.parametrize(
    "bio", ["mom to Austin and Savannah", "la vida loca", "my sd card died", "Dallas is my dog", "chi tea"]
)
def test_names_and_words_are_no_cities(bio: str) -> None:
    assert read(bio=bio).places == ()


@pytest.mark.parametrize(
    ("bio", "year"),
    [("1951 р.н., пенсіонер", 1951), ("Born 5/18/90", 1990), ("b. 1986", 1986), ("nacida en 1990", 1990)],
)
def test_birth_years(bio: str, year: int) -> None:
    assert year in {born.latest for born in read(bio=bio).life.born if born.earliest == born.latest}
    assert read(bio=bio).bare_years == ()


def test_a_year_without_a_word_is_kept_apart() -> None:
    assert read(bio="1955 · Vientiane").bare_years == (1955,)
    assert read(bio="Detroit techno 1988").bare_years == (1988,)


@pytest.mark.parametrize(
    ("bio", "day"),
    [("agosto 25, 1979", "8/25/1979"), ("25 de agosto de 1979", "8/25/1979"), ("7/23/68 Leo", "7/23/68")],
)
def test_birth_dates_in_words(bio: str, day: str) -> None:
    assert day in read(bio=bio).days


@pytest.mark.parametrize(
    ("bio", "year"),
    [("Waterloo '21 grad", 2021), ("c/o 2026", 2026), ("fhs 26' 🩷", 2026), ("UC Merced '18", 2018)],
)
def test_years_of_leaving_school(bio: str, year: int) -> None:
    found = [born for born in read(bio=bio).life.born if born.topic == "school"]
    assert found
    assert all(born.years_away(year - 18) == 0 for born in found)
    assert any(born.years_away(year - 70) > 3 for born in found)
    assert any(born.years_away(year - 5) > 3 for born in found)


def test_ages_stand_alone_or_with_a_word_and_years_of_something_are_none() -> None:
    assert {born.latest for born in read(bio="19 | hanford alum").life.born} == {TODAY.year - 19}
    assert {born.latest for born in read(bio="fhs 🩷 18").life.born} == {TODAY.year - 18}
    assert read(bio="10 years clean").life.born == ()
    assert "age" not in {born.topic for born in read(bio="35 years in commercial banking").life.born}
    assert min(born.latest for born in read(bio="35 years in commercial banking").life.born) == TODAY.year - 35 - 15


def test_work_since_a_year_counts_and_love_since_a_year_does_not() -> None:
    assert {born.latest for born in read(bio="Nail tech since 1995").life.born} == {1995 - 15}
    assert read(bio="Raiders fan since 1995").life.born == ()


@pytest.mark.parametrize(
    ("message", "introduced"),
    [
        ("Hi its Tito from Lowell", ("tito",)),
        ("Oi! Sou a Fernanda Medeiros Couto", ("fernanda", "medeiros", "couto")),
        ("Bonjour, c’est Jean-Claude", ("jean", "claude")),
    ],
)
def test_who_introduces_themselves(message: str, introduced: tuple[str, ...]) -> None:
    assert read(message=message).introduced[: len(introduced)] == introduced


@pytest.mark.parametrize("message", ["soy la mamá de Alondra Cisneros", "Hi I'm his sister Ana", "is it true?"])
def test_a_relative_introduces_somebody_else(message: str) -> None:
    assert read(message=message).introduced == ()


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=200))
def test_any_profile_is_read(name: str, handle: str, bio: str) -> None:
    shown = read(name, handle, bio=bio, city=bio, message=bio)
    assert all(sentence.endswith(".") for sentence in shown.undone)
    assert all(word.isascii() for reading in shown.readings for word in reading)


@pytest.mark.parametrize(
    "text",
    ["M" + "\u0301" * 10_000 + "aria", "\u202e" * 9_000, "1989 since " * 20_000, "'21 " * 50_000, "a." * 100_000,
     "\U0001f1f2" * 50_000, "ɐ" * 50_000, "$" * 200_000, "Oct 10 " * 30_000],
)  # fmt: skip
def test_hostile_text_is_read(text: str) -> None:
    shown = read(text, text, bio=text, city=text, message=text)
    assert len(shown.words) <= 16


def test_heaped_marks_do_not_push_a_name_away() -> None:
    heaped = "".join(letter + "\u0336\u0340" * 20 for letter in "Astrid Lindqvist")
    assert read(heaped).words == ("astrid", "lindqvist")
