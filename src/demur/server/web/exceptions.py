"""Exceptions for one person: asked for with a reason, decided by a supervisor, over on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from demur.core.accounts import Network, Purpose
from demur.core.content import Direction, RequestKind
from demur.server.triage import actions, queries
from demur.server.triage.models import ExceptionRecord, RequestRecord
from demur.server.triage.persons import plain_handle
from demur.server.web.forms import ExceptionDecisionForm, ExceptionReasonForm
from demur.server.web.pages import page, show
from demur.server.web.words import DIRECTIONS, NETWORKS, PURPOSES, called

_USUAL_REVIEW = timedelta(days=182)
"""Half a year: what the form offers as the day of review."""

NOT_OPEN = "That one was decided meanwhile, or is not about this request. Nothing was changed."
NOT_HOLDING = "That one had ended already. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Shown:
    """One exception on the page: what it is for, whether it holds today, and whether it covers this very request."""

    asked: ExceptionRecord
    scope: str
    holds: bool
    covers: bool


@page
def exception(request: HttpRequest, key: str) -> HttpResponse:
    """What was asked and decided for one person, and the next step of it."""
    row = queries.request(key)
    if row is None:
        raise Http404
    today = timezone.localdate()
    if request.method != "POST":
        return _shown(request, row, today)
    chosen = request.POST.get("do", "")
    if chosen == "ask":
        return _asked(request, row, today)
    if chosen == "take-back":
        asked = _named(request, row)
        if asked is None or not actions.take_back_exception(asked.pk):
            return _shown(request, row, today, done=NOT_OPEN)
        return _back(key)
    if chosen == "end":
        asked = _named(request, row)
        if asked is None or not actions.end_exception(asked.pk, today):
            return _shown(request, row, today, done=NOT_HOLDING)
        return _back(key)
    return _decided(request, row, today)


def _asked(request: HttpRequest, row: RequestRecord, today: date) -> HttpResponse:
    form = ExceptionReasonForm(request.POST)
    if not form.is_valid():
        return _shown(request, row, today, asking=form)
    actions.ask_exception(row.key, form.cleaned_data["reason"], today)
    return _back(row.key)


def _decided(request: HttpRequest, row: RequestRecord, today: date) -> HttpResponse:
    form = ExceptionDecisionForm(today, request.POST)
    if not form.is_valid():
        return _shown(request, row, today, deciding=form)
    said, asked = form.cleaned_data, _named(request, row)
    if asked is None or not actions.decide_exception(
        asked.pk, said["decided"] == "agreed", said["decided_by"], said["decided_on"], said["review_on"]
    ):
        return _shown(request, row, today, done=NOT_OPEN)
    return _back(row.key)


def _shown(
    request: HttpRequest,
    row: RequestRecord,
    today: date,
    asking: ExceptionReasonForm | None = None,
    deciding: ExceptionDecisionForm | None = None,
    done: str = "",
) -> HttpResponse:
    usual = {"decided_on": today, "review_on": today + _USUAL_REVIEW}
    held = queries.exceptions(row)
    context = {
        "row": row,
        "exceptions": [
            Shown(one, _scope(one), one.to_agreed() is not None and not one.is_over(today), one.covers(row))
            for one in held
        ],
        "scope": _scope(row),
        "whoever": not plain_handle(row.handle),
        "waiting": next((one for one in held if one.agreed is None), None),
        "asking": asking or ExceptionReasonForm(),
        "deciding": deciding or ExceptionDecisionForm(today, initial=usual),
        "today": today,
        "here": "inbox",
    }
    # The frame's own sentence comes with an address; this one comes with what was sent.
    return show(request, "demur/exception.html", {**context, "done": done} if done else context)


def _scope(of: RequestRecord | ExceptionRecord) -> str:
    """What an exception is for: nothing wider than the request for which it was asked."""
    network = of.network if isinstance(of, RequestRecord) else of.request.network
    what = called(RequestKind(of.kind), Network(network))
    parts = [what, DIRECTIONS[Direction(of.direction)], PURPOSES[Purpose(of.purpose)]]
    if network != Network.OTHER:
        parts.append(NETWORKS[Network(network)])
    return " · ".join(parts)


def _named(request: HttpRequest, row: RequestRecord) -> ExceptionRecord | None:
    """The exception that the form names; None where it is not one of those on this request's page."""
    number = request.POST.get("number", "")
    return next((one for one in queries.exceptions(row) if str(one.pk) == number), None)


def _back(key: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("inbox-exception", args=[key]), status=303)
