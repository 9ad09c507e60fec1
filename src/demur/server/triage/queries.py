"""Reading the inbox: what is open, what was answered, what was agreed, and a year of it without names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Q
from django.db.models.functions import Coalesce

from demur.core.agreements import AgreedException
from demur.core.arrivals import Answered
from demur.core.content import ConnectionRequest, Direction
from demur.core.people import SERVED, Relationship
from demur.server.casework.queries import engine
from demur.server.triage.models import ExceptionRecord, RequestRecord
from demur.server.triage.persons import plain_handle

_MADE = Coalesce("received", "as_of")
_STILL_SAID = timedelta(days=60)
"""How long the inbox says that an exception has ended."""

_ELSEWHERE = frozenset({Relationship.COLLEAGUE, Relationship.VENDOR, Relationship.NONE})
_UNSAID = frozenset({"", Relationship.UNKNOWN.value})


def open_requests() -> list[RequestRecord]:
    """What waits for an answer, the latest first by the day on which it was made. Raises VaultLocked."""
    return list(RequestRecord.objects.filter(answer="").order_by(_MADE.desc(), "-added", "-id"))


def answered_requests() -> list[RequestRecord]:
    """What was answered, the latest answer first. Raises VaultLocked."""
    return list(RequestRecord.objects.exclude(answer="").order_by("-answered_on", "-id"))


def count_open() -> int:
    """How many requests wait for an answer."""
    return RequestRecord.objects.filter(answer="").count()


def request(key: str) -> RequestRecord | None:
    """One request; None where there is none with that key. Raises VaultLocked."""
    return RequestRecord.objects.filter(key=key).first()


def requests(keys: list[str]) -> list[RequestRecord]:
    """The requests with these keys that are still open, in the inbox's order; unknown keys are passed over."""
    return [row for row in open_requests() if row.key in keys]


def last_said() -> RequestRecord | None:
    """The latest request, whose role and account are likely those of the next one."""
    return RequestRecord.objects.first()


def as_asked(row: RequestRecord) -> ConnectionRequest:
    """The request as the engine takes it, with the exception that was agreed for it."""
    return row.to_request(exception_for(row))


def exceptions(row: RequestRecord) -> list[ExceptionRecord]:
    """Every exception that covers this request, or was asked for on its page, the latest first."""
    same = Q(request_id=row.pk)
    if plain_handle(row.handle):
        same |= Q(request__person=row.person, request__network=row.network)
    found = ExceptionRecord.objects.select_related("request").filter(same)
    return [one for one in found if one.request_id == row.pk or one.covers(row)]


def covering_the_same(one: ExceptionRecord) -> list[ExceptionRecord]:
    """Every exception that covers what this one covers, itself included."""
    asked = copy(one.request)
    # As it was when the exception was asked for: what was said about the request since may be about another account.
    asked.kind, asked.direction, asked.purpose = one.kind, one.direction, one.purpose
    return [other for other in exceptions(asked) if other.covers(asked)]


def exception_for(row: RequestRecord) -> AgreedException | None:
    """The agreed exception that covers this request and holds longest, ended ones included; None without one."""
    agreed = [held for one in exceptions(row) if one.covers(row) and (held := one.to_agreed()) is not None]
    return max(agreed, key=lambda held: held.review_on, default=None)


def exceptions_to_review(today: date) -> list[ExceptionRecord]:
    """What was agreed to and ended in the last two months, the first to end first; nothing that was looked at since."""
    ended = ExceptionRecord.objects.filter(agreed=True, review_on__lt=today, review_on__gte=today - _STILL_SAID)
    return [
        one
        for one in ended.select_related("request").order_by("review_on")
        if not any(later.pk > one.pk for later in covering_the_same(one))
    ]


@dataclass(frozen=True, slots=True)
class YearlyLook:
    """Requests of one calendar year, counted. Days are whole days from the request to the conversation.

    `not_addressed` are those that still are to be talked about, as `is_to_be_addressed` says. `by_month` has twelve
    counts. The mappings' keys are words of the vocabularies.
    """

    year: int
    requests: int
    still_open: int
    by_month: tuple[int, ...]
    by_network: Mapping[str, int]
    by_kind: Mapping[str, int]
    by_answer: Mapping[str, int]
    addressed: int
    not_addressed: int
    days_to_address: tuple[int, ...]
    supervisor_told: int
    exceptions_asked: int
    exceptions_agreed: int

    @property
    def median_days(self) -> float | None:
        """The middle one of the days until it was addressed in person; None where none was."""
        return median(self.days_to_address) if self.days_to_address else None


def years() -> list[int]:
    """The years that have requests, the latest first."""
    return sorted({_day(row).year for row in RequestRecord.objects.all()}, reverse=True)


def is_to_be_addressed(row: RequestRecord, today: date) -> bool:
    """Whether a talk about it is still missing: it was answered, and it is of somebody who is served, or close to them.

    Nobody talks at work with a stranger, or about what is open. Raises VaultLocked, InvalidPolicy.
    """
    if not row.answer or row.unchecked or row.addressed_on is not None or row.direction != Direction.INCOMING:
        return False
    if row.served or not (row.relationship in _UNSAID or row.relationship in _ELSEWHERE):
        return True
    return any(match.client.relationship in SERVED for match in engine().decide(as_asked(row), today).matches)


def yearly_look(year: int, today: date) -> YearlyLook:
    """The requests of a year, by the day they were made, or first seen where that is unknown.

    Raises VaultLocked, InvalidPolicy.
    """
    rows = [row for row in RequestRecord.objects.all() if _day(row).year == year]
    months = Counter(_day(row).month for row in rows)
    addressed = [row for row in rows if row.addressed_on is not None]
    asked = list(ExceptionRecord.objects.filter(asked_on__year=year))
    return YearlyLook(
        year=year,
        requests=len(rows),
        still_open=sum(not row.answer for row in rows),
        by_month=tuple(months[month] for month in range(1, 13)),
        by_network=dict(Counter(row.network for row in rows).most_common()),
        by_kind=dict(Counter(row.kind for row in rows).most_common()),
        by_answer={one.value: sum(row.answer == one for row in rows) for one in Answered},
        addressed=len(addressed),
        not_addressed=sum(is_to_be_addressed(row, today) for row in rows),
        days_to_address=tuple(
            sorted(max((row.addressed_on - _day(row)).days, 0) for row in addressed if row.addressed_on is not None)
        ),
        supervisor_told=sum(row.supervisor_told_on is not None for row in rows),
        exceptions_asked=len(asked),
        exceptions_agreed=sum(one.agreed is True for one in asked),
    )


def _day(row: RequestRecord) -> date:
    return row.received or row.as_of
