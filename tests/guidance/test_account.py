"""On which of the author's accounts a draft belongs."""

import pytest

from demur.core.accounts import Account, Network, Purpose
from demur.core.findings import Category
from demur.core.verdicts import Outcome
from demur.guidance.guidance import belongs_elsewhere

WORK = frozenset({Category.PROFESSIONAL_NOTICE})
PRIVATE = frozenset({Category.PRIVATE_LIFE})


@pytest.mark.parametrize(
    ("found", "purpose", "where"),
    [
        (WORK, Purpose.PERSONAL, "your professional account"),
        (PRIVATE, Purpose.PROFESSIONAL, "your private account"),
        (PRIVATE, Purpose.AGENCY, "your private account"),
        (frozenset({Category.SELF_EXPOSURE}), Purpose.PROFESSIONAL, "your private account"),
    ],
)
def test_what_is_on_the_wrong_account_is_told_where_it_belongs(
    found: frozenset[Category], purpose: Purpose, where: str
) -> None:
    assert where in belongs_elsewhere(Outcome.ALLOW, found, Account(purpose=purpose), ())


@pytest.mark.parametrize(
    ("found", "purpose"),
    [
        (WORK, Purpose.PROFESSIONAL),
        (WORK, Purpose.AGENCY),
        (PRIVATE, Purpose.PERSONAL),
        (frozenset({Category.SELF_EXPOSURE}), Purpose.PERSONAL),
        (frozenset({Category.DATE}), Purpose.PROFESSIONAL),
        (frozenset(), Purpose.PERSONAL),
    ],
)
def test_what_is_at_home_is_told_nothing(found: frozenset[Category], purpose: Purpose) -> None:
    assert belongs_elsewhere(Outcome.ALLOW, found, Account(purpose=purpose), ()) == ""


def test_what_may_go_nowhere_is_sent_to_no_other_account() -> None:
    for outcome in (Outcome.REFER, Outcome.DECLINE):
        assert belongs_elsewhere(outcome, WORK, Account(), ()) == ""


def test_work_and_private_life_in_one_become_two_posts() -> None:
    for purpose in Purpose:
        assert "two posts" in belongs_elsewhere(Outcome.ALLOW, WORK | PRIVATE, Account(purpose=purpose), ())


def test_an_account_that_is_known_is_named_and_the_same_network_goes_first() -> None:
    others = (
        Account(Network.X, Purpose.PROFESSIONAL, "@jordan.lcsw"),
        Account(Network.FACEBOOK, Purpose.PROFESSIONAL, "Jordan Vega Counseling"),
        Account(Network.FACEBOOK, Purpose.PERSONAL, "jojo"),
    )
    said = belongs_elsewhere(Outcome.ALLOW, WORK, Account(Network.FACEBOOK), others)
    assert "(Jordan Vega Counseling)" in said
    assert "jojo" not in said
