"""Rules share lists of words, and look around a hit before they speak."""

from __future__ import annotations

from pathlib import Path

import pytest

from demur.core.content import Post
from demur.screening.rule import InvalidRule, load_rules, with_words
from demur.screening.screen import Screen

_RULE = """
id = "crumb"
kind = "pattern"
category = "client-reference"
confidence = "likely"
title = "A crumb"
says = "{words}"
patterns = ['PATTERN']
also = ['\\bbutter\\b', '\\bknife\\b']
unless = ['\\bcake\\b']
unless_post = ['\\bbakery\\b']

[[flags]]
text = "[[crumb]]"

[[passes]]
text = "dust"
"""


def _screen(folder: Path, pattern: str) -> Screen:
    folder.joinpath("crumb.toml").write_text(_RULE.replace("PATTERN", pattern), "utf-8")
    return Screen(load_rules(folder))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A crumb. Some butter. A knife.", 1),
        ("Butter. One. A crumb. The knife.", 1),
        ("A crumb and butter.", 0),
        ("Butter and knife. One. Two. A crumb.", 0),
        ("A crumb of cake. Butter, knife.", 0),
        ("A crumb. Cake. Butter, knife.", 1),
        ("A crumb. Butter, knife. One. Two. Three. The bakery.", 0),
    ],
)
def test_a_rule_looks_around_its_hit(tmp_path: Path, text: str, found: int) -> None:
    assert len(_screen(tmp_path, r"\bcrumb\b").hits(Post(text))) == found


def test_a_mark_ends_with_a_word(tmp_path: Path) -> None:
    (finding,) = _screen(tmp_path, r"\bcrumb\s*").hits(Post("A crumb   with butter and knife"))
    assert finding.text == "crumb"


def test_a_list_of_words_is_written_out() -> None:
    (pattern,) = with_words(["a <<client>> b"])
    assert "parolees?" in pattern
    assert "<<" not in pattern


def test_an_unknown_list_of_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidRule, match="pastry"):
        _screen(tmp_path, "<<pastry>>")
