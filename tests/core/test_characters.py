"""Half a character is replaced where it comes in; everything else stays as it is, and where it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from demur.core.characters import whole


@given(st.text(st.characters() | st.sampled_from("\ud800\udbff\udc00\udfff")))
def test_what_comes_out_can_be_written_and_every_place_stays(text: str) -> None:
    mended = whole(text)
    mended.encode()
    assert len(mended) == len(text)
    assert all(new in (old, "\ufffd") for old, new in zip(text, mended, strict=True))


@given(st.text())
def test_a_text_of_whole_characters_is_left_alone(text: str) -> None:
    assert whole(text) == text
