"""Everything ever posted: start an audit, watch it, read what it found, tick what is done, and take it along."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from demur.audit.apart import usual_workers
from demur.audit.page import as_html, as_pdf
from demur.audit.pictures import bars, columns
from demur.audit.report import MOST_LISTED, OfKind, Report, Where, as_csv, remedy_of, short_title_of, where_of
from demur.core.accounts import Audience, Network, Purpose
from demur.core.citations import Citation, citations
from demur.core.exposures import Exposure, ExposureKind, Urgency
from demur.core.people import Role
from demur.core.settings import Observed
from demur.networks.settings.catalogue import NETWORKS as SETTINGS_OF
from demur.networks.settings.told import from_export
from demur.server.audits import actions, jobs, queries
from demur.server.audits.models import AuditRecord
from demur.server.checkups import actions as checkups
from demur.server.web.forms import SHORT, PlainForm, PlainText, choice
from demur.server.web.pages import done, page, post_only, show
from demur.server.web.words import NETWORKS, PURPOSES, ROLES

SOON = {Urgency.FIRST: "First", Urgency.SOON: "Soon", Urgency.LATER: "When there is time"}
SEEN_BY = {
    Audience.PUBLIC: "anybody could see it",
    Audience.FRIENDS: "friends could see it",
    Audience.CLOSE_FRIENDS: "close friends could see it",
}
_WHO_SAW = "the export doesn't say who saw it"
_EXPORTS = (".zip", ".tar.gz", ".car")
_MOST_OFFERED = 12
_ONLY_NEW = "new"
_PATIENCE = 3.0
"""Seconds in which most audits heed a stop, so that the answer can offer to go on."""


class AuditForm(PlainForm):
    """Which exports, of which account, and what is kept."""

    paths = PlainText(
        label="Where your exports are on this computer",
        help_text="One in a line: a zip, one of several parts, or a folder, such as /home/you/Downloads/facebook.zip.",
        longest=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false", "dir": "auto"}),
    )
    offered = forms.MultipleChoiceField(
        label="From your downloads", required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    account = choice(PURPOSES, "Which of your accounts")
    role = choice(ROLES, "What you do", widget=forms.Select(attrs={"data-keep": True}))
    work_area = PlainText(
        label="Town or county where you work",
        longest=SHORT,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto", "data-keep": True}),
    )
    photos = forms.BooleanField(label="Look at the photos, too. It takes longer.", required=False, initial=True)
    keep_text = forms.BooleanField(
        label="Keep the words of what is found, encrypted here, so that I see them in the report", required=False
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["offered"].choices = [(str(path), path.name) for path in _downloads()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """The files. Each must be there."""
        cleaned = super().clean() or {}
        typed = [line.strip().strip("\"'“”‘’") for line in cleaned.get("paths", "").splitlines()]
        paths = [_path(one) for one in (*cleaned.get("offered", ()), *typed) if one]
        if not paths:
            raise ValidationError("Choose an export, or type where it is.")
        for number, path in enumerate(paths, 1):
            try:
                there = path.exists()
            except (OSError, ValueError):
                there = False
            if not there:
                says = f"There is no file or folder at the {_ORDINALS.get(number, 'last')} place named."
                if os.name != "nt" and _WINDOWS.match(str(path)):
                    says += " Windows writes it that way: under WSL, C:\\ is at /mnt/c/."
                raise ValidationError(says)
        cleaned["files"] = paths
        return cleaned


_WINDOWS = re.compile(r"[A-Za-z]:[\\/]")
_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth"}


def _path(typed: str) -> Path:
    try:
        return Path(typed).expanduser()
    except RuntimeError:  # ~somebody who has no account here
        return Path(typed)


def _downloads() -> list[Path]:
    """What lies in the downloads and may be an export, the newest first."""
    folder = Path.home() / "Downloads"
    try:
        found = [path for path in folder.iterdir() if path.name.lower().endswith(_EXPORTS) and path.is_file()]
        found.sort(key=lambda path: -path.stat().st_mtime)
    except OSError:
        return []
    return found[:_MOST_OFFERED]


@dataclass(frozen=True, slots=True)
class Row:
    """One exposure as a page shows it.

    `also` are the titles of other kinds that the same post is of; `told` are those of its `cites` that stand above it.
    """

    exposure: Exposure
    soon: str
    network: str
    seen_by: str
    remedy: str
    where: Where
    cites: tuple[Citation, ...]
    new: bool
    done: bool
    also: tuple[str, ...]
    told: frozenset[Citation]

    @property
    def known(self) -> tuple[str, ...]:
        return tuple(cite.label for cite in self.cites if cite in self.told)


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of exposure as a page shows it."""

    kind: OfKind
    advice: tuple[tuple[str, tuple[Citation, ...]], ...]
    rows: tuple[Row, ...]
    more: int


@page
def audit(request: HttpRequest) -> HttpResponse:
    """The audits that there are, the one that runs, and a form for the next."""
    if request.method != "POST":
        return _page(request, AuditForm(initial=_as_last_time()))
    form = AuditForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    if jobs.busy():
        return done("audit", "audit-runs")
    record = actions.begin(
        form.cleaned_data["files"],
        form.word("account", Purpose, Purpose.PERSONAL),
        form.word("role", Role, Role.OTHER),
        form.cleaned_data["work_area"],
        keep_text=form.cleaned_data["keep_text"],
        look_at_photos=form.cleaned_data["photos"],
        today=timezone.localdate(),
    )
    return _there() if jobs.start(record) else done("audit", "audit-runs")


@require_safe
@page
def progress(request: HttpRequest) -> HttpResponse:
    """How far the audit has come, for the page that shows it; once it has ended, that page is loaded anew."""
    response = show(request, "demur/_audit_progress.html", _progress())
    running = jobs.running()
    if running is None or running.ended:
        response.headers["HX-Redirect"] = reverse("audit")  # without what was said when it began
    return response


@post_only("audit")
@page
def go_on(request: HttpRequest) -> HttpResponse:
    """Goes on with one that was stopped."""
    purpose = _purpose(request.POST.get("purpose", ""))
    if jobs.busy():
        return done("audit", "audit-runs")
    record = queries.latest(purpose)  # after whatever came to its end: it has the last of what that found
    if record is None or record.complete:
        return done("audit", "audit-gone")
    return _there() if jobs.start(record) else done("audit", "audit-runs")


@post_only("audit")
@page
def stop(request: HttpRequest) -> HttpResponse:
    """Stops the one that runs; what it found is kept."""
    jobs.stop(wait=_PATIENCE)
    return _there()


@require_safe
@page
def report(request: HttpRequest, purpose: str) -> HttpResponse:
    """What an audit found."""
    record, made = _report(purpose)
    only_new = request.GET.get("show") == _ONLY_NEW
    sections = _sections(made, only_new)
    context = {
        "only_new": only_new,
        "has_old": len(made.new) < len(made.everything),
        "audit": record,
        "report": made,
        "purpose": purpose,
        "called": PURPOSES[Purpose(purpose)],
        "by_kind": _safe(bars([(short_title_of(one.kind), one.count) for one in made.kinds], "Exposures by kind")),
        "by_year": _safe(columns(made.years, "Exposures by year")),
        "first": [section for section in sections if section.kind.kind is ExposureKind.NAMED],
        "sections": [section for section in sections if section.kind.kind is not ExposureKind.NAMED],
        "questions": _questions(made),
        "views": made.views,
        "networks": NETWORKS,
        "settings_read": sum(len(observed) for _, observed in _settings_in(record)),
        "here": "visible",
    }
    return show(request, "demur/audit_report.html", context)


@require_safe
@page
def take_along(request: HttpRequest, purpose: str, form: str) -> HttpResponse:
    """The report as a file: a page, a PDF or a table."""
    _, made = _report(purpose)
    if form == "csv":
        content, kind = as_csv(made).encode("utf-8-sig"), "text/csv; charset=utf-8"
    elif form == "html":
        content, kind = as_html(made).encode(), "text/html; charset=utf-8"
    elif form != "pdf":
        raise Http404
    else:
        try:
            content, kind = as_pdf(made), "application/pdf"
        except (OSError, ImportError):
            says = "A PDF needs the library Pango, which is not on this computer. Take the page, and print it."
            return show(request, "demur/problem.html", {"says": says}, status=503)
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="audit-{purpose}.{form}"'
    return response


@post_only("audit")
@page
def use_settings(request: HttpRequest, purpose: str) -> HttpResponse:
    """What the exports told of settings goes into the check-ups of this kind of account."""
    record = queries.latest(_purpose(purpose))
    if record is None:
        raise Http404
    for network, observed in _settings_in(record):
        checkups.take_in(network, Purpose(purpose), observed, timezone.localdate())
    return done("settings", "settings-used")


def _settings_in(record: AuditRecord) -> list[tuple[Network, tuple[Observed, ...]]]:
    found = queries.state_of(record).settings
    read = [(network, from_export(network, found, queries.day_of(record))) for network in SETTINGS_OF]
    return [(network, observed) for network, observed in read if observed]


@post_only("audit")
@page
def tick(request: HttpRequest, purpose: str) -> HttpResponse:
    """What was found in one post was dealt with, or wasn't after all."""
    _, made = _report(purpose)
    fingerprint = request.POST.get("which", "")
    found = queries.with_their_posts(made).get(fingerprint)
    if found is None:
        raise Http404
    those = frozenset(one.fingerprint for one in found)
    actions.tick(those, request.POST.get("done") == "yes", timezone.localdate())
    only_new = request.POST.get("show") == _ONLY_NEW
    if request.headers.get("HX-Request") != "true":
        asked = f"?show={_ONLY_NEW}" if only_new else ""
        response = HttpResponse(status=303)
        response.headers["Location"] = f"{reverse('audit-report', args=[purpose])}{asked}#x{fingerprint}"
        return response
    _, made = _report(purpose)
    rows = [row for section in _sections(made, only_new) for row in section.rows if row.exposure.fingerprint in those]
    this = next((row for row in rows if row.exposure.fingerprint == fingerprint), None)
    if this is None:
        raise Http404
    context = {
        "row": this,
        "others": [row for row in rows if row is not this],
        "report": made,
        "called": PURPOSES[Purpose(purpose)],
        "purpose": purpose,
        "only_new": only_new,
    }
    return show(request, "demur/_audit_ticked.html", context)


@post_only("audit")
@page
def forget(request: HttpRequest, purpose: str) -> HttpResponse:
    """The words go, or the whole audit does."""
    whose = _purpose(purpose)
    running = jobs.running()
    if running is not None and not running.ended and running.purpose == purpose:
        return done("audit", "audit-runs")
    if request.POST.get("what") == "words":
        actions.remove_words(whose)
        return done("audit", "audit-words-removed")
    return done("audit", "audit-removed" if actions.remove(whose) else "audit-gone")


def _there() -> HttpResponse:
    """Back to the page of audits, which tells by itself how the one that runs is."""
    return HttpResponseRedirect(reverse("audit"), status=303)


def _page(request: HttpRequest, form: AuditForm) -> HttpResponse:
    records = queries.audits()
    context = {
        "form": form,
        "audits": [(record, PURPOSES[Purpose(record.purpose)]) for record in records],
        "cores": usual_workers(),
        "here": "visible",
        **_progress(),
    }
    return show(request, "demur/audit.html", context)


def _as_last_time() -> dict[str, object]:
    """What somebody does, and where, as they said it at the last audit."""
    last = next(iter(queries.audits()), None)
    return {"role": last.role, "work_area": last.work_area} if last is not None else {}


def _progress() -> dict[str, object]:
    running = jobs.running()
    record = queries.with_number(running.audit) if running is not None else None
    if running is None or (record is None and not running.failed):  # it was removed since
        return {"running": None}
    left = None
    if running.left is not None:
        minutes = round(running.left / 60)
        left = "less than a minute" if minutes < 1 else f"about {minutes} minute{'s' if minutes > 1 else ''}"
    return {
        "running": running,
        "whole": record is not None and record.complete,
        "running_called": PURPOSES[Purpose(running.purpose)],
        "share": round(100 * running.share),
        "left": left,
    }


def _purpose(word: str) -> Purpose:
    try:
        return Purpose(word)
    except ValueError:
        raise Http404 from None


def _report(purpose: str) -> tuple[AuditRecord, Report]:
    record = queries.latest(_purpose(purpose))
    if record is None:
        raise Http404
    return record, queries.report(record)


def _sections(made: Report, only_new: bool) -> list[Section]:
    posts = queries.with_their_posts(made)
    return [_section(made, posts, kind, only_new) for kind in made.kinds if kind.new or not only_new]


def _section(made: Report, posts: Mapping[str, tuple[Exposure, ...]], kind: OfKind, only_new: bool) -> Section:
    shown = kind.listed
    if only_new:
        shown = tuple(one for one in made.everything if one.kind is kind.kind and one.fingerprint in made.new)
    listed = shown[:MOST_LISTED]
    count = kind.new if only_new else kind.count
    advice = tuple((one.text, _cited(one.cites)) for one in kind.advice)
    told: set[Citation] = {cite for _, cites in advice for cite in cites}
    rows = []
    for one in listed:
        also = {other.kind for other in posts[one.fingerprint] if other.kind is not one.kind}
        titles = tuple(of_kind.title for of_kind in made.kinds if of_kind.kind in also)
        row = _row(made, one, titles, frozenset(told))
        rows.append(row)
        told.update(row.cites)
    return Section(kind, advice, tuple(rows), count - len(listed))


def _row(made: Report, one: Exposure, also: tuple[str, ...], told: frozenset[Citation]) -> Row:
    seen_by = SEEN_BY[one.audience] if one.audience is not None else _WHO_SAW
    return Row(
        one,
        SOON[one.urgency],
        NETWORKS[one.network],
        seen_by if one.posted is not None else "",
        remedy_of(one),
        where_of(one),
        _cited(one.cites[:2]),
        one.fingerprint in made.new and len(made.new) < len(made.everything),
        one.fingerprint in made.done,
        also,
        told,
    )


def _questions(made: Report) -> list[tuple[str, tuple[Citation, ...], frozenset[Citation]]]:
    """Each question with what the codes say of it, and which of that was told above."""
    told: set[Citation] = set()
    found = []
    for one in made.questions:
        cites = _cited(one.cites)
        found.append((one.text, cites, frozenset(told)))
        told.update(cites)
    return found


def _cited(cites: tuple[str, ...]) -> tuple[Citation, ...]:
    known = citations()
    return tuple(known[cite] for cite in cites if cite in known)


def _safe(picture: str) -> SafeString:
    # The pictures escape every text in them themselves.
    return mark_safe(picture)  # noqa: S308
