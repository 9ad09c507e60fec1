"""The page about connections against real servers: trying one, and looking for requests."""

from __future__ import annotations

import pytest
from django.test import Client

from demur.server.connectors import queries
from demur.server.connectors.imap import ImapSettings
from demur.server.connectors.mastodon import MastodonSettings
from tests.server.connectors.conftest import Owner


@pytest.mark.server
def test_trying_says_whether_it_works(client: Client, mailbox: ImapSettings) -> None:
    fields = {
        "mailbox-host": "127.0.0.1",
        "mailbox-port": str(mailbox.port),
        "mailbox-user": mailbox.user,
        "mailbox-password": mailbox.password,
        "mailbox-security": "plain",
        "mailbox-folder": "INBOX",
    }
    client.post("/connections/mailbox/", fields)
    client.post("/connections/mailbox/", {**fields, "mailbox-password": "wrong"})
    good, bad = (str(row.pk) for row in queries.connectors())
    assert (
        "It works. Nothing was looked for yet." in client.post("/connections/try/", {"number": good}).content.decode()
    )
    page = client.post("/connections/try/", {"number": bad}).content.decode()
    assert "did not take this name and password" in page
    assert "wrong" not in page.split("<main", 1)[1].split("<details", 1)[0]


@pytest.mark.server
def test_looking_puts_requests_into_the_inbox(client: Client, mastodon_account: MastodonSettings) -> None:
    fields = {"mastodon-server": mastodon_account.server, "mastodon-token": mastodon_account.token}
    client.post("/connections/mastodon/", fields)
    page = client.post("/inbox/fetch/").content.decode()
    assert "2 new requests" in page
    inbox = client.get("/inbox/").content.decode()
    assert "Ines Tarrow" in inbox
    assert "Seen on the network on" in inbox


@pytest.mark.server
def test_a_bluesky_account_is_tried_and_looking_for_requests_leaves_it_out(
    client: Client, bluesky_owner: Owner
) -> None:
    settings = bluesky_owner.settings()
    fields = {
        "bluesky-handle": settings.handle,
        "bluesky-app_password": settings.app_password,
        "bluesky-server": settings.server,
    }
    client.post("/connections/bluesky/", fields)
    [row] = queries.connectors()
    page = client.post("/connections/try/", {"number": str(row.pk)}).content.decode()
    assert "It works. Nothing was read or changed yet." in page
    assert "Nothing is connected yet" in client.post("/inbox/fetch/").content.decode()
