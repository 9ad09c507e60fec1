"""Folding looks through styling and always finds the way back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from demur.core.folding import fold

ANY_TEXT = st.text(st.characters(), max_size=60)
MIXED = st.lists(
    st.sampled_from(
        [
            "a",
            "Z",
            "é",
            "e\u0301",
            "\u200b",
            "ﬁ",
            "ß",
            "İ",
            "👩‍👧",
            "５",
            "“",
            "—",
            "א",
            "\u202e",
            "½",
            "\ud800",
            "\x00",
            " ",
        ]
    ),
    max_size=20,
).map("".join)


def _original_of(text: str, word: str) -> str:
    folded = fold(text)
    start = folded.text.index(word)
    first, last = folded.span(start, start + len(word))
    return text[first:last]


@pytest.mark.parametrize(
    ("text", "word", "original"),
    [
        ("say Maria now", "maria", "Maria"),
        ("👩‍👧 Maria", "maria", "Maria"),
        ("Mar\u200bia\u200b, hi", "maria", "Mar\u200bia"),
        ("Mari\u0301a here", "maria", "Mari\u0301a"),
        ("see ＭＡＲＩＡ！", "maria", "ＭＡＲＩＡ"),
        ("𝓜𝓪𝓻𝓲𝓪 ok", "maria", "𝓜𝓪𝓻𝓲𝓪"),
        ("שלום Maria", "maria", "Maria"),
        ("\u202eab\u202c Maria", "maria", "Maria"),
        ("\u200bﬁx Maria", "maria", "Maria"),
        ("5️⃣1️⃣2️⃣ go", "512", "5️⃣1️⃣2️⃣"),
        ("O’Neil", "o'neil", "O’Neil"),
        ("the ﬁle", "file", "ﬁle"),
    ],
    ids=["plain", "emoji", "zero-width", "combining", "full-width", "script", "hebrew", "override", "even", "keycaps",
         "quote", "ligature"],
)  # fmt: skip
def test_a_word_leads_back_to_what_was_written(text: str, word: str, original: str) -> None:
    assert _original_of(text, word).rstrip("\ufe0f\u20e3") == original.rstrip("\ufe0f\u20e3")


def test_one_dropped_and_one_doubled_character_do_not_cancel_out() -> None:
    folded = fold("\u200bﬁx")
    assert folded.text == "fix"
    assert folded.span(0, 2) == (1, 2)
    assert folded.span(2, 3) == (2, 3)


@pytest.mark.parametrize("text", ["plain words, 123", "Ünïcode but each one letter", "“quoted” — dashed"])
def test_no_map_is_kept_where_every_position_stays(text: str) -> None:
    folded = fold(text)
    assert folded.starts is None
    assert folded.ends is None
    assert len(folded.text) == len(text)


@settings(deadline=None)
@given(st.one_of(ANY_TEXT, MIXED))
@example("")
@example("\ud800")
@example("\x00")
def test_every_folded_character_leads_to_one_that_was_written(text: str) -> None:
    folded = fold(text)
    last = 0
    for position in range(len(folded.text)):
        start, end = folded.span(position, position + 1)
        assert 0 <= start < end <= len(text)
        assert start >= last, "the order of the text is kept"
        last = start
        assert folded.text[position] in fold(text[start:end]).text


@settings(deadline=None)
@given(st.one_of(ANY_TEXT, MIXED))
def test_folded_text_is_lower_case_and_free_of_hidden_characters(text: str) -> None:
    folded = fold(text).text
    assert fold(folded).text == folded
    assert not any(unicodedata.category(character) in {"Cf", "Mn", "Me", "Cs"} for character in folded)
    folded.encode("utf-8")


@settings(deadline=None)
@given(st.text(st.characters(max_codepoint=127), max_size=80))
def test_plain_english_only_loses_its_capitals(text: str) -> None:
    assert fold(text).text == text.lower()
