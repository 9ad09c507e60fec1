"""Towns, counties, named venues and check-ins: quiet alone, likely beside talk of a client, linear on any text."""

from __future__ import annotations

from itertools import pairwise
from types import ModuleType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from demur.core.content import Post
from demur.core.findings import Category, Confidence, Finding
from demur.core.folding import fold
from demur.screening.recognizers import (
    check_in,
    county,
    numeric_date,
    street_address,
    town,
    town_and_state,
    venue,
    written_date,
    zip_code,
)
from demur.screening.rule import Hit, load_default_rules
from demur.screening.screen import Screen

SCREEN = Screen(load_default_rules())
RECOGNIZERS = (
    check_in, county, numeric_date, street_address, town, town_and_state, venue, written_date, zip_code,
)  # fmt: skip
PIECES = (
    *("in", "Marfa", "laredo", "TX", ",", "@", "📍", "St.", "Hope House", "County", "of", "the", "La", "escuela"),
    *("Juárez", "12", "Elm", "Ave", "March", "3rd", "78701", "zip", "036", "2019", "-", "/", "\n", "'s", "É", "ß"),
    *("İ", "Box", "FPO"),
)


def _hits(recognizer: ModuleType, text: str) -> list[Hit]:
    return list(recognizer.find(fold(text), Post(text)))


def _places(text: str) -> list[Finding]:
    return [finding for finding in SCREEN.screen(Post(text)) if finding.category is Category.GEOGRAPHY]


@pytest.mark.parametrize(
    ("words", "place", "instead"),
    [
        ("grew up in Marfa, and left", "in Marfa", "around here"),
        ("moved here from Pecan Gap last spring", "Pecan Gap", "around here"),
        ("lives in Pecan Gap, TX now", "Pecan Gap, TX", "Texas"),
        ("goes to Lincoln Elementary", "Lincoln Elementary", "a local school"),
        ("sleeps at the Shady Pines Motel", "the Shady Pines Motel", "a motel"),
        ("has court in Hill County", "Hill County", "the county"),
    ],
)
def test_a_place_is_possible_alone_and_likely_beside_a_client(words: str, place: str, instead: str) -> None:
    (alone,) = [finding for finding in _places(f"My truck {words}.") if finding.text == place]
    assert alone.confidence is Confidence.POSSIBLE
    (beside,) = [finding for finding in _places(f"My client {words}.") if finding.text == place]
    assert beside.confidence is Confidence.LIKELY
    assert beside.suggestions[0] == instead


@pytest.mark.parametrize(
    "words",
    ["is from Texas", "came from Honduras", "lives in hope", "is in DBT", "reads in English", "called Madison",
     "is in recovery", "loves Georgia", "came in March and left in May",
     "went to the hospital", "is in the county jail"],
)  # fmt: skip
def test_states_countries_and_words_are_no_places(words: str) -> None:
    assert not _places(f"My client {words}.")


def test_a_restricted_zip_area_says_so() -> None:
    (found,) = _places("Everybody in the 036 zip knows the van.")
    assert found.text == "036"
    assert "20,000" in found.says
    assert not _places("Everybody in the 787 zip knows the van.")


def test_a_date_without_a_year_is_possible_until_a_client_stands_beside_it() -> None:
    (alone,) = [f for f in SCREEN.screen(Post("The concert is on May 19th.")) if f.category is Category.DATE]
    assert alone.confidence is Confidence.POSSIBLE
    beside = [f for f in SCREEN.screen(Post("My client moves on May 19th.")) if f.category is Category.DATE]
    assert [finding.confidence for finding in beside] == [Confidence.SURE]
    (born,) = [f for f in SCREEN.screen(Post("She was born on May 19th.")) if f.category is Category.DATE]
    assert born.confidence is Confidence.SURE


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)))
@example("")
@example("in ß in İstanbul, TX")
@example("@ \n 📍")
def test_hits_lie_in_the_text(text: str) -> None:
    for recognizer in RECOGNIZERS:
        for hit in _hits(recognizer, text):
            assert 0 <= hit.start < hit.end <= len(text)
            assert text[hit.start : hit.end].strip()


@pytest.mark.parametrize("recognizer", RECOGNIZERS, ids=lambda module: module.__name__.rsplit(".", 1)[-1])
def test_twice_the_text_has_about_twice_the_hits(recognizer: ModuleType) -> None:
    """Every repetition is found on its own, none swallows the next: what keeps long texts linear."""
    piece = "in Marfa. Hill County. Marfa, TX. Hope House. @ Lake Hope. 12 Elm Ave. March 3rd. 3/14/2021. ZIP 78701.\n"
    counts = [len(_hits(recognizer, piece * times)) for times in (1, 2, 4, 8)]
    assert counts[0] > 0
    assert all(later == 2 * earlier for earlier, later in pairwise(counts))
