"""Walks `decisions.toml`: every role, relationship, kind, direction and account comes out as it is written there."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from demur.core.accounts import Purpose
from demur.core.content import Direction, RequestKind, SearchReason
from demur.core.people import Relationship, Role
from demur.core.verdicts import Outcome
from demur.core.vocabulary import Word
from demur.policy.decide import decide
from demur.policy.facts import ConnectFacts
from demur.policy.policy import Policy

TABLE = tomllib.loads(Path(__file__).with_name("decisions.toml").read_text("utf-8"))
AXES: dict[str, type[Word]] = {
    "role": Role,
    "relationship": Relationship,
    "kind": RequestKind,
    "direction": Direction,
    "purpose": Purpose,
}


def combinations(row: Mapping[str, Any]) -> Iterator[ConnectFacts]:
    axes = [[axis(word) for word in row[name]] if name in row else list(axis) for name, axis in AXES.items()]
    for chosen in product(*axes):
        facts: Any = dict(zip(AXES, chosen, strict=True))
        yield ConnectFacts(**facts)


def fits(row: Mapping[str, Any], facts: ConnectFacts) -> bool:
    return all(name not in row or getattr(facts, name).value in row[name] for name in AXES)


def test_the_table_is_complete_and_plain() -> None:
    for row in (*TABLE["row"], *TABLE["with"]):
        assert row["reason"].endswith((".", "?"))
        assert row.keys() - {"reason", "outcome", "clause", "facts"} <= AXES.keys()
    assert TABLE.keys() == {"row", "with"}
    assert all("facts" in row and "clause" in row for row in TABLE["with"])


def test_every_combination_is_decided_as_the_table_says(default_policy: Policy) -> None:
    decided: Counter[int] = Counter()
    for facts in combinations({}):
        last = max(number for number, row in enumerate(TABLE["row"]) if fits(row, facts))
        decided[last] += 1
        got = decide(default_policy, facts)
        row = TABLE["row"][last]
        assert got.outcome is Outcome.read(row["outcome"]), (row["reason"], facts, [clause.id for clause in got.met])
    assert set(decided) == set(range(len(TABLE["row"]))), "a row that decides nothing misleads whoever reads it"


@pytest.mark.parametrize("row", TABLE["with"], ids=lambda row: row["reason"])
def test_what_is_known_besides_decides_as_the_table_says(default_policy: Policy, row: dict[str, Any]) -> None:
    more = dict(row["facts"])
    if "purpose_of_search" in more:
        more["purpose_of_search"] = SearchReason(more["purpose_of_search"])
    for facts in combinations(row):
        got = decide(default_policy, replace(facts, **more))
        assert got.outcome is Outcome.read(row["outcome"]), (facts, [clause.id for clause in got.met])
        assert row["clause"] in {clause.id for clause in got.met}, facts
