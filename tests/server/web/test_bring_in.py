"""Ways into the inbox on its pages: what was pasted is looked over first, and what a file holds is listed once."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from demur.core.accounts import Network, Profile
from demur.core.arrivals import Arrival, Reading, Source
from demur.server.connectors import actions as connecting
from demur.server.connectors import imap
from demur.server.ledger.models import Entry
from demur.server.triage import actions, queries
from demur.server.triage.models import RequestRecord
from demur.server.web import bring_in

FACEBOOK = {
    "received_requests_v2": [
        {"name": "Marcus Bellweather", "timestamp": 1763000000},
        {"name": "M\u00c3\u00b3nica Qu\u00c3\u00adrozel", "timestamp": 1763100000},
    ]
}


def upload(name: str, content: object) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, json.dumps(content).encode())


def test_what_was_pasted_is_looked_over_before_anything_is_kept(client: Client, caseload: None) -> None:
    text = "Marcus Bellweather\nLives in Riverton\n3 mutual friends\nConfirm\nDelete"
    before = Entry.objects.count()
    page = client.post("/inbox/paste/", {"text": text, "network": "facebook"}).content.decode()
    assert 'value="Marcus Bellweather"' in page
    assert 'value="Riverton"' in page
    assert 'formaction="/inbox/keep/"' in page
    assert RequestRecord.objects.count() == 0
    assert Entry.objects.count() == before


def test_nothing_pasted_is_said_so(client: Client) -> None:
    assert "Paste something first." in client.post("/inbox/paste/", {"text": ""}).content.decode()


def test_a_file_is_read_and_its_requests_listed_once(client: Client, caseload: None) -> None:
    for new in ("2 new requests", "Nothing new"):
        sent = {"files": [upload("received_friend_requests.json", FACEBOOK)], "account": "professional"}
        assert new in client.post("/inbox/files/", sent).content.decode()
    assert {row.display_name for row in queries.open_requests()} == {"Marcus Bellweather", "Mónica Quírozel"}
    assert {(row.network, row.purpose, row.source) for row in queries.open_requests()} == {
        ("facebook", "professional", "export")
    }


def test_a_mail_and_an_export_can_come_together(client: Client) -> None:
    mail = b"From: Somebody <somebody@example.org>\nSubject: Hello\nDate: Sun, 01 Nov 2026 10:00:00 +0000\n\nHello.\n"
    files = [upload("received_friend_requests.json", FACEBOOK), SimpleUploadedFile("hello.eml", mail)]
    page = client.post("/inbox/files/", {"files": files}).content.decode()
    assert "2 new requests" in page
    assert "somebody@example.org" not in page


def test_what_is_no_export_is_said_so_and_nothing_is_taken_in(client: Client) -> None:
    page = client.post("/inbox/files/", {"files": [SimpleUploadedFile("holiday.txt", b"sun and sea")]}).content.decode()
    assert "No request found" in page
    assert "<li>" in page.split("<main", 1)[1]
    assert RequestRecord.objects.count() == 0


def test_no_file_is_said_so(client: Client) -> None:
    assert "Choose one or more files first." in client.post("/inbox/files/", {}).content.decode()


def invitation(*messages: str) -> SimpleUploadedFile:
    head = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    rows = (
        f'Petra Vandermolen,Me,"1/29/26, 3:04 PM",{message},INCOMING,https://www.linkedin.com/in/petra-{number},x\n'
        for number, message in enumerate(messages)
    )
    return SimpleUploadedFile("Invitations.csv", (head + "".join(rows)).encode())


def test_a_message_that_may_speak_of_danger_is_said_before_anything_else(client: Client) -> None:
    danger = "I want to kill myself tonight"
    page = client.post("/inbox/files/", {"files": [invitation("Hello", danger)]}).content.decode()
    row = RequestRecord.objects.get(message=danger)
    assert page.index("Read this first") < page.index("2 new requests")
    assert f'href="/inbox/{row.key}/"' in page
    assert "kill" not in page
    # It waits, so it is said again; several lead to the list, where they stand first.
    page = client.post("/inbox/files/", {"files": [invitation("Hello", danger, danger)]}).content.decode()
    assert page.index("2 messages may speak of danger") < page.index("1 new request")
    page = client.post("/inbox/files/", {"files": [invitation("Hello")]}).content.decode()
    assert "danger" not in page


def test_a_mailbox_that_brings_danger_says_so_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    today = timezone.localdate()
    mail = Arrival(
        Network.LINKEDIN, Profile("Petra Vandermolen"), today, Source.MAIL, message="I want to kill myself tonight"
    )
    fetched = imap.Fetched(Reading((mail,)), None)
    monkeypatch.setattr(imap, "fetch", lambda *given: fetched)
    connecting.add_connector(imap.ImapSettings("imap.example.org", "dana", "not-a-password"), "Harbour")
    page = client.post("/inbox/fetch/").content.decode()
    assert page.index("Harbour") < page.index("Read this first") < page.index("1 new request")
    assert "kill" not in page


def test_what_takes_too_long_stops_between_two_lots_and_goes_on_at_the_next_press(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "LOT", 1)
    monkeypatch.setattr(bring_in, "ENOUGH", 0.0)
    page = client.post("/inbox/files/", {"files": [upload("received_friend_requests.json", FACEBOOK)]}).content.decode()
    assert "1 of 2 requests are in your inbox so far." in page
    assert RequestRecord.objects.count() == 1
    monkeypatch.setattr(bring_in, "ENOUGH", 60.0)
    page = client.post("/inbox/files/", {"files": [upload("received_friend_requests.json", FACEBOOK)]}).content.decode()
    assert "so far" not in page
    assert RequestRecord.objects.count() == 2
