"""Posts beside the rules' own examples: how many holds the cues catch, and how many clear posts they let alone.

Most are hard on purpose, and those that are missed stay in. On their first reading, before any rule knew them, the
cues caught a third of the holds and let 94 in 100 clear posts alone; the floors lie a little below what they reach
since, so they are a guard against loss and no promise for other posts.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from demur.core.content import Post
from demur.core.findings import Category, Confidence
from demur.core.people import Role
from demur.screening.rule import load_default_rules
from demur.screening.screen import Screen

SCREEN = Screen(load_default_rules())
HOLD = frozenset(
    {
        Category.CLIENT_REFERENCE,
        Category.INDIRECT_CLIENT_REFERENCE,
        Category.SESSION_OR_CASE_DETAIL,
        Category.CLIENT_FAMILY,
        Category.CLIENT_PHOTO,
        Category.CONFIRMS_RELATIONSHIP,
        Category.WORK_FRUSTRATION,
    }
)
REVISE = frozenset({Category.SELF_EXPOSURE, Category.LOCATION_OR_TIME, Category.COLLEAGUE_OR_AGENCY})

_POSTS = tomllib.loads(Path(__file__).with_name("cues.toml").read_text("utf-8"))
HOLDS, CLEARS, REVISES, CONCERTED, CRISES = (
    _POSTS[kind].strip().splitlines() for kind in ("holds", "clears", "revises", "concerted", "crises")
)

FLOORS = {"holds": 0.58, "clears": 0.96, "revises": 0.7, "concerted": 0.8, "crises": 0.85}


def _post(line: str) -> Post:
    role, reply_to = Role.OTHER, None
    head, bar, rest = line.partition(" | ")
    if bar:
        role, line = Role.read(head), rest
    if line.startswith("r<"):
        reply_to, line = line[2:].split("> ", 1)
    return Post(line, role=role, reply_to=reply_to)


def _likely(line: str) -> frozenset[Category]:
    found = SCREEN.screen(_post(line))
    return frozenset(finding.category for finding in found if finding.confidence >= Confidence.LIKELY)


def _share(lines: list[str], missed: list[str]) -> float:
    return 1 - len(missed) / len(lines)


@pytest.mark.parametrize(
    ("kind", "lines", "wanted", "unwanted"),
    [
        pytest.param("holds", HOLDS, HOLD, frozenset(), id="holds are caught"),
        pytest.param("clears", CLEARS, frozenset(), HOLD | REVISE | {Category.CRISIS}, id="clear posts are let alone"),
        pytest.param("revises", REVISES, REVISE, frozenset(), id="what to change is found"),
        pytest.param("concerted", CONCERTED, {Category.PROTECTED_CONCERTED}, HOLD, id="protected talk is recognised"),
        pytest.param("crises", CRISES, {Category.CRISIS}, frozenset(), id="despair and danger are heard"),
    ],
)
def test_share_that_the_cues_get_right(
    kind: str, lines: list[str], wanted: frozenset[Category], unwanted: frozenset[Category]
) -> None:
    missed = [
        line
        for line in lines
        if (wanted and wanted.isdisjoint(_likely(line))) or not unwanted.isdisjoint(_likely(line))
    ]
    assert _share(lines, missed) >= FLOORS[kind], "\n".join(missed)


def test_ordinary_words_raise_no_hold() -> None:
    for text in ("", " ", "😭", "ok", "Monday.", "\n\n\n", "a" * 5000, "client" * 400):
        assert HOLD.isdisjoint(_likely(text)), text[:40]
