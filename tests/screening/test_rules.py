"""Every rule's examples, run through the whole screen with its prefilter."""

from __future__ import annotations

import pytest

from demur.screening.examples import marks
from demur.screening.rule import Example, Rule, load_default_rules
from demur.screening.screen import Screen

RULES = load_default_rules()
SCREEN = Screen(RULES)


def _examples(kind: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.id}-{number}")
        for rule in RULES
        for number, example in enumerate(getattr(rule, kind))
    ]


@pytest.mark.parametrize(("rule", "example"), _examples("flags"))
def test_a_rule_marks_its_flagged_words(rule: Rule, example: Example) -> None:
    found = marks(SCREEN, rule, example)
    assert found == set(example.spans), [example.text[start:end] for start, end in sorted(found)]


@pytest.mark.parametrize(("rule", "example"), _examples("passes"))
def test_a_rule_passes_its_innocent_twins(rule: Rule, example: Example) -> None:
    found = marks(SCREEN, rule, example)
    assert not found, [example.text[start:end] for start, end in sorted(found)]
