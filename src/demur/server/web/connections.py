"""Connections: a mailbox or a Mastodon account to look for requests in, and a Bluesky account to read settings of."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from demur.core.accounts import Purpose
from demur.server.connectors import actions, queries
from demur.server.connectors.errors import ConnectorError
from demur.server.connectors.hosts import is_host, is_loopback
from demur.server.connectors.models import LONGEST_LABEL, ConnectorKind, ConnectorRecord
from demur.server.web.forms import SHORT, PlainForm, PlainText
from demur.server.web.pages import done, page, post_only, show
from demur.server.web.words import PURPOSES

_SECURITIES = {
    "tls": "TLS, as most providers have it",
    "starttls": "STARTTLS",
    "plain": "None: the mail server is on this computer",
}
_BETWEEN = re.compile(r"[\s,;]+")
_WORKED = {
    ConnectorKind.IMAP: "It works. Nothing was looked for yet.",
    ConnectorKind.MASTODON: "It works. Nothing was looked for yet."
    " Whether the token may also answer requests shows with the first one that you answer.",
    ConnectorKind.BLUESKY: "It works. Nothing was read or changed yet.",
}
NO_SERVER = "Write the server's name alone, such as imap.example.org."


@dataclass(frozen=True, slots=True)
class _Row:
    """One connection in the list. Neither password nor token gets here."""

    number: int
    label: str
    what: str
    purpose: str
    last_used: datetime | None
    more: bool

    @classmethod
    def of(cls, record: ConnectorRecord) -> _Row:
        held = record.settings
        what = {
            ConnectorKind.IMAP: f"Folder {held.get('folder', '')} at {held.get('host', '')}",
            ConnectorKind.MASTODON: f"Mastodon at {held.get('server', '')}",
            ConnectorKind.BLUESKY: f"Bluesky at {held.get('server', '')}, for its settings",
        }[record.kind_word]
        return cls(record.pk, record.label, what, PURPOSES[Purpose(record.purpose)], record.last_used, record.has_rest)


def _typed(label: str, *, required: bool = True, **options: Any) -> PlainText:
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"})
    needed = {"required": "This is needed."}
    return PlainText(label=label, longest=SHORT, required=required, widget=widget, error_messages=needed, **options)


def _secret(label: str, needed: str, **options: Any) -> PlainText:
    # Never written back into a page, and nothing for the browser to remember.
    widget = forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    return PlainText(label=label, longest=SHORT * 2, widget=widget, error_messages={"required": needed}, **options)


class _ConnectionForm(PlainForm):
    """What every connection has."""

    purpose = forms.ChoiceField(
        label="Which of your accounts its requests come to",
        choices=[(purpose.value, says) for purpose, says in PURPOSES.items()],
        required=False,
        error_messages={"invalid_choice": "Choose one from the list."},
    )
    label = PlainText(
        label="What to call it",
        longest=LONGEST_LABEL,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )


class MailboxForm(_ConnectionForm):
    """One folder of a mailbox."""

    host = _typed("Mail server (IMAP)", help_text="Such as imap.example.org. Your provider's help pages name it.")
    user = _typed("Name to sign in with", help_text="Mostly your whole address.")
    password = _secret(
        "Password",
        "Write the password.",
        help_text="Best an app password, made for Demur in your provider's account settings: you can end it there.",
    )
    folder = _typed(
        "Folder",
        initial="INBOX",
        help_text="Best one into which your mail program moves what networks send. In any other, Demur asks for those"
        " mails alone.",
    )
    security = forms.ChoiceField(
        label="Encryption",
        choices=list(_SECURITIES.items()),
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one from the list."},
    )
    port = forms.IntegerField(
        label="Port",
        initial=993,
        min_value=1,
        max_value=65535,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Write a number, mostly 993.",
            "invalid": "Write a number, mostly 993.",
            "min_value": "Write a number, mostly 993.",
            "max_value": "Write a number, mostly 993.",
        },
    )
    servers = _typed(
        "Your Mastodon servers, if you have any",
        required=False,
        help_text="Such as mastodon.example. Mails of other servers are listed with a note, since anybody can run one.",
    )
    receiver = _typed(
        "How your mail server signs what it checked",
        required=False,
        help_text="For those who know: the first word in the header Authentication-Results, such as mx.example.org."
        " Others can leave it empty.",
    )

    def clean_host(self) -> str:
        """The name of the server."""
        return _host(self.cleaned_data["host"])

    def clean_user(self) -> str:
        """The name, without the spaces that come with copying."""
        return str(self.cleaned_data["user"]).strip()

    def clean_folder(self) -> str:
        """The folder's name."""
        return str(self.cleaned_data["folder"]).strip() or "INBOX"

    def clean_receiver(self) -> str:
        """The name that the receiving server uses; empty where it was not said."""
        said = str(self.cleaned_data["receiver"]).strip()
        return _host(said) if said else ""

    def clean_servers(self) -> tuple[str, ...]:
        """Names of servers, however they were put between each other."""
        said = [each for each in _BETWEEN.split(self.cleaned_data["servers"].lower()) if each]
        return tuple(_host(each.removeprefix("https://").rstrip("/")) for each in said)

    def clean(self) -> dict[str, Any]:
        """Without encryption only this computer."""
        said = super().clean() or {}
        if said.get("security") == "plain" and "host" in said and not is_loopback(said["host"]):
            self.add_error("security", "Only for a mail server on this computer. Choose TLS.")
        return said


class MastodonForm(_ConnectionForm):
    """One account."""

    server = _typed("Your server", help_text="Such as mastodon.example.")
    token = _secret(
        "Access token",
        "Write the access token.",
        help_text="On your server: Preferences → Development → New application. Tick read:follows and write:follows"
        " for requests; read:accounts to read your settings, and write:accounts to set one from here. Nothing else."
        " Save, open it, and copy “Your access token”. What you leave out, Demur does without.",
    )

    def clean_server(self) -> str:
        """The server's address."""
        from demur.server.connectors.mastodon import server_address

        return _of_connector(server_address, self.cleaned_data["server"])

    def clean_token(self) -> str:
        """The token, without the spaces that come with copying."""
        return str(self.cleaned_data["token"]).strip()


class BlueskyForm(_ConnectionForm):
    """One account, for its settings: it brings no requests."""

    handle = _typed("Your handle", help_text="Such as dana.bsky.social.")
    app_password = _secret(
        "App password",
        "Write the app password.",
        help_text="On Bluesky: Settings → Privacy and security → App passwords → Add App Password. Leave the access to"
        " your direct messages off. It looks like abcd-efgh-ijkl-mnop. Demur takes no main password.",
    )
    server = _typed(
        "Your server",
        required=False,
        initial="bsky.social",
        help_text="Leave it as it is, unless you know that your account is somewhere else.",
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["purpose"].label = "Which of your accounts this is"

    def clean_handle(self) -> str:
        """The whole handle."""
        from demur.server.connectors.bluesky import whole_handle

        return _of_connector(whole_handle, self.cleaned_data["handle"])

    def clean_app_password(self) -> str:
        """The app password; what looks like a main one is not taken."""
        from demur.server.connectors.bluesky import app_password

        return _of_connector(app_password, self.cleaned_data["app_password"])

    def clean_server(self) -> str:
        """The server's address."""
        from demur.server.connectors.bluesky import server_address

        return _of_connector(server_address, self.cleaned_data["server"])


@require_safe
@page
def connections(request: HttpRequest) -> HttpResponse:
    """What is connected, and how to connect more."""
    return _shown(request)


@post_only("connections")
@page
def add_mailbox(request: HttpRequest) -> HttpResponse:
    """Keep a mailbox. It is not asked yet."""
    from demur.server.connectors.imap import ImapSettings, Security

    form = MailboxForm(request.POST, prefix="mailbox")
    if not form.is_valid():
        return _shown(request, mailbox=form)
    said = form.cleaned_data
    settings = ImapSettings(
        host=said["host"],
        user=said["user"],
        password=said["password"],
        port=said["port"],
        folder=said["folder"],
        security=Security(said["security"]),
        receiver=said["receiver"],
        servers=said["servers"],
    )
    actions.add_connector(settings, said["label"], form.word("purpose", Purpose, Purpose.PERSONAL))
    return done("connections", "connected")


@post_only("connections")
@page
def add_mastodon(request: HttpRequest) -> HttpResponse:
    """Keep an account. It is not asked yet."""
    from demur.server.connectors.mastodon import MastodonSettings

    form = MastodonForm(request.POST, prefix="mastodon")
    if not form.is_valid():
        return _shown(request, mastodon=form)
    said = form.cleaned_data
    settings = MastodonSettings(server=said["server"], token=said["token"])
    actions.add_connector(settings, said["label"], form.word("purpose", Purpose, Purpose.PERSONAL))
    return done("connections", "connected")


@post_only("connections")
@page
def add_bluesky(request: HttpRequest) -> HttpResponse:
    """Keep an account. It is not asked yet."""
    from demur.server.connectors.bluesky import BlueskySettings

    form = BlueskyForm(request.POST, prefix="bluesky")
    if not form.is_valid():
        return _shown(request, bluesky=form)
    said = form.cleaned_data
    settings = BlueskySettings(handle=said["handle"], app_password=said["app_password"], server=said["server"])
    actions.add_connector(settings, said["label"], form.word("purpose", Purpose, Purpose.PERSONAL))
    return done("connections", "connected")


@post_only("connections")
@page
def try_it(request: HttpRequest) -> HttpResponse:
    """Ask it once whether it works; nothing is looked for."""
    connector = queries.connector(_number(request))
    if connector is None:
        return done("connections", "not-connected")
    try:
        actions.check(connector)
    except ConnectorError as error:
        return _shown(request, tried=connector.label, problem=str(error))
    return _shown(request, tried=connector.label, worked=_WORKED[connector.kind_word])


@post_only("connections")
@page
def remove(request: HttpRequest) -> HttpResponse:
    """Forget it, password or token included. Requests that came through it stay."""
    return done("connections", "disconnected" if actions.remove_connector(_number(request)) else "not-connected")


def _shown(
    request: HttpRequest,
    *,
    mailbox: MailboxForm | None = None,
    mastodon: MastodonForm | None = None,
    bluesky: BlueskyForm | None = None,
    tried: str = "",
    worked: str = "",
    problem: str = "",
) -> HttpResponse:
    records = queries.connectors()
    context = {
        "rows": [_Row.of(record) for record in records],
        "sources": any(record.brings_requests for record in records),
        "mailbox": mailbox or MailboxForm(prefix="mailbox"),
        "mastodon": mastodon or MastodonForm(prefix="mastodon"),
        "bluesky": bluesky or BlueskyForm(prefix="bluesky"),
        "tried": tried,
        "worked": worked,
        "problem": problem,
        "here": "inbox",
    }
    return show(request, "demur/connections.html", context)


def _of_connector(reading: Callable[[str], str], typed: str) -> str:
    """What a connector makes of what was typed."""
    try:
        return reading(typed)
    except ConnectorError as error:
        raise forms.ValidationError(str(error)) from None


def _host(typed: str) -> str:
    host = typed.strip().lower()
    if not is_host(host):
        raise forms.ValidationError(NO_SERVER)
    return host


def _number(request: HttpRequest) -> int:
    number = request.POST.get("number", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 16 else 0
