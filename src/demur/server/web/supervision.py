"""For supervision: private notes, kept because somebody asked for that, or printed and forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from demur.core.content import MAX_TEXT_LENGTH
from demur.server.casework import queries
from demur.server.casework.actions import change_note, keep_note, remove_note
from demur.server.casework.models import NoteRecord
from demur.server.database.errors import VaultLocked
from demur.server.web.forms import NoteForm
from demur.server.web.pages import done, page, post_only, show

_FIRST_WORDS = 80
"""Code points of a note that the list shows."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One note in the list, by its first words."""

    key: str
    written: datetime
    first_words: str

    @classmethod
    def of(cls, record: NoteRecord) -> _Row:
        words = " ".join(record.text[: 4 * _FIRST_WORDS].split())
        shown = words if len(words) <= _FIRST_WORDS else f"{words[:_FIRST_WORDS].rstrip()}…"
        return cls(record.key, record.written, shown)


@require_safe
@page
def notes(request: HttpRequest) -> HttpResponse:
    """What is kept, the latest first."""
    rows = [_Row.of(record) for record in queries.notes()]
    return show(request, "demur/notes.html", {"rows": rows, "here": "supervision"})


@page
def new(request: HttpRequest) -> HttpResponse:
    """A new note: empty, or with the draft in it that somebody brings along in a body. Nothing is kept yet."""
    if request.method != "POST":
        return _asked(request, NoteForm())
    if "do" not in request.POST:
        # A draft may be longer than a form takes, and a page that loses words is no help.
        draft = request.POST.get("text", "").replace("\r\n", "\n")[:MAX_TEXT_LENGTH]
        return _asked(request, NoteForm(initial={"note": draft}))
    return _done(request, "")


@page
def note(request: HttpRequest, key: str) -> HttpResponse:
    """A kept note: to read, to change, to print."""
    if request.method == "POST":
        return _done(request, key)
    record = queries.note(key)
    if record is None:
        raise Http404
    return _asked(request, NoteForm(initial={"note": record.text}), key, record.written)


@post_only("supervision")
@page
def remove(request: HttpRequest, key: str) -> HttpResponse:
    """It is gone for good."""
    return done("supervision", "note-removed" if remove_note(key) else "note-gone")


def words_back(request: HttpRequest, text: str) -> HttpResponse:
    """Words that could not be kept because the store locked itself, as a new note that can be kept or printed."""
    text = text.replace("\r\n", "\n")[:MAX_TEXT_LENGTH]
    return _asked(request, NoteForm(initial={"note": text}), locked=True)


def _done(request: HttpRequest, key: str) -> HttpResponse:
    """What somebody chose: keep it, print it, or take it along as a file. Only keeping needs the store."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _asked(request, form, key)
    text: str = form.cleaned_data["note"]
    chosen = request.POST.get("do", "")
    if chosen == "file":
        return _file(text)
    if chosen == "print":
        return show(request, "demur/note_print.html", {"text": text, "key": key, "here": "supervision"})
    if chosen != "keep":
        return _asked(request, form, key)
    try:
        if key and change_note(key, text):
            return done("supervision", "note-changed")
        # A note that was removed meanwhile is kept anew: its author has just asked for that.
        keep_note(text)
    except VaultLocked:
        # INVARIANT: whoever wrote until the store locked itself gets their words back, on the page, and nowhere else.
        return _asked(request, form, key, locked=True)
    return done("supervision", "note-kept")


def _file(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="note-for-supervision.txt"'
    return response


def _asked(
    request: HttpRequest, form: NoteForm, key: str = "", written: datetime | None = None, *, locked: bool = False
) -> HttpResponse:
    action = reverse("note", args=[key]) if key else reverse("note-new")
    context = {
        "form": form,
        "action": action,
        "key": key,
        "written": written,
        "locked": locked,
        "here": "supervision",
    }
    return show(request, "demur/note.html", context, status=503 if locked else 200)
