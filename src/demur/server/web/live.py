"""What goes to a network, and only because somebody pressed it: looking for requests, and answering one there."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from demur.core.accounts import Purpose
from demur.core.arrivals import Answered
from demur.core.verdicts import Outcome
from demur.server.casework.queries import engine
from demur.server.connectors import actions as connecting
from demur.server.connectors.errors import ConnectorError, RequestGone
from demur.server.connectors.queries import connector, sources
from demur.server.triage import actions, queries
from demur.server.triage.actions import TakenIn
from demur.server.triage.looking import look_into
from demur.server.triage.models import RequestRecord
from demur.server.web.inbox import is_live
from demur.server.web.pages import done, page, post_only, show

ENOUGH = 120.0
"""Seconds after which a press sends no further answer: a server that hangs would keep the page for hours."""
NO_TIME = "The answers before this one took long, so nothing was sent for it. Press again for the rest."
NOT_CONNECTED = "What this came through is not connected any more. Answer it on the network itself."


@dataclass(frozen=True, slots=True)
class Looked:
    """What one connection brought: counts and notes, whether more waits there, or why it brought nothing."""

    label: str
    taken: TakenIn | None
    notes: tuple[str, ...]
    problem: str
    more: bool = False


@post_only("inbox")
@page
def fetch(request: HttpRequest) -> HttpResponse:
    """Look into everything that is connected, once, now."""
    today = timezone.localdate()
    looked = []
    for one in sources():
        try:
            reading, taken = look_into(one, today)
            looked.append(Looked(one.label, taken, reading.notes, "", more=not reading.complete))
        except ConnectorError as error:
            looked.append(Looked(one.label, None, (), str(error)))
    context = {"looked": looked, "more": any(one.more for one in looked), "here": "inbox"}
    return show(request, "demur/inbox_fetched.html", context)


@post_only("inbox")
@page
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Reject or accept one request on its network. What the policy doesn't allow is not accepted from here."""
    row = queries.request(key)
    if row is None:
        raise Http404
    chosen = request.POST.get("do")
    if chosen not in ("reject", "authorise"):
        return HttpResponseRedirect(reverse("inbox-request", args=[key]), status=303)
    problem = _answer(row, accept=chosen == "authorise")
    if problem:
        context = {"problems": [(row, problem)], "count": 0, "here": "inbox"}
        return show(request, "demur/inbox_live.html", context)
    return HttpResponseRedirect(reverse("inbox-request", args=[key]), status=303)


@post_only("inbox")
@page
def reject_all(request: HttpRequest) -> HttpResponse:
    """Reject every request that was chosen and can be answered through a connection."""
    rows = [row for row in queries.requests(request.POST.getlist("chosen")) if is_live(row)]
    if not rows:
        return done("inbox", "none-chosen")
    enough = time.monotonic() + ENOUGH
    problems = []
    for row in rows:
        problem = _answer(row, accept=False) if time.monotonic() < enough else NO_TIME
        if problem:
            problems.append((row, problem))
    if not problems:
        return done("inbox", "declined")
    context = {"problems": problems, "count": len(rows) - len(problems), "here": "inbox"}
    return show(request, "demur/inbox_live.html", context)


def _answer(row: RequestRecord, *, accept: bool) -> str:
    """Answer one on its network, then note it here; why it was not done, or nothing.

    INVARIANT: it is noted as answered only after the network has done it.
    """
    today = timezone.localdate()
    through = connector(row.connector) if is_live(row) and row.connector is not None else None
    if through is None:
        return NOT_CONNECTED
    if row.answer:
        return "It was answered already."
    # INVARIANT: the account is the one that is connected, whatever was said about the request.
    asked = queries.as_asked(row)
    asked = replace(asked, account=replace(asked.account, purpose=Purpose(through.purpose)))
    verdict = engine().decide(asked, today)
    if accept and verdict.outcome is not Outcome.ALLOW:
        return "Your policy doesn't allow to accept this one, so nothing was sent."
    try:
        (connecting.authorise if accept else connecting.reject)(through, row.remote_id)
        answered = Answered.ACCEPTED if accept else Answered.DECLINED
    except RequestGone:
        answered = Answered.GONE
    except ConnectorError as error:
        return str(error)
    actions.answer(row.key, answered, verdict, today)
    return ""
