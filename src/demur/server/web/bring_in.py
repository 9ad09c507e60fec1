"""Ways into the inbox: what was copied from a page, and files that a network or a mail program gave."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from demur.core.accounts import Network, Purpose
from demur.core.arrivals import Reading
from demur.core.people import Role
from demur.networks.pasted import read_pasted
from demur.server.reading_apart import read_apart
from demur.server.triage import actions
from demur.server.triage.actions import TakenIn
from demur.server.web.forms import FilesForm, PasteForm, RequestForm
from demur.server.web.pages import page, show

ENOUGH = 60.0
"""Seconds of one press: who waits longer before a page that says nothing takes it for broken."""
NOT_YET = (
    "{seen:,} of {all:,} requests are in your inbox so far. Bring in the same files again for the rest: none is listed"
    " twice. For many of them, demur inbox import FILE in a terminal shows how far it is."
)


@page
def paste(request: HttpRequest) -> HttpResponse:
    """Text from a profile page becomes a form to look over. Nothing is kept before that."""
    if request.method != "POST":
        return show(request, "demur/inbox_paste.html", {"form": PasteForm(), "here": "inbox"})
    form = PasteForm(request.POST)
    if not form.is_valid():
        return show(request, "demur/inbox_paste.html", {"form": form, "here": "inbox"})
    chosen = form.word("network", Network, Network.OTHER)
    pasted = read_pasted(form.cleaned_data["text"], None if chosen is Network.OTHER else chosen)
    profile = pasted.profile
    read = {
        "asked": "friend/incoming",
        "network": (pasted.network or chosen).value,
        "display_name": profile.display_name,
        "handle": profile.handle,
        "city": profile.city,
        "email": profile.email,
        "phone": profile.phone,
        "bio": profile.bio,
        "mutual_connections": profile.mutual_connections or None,
    }
    return show(
        request,
        "demur/request.html",
        {"form": RequestForm(initial=read), "pasted": True, "people": pasted.people, "here": "inbox"},
    )


@page
def files(request: HttpRequest) -> HttpResponse:
    """Exports and mails, read in a process of their own; what they hold is listed once, however often they come."""
    if request.method != "POST":
        return _asked(request, FilesForm())
    form = FilesForm(request.POST)
    uploads = request.FILES.getlist("files")
    if not form.is_valid() or not uploads:
        return _asked(request, form, missing=not uploads)
    today = timezone.localdate()
    reading = read_apart([(upload.name or "", upload.read()) for upload in uploads], today)
    account, role = form.word("account", Purpose, Purpose.PERSONAL), form.word("role", Role, Role.OTHER)
    taken, enough, seen = TakenIn(), time.monotonic() + ENOUGH, 0
    lines: Counter[actions.Line] = Counter()
    while seen < len(reading.arrivals) and (seen == 0 or time.monotonic() < enough):
        lot = reading.arrivals[seen : seen + actions.LOT]
        taken += actions.take_in(lot, today, account, role, lines=lines)
        seen += len(lot)
    if seen < len(reading.arrivals):
        reading = replace(reading, notes=(NOT_YET.format(seen=seen, all=len(reading.arrivals)), *reading.notes))
    return _asked(request, FilesForm(), reading=reading, taken=taken)


def _asked(
    request: HttpRequest,
    form: FilesForm,
    *,
    missing: bool = False,
    reading: Reading | None = None,
    taken: TakenIn | None = None,
) -> HttpResponse:
    context = {"form": form, "missing": missing, "reading": reading, "taken": taken, "here": "inbox"}
    return show(request, "demur/inbox_files.html", context)
