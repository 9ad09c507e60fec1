"""Text from outside is read as what it is, or refused: a letter that is lost would hide a name."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demur.records.plain_text import UnreadableText, read_text, read_text_line

NAME = "Zoë Núñez 🎉"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_and_its_mark(encoding: str) -> None:
    assert read_text(NAME.encode(encoding)) == NAME


def test_utf_16_of_either_order() -> None:
    assert read_text(b"\xff\xfe" + NAME.encode("utf-16-le")) == NAME
    assert read_text(b"\xfe\xff" + NAME.encode("utf-16-be")) == NAME


@pytest.mark.parametrize(
    "data",
    [
        NAME.replace("🎉", "").encode("cp1252"),
        NAME.encode("utf-16-le"),
        NAME.encode("utf-32"),
        b"\xff\xfeZ",
        b"Zo\x00",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\xed\xa0\x80",
    ],
)
def test_what_is_no_text_is_refused_without_repeating_it(data: bytes) -> None:
    with pytest.raises(UnreadableText) as refused:
        read_text(data)
    assert "Zo" not in str(refused.value)


def test_a_line_is_never_taken_for_utf_16() -> None:
    """In the middle of a file these bytes mean nothing, and would read as letters of some other script."""
    with pytest.raises(UnreadableText):
        read_text_line(b"\xff\xfeab")


@given(st.binary(max_size=60))
def test_nothing_is_lost(data: bytes) -> None:
    with contextlib.suppress(UnreadableText):
        text = read_text(data)
        assert "\ufffd" not in text or "\ufffd".encode() in data or data[:2] in (b"\xff\xfe", b"\xfe\xff")
