"""Requests that came in: one list, one page each, and nothing answered without a click of the person themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from demur.core.accounts import Network, Purpose
from demur.core.arrivals import Answered
from demur.core.content import Direction, RequestKind
from demur.core.people import SERVED, Relationship, Tie
from demur.core.verdicts import Guidance, Step, Verdict
from demur.networks import network_steps
from demur.reports.phrases import REQUEST_OUTCOMES
from demur.server.asking.actions import answer as judged
from demur.server.asking.brakes import TakingABreak
from demur.server.casework.queries import engine
from demur.server.connectors.queries import sources
from demur.server.triage import actions, queries
from demur.server.triage.models import RequestRecord
from demur.server.web.answers import answer_to_request
from demur.server.web.decide import paused
from demur.server.web.forms import RequestForm, SituationForm
from demur.server.web.pages import done, page, post_only, show
from demur.server.web.words import ANSWERED, NETWORKS, SEARCH_CHOICES, SOURCES, called

MOST_SHOWN = 200
"""How many open requests one page judges and lists; the rest follow once these are answered."""


@dataclass(frozen=True, slots=True)
class Row:
    """One request in the list, with what the policy says to it."""

    key: str
    name: str
    handle: str
    what: str
    network: str
    day: date
    seen: str
    outcome: str
    title: str
    vouched: bool
    danger: bool
    wrote: bool


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """One answered request, with what happened afterwards."""

    key: str
    name: str
    network: str
    answer: str
    on: date
    addressed_on: date | None


@dataclass(frozen=True, slots=True)
class Group:
    """The chosen requests of one network: what to press there, and whether a connector can do it."""

    network: str
    page: str
    steps: tuple[Step, ...]
    rows: tuple[Row, ...]
    live: bool


@require_safe
@page
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits, and what was answered."""
    waiting = queries.open_requests()
    today = timezone.localdate()
    shown = [_row(row, actions.judged(row, today)) for row in waiting[:MOST_SHOWN]]
    # A message that may speak of danger stands before everything, however many requests came after it.
    later = (_row(row, actions.judged(row, today)) for row in waiting[MOST_SHOWN:] if row.message)
    shown += [row for row in later if row.danger]
    context = {
        "rows": sorted(shown, key=lambda row: not row.danger),
        "more": len(waiting) - len(shown),
        "answered": [_answered(row) for row in queries.answered_requests()[:MOST_SHOWN]],
        "to_review": queries.exceptions_to_review(today),
        "connected": bool(sources()),
        "here": "inbox",
    }
    return show(request, "demur/inbox.html", context)


@post_only("request")
@page
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what was typed on the page "may I accept this?"."""
    form = RequestForm(request.POST)
    if not form.is_valid():
        return show(request, "demur/request.html", {"form": form, "here": "request"})
    asked, today = form.request(), timezone.localdate()
    try:
        # INVARIANT: what is typed counts, also on this way to an answer, or the inbox would be a way around the brake.
        judged(engine(), asked, today, typed=True)
    except TakingABreak as pause:
        if engine().help_with(asked) is None:
            return paused(request, form, pause)
        # Somebody may be in danger: their words are kept now, and looked up when the break is over.
        return _back(actions.keep(asked, today, unchecked=True).key)
    row = actions.keep(asked, today)
    kept = row.to_request()
    # Where it was there already, with something else said about it, what was typed now must not vanish without a word.
    as_typed = replace(kept, profile=asked.profile, message=asked.message) == asked
    return _back(row.key, "" if as_typed else "kept-before")


@page
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One request: the answer to it, who it is, and what to do next."""
    row = _found(key)
    if request.method == "POST":
        form = SituationForm(request.POST)
        if form.is_valid():
            actions.say(key, form.situated(row.to_request()))
            if not row.unchecked:
                judged(engine(), queries.as_asked(_found(key)), timezone.localdate(), typed=False)
            return _back(key)
    else:
        form = SituationForm(initial=_said(row))
    pause = _still_unchecked(row, timezone.localdate())
    if pause:
        context = {
            "form": form,
            "row": _row(row, None),
            "record": row,
            "pause": pause,
            "help": engine().help_with(row.to_request()),
            "answers": ANSWERED.items(),
            "answered": ANSWERED[row.answered] if row.answered else "",
            "here": "inbox",
        }
        return show(request, "demur/inbox_unchecked.html", context)
    verdict = engine().decide(queries.as_asked(row), timezone.localdate())
    context = {
        "form": form,
        "row": _row(row, verdict),
        "record": row,
        "message": row.message,
        "bio": row.bio,
        "verdict": verdict,
        "answer": answer_to_request(_as_it_went(verdict, row)),
        "answers": ANSWERED.items(),
        "answered": ANSWERED[row.answered] if row.answered else "",
        "exceptions": queries.exceptions(row),
        "agreed": queries.exception_for(row),
        "today": timezone.localdate(),
        "may_be_served": may_be_served(row, verdict),
        "served": "" if row.served is None else "yes" if row.served else "no",
        "live": is_live(row),
        "search_reasons": SEARCH_CHOICES,
        "here": "inbox",
    }
    return show(request, "demur/inbox_request.html", context)


@post_only("inbox")
@page
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Note how a request was answered, or that it was not."""
    row = _found(key)
    chosen = request.POST.get("answer", "")
    if chosen == "reopen":
        actions.reopen(key)
    elif chosen in {one.value for one in Answered}:
        today = timezone.localdate()
        noted = actions.answer(key, Answered(chosen), engine().decide(queries.as_asked(row), today), today)
        if not noted and _found(key).answer != chosen:
            return _back(key, "answered-before")
    return _back(key)


@post_only("inbox")
@page
def told(request: HttpRequest, key: str) -> HttpResponse:
    """Note that the supervisor was told today."""
    actions.note_supervisor_told(key, timezone.localdate())
    return _back(key)


@post_only("inbox")
@page
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """It is gone for good, and everything noted with it."""
    return done("inbox", "request-removed" if actions.remove(key) else "request-gone")


@post_only("inbox")
@page
def decline(request: HttpRequest) -> HttpResponse:
    """Decline what was chosen: a list to work through on each network. What was ticked is noted as declined."""
    today = timezone.localdate()
    if "done" in request.POST:
        ticked = _without_danger(queries.requests(request.POST.getlist("done")))
        judge = engine()
        noted = [
            actions.answer(row.key, Answered.DECLINED, judge.decide(queries.as_asked(row), today), today)
            for row in ticked
        ]
        return done("inbox", "declined" if any(noted) else "none-declined")
    rows = queries.requests(request.POST.getlist("chosen"))
    if not rows or "note" in request.POST:
        return done("inbox", "none-chosen" if "note" not in request.POST else "none-declined")
    calm = _without_danger(rows)
    by_hand = not all(is_live(row) for row in calm)
    context = {
        "groups": _groups(calm, today),
        "count": len(calm),
        "first": [row.key for row in rows if row not in calm],
        "wrote": [row for row in calm if row.message.strip()],
        "by_hand": by_hand,
        "here": "inbox",
    }
    return show(request, "demur/inbox_decline.html", context)


def _without_danger(rows: list[RequestRecord]) -> list[RequestRecord]:
    """Those that may be declined with others: a message that may speak of danger is read and answered by itself."""
    return [row for row in rows if engine().help_with(row.to_request()) is None]


def _as_it_went(verdict: Verdict, row: RequestRecord) -> Verdict:
    """The verdict without words, steps and a note that say it was declined, where something else was done.

    What to say and to write then stands on the page of the next meeting, which knows what was done.
    """
    if row.answered is None or row.answered is Answered.DECLINED:
        return verdict
    then = _ACCEPTED if row.answered is Answered.ACCEPTED else _NOT_DECLINED
    return replace(verdict, guidance=Guidance(next=then, cautions=verdict.guidance.cautions))


_ACCEPTED = (
    "It is accepted. If that was not meant, remove the connection on the network today, and tell your supervisor. "
    "What to say and to write down stands on the page of the next meeting."
)
_NOT_DECLINED = "What to say and to write down, for what you did, stands on the page of the next meeting."


def is_live(row: RequestRecord) -> bool:
    """Whether a connector that the person set up can answer this one on its network."""
    return row.connector is not None and bool(row.remote_id) and not row.unchecked


def may_be_served(row: RequestRecord, verdict: Verdict) -> bool:
    """Whether there is a next meeting to prepare: for everybody who isn't surely from elsewhere."""
    elsewhere = (Relationship.COLLEAGUE, Relationship.VENDOR, Relationship.NONE)
    return row.direction == Direction.INCOMING and (
        row.relationship not in elsewhere or any(match.client.relationship in SERVED for match in verdict.matches)
    )


def _back(key: str, said: str = "") -> HttpResponse:
    """To the request's page; `said` names what the frame says there."""
    address = reverse("inbox-request", args=[key])
    return HttpResponseRedirect(f"{address}?done={said}" if said else address, status=303)


def _found(key: str) -> RequestRecord:
    row = queries.request(key)
    if row is None:
        raise Http404
    return row


def _still_unchecked(row: RequestRecord, today: date) -> str:
    """Why a request that was kept in a break is not checked yet; empty where it is, or was by this very call."""
    if not row.unchecked:
        return ""
    try:
        actions.check(row, today)
    except TakingABreak as pause:
        return str(pause)
    return ""


def _said(row: RequestRecord) -> dict[str, object]:
    return {
        "relationship": _tie(row).value,
        "account": row.purpose or Purpose.PERSONAL.value,
        "role": row.role,
        "knew_before": row.knew_before,
        "mandated": row.mandated,
        "group": row.group,
        "small_community": row.small_community,
        "purpose_of_search": row.purpose_of_search,
        "approved": row.approved,
        "served": "" if row.served is None else "yes" if row.served else "no",
    }


def _tie(row: RequestRecord) -> Tie:
    if row.relationship == Relationship.CURRENT_CLIENT and row.knew_before:
        return Tie.FRIEND_BECAME_CLIENT
    return Tie(row.relationship) if row.relationship else Tie.UNKNOWN


def _row(row: RequestRecord, verdict: Verdict | None) -> Row:
    return Row(
        key=row.key,
        name=row.shown_name,
        handle=row.handle if row.display_name else "",
        what=called(RequestKind(row.kind), Network(row.network)),
        network=NETWORKS[Network(row.network)] if row.network != Network.OTHER else "",
        day=row.received or row.as_of,
        seen=SOURCES[row.from_source].format(day=f"{row.as_of:%b} {row.as_of.day}, {row.as_of.year}"),
        outcome=verdict.outcome.word if verdict is not None else "",
        title=REQUEST_OUTCOMES[verdict.outcome] if verdict is not None else "Not checked yet",
        vouched=row.vouched,
        danger=verdict is None or verdict.in_crisis,
        wrote=bool(row.message.strip()),
    )


def _answered(row: RequestRecord) -> AnsweredRow:
    return AnsweredRow(
        key=row.key,
        name=row.shown_name,
        network=NETWORKS[Network(row.network)] if row.network != Network.OTHER else "",
        answer=ANSWERED[Answered(row.answer)],
        on=row.answered_on or row.as_of,
        addressed_on=row.addressed_on,
    )


def _groups(rows: list[RequestRecord], today: date) -> list[Group]:
    by_place: dict[tuple[str, str, str, bool], list[RequestRecord]] = {}
    for row in rows:
        by_place.setdefault((row.network, row.kind, row.direction, is_live(row)), []).append(row)
    groups = []
    for (network, kind, direction, live), held in by_place.items():
        known = network_steps(Network(network))
        groups.append(
            Group(
                network=known.name,
                page=known.requests_page,
                steps=() if live else known.answering(RequestKind(kind), Direction(direction))[:3],
                rows=tuple(_row(row, actions.judged(row, today)) for row in held),
                live=live,
            )
        )
    return groups
