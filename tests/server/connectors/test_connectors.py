"""What is connected: kept encrypted, logged without a word of it, asked only through these functions."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from demur.core.accounts import Purpose
from demur.core.arrivals import Arrival, Reading
from demur.server.connectors import actions, imap, queries
from demur.server.connectors.bluesky import CHAT, LOGGED_OUT, MAIN_ONE, BlueskySettings
from demur.server.connectors.errors import WRONG_SETTINGS, ConnectorError
from demur.server.connectors.imap import Fetched, ImapSettings, Rest, Security
from demur.server.connectors.mastodon import MastodonSettings
from demur.server.connectors.models import ConnectorKind, ConnectorRecord
from demur.server.database import vault
from demur.server.database.errors import VaultLocked
from demur.server.ledger import queries as ledger
from demur.server.ledger.models import Entry
from demur.server.triage.looking import look_into
from demur.server.triage.queries import open_requests
from tests.server.conftest import Store
from tests.server.connectors.conftest import MAIN_PASSWORD, TOKENS, Owner

TODAY = date(2026, 11, 20)
SETTINGS = ImapSettings(
    host="imap.agency.example",
    user="dana.whitlock@agency.example",
    password="correct horse battery",
    port=994,
    folder="Netzwerke é",
    security=Security.STARTTLS,
    receiver="mx.agency.example",
    servers=("harbour.example",),
)
ACCOUNT = MastodonSettings("harbour.example", "a-token-of-dana-0123456789")
BLUESKY = BlueskySettings("@Dana.example", "abcd-efgh-ijkl-mnop", "")


def look(row: ConnectorRecord) -> Reading:
    """What one look brings, where nobody keeps it."""
    reading, _ = actions.fetch_from(row, TODAY, lambda reading: None)
    return reading


def lines() -> list[tuple[str, dict[str, object]]]:
    return [(entry.verb, entry.details) for entry in Entry.objects.order_by("sequence")][1:]


def test_a_mailbox_comes_back_as_it_was_given() -> None:
    row = actions.add_connector(SETTINGS, "  Work\n mail ", Purpose.PROFESSIONAL)
    held = queries.connector(row.pk)
    assert held is not None
    assert (held.label, held.purpose, held.last_used) == ("Work mail", "professional", None)
    assert held.kind_word is ConnectorKind.IMAP
    assert not held.is_live
    assert actions.imap_settings(held) == SETTINGS
    assert queries.connectors() == [held]


def test_an_account_comes_back_with_its_whole_address() -> None:
    row = actions.add_connector(ACCOUNT, "")
    assert (row.label, row.is_live) == ("Mastodon", True)
    assert actions.mastodon_settings(row) == MastodonSettings("https://harbour.example", ACCOUNT.token)
    with pytest.raises(ConnectorError):
        actions.add_connector(MastodonSettings("http://harbour.example", ACCOUNT.token), "")
    assert len(queries.connectors()) == 1


def test_a_bluesky_account_comes_back_and_brings_no_requests() -> None:
    row = actions.add_connector(BLUESKY, "")
    assert (row.label, row.kind_word, row.is_live) == ("Bluesky", ConnectorKind.BLUESKY, False)
    settings = actions.bluesky_settings(row)
    assert settings == BlueskySettings("dana.example", "abcd-efgh-ijkl-mnop", "https://bsky.social")
    assert settings.app_password not in repr(settings)
    mailbox = actions.add_connector(SETTINGS, "Work mail")
    assert queries.sources() == [mailbox]
    # Sockets are closed here: a try to ask would fail otherwise.
    with pytest.raises(ConnectorError, match="people follow at once"):
        look(row)
    with pytest.raises(ConnectorError, match="on the network itself"):
        actions.reject(row, "1")
    for other in (mailbox, actions.add_connector(ACCOUNT, "")):
        with pytest.raises(ConnectorError):
            actions.look_at_bluesky(other)


def test_a_main_password_is_not_kept() -> None:
    with pytest.raises(ConnectorError) as error:
        actions.add_connector(BlueskySettings("dana.example", MAIN_PASSWORD), "")
    assert str(error.value) == MAIN_ONE
    assert not queries.connectors()


@pytest.mark.server
def test_looking_at_a_bluesky_account_and_setting_something_there(bluesky_owner: Owner) -> None:
    row = actions.add_connector(bluesky_owner.settings(), "")
    actions.check(row)
    assert actions.look_at_bluesky(row).values[LOGGED_OUT] == "false"
    assert actions.set_on_bluesky(row, LOGGED_OUT, "true") == {LOGGED_OUT: "true"}
    held = queries.connector(row.pk)
    assert held is not None
    assert held.last_used is not None
    assert lines() == [
        ("connector-added", {"source": "live"}),
        ("connector-used", {"source": "live"}),
        ("connector-used", {"source": "live"}),
        ("setting-changed", {"source": "live"}),
    ]
    with pytest.raises(ValueError, match="can not be set"):
        actions.set_on_bluesky(row, CHAT, "everybody")
    row.settings = {**row.settings, "app_password": "aaaa-bbbb-cccc-dddd"}
    with pytest.raises(ConnectorError, match="did not take"):
        actions.set_on_bluesky(row, CHAT, "none")
    assert len(lines()) == 4


def test_the_log_tells_what_was_done_and_nothing_of_what_was_typed() -> None:
    mailbox = actions.add_connector(SETTINGS, "Work mail")
    actions.add_connector(ACCOUNT, "Harbour")
    account = actions.add_connector(BLUESKY, "Sky")
    assert actions.remove_connector(account.pk)
    assert actions.remove_connector(mailbox.pk)
    assert not actions.remove_connector(mailbox.pk)
    assert lines() == [
        ("connector-added", {"source": "mail"}),
        ("connector-added", {"source": "live"}),
        ("connector-added", {"source": "live"}),
        ("connector-removed", {"source": "live"}),
        ("connector-removed", {"source": "mail"}),
    ]
    written = json.dumps([[entry.object, entry.details] for entry in Entry.objects.all()])
    for typed in ("agency", "dana", "Work", "Harbour", "horse", "token", "abcd", "Sky"):
        assert typed not in written
    assert ledger.verify().ok


def test_a_password_is_nowhere_in_the_files_and_gone_once_removed(store: Store) -> None:
    row = actions.add_connector(SETTINGS, "Work mail")
    actions.remove_connector(row.pk)
    actions.remove_connector(actions.add_connector(BLUESKY, "").pk)
    actions.add_connector(ACCOUNT, "Harbour")
    connection.close()
    held = b"".join(path.read_bytes() for path in store.files.iterdir() if path.is_file())
    for secret in (SETTINGS.password, SETTINGS.user, ACCOUNT.token, "Harbour", BLUESKY.app_password, "dana.example"):
        assert secret.encode() not in held


def test_a_locked_store_shows_and_keeps_nothing() -> None:
    row = actions.add_connector(ACCOUNT, "Harbour")
    vault.lock()
    for refused in (
        queries.connectors,
        lambda: queries.connector(row.pk),
        lambda: actions.add_connector(SETTINGS, "x"),
        lambda: actions.remove_connector(row.pk),
    ):
        with pytest.raises(VaultLocked):
            refused()


def test_names_for_errors_hold_nothing_of_it() -> None:
    row = ConnectorRecord(label="Harbour", settings={"token": "secret-token"})
    assert "Harbour" not in f"{row} {row!r}"
    assert "secret" not in f"{row} {row!r}"


def test_settings_that_can_not_be_read_any_more_are_told() -> None:
    row = actions.add_connector(SETTINGS, "Work mail")
    for broken in ({}, {"host": "x"}, {**row.settings, "security": "none"}, {**row.settings, "port": "x"}):
        row.settings = broken
        with pytest.raises(ConnectorError, match="Remove it and add it again"):
            look(row)
    for kept in (ACCOUNT, BLUESKY):
        account = actions.add_connector(kept, "")
        account.settings = {}
        with pytest.raises(ConnectorError) as error:
            actions.check(account)
        assert str(error.value) == WRONG_SETTINGS


def test_a_mailbox_answers_no_request() -> None:
    row = actions.add_connector(SETTINGS, "Work mail")
    for answer in (actions.reject, actions.authorise):
        with pytest.raises(ConnectorError, match="on the network itself"):
            answer(row, "1")


@pytest.mark.server
def test_looking_into_a_mailbox(mailbox: ImapSettings) -> None:
    row = actions.add_connector(mailbox, "Work mail")
    reading = look(row)
    assert len(reading.arrivals) == 2
    assert lines()[-1] == ("connector-used", {"source": "mail", "seen": 2})
    held = queries.connector(row.pk)
    assert held is not None
    assert held.last_used is not None
    actions.check(held)
    assert lines()[-1] == ("connector-used", {"source": "mail"})


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[date, Rest | None]]:
    """From where a mailbox was asked, in place of asking it; the first look leaves something."""
    told: list[tuple[date, Rest | None]] = []

    def fetch(settings: ImapSettings, since: date, today: date, rest: Rest | None = None) -> Fetched:
        told.append((since, rest))
        return Fetched(Reading(), REST if len(told) == 1 else None)

    monkeypatch.setattr(imap, "fetch", fetch)
    return told


REST = Rest(date(2025, 11, 20), 4_000_000_000, 4_294_967_295)


def test_a_mailbox_is_read_from_a_week_before_the_last_look_and_from_where_that_stopped(
    asked: list[tuple[date, Rest | None]],
) -> None:
    row = actions.add_connector(SETTINGS, "Work mail")
    for _ in range(3):
        held = queries.connector(row.pk)
        assert held is not None
        look(held)
    later = timezone.localdate() - timedelta(days=7)
    assert asked == [(TODAY - timedelta(days=365), None), (later, REST), (later, None)]


def test_a_look_whose_requests_were_not_kept_is_no_look(asked: list[tuple[date, Rest | None]]) -> None:
    """Else the next one would begin after mails that nobody has seen."""
    row = actions.add_connector(SETTINGS, "Work mail")

    def lose(reading: Reading) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        actions.fetch_from(row, TODAY, lose)
    held = queries.connector(row.pk)
    assert held is not None
    assert (held.last_used, held.rest_since) == (None, None)
    assert lines()[-1][0] == "connector-added"
    look(held)
    assert asked[0] == asked[1]


@pytest.mark.server
def test_a_look_that_fails_is_no_look(mailbox: ImapSettings) -> None:
    row = actions.add_connector(ImapSettings("127.0.0.1", "x", "y", mailbox.port, security=Security.PLAIN), "")
    with pytest.raises(ConnectorError):
        look(row)
    assert queries.connectors()[0].last_used is None
    assert lines()[-1][0] == "connector-added"


@pytest.mark.server
def test_an_account_from_looking_to_answering(mastodon_account: MastodonSettings) -> None:
    row = actions.add_connector(mastodon_account, "Harbour")
    actions.check(row)
    _, taken = look_into(row, TODAY)
    assert taken.added == 2
    ines, bo = (next(each for each in open_requests() if name in each.handle) for name in ("ines", "bo@"))
    assert ines.connector == row.pk
    actions.reject(row, ines.remote_id)
    actions.authorise(row, bo.remote_id)
    assert look(row).arrivals == ()
    used = [details for verb, details in lines() if verb == "connector-used"]
    live = {"source": "live"}
    assert used == [
        live,
        {**live, "seen": 2},
        {**live, "answer": "declined"},
        {**live, "answer": "accepted"},
        live | {"seen": 0},
    ]
    assert TOKENS["dana"] not in json.dumps([entry.details for entry in Entry.objects.all()])


@pytest.mark.server
def test_a_mail_and_the_network_tell_of_one_request(mastodon_account: MastodonSettings) -> None:
    """The handle is written alike, so that the inbox lists it once."""
    row = actions.add_connector(mastodon_account, "Harbour")
    arrivals: tuple[Arrival, ...] = look(row).arrivals
    assert all(
        arrival.profile.handle.startswith("@") and arrival.profile.handle.count("@") == 2 for arrival in arrivals
    )


def test_a_store_of_before_is_brought_up_to_date() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate([("connectors", None)])
    assert "connectors_connectorrecord" not in connection.introspection.table_names()
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    assert actions.add_connector(ACCOUNT, "Harbour").label == "Harbour"


def test_a_connection_of_before_there_was_a_rest_is_kept() -> None:
    row = actions.add_connector(SETTINGS, "Work mail")
    executor = MigrationExecutor(connection)
    executor.migrate([("connectors", "0001_initial")])
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    [held] = queries.connectors()
    assert (held.pk, held.label, held.rest_since) == (row.pk, "Work mail", None)


def test_a_store_of_this_version_is_read_as_it_was_written() -> None:
    """What lies in people's stores: these names of settings can't change without a migration."""
    row = actions.add_connector(SETTINGS, "Work mail")
    assert set(row.settings) == {"host", "user", "password", "port", "folder", "security", "receiver", "servers"}
    account = actions.add_connector(ACCOUNT, "Harbour")
    assert set(account.settings) == {"server", "token"}


def test_nothing_of_a_connector_is_loaded_before_one_is_used() -> None:
    program = (
        "import os, sys, tempfile, pathlib; from demur.server import local;"
        "local.start(pathlib.Path(tempfile.mkdtemp()));"
        "import demur.server.web.urls, demur.server.connectors.actions;"
        "loaded = {'mastodon', 'requests', 'urllib3', 'imaplib'} & set(sys.modules);"
        "assert not loaded, loaded"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
