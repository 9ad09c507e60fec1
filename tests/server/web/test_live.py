"""Answering on a network from the page: only what was pressed, and noted only after the network has done it."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from demur.core.accounts import Network, Profile
from demur.core.arrivals import Arrival, Reading, Source
from demur.core.content import RequestKind
from demur.server.connectors import actions as connecting
from demur.server.connectors import mastodon
from demur.server.connectors.errors import ConnectorError, RequestGone
from demur.server.connectors.imap import ImapSettings
from demur.server.connectors.mastodon import MastodonSettings
from demur.server.connectors.models import ConnectorRecord
from demur.server.triage import actions, queries
from demur.server.web import live
from tests.server.connectors.conftest import served

SENT = list[tuple[str, str]]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> SENT:
    """What reaches the network, in place of the network."""
    told: SENT = []
    monkeypatch.setattr(connecting, "reject", lambda connector, remote: told.append(("reject", remote)))
    monkeypatch.setattr(connecting, "authorise", lambda connector, remote: told.append(("authorise", remote)))
    return told


@pytest.fixture
def connected(clean_store: None) -> ConnectorRecord:
    return connecting.add_connector(MastodonSettings("https://example.org", "a-token"), "My Mastodon")


def arrival(number: int) -> Arrival:
    profile = Profile(f"Person {number}", f"@person{number}@example.org")
    kind = RequestKind.FOLLOW
    return Arrival(Network.MASTODON, profile, timezone.localdate(), Source.LIVE, kind=kind, remote_id=str(number))


def arrive(connector: ConnectorRecord, *numbers: int) -> tuple[str, ...]:
    found = [arrival(number) for number in numbers]
    return actions.take_in(found, timezone.localdate(), connector=connector.pk).keys


def test_looking_at_a_page_sends_nothing(client: Client, connected: ConnectorRecord, sent: SENT) -> None:
    [key] = arrive(connected, 1)
    assert "Reject it on Mastodon now" in client.get(f"/inbox/{key}/").content.decode()
    assert "Accept it on Mastodon now" not in client.get(f"/inbox/{key}/").content.decode()
    page = client.post("/inbox/decline/", {"chosen": [key]}).content.decode()
    assert "Demur can do it" in page
    assert sent == []
    assert queries.count_open() == 1


def test_what_is_pressed_is_done_then_noted(client: Client, connected: ConnectorRecord, sent: SENT) -> None:
    keys = arrive(connected, 1, 2, 3)
    client.post(f"/inbox/{keys[0]}/live/", {"do": "reject"})
    assert sent == [("reject", "1")]
    client.post("/inbox/live/", {"chosen": keys})
    assert sorted(sent) == [("reject", "1"), ("reject", "2"), ("reject", "3")]
    assert {row.answer for row in queries.answered_requests()} == {"declined"}


def test_what_the_policy_does_not_allow_is_not_accepted(client: Client, connected: ConnectorRecord, sent: SENT) -> None:
    [key] = arrive(connected, 1)
    page = client.post(f"/inbox/{key}/live/", {"do": "authorise"}).content.decode()
    assert "nothing was sent" in page
    assert sent == []
    client.post(f"/inbox/{key}/", {"relationship": "none", "account": "personal", "role": "therapist"})
    assert "Accept it on Mastodon now" in client.get(f"/inbox/{key}/").content.decode()
    client.post(f"/inbox/{key}/live/", {"do": "authorise"})
    assert sent == [("authorise", "1")]
    assert [row.answer for row in queries.answered_requests()] == ["accepted"]


def test_what_the_network_did_not_do_is_not_noted(
    client: Client, connected: ConnectorRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(connector: ConnectorRecord, remote: str) -> None:
        raise ConnectorError("The server took too long, so Demur stopped waiting. Try again later.")

    monkeypatch.setattr(connecting, "reject", away)
    keys = arrive(connected, 1, 2)
    page = client.post("/inbox/live/", {"chosen": keys}).content.decode()
    assert page.count("took too long") == 2
    assert queries.count_open() == 2


def test_a_server_that_hangs_is_not_asked_for_all_of_them(
    client: Client, connected: ConnectorRecord, sent: SENT, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = arrive(connected, 1, 2)
    monkeypatch.setattr(live, "ENOUGH", 0.0)
    page = client.post("/inbox/live/", {"chosen": keys}).content.decode()
    assert page.count("nothing was sent for it") == 2
    assert sent == []
    assert queries.count_open() == 2


def test_what_is_gone_on_the_network_is_noted_as_gone(
    client: Client, connected: ConnectorRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(connector: ConnectorRecord, remote: str) -> None:
        raise RequestGone("There is no such request any more.")

    monkeypatch.setattr(connecting, "reject", gone)
    [key] = arrive(connected, 1)
    client.post(f"/inbox/{key}/live/", {"do": "reject"})
    assert [row.answer for row in queries.answered_requests()] == ["gone"]


def test_without_the_connection_nothing_can_be_sent(client: Client, connected: ConnectorRecord, sent: SENT) -> None:
    [key] = arrive(connected, 1)
    connecting.remove_connector(connected.pk)
    assert "not connected any more" in client.post(f"/inbox/{key}/live/", {"do": "reject"}).content.decode()
    assert sent == []
    assert queries.count_open() == 1


def test_looking_for_new_ones_asks_everything_that_is_connected(
    client: Client, connected: ConnectorRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    connecting.add_connector(MastodonSettings("https://example.com", "b-token"), "Away")

    def listed(settings: MastodonSettings, today: object) -> Reading:
        if settings.server == "https://example.com":
            raise ConnectorError("Nothing answers there.")
        return Reading((arrival(1), arrival(2)), ("One more could not be read.",), complete=cut == "")

    monkeypatch.setattr(mastodon, "list_requests", listed)
    cut = ""
    assert "Look for new ones now" in client.get("/inbox/").content.decode()
    page = client.post("/inbox/fetch/").content.decode()
    for said in ("2 new requests.", "One more could not be read.", "Nothing answers there.", "My Mastodon", "Away"):
        assert said in page
    assert {row.connector for row in queries.open_requests()} == {connected.pk}
    assert "Look again" not in page
    cut = "there is more"
    assert "Look again" in client.post("/inbox/fetch/").content.decode()


def test_what_was_first_heard_of_by_mail_is_answered_live_once_it_was_seen_there(
    client: Client, connected: ConnectorRecord, sent: SENT
) -> None:
    mailbox = connecting.add_connector(ImapSettings("imap.example.org", "dana", "a password"), "Mail")
    mail = replace(arrival(1), source=Source.MAIL, remote_id="", vouched=False)
    [key] = actions.take_in([mail], timezone.localdate(), connector=mailbox.pk).keys
    assert "Reject it on Mastodon now" not in client.get(f"/inbox/{key}/").content.decode()
    assert arrive(connected, 1) == ()
    page = client.get(f"/inbox/{key}/").content.decode()
    assert "Reject it on Mastodon now" in page
    assert "Seen on the network on" in page
    assert "Nobody vouches" not in page
    client.post(f"/inbox/{key}/live/", {"do": "reject"})
    assert sent == [("reject", "1")]
    assert [row.answer for row in queries.answered_requests()] == ["declined"]


@pytest.mark.server
def test_what_the_server_does_not_confirm_is_not_noted(client: Client) -> None:
    """From the press to the store: a server that says yes and does nothing, and one that is no Mastodon."""
    for status, body in (("200 OK", b'{"id": "1", "followed_by": false, "requested_by": true}'), ("404 No", b"hello")):
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode()

        def answer(connection: socket.socket, said: bytes = head + body) -> None:
            connection.recv(65536)
            connection.sendall(said)

        with served(answer) as port:
            odd = connecting.add_connector(MastodonSettings(f"http://127.0.0.1:{port}", "a-token-of-dana"), "")
            key = arrive(odd, 1)[0]
            page = client.post(f"/inbox/{key}/live/", {"do": "reject"}).content.decode()
            assert "Nothing was noted as answered" in page
            assert queries.count_open() == 1
            actions.remove(key)


@pytest.mark.parametrize("do", [{}, {"do": ""}, {"do": "everything"}])
def test_what_was_not_pressed_is_not_sent(
    client: Client, connected: ConnectorRecord, sent: SENT, do: dict[str, str]
) -> None:
    [key] = arrive(connected, 1)
    client.post(f"/inbox/{key}/live/", do)
    assert sent == []
    assert queries.count_open() == 1


def test_the_connected_account_decides_whatever_was_said(
    client: Client, connected: ConnectorRecord, sent: SENT
) -> None:
    [key] = arrive(connected, 1)
    client.post(f"/inbox/{key}/", {"relationship": "vendor", "account": "professional", "role": "therapist"})
    assert "nothing was sent" in client.post(f"/inbox/{key}/live/", {"do": "authorise"}).content.decode()
    assert sent == []
