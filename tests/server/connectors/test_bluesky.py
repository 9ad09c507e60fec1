"""What stands in a Bluesky account and what can be set there, against Bluesky's own server; and odd servers."""

from __future__ import annotations

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
from demur.core.settings import Origin
from demur.networks.settings.catalogue import settings_of
from demur.networks.settings.checkup import read_values
from demur.server.connectors import bluesky
from demur.server.connectors.bluesky import (
    CAN_SET,
    CHAT,
    LOGGED_OUT,
    QUOTES,
    REPLIES,
    BlueskySettings,
    Gates,
    app_password,
    check,
    look,
    server_address,
    set_value,
    whole_handle,
)
from demur.server.connectors.errors import (
    BROKE_OFF,
    BUSY,
    NO_TRUST,
    NOT_HERE,
    STRANGE,
    TOO_SLOW,
    TROUBLE,
    WRONG_SETTINGS,
    ConnectorError,
)
from tests.server.connectors.conftest import (
    BLUESKY_FOLLOWERS,
    MAIN_PASSWORD,
    Certificate,
    Owner,
    behind_tls,
    free_port,
    served,
)

TODAY = date(2026, 11, 20)
PROFILE, DECLARATION = LOGGED_OUT[0], CHAT[0]
LABEL = {"val": "!no-unauthenticated"}
LABELS = "com.atproto.label.defs#selfLabels"
WHEN = "2026-11-20T08:15:00.000Z"


def refused(settings: BlueskySettings, do: Callable[[BlueskySettings], object] = look) -> str:
    """The sentence that stops it, which holds nothing of what was typed."""
    with pytest.raises(ConnectorError) as error:
        do(settings)
    said = str(error.value)
    assert error.value.__cause__ is None
    for typed in (settings.handle, settings.app_password, settings.server.partition("://")[2]):
        assert typed not in said
    return said


def hide(settings: BlueskySettings) -> object:
    return set_value(settings, LOGGED_OUT, "true")


# What stands there


@pytest.mark.server
def test_an_account_where_nothing_was_set_is_read_as_bluesky_reads_it(bluesky_owner: Owner) -> None:
    stands = look(bluesky_owner.settings())
    assert stands.values == {LOGGED_OUT: "false", CHAT: "following", REPLIES: "anyone", QUOTES: "on"}
    assert stands.gates == Gates(0, 0, 0, 0, all_looked_at=True)
    assert stands.followers == BLUESKY_FOLLOWERS


@pytest.mark.server
def test_what_was_set_is_read_and_the_catalogue_understands_it(bluesky_owner: Owner) -> None:
    bluesky_owner.write(PROFILE, displayName="Dana", labels={"$type": LABELS, "values": [{"val": "nudity"}, LABEL]})
    bluesky_owner.write(DECLARATION, allowIncoming="none")
    stands = look(bluesky_owner.settings())
    assert (stands.values[LOGGED_OUT], stands.values[CHAT]) == ("true", "none")
    seen = read_values(Network.BLUESKY, Origin.LIVE, stands.values, TODAY)
    told = {found.key: found.value for found in seen}
    assert (told["bs-logged-out"], told["bs-chat"]) == ("On", "No one")
    assert (told["bs-threadgate"], told["bs-postgate"]) == ("Anyone", "On")


def test_what_can_be_set_is_what_the_catalogue_reads_live() -> None:
    known = {
        (place.member, place.field): set(place.values)
        for setting in settings_of(Network.BLUESKY).settings
        for place in setting.reads
        if place.origin is Origin.LIVE
    }
    assert {*known} == {*CAN_SET, REPLIES, QUOTES}
    for place, values in CAN_SET.items():
        assert known[place] == set(values)


def rule(name: str) -> dict[str, str]:
    return {"$type": f"app.bsky.feed.threadgate#{name}Rule"}


@pytest.mark.server
def test_of_posts_it_is_counted_who_may_reply_and_quote(bluesky_owner: Owner) -> None:
    keys = [f"3m5aaaaaaaa{number}a" for number in "234567"]
    uris = [f"at://{bluesky_owner.did}/app.bsky.feed.post/{key}" for key in keys]
    for key in keys[:5]:
        bluesky_owner.write("app.bsky.feed.post", key, text="Nothing that matters", createdAt=WHEN)
    link = {"uri": uris[0], "cid": "bafyreid7e7r3m3aqk3qdooo2s4vm53rr37fdgc5e2f43fvaonhthi3rpfy"}
    reply = {"root": link, "parent": link}
    bluesky_owner.write("app.bsky.feed.post", keys[5], text="A reply", createdAt=WHEN, reply=reply)
    bluesky_owner.write("app.bsky.feed.threadgate", keys[0], post=uris[0], createdAt=WHEN, allow=[])
    for number in (1, 2):
        allow = [rule("following"), rule("mention")]
        bluesky_owner.write("app.bsky.feed.threadgate", keys[number], post=uris[number], createdAt=WHEN, allow=allow)
    bluesky_owner.write("app.bsky.feed.threadgate", keys[3], post=uris[3], createdAt=WHEN)
    shut = [{"$type": "app.bsky.feed.postgate#disableRule"}]
    bluesky_owner.write("app.bsky.feed.postgate", keys[4], post=uris[4], createdAt=WHEN, embeddingRules=shut)
    bluesky_owner.write("app.bsky.feed.postgate", keys[3], post=uris[3], createdAt=WHEN, embeddingRules=[])
    # A gate whose post is gone counts for nothing.
    gone = "3m5aaaaaaaazz"
    bluesky_owner.write("app.bsky.feed.threadgate", gone, post=uris[0][:-13] + gone, createdAt=WHEN, allow=[])
    gates = look(bluesky_owner.settings()).gates
    assert gates == Gates(posts=5, nobody_replies=1, some_reply=2, not_quoted=1, all_looked_at=True)


@pytest.mark.server
def test_gates_are_looked_for_page_by_page_and_no_further_than_the_posts_go(
    bluesky_owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bluesky, "RECENT", 2)
    keys = [f"3m5aaaaaaaa{number}a" for number in "2345"]
    for key in keys:
        uri = f"at://{bluesky_owner.did}/app.bsky.feed.post/{key}"
        bluesky_owner.write("app.bsky.feed.post", key, text="Nothing that matters", createdAt=WHEN)
        bluesky_owner.write("app.bsky.feed.threadgate", key, post=uri, createdAt=WHEN, allow=[])
    for key in ("3m5aaaaaaaa6a", "3m5aaaaaaaa7a"):
        uri = f"at://{bluesky_owner.did}/app.bsky.feed.post/{key}"
        bluesky_owner.write("app.bsky.feed.threadgate", key, post=uri, createdAt=WHEN, allow=[])
    gates = look(bluesky_owner.settings()).gates
    assert gates == Gates(posts=2, nobody_replies=2, some_reply=0, not_quoted=0, all_looked_at=False)


@pytest.mark.server
def test_what_holds_for_posts_to_come_is_read(bluesky_owner: Owner) -> None:
    preference = {
        "$type": "app.bsky.actor.defs#postInteractionSettingsPref",
        "threadgateAllowRules": [rule("mention"), rule("following")],
        "postgateEmbeddingRules": [{"$type": "app.bsky.feed.postgate#disableRule"}],
    }
    bluesky_owner.ask("app.bsky.actor.putPreferences", {"preferences": [preference]})
    values = look(bluesky_owner.settings()).values
    assert (values[REPLIES], values[QUOTES]) == ("followed, mentioned", "off")
    bluesky_owner.ask("app.bsky.actor.putPreferences", {"preferences": [{**preference, "threadgateAllowRules": []}]})
    assert look(bluesky_owner.settings()).values[REPLIES] == "nobody"


# What can be set


@pytest.mark.server
def test_a_label_is_set_and_taken_off_and_all_else_stays(bluesky_owner: Owner) -> None:
    profile = {"displayName": "Dana", "description": "Tea.\nBread.", "labels": {"$type": LABELS, "values": []}}
    profile["labels"] = {"$type": LABELS, "values": [{"val": "nudity"}]}
    bluesky_owner.write(PROFILE, **profile, somethingNew={"deep": [1, None, "é"]})
    before = bluesky_owner.read(PROFILE)
    settings = bluesky_owner.settings()
    assert set_value(settings, LOGGED_OUT, "true") == {LOGGED_OUT: "true"}
    assert bluesky_owner.read(PROFILE) == {**before, "labels": {"$type": LABELS, "values": [{"val": "nudity"}, LABEL]}}
    assert set_value(settings, LOGGED_OUT, "false") == {LOGGED_OUT: "false"}
    assert bluesky_owner.read(PROFILE) == before


@pytest.mark.server
def test_where_there_is_no_profile_yet_one_is_made(bluesky_owner: Owner) -> None:
    settings = bluesky_owner.settings()
    hide(settings)
    assert bluesky_owner.read(PROFILE) == {"$type": PROFILE, "labels": {"$type": LABELS, "values": [LABEL]}}
    assert look(settings).values[LOGGED_OUT] == "true"


@pytest.mark.server
@pytest.mark.parametrize("value", ["all", "following", "none"])
def test_who_may_write_is_set(bluesky_owner: Owner, value: str) -> None:
    # With the lesser kind of app password, which may not read what people write.
    settings = bluesky_owner.settings()
    bluesky_owner.write(DECLARATION, allowIncoming="none" if value == "all" else "all", allowGroupInvites="none")
    assert set_value(settings, CHAT, value) == {CHAT: value}
    told = {"$type": DECLARATION, "allowIncoming": value, "allowGroupInvites": "none"}
    assert bluesky_owner.read(DECLARATION) == told


@pytest.mark.server
def test_what_stands_already_is_not_written_again(bluesky_owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = bluesky_owner.settings()
    set_value(settings, CHAT, "none")
    monkeypatch.setattr(bluesky._Visit, "put", lambda *given: pytest.fail("written"))
    assert set_value(settings, CHAT, "none") == {CHAT: "none"}
    assert set_value(settings, LOGGED_OUT, "false") == {LOGGED_OUT: "false"}


@pytest.mark.server
@pytest.mark.parametrize("there_is_one", [True, False])
def test_a_change_from_elsewhere_is_not_undone(
    bluesky_owner: Owner, monkeypatch: pytest.MonkeyPatch, there_is_one: bool
) -> None:
    if there_is_one:
        bluesky_owner.write(PROFILE, displayName="Dana")
    changed = bluesky._changed

    def meanwhile(*given: Any) -> dict[str, Any]:
        bluesky_owner.write(PROFILE, displayName="Dana W.")
        return changed(*given)

    monkeypatch.setattr(bluesky, "_changed", meanwhile)
    assert refused(bluesky_owner.settings(), hide) == bluesky.CHANGED_MEANWHILE
    assert bluesky_owner.read(PROFILE) == {"$type": PROFILE, "displayName": "Dana W."}


@pytest.mark.server
def test_a_change_that_breaks_the_networks_rules_is_not_taken(
    bluesky_owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bluesky, "_changed", lambda *given: {"$type": PROFILE, "displayName": "x" * 900})
    assert refused(bluesky_owner.settings(), hide) == bluesky.NOT_TAKEN


@pytest.mark.parametrize(("place", "value"), [(CHAT, "nobody"), (LOGGED_OUT, "True"), (REPLIES, "nobody")])
def test_nothing_else_can_be_set(place: tuple[str, str], value: str) -> None:
    # Not marked `server`: sockets are closed here, so a try to connect would fail otherwise.
    with pytest.raises(ValueError, match="can not be set"):
        set_value(BlueskySettings("dana.example", "abcd-efgh-ijkl-mnop"), place, value)


# Signing in


@pytest.mark.server
def test_checking_changes_nothing_and_no_session_is_left(bluesky_owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[str] = []
    sign_out = bluesky._Visit.sign_out

    def noted(visit: bluesky._Visit) -> None:
        left.append(visit._refresh)
        sign_out(visit)

    monkeypatch.setattr(bluesky._Visit, "sign_out", noted)
    check(bluesky_owner.settings())
    [refresh] = left
    again = Owner(bluesky_owner.address, bluesky_owner.did, bluesky_owner.handle, refresh)
    with pytest.raises(AssertionError, match="Token has been revoked"):
        again.ask("com.atproto.server.refreshSession", {})


@pytest.mark.server
def test_a_wrong_app_password_is_told_and_nothing_of_it_is_shown(
    bluesky_owner: Owner, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    right = bluesky_owner.settings()
    caplog.clear()
    hide(right)
    look(right)
    wrong = BlueskySettings(bluesky_owner.handle, "abcd-efgh-ijkl-mnop", bluesky_owner.address)
    assert refused(wrong) == bluesky.NOT_SIGNED_IN
    nobody = BlueskySettings("nobody.test", right.app_password, bluesky_owner.address)
    assert refused(nobody) == bluesky.NOT_SIGNED_IN
    shown = caplog.text + "".join(capfd.readouterr()) + repr(right) + repr(wrong)
    for secret in (right.app_password, wrong.app_password, bluesky_owner.handle, "Bearer"):
        assert secret not in shown


@pytest.mark.server
def test_an_account_that_is_switched_off_is_told(bluesky_owner: Owner) -> None:
    settings = bluesky_owner.settings()
    bluesky_owner.ask("com.atproto.server.deactivateAccount", {"deleteAfter": "2027-11-20T08:15:00.000Z"})
    assert refused(settings) == bluesky.NOT_ACTIVE


@pytest.mark.parametrize("typed", [MAIN_PASSWORD, "", "abcd-efgh-ijkl", "abcd-efgh-ijkl-mnop-qrst", "abcdefghijklmnop"])
def test_a_main_password_goes_nowhere(typed: str) -> None:
    # Not marked `server`: sockets are closed here, so a try to connect would fail otherwise.
    with pytest.raises(ConnectorError) as error:
        look(BlueskySettings("dana.example", typed))
    assert str(error.value) == bluesky.MAIN_ONE


def test_app_passwords_are_taken_as_they_are_copied() -> None:
    assert app_password(" ABCD-efgh-ij2l-mno7\n") == "abcd-efgh-ij2l-mno7"


@pytest.mark.parametrize(
    ("typed", "handle"),
    [
        ("dana.bsky.social", "dana.bsky.social"),
        (" @Dana.bsky.social ", "dana.bsky.social"),
        ("\u202a@dana.example\u202c", "dana.example"),
    ],
)
def test_a_handle_is_read_as_people_copy_it(typed: str, handle: str) -> None:
    assert whole_handle(typed) == handle


@pytest.mark.parametrize("typed", ["", "dana", "dana whitlock.example", "dana@example.org", "https://bsky.app/dana"])
def test_what_is_no_handle_goes_nowhere(typed: str) -> None:
    with pytest.raises(ConnectorError) as error:
        look(BlueskySettings(typed, "abcd-efgh-ijkl-mnop"))
    assert str(error.value) == bluesky.NO_HANDLE


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("", "https://bsky.social"),
        ("bsky.social", "https://bsky.social"),
        (" https://Pds.Example/ ", "https://pds.example"),
        ("http://127.0.0.1:2583", "http://127.0.0.1:2583"),
    ],
)
def test_a_server_is_read_as_people_type_it(typed: str, address: str) -> None:
    assert server_address(typed) == address


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("http://pds.example", bluesky.NOT_ENCRYPTED),
        ("http://10.0.0.1", bluesky.NOT_ENCRYPTED),
        ("http://localhost.evil.example", bluesky.NOT_ENCRYPTED),
        ("https://user:pass@pds.example", WRONG_SETTINGS),
        ("https://pds.example/xrpc", WRONG_SETTINGS),
    ],
)
def test_any_other_server_is_refused_before_anything_is_sent(typed: str, says: str) -> None:
    with pytest.raises(ConnectorError) as error:
        look(BlueskySettings("dana.example", "abcd-efgh-ijkl-mnop", typed))
    assert str(error.value) == says


# Servers that do not behave

DID = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"
SESSION = {"did": DID, "handle": "dana.example", "accessJwt": "access-token", "refreshJwt": "refresh-token"}
CID = "bafyreid7e7r3m3aqk3qdooo2s4vm53rr37fdgc5e2f43fvaonhthi3rpfy"
Answer = tuple[str, object]
NONE = ("400 Bad Request", {"error": "RecordNotFound", "message": "Could not locate record"})
USUAL: dict[str, Answer] = {
    "createSession": ("200 OK", SESSION),
    "deleteSession": ("200 OK", b""),
    "getRecord": NONE,
    "listRecords": ("200 OK", {"records": []}),
    "getPreferences": ("200 OK", {"preferences": []}),
    "getProfile": ("200 OK", {"followersCount": 3}),
    "putRecord": ("200 OK", {"uri": "x", "cid": CID}),
}


def a_record(collection: str, **value: object) -> Answer:
    return "200 OK", {"uri": f"at://{DID}/{collection}/self", "cid": CID, "value": {"$type": collection, **value}}


def answering(heard: list[str] | None = None, **odd: Answer | list[Answer]) -> Callable[[socket.socket], None]:
    """A server that answers each question as it should but for some; of several answers, the last stays."""
    answers = {**USUAL, **odd}

    def handle(connection: socket.socket) -> None:
        asked = connection.recv(65536)
        while b"\r\n\r\n" not in asked:
            asked += connection.recv(65536)
        name = asked.split(b" ")[1].partition(b"?")[0].rpartition(b".")[2].decode()
        if heard is not None:
            heard.append(name)
        answer = answers[name]
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        status, said = answer
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        connection.sendall(f"{head}Connection: close\r\n\r\n".encode() + body)

    return handle


def at(port: int) -> BlueskySettings:
    return BlueskySettings("dana.example", "abcd-efgh-ijkl-mnop", f"http://127.0.0.1:{port}")


HTML = b"<html>Welcome</html>"


@pytest.mark.server
@pytest.mark.parametrize(
    ("odd", "says"),
    [
        ({"createSession": ("200 OK", HTML)}, bluesky.NO_BLUESKY),
        ({"createSession": ("200 OK", [])}, bluesky.NO_BLUESKY),
        ({"createSession": ("200 OK", b"[" * 100_000)}, bluesky.NO_BLUESKY),
        ({"createSession": ("404 Not Found", HTML)}, bluesky.NO_BLUESKY),
        ({"createSession": ("404 Not Found", {"error": 404})}, bluesky.NO_BLUESKY),
        ({"createSession": ("302 Found", b"")}, bluesky.NO_BLUESKY),
        ({"createSession": ("200 OK", {**SESSION, "did": "did:plc:a/../b"})}, STRANGE),
        ({"createSession": ("200 OK", {**SESSION, "accessJwt": "a b\r\nHost: x"})}, STRANGE),
        ({"createSession": ("200 OK", {**SESSION, "refreshJwt": None})}, STRANGE),
        ({"createSession": ("401 Unauthorized", {"error": "AuthFactorTokenRequired"})}, bluesky.NOT_SIGNED_IN),
        ({"createSession": ("401 Unauthorized", {"error": "AccountTakedown"})}, bluesky.NOT_ACTIVE),
        ({"createSession": ("429 Too Many Requests", {"error": "RateLimitExceeded"})}, BUSY),
        ({"createSession": ("429 Too Many Requests", HTML)}, BUSY),
        ({"createSession": ("502 Bad Gateway", HTML)}, TROUBLE),
        ({"getRecord": ("200 OK", {"value": {}})}, STRANGE),
        ({"getRecord": ("200 OK", {"uri": f"at://{DID}/{PROFILE}/self", "cid": CID, "value": 3})}, STRANGE),
        ({"getRecord": a_record("app.bsky.feed.post")}, STRANGE),
        ({"getRecord": a_record(PROFILE, labels={"$type": LABELS, "values": {"val": 1}})}, STRANGE),
        ({"getRecord": a_record(PROFILE, labels=[LABEL])}, STRANGE),
        ({"getRecord": ("400 Bad Request", {"error": "ExpiredToken"})}, bluesky.NOT_ALLOWED),
        ({"getRecord": ("403 Forbidden", {"error": "Forbidden"})}, bluesky.NOT_ALLOWED),
        ({"getRecord": ("500 Internal Server Error", {"error": "InternalServerError"})}, TROUBLE),
        ({"getRecord": ("400 Bad Request", {"error": "RepoTakendown"})}, bluesky.NOT_ACTIVE),
        ({"listRecords": ("200 OK", {"records": 3})}, STRANGE),
        ({"listRecords": ("200 OK", {"records": [{"uri": 3, "value": {}}]})}, STRANGE),
        ({"listRecords": ("200 OK", {"records": [3]})}, STRANGE),
    ],
)
def test_an_odd_answer_is_told_in_our_own_words(odd: dict[str, Answer], says: str) -> None:
    heard: list[str] = []
    with served(answering(heard, **odd)) as port:
        assert refused(at(port)) == says
    assert "putRecord" not in heard


@pytest.mark.server
@pytest.mark.parametrize(
    ("odd", "followers", "values"),
    [
        ({}, 3, {LOGGED_OUT: "false", CHAT: "following", REPLIES: "anyone", QUOTES: "on"}),
        ({"getProfile": ("502 Bad Gateway", {"error": "UpstreamFailure"})}, None, None),
        ({"getProfile": ("200 OK", HTML)}, None, None),
        ({"getProfile": ("200 OK", {"followersCount": True})}, None, None),
        ({"getProfile": ("200 OK", {"followersCount": -1})}, None, None),
        ({"getPreferences": ("501 Not Implemented", {"error": "x"})}, 3, {LOGGED_OUT: "false", CHAT: "following"}),
        ({"getPreferences": ("200 OK", {"preferences": 3})}, 3, {LOGGED_OUT: "false", CHAT: "following"}),
        ({"getPreferences": ("200 OK", {"preferences": [3, {}]})}, 3, None),
    ],
)
def test_what_comes_from_elsewhere_may_be_missing(
    odd: dict[str, Answer], followers: int | None, values: dict[tuple[str, str], str] | None
) -> None:
    with served(answering(**odd)) as port:
        stands = look(at(port))
    assert stands.followers == followers
    assert values is None or stands.values == values


@pytest.mark.server
def test_pages_without_end_have_one_here() -> None:
    heard: list[str] = []
    post = {"uri": f"at://{DID}/app.bsky.feed.post/3m5aaaaaaaa2a", "value": {"text": "x"}}
    gate = {"uri": f"at://{DID}/app.bsky.feed.threadgate/3m5zzzzzzzz2a", "value": {"allow": []}}
    pages = [("200 OK", {"records": [gate], "cursor": f"c{number}"}) for number in range(100)]
    with served(answering(heard, listRecords=[("200 OK", {"records": [post], "cursor": "c"}), *pages])) as port:
        assert look(at(port)).gates == Gates(1, 0, 0, 0, all_looked_at=True)
    assert heard.count("listRecords") == 11


@pytest.mark.server
@pytest.mark.parametrize(
    ("odd", "says"),
    [
        ({"putRecord": ("502 Bad Gateway", HTML)}, bluesky.NOT_CONFIRMED),
        ({"putRecord": ("200 OK", HTML)}, bluesky.NOT_CONFIRMED),
        ({"putRecord": ("404 Not Found", HTML)}, bluesky.NOT_CONFIRMED),
        ({"putRecord": ("403 Forbidden", {"error": "Forbidden"})}, bluesky.NOT_ALLOWED),
        ({"putRecord": ("429 Too Many Requests", HTML)}, BUSY),
        ({"getRecord": NONE}, bluesky.NOT_CONFIRMED),
        ({"getRecord": [NONE, ("500 Internal Server Error", HTML)]}, bluesky.NOT_CONFIRMED),
        ({"getRecord": [NONE, ("200 OK", HTML)]}, bluesky.NOT_CONFIRMED),
    ],
)
def test_only_what_is_read_again_counts_as_done(odd: dict[str, Answer | list[Answer]], says: str) -> None:
    with served(answering(**odd)) as port:
        assert refused(at(port), hide) == says
    done = [NONE, a_record(PROFILE, labels={"$type": LABELS, "values": [LABEL]})]
    with served(answering(getRecord=done)) as port:
        assert hide(at(port)) == {LOGGED_OUT: "true"}


@pytest.mark.server
def test_where_signing_out_fails_what_was_done_is_done() -> None:
    with served(answering(deleteSession=("500 Internal Server Error", HTML))) as port:
        check(at(port))


@pytest.mark.server
def test_the_app_password_goes_to_no_other_server() -> None:
    heard: list[bytes] = []

    def listen(connection: socket.socket) -> None:
        heard.append(connection.recv(65536))

    with served(listen) as other:

        def away(connection: socket.socket) -> None:
            connection.recv(65536)
            place = f"http://127.0.0.1:{other}/xrpc/com.atproto.server.createSession"
            connection.sendall(f"HTTP/1.1 307 X\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode())

        with served(away) as port:
            assert refused(at(port)) == STRANGE
    assert not heard


@pytest.mark.server
def test_an_answer_that_is_too_large_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bluesky, "MOST_BYTES", 1000)
    with served(answering(listRecords=("200 OK", {"records": [], "more": "x" * 1000}))) as port:
        assert refused(at(port)) == STRANGE


@pytest.mark.server
def test_a_server_that_is_away_or_hangs_up_is_told() -> None:
    assert refused(at(free_port())) == NOT_HERE
    with served(lambda connection: None) as port:
        assert refused(at(port)) == BROKE_OFF


@pytest.mark.server
def test_a_server_that_says_nothing_does_not_keep_anybody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bluesky, "WAIT", 0.4)

    def silent(connection: socket.socket) -> None:
        while connection.recv(1024):
            pass

    with served(silent) as port:
        assert refused(at(port)) == TOO_SLOW


@pytest.mark.server
def test_a_whole_visit_has_an_end_however_slowly_each_answer_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bluesky, "WAIT_IN_ALL", 0.6)
    heard: list[str] = []
    answer = answering(heard)

    def slowly(connection: socket.socket) -> None:
        time.sleep(0.25)
        answer(connection)

    with served(slowly) as port:
        assert refused(at(port)) == TOO_SLOW
    assert 1 <= len(heard) <= 3
    assert not any(isinstance(each, threading.Timer) for each in threading.enumerate())


@pytest.mark.server
def test_an_encrypted_server_is_asked_only_where_somebody_vouches_for_it(
    bluesky_owner: Owner, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    import requests.adapters

    settings = bluesky_owner.settings()
    heard: list[bytes] = []
    with behind_tls(int(settings.server.rpartition(":")[2]), certificate, heard) as door:
        behind = BlueskySettings(settings.handle, settings.app_password, f"https://localhost:{door}")
        assert refused(behind) == NO_TRUST
        assert not heard
        monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(certificate.certificate))
        hide(behind)
    assert look(settings).values[LOGGED_OUT] == "true"


@pytest.mark.server
def test_a_name_that_leads_away_from_this_computer_gets_nothing_unencrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    from demur.server.connectors import bounded

    heard: list[bytes] = []

    def listen(connection: socket.socket) -> None:
        if said := connection.recv(65536):
            heard.append(said)

    with served(listen) as port:
        # As a resolver would do that leads "localhost" elsewhere.
        monkeypatch.setattr(bounded, "leads_to_loopback", lambda connection: False)
        assert refused(BlueskySettings("dana.example", "abcd-efgh-ijkl-mnop", f"http://localhost:{port}")) == NOT_HERE
    assert not heard
