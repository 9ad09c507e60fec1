"""Who waits to follow, and a person's own no or yes to one of them, against a server process; and odd servers."""

from __future__ import annotations

import dataclasses
import gzip
import json
import logging
import socket
import threading
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from demur.core.accounts import Network
from demur.core.arrivals import Arrival, Source
from demur.core.content import RequestKind
from demur.server.connectors import mastodon
from demur.server.connectors.errors import (
    BROKE_OFF,
    NO_TRUST,
    NO_WAY,
    NOT_HERE,
    STRANGE,
    TOO_SLOW,
    WRONG_SETTINGS,
    ConnectorError,
    RequestGone,
)
from demur.server.connectors.mastodon import (
    MastodonSettings,
    authorise,
    check,
    list_requests,
    reject,
    server_address,
)
from tests.server.connectors.conftest import TOKENS, Certificate, behind_tls, free_port, served

TODAY = date(2026, 11, 20)


def waiting(settings: MastodonSettings) -> dict[str, Arrival]:
    return {arrival.profile.handle: arrival for arrival in list_requests(settings, TODAY).arrivals}


def refused(settings: MastodonSettings) -> str:
    """The sentence that stops it, which holds nothing of what was typed."""
    with pytest.raises(ConnectorError) as error:
        list_requests(settings, TODAY)
    said = str(error.value)
    assert error.value.__cause__ is None
    assert settings.token not in said
    assert settings.server.partition("://")[2] not in said
    return said


@pytest.mark.server
def test_requests_are_listed_with_what_the_profile_shows(mastodon_account: MastodonSettings) -> None:
    found = waiting(mastodon_account)
    assert set(found) == {"@ines@127.0.0.1", "@bo@127.0.0.1"}
    ines = found["@ines@127.0.0.1"]
    assert (ines.network, ines.kind, ines.source) == (Network.MASTODON, RequestKind.FOLLOW, Source.LIVE)
    assert (ines.as_of, ines.received, ines.vouched) == (TODAY, None, True)
    assert ines.profile.display_name == "Ines Tarrow"
    assert ines.profile.bio == "Night porter. harbour"
    assert ines.remote_id
    assert set(waiting(mastodon_account)) == set(found)  # Listing changes nothing.


@pytest.mark.server
def test_a_rejected_request_is_gone_and_the_other_one_stays(mastodon_account: MastodonSettings) -> None:
    ines = waiting(mastodon_account)["@ines@127.0.0.1"]
    reject(mastodon_account, ines.remote_id)
    assert set(waiting(mastodon_account)) == {"@bo@127.0.0.1"}
    assert not follows(mastodon_account, "ines")


@pytest.mark.server
def test_an_authorised_one_follows(mastodon_account: MastodonSettings) -> None:
    bo = waiting(mastodon_account)["@bo@127.0.0.1"]
    authorise(mastodon_account, bo.remote_id)
    assert set(waiting(mastodon_account)) == {"@ines@127.0.0.1"}
    assert follows(mastodon_account, "bo")


@pytest.mark.server
def test_checking_changes_nothing(mastodon_account: MastodonSettings) -> None:
    check(mastodon_account)
    assert len(waiting(mastodon_account)) == 2


def follows(settings: MastodonSettings, name: str) -> bool:
    """Whether they follow Dana, as their own client sees it."""
    from mastodon import Mastodon

    theirs = Mastodon(access_token=TOKENS[name], api_base_url=settings.server, request_timeout=10)
    (tie,) = theirs.account_relationships(theirs.account_lookup("dana"))
    return bool(tie.following)


# What fails


@pytest.mark.server
def test_a_wrong_token_is_told_and_shown_nowhere(
    mastodon_server: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    settings = MastodonSettings(mastodon_server, "wrong-token-0123456789")
    assert refused(settings) == mastodon.NOT_SIGNED_IN
    with pytest.raises(ConnectorError, match="did not take the access token"):
        reject(settings, "1")
    shown = caplog.text + "".join(capfd.readouterr()) + repr(settings)
    assert settings.token not in shown


@pytest.mark.server
def test_a_request_that_is_not_there_any_more_is_told(mastodon_account: MastodonSettings) -> None:
    for answer in (reject, authorise):
        with pytest.raises(RequestGone):
            answer(mastodon_account, "999999999999")
    assert len(waiting(mastodon_account)) == 2


@pytest.mark.parametrize("number", ["../accounts/1/follow", "1/authorize?", "", "1 2", "1\n", "é", "1" * 65])
def test_an_id_that_is_none_is_sent_nowhere_and_is_not_taken_for_gone(number: str) -> None:
    # Not marked `server`: sockets are closed here, so a try to connect would fail otherwise.
    for answer in (reject, authorise):
        with pytest.raises(ConnectorError, match="nothing was sent") as error:
            answer(MastodonSettings("https://harbour.example", TOKENS["dana"]), number)
        assert not isinstance(error.value, RequestGone)


@pytest.mark.server
def test_a_server_that_is_away_is_told() -> None:
    assert refused(MastodonSettings(f"http://127.0.0.1:{free_port()}", TOKENS["dana"])) == NOT_HERE


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("mastodon.example", "https://mastodon.example"),
        (" https://Mastodon.Example/ ", "https://mastodon.example"),
        ("https://mastodon.example:8443", "https://mastodon.example:8443"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("http://localhost", "http://localhost"),
        ("http://[::1]:3000", "http://[::1]:3000"),
    ],
)
def test_a_server_is_read_as_people_type_it(typed: str, address: str) -> None:
    assert server_address(typed) == address


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("http://mastodon.example", mastodon.NOT_ENCRYPTED),
        ("http://10.0.0.1", mastodon.NOT_ENCRYPTED),
        ("http://localhost.evil.example", mastodon.NOT_ENCRYPTED),
        ("ftp://mastodon.example", mastodon.NOT_ENCRYPTED),
        ("https://user:pass@mastodon.example", WRONG_SETTINGS),
        ("https://mastodon.example/@dana", WRONG_SETTINGS),
        ("@dana@mastodon.example", WRONG_SETTINGS),
        ("mastodon.example:99999", WRONG_SETTINGS),
        ("", WRONG_SETTINGS),
        ("two words", WRONG_SETTINGS),
    ],
)
def test_any_other_server_is_refused_before_anything_is_sent(typed: str, says: str) -> None:
    # Not marked `server`: sockets are closed here, so a try to connect would fail otherwise.
    with pytest.raises(ConnectorError) as error:
        list_requests(MastodonSettings(typed, TOKENS["dana"]), TODAY)
    assert str(error.value) == says


def test_a_token_that_names_a_file_is_not_opened(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token-file-0123").write_text("secret\nhttps://evil.example\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    client = mastodon._client(MastodonSettings("https://mastodon.example", "token-file-0123"))
    assert (client.access_token, client.api_base_url) == ("token-file-0123", "https://mastodon.example")
    with pytest.raises(ConnectorError, match="did not take"):
        mastodon._client(MastodonSettings("https://mastodon.example", "a b\r\nHost: x"))


# Servers that do not behave


def answering(*answers: tuple[str, dict[str, str], bytes]) -> Callable[[socket.socket], None]:
    """One answer to each request, the last one again and again; the connection closes after each."""
    left = list(answers)

    def handle(connection: socket.socket) -> None:
        connection.recv(65536)
        status, headers, body = left.pop(0) if len(left) > 1 else left[0]
        head = {"Content-Length": str(len(body)), "Content-Type": "application/json", "Connection": "close"} | headers
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        connection.sendall(f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body)

    return handle


def account(number: int) -> dict[str, object]:
    return {
        "id": str(number),
        "acct": f"user{number}@far.example",
        "display_name": f"User {number}",
        "note": "",
        "fields": [{"name": "Born", "value": "<b>1988</b>"}, {"name": "", "value": ""}],
    }


def a_page(first: int, link: str = "") -> tuple[str, dict[str, str], bytes]:
    body = json.dumps([account(number) for number in range(first, first + 3)]).encode()
    return "200 OK", ({"Link": link} if link else {}), body


NEXT = '<https://evil.example/api/v1/follow_requests?max_id=7&limit=80>; rel="next"'


@pytest.mark.server
def test_pages_are_followed_on_the_same_server_alone() -> None:
    with served(answering(a_page(1, NEXT), a_page(3, NEXT), a_page(6))) as port:
        found = list_requests(MastodonSettings(f"http://127.0.0.1:{port}", TOKENS["dana"]), TODAY)
    assert [arrival.remote_id for arrival in found.arrivals] == [str(number) for number in range(1, 9)]
    assert found.arrivals[0].profile.handle == "@user1@far.example"
    assert found.arrivals[0].profile.bio == "Born: 1988"
    assert found.notes == ()


@pytest.mark.server
def test_pages_without_end_have_one_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mastodon, "MOST_REQUESTS", 4)
    with served(answering(a_page(1, NEXT), a_page(4, NEXT))) as port:
        found = list_requests(MastodonSettings(f"http://127.0.0.1:{port}", TOKENS["dana"]), TODAY)
    assert len(found.arrivals) == 4
    assert found.notes == (
        "Only the first 4 requests are listed. Answer some of them, then look again for the others.",
    )
    assert not found.complete


@pytest.mark.server
def test_a_list_that_comes_slowly_ends_with_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mastodon, "ENOUGH", 0.0)
    with served(answering(a_page(1, NEXT), a_page(4))) as port:
        found = list_requests(MastodonSettings(f"http://127.0.0.1:{port}", TOKENS["dana"]), TODAY)
    assert (len(found.arrivals), found.complete) == (3, False)
    assert "Only the first 3 requests are listed." in found.notes[0]


@pytest.mark.server
def test_the_same_page_again_and_again_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mastodon, "MOST_REQUESTS", 30)
    with served(answering(a_page(1, NEXT))) as port:
        found = list_requests(MastodonSettings(f"http://127.0.0.1:{port}", TOKENS["dana"]), TODAY)
    assert len(found.arrivals) == 3


@pytest.mark.server
def test_the_token_goes_to_no_other_server() -> None:
    heard: list[bytes] = []

    def listen(connection: socket.socket) -> None:
        heard.append(connection.recv(65536))

    with served(listen) as other:
        away = ("302 Found", {"Location": f"http://127.0.0.1:{other}/api/v1/follow_requests"}, b"")
        with served(answering(away)) as port:
            assert refused(MastodonSettings(f"http://127.0.0.1:{port}", TOKENS["dana"])) == STRANGE
    assert not heard


@pytest.mark.server
def test_proxies_and_passwords_of_the_environment_are_not_used(
    mastodon_account: MastodonSettings, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    (tmp_path / "netrc").write_text("default login eve password x\n", "utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    assert len(waiting(mastodon_account)) == 2


@pytest.mark.server
@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (("200 OK", {}, b"<html>Welcome</html>"), STRANGE),
        (("200 OK", {}, b'{"error": "x"}'), STRANGE),
        (("200 OK", {}, b'["a", 1, null]'), STRANGE),
        (("200 OK", {}, b'[{"acct": "nobody"}]'), STRANGE),
        (("200 OK", {}, b'[{"id": "1", "acct": "x", "fields": ["x"]}]'), STRANGE),
        (("403 Forbidden", {}, b'{"error": "This action is outside the authorized scopes"}'), mastodon.NOT_ALLOWED),
        (("404 Not Found", {}, b"{}"), mastodon.NO_MASTODON),
        (("404 Not Found", {}, b'{"error": "Not found"}'), mastodon.NO_MASTODON),
        (("404 Not Found", {}, b"<html>Not found</html>"), mastodon.NO_MASTODON),
        (("404 Not Found", {}, b"[" * 100_000), mastodon.NO_MASTODON),
        (("422 Unprocessable", {}, b"{}"), STRANGE),
        (("429 Too Many Requests", {}, b"{}"), mastodon.BUSY),
        (("503 Unavailable", {}, b"{}"), mastodon.TROUBLE),
        (("200 OK", {}, b"[" + b" " * 5_000_000 + b"]"), STRANGE),
        (("200 OK", {"Content-Encoding": "gzip"}, gzip.compress(b"[" + b" " * 50_000_000 + b"]")), STRANGE),
        (("200 OK", {"Content-Encoding": "gzip"}, b"no gzip"), STRANGE),
        (("200 OK", {"Content-Length": "100"}, b"[]"), BROKE_OFF),
        (("200 OK", {}, b'[{"id": "1/2", "acct": "x"}]'), STRANGE),
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_answer_that_is_none_is_told(answer: tuple[str, dict[str, str], bytes], says: str) -> None:
    with served(answering(answer)) as port:
        assert refused(MastodonSettings(f"http://127.0.0.1:{port}", TOKENS["dana"])) == says


@pytest.mark.server
def test_a_server_that_says_nothing_does_not_keep_anybody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mastodon, "WAIT", 0.4)

    def silent(connection: socket.socket) -> None:
        while connection.recv(1024):
            pass

    with served(silent) as port:
        assert refused(MastodonSettings(f"http://127.0.0.1:{port}", TOKENS["dana"])) == TOO_SLOW


@pytest.mark.server
@pytest.mark.parametrize("begun", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n[", b""])
def test_a_server_that_drips_does_not_keep_anybody_waiting(begun: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mastodon, "WAIT_IN_ALL", 0.6)
    ended: list[bool] = []

    def drip(connection: socket.socket) -> None:
        connection.recv(65536)
        try:
            connection.sendall(begun)
            for _ in range(50):
                connection.sendall(b" ")
                time.sleep(0.1)
        except OSError:
            ended.append(True)
            raise

    with served(drip) as port:
        assert refused(MastodonSettings(f"http://127.0.0.1:{port}", TOKENS["dana"])) == TOO_SLOW
    assert ended == [True]
    assert not any(isinstance(each, threading.Timer) for each in threading.enumerate())


@pytest.mark.server
def test_an_encrypted_answer_is_read_and_one_that_drips_is_ended(
    mastodon_account: MastodonSettings, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[bytes] = []
    port = int(mastodon_account.server.rpartition(":")[2])
    with behind_tls(port, certificate, heard) as door:
        settings = MastodonSettings(f"https://localhost:{door}", TOKENS["dana"])
        assert refused(settings) == NO_TRUST
        with pytest.raises(ConnectorError, match="nothing was sent"):
            reject(settings, "1")
        assert not heard
        trust(monkeypatch, certificate)
        assert len(waiting(settings)) == 2

    def drip(connection: socket.socket) -> None:
        connection.recv(65536)
        for _ in range(50):
            connection.sendall(b" ")
            time.sleep(0.1)

    monkeypatch.setattr(mastodon, "WAIT_IN_ALL", 0.6)
    with served(drip) as inner, behind_tls(inner, certificate, heard) as door:
        assert refused(MastodonSettings(f"https://localhost:{door}", TOKENS["dana"])) == TOO_SLOW


def trust(monkeypatch: pytest.MonkeyPatch, certificate: Certificate) -> None:
    """Take this certificate for one that somebody vouches for."""
    import requests.adapters

    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(certificate.certificate))


@pytest.mark.server
def test_a_server_without_encryption_is_told_from_one_that_nobody_vouches_for(mastodon_server: str) -> None:
    port = mastodon_server.rpartition(":")[2]
    assert refused(MastodonSettings(f"https://localhost:{port}", TOKENS["dana"])) == NO_WAY


@pytest.mark.server
def test_a_server_that_hangs_up_is_told_from_one_that_is_not_there() -> None:
    with served(lambda connection: None) as port:
        settings = MastodonSettings(f"http://127.0.0.1:{port}", TOKENS["dana"])
        assert refused(settings) == BROKE_OFF
        with pytest.raises(ConnectorError) as error:
            reject(settings, "1")
    # It may have done it before.
    assert str(error.value) == mastodon.NOT_CONFIRMED


@pytest.mark.server
def test_a_name_that_can_not_be_written_down_is_mended() -> None:
    body = b'[{"id": "1", "acct": "x", "display_name": "Ann \\ud800", "note": "\\udfff"}]'
    with served(answering(("200 OK", {}, body))) as port:
        [arrival] = list_requests(MastodonSettings(f"http://127.0.0.1:{port}", TOKENS["dana"]), TODAY).arrivals
    assert arrival.profile.display_name == "Ann ?"
    arrival.profile.bio.encode()


# Answers that are not confirmed


def a_tie(**more: object) -> bytes:
    tie = {"id": "3", "following": False, "followed_by": False, "requested": False, "requested_by": False}
    return json.dumps({key: value for key, value in {**tie, **more}.items() if value != "unsaid"}).encode()


def answered(answer: Callable[..., None], body: bytes, *then: bytes, status: str = "200 OK") -> str:
    """What an answer ends with where the server says this, and lists that; empty where it is taken for done."""
    with served(answering((status, {}, body), *(("200 OK", {}, each) for each in then))) as port:
        try:
            answer(MastodonSettings(f"http://127.0.0.1:{port}", TOKENS["dana"]), "3")
        except ConnectorError as error:
            return f"{type(error).__name__}: {error}"
    return ""


UNSURE = f"ConnectorError: {mastodon.NOT_CONFIRMED}"
WAITING = json.dumps([account(2), account(3)]).encode()


@pytest.mark.server
@pytest.mark.parametrize("body", [b"{}", b"[]", b"", b"null", b"7", b"<html>Welcome to our hotel</html>", WAITING])
def test_an_answer_that_tells_nothing_is_not_taken_for_done(body: bytes) -> None:
    assert answered(reject, body) == UNSURE
    assert answered(authorise, body) == UNSURE


@pytest.mark.server
@pytest.mark.parametrize(
    ("tie", "rejected", "authorised"),
    [
        (a_tie(), "", UNSURE),
        (a_tie(followed_by=True), UNSURE, ""),
        (a_tie(followed_by=True, requested_by="unsaid"), UNSURE, ""),
        (a_tie(requested_by=True), UNSURE, UNSURE),
        (a_tie(followed_by=True, requested_by=True), UNSURE, UNSURE),
        (a_tie(followed_by="unsaid"), UNSURE, UNSURE),
        (a_tie(id="4"), UNSURE, UNSURE),
        (a_tie(id="4", followed_by=True), UNSURE, UNSURE),
        (a_tie(id="unsaid"), UNSURE, UNSURE),
        (a_tie(id=3), "", UNSURE),
    ],
)
def test_only_what_the_server_says_of_this_account_counts(tie: bytes, rejected: str, authorised: str) -> None:
    assert answered(reject, tie) == rejected
    assert answered(authorise, tie) == authorised


@pytest.mark.server
def test_an_older_server_that_does_not_say_who_asks_is_asked_for_its_list() -> None:
    unsaid = a_tie(requested_by="unsaid")
    assert answered(reject, unsaid, b"[]") == ""
    assert answered(reject, unsaid, json.dumps([account(2)]).encode()) == ""
    assert answered(reject, unsaid, WAITING) == UNSURE


@pytest.mark.server
def test_gone_is_only_what_the_servers_own_list_has_no_more() -> None:
    missing = b'{"error": "Record not found"}'
    for answer in (reject, authorise):
        assert answered(answer, missing, b"[]", status="404 Not Found") == f"RequestGone: {mastodon.GONE}"
        assert answered(answer, missing, WAITING, status="404 Not Found") == UNSURE
        assert answered(answer, b"hello", status="404 Not Found") == f"ConnectorError: {mastodon.NO_MASTODON}"
        # A server of something else may word it alike.
        assert answered(answer, missing, missing, status="404 Not Found").startswith("ConnectorError")
        for status in ("500 Oh", "502 Bad Gateway", "301 Moved", "422 Odd"):
            assert answered(answer, missing, status=status) == UNSURE
        assert answered(answer, missing, status="403 Forbidden") == f"ConnectorError: {mastodon.NOT_ALLOWED}"


def test_settings_do_not_show_their_token() -> None:
    settings = dataclasses.replace(MastodonSettings("https://mastodon.example", TOKENS["dana"]))
    assert TOKENS["dana"] not in repr(settings)
