from __future__ import annotations

from typing import Any

import pytest

from demur.core.findings import Category
from demur.guidance.entries import Book, book, read_entries

CASE = {"outcome": frozenset({"decline"}), "relationship": frozenset({"former-client"}), "kind": frozenset({"friend"})}


def next_steps(*rows: dict[str, Any]) -> Book:
    return Book(read_entries({"part": "next", "entry": list(rows)}, "sample.toml"))


def row(text: str, slot: str = "main", **when: Any) -> dict[str, Any]:
    return {"slot": slot, "text": text, "when": when}


def test_the_most_specific_entry_fills_the_slot() -> None:
    sample = next_steps(
        row("closest", outcome="decline", relationship="former-client"), row("close", outcome="decline"), row("always")
    )
    assert [entry.text for entry in sample.choose("next", CASE)] == ["closest"]
    assert [entry.text for entry in sample.choose("next", {"outcome": frozenset({"allow"})})] == ["always"]


def test_among_equals_the_weightier_key_wins_in_any_order() -> None:
    rows = (row("kind", kind="friend"), row("outcome", outcome="decline"))
    for order in (rows, rows[::-1]):
        assert [entry.text for entry in next_steps(*order).choose("next", CASE)] == ["outcome"]


def test_a_key_that_is_not_known_never_fits() -> None:
    sample = next_steps(row("minor", minor=True), row("adult", minor=False), row("always"))
    assert [entry.text for entry in sample.choose("next", CASE)] == ["always"]


def test_an_empty_text_leaves_the_slot_empty() -> None:
    sample = next_steps(row("", outcome="decline"), row("always"))
    assert sample.choose("next", CASE) == ()


def test_each_slot_is_filled_in_order_of_the_file() -> None:
    sample = next_steps(row("one", slot="first"), row("two", slot="second"))
    assert [entry.text for entry in sample.choose("next", CASE)] == ["one", "two"]


def test_a_tie_does_not_load() -> None:
    with pytest.raises(ValueError, match="two entries fit one case"):
        next_steps(row("one", kind=["friend", "follow"]), row("two", kind="friend"))
    with pytest.raises(ValueError, match="two entries fit one case"):
        next_steps(row("one"), row("two"))


def test_of_two_categories_in_one_draft_the_weightier_speaks() -> None:
    rows = (row("date", category="date"), row("crisis", category=["crisis"]), row("name", category="client-name"))
    found = {"category": frozenset({"client-name", "date"})}
    for order in (rows, rows[::-1]):
        assert [entry.text for entry in next_steps(*order).choose("next", found)] == ["name"]
        with_crisis = {"category": found["category"] | {"crisis"}}
        assert [entry.text for entry in next_steps(*order).choose("next", with_crisis)] == ["crisis"]


def test_every_category_has_a_weight_of_its_own() -> None:
    weights = {next(next_steps(row("x", category=category)).entries()).weight for category in Category}
    assert len(weights) == len(Category)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({"part": "poem", "entry": []}, "part must be one of"),
        ({"part": "next", "entry": [row("x", weather="rain")]}, "when must be one of"),
        ({"part": "next", "entry": [row("x", kind="poke")]}, "kind must be one of"),
        ({"part": "next", "entry": [row("x", kind=[])]}, "kind must be one of"),
        ({"part": "next", "entry": [{"slot": "main"}]}, "missing text"),
        ({"part": "next", "entry": [{"slot": "main", "text": "x", "note": "y"}]}, "unknown note"),
        ({"part": "words", "entry": [{"slot": "main", "text": "x"}]}, "words have a title"),
        ({"part": "next", "entry": [{"slot": "main", "text": "x", "title": "y"}]}, "words have a title"),
    ],
)
def test_a_file_that_breaks_the_format_is_refused(data: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        list(read_entries(data, "sample.toml"))


@pytest.mark.parametrize("folder", ["requests", "posts"])
def test_the_shipped_books_load(folder: str) -> None:
    assert sum(1 for _ in book(folder).entries()) > 30
