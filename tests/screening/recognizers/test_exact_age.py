"""Exact ages beside a client, and what to write instead."""

from __future__ import annotations

import pytest

from demur.caseload.index import CaseloadIndex
from demur.core.content import Post
from demur.core.findings import Category, Confidence, Finding
from demur.core.people import Caseload
from demur.core.verdicts import Outcome
from demur.engine import Engine
from demur.policy.policy import load_default
from demur.screening.rule import load_default_rules
from demur.screening.screen import Screen

SCREEN = Screen(load_default_rules())
ENGINE = Engine(SCREEN, CaseloadIndex(Caseload()), load_default())


def ages(text: str) -> list[Finding]:
    return [finding for finding in SCREEN.screen(Post(text)) if finding.rule == "exact-age"]


@pytest.mark.parametrize(
    ("text", "words", "instead"),
    [
        ("My client is a 14-year-old.", "a 14-year-old", "a teenager"),
        ("I have a client, an 8-year-old.", "an 8-year-old", "a child"),
        ("A 14-year-old client of mine sang.", "A 14-year-old", "A teenage"),
        ("My 71-year-old client sang.", "71-year-old", "older"),
        ("My client turned 30.", "turned 30", "had a birthday"),
        ("mi clienta tiene 15 años", "tiene 15 años", "es adolescente"),
    ],
)
def test_an_age_comes_with_words_that_fit_its_place(text: str, words: str, instead: str) -> None:
    (finding,) = ages(text)
    assert (finding.text, finding.suggestions) == (words, (instead,))
    assert finding.says.endswith(f"Write “{finding.suggestions[0].lower()}”.")
    assert finding.confidence is Confidence.LIKELY


@pytest.mark.parametrize("years", [90, 97, 103])
def test_an_age_over_89_is_the_identifier_and_not_this(years: int) -> None:
    text = f"My client is {years} years old."
    assert ages(text) == []
    assert any(finding.category is Category.AGE_OVER_89 for finding in SCREEN.screen(Post(text)))


@pytest.mark.parametrize("text", ["My client sang, {} in her hand.", "My client and {} friend came."])
def test_an_age_never_makes_the_answer_stricter(text: str) -> None:
    without = ENGINE.check(Post(text.format("a pen")))
    with_age = ENGINE.check(Post(text.format("a pen, a 14-year-old,")))
    assert without.outcome is with_age.outcome is Outcome.REFER
    marked = {finding.rule for reason in with_age.reasons for finding in reason.findings}
    assert "exact-age" in marked


def test_an_age_alone_is_nobodys_business() -> None:
    assert ages("A 14-year-old goalie stopped everything.") == []
    assert ENGINE.check(Post("A 14-year-old goalie stopped everything.")).outcome is Outcome.ALLOW
