"""Entries out of files piece by piece: the same wherever the pieces are cut, and the same as reading all at once."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demur.networks.exports.streams import (
    Damaged,
    Entry,
    Go,
    Path,
    Unfamiliar,
    json_entries,
    json_texts,
    rows,
    table_entries,
    texts,
)


def cut(content: bytes, length: int) -> Iterator[bytes]:
    return (content[start : start + length] for start in range(0, len(content), length))


def entries(content: bytes, length: int = 1_000, *, script: bool = False) -> list[tuple[Path, int, object]]:
    found = json_entries(json_texts(texts(cut(content, length)), script=script), lambda path: Go.IN)
    return [(one.path, one.index, one.value) for one in found]


def outermost(value: Any, path: Path = ()) -> list[tuple[Path, int, object]]:
    """What the entries are, by their definition."""
    if isinstance(value, list):
        return [(path, index, one) for index, one in enumerate(value)]
    if isinstance(value, dict):
        return [entry for key, one in value.items() for entry in outermost(one, (*path, key))]
    return [(path, -1, value)] if path else []


_value = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(-1e6, 1e6) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=15,
)


@settings(deadline=None)
@given(
    st.lists(_value, max_size=3) | st.dictionaries(st.text(max_size=4), _value, max_size=3),
    st.integers(4, 40),
    st.booleans(),
)
def test_entries_are_those_of_reading_all_at_once(value: Any, length: int, ascii_only: bool) -> None:
    content = json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "replace")
    assert entries(content, length) == outermost(json.loads(content))


@pytest.mark.parametrize("length", range(4, 30))
def test_halves_of_pairs_are_told_from_pairs_wherever_they_are_cut(length: int) -> None:
    written = (
        rb'["a\ud83d b", "\ud83d\ude00", "\\ud83d", "\\\ud83d", "\udc00\ud83d", "\ud83dx", "\ud83d\u00e9", "\uD83D"]'
    )
    assert [value for _, _, value in entries(written, length)] == [
        "a\ufffd b", "😀", "\\ud83d", "\\\ufffd", "\ufffd\ufffd", "\ufffdx", "\ufffdé", "\ufffd",
    ]  # fmt: skip


def test_backslashes_without_end_take_no_more_than_their_length() -> None:
    for text in (b"\\" * 3_000_000, b"\\ud83d" * 300_000, b"a" * 3_000_000):
        (found,) = entries(b'["' + text + b'"]', 65_536)
        assert isinstance(found[2], str)


def test_what_stands_before_the_json_of_x_is_passed_over() -> None:
    for before in (b"window.YTD.tweets.part0 = ", b"Grailbird.data.tweets_2014_03 =\n", b"\xef\xbb\xbfwindow.x = "):
        assert entries(before + b'[{"a": 1}];\n', 5, script=True) == [((), 0, {"a": 1})]
    with pytest.raises(Damaged):
        entries(b"var a;", script=True)


@pytest.mark.parametrize(
    "content", [b"", b" ", b"[1, 2", b'{"a": [1, 2', b"[1, NaN]", b"[1 2]", b"<html>", b"[" + b"9" * 5_000]
)
def test_what_is_not_json_is_damaged(content: bytes) -> None:
    with pytest.raises(Damaged):
        entries(content)


def test_a_reader_chooses_what_it_takes_whole_and_what_it_passes_over() -> None:
    asked: list[Path] = []

    def choose(path: Path) -> Go:
        asked.append(path)
        return {"messages": Go.PAST, "settings": Go.WHOLE}.get(path[-1] if path else "", Go.IN)

    content = {
        "messages": {"with": [{"text": "private"}]},
        "settings": {"a": {"b": 1}},
        "posts": [{"settings": {"c": 2}}],
    }
    found = list(json_entries([json.dumps(content)], choose))
    assert found == [Entry(("settings",), -1, {"a": {"b": 1}}), Entry(("posts",), 0, {"settings": {"c": 2}})]
    assert asked == [(), ("messages",), ("settings",), ("posts",)]


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_characters="\r\x00"), max_size=9), min_size=2, max_size=4),
        min_size=1,
        max_size=5,
    ),
    st.integers(1, 9),
)
def test_rows_are_those_of_reading_all_at_once(table: list[list[str]], length: int) -> None:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows([["a,b", "c"], *table])
    text = written.getvalue()
    found = list(rows(text[start : start + length] for start in range(0, len(text), length)))
    assert found[1:] == [[*row] for row in table]


def test_rows_end_in_any_way() -> None:
    for end in ("\n", "\r\n", "\r"):
        for length in (1, 2, 100):
            text = end.join(("a,b", '1,"x' + end + 'y"', "2,z")) + end
            pieces = (text[start : start + length] for start in range(0, len(text), length))
            assert list(rows(pieces)) == [["a", "b"], ["1", "x\ny"], ["2", "z"]]


def test_a_quote_that_never_ends_costs_no_memory_and_no_earlier_row() -> None:
    found = list(rows(['a,b\n1,2\n3,"', *["x" * 60_000] * 100]))
    assert found[:2] == [["a", "b"], ["1", "2"]]
    assert None in found


def test_headings_are_found_below_remarks_and_a_table_of_others_is_none() -> None:
    text = 'Notes:\n"We left out, as you wished, some"\n\nFirst Name,Last Name\nAl,Muster\n,\nBo,Sample\n'
    assert [one.value for one in table_entries([text], [frozenset({"firstname", "lastname"})])] == [
        {"firstname": "Al", "lastname": "Muster"},
        {"firstname": "Bo", "lastname": "Sample"},
    ]
    for other in (text, "", "\n" * 50, "a,b\n" * 50):
        with pytest.raises(Unfamiliar):
            list(table_entries([other], [frozenset({"company"})]))


def test_a_line_without_end_costs_no_more_than_its_length() -> None:
    joined = "".join("".join(row or ()) for row in rows(["a,b\n", *["x" * 1_000] * 3_000, "\r", "\n1,2\n"]))
    assert joined.startswith("ab")
    assert joined.endswith("12")


@pytest.mark.parametrize("content", [b'"hello"', b"5 ", b"true", b"1.5 "])
def test_a_value_alone_is_no_file_of_an_export(content: bytes) -> None:
    with pytest.raises((Unfamiliar, Damaged)):
        entries(content)
    assert entries(b"null") == []


def test_one_broken_sign_changes_no_other() -> None:
    written = "Grüße, Žluťoučký, 阿明".encode()
    assert "".join(texts([b"\xff" + written])) == "\ufffdGrüße, Žluťoučký, 阿明"
    assert "".join(texts([written[:3] + written[4:]])) == "Gr\ufffdße, Žluťoučký, 阿明"
    assert "".join(texts(["José Müller".encode("cp1252")])) == "José Müller"
