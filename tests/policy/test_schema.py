from __future__ import annotations

import re
from enum import Enum

import pytest

from demur.core.accounts import Audience, Network, Purpose
from demur.core.content import Direction, RequestKind, SearchReason
from demur.core.findings import Category
from demur.core.matches import Level
from demur.core.people import Relationship, Role
from demur.policy.facts import Action, Answer
from demur.policy.policy import schema_source

VOCABULARIES: tuple[type[Enum], ...] = (
    Role, Purpose, Network, Audience, Category, Answer, Relationship, Level, Direction, RequestKind,
    SearchReason,
)  # fmt: skip


def enumerations() -> dict[str, list[str]]:
    found = re.findall(r"entity (\w+) enum \[(.*?)\];", schema_source(), re.DOTALL)
    return {name: re.findall(r'"([^"]+)"', members) for name, members in found}


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda vocabulary: vocabulary.__name__)
def test_the_schema_repeats_the_vocabulary(vocabulary: type[Enum]) -> None:
    assert enumerations()[vocabulary.__name__] == [member.value for member in vocabulary]


def test_the_schema_has_no_enumeration_of_its_own() -> None:
    assert set(enumerations()) == {vocabulary.__name__ for vocabulary in VOCABULARIES}


def test_the_schema_knows_every_action() -> None:
    assert set(re.findall(r'^action "([a-z-]+)"', schema_source(), re.MULTILINE)) == {action.value for action in Action}
