"""One's own accounts: the register, what ties work to private life, and how to be on social media at all."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from demur.core.accounts import Audience, Network, Purpose
from demur.core.citations import citations
from demur.core.findings import Confidence
from demur.core.owned import AccountTie, OwnedAccount, Switch
from demur.exposure.filling import fill_from_check_up
from demur.exposure.picture import picture, told
from demur.exposure.plan import every_plan, questions
from demur.exposure.sayings import called, shown
from demur.exposure.ties import to_look_at
from demur.networks.settings.catalogue import settings_of
from demur.server.accounts import actions, queries
from demur.server.accounts.models import LONGEST_BIO, LONGEST_LINE, AccountRecord
from demur.server.accounts.rows import as_rows
from demur.server.checkups.queries import latest
from demur.server.web.forms import PlainForm, PlainText, choice
from demur.server.web.pages import done, page, post_only, show
from demur.server.web.places import place_of
from demur.server.web.words import NETWORKS, PURPOSES

_VISIBILITY = {"": "I don't know", "public": "Anybody", "friends": "Friends or followers", "close_friends": "A few"}
_SWITCHES = {Switch.UNKNOWN: "I haven't looked", Switch.ON: "On", Switch.OFF: "Off"}
_SURE = {Confidence.SURE: "Sure", Confidence.LIKELY: "Likely", Confidence.POSSIBLE: "Possible"}
_GONE = "This account was taken out of the register meanwhile. To have it there again, press “Keep it”."
_CHANGED = (
    "This account was changed meanwhile, in another window or from an export. What you wrote stands below: press “Keep"
    " it” to put it in place of that."
)
_LARGEST_PHOTO = 15 * 1024 * 1024
_MOST_ROWS = 40
"""Ties on the page: whoever has changed these looks again."""
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
    """One tie as the page shows it, with all the work accounts that it leads from in the same way."""

    tie: AccountTie
    sure: str
    personal: str
    work: tuple[str, ...]
    settings: tuple[tuple[str, str], ...]


@require_safe
@page
def accounts(request: HttpRequest) -> HttpResponse:
    """The register with a picture of what ties what, and the plan."""
    records = queries.accounts()
    owned = _looked_at(records)
    found = queries.ties(owned)
    rows = _rows(found)
    answers = queries.plan_answers()
    context = {
        "accounts": [
            (
                record,
                shown(record.handle),
                NETWORKS[Network(record.network)],
                PURPOSES[Purpose(record.purpose)],
                shown(record.meant_for),
            )
            for record in records
        ],
        "picture": mark_safe(picture(owned, found)),  # noqa: S308 - it escapes every text in it itself
        "told": told(owned, found),
        "ties": rows[:_MOST_ROWS],
        "more": len(rows) - _MOST_ROWS,
        "one_sided": bool(owned) and len({account.is_work for account in owned}) == 1,
        "to_look_at": [(one.says, _named(one.account.network, one.settings)) for one in to_look_at(owned)[:_MOST_ROWS]],
        "plan": every_plan(answers)[0] if answers else None,
        "here": "visible",
    }
    return show(request, "demur/accounts.html", context)


@page
def one(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """A form for one account, new or there already."""
    record = queries.account(number) if number is not None else None
    if request.method != "POST":
        if number is not None and record is None:
            raise Http404
        before = record.to_owned() if record is not None else None
        return _form(request, AccountForm(initial=_initial(before)), record)
    before = record.to_owned() if record is not None else None
    form = AccountForm(request.POST)
    if number is not None and record is None:
        return _form(request, form, None, _GONE)
    if not form.is_valid():
        return _form(request, form, record)
    # INVARIANT: what another window or an export changed meanwhile is never overwritten unseen.
    if before is not None and request.POST.get("edition", "") != _edition(before):
        return _form(request, form, record, _CHANGED)
    owned = form.owned(before)
    if any(other.pk != number and _same_account(other, owned) for other in queries.accounts()):
        return _form(request, form, record, "This account is in your list already.")
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
    path = place_of(request.POST.get("path", "").strip().strip("\"'") or "\0")
    try:
        if path is None:
            raise actions.NotRead("There is no file or folder at that place.")
        owned = actions.with_export(record.to_owned(), [path], timezone.localdate())
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
        "at_risk": bool(plans) and answers.get("serves") == "might-look-for-me",
        "here": "visible",
    }
    return show(request, "demur/accounts_plan.html", context)


def _same_account(record: AccountRecord, owned: OwnedAccount) -> bool:
    """Whether a handle is on that network already, however it is written: capitals and the at sign don't count."""
    return record.network == owned.network.value and _plain(record.handle) == _plain(owned.handle)


def _plain(handle: str) -> str:
    return handle.strip().removeprefix("@").casefold()


def _cited(cites: tuple[str, ...]) -> list[str]:
    return [f"{citations()[cite].label}: {citations()[cite].says}" for cite in cites if cite in citations()]


def _form(request: HttpRequest, form: AccountForm, record: AccountRecord | None, problem: str = "") -> HttpResponse:
    return show(
        request,
        "demur/account.html",
        {
            "form": form,
            "account": record,
            "edition": _edition(record.to_owned()) if record is not None else "",
            "problem": problem,
            "here": "visible",
        },
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


def _edition(owned: OwnedAccount) -> str:
    """What tells one state of an entry from another: a fingerprint, so that the page doesn't hold all of it twice."""
    return hashlib.sha256(json.dumps(as_rows(owned), sort_keys=True).encode()).hexdigest()[:16]


def _looked_at(records: Sequence[AccountRecord]) -> list[OwnedAccount]:
    """The accounts with what check-ups of their settings found out, where it is plain which account was meant."""
    kinds = Counter((record.network, record.purpose) for record in records)
    owned = []
    for record in records:
        checkup = latest(Network(record.network), Purpose(record.purpose))
        only = checkup is not None and kinds[record.network, record.purpose] == 1
        entry = record.to_owned()
        owned.append(fill_from_check_up(entry, checkup.to_checkup()) if only and checkup is not None else entry)
    return owned


def _rows(ties: Sequence[AccountTie]) -> list[TieRow]:
    """The ties, those together that say the same of one personal account."""
    together: dict[tuple[int, str], list[AccountTie]] = {}
    for tie in ties:
        together.setdefault((id(tie.personal), tie.evidence), []).append(tie)
    return [
        TieRow(
            same[0],
            _SURE[same[0].strength],
            called(same[0].personal),
            tuple(called(tie.work) for tie in same if tie.work is not None),
            _settings(same[0]),
        )
        for same in together.values()
    ]


def _record(number: int) -> AccountRecord:
    record = queries.account(number)
    if record is None:
        raise Http404
    return record


def _settings(tie: AccountTie) -> tuple[tuple[str, str], ...]:
    # A tie by what the work account uploads is mended there.
    networks = {tie.personal.network, *((tie.work.network,) if tie.work is not None else ())}
    return tuple(row for network in networks for row in _named(network, tie.settings))


def _named(network: Network, keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Settings by their names on screen, with where they are."""
    known = {} if network is Network.OTHER else {setting.key: setting for setting in settings_of(network).settings}
    return tuple((known[key].name, known[key].where) for key in keys if key in known)
