"""Handles: one's own leads from one account to the other, what many people have doesn't."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demur.core.findings import Confidence
from demur.exposure.handles import handles_alike, plain_handle
from tests.exposure.people import COMMON


@pytest.mark.parametrize(
    ("first", "second", "strength"),
    [
        ("mossybanjo", "mossybanjo", Confidence.SURE),
        ("@MossyBanjo", "mossybanjo.bsky.social", Confidence.SURE),
        ("@mossybanjo@social.example", "mossybanjo", Confidence.SURE),
        ("jsmith84", "jsmith84", Confidence.SURE),
        ("rquill", "rquill", Confidence.SURE),
        ("rosaquill", "rosa.quill.lcsw", Confidence.LIKELY),
        ("RosaQuillTherapy", "rosaquill_1987", Confidence.LIKELY),
        ("mossybanjo", "mossy_banjo", Confidence.LIKELY),
        ("in/rosa-quill", "rosaquill22", Confidence.LIKELY),
        ("rosaquil", "rosaquill", Confidence.POSSIBLE),
        ("emilycarter", "emilycarter_lcsw", Confidence.POSSIBLE),
        ("mariagarcia", "mariagarcia", Confidence.POSSIBLE),  # typing it still leads there
        ("coffee_lover", "coffee_lover", Confidence.POSSIBLE),
    ],
)
def test_what_leads_from_one_to_the_other(first: str, second: str, strength: Confidence) -> None:
    alike = handles_alike(first, second, COMMON)
    assert alike is not None
    assert alike.strength is strength
    assert handles_alike(second, first, COMMON) is not None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("mariagarcia", "maria_garcia"),
        ("maria.garcia.lcsw", "mariagarcia22"),
        ("jsmith", "jsmith84"),
        ("johnsmith", "john_smith_therapy"),
        ("coffeelover", "coffee_lover22"),
        ("dogmom", "dogmom1990"),
        ("sunshine", "sunshine_7"),
        ("rosa", "rosa.quill"),
        ("the_real_mom", "real_mom"),
        ("quietharbor", "harborpine"),
        ("", ""),
        ("@", "@"),
        ("x", "y"),
    ],
)
def test_what_ties_nobody(first: str, second: str) -> None:
    assert handles_alike(first, second, COMMON) is None
    assert handles_alike(second, first, COMMON) is None


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("@Rosa.Q", "rosa.q"),
        ("https://x.com/RosaQ/", "rosaq"),
        ("rosaq.bsky.social", "rosaq"),
        ("@rosaq@social.example", "rosaq"),
        ("  rosaq ", "rosaq"),
    ],
)
def test_handles_are_read_as_they_are_typed(typed: str, plain: str) -> None:
    assert plain_handle(typed) == plain


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_have_an_answer_that_is_the_same_both_ways(first: str, second: str) -> None:
    one, other = handles_alike(first, second, COMMON), handles_alike(second, first, COMMON)
    assert (one is None) == (other is None)
    assert one is None or other is None or one.strength is other.strength
