"""Settings of a Mastodon account, read and set: against a server process, and against one that has what that lacks.

`mastodon_mock` takes `indexable` and `hide_collections` and keeps neither: it stands for a server that says yes and
does nothing. `Account` keeps them, where the documentation of Mastodon says that they are.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

import pytest

from demur.core.accounts import Network, Purpose
from demur.core.settings import Origin
from demur.networks.settings.catalogue import settings_of
from demur.networks.settings.checkup import read_values, understood
from demur.networks.settings.told import to_set
from demur.server.connectors import actions, mastodon, queries
from demur.server.connectors.errors import BUSY, NOT_HERE, TROUBLE, ConnectorError
from demur.server.connectors.imap import ImapSettings
from demur.server.connectors.mastodon import CAN_SET, MastodonSettings, Place, look, set_value
from demur.server.ledger.models import Entry
from tests.server.connectors.conftest import TOKENS, free_port

pytestmark = pytest.mark.server

DAY = date(2026, 11, 22)
ACCOUNT = "/api/v1/accounts/verify_credentials"
LOCKED: Place = (ACCOUNT, "locked")
VISIBILITY: Place = (ACCOUNT, "source.privacy")
HIDDEN: Place = (ACCOUNT, "hide_collections")
NOTIFICATIONS = "/api/v2/notifications/policy"


@dataclass
class Account:
    """A server of one account, with what it keeps, what it may be asked, and how it answers where it is odd."""

    rights: frozenset[str] = frozenset({"read:accounts", "write:accounts", "read:notifications"})
    kept: dict[str, Any] = field(default_factory=lambda: {"locked": False, "discoverable": None, "indexable": True})
    private: dict[str, Any] = field(default_factory=lambda: {"privacy": "public", "hide_collections": None})
    sent: list[dict[str, str]] = field(default_factory=list)
    patch_says: int = 200
    takes: bool = True
    forgets_after: bool = False

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, object]:
        if path == ACCOUNT:
            if self.forgets_after and self.sent:
                return 500, {"error": "trouble"}
            return self._with("read:accounts", {"id": "1", "username": "dana", **self.kept, "source": self.private})
        if path == NOTIFICATIONS:
            return self._with("read:notifications", {"for_new_accounts": "filter", "for_private_mentions": "accept"})
        if path == "/api/v1/accounts/update_credentials" and method == "PATCH":
            if "write:accounts" not in self.rights:
                return self._with("write:accounts", {})
            self.sent.append(dict(parse_qsl(body.decode())))
            if self.patch_says != 200:
                return self.patch_says, {"error": "Validation failed"}
            if self.takes:
                for name, value in self.sent[-1].items():
                    if name.startswith("source["):
                        self.private[name[7:-1]] = value
                    else:
                        held = self.private if name in self.private else self.kept
                        held[name] = value.lower() in ("1", "true")
            return 200, {"id": "1", **self.kept, "source": self.private}
        return 404, {"error": "Record not found"}

    def _with(self, right: str, said: object) -> tuple[int, object]:
        return (200, said) if right in self.rights else (403, {"error": "This action is outside the authorized scopes"})


@contextmanager
def serving(account: Account) -> Iterator[MastodonSettings]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, said = account.answer(self.command, self.path.partition("?")[0], body)
            out = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(out)))
            self.end_headers()
            self.wfile.write(out)

        do_GET = do_PATCH = do_POST = do_PUT = _answer

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: pytest would show it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield MastodonSettings(f"http://127.0.0.1:{server.server_port}", "a-token-of-dana")
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


def says(do: Callable[[], object], settings: MastodonSettings) -> str:
    with pytest.raises(ConnectorError) as error:
        do()
    assert error.value.__cause__ is None
    assert settings.token not in str(error.value)
    assert settings.server.partition("://")[2] not in str(error.value)
    return str(error.value)


# mastodon_mock


@pytest.fixture
def dana(mastodon_server: str) -> Iterator[MastodonSettings]:
    settings = MastodonSettings(mastodon_server, TOKENS["dana"])
    yield settings
    set_value(settings, LOCKED, "true")
    set_value(settings, VISIBILITY, "public")


def test_what_stands_there_is_told_as_the_catalogue_reads_it(dana: MastodonSettings) -> None:
    stands = look(dana)
    assert stands.values[LOCKED] == "true"
    assert stands.values[VISIBILITY] == "public"
    assert stands.values[NOTIFICATIONS, "for_private_mentions"] == "accept"
    assert stands.values["/api/v1/profile", "show_media"] == "true"
    assert stands.unread == ()
    seen = {one.key: one.value for one in read_values(Network.MASTODON, Origin.LIVE, stands.values, DAY)}
    assert seen["ma-locked"] == "Not ticked"
    assert seen["ma-default"] == "Public"
    assert {"ma-discoverable", "ma-indexable", "ma-notify", "ma-tabs"} <= set(seen)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (LOCKED, "false"), (LOCKED, "true"), (VISIBILITY, "private"), (VISIBILITY, "unlisted"),
        ((ACCOUNT, "discoverable"), "true"), ((ACCOUNT, "discoverable"), "false"),
    ],
)  # fmt: skip
def test_what_is_set_stands_there(dana: MastodonSettings, place: Place, value: str) -> None:
    before = dict(look(dana).values)
    assert set_value(dana, place, value) == {place: value}
    assert look(dana).values == before | {place: value}, "and nothing else is different"


def test_a_server_that_says_yes_and_does_nothing_is_not_believed(dana: MastodonSettings) -> None:
    assert says(lambda: set_value(dana, HIDDEN, "true"), dana) == mastodon.NOT_SET


def test_it_is_kept_in_the_log_that_something_was_set_and_not_what(dana: MastodonSettings) -> None:
    row = actions.add_connector(dana, "Mine", Purpose.PERSONAL)
    assert actions.look_at_mastodon(row).values[LOCKED] == "true"
    assert queries.connector(row.pk).last_used is not None  # type: ignore[union-attr]
    assert actions.set_on_mastodon(row, LOCKED, "false") == {LOCKED: "false"}
    told = [(one.verb, one.details) for one in Entry.objects.order_by("sequence")][-2:]
    assert told == [("connector-used", {"source": "live"}), ("setting-changed", {"source": "live"})]
    lines = Entry.objects.count()
    with pytest.raises(ConnectorError):
        actions.set_on_mastodon(row, HIDDEN, "true")
    assert Entry.objects.count() == lines, "what the server did not confirm is not noted"


# A server that keeps all of it


@pytest.mark.parametrize("place", list(CAN_SET))
def test_each_of_them_can_be_set_both_ways(place: Place) -> None:
    account = Account()
    with serving(account) as settings:
        for value in 2 * CAN_SET[place]:
            assert set_value(settings, place, value) == {place: value}
            assert look(settings).values[place] == value
        assert len(account.sent) >= 2 * len(CAN_SET[place]) - 1
        assert {len(one) for one in account.sent} == {1}, "one change at a time"
        count = len(account.sent)
        set_value(settings, place, CAN_SET[place][-1])
        assert len(account.sent) == count, "what stands already is not sent again"


def test_a_switch_that_only_the_owner_sees_is_found() -> None:
    account = Account()
    account.private["hide_collections"] = True
    with serving(account) as settings:
        values = look(settings).values
        assert values[HIDDEN] == "true"
        assert values[ACCOUNT, "discoverable"] == "false", "null: nobody ever ticked it"
        del account.kept["indexable"]
        assert (ACCOUNT, "indexable") not in look(settings).values, "what the server doesn't know is not made up"


def test_without_a_right_it_says_which() -> None:
    with serving(Account(rights=frozenset())) as settings:
        assert "read:accounts" in says(lambda: look(settings), settings)
    with serving(Account(rights=frozenset({"read:accounts"}))) as settings:
        stands = look(settings)
        assert stands.values[LOCKED] == "false"
        assert stands.unread == (mastodon.NO_NOTIFICATIONS,)
        assert "write:accounts" in says(lambda: set_value(settings, LOCKED, "true"), settings)


@pytest.mark.parametrize(
    ("account", "says_so"),
    [
        (Account(takes=False), mastodon.NOT_SET),
        (Account(patch_says=422), mastodon.NOT_SET),
        (Account(patch_says=500), mastodon.NOT_SET),
        (Account(patch_says=404), mastodon.NOT_TAKEN),
        (Account(patch_says=429), BUSY),
        (Account(forgets_after=True), mastodon.NOT_SET),
    ],
)
def test_what_is_not_confirmed_is_not_told_as_done(account: Account, says_so: str) -> None:
    with serving(account) as settings:
        assert says(lambda: set_value(settings, LOCKED, "true"), settings) == says_so


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (LOCKED, "yes"),
        (LOCKED, ""),
        (VISIBILITY, "direct"),
        ((ACCOUNT, "display_name"), "true"),
        ((ACCOUNT, "bot"), "true"),
    ],
)
def test_what_can_not_be_set_is_not_sent(place: Place, value: str) -> None:
    with pytest.raises(ValueError, match="can not be set"):
        set_value(MastodonSettings("https://harbour.example", "a-token-of-dana"), place, value)


def test_odd_values_do_no_harm() -> None:
    account = Account()
    account.kept |= {"locked": "maybe" * 100, "indexable": ["true"], "discoverable": 1, "noindex": {"a": 1}}
    account.private |= {"privacy": None, "quote_policy": "\ud800" * 500}
    with serving(account) as settings:
        values = look(settings).values
    assert VISIBILITY not in values
    assert all(len(value) <= 100 and value.encode() for value in values.values())
    read = read_values(Network.MASTODON, Origin.LIVE, values, DAY)
    assert all(len(one.value) <= 80 for one in read)


def test_where_nothing_answers_it_says_so() -> None:
    settings = MastodonSettings(f"http://127.0.0.1:{free_port()}", "a-token-of-dana")
    assert says(lambda: look(settings), settings) == NOT_HERE
    assert says(lambda: set_value(settings, LOCKED, "true"), settings) == NOT_HERE
    account = Account(forgets_after=True)
    account.sent.append({})
    with serving(account) as broken:
        assert says(lambda: look(broken), broken) == TROUBLE


def test_other_connections_are_not_asked_for_settings() -> None:
    mailbox = actions.add_connector(ImapSettings("imap.example.org", "dana", "a password"), "Mail")
    with pytest.raises(ConnectorError):
        actions.look_at_mastodon(mailbox)
    with pytest.raises(ConnectorError):
        actions.set_on_mastodon(mailbox, LOCKED, "true")


def test_nothing_of_it_reaches_a_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(Account()) as settings:
        look(settings)
        set_value(settings, LOCKED, "true")
    assert settings.token not in caplog.text


def test_what_the_catalogue_recommends_can_be_set_by_what_it_reads() -> None:
    found = {
        (setting.key, purpose): change
        for setting in settings_of(Network.MASTODON).settings
        for purpose, recommended in setting.recommended.items()
        if (change := to_set(setting, recommended, CAN_SET)) is not None
    }
    assert {key for key, _ in found} == {"ma-locked", "ma-discoverable", "ma-indexable", "ma-collections", "ma-default"}
    for (key, purpose), (place, value) in found.items():
        setting = settings_of(Network.MASTODON).setting(key)
        assert setting is not None
        read = next(one for one in setting.reads if (one.member, one.field) == place)
        assert understood(read, value) == setting.recommended[purpose]
    assert found["ma-locked", Purpose.PERSONAL] == (LOCKED, "true")
    assert found["ma-collections", Purpose.AGENCY] == (HIDDEN, "true")
    assert found["ma-default", Purpose.PERSONAL] == (VISIBILITY, "private")
