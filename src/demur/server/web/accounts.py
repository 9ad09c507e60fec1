"""One's own accounts: the register, what ties work to private life, and how to be on social media at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import mark_safe

from demur.core.accounts import Audience, Network, Purpose
from demur.core.citations import citations
from demur.core.findings import Confidence
from demur.core.owned import AccountTie, OwnedAccount, Switch
from demur.exposure.picture import picture, told
from demur.exposure.plan import every_plan, questions
from demur.exposure.ties import to_look_at
from demur.networks.settings.catalogue import settings_of
from demur.server.accounts import actions, queries
from demur.server.accounts.models import LONGEST_BIO, LONGEST_LINE, AccountRecord
from demur.server.web.forms import PlainForm, PlainText, choice
from demur.server.web.pages import done, page, post_only, show
from demur.server.web.words import NETWORKS, PURPOSES

_VISIBILITY = {"": "I don't know", "public": "Anybody", "friends": "Friends or followers", "close_friends": "A few"}
_SWITCHES = {Switch.UNKNOWN: "I haven't looked", Switch.ON: "On", Switch.OFF: "Off"}
_SURE = {Confidence.SURE: "Sure", Confidence.LIKELY: "Likely", Confidence.POSSIBLE: "Possible"}
_LARGEST_PHOTO = 15 * 1024 * 1024
_BETWEEN = re.compile(r"[\n,;]+")


def _line(label: str, help_text: str = "", longest: int = LONGEST_LINE) -> PlainText:
    return PlainText(
        label=label,
        help_text=help_text,
        longest=longest,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )


class AccountForm(PlainForm):
    """One account. Only network, handle and purpose are needed; the more is there, the more ties are found."""

    network = choice({one: name for one, name in NETWORKS.items() if one is not Network.OTHER}, "Network")
    handle = PlainText(
        label="Handle or name of the account",
        help_text="Such as @sam.q, or the name of a page.",
        longest=LONGEST_LINE,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        error_messages={"required": "Write the handle, or the name of the page."},
    )
    purpose = choice(PURPOSES, "What it is for")
    visibility = forms.ChoiceField(label="Who sees its posts", choices=list(_VISIBILITY.items()), required=False)
    meant_for = _line("Whom it is meant for", "Such as: my family; people who look for a therapist.")
    display_name = _line("Name shown")
    bio = PlainText(
        label="Profile text",
        longest=LONGEST_BIO,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "autocomplete": "off"}),
    )
    town = _line("Town shown")
    employer = _line("Employer shown")
    emails = _line("E-mail addresses behind it", "Those that you sign in with, too. Commas between several.")
    phones = _line("Phone numbers behind it")
    links = _line("Links on it", longest=2_000)
    contact_upload = choice(_SWITCHES, "Uploads the contacts from your phone")
    found_by_email = choice(_SWITCHES, "Can be found by e-mail address")
    found_by_phone = choice(_SWITCHES, "Can be found by phone number")
    suggested = choice(_SWITCHES, "Is suggested to people who may know you")
    widely_used = forms.BooleanField(label="Many other people use this picture, too", required=False)

    def owned(self, before: OwnedAccount | None) -> OwnedAccount:
        """The entry. What a form doesn't show stays as it was before."""
        given = self.cleaned_data
        entry = OwnedAccount(
            network=self.word("network", Network, Network.FACEBOOK),
            handle=given["handle"].strip(),
            purpose=self.word("purpose", Purpose, Purpose.PERSONAL),
            visibility=Audience(given["visibility"]) if given["visibility"] else None,
            meant_for=given["meant_for"].strip(),
            display_name=given["display_name"].strip(),
            bio=given["bio"].strip(),
            town=given["town"].strip(),
            employer=given["employer"].strip(),
            emails=_several(given["emails"]),
            phones=_several(given["phones"]),
            links=_several(given["links"]),
            contact_upload=self.word("contact_upload", Switch, Switch.UNKNOWN),
            found_by_email=self.word("found_by_email", Switch, Switch.UNKNOWN),
            found_by_phone=self.word("found_by_phone", Switch, Switch.UNKNOWN),
            suggested=self.word("suggested", Switch, Switch.UNKNOWN),
        )
        if before is None:
            return entry
        return replace(entry, photos=before.photos, connections=before.connections, posts=before.posts)

    def clean_handle(self) -> str:
        """The handle. Spaces alone are none."""
        handle: str = self.cleaned_data["handle"]
        if not handle.strip():
            raise ValidationError(self.fields["handle"].error_messages["required"])
        return handle


def _several(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for one in _BETWEEN.split(typed) if (part := one.strip())))


@dataclass(frozen=True, slots=True)
class TieRow:
    """One tie as the page shows it."""

    tie: AccountTie
    sure: str
    settings: tuple[tuple[str, str], ...]


@page
def accounts(request: HttpRequest) -> HttpResponse:
    """The register with a picture of what ties what, and the plan."""
    records = queries.accounts()
    owned = [record.to_owned() for record in records]
    found = queries.ties(owned)
    answers = queries.plan_answers()
    context = {
        "accounts": [
            (record, NETWORKS[Network(record.network)], PURPOSES[Purpose(record.purpose)]) for record in records
        ],
        "picture": mark_safe(picture(owned, found)),  # noqa: S308 - it escapes every text in it itself
        "told": told(owned, found),
        "ties": [TieRow(tie, _SURE[tie.strength], _settings(tie)) for tie in found],
        "to_look_at": [(one.says, _named(one.account.network, one.settings)) for one in to_look_at(owned)],
        "plan": every_plan(answers)[0] if answers else None,
        "here": "visible",
    }
    return show(request, "demur/accounts.html", context)


@page
def one(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """A form for one account, new or there already."""
    record = _record(number) if number is not None else None
    before = record.to_owned() if record is not None else None
    if request.method != "POST":
        return _form(request, AccountForm(initial=_initial(before)), record)
    form = AccountForm(request.POST)
    if not form.is_valid():
        return _form(request, form, record)
    owned = form.owned(before)
    photo = request.FILES.get("photo")
    if photo is not None:
        try:
            if photo.size is None or photo.size > _LARGEST_PHOTO:
                raise actions.NotRead("The photo is larger than 15 MB.")
            owned = actions.with_photo(owned, photo.read(), form.cleaned_data["widely_used"])
        except actions.NotRead as problem:
            return _form(request, form, record, str(problem))
    actions.keep(owned, record)
    return done("accounts", "account-kept")


@post_only("accounts")
@page
def fill(request: HttpRequest, number: int) -> HttpResponse:
    """Friends, posts and profile out of the export of this very account."""
    record = _record(number)
    typed = request.POST.get("path", "").strip().strip("\"'")
    path = Path(typed)
    try:
        if typed.startswith("~"):
            path = path.expanduser()
        if not typed or not path.exists():
            raise actions.NotRead("There is no file or folder at that place.")
        owned = actions.with_export(record.to_owned(), [path], timezone.localdate())
    except (RuntimeError, ValueError, OSError):
        return _form(request, AccountForm(initial=_initial(record.to_owned())), record, "There is no such place.")
    except actions.NotRead as problem:
        return _form(request, AccountForm(initial=_initial(record.to_owned())), record, str(problem))
    actions.keep(owned, record)
    return done("accounts", "account-filled")


@post_only("accounts")
@page
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """The account goes from the register."""
    actions.remove(_record(number))
    return done("accounts", "account-removed")


@page
def plan(request: HttpRequest) -> HttpResponse:
    """A few questions, and three plans with what each costs."""
    asked = questions()
    answers = {question.id: request.POST.get(question.id, "") for question in asked}
    missing = False
    if request.method == "POST":
        known = {question.id: {answer.id for answer in question.answers} for question in asked}
        missing = any(answers[one] not in known[one] for one in known)
        if not missing:
            actions.keep_plan(answers)
    else:
        answers = queries.plan_answers()
    plans = every_plan(answers) if answers and not missing else ()
    context = {
        "questions": [(question, answers.get(question.id, "")) for question in asked],
        "plans": [(one, _cited(one.cites)) for one in plans],
        "missing": missing,
        "here": "visible",
    }
    return show(request, "demur/accounts_plan.html", context)


def _cited(cites: tuple[str, ...]) -> list[str]:
    return [f"{citations()[cite].label}: {citations()[cite].says}" for cite in cites if cite in citations()]


def _form(request: HttpRequest, form: AccountForm, record: AccountRecord | None, problem: str = "") -> HttpResponse:
    return show(
        request,
        "demur/account.html",
        {"form": form, "account": record, "problem": problem, "here": "visible"},
    )


_MORE = ("found_by_email", "found_by_phone", "contact_upload", "suggested")


def _initial(owned: OwnedAccount | None) -> dict[str, object]:
    if owned is None:
        return {}
    lists = {name: ", ".join(getattr(owned, name)) for name in ("emails", "phones", "links")}
    words = {name: getattr(owned, name) for name in ("handle", "meant_for", "display_name", "bio", "town", "employer")}
    switches = {name: getattr(owned, name).value for name in _MORE}
    return {
        "network": owned.network.value,
        "purpose": owned.purpose.value,
        "visibility": owned.visibility.value if owned.visibility is not None else "",
        **words,
        **lists,
        **switches,
    }


def _record(number: int) -> AccountRecord:
    record = queries.account(number)
    if record is None:
        raise Http404
    return record


def _settings(tie: AccountTie) -> tuple[tuple[str, str], ...]:
    return _named(tie.personal.network, tie.settings)


def _named(network: Network, keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Settings by their names on screen, with where they are."""
    known = {setting.key: setting for setting in settings_of(network).settings}
    return tuple((known[key].name, known[key].where) for key in keys if key in known)
