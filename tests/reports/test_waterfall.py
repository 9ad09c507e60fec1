"""The picture of a match: it adds up, stays inside, can be read without eyes, and lets nothing through."""

from __future__ import annotations

import math
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from demur.core.matches import Comparison, Level, Match
from demur.core.people import Client
from demur.reports.waterfall import figure, strongest, strongest_in_words, waterfall

SVG = "{http://www.w3.org/2000/svg}"
PRIOR = Comparison("prior", "most requests", -7.0, "Most requests come from people you don't serve.")
GIVEN = Comparison("given name", "same", 8.0, "Given name is rare and the same.")
YEAR = Comparison("birth year", "same", 6.0, "The handle ends in 1984; born 1984.")
CITY = Comparison("city", "different", -3.0, "The city is another; people move.")
NAMESAKES = Comparison("namesakes", "several", 0.0, "About 30 people around here may have this name.")
TIE = Comparison("other client", "tie", 0.0, "Another Ana Example on your caseload fits about as well.")


def match(*comparisons: Comparison) -> Match:
    client = Client("C-1", "Ana", family_name="Example")
    return Match(client, Level.POSSIBLE, sum(one.bits for one in comparisons), comparisons)


def drawn(found: Match) -> ElementTree.Element:
    return ElementTree.fromstring(waterfall(found))


def rects(found: Match, kind: str) -> list[tuple[float, float]]:
    """Start and end of the bars of a kind."""
    bars = [bar for bar in drawn(found).iter(f"{SVG}rect") if bar.get("class") == kind]
    starts = [(float(bar.get("x", "")), float(bar.get("width", ""))) for bar in bars]
    return [(x, x + width) for x, width in starts]


def test_each_bar_begins_where_the_one_before_it_ends() -> None:
    found = match(GIVEN, PRIOR, YEAR)
    (name, year), ((begin, end),) = rects(found, "for"), rects(found, "against")
    assert math.isclose(end + 1, name[1], abs_tol=0.2)  # a bar against is drawn as a line, half of it outside
    assert math.isclose(begin - 1, year[0], abs_tol=0.2)
    (together,) = rects(found, "sum")
    assert math.isclose(together[0], name[0], abs_tol=0.2)
    assert math.isclose(together[1], year[1], abs_tol=0.2)


def test_the_figures_stand_in_it_as_text_and_for_screen_readers() -> None:
    picture = drawn(match(GIVEN, CITY, PRIOR))
    texts = [text.text for text in picture.iter(f"{SVG}text")]
    assert texts == ["given name", "+8.0", "city", "−3.0", "to begin with", "−7.0", "together", "−2.0"]
    assert picture.get("role") == "img"
    assert [child.tag.removeprefix(SVG) for child in picture][:2] == ["title", "desc"]
    assert picture[1].text == "Given name +8.0. City −3.0. To begin with −7.0. Together −2.0."


def test_it_names_nobody() -> None:
    assert "Ana" not in waterfall(match(GIVEN, TIE, PRIOR))


def test_what_has_no_weight_has_no_bar() -> None:
    assert waterfall(match(GIVEN, NAMESAKES, TIE)) == waterfall(match(GIVEN))


def test_without_evidence_there_is_still_a_picture() -> None:
    assert [text.text for text in drawn(match()).iter(f"{SVG}text")] == ["together", "0"]


def test_small_things_are_added_up() -> None:
    many = match(*(Comparison(f"field {number}", "same", 1.0, "") for number in range(20)))
    texts = [text.text for text in drawn(many).iter(f"{SVG}text")]
    assert texts[-4:] == ["smaller things", "+8.0", "together", "+20.0"]


fields = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)


@given(st.lists(st.tuples(fields, st.floats(-30, 30, allow_nan=False)), max_size=20))
def test_any_evidence_makes_a_picture_that_stays_inside_and_runs_nothing(pieces: list[tuple[str, float]]) -> None:
    picture = drawn(match(*(Comparison(field, "same", bits, field) for field, bits in pieces)))
    tags = {element.tag.removeprefix(SVG) for element in picture.iter()}
    assert tags <= {"svg", "title", "desc", "line", "rect", "text"}
    names = {name for element in picture.iter() for name in element.keys()}  # noqa: SIM118
    assert not {name for name in names if name.startswith("on") or "href" in name or name == "style"}
    height = float(picture.get("viewBox", "").split()[3])
    for bar in picture.iter(f"{SVG}rect"):
        x, y, wide = (float(bar.get(name, "")) for name in ("x", "y", "width"))
        assert x >= 111.5
        assert x + wide <= 260
        assert 0 <= y <= height - 14


def test_markup_in_a_field_is_text() -> None:
    assert "<script" not in waterfall(match(Comparison("<script>", "same", 1.0, "")))


def test_the_strongest_reasons_are_those_of_the_profile() -> None:
    assert strongest(match(YEAR, GIVEN, CITY, PRIOR)) == (GIVEN, CITY)
    assert strongest(match(GIVEN, PRIOR)) == (GIVEN, None)
    assert strongest(match(PRIOR)) == (None, None)


def test_a_doubt_without_weight_is_a_reason_where_nothing_weighs_against() -> None:
    assert strongest(match(GIVEN, NAMESAKES, PRIOR)) == (GIVEN, NAMESAKES)
    assert strongest(match(GIVEN, NAMESAKES, TIE, PRIOR)) == (GIVEN, TIE)
    assert strongest(match(GIVEN, TIE, CITY)) == (GIVEN, CITY)


def test_they_are_said_in_a_line() -> None:
    assert strongest_in_words(match(GIVEN, CITY, PRIOR)) == (
        "Most for it: given name is rare and the same. Most against it: the city is another; people move."
    )
    assert strongest_in_words(match(GIVEN, PRIOR)).endswith("Nothing in the profile speaks against it.")
    assert strongest_in_words(match(PRIOR)).startswith("Little speaks for it.")


def test_the_name_of_another_client_keeps_its_capital() -> None:
    tie = Comparison("other client", "tie", 0.0, "Bo Example on your caseload fits about as well.")
    assert "Most against it: Bo Example" in strongest_in_words(match(GIVEN, tie))


def test_figures_have_their_sign() -> None:
    assert [figure(bits) for bits in (2.04, -3.0, 0.0, -0.01)] == ["+2.0", "−3.0", "0", "0"]
