"""The people one serves: bring them in, find them, take them off the list."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from demur.core.people import Relationship
from demur.records.caseload_csv import COLUMNS, UnreadableCaseload, read_caseload
from demur.server.casework import queries
from demur.server.casework.actions import import_caseload, remove_all, remove_client
from demur.server.casework.models import ClientRecord
from demur.server.web.forms import ImportForm, SearchForm
from demur.server.web.pages import done, page, post_only, show

MOST_ROWS = 200
"""How many people one page lists; a search finds the others."""

_COLUMNS_SAY = {
    "client_id": "your own number for the person; the same one again is an update",
    "given_name": "",
    "middle_name": "",
    "family_name": "",
    "preferred_name": "what they are called",
    "other_names": "former names and nicknames, with ; between them",
    "date_of_birth": "such as 1984-07-31",
    "email": "",
    "phone": "",
    "city": "",
    "handles": "names on social media, with ; between them",
    "relationship": "current-client, former-client or client-family; left empty it is current-client",
    "since": "",
    "until": "the day on which the service ended",
}

_TIES = {
    Relationship.CURRENT_CLIENT: "served now",
    Relationship.FORMER_CLIENT: "served before",
    Relationship.CLIENT_FAMILY: "family of a client",
}


@dataclass(frozen=True, slots=True)
class _Row:
    """One person in the list."""

    client_id: str
    name: str
    also: str
    relationship: str
    city: str
    sample: bool

    @classmethod
    def of(cls, record: ClientRecord) -> _Row:
        client = record.to_client()
        also = dict.fromkeys((client.preferred_name, *client.other_names, *client.handles))
        return cls(
            client_id=client.client_id,
            name=client.full_name,
            also=", ".join(name for name in also if name and name != client.full_name),
            relationship=_TIES.get(client.relationship, ""),
            city=client.city,
            sample=record.sample,
        )


@page
def caseload(request: HttpRequest) -> HttpResponse:
    """The list. A search comes in a body, because names have no place in an address."""
    return _caseload(request)


@post_only("caseload")
@page
def bring_in(request: HttpRequest) -> HttpResponse:
    """Take the good lines of a file; say for each other line why it was left out."""
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _caseload(request, {"import_form": form})
    try:
        reading = read_caseload(form.cleaned_data["file"].read(), timezone.localdate())
    except UnreadableCaseload as error:
        form.add_error("file", str(error))
        return _caseload(request, {"import_form": form})
    return _caseload(request, {"result": import_caseload(reading), "reading": reading})


@post_only("caseload")
@page
def remove(request: HttpRequest) -> HttpResponse:
    """Take one person off the list."""
    return done("caseload", "removed" if remove_client(request.POST.get("client_id", "")) else "gone")


@page
def clear(request: HttpRequest) -> HttpResponse:
    """Asks before everybody is removed, then does it."""
    if request.method != "POST":
        return show(request, "demur/caseload_clear.html", {"count": queries.count(), "here": "caseload"})
    remove_all()
    return done("caseload", "emptied")


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An empty list with every column, to fill in."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow(COLUMNS)
    return HttpResponse(
        text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="caseload.csv"'},
    )


def _caseload(request: HttpRequest, more: Mapping[str, object] | None = None) -> HttpResponse:
    search_form = SearchForm(request.POST if "search" in request.POST else None)
    searched = search_form.cleaned_data["search"] if search_form.is_bound and search_form.is_valid() else ""
    rows = queries.clients(searched)
    context = {
        "rows": [_Row.of(row) for row in rows[:MOST_ROWS]],
        "found": len(rows),
        "more": max(0, len(rows) - MOST_ROWS),
        "count": queries.count(),
        "searched": searched.strip(),
        "search_form": search_form,
        "import_form": ImportForm(),
        "columns": _COLUMNS_SAY.items(),
        "here": "caseload",
    }
    return show(request, "demur/caseload.html", {**context, **(more or {})})
