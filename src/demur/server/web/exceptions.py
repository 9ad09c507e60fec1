"""Exceptions for one person: asked for with a reason, decided by a supervisor, over on a day."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from demur.server.triage import actions, queries
from demur.server.triage.models import RequestRecord
from demur.server.web.forms import ExceptionDecisionForm, ExceptionReasonForm
from demur.server.web.pages import page, show

_USUAL_REVIEW = timedelta(days=182)
"""Half a year: what the form offers as the day of review."""


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
    if chosen == "end":
        actions.end_exception(_number(request), today)
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
    said = form.cleaned_data
    actions.decide_exception(
        _number(request), said["decided"] == "agreed", said["decided_by"], said["decided_on"], said["review_on"]
    )
    return _back(row.key)


def _shown(
    request: HttpRequest,
    row: RequestRecord,
    today: date,
    asking: ExceptionReasonForm | None = None,
    deciding: ExceptionDecisionForm | None = None,
) -> HttpResponse:
    usual = {"decided_on": today, "review_on": today + _USUAL_REVIEW}
    held = queries.exceptions(row)
    context = {
        "row": row,
        "exceptions": [(one, one.to_agreed() is not None and not one.is_over(today)) for one in held],
        "waiting": next((one for one in held if one.agreed is None), None),
        "asking": asking or ExceptionReasonForm(),
        "deciding": deciding or ExceptionDecisionForm(today, initial=usual),
        "today": today,
        "here": "inbox",
    }
    return show(request, "demur/exception.html", context)


def _number(request: HttpRequest) -> int:
    number = request.POST.get("number", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 16 else 0


def _back(key: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("inbox-exception", args=[key]), status=303)
