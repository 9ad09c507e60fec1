"""Every change of the inbox, each in one transaction with its line in the log. Nothing here answers on a network."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from demur.core.accounts import Profile, Purpose
from demur.core.arrivals import Answered, Arrival, Source
from demur.core.content import MAX_TEXT_LENGTH, ConnectionRequest, RequestKind
from demur.core.folding import fold
from demur.core.people import Role
from demur.core.verdicts import Verdict
from demur.server.asking.actions import note_answer
from demur.server.casework.queries import engine
from demur.server.database import vault
from demur.server.ledger.actions import record
from demur.server.ledger.details import is_clause
from demur.server.ledger.verbs import Verb
from demur.server.triage.models import LONGEST_BIO, LONGEST_LINE, ExceptionRecord, RequestRecord
from demur.server.triage.queries import as_asked

_SAME_REQUEST = timedelta(days=7)
"""A mail, an export and the person's own note may give one request different days; from here on it is another one."""

LONGEST_EXCEPTION = timedelta(days=366)
"""How long an exception holds at most before somebody looks at it again."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many requests are new, how many were there already, and how many of those had been answered."""

    added: int
    known: int
    answered: int
    keys: tuple[str, ...]


def take_in(
    arrivals: Iterable[Arrival],
    today: date,
    purpose: Purpose = Purpose.PERSONAL,
    role: Role = Role.OTHER,
    connector: int | None = None,
) -> TakenIn:
    """Put requests into the inbox, one line for each however often and from wherever it is told.

    What is known already gets the newest day on which it was seen, and whatever it lacked. Each new one is judged, and
    it is noted that it was. Raises VaultLocked, InvalidPolicy, DropRefused.
    """
    judge = engine()
    added, known, answered = [], 0, 0
    with transaction.atomic():
        sources = set()
        for arrival in arrivals:
            sources.add(arrival.source)
            held = _held(arrival, purpose, connector)
            if held is None:
                row = _new(arrival, purpose, role, connector)
                added.append(row)
                asked = as_asked(row)
                note_answer(asked, judge.decide(asked, today), today, typed=False)
            else:
                known += 1
                answered += bool(held.answer)
                _merge(held, arrival, connector)
        if added or known:
            details: dict[str, object] = {"added": len(added), "unchanged": known}
            if len(sources) == 1:
                details["source"] = sources.pop().value
            record(Verb.REQUESTS_TAKEN_IN, details=details)
    return TakenIn(len(added), known, answered, tuple(row.key for row in added))


def forget_unlisted(connector: int, listed: Set[str]) -> None:
    """A request that a network lists no more can't be answered there; if it is listed later, somebody asked again."""
    with transaction.atomic():
        for row in RequestRecord.objects.filter(connector=connector).exclude(remote_id=""):
            if row.remote_id not in listed:
                RequestRecord.objects.filter(pk=row.pk).update(remote_id="")


def keep(request: ConnectionRequest, today: date) -> RequestRecord:
    """Put a request that the person typed into the inbox, with what they said about it. Raises VaultLocked."""
    arrival = Arrival(
        network=request.account.network,
        profile=request.profile,
        as_of=today,
        source=Source.HAND,
        kind=request.kind,
        direction=request.direction,
        message=request.message,
        received=today,
    )
    with transaction.atomic():
        row = _held(arrival, request.account.purpose, None)
        if row is None or row.answer:
            row = _new(arrival, request.account.purpose, request.role, None)
        else:
            _merge(row, arrival, None)
        say(row.key, request)
        record(Verb.REQUESTS_TAKEN_IN, details={"added": 1, "source": Source.HAND.value})
    return RequestRecord.objects.get(pk=row.pk)


def say(key: str, request: ConnectionRequest) -> bool:
    """What the person says about somebody: who they are, the situation, the answer to the one question.

    False where there is no such request.
    """
    return bool(
        RequestRecord.objects.filter(key=key).update(
            relationship=request.relationship.value if request.relationship else "",
            role=request.role.value,
            purpose=request.account.purpose.value,
            knew_before=request.knew_before,
            mandated=request.mandated,
            group=request.group,
            small_community=request.small_community,
            served=request.served,
            purpose_of_search=request.purpose_of_search.value,
            approved=request.approved,
        )
    )


def answer(key: str, answered: Answered, verdict: Verdict, today: date) -> bool:
    """Note how a request was answered, and what the policy had said; False where there is no such request.

    A person's click comes before every call of this.
    """
    with transaction.atomic():
        row = RequestRecord.objects.filter(key=key).first()
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
    return _note(key, Verb.MEETING_PLANNED, meet_at=at)


def note_addressed(key: str, on: date | None) -> bool:
    """That it was talked about in person on a day; None takes that back. False where there is no such request."""
    return _note(key, Verb.MEETING_HELD, addressed_on=on)


def note_supervisor_told(key: str, on: date | None) -> bool:
    """That the supervisor was told on a day; None takes that back. False where there is no such request."""
    return _note(key, Verb.SUPERVISOR_TOLD, supervisor_told_on=on)


def keep_chart_note(key: str, text: str) -> bool:
    """Keep a draft for the chart with the request; empty removes it. False where there is no such request."""
    return _note(key, Verb.CHART_NOTE_KEPT, chart_note=text)


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

    Raises ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("an exception needs a reason")
    with transaction.atomic():
        row = RequestRecord.objects.filter(key=key).first()
        if row is None:
            return None
        asked = ExceptionRecord.objects.create(request=row, reason=reason.strip()[:LONGEST_BIO], asked_on=today)
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


def end_exception(number: int, today: date) -> bool:
    """End an exception before its day of review, from today on; False where there is none that holds."""
    with transaction.atomic():
        row = ExceptionRecord.objects.select_related("request").filter(pk=number, agreed=True).first()
        if row is None or row.review_on is None or row.review_on < today:
            return False
        row.review_on = today - timedelta(days=1)
        row.save()
        record(Verb.EXCEPTION_ENDED, obj=_object(row.request))
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


def _new(arrival: Arrival, purpose: Purpose, role: Role, connector: int | None) -> RequestRecord:
    profile = arrival.profile
    person, named = _digests(arrival)
    return RequestRecord.objects.create(
        key=secrets.token_hex(16),
        person=person,
        named=named,
        network=arrival.network.value,
        kind=arrival.kind.value,
        direction=arrival.direction.value,
        purpose=purpose.value,
        source=arrival.source.value,
        vouched=arrival.vouched,
        connector=connector,
        remote_id=arrival.remote_id[:LONGEST_LINE],
        added=timezone.now(),
        received=arrival.received,
        as_of=arrival.as_of,
        role=role.value,
        **_shown(profile, arrival.message),
    )


def _shown(profile: Profile, message: str) -> dict[str, str | int]:
    return {
        "display_name": profile.display_name[:LONGEST_LINE],
        "handle": profile.handle[:LONGEST_LINE],
        "city": profile.city[:LONGEST_LINE],
        "email": profile.email[:LONGEST_LINE],
        "phone": profile.phone[:LONGEST_LINE],
        "bio": profile.bio[:LONGEST_BIO],
        "message": message[:MAX_TEXT_LENGTH],
        "mutual_connections": profile.mutual_connections,
    }


def _held(arrival: Arrival, purpose: Purpose, connector: int | None) -> RequestRecord | None:
    """The request in the inbox that this is the same as; None where it is new, or shows neither name nor handle."""
    if not (arrival.profile.handle.strip() or arrival.profile.display_name.strip()):
        return None
    person, named = _digests(arrival)
    same = Q(person=person) | Q(named=named, handle="")
    if not arrival.profile.handle.strip():
        same |= Q(named=named)
    alike = RequestRecord.objects.filter(
        same,
        network=arrival.network.value,
        kind=arrival.kind.value,
        direction=arrival.direction.value,
        # INVARIANT: what one account may accept another may not, so a request never moves between them.
        purpose=purpose.value,
    )
    return next(
        (
            row
            for row in alike
            if _same_time(row, arrival) and not _asked_again(row, arrival) and not _apart(row, arrival, connector)
        ),
        None,
    )


def _apart(row: RequestRecord, arrival: Arrival, connector: int | None) -> bool:
    """Whether merging would lose something or give one person what was said of another."""
    if arrival.source is Source.LIVE and row.source == Source.LIVE and row.connector != connector:
        return True
    if arrival.kind is RequestKind.MESSAGE and arrival.message and row.message and arrival.message != row.message:
        return True  # Another message may be the one that matters.
    if row.handle.strip() or not arrival.profile.handle.strip():
        return False
    # A name alone doesn't tell that a handle is the same person's.
    return bool(row.answer or row.relationship or row.exceptions.exists())


def _same_time(row: RequestRecord, arrival: Arrival) -> bool:
    """Whether both can be one request: on about one day, or one of the days is unknown.

    Two exports name the very same day; where they don't, two people have that name.
    """
    if arrival.received is None or row.received is None:
        return True
    apart = abs(arrival.received - row.received)
    return apart <= (timedelta(0) if row.source == arrival.source == Source.EXPORT else _SAME_REQUEST)


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


def _merge(row: RequestRecord, arrival: Arrival, connector: int | None) -> None:
    """The newest day, the earliest one, and what was lacking."""
    row.as_of = max(row.as_of, arrival.as_of)
    row.received = min((day for day in (row.received, arrival.received) if day is not None), default=None)
    row.vouched = row.vouched or arrival.vouched
    for name, value in _shown(arrival.profile, arrival.message).items():
        if value and not getattr(row, name):
            setattr(row, name, value)
    if arrival.message and arrival.message not in row.message:
        # INVARIANT: no word that somebody wrote is dropped: it may be the one that speaks of danger.
        row.message = f"{row.message}\n\n{arrival.message}"[-MAX_TEXT_LENGTH:]
    if arrival.remote_id:
        # From now on it can be answered there, wherever it was first heard of.
        row.source, row.remote_id, row.connector = Source.LIVE.value, arrival.remote_id[:LONGEST_LINE], connector
    row.person, row.named = _digests(replace(arrival, profile=row.to_request().profile))
    row.save()


def _digests(arrival: Arrival) -> tuple[str, str]:
    name = " ".join(fold(arrival.profile.display_name).text.split())
    handle = fold(arrival.profile.handle).text.strip().removeprefix("@")
    network = arrival.network.value
    return _digest(f"{network}\nhandle\n{handle}" if handle else f"{network}\nname\n{name}"), _digest(
        f"{network}\n{name}"
    )


def _object(row: RequestRecord) -> str:
    return f"request:{_digest(row.key)}"


def _digest(text: str) -> str:
    # Keyed: names are few enough to be guessed from a bare hash.
    return hmac.new(vault.derive("inbox"), text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
