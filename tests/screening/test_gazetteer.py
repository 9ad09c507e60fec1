"""The table of places: what it holds, how names are looked up, and that any name may be asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demur.screening.gazetteer import (
    STATES,
    Place,
    Sense,
    begins_a_place,
    meant_by,
    place_key,
    places_named,
    places_written,
    sense_of,
    state_code,
)


def test_a_town_has_its_state_county_and_people() -> None:
    (marfa,) = places_named("Marfa")
    assert (marfa.name, marfa.state, marfa.county, marfa.country) == ("Marfa", "TX", "Presidio County", "US")
    assert 1_000 < marfa.population < 3_000


def test_a_county_is_a_place_too() -> None:
    (county,) = places_named("presidio county", "Texas")
    assert county.state == "TX"
    assert 5_000 < county.population < 9_000


def test_places_of_one_name_come_most_people_first() -> None:
    populations = [place.population for place in places_named("Springfield")]
    assert len(populations) > 10
    assert populations == sorted(populations, reverse=True)


def test_a_state_narrows_by_letters_or_by_name() -> None:
    assert {place.state for place in places_named("Springfield", "IL")} == {"IL"}
    assert places_named("Springfield", "Illinois") == places_named("Springfield", "il")
    assert places_named("Marfa", "Ohio") == ()
    assert places_named("Marfa", "Atlantis") == ()


@pytest.mark.parametrize(("one", "other"), [("St. Louis", "saint louis"), ("Fort Worth", "Ft. Worth")])
def test_two_ways_of_writing_a_name_are_one_place(one: str, other: str) -> None:
    assert places_named(one)
    assert places_named(one) == places_named(other)


def test_big_cities_elsewhere_and_nicknames_are_there() -> None:
    assert places_named("Tegucigalpa")[0].country == "HN"
    assert places_named("juarez")[0].name == "Ciudad Juárez"
    assert places_named("nyc")[0].name == "New York City"


@pytest.mark.parametrize(
    ("name", "sense"),
    [
        ("Marfa", Sense.PLACE),
        ("Houston", Sense.PLACE),
        ("Hope", Sense.WORD),
        ("Orange", Sense.WORD),
        ("Reading", Sense.WORD),
        ("Madison", Sense.NAME),
        ("Austin", Sense.NAME),
        ("Mexico", Sense.LARGER),
        ("Honduras", Sense.LARGER),
        ("no such town", None),
    ],
)
def test_a_name_says_what_else_it_may_mean(name: str, sense: Sense | None) -> None:
    assert sense_of(name) is sense


@pytest.mark.parametrize(
    "work_area", ["Marfa, TX", "marfa, texas", "Marfa", "Marfa TX", "marfa texas", "Presidio County, TX"]
)
def test_a_work_area_has_a_population(work_area: str) -> None:
    place = meant_by(places_written(work_area))
    assert place is not None
    assert 1_000 < place.population < 9_000


def test_a_state_of_two_words_needs_no_comma() -> None:
    assert [place.state for place in places_written("Taos New Mexico")] == ["NM"]
    assert places_written("Kansas City")[0].name == "Kansas City"


@pytest.mark.parametrize(
    ("name", "home", "meant"),
    [
        ("Cairo", "", "Cairo, OH"),  # not the one in Egypt, and of those here the smallest
        ("Cairo", "IL", "Cairo, IL"),
        ("Reading", "", "Reading, OH"),  # not the one in England
        ("Jordan", "", "Jordan, NY"),  # not the country
        ("Houston", "", "Houston, TX"),  # the others are far smaller
        ("Houston", "MO", "Houston, MO"),
        ("Springfield", "", "Springfield, VT"),
        ("Mexico", "", "Mexico"),  # far larger than any town of that name
        ("Tegucigalpa", "", "Tegucigalpa"),
    ],
)
def test_a_name_alone_is_read_as_a_place_here_and_rather_a_small_one(name: str, home: str, meant: str) -> None:
    place = meant_by(places_named(name), home)
    assert place is not None
    assert place.written == meant


def test_a_place_that_nobody_counted_is_none() -> None:
    assert meant_by([Place("Lost", "TX", "", 0)]) is None
    assert meant_by([]) is None


@pytest.mark.parametrize("work_area", ["", ",", "Nowhere", "Marfa, OH", "Marfa, TX, USA"])
def test_an_unknown_work_area_has_none(work_area: str) -> None:
    assert meant_by(places_written(work_area)) is None


@given(st.text(max_size=40), st.none() | st.text(max_size=12))
def test_any_name_may_be_asked_for(name: str, state: str | None) -> None:
    places = places_named(name, state)
    assert all(isinstance(place, Place) and place_key(place.name) for place in places)
    assert (sense_of(name) is None) is (places_named(name) == ())
    meant = meant_by(places_written(name))
    assert meant is None or meant.population > 0


def test_a_beginning_is_known_for_every_first_word() -> None:
    for name in ("Marfa", "Truth or Consequences", "St. Paul", "El Paso", "Webb County"):
        assert begins_a_place(name.split()[0])
    assert not begins_a_place("recoverylike")


def test_states_are_fifty_with_the_district_and_puerto_rico() -> None:
    assert len(STATES) == len(set(STATES.values())) == 52
    assert all(state_code(name) == state_code(code) == code for name, code in STATES.items())
