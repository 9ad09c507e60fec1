"""A rule file that is not complete is refused, and the message says which file and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from demur.core.findings import Category, Confidence
from demur.core.people import Role
from demur.screening.rule import InvalidRule, Kind, default_rules, load_default_rules, load_rules, read_marks

GOOD = """
id = "tea"
kind = "pattern"
category = "self-exposure"
confidence = "likely"
title = "Tea"
says = "“{words}” speaks of tea."
cites = ["HIPAA-514-C"]
suggestions = ["a drink"]
patterns = ['\\btea\\b']

[[flags]]
text = "more [[tea]] please"

[[passes]]
text = "a team sport"
"""


def _write(folder: Path, text: str, name: str = "tea") -> Path:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_complete_rule_loads(tmp_path: Path) -> None:
    (rule,) = load_rules(_write(tmp_path, GOOD))
    assert rule.id == "tea"
    assert rule.kind is Kind.PATTERN
    assert rule.category is Category.SELF_EXPOSURE
    assert rule.confidence is Confidence.LIKELY
    assert rule.suggestions == ("a drink",)
    assert rule.flags[0].text == "more tea please"
    assert rule.flags[0].spans == ((5, 8),)
    assert rule.flags[0].role is Role.OTHER


def test_files_of_other_kinds_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("how to write a rule", encoding="utf-8")
    assert len(load_rules(_write(tmp_path, GOOD))) == 1


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('[[flags]]\ntext = "more [[tea]] please"', "", "both ways"),
        ('[[passes]]\ntext = "a team sport"', "", "both ways"),
        ('title = "Tea"', 'title = "Tea"\nseverity = 3', "'severity' is not a part of a rule"),
        ('id = "tea"', 'id = "coffee"', "file's name"),
        ("'\\btea\\b'", "'(tea'", "missing \\)"),
        ("'\\btea\\b'", "'(?=tea)'", "invalid perl operator"),
        ('"HIPAA-514-C"', '"HIPAA-999"', "'HIPAA-999' is not among the checked citations"),
        ('"a team sport"', '"a [[team]] sport"', "double brackets"),
        ('"more [[tea]] please"', '"more tea please"', "double brackets"),
        ('title = "Tea"', "", "'title' is missing"),
        ('id = "tea"', "", "'id' is missing"),
        ('"pattern"', '"guess"', "kind must be one of"),
        ('"self-exposure"', '"gossip"', "category must be one of"),
        ('"likely"', '"certain"', "confidence must be one of: possible, likely, sure"),
        ("patterns = ['\\btea\\b']", 'phrases = ["tea"]', "no other kind has"),
        ('kind = "pattern"', 'kind = "phrase"', "no other kind has"),
        ('"a team sport"', '"a team sport"\nmood = "calm"', "'mood' is not a part of an example"),
        ('"a team sport"', '"a team sport"\nrole = "baker"', "role must be one of"),
        ('title = "Tea"', "title = Tea", "tea.toml"),
    ],
)  # fmt: skip
def test_an_incomplete_rule_is_refused(tmp_path: Path, old: str, new: str, why: str) -> None:
    assert old in GOOD
    with pytest.raises(InvalidRule) as refused:
        load_rules(_write(tmp_path, GOOD.replace(old, new)))
    assert str(refused.value).startswith("tea.toml: ")
    assert why.replace("\\", "") in str(refused.value)


def test_code_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    rule = GOOD.replace('"pattern"', '"code"').replace(
        "patterns = ['\\btea\\b']", "recognizer = 'nobody'\ntrigger = 'tea'"
    )
    with pytest.raises(InvalidRule, match="nobody"):
        load_rules(_write(tmp_path, rule))


@pytest.mark.parametrize(
    ("marked", "text", "spans"),
    [
        ("none", "none", ()),
        ("[[a]] b [[c d]]", "a b c d", ((0, 1), (4, 7))),
        ("[[two\nlines]]", "two\nlines", ((0, 9),)),
        ("💗 [[é]]!", "💗 é!", ((2, 3),)),
        ("[x] [[y]]", "[x] y", ((4, 5),)),
    ],
)
def test_marks_are_read(marked: str, text: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert read_marks(marked) == (text, spans)


def test_every_rule_of_demur_says_its_reason_in_one_voice() -> None:
    names = [file.name for file in default_rules().iterdir() if file.name.endswith(".toml")]
    rules = load_default_rules()
    assert len(rules) == len(names)
    for rule in rules:
        assert rule.says.endswith((".", "?")), rule.id
        assert rule.title, rule.id
        assert "violation" not in rule.says.lower(), rule.id
        assert "%" not in rule.says, rule.id


@pytest.mark.parametrize("rule", load_default_rules(), ids=lambda rule: rule.id)
def test_a_rule_has_six_examples_each_way(rule: object) -> None:
    assert len(rule.flags) >= 6, "flags"  # type: ignore[attr-defined]
    assert len(rule.passes) >= 6, "passes"  # type: ignore[attr-defined]
