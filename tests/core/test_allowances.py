"""What may be called fine, for how long, and that a fingerprint tells nothing without its key."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demur.core.allowances import (
    DAYS,
    MOST_DAYS,
    NEVER_FOR_GOOD,
    NEVER_IN_ANY_POST,
    Allowance,
    fingerprint,
    last_day,
    may_be_accepted,
    may_be_called_fine,
    normalised,
)
from demur.core.findings import ABOUT_CLIENTS, Category, Confidence, Finding

TODAY = date(2026, 11, 22)
KEY = b"k" * 32


def finding(category: Category, confidence: Confidence) -> Finding:
    return Finding(category, "a-rule", 0, 4, "Rose", confidence, "It says.")


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("confidence", Confidence)
def test_nothing_that_speaks_of_clients_is_fine_for_good(category: Category, confidence: Confidence) -> None:
    one = finding(category, confidence)
    if category in ABOUT_CLIENTS and (category, confidence) != (Category.CLIENT_NAME, Confidence.POSSIBLE):
        assert not may_be_called_fine(one)
    if may_be_called_fine(one):
        assert may_be_accepted(one), "what is fine everywhere is fine in one post"
    if category is Category.CLIENT_NAME:
        assert may_be_accepted(one) is (confidence is Confidence.POSSIBLE)


def test_what_an_agency_may_want_to_call_fine() -> None:
    for category in (Category.PHONE, Category.EMAIL, Category.URL, Category.GEOGRAPHY, Category.NAME, Category.DATE):
        assert may_be_called_fine(finding(category, Confidence.SURE))
    assert may_be_called_fine(finding(Category.COLLEAGUE_OR_AGENCY, Confidence.LIKELY))


def test_numbers_that_lead_to_one_person_are_never_fine() -> None:
    assert NEVER_IN_ANY_POST < NEVER_FOR_GOOD
    for category in (Category.SSN, Category.MEDICAL_RECORD_NUMBER, Category.ACCOUNT_NUMBER, Category.BIOMETRIC):
        assert not may_be_accepted(finding(category, Confidence.POSSIBLE))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rose", "ROSE"),
        ("Marisol  Quintanilla", "Marisol\nQuintanilla"),
        ("José", "Jose"),
        ("the “Elm” St.", 'the "elm" st.'),
        ("R\u200bose", "rose"),
    ],
)
def test_the_same_words_have_one_fingerprint(one: str, other: str) -> None:
    assert fingerprint(KEY, "a-rule", normalised(one)) == fingerprint(KEY, "a-rule", normalised(other))


def test_another_rule_word_or_key_is_another_fingerprint() -> None:
    marks = {
        fingerprint(KEY, "a-rule", "rose"),
        fingerprint(KEY, "b-rule", "rose"),
        fingerprint(KEY, "a-rule", "rosa"),
        fingerprint(b"x" * 32, "a-rule", "rose"),
        fingerprint(KEY, "a-ruler", "ose"),
        fingerprint(KEY, "a-rule", "rose", ""),
    }
    assert len(marks) == 6


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_parts_are_told_apart(one: list[str], other: list[str]) -> None:
    assert (fingerprint(KEY, *one) == fingerprint(KEY, *other)) is (one == other)


def test_half_a_surrogate_pair_has_a_fingerprint() -> None:
    assert len(fingerprint(KEY, "a-rule", "\ud83d")) == 64


def test_an_allowance_counts_through_its_last_day() -> None:
    allowance = Allowance("f" * 64, "a-rule", Category.PHONE, "ours", "me", TODAY, TODAY + timedelta(days=2))
    counts = [allowance.counts_on(TODAY + timedelta(days=day)) for day in (-1, 0, 2, 3)]
    assert counts == [False, True, True, False]


def test_how_long_something_stays_fine() -> None:
    assert last_day(TODAY, None) == TODAY + timedelta(days=DAYS)
    assert last_day(TODAY, TODAY) == TODAY
    assert last_day(TODAY, TODAY + timedelta(days=MOST_DAYS)) == TODAY + timedelta(days=MOST_DAYS)
    for wrong in (TODAY - timedelta(days=1), TODAY + timedelta(days=MOST_DAYS + 1), date.max):
        with pytest.raises(ValueError, match=r"day is past|years away"):
            last_day(TODAY, wrong)
