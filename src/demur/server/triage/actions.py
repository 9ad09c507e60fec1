"""Every change of the inbox, each in one transaction with its line in the log. Nothing here answers on a network."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from demur.core.accounts import Network, Profile, Purpose
from demur.core.arrivals import Answered, Arrival, Source
from demur.core.characters import whole
from demur.core.content import MAX_TEXT_LENGTH, ConnectionRequest, Direction, RequestKind
from demur.core.people import Role
from demur.core.verdicts import Verdict
from demur.server.asking.actions import answer as judge_typed
from demur.server.asking.actions import note_answer
from demur.server.asking.brakes import TakingABreak
from demur.server.casework.queries import engine
from demur.server.ledger.actions import record
from demur.server.ledger.details import is_clause
from demur.server.ledger.verbs import Verb
from demur.server.officer.actions import DropRefused
from demur.server.triage.models import LONGEST_BIO, LONGEST_LINE, ExceptionRecord, RequestRecord
from demur.server.triage.persons import Shown, digest, plain_handle, shown, spelled, told_line
from demur.server.triage.queries import as_asked, covering_the_same

_SAME_REQUEST = timedelta(days=7)
"""A mail, an export and the person's own note may give one request different days; from here on it is another one."""

_FAR_APART = 60
"""Days after which nothing is one request any more, however many lines told of it in between."""

MOST_NAMESAKES = 30
"""So many people of one name ask on one day at most; a list that says it oftener was made to keep somebody waiting."""

LOT = 200
"""Requests that are written in one step; between two steps others may write, and whoever stops loses none of them."""

Line = tuple[Network, RequestKind, Direction, str, date]
"""What a line of a list says where it shows no handle."""

LONGEST_EXCEPTION = timedelta(days=366)
"""How long an exception holds at most before somebody looks at it again."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many requests are new, how many were there already, and how many of those had been answered.

    `keys` are of the new ones, `danger` of those whose message may speak of danger and that somebody should read now.
    """

    added: int = 0
    known: int = 0
    answered: int = 0
    keys: tuple[str, ...] = ()
    danger: tuple[str, ...] = ()

    def __add__(self, more: TakenIn) -> TakenIn:
        return TakenIn(
            self.added + more.added,
            self.known + more.known,
            self.answered + more.answered,
            self.keys + more.keys,
            tuple(dict.fromkeys(self.danger + more.danger)),
        )


def take_in(
    arrivals: Iterable[Arrival],
    today: date,
    purpose: Purpose = Purpose.PERSONAL,
    role: Role = Role.OTHER,
    connector: int | None = None,
    progress: Callable[[int], None] | None = None,
    lines: Counter[Line] | None = None,
) -> TakenIn:
    """Put requests into the inbox, one line for each however often and from wherever it is told.

    What is known already gets the newest day on which it was seen, and whatever it lacked. Each new one is judged, and
    it is noted that it was. It is written in lots: `progress` is told after each how many were seen, and whatever stops
    the rest, the lots before it stand and are known when it is done again. Whoever takes in one reading in several
    calls gives each the same `lines`: what was told in it so far. Raises VaultLocked, InvalidPolicy, DropRefused.
    """
    taken = TakenIn()
    rest = iter(_numbered(arrivals, Counter() if lines is None else lines))
    while lot := list(islice(rest, LOT)):
        taken += _take_lot(lot, today, purpose, role, connector)
        if progress is not None:
            progress(taken.added + taken.known)
    return taken


def _numbered(arrivals: Iterable[Arrival], lines: Counter[Line]) -> list[tuple[Arrival, int]]:
    """Each arrival as it is kept, with how many lines of the same list have said the very same, itself included.

    INVARIANT: of two lines with one bare name on one day in an export each is a request of its own: readers put lists
    together before, so that these may be of two people. A mail may come twice, and says no more than once.
    """
    numbered = []
    for arrival in map(_kept_of, arrivals):
        number = 1
        if arrival.source is Source.EXPORT and not plain_handle(arrival.profile.handle):
            day = arrival.received or arrival.as_of
            line = (arrival.network, arrival.kind, arrival.direction, spelled(arrival.profile.display_name), day)
            lines[line] += 1
            number = min(lines[line], MOST_NAMESAKES)
        numbered.append((arrival, number))
    return numbered


def _take_lot(
    lot: list[tuple[Arrival, int]], today: date, purpose: Purpose, role: Role, connector: int | None
) -> TakenIn:
    judge = engine()

    def judged(row: RequestRecord) -> tuple[ConnectionRequest, Verdict]:
        asked = as_asked(row)
        return asked, judge.decide(asked, today)

    # Before the store is held, so that others get to write meanwhile: this is a good part of the work.
    likely_new = {
        place: judged(_unsaved(arrival, purpose, role, connector))
        for place, (arrival, number) in enumerate(lot)
        if _held(arrival, purpose, connector, number) is None
    }
    added: list[str] = []
    danger: list[str] = []
    known = answered = 0
    with transaction.atomic():
        for place, (arrival, number) in enumerate(lot):
            row = _held(arrival, purpose, connector, number)
            if row is None:
                row = _unsaved(arrival, purpose, role, connector, number)
                asked, verdict = likely_new.get(place) or judged(row)
                row.save(force_insert=True)
                note_answer(asked, verdict, today, typed=False)
                added.append(row.key)
                if verdict.in_crisis:
                    danger.append(row.key)
                continue
            known += 1
            answered += bool(row.answer)
            said_more = _merge(row, arrival, connector, number)
            if row.message and (said_more or not row.answer) and judged(row)[1].in_crisis:
                danger.append(row.key)
        details: dict[str, object] = {"added": len(added), "unchanged": known}
        if len(sources := {arrival.source for arrival, _ in lot}) == 1:
            details["source"] = sources.pop().value
        record(Verb.REQUESTS_TAKEN_IN, details=details)
    return TakenIn(len(added), known, answered, tuple(added), tuple(danger))


def forget_unlisted(connector: int, listed: Set[str]) -> None:
    """A request that a network lists no more can't be answered there; if it is listed later, somebody asked again."""
    with transaction.atomic():
        for row in RequestRecord.objects.filter(connector=connector).exclude(remote_id=""):
            if row.remote_id not in listed:
                RequestRecord.objects.filter(pk=row.pk).update(remote_id="")


def keep(request: ConnectionRequest, today: date, *, unchecked: bool = False) -> RequestRecord:
    """Put a request that the person typed into the inbox, with what they said about it. Raises VaultLocked.

    What was said of it before stays, and what is said now fills it up: to say otherwise there is the request's page.
    `unchecked` is what was not judged, because typed questions take a break: `check` does that later.
    """
    arrival = _kept_of(
        Arrival(
            network=request.account.network,
            profile=request.profile,
            as_of=today,
            source=Source.HAND,
            kind=request.kind,
            direction=request.direction,
            message=request.message,
            received=today,
        )
    )
    with transaction.atomic():
        row = _typed_before(arrival, request)
        known = row is not None
        if row is None:
            row = _unsaved(arrival, request.account.purpose, request.role, None)
            row.save(force_insert=True)
        else:
            _merge(row, arrival, None)
        said = _said(request)
        nothing = _said(ConnectionRequest(Profile()))
        lacking = {name: value for name, value in said.items() if getattr(row, name) == nothing[name]}
        RequestRecord.objects.filter(pk=row.pk).update(unchecked=unchecked, **lacking)
        details = {"added": int(not known), "unchanged": int(known), "source": Source.HAND.value}
        record(Verb.REQUESTS_TAKEN_IN, details=details)
    return RequestRecord.objects.get(pk=row.pk)


def check(row: RequestRecord, today: date) -> None:
    """Judge what was kept unchecked as the typed question that it is. Raises TakingABreak, DropRefused, VaultLocked."""
    judge_typed(engine(), as_asked(row), today, typed=True)
    RequestRecord.objects.filter(pk=row.pk).update(unchecked=False)
    row.unchecked = False


def judged(row: RequestRecord, today: date) -> Verdict | None:
    """What the policy says to a request; None while it is unchecked and can't be checked. Raises VaultLocked."""
    if row.unchecked:
        try:
            check(row, today)
        except (TakingABreak, DropRefused):
            return None
    return engine().decide(as_asked(row), today)


def say(key: str, request: ConnectionRequest) -> bool:
    """What the person says about somebody: who they are, the situation, the answer to the one question.

    False where there is no such request.
    """
    return bool(RequestRecord.objects.filter(key=key).update(purpose=request.account.purpose.value, **_said(request)))


def answer(key: str, answered: Answered, verdict: Verdict, today: date) -> bool:
    """Note how a request was answered, and what the policy had said; False where there is no such open request.

    What was noted first stands, also where another window still shows it open. A person's click comes before every
    call of this.
    """
    with transaction.atomic():
        row = RequestRecord.objects.filter(key=key, answer="").first()
        if row is None:
            return False
        row.answer, row.answered_on = answered.value, today
        row.outcome, row.policy = verdict.outcome.word, verdict.policy
        row.clauses = [reason.clause for reason in verdict.reasons if is_clause(reason.clause)]
        row.save()
        record(
            Verb.REQUEST_ANSWERED,
            obj=_object(row),
            # INVARIANT: neither outcome nor clauses. Whoever reads the log must not learn whether it was a client.
            details={"answer": answered.value, "network": row.network, "kind": row.kind},
            policy=verdict.policy,
        )
    return True


def reopen(key: str) -> bool:
    """Take an answer back that was noted by mistake; False where there is no such request, or it is open."""
    with transaction.atomic():
        row = RequestRecord.objects.filter(key=key).exclude(answer="").first()
        if row is None:
            return False
        row.answer, row.answered_on, row.outcome, row.clauses, row.policy = "", None, "", [], ""
        row.save()
        record(Verb.REQUEST_REOPENED, obj=_object(row))
    return True


def plan_meeting(key: str, at: datetime | None) -> bool:
    """When it is to be talked about; None takes that back. False where there is no such request."""
    return _note(key, Verb.MEETING_PLANNED if at else Verb.MEETING_TAKEN_BACK, meet_at=at)


def note_addressed(key: str, on: date | None) -> bool:
    """That it was talked about in person on a day; None takes that back. False where there is no such request."""
    return _note(key, Verb.MEETING_HELD if on else Verb.MEETING_TAKEN_BACK, addressed_on=on)


def note_supervisor_told(key: str, on: date | None) -> bool:
    """That the supervisor was told on a day; None takes that back. False where there is no such request."""
    return _note(key, Verb.SUPERVISOR_TOLD if on else Verb.SUPERVISOR_TAKEN_BACK, supervisor_told_on=on)


def keep_chart_note(key: str, text: str, today: date) -> bool:
    """Keep a draft for the chart with the request; empty removes it. False where there is no such request."""
    if not text:
        return _note(key, Verb.CHART_NOTE_REMOVED, chart_note="", chart_note_on=None, chart_note_said="")
    with transaction.atomic():
        row = RequestRecord.objects.filter(key=key).first()
        return row is not None and _note(
            key, Verb.CHART_NOTE_KEPT, chart_note=text, chart_note_on=today, chart_note_said=row.answer
        )


def remove(key: str) -> bool:
    """Remove a request and everything noted with it for good; False where there is none."""
    with transaction.atomic():
        row = RequestRecord.objects.filter(key=key).first()
        if row is None:
            return False
        record(Verb.REQUEST_REMOVED, obj=_object(row))
        row.delete()
    return True


def ask_exception(key: str, reason: str, today: date) -> ExceptionRecord | None:
    """Write down that an exception is asked for, and why; None where there is no such request.

    It is for what this request asks, on the account to which it came, and for nothing wider. Raises ValueError without
    a reason.
    """
    if not reason.strip():
        raise ValueError("an exception needs a reason")
    with transaction.atomic():
        row = RequestRecord.objects.filter(key=key).first()
        if row is None:
            return None
        asked = ExceptionRecord.objects.create(
            request=row,
            kind=row.kind,
            direction=row.direction,
            purpose=row.purpose,
            reason=reason.strip()[:LONGEST_BIO],
            asked_on=today,
        )
        record(Verb.EXCEPTION_ASKED, obj=_object(row))
    return asked


def decide_exception(number: int, agreed: bool, by: str, on: date, review_on: date | None) -> bool:
    """Write down what a supervisor decided; False where there is no such open question.

    Raises ValueError without a name, or where an agreed one has no day of review within a year of the decision.
    """
    if not by.strip():
        raise ValueError("say who decided")
    if agreed and (review_on is None or not on < review_on <= on + LONGEST_EXCEPTION):
        raise ValueError("the day of review lies after the decision, and at most a year later")
    with transaction.atomic():
        row = ExceptionRecord.objects.select_related("request").filter(pk=number, agreed=None).first()
        if row is None:
            return False
        row.agreed, row.decided_by, row.decided_on = agreed, by.strip()[:LONGEST_LINE], on
        row.review_on = review_on if agreed else None
        row.save()
        record(Verb.EXCEPTION_AGREED if agreed else Verb.EXCEPTION_REFUSED, obj=_object(row.request))
    return True


def take_back_exception(number: int) -> bool:
    """Take back a question that nobody has decided, or a decision that was written down wrongly, which is then open.

    False where there is none.
    """
    with transaction.atomic():
        row = ExceptionRecord.objects.select_related("request").filter(pk=number).first()
        if row is None:
            return False
        if row.agreed is None:
            record(Verb.EXCEPTION_TAKEN_BACK, obj=_object(row.request))
            row.delete()
            return True
        row.agreed, row.decided_by, row.decided_on, row.review_on = None, "", None, None
        row.save()
        record(Verb.EXCEPTION_REOPENED, obj=_object(row.request))
    return True


def end_exception(number: int, today: date) -> bool:
    """End an exception before its day of review, from today on, and every other one that covers the same.

    False where there is none that holds.
    """
    with transaction.atomic():
        named = ExceptionRecord.objects.select_related("request").filter(pk=number).first()
        if named is None:
            return False
        agreed = [one for one in covering_the_same(named) if one.agreed]
        holding = [one for one in agreed if one.review_on is not None and one.review_on >= today]
        if named.pk not in {one.pk for one in holding}:
            return False
        for one in holding:
            one.review_on = today - timedelta(days=1)
            one.save()
            record(Verb.EXCEPTION_ENDED, obj=_object(one.request))
    return True


def _note(key: str, verb: Verb, **values: object) -> bool:
    with transaction.atomic():
        row = RequestRecord.objects.filter(key=key).first()
        if row is None:
            return False
        if all(getattr(row, name) == value for name, value in values.items()):
            return True
        RequestRecord.objects.filter(pk=row.pk).update(**values)
        record(verb, obj=_object(row))
    return True


def _kept_of(arrival: Arrival) -> Arrival:
    """As much of an arrival as is kept, so that it is compared with what is kept. Half of a character is none."""
    profile = arrival.profile
    return replace(
        arrival,
        profile=replace(
            profile,
            display_name=whole(profile.display_name)[:LONGEST_LINE],
            handle=whole(profile.handle)[:LONGEST_LINE],
            city=whole(profile.city)[:LONGEST_LINE],
            email=whole(profile.email)[:LONGEST_LINE],
            phone=whole(profile.phone)[:LONGEST_LINE],
            bio=whole(profile.bio)[:LONGEST_BIO],
        ),
        message=whole(arrival.message)[:MAX_TEXT_LENGTH],
        remote_id=whole(arrival.remote_id)[:LONGEST_LINE],
    )


def _unsaved(arrival: Arrival, purpose: Purpose, role: Role, connector: int | None, number: int = 1) -> RequestRecord:
    who = _who(arrival)
    return RequestRecord(
        key=secrets.token_hex(16),
        person=who.person,
        named=who.named,
        network=arrival.network.value,
        kind=arrival.kind.value,
        direction=arrival.direction.value,
        purpose=purpose.value,
        source=arrival.source.value,
        vouched=arrival.vouched,
        told=_lines(arrival, number),
        connector=connector,
        remote_id=arrival.remote_id,
        added=timezone.now(),
        received=arrival.received,
        as_of=arrival.as_of,
        role=role.value,
        **_shows(arrival),
    )


def _shows(arrival: Arrival) -> dict[str, str | int]:
    profile = arrival.profile
    return {
        "display_name": profile.display_name,
        "handle": profile.handle,
        "city": profile.city,
        "email": profile.email,
        "phone": profile.phone,
        "bio": profile.bio,
        "message": arrival.message,
        "mutual_connections": profile.mutual_connections,
    }


def _said(request: ConnectionRequest) -> dict[str, str | bool | None]:
    """What the person says about somebody and about the service, as it is kept."""
    return {
        "relationship": request.relationship.value if request.relationship else "",
        "role": request.role.value,
        "knew_before": request.knew_before,
        "mandated": request.mandated,
        "group": request.group,
        "small_community": request.small_community,
        "served": request.served,
        "purpose_of_search": request.purpose_of_search.value,
        "approved": request.approved,
    }


def _alike(arrival: Arrival, purpose: Purpose, connector: int | None) -> list[RequestRecord]:
    """The requests in the inbox that could be this one: the handle is the same, or one of both shows only the name."""
    who = _who(arrival)
    if not who.somebody:
        return []
    same = Q(person=who.person)
    if who.name:
        same |= Q(named=who.named)
    rows = RequestRecord.objects.filter(
        same,
        _near(arrival, who),
        network=arrival.network.value,
        kind=arrival.kind.value,
        direction=arrival.direction.value,
        # INVARIANT: what one account may accept another may not, so a request never moves between them.
        purpose=purpose.value,
    )
    if arrival.kind is RequestKind.MESSAGE and arrival.message:
        # Another message may be the one that matters.
        rows = rows.filter(message__in=("", arrival.message))
    return [
        row
        for row in rows
        # What two connections list are two requests.
        if not (arrival.source is Source.LIVE and row.source == Source.LIVE and row.connector != connector)
        and (_same_handle(row, arrival) or not (who.handle and plain_handle(row.handle)))
    ]


def _near(arrival: Arrival, who: Shown) -> Q:
    """Made within weeks of it, or nobody knows when: thousands of one name must not all be looked through for each."""
    if who.handle and arrival.received is None:
        return Q()
    day = (arrival.received or arrival.as_of).toordinal()
    first, last = max(day - _FAR_APART, date.min.toordinal()), min(day + _FAR_APART, date.max.toordinal())
    weeks = (date.fromordinal(first), date.fromordinal(last))
    # Of a bare name the day on which it was seen counts where no other is known. A handle may wait for years.
    undated = Q(received=None) if who.handle else Q(received=None, as_of__range=weeks)
    return undated | Q(received__range=weeks)


def _held(arrival: Arrival, purpose: Purpose, connector: int | None, number: int = 1) -> RequestRecord | None:
    """The request in the inbox that this is the same as; None where it is new, or shows neither name nor handle.

    A handle tells who it is. A name alone does not: it is the same only where the very line was told before, or while
    nothing was answered, said or agreed that another of that name would then get. What an earlier line of the same list
    told of is not what this one tells of, unless both show one address.
    """
    alike = _alike(arrival, purpose, connector)
    by_handle = (
        row
        for row in alike
        if _same_handle(row, arrival) and _same_time(row, arrival) and not _asked_again(row, arrival)
    )
    by_name = [row for row in alike if not _same_handle(row, arrival) and not _differs(row, arrival)]
    told = (row for row in by_name if not set(row.told).isdisjoint(_lines(arrival, number)))
    others = {line for earlier in range(1, number) for line in _lines(arrival, earlier)}
    waiting = (
        row
        for row in by_name
        if _one_time(row, arrival)
        and not _settled(row)
        and (others.isdisjoint(row.told) or _same_address(row, arrival))
    )
    return next((row for found in (by_handle, told, waiting) for row in found), None)


def _typed_before(arrival: Arrival, request: ConnectionRequest) -> RequestRecord | None:
    """The open request that somebody typed once more; None where anything differs from it that tells people apart."""
    for row in _alike(arrival, request.account.purpose, None):
        if row.answer or _differs(row, arrival):
            continue
        if _same_handle(row, arrival):
            if _same_time(row, arrival):
                return row
        elif _one_time(row, arrival) and (not _settled(row) or _says_the_same(row, request)):
            return row
    return None


def _same_handle(row: RequestRecord, arrival: Arrival) -> bool:
    handle = plain_handle(arrival.profile.handle)
    return bool(handle) and handle == plain_handle(row.handle)


def _same_address(row: RequestRecord, arrival: Arrival) -> bool:
    shows = ((getattr(row, name), getattr(arrival.profile, name)) for name in ("email", "phone"))
    return any(there and spelled(there) == spelled(here) for there, here in shows)


def _differs(row: RequestRecord, arrival: Arrival) -> bool:
    """Whether both show something that tells two people of one name apart."""
    if arrival.remote_id and row.remote_id and arrival.remote_id != row.remote_id:
        return True
    shows = ((getattr(row, name), getattr(arrival.profile, name)) for name in ("city", "email", "phone", "bio"))
    return any(there and here and spelled(there) != spelled(here) for there, here in shows)


def _settled(row: RequestRecord) -> bool:
    """Whether somebody else of the same name would get what was answered, said, noted or agreed about this one."""
    nothing = _said(ConnectionRequest(Profile()))
    said = any(getattr(row, name) != value for name, value in nothing.items() if name != "role")
    noted = row.meet_at or row.addressed_on or row.supervisor_told_on or row.chart_note
    return bool(row.answer or said or noted or row.exceptions.exists())


def _says_the_same(row: RequestRecord, request: ConnectionRequest) -> bool:
    """Whether what is said now was all that was said: the same form, sent twice."""
    noted = row.meet_at or row.addressed_on or row.supervisor_told_on or row.chart_note
    return not noted and not row.exceptions.exists() and _said(row.to_request()) == _said(request)


def _same_time(row: RequestRecord, arrival: Arrival) -> bool:
    """Whether both can be one request of one person: on about one day, or one of the days is unknown.

    Two exports name the very same day; where they don't, it is another request.
    """
    if arrival.received is None or row.received is None:
        return True
    apart = abs(arrival.received - row.received)
    return apart <= (timedelta(0) if row.source == arrival.source == Source.EXPORT else _SAME_REQUEST)


def _one_time(row: RequestRecord, arrival: Arrival) -> bool:
    """The same for a bare name: where no day is told, the one on which it was seen counts."""
    apart = abs((arrival.received or arrival.as_of) - (row.received or row.as_of))
    return apart <= _SAME_REQUEST and _same_time(row, arrival)


def _asked_again(row: RequestRecord, arrival: Arrival) -> bool:
    """Whether somebody whose request was settled has asked once more."""
    if not row.answer or row.answered_on is None:
        return False
    if arrival.source is Source.LIVE:
        # The network itself lists it as open. What was left waiting is the same one while it stayed on that list.
        return row.answer != Answered.LEFT or (row.source == Source.LIVE and row.remote_id != arrival.remote_id)
    if row.answer in (Answered.ACCEPTED, Answered.LEFT):
        return False  # Networks remind of what waits, and tell of who follows since.
    return arrival.received is not None and arrival.received > row.answered_on


def _merge(row: RequestRecord, arrival: Arrival, connector: int | None, number: int = 1) -> bool:
    """The newest day, the earliest one, and what was lacking; whether it brought words that were not there."""
    if arrival.as_of > row.as_of and row.source != Source.LIVE:
        row.source = arrival.source.value  # the day that is shown is that of this source
    row.as_of = max(row.as_of, arrival.as_of)
    row.received = min((day for day in (row.received, arrival.received) if day is not None), default=None)
    row.vouched = row.vouched or arrival.vouched
    row.told = list(dict.fromkeys([*row.told, *_lines(arrival, number)]))
    said_more = bool(arrival.message) and arrival.message not in row.message
    if said_more and row.message:
        # INVARIANT: no word that somebody wrote is dropped: it may be the one that speaks of danger.
        row.message = f"{row.message}\n\n{arrival.message}"[-MAX_TEXT_LENGTH:]
    for name, value in _shows(arrival).items():
        if value and not getattr(row, name):
            setattr(row, name, value)
    if arrival.remote_id:
        # From now on it can be answered there, wherever it was first heard of.
        row.source, row.remote_id, row.connector = Source.LIVE.value, arrival.remote_id, connector
    who = shown(row.network, row.display_name, row.handle)
    row.person, row.named = who.person, who.named
    row.save()
    return said_more


def _who(arrival: Arrival) -> Shown:
    return shown(arrival.network.value, arrival.profile.display_name, arrival.profile.handle)


def _lines(arrival: Arrival, number: int) -> list[str]:
    """The line that told of a bare name; none where a handle or the network itself tells it."""
    who = _who(arrival)
    if who.handle or arrival.source is Source.LIVE:
        return []
    return [told_line(who, arrival.source.value, arrival.received or arrival.as_of, number)]


def _object(row: RequestRecord) -> str:
    return f"request:{digest(row.key)}"
