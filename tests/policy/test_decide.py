from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import cedarpy
import pytest

from demur.core.findings import Category
from demur.core.people import Relationship
from demur.core.verdicts import Outcome
from demur.policy.decide import decide, failing_cases
from demur.policy.facts import ConnectFacts, PublishFacts
from demur.policy.policy import Policy, load_policy

OVERFLOWS = """@id("connect/years")
@title("Years")
@outcome("revise")
@says("Years.")
forbid (principal, action == Action::"connect", resource)
when { context has years_since_end && context.years_since_end * 9223372036854775807 > 1 };
"""
ANYBODY = """@id("connect/anybody")
@title("Anybody")
@outcome("allow")
@says("Anybody.")
permit (principal, action == Action::"connect", resource)
when { context.relationship != Relationship::"unknown" };
"""
YEARS_CASES = """[[case]]
says = "One year."
met = true
facts = { relationship = "none", years_since_end = 1 }
[[case]]
says = "No year."
met = false
facts = { relationship = "none" }
"""
ANYBODY_CASES = """[[case]]
says = "A friend."
met = true
facts = { relationship = "none" }
[[case]]
says = "A stranger."
met = false
"""


@pytest.fixture
def overflowing(tmp_path: Path) -> Policy:
    folder = tmp_path / "connect"
    folder.mkdir()
    for name, clause, cases in (("years", OVERFLOWS, YEARS_CASES), ("anybody", ANYBODY, ANYBODY_CASES)):
        (folder / f"{name}.cedar").write_text(clause, "utf-8")
        (folder / f"{name}.cases.toml").write_text(cases, "utf-8")
    return load_policy(tmp_path, name="ours")


def test_an_error_while_judging_is_never_milder_than_refer(overflowing: Policy) -> None:
    friend = ConnectFacts(relationship=Relationship.NONE)
    assert decide(overflowing, friend).outcome is Outcome.ALLOW
    got = decide(overflowing, replace(friend, years_since_end=3))
    assert (got.outcome, got.errors, got.by_default) == (Outcome.REFER, 1, False)
    assert [clause.id for clause in got.met] == ["connect/anybody"]


def test_an_error_without_a_permit_stays_a_no(overflowing: Policy) -> None:
    got = decide(overflowing, ConnectFacts(years_since_end=3))
    assert (got.outcome, got.errors, got.by_default) == (Outcome.DECLINE, 1, True)


def test_numbers_beyond_cedar_fail_closed(default_policy: Policy) -> None:
    got = decide(default_policy, ConnectFacts(relationship=Relationship.NONE, years_since_end=2**70))
    assert got.outcome is Outcome.DECLINE
    assert got.errors == 1


def test_nothing_permitted_is_a_no_by_default(own_policy: Path) -> None:
    policy = load_policy(own_policy, name="ours")
    got = decide(policy, PublishFacts(found=frozenset({Category.CRISIS})))
    assert (got.outcome, got.met, got.by_default, got.errors) == (Outcome.DECLINE, (), True, 0)
    got = decide(policy, ConnectFacts(relationship=Relationship.COLLEAGUE))
    assert (got.outcome, got.by_default) == (Outcome.DECLINE, True)


def test_a_forbid_is_not_by_default(default_policy: Policy) -> None:
    assert not decide(default_policy, PublishFacts(found=frozenset({Category.CLIENT_NAME}))).by_default


def test_the_strictest_outcome_wins_and_stands_first(default_policy: Policy) -> None:
    found = frozenset({Category.SELF_EXPOSURE, Category.CLIENT_NAME, Category.CLIENT_REFERENCE})
    got = decide(default_policy, PublishFacts(found=found, possible=frozenset({Category.CRISIS})))
    assert got.outcome is Outcome.DECLINE
    assert [clause.id for clause in got.met] == [
        "publish/client-name",
        "publish/client-reference",
        "publish/self-exposure",
    ]


def test_permits_are_told_only_where_nothing_forbids(default_policy: Policy) -> None:
    talk = PublishFacts(found=frozenset({Category.PROTECTED_CONCERTED}))
    assert [clause.id for clause in decide(default_policy, talk).met] == ["publish/default", "publish/protected-talk"]
    held = replace(talk, found=talk.found | {Category.CLIENT_NAME})
    assert [clause.id for clause in decide(default_policy, held).met] == ["publish/client-name"]


def test_the_order_of_clauses_does_not_matter(default_policy: Policy) -> None:
    clauses = list(default_policy.clauses)
    random.Random(7).shuffle(clauses)
    shuffled = replace(
        default_policy, policy_set=cedarpy.PolicySet.from_str("\n".join(clause.source for clause in clauses))
    )
    for clause in default_policy.clauses:
        for case in clause.cases:
            assert decide(shuffled, case.facts) == decide(default_policy, case.facts)


def test_a_case_that_fails_is_found(own_policy: Path) -> None:
    assert failing_cases(load_policy(own_policy, name="ours")) == ()
    path = own_policy / "publish" / "name.cases.toml"
    path.write_text(path.read_text("utf-8").replace("facts = { }", 'outcome = "refer"'), "utf-8")
    failure = failing_cases(load_policy(own_policy, name="ours"))[0]
    assert (failure.clause.id, failure.case.says, failure.got.outcome) == ("publish/name", "No name.", Outcome.ALLOW)
    path.write_text(
        path.read_text("utf-8").replace("met = true", "met = true\nfacts = { }\n[[case]]\nsays = 'B'\nmet = true"),
        "utf-8",
    )
    assert len(failing_cases(load_policy(own_policy, name="ours"))) == 2
