"""The plan: its examples come out, every answer leads somewhere, and both languages say the same."""

from __future__ import annotations

from importlib.resources import files
from itertools import product

import pytest

from demur.core.citations import citations
from demur.core.owned import PresencePlan
from demur.exposure.plan import LANGUAGES, Answers, every_plan, examples, plan_for, questions, read_plan

SOURCE = files("demur.exposure").joinpath("plan.toml").read_text("utf-8")
ANSWERS = {question.id: question.answers[0].id for question in questions()}


@pytest.mark.parametrize(("says", "answers", "plan"), list(examples()), ids=lambda value: str(value)[:40])
def test_the_examples_come_out(says: str, answers: Answers, plan: PresencePlan) -> None:
    assert says
    assert plan_for(answers).plan is plan


def test_the_examples_reach_every_plan_and_rule() -> None:
    assert {plan for _, _, plan in examples()} == set(PresencePlan)
    assert len({plan_for(answers).why for _, answers, _ in examples()}) == SOURCE.count("\n[[rule]]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_combination_has_a_plan_with_its_costs(language: str) -> None:
    asked = questions(language)
    for chosen in product(*([answer.id for answer in question.answers] for question in asked)):
        found = plan_for(dict(zip((question.id for question in asked), chosen, strict=True)), language)
        least, most = found.minutes
        assert 0 < least < most
        assert found.why
        assert found.keep_apart
        assert found.leaves_open
        assert set(found.cites) <= set(citations())


def test_both_languages_lead_to_the_same_plan_with_as_many_words_of_advice() -> None:
    for _, answers, plan in examples():
        english, spanish = (plan_for(answers, language) for language in LANGUAGES)
        assert english.plan is spanish.plan is plan
        assert english.minutes == spanish.minutes
        assert len(english.keep_apart) == len(spanish.keep_apart)
        assert len(english.leaves_open) == len(spanish.leaves_open)
        assert english.title != spanish.title


def test_somebody_who_may_be_looked_for_is_told_what_it_does_not_protect_from() -> None:
    found = plan_for({**ANSWERS, "serves": "might-look-for-me", "found": "yes"})
    assert any("feel unsafe" in words for words in found.leaves_open)
    assert any("your supervisor first" in words for words in found.keep_apart)
    assert not any("feel unsafe" in words for words in plan_for(ANSWERS).leaves_open)


def test_all_three_can_be_compared() -> None:
    chosen, *others = every_plan(ANSWERS)
    assert chosen == plan_for(ANSWERS)
    assert {plan.plan for plan in (chosen, *others)} == set(PresencePlan)
    assert not any(plan.why for plan in others)


@pytest.mark.parametrize("answers", [{}, {**ANSWERS, "serves": "everybody"}])
def test_an_answer_that_is_missing_is_said_by_its_question(answers: Answers) -> None:
    with pytest.raises(ValueError, match="“serves”"):
        plan_for(answers)


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="en and es"):
        plan_for(ANSWERS, "fr")


@pytest.mark.parametrize(
    ("there", "instead", "why"),
    [
        ('plan = "personal-only"\n[rule', 'plan = "elsewhere"\n[rule', "names no plan"),
        ('when = { agency = "my-name" }', 'when = { agency = "nobody" }', "no such question or answer: agency"),
        ("minutes = [5, 15]\n", "", "no-public-account: needs"),
        ('cites = ["NBCC-110"]', 'cites = ["NBCC-111"]', "cites what isn't"),
        ("when = {}", 'when = { found = "no" }', "the last rule fits always"),
        ('es = "Ninguna cuenta pública"', 'fr = "Aucun"', "needs words in en and es"),
        ('part = "leaves_open"', 'part = "elsewhere"', "a note goes to"),
    ],
)
def test_a_file_that_is_wrong_does_not_load(there: str, instead: str, why: str) -> None:
    assert there in SOURCE
    with pytest.raises(ValueError, match=why):
        read_plan(SOURCE.replace(there, instead, 1))
