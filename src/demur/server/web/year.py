"""A year of requests in plain pictures: how many, how they were answered, how long until they were talked about."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from demur.core.accounts import Network
from demur.core.content import RequestKind
from demur.server.triage import queries
from demur.server.triage.queries import YearlyLook
from demur.server.web.pages import page, show
from demur.server.web.words import ANSWERED, KINDS, MONTHS, NETWORKS

_WAITS = ((1, "Within a day"), (7, "Within a week"), (30, "Within a month"), (None, "Later"))
"""Days until a request was talked about in person, at most; the last has no end."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a picture with its figure. `share` is in hundredths of the longest."""

    label: str
    count: int
    share: float


@require_safe
@page
def year(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """One year; the latest that has requests where none is named."""
    if number is not None and not MINYEAR <= number <= MAXYEAR:
        raise Http404
    known = queries.years()
    today = timezone.localdate()
    look = queries.yearly_look(number or (known[0] if known else today.year), today)
    context = {
        "look": look,
        "years": known,
        "months": _bars(zip(MONTHS, look.by_month, strict=True)),
        "answers": _bars(_answers(look)),
        "networks": _bars(_networks(look)),
        "kinds": _bars(_kinds(look)),
        "waits": _bars(_waits(look)),
        "median": None if look.median_days is None else f"{look.median_days:g}",
        "here": "inbox",
    }
    return show(request, "demur/year.html", context)


@require_safe
@page
def year_csv(request: HttpRequest, number: int) -> HttpResponse:
    """The figures of a year as a table for somebody else.

    INVARIANT: counts only. No name, no handle, no day of a single request, nothing that somebody typed.
    """
    if number not in queries.years():
        raise Http404
    look = queries.yearly_look(number, timezone.localdate())
    lines = io.StringIO()
    table = csv.writer(lines, lineterminator="\r\n")
    table.writerow(["what", "which", "count"])
    table.writerow(["requests", "all", look.requests])
    for what, rows in (
        ("month", zip(MONTHS, look.by_month, strict=True)),
        ("answer", _answers(look)),
        ("network", _networks(look)),
        ("kind", _kinds(look)),
        ("talked about in person", _waits(look)),
    ):
        table.writerows([what, label, count] for label, count in rows)
    table.writerow(["supervisor told", "all", look.supervisor_told])
    table.writerow(["exceptions", "asked for", look.exceptions_asked])
    table.writerow(["exceptions", "agreed", look.exceptions_agreed])
    response = HttpResponse(lines.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="requests-{number}.csv"'
    return response


def _answers(look: YearlyLook) -> Iterator[tuple[str, int]]:
    for answered, says in ANSWERED.items():
        if look.by_answer[answered.value]:
            yield says, look.by_answer[answered.value]
    if look.still_open:
        yield "Still open", look.still_open


def _networks(look: YearlyLook) -> Iterator[tuple[str, int]]:
    return ((NETWORKS[Network(word)], count) for word, count in look.by_network.items())


def _kinds(look: YearlyLook) -> Iterator[tuple[str, int]]:
    return ((KINDS[RequestKind(word)], count) for word, count in look.by_kind.items())


def _waits(look: YearlyLook) -> Iterator[tuple[str, int]]:
    before = -1
    for most, says in _WAITS:
        yield says, sum(before < days and (most is None or days <= most) for days in look.days_to_address)
        before = most if most is not None else before
    yield "Not noted yet", look.not_addressed


def _bars(counts: Iterable[tuple[str, int]]) -> tuple[Bar, ...]:
    rows = list(counts)
    most = max((count for _, count in rows), default=0)
    return tuple(Bar(label, count, round(100 * count / most, 1) if most else 0.0) for label, count in rows)
