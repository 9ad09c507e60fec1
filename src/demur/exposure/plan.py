"""How a professional may be on social media at all, from a few questions, with what each way costs said plainly.

The questions, rules, words and examples are `plan.toml`; its head says how it is written. A file with a missing or
unknown answer, plan or language doesn't load, and its examples run as tests.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from demur.core.citations import citations
from demur.core.owned import PresencePlan

LANGUAGES = ("en", "es")
_PARTS = ("keep_apart", "leaves_open")
_PLAN_FIELDS = frozenset({"minutes", "cites", "title", "means", "time", *_PARTS})

Answers = Mapping[str, str]
"""The id of the answer by the id of the question."""


@dataclass(frozen=True, slots=True)
class PlanAnswer:
    """One answer to choose."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class PlanQuestion:
    """One question, in the order in which to ask."""

    id: str
    asks: str
    help: str
    answers: tuple[PlanAnswer, ...]


@dataclass(frozen=True, slots=True)
class PlannedPresence:
    """A plan with its reason and its cost. `minutes` a month are an estimate, from and to."""

    plan: PresencePlan
    title: str
    means: str
    why: str
    minutes: tuple[int, int]
    time: str
    keep_apart: tuple[str, ...]
    leaves_open: tuple[str, ...]
    cites: tuple[str, ...]


def questions(language: str = "en") -> tuple[PlanQuestion, ...]:
    """The questions, in English or Spanish. Raises ValueError for another language."""
    _known(language)
    return tuple(
        PlanQuestion(
            table["id"],
            table["asks"][language],
            table["help"][language],
            tuple(PlanAnswer(answer["id"], answer["words"][language]) for answer in table["answer"]),
        )
        for table in _data()["question"]
    )


def plan_for(answers: Answers, language: str = "en") -> PlannedPresence:
    """The plan for these answers. Raises ValueError where a question has no answer, or one that isn't there."""
    _known(language)
    data = _data()
    for question in data["question"]:
        if answers.get(question["id"]) not in {answer["id"] for answer in question["answer"]}:
            raise ValueError(f"the question “{question['id']}” needs one of its answers")
    rule = next(rule for rule in data["rule"] if _fits(rule["when"], answers))
    return _planned(PresencePlan(rule["plan"]), rule["why"][language], answers, language)


def every_plan(answers: Answers, language: str = "en") -> tuple[PlannedPresence, ...]:
    """All three, the one for these answers first, so that their costs can be compared. Raises as `plan_for`."""
    chosen = plan_for(answers, language)
    others = [plan for plan in PresencePlan if plan is not chosen.plan]
    return chosen, *(_planned(plan, "", answers, language) for plan in others)


def examples() -> Iterator[tuple[str, Answers, PresencePlan]]:
    """What each example of the file says, its answers, and the plan that comes out."""
    for example in _data()["example"]:
        yield example["says"], example["answers"], PresencePlan(example["plan"])


def read_plan(text: str) -> Mapping[str, Any]:
    """Check a file against its own head. Raises ValueError saying what is wrong."""
    data = tomllib.loads(text)
    asked = {question["id"]: {answer["id"] for answer in question["answer"]} for question in data["question"]}
    for question in data["question"]:
        _both(question["asks"], question["id"])
        _both(question["help"], question["id"])
        for answer in question["answer"]:
            _both(answer["words"], f"{question['id']}, {answer['id']}")
    if set(data["plan"]) != {plan.value for plan in PresencePlan}:
        raise ValueError("each plan stands there once")
    for name, plan in data["plan"].items():
        if set(plan) != _PLAN_FIELDS:
            raise ValueError(f"{name}: needs {', '.join(sorted(_PLAN_FIELDS))}")
        for field in ("title", "means", "time", *_PARTS):
            _both(plan[field], f"{name}, {field}")
        if not set(plan["cites"]) <= set(citations()):
            raise ValueError(f"{name}: cites what isn't among the citations")
        if any(len(plan[part]["en"]) != len(plan[part]["es"]) for part in _PARTS):
            raise ValueError(f"{name}: both languages say the same things")
    for table in (*data["rule"], *data["note"]):
        _conditions(table["when"], asked)
        _both(table.get("why") or table.get("text") or {}, "a rule or note")
    for note in data["note"]:
        if note["part"] not in _PARTS:
            raise ValueError("a note goes to keep_apart or leaves_open")
    if data["rule"][-1]["when"]:
        raise ValueError("the last rule fits always")
    named = {rule["plan"] for rule in data["rule"]}.union(*(note.get("plans", ()) for note in data["note"]))
    if not named <= {plan.value for plan in PresencePlan}:
        raise ValueError("a rule or note names no plan that is there")
    return data


def _planned(plan: PresencePlan, why: str, answers: Answers, language: str) -> PlannedPresence:
    data = _data()
    table = data["plan"][plan.value]
    noted: dict[str, list[str]] = {part: [] for part in _PARTS}
    for note in data["note"]:
        if plan.value in note.get("plans", (plan.value,)) and _fits(note["when"], answers):
            noted[note["part"]].append(note["text"][language])
    least, most = table["minutes"]
    return PlannedPresence(
        plan,
        table["title"][language],
        table["means"][language],
        why,
        (least, most),
        table["time"][language],
        (*table["keep_apart"][language], *noted["keep_apart"]),
        (*table["leaves_open"][language], *noted["leaves_open"]),
        tuple(table["cites"]),
    )


def _fits(when: Mapping[str, Any], answers: Answers) -> bool:
    return all(answers[question] in _one_or_more(wanted) for question, wanted in when.items())


def _one_or_more(wanted: str | list[str]) -> list[str]:
    return [wanted] if isinstance(wanted, str) else wanted


def _conditions(when: Mapping[str, Any], asked: Mapping[str, set[str]]) -> None:
    for question, wanted in when.items():
        if question not in asked or not set(_one_or_more(wanted)) <= asked[question]:
            raise ValueError(f"no such question or answer: {question}")


def _both(words: Mapping[str, Any], where: str) -> None:
    if set(words) != set(LANGUAGES) or not all(words.values()):
        raise ValueError(f"{where}: needs words in {' and '.join(LANGUAGES)}")


def _known(language: str) -> None:
    if language not in LANGUAGES:
        raise ValueError(f"the plan is written in {' and '.join(LANGUAGES)}")


@cache
def _data() -> Mapping[str, Any]:
    return read_plan(files("demur.exposure").joinpath("plan.toml").read_text("utf-8"))
