"""Everything ever posted: start an audit, watch it, read what it found, tick what is done, and take it along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from demur.audit.apart import usual_workers
from demur.audit.page import as_html, as_pdf
from demur.audit.pictures import bars, columns
from demur.audit.report import MOST_LISTED, OfKind, Report, as_csv, remedy_of, short_title_of
from demur.core.accounts import Audience, Network, Purpose
from demur.core.citations import Citation, citations
from demur.core.exposures import Exposure, Urgency
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
        typed = [line.strip().strip("\"'") for line in cleaned.get("paths", "").splitlines()]
        paths = [_path(one) for one in (*cleaned.get("offered", ()), *typed) if one]
        if not paths:
            raise ValidationError("Choose an export, or type where it is.")
        for number, path in enumerate(paths, 1):
            try:
                there = path.exists()
            except (OSError, ValueError):
                there = False
            if not there:
                raise ValidationError(f"There is no file or folder at the {_ORDINALS.get(number, 'last')} place named.")
        cleaned["files"] = paths
        return cleaned


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
    """One exposure as a page shows it. `told` are those of its `cites` that stand above it already."""

    exposure: Exposure
    soon: str
    network: str
    seen_by: str
    remedy: str
    where: str
    cites: tuple[Citation, ...]
    new: bool
    done: bool
    told: frozenset[Citation] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of exposure as a page shows it."""

    kind: OfKind
    rows: tuple[Row, ...]
    more: int


@page
def audit(request: HttpRequest) -> HttpResponse:
    """The audits that there are, the one that runs, and a form for the next."""
    if request.method != "POST":
        return _page(request, AuditForm())
    form = AuditForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    record = actions.begin(
        form.cleaned_data["files"],
        form.word("account", Purpose, Purpose.PERSONAL),
        form.word("role", Role, Role.OTHER),
        form.cleaned_data["work_area"],
        keep_text=form.cleaned_data["keep_text"],
        look_at_photos=form.cleaned_data["photos"],
        today=timezone.localdate(),
    )
    return done("audit", "audit-started" if jobs.start(record) else "audit-runs")


@require_safe
@page
def progress(request: HttpRequest) -> HttpResponse:
    """How far the audit has come, for the page that shows it; once it has ended, that page is loaded anew."""
    response = show(request, "demur/_audit_progress.html", _progress())
    running = jobs.running()
    if running is None or running.ended:
        response.headers["HX-Refresh"] = "true"
    return response


@post_only("audit")
@page
def go_on(request: HttpRequest) -> HttpResponse:
    """Goes on with one that was stopped."""
    record = queries.latest(_purpose(request.POST.get("purpose", "")))
    if record is None or record.complete:
        return done("audit", "audit-gone")
    return done("audit", "audit-started" if jobs.start(record) else "audit-runs")


@post_only("audit")
@page
def stop(request: HttpRequest) -> HttpResponse:
    """Stops the one that runs; what it found is kept."""
    jobs.stop()
    return done("audit", "audit-stopped")


@require_safe
@page
def report(request: HttpRequest, purpose: str) -> HttpResponse:
    """What an audit found."""
    record, made = _report(purpose)
    only_new = request.GET.get("show") == "new"
    context = {
        "only_new": only_new,
        "has_old": len(made.new) < len(made.everything),
        "audit": record,
        "report": made,
        "purpose": purpose,
        "called": PURPOSES[Purpose(purpose)],
        "by_kind": _safe(bars([(short_title_of(one.kind), one.count) for one in made.kinds], "Exposures by kind")),
        "by_year": _safe(columns(made.years, "Exposures by year")),
        "sections": [_section(made, kind, only_new) for kind in made.kinds if kind.new or not only_new],
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
    """One thing was dealt with, or wasn't after all."""
    _, made = _report(purpose)
    fingerprint = request.POST.get("which", "")
    if all(one.fingerprint != fingerprint for one in made.everything):
        raise Http404
    actions.tick(fingerprint, request.POST.get("done") == "yes", timezone.localdate())
    row = next(_row(_report(purpose)[1], one) for one in made.everything if one.fingerprint == fingerprint)
    if request.headers.get("HX-Request") == "true":
        return show(request, "demur/_audit_row.html", {"row": row, "purpose": purpose})
    response = HttpResponse(status=303)
    response.headers["Location"] = f"/audit/{purpose}/#x{fingerprint}"
    return response


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


def _progress() -> dict[str, object]:
    running = jobs.running()
    left = None
    if running is not None and running.left is not None:
        minutes = round(running.left / 60)
        left = "less than a minute" if minutes < 1 else f"about {minutes} minute{'s' if minutes > 1 else ''}"
    return {"running": running, "share": round(100 * running.share) if running is not None else 0, "left": left}


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


def _section(made: Report, kind: OfKind, only_new: bool) -> Section:
    shown = kind.listed
    if only_new:
        shown = tuple(one for one in made.everything if one.kind is kind.kind and one.fingerprint in made.new)
    listed = shown[:MOST_LISTED]
    count = kind.new if only_new else kind.count
    told: set[Citation] = set()
    rows = []
    for one in listed:
        row = _row(made, one)
        rows.append(replace(row, told=frozenset(told)))
        told.update(row.cites)
    return Section(kind, tuple(rows), count - len(listed))


def _row(made: Report, one: Exposure) -> Row:
    where = " → ".join(part for part in (one.place.part, one.place.member) if part)
    return Row(
        one,
        SOON[one.urgency],
        NETWORKS[one.network],
        SEEN_BY[one.audience] if one.audience is not None else _WHO_SAW,
        remedy_of(one),
        f"{where}, entry {one.place.entry + 1}",
        _cited(one.cites[:2]),
        one.fingerprint in made.new and len(made.new) < len(made.everything),
        one.fingerprint in made.done,
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
