"""A mailbox is only looked at and left as it was; what fails is told in a sentence that gives nothing away."""

from __future__ import annotations

import dataclasses
import imaplib
import socket
import time
from collections.abc import Callable
from datetime import date

import pytest

from demur.core.accounts import Network
from demur.core.arrivals import Source
from demur.server.connectors import imap
from demur.server.connectors.errors import (
    BROKE_OFF,
    NO_TRUST,
    NOT_HERE,
    STRANGE,
    TOO_SLOW,
    WRONG_SETTINGS,
    ConnectorError,
)
from demur.server.connectors.imap import ImapSettings, Security, check, fetch, mailbox_name
from tests.server.connectors.conftest import PASSWORD, USER, Certificate, behind_tls, free_port, served

TODAY = date(2026, 11, 20)
LONG_AGO = date(2026, 1, 1)


def refused(settings: ImapSettings) -> str:
    """The sentence that stops it, which holds nothing of what was typed."""
    with pytest.raises(ConnectorError) as error:
        fetch(settings, LONG_AGO, TODAY)
    said = str(error.value)
    assert error.value.__cause__ is None
    for typed in (settings.password, settings.user, settings.host, settings.folder):
        assert typed not in said
    return said


@pytest.mark.server
def test_requests_are_found_and_nothing_is_marked_or_changed(mailbox: ImapSettings) -> None:
    before = state(mailbox)
    reading = fetch(dataclasses.replace(mailbox, receiver="mx.agency.example"), LONG_AGO, TODAY)
    shown = {(arrival.network, arrival.profile.display_name or arrival.profile.handle) for arrival in reading.arrivals}
    assert shown == {(Network.LINKEDIN, "Ines Tarrow"), (Network.MASTODON, "@bo@larkin.example")}
    assert {arrival.source for arrival in reading.arrivals} == {Source.MAIL}
    assert [arrival.vouched for arrival in reading.arrivals] == [True, False]
    assert state(mailbox) == before
    assert not any("\\Seen" in flags for flags in before[-3:])


@pytest.mark.server
def test_the_persons_own_server_may_be_named(mailbox: ImapSettings) -> None:
    reading = fetch(dataclasses.replace(mailbox, servers=("harbour.example",)), LONG_AGO, TODAY)
    assert len(reading.arrivals) == 2


@pytest.mark.server
def test_only_what_came_since_a_day_is_asked_for(mailbox: ImapSettings) -> None:
    assert fetch(mailbox, None, TODAY).arrivals
    assert not fetch(mailbox, date(2099, 1, 1), TODAY).arrivals


@pytest.mark.server
def test_the_folder_is_the_persons_choice_in_any_script(mailbox: ImapSettings) -> None:
    reading = fetch(dataclasses.replace(mailbox, folder="Netzwerke é & Co"), LONG_AGO, TODAY)
    assert [arrival.profile.display_name for arrival in reading.arrivals] == ["Ines Tarrow"]


@pytest.mark.parametrize(
    ("folder", "written"),
    [
        ("INBOX", "INBOX"),
        ("A & B", "A &- B"),
        ("é", "&AOk-"),
        ("Entwürfe/日本", "Entw&APw-rfe/&ZeVnLA-"),
        ("~😀", "~&2D3eAA-"),
    ],
)
def test_names_of_folders_are_written_as_imap_does(folder: str, written: str) -> None:
    assert mailbox_name(folder) == written


@pytest.mark.server
def test_the_newest_are_read_where_there_are_many(mailbox: ImapSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap, "MOST_MAILS", 1)
    reading = fetch(mailbox, LONG_AGO, TODAY)
    assert [arrival.network for arrival in reading.arrivals] == [Network.MASTODON]
    assert "Only the newest 1 mails were read." in reading.notes


@pytest.mark.server
def test_of_a_large_mail_only_the_beginning_is_asked_for(
    mailbox: ImapSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "MOST_OF_ONE", 150)
    heads = fetch(mailbox, LONG_AGO, TODAY).arrivals
    assert {arrival.received for arrival in heads} <= {None, date(2026, 11, 18)}


@pytest.mark.server
def test_checking_signs_in_and_looks_for_nothing(mailbox: ImapSettings) -> None:
    before = state(mailbox)
    check(mailbox)
    assert state(mailbox) == before


# What fails


@pytest.mark.server
@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"password": "not-this-one"}, imap.NOT_SIGNED_IN),
        ({"user": "sombody-else"}, imap.NOT_SIGNED_IN),
        ({"folder": "No such folder"}, imap.NO_FOLDER),
        ({"folder": 'A" (FLAGS'}, imap.NO_FOLDER),
        ({"security": Security.STARTTLS}, imap.NO_ENCRYPTION),
    ],
)
def test_a_wrong_setting_is_told_in_a_sentence(mailbox: ImapSettings, change: dict[str, object], says: str) -> None:
    assert refused(dataclasses.replace(mailbox, **change)) == says


@pytest.mark.server
def test_a_server_that_is_away_is_told() -> None:
    assert refused(ImapSettings("127.0.0.1", USER, PASSWORD, free_port(), security=Security.PLAIN)) == NOT_HERE
    assert refused(ImapSettings("127.0.0.1", USER, PASSWORD, free_port())) == NOT_HERE


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"host": "imap.example.org", "security": Security.PLAIN}, imap.NOT_LOOPBACK),
        ({"host": "10.0.0.1", "security": Security.PLAIN}, imap.NOT_LOOPBACK),
        ({"host": "imap.example.org\r\nA1 LOGOUT"}, WRONG_SETTINGS),
        ({"user": "dana\r\nA1 DELETE INBOX"}, WRONG_SETTINGS),
        ({"folder": "INBOX\r\nA1 DELETE INBOX"}, WRONG_SETTINGS),
        ({"servers": ('x" DELETED "',)}, WRONG_SETTINGS),
        ({"port": 0}, WRONG_SETTINGS),
        ({"password": ""}, WRONG_SETTINGS),
    ],
)
def test_what_can_not_be_right_is_refused_before_anything_is_sent(change: dict[str, object], says: str) -> None:
    # Not marked `server`: sockets are closed here, so a try to connect would fail otherwise.
    settings = dataclasses.replace(ImapSettings("imap.example.org", USER, PASSWORD), **change)
    with pytest.raises(ConnectorError) as error:
        fetch(settings, LONG_AGO, TODAY)
    assert str(error.value) == says


def test_a_password_is_not_in_the_words_for_the_settings() -> None:
    assert PASSWORD not in repr(ImapSettings("imap.example.org", USER, PASSWORD))


# Encryption


@pytest.mark.server
def test_a_server_that_nobody_vouches_for_gets_no_password(mailbox_port: int, certificate: Certificate) -> None:
    heard: list[bytes] = []
    with behind_tls(mailbox_port, certificate, heard) as door:
        assert refused(ImapSettings("localhost", USER, PASSWORD, door)) == NO_TRUST
    assert not heard


@pytest.mark.server
def test_an_encrypted_mailbox_is_read(
    mailbox_port: int, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.certificate))
    heard: list[bytes] = []
    with behind_tls(mailbox_port, certificate, heard) as door:
        assert len(fetch(ImapSettings("localhost", USER, PASSWORD, door), LONG_AGO, TODAY).arrivals) == 2
    commands = b"".join(heard).upper()
    assert b"EXAMINE" in commands
    for word in (b"SELECT", b"STORE", b"EXPUNGE", b"CLOSE", b"DELETE", b"BODY["):
        assert word not in commands


@pytest.mark.server
def test_starttls_is_verified_too(
    starttls_port: int, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = ImapSettings("localhost", USER, PASSWORD, starttls_port, security=Security.STARTTLS)
    assert refused(settings) == NO_TRUST
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.certificate))
    check(settings)


@pytest.mark.server
def test_a_server_without_encryption_gets_no_password(mailbox_port: int) -> None:
    assert refused(ImapSettings("127.0.0.1", USER, PASSWORD, mailbox_port)) == imap.NO_ENCRYPTION


# Servers that do not behave


def silent(connection: socket.socket) -> None:
    while connection.recv(1024):
        pass


def odd(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def gone(connection: socket.socket) -> None:
    connection.sendall(b"* OK ready\r\n")


def speaking(*answers: bytes) -> Callable[[socket.socket], None]:
    """Each command is answered by the next of these, with its tag in place of TAG; then there is silence."""

    def handle(connection: socket.socket) -> None:
        connection.sendall(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
        lines = connection.makefile("rb")
        left = list(answers)
        while line := lines.readline():
            if left:
                connection.sendall(left.pop(0).replace(b"TAG", line.split()[0]))

    return handle


SIGNED_IN = (b"* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n", b"TAG OK done\r\n", b"* 1 EXISTS\r\nTAG OK [READ-ONLY]\r\n")


@pytest.mark.server
@pytest.mark.parametrize(
    ("handle", "says"),
    [
        (silent, {TOO_SLOW}),
        (odd, {BROKE_OFF, STRANGE, NOT_HERE}),
        (gone, {BROKE_OFF}),
        (speaking(b"* CAPABILITY IMAP4rev1 LOGINDISABLED\r\nTAG OK done\r\n"), {imap.NO_PLAIN_WAY}),
        (speaking(*SIGNED_IN, b"TAG NO never\r\n"), {STRANGE}),
        (speaking(*SIGNED_IN, b"* 1 FETCH (BODY[]<0> {999999999999}\r\n"), {BROKE_OFF}),
    ],
)
def test_a_server_that_does_not_behave_is_told(
    handle: Callable[[socket.socket], None], says: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "WAIT", 0.5)
    with served(handle) as port:
        assert refused(ImapSettings("127.0.0.1", USER, PASSWORD, port, security=Security.PLAIN)) in says


@pytest.mark.server
def test_a_server_that_drips_does_not_keep_anybody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap, "WAIT_IN_ALL", 0.6)

    def drip(connection: socket.socket) -> None:
        connection.sendall(b"* OK ready\r\n")
        for _ in range(100):
            connection.sendall(b"*")
            time.sleep(0.1)

    with served(drip) as port:
        assert refused(ImapSettings("127.0.0.1", USER, PASSWORD, port, security=Security.PLAIN)) == TOO_SLOW


def state(settings: ImapSettings) -> list[str]:
    """The flags of every mail, by a client of the test's own."""
    with imaplib.IMAP4(settings.host, settings.port, timeout=10) as client:
        client.login(USER, PASSWORD)
        client.select("INBOX", readonly=True)
        _, data = client.uid("FETCH", "1:*", "(FLAGS)")
    return [line.decode() for line in data if isinstance(line, bytes)]
