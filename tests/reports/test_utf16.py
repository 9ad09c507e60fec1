from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from demur.reports.utf16 import Utf16

any_text = st.text(
    st.one_of(
        st.characters(), st.sampled_from("😀👩🏽‍⚕️a\ud83d\ude00\x00\u200b\u05d0é"), st.characters(categories=["Cs"])
    )
)


def units(text: str) -> int:
    """The slow and certain count: what the text takes when written out as UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(any_text)
def test_units_are_what_utf16_takes(text: str) -> None:
    mapping = Utf16.of(text)
    assert [mapping.units(position) for position in range(len(text) + 1)] == [
        units(text[:position]) for position in range(len(text) + 1)
    ]


@given(any_text)
def test_points_is_the_way_back(text: str) -> None:
    mapping = Utf16.of(text)
    for position in range(len(text) + 1):
        assert mapping.points(mapping.units(position)) == position


@given(any_text)
def test_each_unit_belongs_to_the_character_that_holds_it(text: str) -> None:
    mapping = Utf16.of(text)
    holders = [position for position, character in enumerate(text) for _ in range(units(character))]
    assert [mapping.points(unit) for unit in range(len(holders))] == holders


def test_span_counts_the_length_in_units_too() -> None:
    assert Utf16.of("😀😀 Marcus 😀!").span(3, 9) == (5, 6)
    assert Utf16.of("a😀b").span(1, 2) == (1, 2)


def test_a_lone_surrogate_is_one_unit() -> None:
    assert Utf16.of("\ud83d Marcus").units(2) == 2
