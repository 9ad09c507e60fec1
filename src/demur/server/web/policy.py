"""The policy that decides, in plain words, and a page where anybody can try a case against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from demur.core.verdicts import Outcome
from demur.policy.decide import decide
from demur.policy.facts import Action, Facts, PublishFacts
from demur.policy.policy import Case, Clause, Policy
from demur.reports.phrases import POST_OUTCOMES, REQUEST_OUTCOMES
from demur.server.casework import queries
from demur.server.web.answers import Source, clause_page, sources
from demur.server.web.forms import TryForm, TryPostForm, TryRequestForm
from demur.server.web.pages import page, show
from demur.server.web.words import ACTIONS


@dataclass(frozen=True, slots=True)
class ShownCase:
    """An example of a clause. `facts` are the fields of the form that tries it."""

    says: str
    met: bool
    outcome: str
    action: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause in plain words."""

    id: str
    title: str
    says: str
    question: str
    outcome: str
    held: bool
    page: str
    sources: tuple[Source, ...]
    source: str
    cases: tuple[ShownCase, ...]


@require_safe
@page
def policy(request: HttpRequest) -> HttpResponse:
    """Every clause, by what it is about, the strictest first."""
    judged_by = queries.engine().policy
    groups = [
        (title, [_shown(clause) for clause in _strictest_first(judged_by) if clause.action is action])
        for action, title in ACTIONS.items()
    ]
    context = {"policy": judged_by, "groups": [group for group in groups if group[1]], "here": "policy"}
    return show(request, "demur/policy.html", context)


@require_safe
@page
def clause(request: HttpRequest, clause_id: str) -> HttpResponse:
    """One clause with its examples, its sources and its Cedar text."""
    try:
        found = queries.engine().policy.clause(clause_id)
    except KeyError:
        raise Http404("no such clause") from None
    return show(request, "demur/clause.html", {"clause": _shown(found), "here": "policy"})


@page
def try_post(request: HttpRequest) -> HttpResponse:
    """Facts about a draft, and what the policy makes of them."""
    return _try(request, TryPostForm, "post")


@page
def try_request(request: HttpRequest) -> HttpResponse:
    """Facts about a request, and what the policy makes of them."""
    return _try(request, TryRequestForm, "request")


def _try(request: HttpRequest, form_class: type[TryForm], about: str) -> HttpResponse:
    form = form_class(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form, "about": about, "here": "policy"}
    if form.is_bound and form.is_valid():
        context |= _tried(queries.engine().policy, form.facts())
    return show(request, "demur/try.html", context)


def _tried(judged_by: Policy, facts: Facts) -> dict[str, object]:
    decision = decide(judged_by, facts)
    return {
        "outcome": _phrases(facts.action)[decision.outcome],
        "word": decision.outcome.word,
        "held": decision.outcome >= Outcome.REFER,
        "met": [_shown(clause) for clause in decision.met],
        "by_default": decision.by_default,
        "errors": decision.errors,
    }


def _strictest_first(judged_by: Policy) -> list[Clause]:
    return sorted(judged_by.clauses, key=lambda clause: (-clause.outcome, clause.title))


def _phrases(action: Action) -> dict[Outcome, str]:
    return POST_OUTCOMES if action is Action.PUBLISH else REQUEST_OUTCOMES


def _shown(clause: Clause) -> ShownClause:
    return ShownClause(
        id=clause.id,
        title=clause.title,
        says=clause.says,
        question=clause.question,
        outcome=_phrases(clause.action)[clause.outcome],
        held=clause.outcome >= Outcome.REFER,
        page=clause_page(clause.id),
        sources=sources(clause.cites),
        source=clause.source,
        cases=tuple(_case(case) for case in clause.cases),
    )


def _case(case: Case) -> ShownCase:
    return ShownCase(
        says=case.says,
        met=case.met,
        outcome=_phrases(case.facts.action)[case.outcome] if case.outcome is not None else "",
        action="post" if isinstance(case.facts, PublishFacts) else "request",
        facts=tuple(_form_fields(case.facts)),
    )


def _form_fields(facts: Facts) -> Iterator[tuple[str, str]]:
    """The facts as the fields of a `TryForm`; an empty box is a field that is not sent."""
    for item in fields(facts):
        value = getattr(facts, item.name)
        if isinstance(value, frozenset):
            yield from ((item.name, member.value) for member in sorted(value))
        elif isinstance(value, bool):
            if value:
                yield item.name, "on"
        elif value is not None:
            yield item.name, str(getattr(value, "value", value))
