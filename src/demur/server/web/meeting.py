"""The next meeting: what to say about a request, when, and what is noted of it. No page here holds anybody's name."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from demur.caseload.index import CaseloadIndex
from demur.caseload.text import find_mentions
from demur.core.accounts import Network, Purpose
from demur.core.arrivals import Answered
from demur.core.content import MAX_TEXT_LENGTH, Direction, RequestKind
from demur.core.matches import Level
from demur.core.meetings import Age, MeetingCase, MeetingSheet
from demur.core.people import SERVED, Caseload, Client, Relationship, Role, Tie
from demur.core.verdicts import Outcome, Verdict
from demur.guidance import prepare
from demur.networks import network_steps
from demur.reports.calendar import meeting_reminder
from demur.server.casework.queries import engine
from demur.server.database.errors import VaultLocked
from demur.server.triage import actions, queries
from demur.server.triage.models import RequestRecord
from demur.server.web.forms import NOT_ONE_OF_THESE, PlainText, SituationForm, day_field
from demur.server.web.pages import page, show
from demur.server.web.supervision import words_back
from demur.server.web.words import NETWORKS, called

AGES: dict[Age, str] = {Age.ADULT: "An adult", Age.TEEN: "A teenager", Age.CHILD: "A young child"}
LANGUAGES = {"both": "English and Spanish", "en": "English", "es": "Spanish"}
ALARMS = {"10": "Ten minutes before", "60": "One hour before", "1440": "The day before"}

_MINUTES = 30
"""How long the reminder blocks: the talk takes a few of them, and what it brings up the rest."""
_TEEN_FROM = 13
"""Most networks let nobody have an account who is younger."""

_FIRST_LETTERS = "caseload-initials"
"""Somebody is remembered by them in a note, and they are no name."""

_LONG_AGO = timedelta(days=60)
"""A time further back is likelier a wrong year than a meeting that nobody has noted until now."""

_IS_THE_YEAR_RIGHT = (
    "That is more than two months ago. Is the year right? If you talked about it then, note the day further down."
)
_PLACES = {
    "show": "say",
    "plan": "time",
    "reminder": "time",
    "keep-note": "chart",
    "addressed": "after",
    "told": "after",
}
"""For each button the section to which the page comes back, so that nobody has to look for where they were."""

_YEARS_AROUND = 20
"""A meeting further away than this is a slip of the finger."""


class MeetingForm(SituationForm):
    """Whom the words are for, when the conversation is, and what is noted of it."""

    age = forms.ChoiceField(
        label="Whom will you talk to?",
        choices=[(age.value, says) for age, says in AGES.items()],
        required=False,
        error_messages={"invalid_choice": NOT_ONE_OF_THESE},
    )
    language = forms.ChoiceField(
        label="Words in",
        choices=list(LANGUAGES.items()),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": NOT_ONE_OF_THESE},
    )
    hurt = forms.BooleanField(label="They are hurt by the answer", required=False)
    already_met = forms.BooleanField(label="I have talked about it with them already", required=False)
    meet_at = forms.DateTimeField(
        label="Day and time",
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "autocomplete": "off"}),
        error_messages={"invalid": "Write a day and a time such as 2027-06-30 14:30."},
    )
    alarm = forms.ChoiceField(
        label="Ring",
        choices=list(ALARMS.items()),
        required=False,
        error_messages={"invalid_choice": NOT_ONE_OF_THESE},
    )
    chart_note = PlainText(
        label="Your note",
        help_text="Change it until it is true. Nobody's name belongs in it, and no word of the profile.",
        longest=MAX_TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "autocomplete": "off", "spellcheck": "true"}),
    )
    # The draft as it was offered: where the note is still that, another draft may take its place.
    drafted = PlainText(longest=MAX_TEXT_LENGTH, required=False, widget=forms.HiddenInput)
    addressed_on = day_field("I talked about it on", required=False)
    supervisor_told_on = day_field("I told my supervisor on", required=False)

    def __init__(self, today: date, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._today = today
        for name in ("addressed_on", "supervisor_told_on"):
            self.fields[name].widget.attrs["max"] = today.isoformat()

    def clean_meet_at(self) -> datetime | None:
        """The time of the meeting: within years that a calendar and a clock can hold."""
        at: datetime | None = self.cleaned_data["meet_at"]
        if at is not None and abs(at.year - self._today.year) > _YEARS_AROUND:
            raise ValidationError("Choose a day in the next few years.")
        return at

    def clean_addressed_on(self) -> date | None:
        """The day of the conversation: not one to come."""
        return self._past("addressed_on")

    def clean_supervisor_told_on(self) -> date | None:
        """The day on which the supervisor was told: not one to come."""
        return self._past("supervisor_told_on")

    def folded(self) -> bool:
        """Whether nothing in the fold "whom the words are for" needs a look."""
        return not any(self.errors.get(name) for name in ("relationship", "age", "role", "account"))

    def _past(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day is not None and day > self._today:
            raise ValidationError("This day is still to come. Note it once it has been.")
        return day


@page
def meeting(request: HttpRequest, key: str) -> HttpResponse:
    """The page, and what is done on it. Whatever was typed stays on the page until somebody leaves it."""
    try:
        row = queries.request(key)
    except VaultLocked:
        typed = request.POST.get("chart_note", "")
        if not typed.strip():
            raise
        # INVARIANT: whoever wrote until the store locked itself gets their words back, as a note to keep or to print.
        return words_back(request, typed)
    if row is None:
        raise Http404
    if row.unchecked:
        # There it is checked, as soon as the break is over.
        return HttpResponseRedirect(reverse("inbox-request", args=[key]), status=303)
    if request.headers.get("HX-Request") == "true":
        # While somebody types: only whether a name is in the note.
        named = _names_somebody(request.POST.get("chart_note", "")[:MAX_TEXT_LENGTH], row)
        return show(request, "demur/_note_named.html", {"named": named})
    today = timezone.localdate()
    known = _known(row, today)
    if request.method != "POST":
        return _shown(request, row, MeetingForm(today, initial=known), known, today)
    form = MeetingForm(today, request.POST)
    chosen = request.POST.get("do", "")
    # Where a line can't be used, what is known takes its place, so that the page stays whole.
    usable = form.is_valid()
    said = known | form.cleaned_data
    if not usable:
        return _shown(request, row, form, said, today)
    at: datetime | None = said["meet_at"]
    if chosen in ("plan", "reminder") and at is not None and at != row.meet_at and at.date() < today - _LONG_AGO:
        form.add_error("meet_at", _IS_THE_YEAR_RIGHT)
        return _shown(request, row, form, said, today)
    if chosen == "print":
        context = {"form": form, "sheet": _sheet(row, said, today), "key": key, **_chosen(said), "here": "inbox"}
        return show(request, "demur/meeting_print.html", context)
    if chosen == "print-note":
        context = {"form": form, "note": said["chart_note"], "key": key, "here": "inbox"}
        return show(request, "demur/meeting_print.html", context)
    if chosen == "reminder":
        return _reminder(request, row, form, said, today)
    return _shown(request, row, form, said, today, done=_noted(row, chosen, said, today))


def _noted(row: RequestRecord, chosen: str, said: Mapping[str, Any], today: date) -> str:
    """Write down what somebody pressed; the sentence that says so, empty where nothing was to be written."""
    if chosen == "plan":
        actions.plan_meeting(row.key, said["meet_at"])
        return "The time is noted." if said["meet_at"] else "No time is noted any more."
    if chosen == "keep-note":
        note = said["chart_note"].strip()
        actions.keep_chart_note(row.key, note, today)
        return (
            "Your note is kept, encrypted on this computer." if note else "No note is kept with the request any more."
        )
    if chosen == "addressed":
        actions.note_addressed(row.key, said["addressed_on"])
        return "Noted that you talked about it." if said["addressed_on"] else "No day of a conversation is noted."
    if chosen == "told":
        actions.note_supervisor_told(row.key, said["supervisor_told_on"])
        return "Noted that your supervisor knows." if said["supervisor_told_on"] else "No day is noted for that."
    return ""


def _reminder(
    request: HttpRequest, row: RequestRecord, form: MeetingForm, said: Mapping[str, Any], today: date
) -> HttpResponse:
    """The calendar file. It also notes the time, so that the page knows what the calendar knows."""
    at: datetime | None = said["meet_at"]
    if at is None:
        form.add_error("meet_at", "Choose a day and a time first.")
        return _shown(request, row, form, said, today)
    actions.plan_meeting(row.key, at)
    # Of the key, so that another time takes the place of the first one; and not the key, which is an address here.
    uid = hashlib.sha256(f"calendar {row.key}".encode()).hexdigest()[:32]
    file = meeting_reminder(uid, at, _MINUTES, timezone.now(), int(said["alarm"] or 10))
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="reminder.ics"'
    return response


def _shown(
    request: HttpRequest, row: RequestRecord, form: MeetingForm, said: Mapping[str, Any], today: date, done: str = ""
) -> HttpResponse:
    row.refresh_from_db()
    sheet = _sheet(row, said, today)
    note = _note(row, form, sheet)
    context = {
        "form": form,
        "sheet": sheet,
        "note": note,
        "named": _names_somebody(note, row),
        "note_folded": bool(row.chart_note) and note == row.chart_note,
        "record": row,
        "what": called(RequestKind(row.kind), Network(row.network)),
        "network": NETWORKS[Network(row.network)] if row.network != Network.OTHER else "",
        **_chosen(said),
        "help": engine().help_with(row.to_request()),
        "place": _PLACES.get(request.POST.get("do", ""), ""),
        "here": "inbox",
    }
    # The frame's own sentence comes with an address; this one comes with what was typed.
    return show(request, "demur/meeting.html", {**context, "done": done} if done else context)


def _note(row: RequestRecord, form: MeetingForm, sheet: MeetingSheet) -> str:
    """What was typed, else what is kept, else the draft. A draft that nobody changed follows the circumstances."""
    typed = str(form["chart_note"].value() or "")
    if typed.strip() and typed != form["drafted"].value():
        return typed
    return row.chart_note or sheet.note


def _names_somebody(note: str, row: RequestRecord) -> bool:
    """Whether somebody on the caseload, or whoever made the request, is named in a note."""
    asked = CaseloadIndex.build(Caseload((_as_shown(row),)))
    found = (*find_mentions(engine().caseload, note), *find_mentions(asked, note))
    return any(mention.rule != _FIRST_LETTERS for mention in found)


def _as_shown(row: RequestRecord) -> Client:
    """Whoever made the request, as if on a list, so that their name is found however it is written."""
    first, _, rest = row.display_name.strip().partition(" ")
    return Client(
        "asked",
        first,
        family_name=rest.split()[-1] if rest.strip() else "",
        other_names=(row.display_name,) if row.display_name.strip() else (),
        email=row.email,
        phone=row.phone,
        handles=(row.handle,) if row.handle else (),
    )


def _chosen(said: Mapping[str, Any]) -> dict[str, bool]:
    return {"english": said["language"] != "es", "spanish": said["language"] != "en", "hurt": said["hurt"]}


def _sheet(row: RequestRecord, said: Mapping[str, Any], today: date) -> MeetingSheet:
    return prepare(_case(row, said, today), said["addressed_on"] or today)


def _case(row: RequestRecord, said: Mapping[str, Any], today: date) -> MeetingCase:
    tie = Tie(said["relationship"] or Tie.UNKNOWN)
    asked = queries.as_asked(row)
    asked = replace(
        asked,
        account=replace(asked.account, purpose=Purpose(said["account"] or row.purpose)),
        role=Role(said["role"] or row.role),
        relationship=tie.relationship,
        knew_before=tie.knew_before or said["knew_before"],
        mandated=said["mandated"],
        group=said["group"],
        small_community=said["small_community"],
    )
    outcome = engine().decide(asked, today).outcome
    network = network_steps(asked.account.network)
    return MeetingCase(
        relationship=tie.relationship,
        outcome=_answered(row, outcome),
        role=asked.role,
        kind=asked.kind,
        direction=asked.direction,
        purpose=asked.account.purpose,
        network_name=network.name if asked.account.network is not Network.OTHER else "",
        request_called=network.request_called,
        age=Age(said["age"] or Age.ADULT),
        mandated=asked.mandated,
        group=asked.group,
        knew_before=asked.knew_before,
        small_community=asked.small_community,
        accepted=row.answered is Answered.ACCEPTED and outcome is not Outcome.ALLOW,
        already_met=said["already_met"],
        hurt=said["hurt"],
    )


def _answered(row: RequestRecord, outcome: Outcome) -> Outcome:
    """What was done, where somebody has said no already: the words then speak of that."""
    if row.answered in (Answered.DECLINED, Answered.BLOCKED) and row.direction == Direction.INCOMING:
        return Outcome.DECLINE
    return outcome


def _known(row: RequestRecord, today: date) -> dict[str, Any]:
    """What the form begins with: what was said on the page of the request, and what the caseload knows."""
    verdict = engine().decide(queries.as_asked(row), today)
    return {
        "relationship": _relationship(row, verdict).value,
        "account": row.purpose,
        "role": row.role,
        "knew_before": row.knew_before,
        "mandated": row.mandated,
        "group": row.group,
        "small_community": row.small_community,
        "age": _age(row, verdict, today).value,
        "language": "both",
        "hurt": False,
        "already_met": row.addressed_on is not None,
        "meet_at": row.meet_at,
        "alarm": "10",
        "addressed_on": row.addressed_on,
        "supervisor_told_on": row.supervisor_told_on,
    }


def _relationship(row: RequestRecord, verdict: Verdict) -> Relationship:
    """Who it is, as the engine takes it: what was said, or the caseload where it knows better."""
    said = Relationship(row.relationship) if row.relationship else Relationship.UNKNOWN
    if said in SERVED:
        return said
    if verdict.matches and (verdict.level is Level.MATCH or row.served):
        return verdict.matches[0].client.relationship
    return Relationship.CURRENT_CLIENT if row.served else said


def _age(row: RequestRecord, verdict: Verdict, today: date) -> Age:
    """As old as the caseload says, where it knows who it is."""
    if not verdict.matches or not (verdict.level is Level.MATCH or row.served):
        return Age.ADULT
    client = verdict.matches[0].client
    if not client.is_minor(today) or client.date_of_birth is None:
        return Age.ADULT
    born = client.date_of_birth
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return Age.TEEN if years >= _TEEN_FROM else Age.CHILD
