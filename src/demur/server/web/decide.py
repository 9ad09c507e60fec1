"""May I accept this? A request comes in a body, is compared with the caseload, and is forgotten."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from demur.server.casework import queries
from demur.server.casework.actions import note_request
from demur.server.web.answers import answer_to_request
from demur.server.web.forms import RequestForm
from demur.server.web.pages import page, show


@page
def decide(request: HttpRequest) -> HttpResponse:
    """The page, and the answer to what it sends."""
    if request.method != "POST":
        return show(request, "demur/request.html", {"form": RequestForm(), "here": "request"})
    form = RequestForm(request.POST)
    if not form.is_valid():
        return show(request, "demur/request.html", {"form": form, "here": "request"})
    asked = form.request()
    verdict = queries.engine().decide(asked, timezone.localdate())
    note_request(verdict, asked)
    context = {
        "form": form,
        "answer": answer_to_request(verdict),
        "served": form.cleaned_data["served"] if form.still_answered() else "",
        "asked_about": form.who(),
        "here": "request",
    }
    return show(request, "demur/request.html", context)
