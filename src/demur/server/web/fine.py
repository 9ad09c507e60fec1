"""This is fine: words that Demur needn't mark again, with a reason and an end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from demur.core.allowances import DAYS
from demur.server.casework import queries
from demur.server.casework.actions import call_fine, end_allowance
from demur.server.casework.models import AllowanceRecord
from demur.server.web.answers import findings_to_call_fine
from demur.server.web.check import judge, judged
from demur.server.web.forms import CheckForm, FineForm
from demur.server.web.pages import done, page, post_only, show
from demur.workspace import rule_titles


@dataclass(frozen=True, slots=True)
class _Row:
    """One thing in the list. Its words are not known here."""

    number: int
    what: str
    reason: str
    author: str
    expires: date
    expired: bool

    @classmethod
    def of(cls, record: AllowanceRecord, today: date) -> _Row:
        what = rule_titles().get(record.rule, record.rule)
        expired = not record.to_allowance().counts_on(today)
        return cls(record.pk, what, record.reason, record.author, record.expires, expired)


@page
def fine(request: HttpRequest) -> HttpResponse:
    """What was called fine, what ran out included."""
    today = timezone.localdate()
    rows = [_Row.of(record, today) for record in queries.allowances()]
    return show(request, "demur/fine.html", {"rows": rows, "here": "fine"})


@post_only("check")
@page
def call(request: HttpRequest) -> HttpResponse:
    """Asks why, who and until when; then the draft is judged again. The draft travels in bodies, and is not kept."""
    form = CheckForm(request.POST)
    if not form.is_valid():
        return HttpResponseRedirect(reverse("check"), status=303)
    post, verdict = judge(form)
    chosen = request.POST.get("fine", "")
    findings = findings_to_call_fine(post.text, verdict, queries.calling_fine(), chosen)
    if post.about_client or not findings:
        return _checked(request, form, {"gone": True})
    today = timezone.localdate()
    asked = "reason" in request.POST
    fine_form = FineForm(today, request.POST) if asked else FineForm(today, initial=_usual(today))
    if asked and fine_form.is_valid():
        said = fine_form.cleaned_data
        for finding in findings:
            call_fine(
                finding.text, finding.rule, finding.category, said["reason"], said["author"], today, said["until"]
            )
        return _checked(request, form, {"fine_until": said["until"]})
    context = {
        "form": form,
        "fine_form": fine_form,
        "chosen": chosen,
        "words": findings[0].text,
        "says": tuple(dict.fromkeys(finding.says for finding in findings)),
        "here": "check",
    }
    return show(request, "demur/fine_new.html", context)


@post_only("fine")
@page
def end(request: HttpRequest) -> HttpResponse:
    """End one early."""
    typed = request.POST.get("number", "")
    # isdecimal and short: int() reads other digits too, and takes long for long ones.
    number = int(typed) if typed.isdecimal() and len(typed) < 16 else 0
    return done("fine", "ended" if end_allowance(number) else "not-fine")


def _usual(today: date) -> dict[str, object]:
    """A year, and whoever said so last."""
    held = max(queries.allowances(), key=lambda record: record.pk, default=None)
    return {"until": today + timedelta(days=DAYS), "author": held.author if held is not None else ""}


def _checked(request: HttpRequest, form: CheckForm, more: dict[str, object]) -> HttpResponse:
    """The draft in its box, judged by what is called fine now."""
    return show(request, "demur/check.html", {"form": form, "here": "check", **judged(form, *judge(form)), **more})
