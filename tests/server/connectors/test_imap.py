"""A mailbox is only looked at and left as it was; what fails is told in a sentence that gives nothing away."""

from __future__ import annotations

import dataclasses
import imaplib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from demur.core.accounts import Network
from demur.core.arrivals import Reading, Source
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
from demur.server.connectors.imap import ImapSettings, Rest, Security, check, fetch, mailbox_name
from demur.server.connectors.watch import Watch
from tests.server.connectors.conftest import INVITATION, PASSWORD, USER, Certificate, behind_tls, free_port, served

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


def looked(settings: ImapSettings, since: date = LONG_AGO) -> Reading:
    """What one look brings."""
    return fetch(settings, since, TODAY).reading


@pytest.mark.server
def test_requests_are_found_and_nothing_is_marked_or_changed(mailbox: ImapSettings) -> None:
    before = state(mailbox)
    reading = looked(dataclasses.replace(mailbox, receiver="mx.agency.example"))
    shown = {(arrival.network, arrival.profile.display_name or arrival.profile.handle) for arrival in reading.arrivals}
    assert shown == {(Network.LINKEDIN, "Ines Tarrow"), (Network.MASTODON, "@bo@larkin.example")}
    assert {arrival.source for arrival in reading.arrivals} == {Source.MAIL}
    assert [arrival.vouched for arrival in reading.arrivals] == [True, False]
    assert state(mailbox) == before
    assert not any("\\Seen" in flags for flags in before[-3:])


@pytest.mark.server
def test_the_persons_own_server_may_be_named(mailbox: ImapSettings) -> None:
    reading = looked(dataclasses.replace(mailbox, servers=("harbour.example",)))
    assert len(reading.arrivals) == 2


@pytest.mark.server
def test_only_what_came_since_a_day_is_asked_for(mailbox: ImapSettings) -> None:
    assert looked(mailbox).arrivals
    assert not looked(mailbox, date(2099, 1, 1)).arrivals


@pytest.mark.server
def test_the_folder_is_the_persons_choice_in_any_script(mailbox: ImapSettings) -> None:
    reading = looked(dataclasses.replace(mailbox, folder="Netzwerke é & Co"))
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
def test_what_is_too_much_for_one_look_is_read_by_the_next_ones(
    mailbox: ImapSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "MOST_MAILS", 1)
    first = fetch(mailbox, LONG_AGO, TODAY)
    assert [arrival.network for arrival in first.reading.arrivals] == [Network.MASTODON]
    assert "One older mail waits to be read. Look again to go on from here." in first.reading.notes
    assert not first.reading.complete
    second = fetch(mailbox, date(2099, 1, 1), TODAY, first.rest)
    assert [arrival.network for arrival in second.reading.arrivals] == [Network.LINKEDIN]
    assert second.reading.complete
    assert second.rest is None


@pytest.mark.server
def test_of_a_large_mail_only_the_beginning_is_asked_for(
    mailbox: ImapSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "MOST_OF_ONE", 150)
    heads = looked(mailbox).arrivals
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
        assert len(looked(ImapSettings("localhost", USER, PASSWORD, door)).arrivals) == 2
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
        (speaking(*SIGNED_IN, b"* 1 FETCH (BODY[]<0> {999999999999}\r\n"), {imap.TOO_MUCH}),
        (speaking(*SIGNED_IN, b"* SEARCH" + b" 1" * 600_000 + b"\r\nTAG OK done\r\n"), {imap.TOO_MUCH}),
        (speaking(*SIGNED_IN, (b"* X " + b"a" * 400_000 + b"\r\n") * 3 + b"TAG OK done\r\n"), {imap.TOO_MUCH}),
        (speaking(*SIGNED_IN, b"* 1 EXISTS\r\n" * 10_001 + b"TAG OK done\r\n"), {imap.TOO_MUCH}),
        (speaking((b"* X " + b"a" * 400_000 + b"\r\n") * 3), {imap.TOO_MUCH}),
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


@pytest.mark.server
def test_what_a_server_says_unasked_is_not_kept() -> None:
    """A little with each answer adds up, too."""

    def chatty(connection: socket.socket) -> None:
        connection.sendall(b"* OK ready\r\n")
        for line in connection.makefile("rb"):
            more = b"* X " + b"a" * 100_000 + b"\r\n* CAPABILITY IMAP4rev1\r\n"
            connection.sendall(more + line.split()[0] + b" OK done\r\n")

    watch = Watch(30)
    with served(chatty) as port:
        client = imap._Bounded(ImapSettings("127.0.0.1", USER, PASSWORD, port), watch)
        for _ in range(20):
            client.noop()
        kept = sum(len(each or b"") for said in client.untagged_responses.values() for each in said)
        client.shutdown()
        watch.end()
    assert kept < 200_000


@pytest.mark.server
def test_a_server_that_drips_after_starttls_or_at_the_end_is_ended_too(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "WAIT_IN_ALL", 0.6)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.certificate, certificate.key)
    ended: list[bool] = []

    def drip(connection: socket.socket) -> None:
        try:
            for _ in range(50):
                connection.sendall(b"*")
                time.sleep(0.1)
        except OSError:
            ended.append(True)
            raise

    def after_starttls(connection: socket.socket) -> None:
        connection.sendall(b"* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n")
        tag = connection.recv(1024).split()[0]
        connection.sendall(b"* CAPABILITY IMAP4rev1 STARTTLS\r\n" + tag + b" OK done\r\n")
        connection.sendall(connection.recv(1024).split()[0] + b" OK go on\r\n")
        with context.wrap_socket(connection, server_side=True) as encrypted:
            drip(encrypted)

    def at_the_end(connection: socket.socket) -> None:
        connection.sendall(b"* OK ready\r\n")
        for line in connection.makefile("rb"):
            if b"LOGOUT" in line:
                drip(connection)
            connection.sendall(b"* CAPABILITY IMAP4rev1\r\n" + line.split()[0] + b" OK done\r\n")

    with served(after_starttls) as port:
        settings = ImapSettings("localhost", USER, PASSWORD, port, security=Security.STARTTLS)
        assert refused(settings) == TOO_SLOW
    with served(at_the_end) as port:
        check(ImapSettings("127.0.0.1", USER, PASSWORD, port, security=Security.PLAIN))
    assert ended == [True, True]
    assert not any(isinstance(each, threading.Timer) for each in threading.enumerate())


# Looks that do not get to their end


class Folder:
    """A mailbox of a few lines: what lies in it, and how many lots of mails it gives before it breaks off."""

    def __init__(self, *numbers: int, validity: int = 7) -> None:
        self.numbers = numbers
        self.validity = validity
        self.gives = 1_000
        self.asked: list[str] = []

    def __call__(self, connection: socket.socket) -> None:
        connection.sendall(b"* OK ready\r\n")
        for line in connection.makefile("rb"):
            tag, command = line.decode().split(" ", 1)
            said = self._answer(command.strip())
            if said is None:
                return
            connection.sendall(f"{said}{tag} OK done\r\n".encode())

    def _answer(self, command: str) -> str | None:
        if command.startswith("CAPABILITY"):
            return "* CAPABILITY IMAP4rev1\r\n"
        if command.startswith("EXAMINE"):
            return f"* OK [UIDVALIDITY {self.validity}] as before\r\n"
        if command.startswith("UID SEARCH"):
            # The number of a mail stands for its day, too.
            day = int(command.rsplit(" ", 1)[1].split("-")[0])
            return f"* SEARCH {' '.join(str(number) for number in self.numbers if number >= day)}\r\n"
        if command.startswith("UID FETCH"):
            if not self.gives:
                return None
            self.gives -= 1
            lot = command.split()[2]
            self.asked.append(lot)
            return "".join(
                f"* 1 FETCH (UID {each} BODY[]<0> {{{len(mail)}}}\r\n{mail})\r\n"
                for each, mail in ((each, told(each)) for each in lot.split(","))
            )
        return ""


def told(number: str) -> str:
    """The mail with this number: a request by somebody of that name."""
    return INVITATION.decode().replace("Ines Tarrow", f"Person {number}")


def names(reading: Reading) -> list[str]:
    return [arrival.profile.display_name for arrival in reading.arrivals]


@contextmanager
def folder_of(folder: Folder) -> Iterator[ImapSettings]:
    with served(folder) as port:
        yield ImapSettings("127.0.0.1", USER, PASSWORD, port, security=Security.PLAIN)


@pytest.mark.server
def test_a_look_that_breaks_off_keeps_what_it_has_and_the_next_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap, "_AT_ONCE", 2)
    folder = Folder(1, 2, 3, 4, 5)
    folder.gives = 1
    with folder_of(folder) as settings:
        first = fetch(settings, date(2026, 1, 1), TODAY)
        assert names(first.reading) == ["Person 5", "Person 4"]
        assert first.rest == Rest(date(2026, 1, 1), 4, 7)
        assert "3 older mails wait to be read. Look again to go on from here." in first.reading.notes
        assert not first.reading.complete
        # Meanwhile another one came. A later look asks from a later day on, and for what is left.
        folder.numbers, folder.gives, folder.asked = (1, 2, 3, 4, 5, 6), 2, []
        second = fetch(settings, date(2026, 1, 5), TODAY, first.rest)
        assert folder.asked == ["6,5", "3,2"]
        assert second.rest == Rest(date(2026, 1, 1), 2, 7)
        folder.gives = 9
        third = fetch(settings, date(2026, 1, 5), TODAY, second.rest)
        assert names(third.reading)[-1] == "Person 1"
        assert (third.rest, third.reading.complete) == (None, True)


@pytest.mark.server
def test_a_mailbox_that_was_numbered_anew_is_read_anew() -> None:
    with folder_of(Folder(1, 2, 3, 4, 5, validity=8)) as settings:
        fetched = fetch(settings, date(2026, 1, 5), TODAY, Rest(date(2026, 1, 2), 3, 7))
    assert names(fetched.reading) == ["Person 5", "Person 4", "Person 3", "Person 2"]


@pytest.mark.server
def test_a_look_that_brings_nothing_at_all_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Folder(1, 2)
    with folder_of(folder) as settings:
        folder.gives = 0
        assert refused(settings) == BROKE_OFF
        folder.gives = 9
        monkeypatch.setattr(imap, "ENOUGH", 0.0)
        assert refused(settings) == TOO_SLOW
        monkeypatch.setattr(imap, "ENOUGH", 9.0)
        monkeypatch.setattr(imap, "read_apart", lambda *given, **options: Reading((), ("stopped",), complete=False))
        assert refused(settings) == imap.NOT_READ


@pytest.mark.server
def test_a_mail_that_stops_the_reader_costs_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    real = imap.read_apart

    def stopped_by_two(given: list[tuple[str, bytes]], *more: Any, **options: Any) -> Reading:
        if any(b"Person 2" in mail for _, mail in given):
            return Reading((), ("It took too long.",), complete=False)
        return real(given, *more, **options)

    monkeypatch.setattr(imap, "read_apart", stopped_by_two)
    with folder_of(Folder(1, 2, 3)) as settings:
        fetched = fetch(settings, LONG_AGO, TODAY)
    with folder_of(Folder(2)) as settings:
        alone = fetch(settings, LONG_AGO, TODAY)
    assert names(fetched.reading) == ["Person 3", "Person 1"]
    assert "One mail made the reader stop, so it was left out." in fetched.reading.notes
    assert fetched.rest is None
    assert alone.reading == Reading((), ("One mail made the reader stop, so it was left out.",))


def state(settings: ImapSettings) -> list[str]:
    """The flags of every mail, by a client of the test's own."""
    with imaplib.IMAP4(settings.host, settings.port, timeout=10) as client:
        client.login(USER, PASSWORD)
        client.select("INBOX", readonly=True)
        _, data = client.uid("FETCH", "1:*", "(FLAGS)")
    return [line.decode() for line in data if isinstance(line, bytes)]
