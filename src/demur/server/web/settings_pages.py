"""Settings of the networks: one at a time, one step a page; read instead of asked where that can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from demur.core.accounts import Network, Purpose
from demur.core.settings import ChangeKind, CheckUp, CheckUpStep, Observed, Origin, Setting, SettingChange, StepAnswer
from demur.networks.settings.catalogue import NETWORKS, NOT_TRIED, known_by, settings_of, stale
from demur.networks.settings.checkup import changes, left_over, read_and_fine, read_values, recheck_on, steps
from demur.networks.settings.told import Place, can_be_read, from_export, to_set
from demur.reports.calendar import settings_reminder
from demur.server.checkups import actions, queries
from demur.server.checkups.models import CheckUpRecord
from demur.server.connectors import actions as connecting
from demur.server.connectors import bluesky, mastodon
from demur.server.connectors.errors import ConnectorError
from demur.server.connectors.models import ConnectorKind, ConnectorRecord
from demur.server.connectors.queries import connectors
from demur.server.reading_apart import TIME_LIMIT, settings_apart
from demur.server.web.forms import PlainForm, choice
from demur.server.web.pages import done, page, post_only, show
from demur.server.web.places import place_of
from demur.server.web.words import NETWORKS as CALLED
from demur.server.web.words import PURPOSES

ANSWERS = {
    StepAnswer.DONE: "Done",
    StepAnswer.NOT_NOW: "Not now",
    StepAnswer.DOES_NOT_APPLY: "Doesn't apply to me",
}
SAID = {
    StepAnswer.DONE: "done",
    StepAnswer.NOT_NOW: "not now",
    StepAnswer.DOES_NOT_APPLY: "doesn't apply",
}
CHANGED = {
    ChangeKind.OPENED: "More open than last time: it was “{before}”, and is “{now}”.",
    ChangeKind.CLOSED: "It was “{before}”, and is “{now}” now.",
    ChangeKind.MOVED: "It was “{before}”, and is “{now}” now.",
    ChangeKind.ANSWERED: "Last time you said “{before}”, this time “{now}”.",
    ChangeKind.RECOMMENDED: "We recommend “{now}” now. It was “{before}”.",
    ChangeKind.GONE: "We don't list this one any more. It was “{before}”.",
}
_KINDS = {Network.MASTODON: ConnectorKind.MASTODON, Network.BLUESKY: ConnectorKind.BLUESKY}
_CAN_SET: Mapping[Network, Mapping[Place, tuple[str, ...]]] = {
    Network.MASTODON: mastodon.CAN_SET,
    Network.BLUESKY: bluesky.CAN_SET,
}
NOT_CONNECTED = "This account is not connected any more. Nothing was asked there, and nothing was changed."
_PATIENCE = 600.0
"""Seconds for a file of any size, which somebody waits for."""
NO_DAY = "The files don't say when they were made, so this counts as of today."


class BeginForm(PlainForm):
    """Which account."""

    network = choice({network: CALLED[network] for network in NETWORKS}, "Network")
    purpose = choice(PURPOSES, "Which of your accounts")


@dataclass(frozen=True, slots=True)
class Checked:
    """One account in the list, and when its settings were gone through last."""

    record: CheckUpRecord
    network: str
    account: str
    again: date


@dataclass(frozen=True, slots=True)
class Row:
    """A setting with what was read of it, what was said to it, and whether a program could set it.

    `told` is empty where nothing was read; `fine` says whether that is as good as recommended, None where nobody can
    tell.
    """

    setting: Setting
    recommended: str
    told: str
    fine: bool | None
    last: str
    number: int = 0
    sets: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Where a setting is. `url` is empty where a part of it has to be put in by hand."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Change:
    """What is different since last time, in a sentence."""

    name: str
    says: str
    opened: bool


@require_safe
@page
def overview(request: HttpRequest) -> HttpResponse:
    """Every network, and when each was last checked."""
    return _overview(request, BeginForm())


@post_only("settings")
@page
def begin(request: HttpRequest) -> HttpResponse:
    """Go on with the check-up of an account, or begin its next one."""
    form = BeginForm(request.POST)
    if not form.is_valid() or not {"network", "purpose"} <= request.POST.keys():
        return _overview(request, form)
    network, purpose = form.word("network", Network, NETWORKS[0]), form.word("purpose", Purpose, Purpose.PERSONAL)
    there = queries.latest(network, purpose)
    if there is not None and there.done and "again" not in request.POST:
        return _overview(request, form, again=_checked(there))
    actions.begin(network, purpose, timezone.localdate(), anew=True)
    return _to("settings-next", network, purpose)


@require_safe
@page
def stale_ones(request: HttpRequest) -> HttpResponse:
    """What in the catalogue was read too long ago, so that whoever keeps it knows what to read again."""
    today = timezone.localdate()
    old = stale((settings_of(network) for network in NETWORKS), today)
    context = {
        "rows": [(CALLED[setting.network], setting) for setting in old],
        "all": sum(len(settings_of(network).settings) for network in NETWORKS),
        "not_tried": NOT_TRIED,
        "here": "visible",
    }
    return show(request, "demur/settings_stale.html", context)


@require_safe
@page
def next_step(request: HttpRequest, network: str, purpose: str) -> HttpResponse:
    """The first step without an answer; the end where there is none."""
    row, checkup = _found(network, purpose)
    for number, step in enumerate(steps(checkup), 1):
        if step.answer is None:
            return _step(request, row, checkup, number)
    return _to("settings-result", checkup.network, checkup.purpose)


@require_safe
@page
def one_step(request: HttpRequest, network: str, purpose: str, number: int) -> HttpResponse:
    """One step, also one that has an answer."""
    row, checkup = _found(network, purpose)
    if not 1 <= number <= len(steps(checkup)):
        return _to("settings-next", checkup.network, checkup.purpose)
    return _step(request, row, checkup, number)


@post_only("settings")
@page
def answer(request: HttpRequest, network: str, purpose: str) -> HttpResponse:
    """Note what was said to a step, and go on to the next."""
    _, checkup = _found(network, purpose)
    key, said = request.POST.get("key", ""), request.POST.get("said", "")
    here = [step.setting.key for step in steps(checkup)]
    if key not in here or said not in {one.value for one in StepAnswer}:
        return _to("settings-next", checkup.network, checkup.purpose)
    was_answered = checkup.noted(key) is not None and steps(checkup)[here.index(key)].answer is not None
    actions.answer(checkup.network, checkup.purpose, key, StepAnswer(said), timezone.localdate())
    if was_answered and here.index(key) + 1 < len(here):
        # Whoever went back to look at the answers goes on from there.
        return _to("settings-step", checkup.network, checkup.purpose, here.index(key) + 2)
    return _to("settings-next", checkup.network, checkup.purpose)


@require_safe
@page
def result(request: HttpRequest, network: str, purpose: str) -> HttpResponse:
    """What is set, what was left, what changed since last time, and when to look again."""
    row, checkup = _found(network, purpose)
    earlier = queries.before(row)
    asked = [_row(step, checkup, number=number) for number, step in enumerate(steps(checkup), 1)]
    by_answer = {step.setting.key: step.answer for step in steps(checkup)}
    before = _set_before(checkup)
    context = {
        **_about(row, checkup),
        "done": row.done,
        "set": [one for one in asked if by_answer[one.setting.key] is StepAnswer.DONE],
        "later": [one for one in asked if by_answer[one.setting.key] is StepAnswer.NOT_NOW],
        "elsewhere": [one for one in asked if by_answer[one.setting.key] is StepAnswer.DOES_NOT_APPLY],
        "open": [one for one in asked if by_answer[one.setting.key] is None],
        "read": [_row(step, checkup) for step in read_and_fine(checkup)],
        "before": before,
        "all_steps": len(asked),
        "changes": [_change(one, checkup) for one in changes(earlier, checkup)] if earlier is not None else [],
        "last_day": earlier.day if earlier is not None else None,
        "left_over": left_over(checkup),
        "again": recheck_on(checkup),
    }
    return show(request, "demur/settings_result.html", context)


@require_safe
@page
def reminder(request: HttpRequest, network: str, purpose: str) -> HttpResponse:
    """The calendar file for the next look; it says neither which network nor whose account."""
    row, checkup = _found(network, purpose)
    file = settings_reminder(row.uid, recheck_on(checkup), timezone.now())
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="reminder.ics"'
    return response


@page
def read(request: HttpRequest, network: str, purpose: str) -> HttpResponse:
    """What was read instead of asked, and ways to read more: an export here, or the connected account."""
    row, checkup = _found(network, purpose)
    if request.method != "POST":
        return _read(request, row, checkup)
    given: list[Path | tuple[str, bytes]] = [(one.name or "", one.read()) for one in request.FILES.getlist("files")]
    typed = request.POST.get("path", "").strip().strip("\"'")
    if typed:
        path = place_of(typed)
        if path is None:
            return _read(request, row, checkup, typed=typed)
        given.append(path)
    if not given:
        return _read(request, row, checkup, missing=True)
    today = timezone.localdate()
    told = settings_apart(given, today, time_limit=_PATIENCE if typed else TIME_LIMIT)
    found = from_export(checkup.network, told.found, min(told.as_of or today, today))
    notes = told.notes if told.as_of is not None or not found else (NO_DAY, *told.notes)
    if not found:
        notes = (f"There is nothing of {CALLED[checkup.network]} in this that tells how a setting stands.", *notes)
    if found:
        row = actions.take_in(checkup.network, checkup.purpose, found, today)
    return _read(request, row, row.to_checkup(), fresh=len(found), notes=notes)


@post_only("settings")
@page
def look(request: HttpRequest, network: str, purpose: str) -> HttpResponse:
    """Ask the connected account, once, because somebody pressed that."""
    row, checkup = _found(network, purpose)
    connector = _connected(checkup, request.POST.get("number", ""))
    if connector is None:
        return _read(request, row, checkup, problem=NOT_CONNECTED)
    try:
        values, notes = _looked(connector)
    except ConnectorError as error:
        return _read(request, row, checkup, problem=str(error))
    today = timezone.localdate()
    found = read_values(checkup.network, Origin.LIVE, values, today)
    row = actions.take_in(checkup.network, checkup.purpose, found, today)
    return _read(request, row, row.to_checkup(), fresh=len(found), notes=notes)


@post_only("settings")
@page
def set_it(request: HttpRequest, network: str, purpose: str) -> HttpResponse:
    """Set one setting there, because somebody pressed the button that names the change, and keep what stands now."""
    row, checkup = _found(network, purpose)
    connector = _connected(checkup, request.POST.get("number", ""))
    setting = settings_of(checkup.network).setting(request.POST.get("key", ""))
    recommended = setting.choice(checkup.purpose, checkup.inbox) if setting is not None else None
    # INVARIANT: the value comes from what the button said. What we recommend may be another one by now.
    if setting is None or recommended is None or request.POST.get("to") != recommended:
        return _to("settings-read", checkup.network, checkup.purpose)
    change = to_set(setting, recommended, _CAN_SET.get(checkup.network, {}))
    if connector is None or change is None:
        return _read(request, row, checkup, problem=NOT_CONNECTED)
    setting_there = connecting.set_on_mastodon if checkup.network is Network.MASTODON else connecting.set_on_bluesky
    try:
        stands = setting_there(connector, *change)
    except ConnectorError as error:
        return _read(request, row, checkup, problem=str(error))
    today = timezone.localdate()
    row = actions.take_in(
        checkup.network, checkup.purpose, read_values(checkup.network, Origin.LIVE, stands, today), today
    )
    return _read(request, row, row.to_checkup(), changed=f"{setting.name}: it is “{recommended}” now.")


@post_only("settings")
@page
def remove(request: HttpRequest, network: str, purpose: str) -> HttpResponse:
    """Forget what is known of the settings of one account."""
    whose = _account(network, purpose)
    return done("settings", "settings-removed" if actions.remove(*whose) else "settings-gone")


def _overview(request: HttpRequest, form: BeginForm, again: Checked | None = None) -> HttpResponse:
    records = queries.all_latest()
    held = [_checked(record) for record in records]
    context = {
        "form": form,
        "ask_again": again,
        "networks": [(CALLED[network], [one for one in held if one.record.network == network]) for network in NETWORKS],
        "due": [one for one in held if one.record.done and one.again <= timezone.localdate()],
        "stale": len(stale((settings_of(network) for network in NETWORKS), timezone.localdate())),
        "here": "visible",
    }
    return show(request, "demur/settings.html", context)


def _checked(record: CheckUpRecord) -> Checked:
    return Checked(
        record,
        CALLED[Network(record.network)],
        PURPOSES[Purpose(record.purpose)],
        recheck_on(record.to_checkup()),
    )


def _step(request: HttpRequest, row: CheckUpRecord, checkup: CheckUp, number: int) -> HttpResponse:
    every = steps(checkup)
    step = every[number - 1]
    found = _connectors(checkup)
    context = {
        **_about(row, checkup),
        "step": _row(step, checkup, number=number, connected=bool(found)),
        "total": len(every),
        "answered": sum(one.answer is not None for one in every),
        "said": SAID[step.answer] if step.answer is not None else "",
        "answers": ANSWERS.items(),
        "links": _links(step.setting, found),
        "where": step.setting.where,
        "known_by": known_by(step.setting),
        "sources": step.setting.sources,
        "before": number - 1,
        "after": number + 1 if step.answer is not None and number < len(every) else 0,
        "cautions": settings_of(checkup.network).cautions if number == 1 else (),
        "left_over": left_over(checkup),
        "not_tried": NOT_TRIED,
    }
    return show(request, "demur/settings_step.html", context)


def _read(
    request: HttpRequest,
    row: CheckUpRecord,
    checkup: CheckUp,
    *,
    fresh: int | None = None,
    notes: Iterable[str] = (),
    problem: str = "",
    changed: str = "",
    missing: bool = False,
    typed: str = "",
) -> HttpResponse:
    rows = []
    connected = bool(_connectors(checkup))
    for setting in settings_of(checkup.network).in_order(checkup.purpose):
        note = checkup.noted(setting.key)
        if note is not None and note.observed:
            recommended = setting.choice(checkup.purpose, checkup.inbox) or ""
            rows.append(_row(CheckUpStep(setting, recommended, note.observed), checkup, connected=connected))
    context = {
        **_about(row, checkup),
        "rows": sorted(rows, key=lambda one: one.fine is not False),
        "fresh": fresh,
        "notes": tuple(notes),
        "problem": problem,
        "changed": changed,
        "missing": missing,
        "typed": typed,
        "steps_left": sum(step.answer is None for step in steps(checkup)),
    }
    return show(request, "demur/settings_read.html", context)


def _about(row: CheckUpRecord, checkup: CheckUp) -> dict[str, object]:
    found = _connectors(checkup)
    return {
        "checkup": row,
        "called": CALLED[checkup.network],
        "account": PURPOSES[checkup.purpose],
        "connected": found,
        "connector": found[0] if found else None,
        "can_connect": checkup.network in _KINDS,
        "has_export": can_be_read(checkup.network, Origin.EXPORT),
        "here": "visible",
    }


def _row(step: CheckUpStep, checkup: CheckUp, *, number: int = 0, connected: bool = False) -> Row:
    sets = connected and to_set(step.setting, step.recommended, _CAN_SET.get(checkup.network, {})) is not None
    fits = {one.fits for one in step.observed}
    fine = False if False in fits else True if fits == {True} else None
    return Row(
        step.setting,
        step.recommended,
        _told(step.observed, checkup.network),
        fine,
        SAID[step.last_answer] if step.last_answer is not None else "",
        number,
        sets and not fine,
    )


def _told(observed: Iterable[Observed], network: Network) -> str:
    """What was read, part by part, and once for all parts where it was read and when."""
    by_source: dict[str, list[str]] = {}
    for one in observed:
        who = CALLED[network] if one.origin is Origin.LIVE else "your export"
        source = f"{who}, {one.as_of:%b} {one.as_of.day}, {one.as_of.year}"
        by_source.setdefault(source, []).append(f"“{one.part}: {one.value}”" if one.part else f"“{one.value}”")
    return "; ".join(f"{', '.join(values)} ({source})" for source, values in by_source.items())


def _change(one: SettingChange, checkup: CheckUp) -> Change:
    setting = settings_of(checkup.network).setting(one.key)
    says = CHANGED[one.kind].format(before=one.before, now=one.now)
    return Change(
        setting.name if setting is not None else "A setting of an earlier list", says, one.kind is ChangeKind.OPENED
    )


def _set_before(checkup: CheckUp) -> list[Setting]:
    """What an earlier check-up left as done, and this one didn't need to ask."""
    asked = {step.setting.key for step in steps(checkup)} | {step.setting.key for step in read_and_fine(checkup)}
    held = [settings_of(checkup.network).setting(note.key) for note in checkup.notes if _is_done(checkup, note.key)]
    return [setting for setting in held if setting is not None and setting.key not in asked]


def _is_done(checkup: CheckUp, key: str) -> bool:
    note = checkup.noted(key)
    return note is not None and note.answer is StepAnswer.DONE and not note.doubted


def _links(setting: Setting, found: list[ConnectorRecord]) -> list[Link]:
    """The addresses, with the person's own server or handle put in where Demur knows it."""
    held = found[0].settings if found else {}
    server = urlsplit(str(held.get("server", ""))).hostname or ""
    handle = str(held.get("handle", ""))
    links = []
    for address in setting.links:
        filled = address
        if "SERVER" in address and server:
            filled = address.replace("SERVER", server)
        if "HANDLE" in address and handle:
            filled = address.replace("HANDLE", handle)
        whole = "SERVER" not in filled and "HANDLE" not in filled
        words = filled.removeprefix("https://")
        links.append(Link(words, filled if whole else ""))
    return links


def _looked(connector: ConnectorRecord) -> tuple[Mapping[Place, str], tuple[str, ...]]:
    """What an account tells of its settings, and what is to be said beside it. Raises ConnectorError."""
    if connector.kind == ConnectorKind.MASTODON:
        stands = connecting.look_at_mastodon(connector)
        return stands.values, stands.unread
    told = connecting.look_at_bluesky(connector)
    return told.values, tuple(_of_posts(told))


def _of_posts(told: bluesky.Stands) -> list[str]:
    """Who may reply to the newest posts, and how many follow: there is no one switch for either."""
    notes = []
    gates = told.gates
    if gates.posts:
        open_to_all = gates.posts - gates.nobody_replies - gates.some_reply
        newest = "All" if gates.all_looked_at else "The newest"
        notes.append(
            f"{newest} {gates.posts} of your posts were looked at: anybody may reply to {open_to_all}, some people to"
            f" {gates.some_reply}, nobody to {gates.nobody_replies}. {gates.not_quoted} can't be quoted."
        )
    if told.followers is not None:
        follow = "1 person follows" if told.followers == 1 else f"{told.followers:,} people follow"
        notes.append(f"{follow} you, and everybody can see who they are.")
    return notes


def _connectors(checkup: CheckUp) -> list[ConnectorRecord]:
    """What is connected of this very account."""
    kind = _KINDS.get(checkup.network)
    if kind is None:
        return []
    return [row for row in connectors() if row.kind == kind and row.purpose == checkup.purpose]


def _connected(checkup: CheckUp, number: str) -> ConnectorRecord | None:
    return next((row for row in _connectors(checkup) if str(row.pk) == number), None)


def _account(network: str, purpose: str) -> tuple[Network, Purpose]:
    try:
        found = Network(network), Purpose(purpose)
    except ValueError:
        raise Http404 from None
    if found[0] not in NETWORKS:
        raise Http404
    return found


def _found(network: str, purpose: str) -> tuple[CheckUpRecord, CheckUp]:
    row = queries.latest(*_account(network, purpose))
    if row is None:
        raise Http404
    return row, row.to_checkup()


def _to(name: str, network: Network, purpose: Purpose, *more: int) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=[network.value, purpose.value, *more]), status=303)
