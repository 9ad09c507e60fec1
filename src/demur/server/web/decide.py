"""May I accept this? A request comes in a body, is compared with the caseload, and is forgotten."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from demur.server.asking.actions import answer
from demur.server.asking.brakes import TakingABreak
from demur.server.casework import queries
from demur.server.web.answers import answer_to_request
from demur.server.web.forms import RequestForm
from demur.server.web.pages import page, show
from demur.server.web.words import SEARCH_CHOICES


@page
def decide(request: HttpRequest) -> HttpResponse:
    """The page, and the answer to what it sends."""
    if request.method != "POST":
        return show(request, "demur/request.html", {"form": RequestForm(), "here": "request"})
    form = RequestForm(request.POST)
    if not form.is_valid():
        return show(request, "demur/request.html", {"form": form, "here": "request"})
    asked = form.request()
    try:
        verdict = answer(queries.engine(), asked, timezone.localdate(), typed=True)
    except TakingABreak as pause:
        return paused(request, form, pause)
    context = {
        "form": form,
        "answer": answer_to_request(verdict),
        "served": form.cleaned_data["served"] if form.still_answered() else "",
        "asked_about": form.who(),
        "search_reasons": SEARCH_CHOICES,
        "here": "request",
    }
    return show(request, "demur/request.html", context)


def paused(request: HttpRequest, form: RequestForm, pause: TakingABreak) -> HttpResponse:
    """The same page for everybody, whoever was asked about, with all that was typed still in its form."""
    # INVARIANT: whom to call never waits for a break. It comes from the words alone, so it tells nothing of anybody.
    help_first = queries.engine().help_with(form.request())
    context = {"form": form, "pause": str(pause), "help": help_first, "here": "request"}
    response = show(request, "demur/request.html", context, status=429)
    response.headers["Retry-After"] = str(pause.seconds)
    return response
