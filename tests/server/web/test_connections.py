"""Connecting on the page: kept, removed, and never asked without a press; secrets never come back into a page."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from demur.server.connectors import queries
from demur.server.connectors.models import ConnectorRecord
from demur.server.ledger.models import Entry
from tests.server.conftest import HOST

PASSWORD = "correct horse battery"
TOKEN = "a-token-of-dana-0123456789"
MAILBOX = {
    "mailbox-host": " IMAP.agency.example ",
    "mailbox-user": "dana@agency.example",
    "mailbox-password": PASSWORD,
    "mailbox-folder": "Networks",
    "mailbox-security": "tls",
    "mailbox-port": "993",
    "mailbox-servers": "https://Harbour.example/, other.example",
    "mailbox-receiver": "",
    "mailbox-purpose": "professional",
    "mailbox-label": "Work mail",
}
ACCOUNT = {
    "mastodon-server": "Harbour.example",
    "mastodon-token": TOKEN,
    "mastodon-purpose": "personal",
    "mastodon-label": "",
}

SKY = {
    "bluesky-handle": "@Dana.example",
    "bluesky-app_password": "abcd-efgh-ijkl-mnop",
    "bluesky-server": "bsky.social",
    "bluesky-purpose": "personal",
    "bluesky-label": "",
}


def shown(client: Client, path: str = "/connections/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_empty_page_teaches_what_it_is_for(client: Client) -> None:
    page = shown(client)
    assert "Nothing is connected. Demur works without it" in page
    assert "Look for requests now" not in page


def test_a_mailbox_is_kept_and_not_asked(client: Client) -> None:
    # Sockets are closed here: a try to ask would fail.
    response = client.post("/connections/mailbox/", MAILBOX)
    assert (response.status_code, response.headers["Location"]) == (303, "/connections/?done=connected")
    page = shown(client, "/connections/?done=connected")
    assert "Folder Networks at imap.agency.example" in page
    assert "My professional account" in page
    assert "Nothing was sent yet" in page
    for secret in (PASSWORD, "dana@agency.example"):
        assert secret not in page
    [row] = queries.connectors()
    assert row.settings["servers"] == ["harbour.example", "other.example"]


def test_an_account_is_kept_and_not_asked(client: Client) -> None:
    assert client.post("/connections/mastodon/", ACCOUNT).status_code == 303
    page = shown(client)
    assert "Mastodon at https://harbour.example" in page
    assert TOKEN not in page


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"mailbox-host": "imap agency"}, "Write the server&#x27;s name alone"),
        ({"mailbox-host": ""}, "This is needed."),
        ({"mailbox-password": ""}, "Write the password."),
        ({"mailbox-port": "99999"}, "mostly 993"),
        ({"mailbox-security": "plain"}, "Only for a mail server on this computer"),
        ({"mailbox-security": "nonsense"}, "Choose one from the list."),
        ({"mailbox-servers": "two; /x"}, "Write the server&#x27;s name alone"),
        ({"mailbox-receiver": "mx agency"}, "Write the server&#x27;s name alone"),
    ],
)
def test_a_mailbox_that_can_not_be_right_is_not_kept(client: Client, change: dict[str, str], says: str) -> None:
    response = client.post("/connections/mailbox/", {**MAILBOX, **change})
    page = response.content.decode()
    assert response.status_code == 200
    assert says in page
    assert PASSWORD not in page, "a password is never written back"
    assert 'value="dana@agency.example"' in page, "the rest is"
    assert not queries.connectors()


def test_a_bluesky_account_is_kept_and_brings_no_requests(client: Client) -> None:
    assert client.post("/connections/bluesky/", SKY).status_code == 303
    page = shown(client)
    assert "Bluesky at https://bsky.social, for its settings" in page
    assert "Look for requests now" not in page
    assert "Look for new ones now" not in shown(client, "/inbox/")
    for secret in ('abcd-efgh-ijkl-mnop"', "dana.example"):
        assert secret not in page
    client.post("/connections/mastodon/", ACCOUNT)
    assert "Look for requests now" in shown(client)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"bluesky-app_password": "Correct horse battery"}, "This is no app password"),
        ({"bluesky-app_password": ""}, "Write the app password."),
        ({"bluesky-handle": "dana"}, "Write your whole handle"),
        ({"bluesky-handle": ""}, "This is needed."),
        ({"bluesky-server": "http://bsky.social"}, "over https only"),
    ],
)
def test_a_bluesky_account_that_can_not_be_right_is_not_kept(client: Client, change: dict[str, str], says: str) -> None:
    given = {**SKY, **change}
    page = client.post("/connections/bluesky/", given).content.decode()
    assert says in page
    assert 'value="abcd-efgh-ijkl-mnop"' not in page
    assert "Correct horse battery" not in page
    assert not queries.connectors()


@pytest.mark.parametrize("server", ["http://harbour.example", "harbour.example/@dana", "", "@dana@harbour.example"])
def test_an_account_that_can_not_be_right_is_not_kept(client: Client, server: str) -> None:
    page = client.post("/connections/mastodon/", {**ACCOUNT, "mastodon-server": server}).content.decode()
    assert "errorlist" in page
    assert TOKEN not in page
    assert not queries.connectors()


def test_one_can_be_removed(client: Client) -> None:
    client.post("/connections/mastodon/", ACCOUNT)
    number = str(queries.connectors()[0].pk)
    assert client.post("/connections/remove/", {"number": number}).headers["Location"].endswith("done=disconnected")
    for gone in (number, "", "x", "-1", "9" * 30):
        location = client.post("/connections/remove/", {"number": gone}).headers["Location"]
        assert location.endswith("done=not-connected")
        assert client.post("/connections/try/", {"number": gone}).headers["Location"].endswith("done=not-connected")
    assert not queries.connectors()


def test_what_the_last_look_left_is_said(client: Client) -> None:
    client.post("/connections/mailbox/", MAILBOX)
    assert "Older mails wait" not in shown(client)
    ConnectorRecord.objects.update(rest_since=date(2026, 1, 1), rest_below=7, rest_validity=1)
    assert "Older mails wait: look again." in shown(client)


def test_opening_an_address_does_nothing(client: Client) -> None:
    client.post("/connections/mastodon/", ACCOUNT)
    for path in ("mailbox", "mastodon", "bluesky", "try", "remove"):
        assert client.get(f"/connections/{path}/").headers["Location"] == "/connections/"
    assert len(queries.connectors()) == 1
    assert Entry.objects.filter(verb="connector-used").count() == 0


def test_a_page_of_somebody_else_can_not_connect_or_try(store: object) -> None:
    stranger = Client(enforce_csrf_checks=True, headers={"host": HOST})
    for path in ("mailbox", "mastodon", "bluesky", "try", "remove"):
        assert stranger.post(f"/connections/{path}/", {**MAILBOX, **ACCOUNT, **SKY, "number": "1"}).status_code == 403
    assert not queries.connectors()
