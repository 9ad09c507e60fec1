"""The write-only drop: what goes in, what comes out at the officer's side, and what nobody else learns."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from demur.caseload.index import CaseloadIndex
from demur.core.accounts import Account, Network, Profile
from demur.core.content import ConnectionRequest
from demur.core.people import Caseload
from demur.core.people import Client as Person
from demur.server.asking.actions import answer
from demur.server.asking.models import AskedRecord
from demur.server.casework import queries
from demur.server.database import vault
from demur.server.ledger.models import Entry
from demur.server.ledger.queries import verify
from demur.server.officer import actions as officer_actions
from demur.server.officer.actions import DropRefused, last_hour, send_if_due
from demur.server.officer.batches import BATCH, MAGIC, Tally, files_in
from demur.server.officer.daily import DailyDrop
from demur.server.officer.models import LastDrop, SealedRecord
from demur.server.officer.reading import Hit, as_csv, compare, each_once, read_drop
from demur.server.officer.sealing import RECORD_BYTES, NotForThisKey, Question, Tampered, unseal
from tests.server.officer.conftest import Officer

OWN, ELSEWHERE, STRANGER = "Marcus Bellweather", "Odalys Fernhollow", "Perpetua Achterberg"
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=timezone.get_fixed_timezone(-300))
TODAY = date(2026, 11, 22)


def ask(name: str, **more: str) -> None:
    profile = Profile(display_name=name, **more)  # type: ignore[arg-type]
    answer(queries.engine(), ConnectionRequest(profile, Account(Network.INSTAGRAM)), TODAY, typed=False)


def read(officer: Officer) -> tuple[list[str], Tally]:
    tally = Tally()
    found = read_drop(files_in(officer.folder), officer.private, tally)
    return [question.display_name for question in found if question is not None], tally


def test_it_is_off_by_default(settings: Any) -> None:
    assert (settings.OFFICER_KEY, settings.OFFICER_DROP) == (None, None)
    ask(STRANGER)
    assert not SealedRecord.objects.exists()
    assert send_if_due(NOW) is False


def test_what_is_not_on_the_own_list_comes_to_the_officer_and_nobody_else(officer: Officer) -> None:
    for name in (OWN, ELSEWHERE, STRANGER):
        ask(name)
    assert SealedRecord.objects.count() == 3
    assert send_if_due(NOW)
    assert not SealedRecord.objects.exists()
    names, tally = read(officer)
    assert sorted(names) == [ELSEWHERE, STRANGER]
    assert (tally.files, tally.records, tally.questions, tally.tampered) == (1, BATCH, 2, 0)


def test_what_is_only_possible_comes_too(officer: Officer) -> None:
    ask("Ileana Q.", city="Riverton")
    send_if_due(NOW)
    assert read(officer)[0] == ["Ileana Q."]


def test_the_officer_learns_what_is_needed_to_look_and_not_who_asked(officer: Officer) -> None:
    request = ConnectionRequest(
        Profile(ELSEWHERE, "@odalys", "b. 1990", "Riverton", "o@example.org", "555-0142"),
        Account(Network.INSTAGRAM, handle="@the.worker"),
        message="hi, it's me",
    )
    verdict = answer(queries.engine(), request, TODAY, typed=False)
    send_if_due(NOW)
    [question] = [one for one in read_drop(files_in(officer.folder), officer.private, Tally()) if one is not None]
    assert (question.display_name, question.handle, question.city) == (ELSEWHERE, "@odalys", "Riverton")
    assert (question.email, question.phone, question.bio) == ("o@example.org", "555-0142", "b. 1990")
    assert (question.on, question.network, question.kind) == ("2026-11-22", "instagram", "friend")
    assert (question.outcome, question.policy, question.message) == ("decline", verdict.policy, "hi, it's me")
    assert "the.worker" not in repr(question)


def test_the_workers_side_cannot_open_what_it_sealed(officer: Officer, store: Any) -> None:
    ask(ELSEWHERE)
    sealed = bytes(SealedRecord.objects.get().sealed)
    assert len(sealed) == RECORD_BYTES
    # Everything that the worker's side holds: the store with all its rows, the public key, and the process's settings.
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = [row[0] for row in cursor.fetchall()]
        rows = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += cursor.fetchall()
    everything = b"\n".join(value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row)
    assert sealed in everything
    for secret in (ELSEWHERE.encode(), b"Fernhollow", officer.private.private_bytes_raw()):
        assert secret not in everything
        assert secret.hex().encode() not in everything
    for held in (vault.key(), vault.derive("ledger"), officer.public, *re.findall(rb"[^\x00]{32}", everything)[:2_000]):
        with pytest.raises((NotForThisKey, Tampered)):
            unseal(_as_private(held), sealed)


def _as_private(held: bytes) -> Any:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(held)


@examples(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hits=st.integers(0, 5), strangers=st.integers(0, 5))
def test_a_batch_tells_nothing_of_its_questions(officer: Officer, hits: int, strangers: int) -> None:
    for path in officer.folder.iterdir():
        path.unlink()
    LastDrop.objects.all().delete()
    for name, count in ((OWN, hits), (ELSEWHERE, strangers)):
        for _ in range(count):
            ask(name)
    assert SealedRecord.objects.count() == hits + strangers
    assert {len(bytes(row.sealed)) for row in SealedRecord.objects.all()} <= {RECORD_BYTES}
    send_if_due(NOW)
    [file] = files_in(officer.folder)
    assert file.stat().st_size == len(MAGIC) + BATCH * RECORD_BYTES
    assert re.fullmatch(r"2026-11-22-[0-9a-f]{16}\.drop", file.name)
    assert len(read(officer)[0]) == strangers


def test_batches_grow_in_steps(officer: Officer) -> None:
    for _ in range(BATCH + 1):
        ask(OWN)
    send_if_due(NOW)
    [file] = files_in(officer.folder)
    assert file.stat().st_size == len(MAGIC) + 2 * BATCH * RECORD_BYTES


def test_the_order_of_the_records_is_chance(officer: Officer) -> None:
    for number in range(40):
        ask(f"Perpetua Number{'abcdefghij'[number % 10]}{'klmn'[number // 10]}")
    send_if_due(NOW)
    names, _ = read(officer)
    assert len(names) == 40
    assert names != sorted(names)


def test_one_batch_a_day_at_its_hour(officer: Officer) -> None:
    at = NOW.replace(hour=4, minute=59)
    assert send_if_due(at)  # The first one has nothing to wait for.
    assert not send_if_due(at)
    assert not send_if_due(at.replace(minute=59, second=59))
    assert send_if_due(NOW.replace(hour=5, minute=0))
    assert not send_if_due(NOW)
    assert not send_if_due(NOW.replace(hour=23))
    assert not send_if_due(NOW.replace(hour=4) + timedelta(days=1))
    assert send_if_due(NOW.replace(hour=5) + timedelta(days=1))
    assert send_if_due(NOW + timedelta(days=30))
    assert len(files_in(officer.folder)) == 4
    # A clock that was put back.
    assert send_if_due(NOW + timedelta(days=2))


def test_the_hour_before_five_is_yesterdays() -> None:
    assert last_hour(NOW).hour == 5
    assert last_hour(NOW).date() == NOW.date()
    assert last_hour(NOW.replace(hour=3)).date() == (NOW - timedelta(days=1)).date()


def test_a_folder_that_is_away_loses_nothing(officer: Officer) -> None:
    ask(ELSEWHERE)
    away = officer.folder.rename(officer.folder.with_name("away"))
    with pytest.raises(OSError, match="No such file"):
        send_if_due(NOW)
    assert SealedRecord.objects.count() == 1
    away.rename(officer.folder)
    assert send_if_due(NOW)
    assert read(officer)[0] == [ELSEWHERE]
    assert [path.name for path in officer.folder.iterdir()] == [path.name for path in files_in(officer.folder)]


def test_changed_records_are_told_and_the_rest_is_read(officer: Officer) -> None:
    for name in (ELSEWHERE, STRANGER, "Third Person"):
        ask(name)
    send_if_due(NOW)
    [file] = files_in(officer.folder)
    data = bytearray(file.read_bytes())
    changed = []
    for start in range(len(MAGIC), len(data), RECORD_BYTES):
        question = unseal(officer.private, bytes(data[start : start + RECORD_BYTES]))
        if question.display_name in (STRANGER, "Third Person"):
            changed.append(start)
    data[changed[0] + 2_000] ^= 1
    data[changed[1] + 1] ^= 1
    file.write_bytes(bytes(data) + b"\0" * 17)
    names, tally = read(officer)
    assert names == [ELSEWHERE]
    assert (tally.tampered, tally.for_another_key, tally.cut_off, tally.records) == (1, 1, 1, BATCH)


def test_a_file_that_came_twice_counts_once(officer: Officer) -> None:
    ask(ELSEWHERE)
    send_if_due(NOW)
    [file] = files_in(officer.folder)
    shutil.copy(file, file.with_name("2026-11-23-copy.drop"))
    (officer.folder / "notes.drop").write_text("hello")
    (officer.folder / "folder.drop").mkdir()
    (officer.folder / ".half.drop").write_bytes(MAGIC)
    (officer.folder / "readme.txt").write_text("hello")
    names, tally = read(officer)
    assert names == [ELSEWHERE]
    assert (tally.files, tally.again) == (2, BATCH)
    assert sorted(tally.files_left_out) == ["folder.drop", "notes.drop"]


def test_the_officer_finds_who_is_served_elsewhere(officer: Officer) -> None:
    ask(ELSEWHERE)
    ask(STRANGER)
    ask(ELSEWHERE)
    send_if_due(NOW)
    agency = CaseloadIndex.build(Caseload((Person("A-7", given_name="Odalys", family_name="Fernhollow"),)))
    hits: list[Hit] = []
    for question in read_drop(files_in(officer.folder), officer.private, Tally()):
        if question is not None:
            hits += compare(agency, question)
    assert [hit.match.client.client_id for hit in hits] == ["A-7", "A-7"]
    hits = each_once(hits)
    assert [hit.match.client.client_id for hit in hits] == ["A-7"]
    assert hits[0].why
    assert "A-7" in as_csv(hits)


def test_a_strangers_formula_stays_text() -> None:
    person = Person("A-7", given_name="Odalys", family_name="Fernhollow")
    index = CaseloadIndex.build(Caseload((person,)))
    question = Question("1", True, "2026-11-22", display_name="Odalys Fernhollow", handle="=HYPERLINK(1)")
    [hit] = compare(index, question)
    assert ",'=HYPERLINK(1)," in as_csv([hit])


def test_a_question_is_sealed_with_its_line_or_neither(officer: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Entry.objects.count()

    def fails(*_: object) -> bytes:
        raise LookupError

    monkeypatch.setattr(officer_actions, "seal", fails)
    with pytest.raises(LookupError):
        ask(ELSEWHERE)
    assert (Entry.objects.count(), SealedRecord.objects.count()) == (before, 0)
    assert verify().ok


@pytest.mark.parametrize("missing", ["OFFICER_KEY", "OFFICER_DROP"])
def test_half_a_check_answers_nothing(officer: Officer, settings: Any, client: Client, missing: str) -> None:
    setattr(settings, missing, None)
    with pytest.raises(DropRefused, match="both"):
        ask(ELSEWHERE)
    page = client.post("/request/", {"display_name": ELSEWHERE})
    assert page.status_code == 503
    assert "privacy officer" in page.content.decode()
    spoken = client.post("/api/v1/request", json.dumps({"display_name": OWN}), content_type="application/json")
    assert spoken.status_code == 503
    assert not SealedRecord.objects.exists()


def test_a_key_that_is_away_answers_nothing(officer: Officer, settings: Any, tmp_path: Path) -> None:
    settings.OFFICER_KEY = tmp_path / "none"
    with pytest.raises(DropRefused, match="no key file"):
        ask(OWN)


def test_no_page_and_no_line_speaks_of_it(officer: Officer, client: Client, settings: Any) -> None:
    said = []
    for on in (True, False):
        if not on:
            settings.OFFICER_KEY = settings.OFFICER_DROP = None
        AskedRecord.objects.all().delete()
        pages = []
        for name in (OWN, ELSEWHERE, STRANGER):
            pages.append(client.post("/request/", {"display_name": name}))
            pages.append(
                client.post("/api/v1/request", json.dumps({"display_name": name}), content_type="application/json")
            )
        for path in ("/", "/request/", "/caseload/", "/policy/"):
            pages.append(client.get(path))
        said.append([(page.status_code, _without_tokens(page.content.decode())) for page in pages])
    assert said[0] == said[1]
    send_if_due(NOW)
    log = client.get("/log/").content.decode()
    for word in ("drop", "sealed", "officer", "batch"):
        assert word not in log.lower().replace("dropdown", "")


def _without_tokens(page: str) -> str:
    """Tokens against forged forms are chance, all of one length, and on every page."""
    return re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[A-Za-z0-9]{64}"', r"\1", page)


def test_a_running_server_sends_once_unlocked(officer: Officer) -> None:
    ask(ELSEWHERE)
    held = vault.key()
    vault.lock()
    with DailyDrop(every_seconds=0.01):
        pass
    assert not files_in(officer.folder)
    vault.unlock(held)
    idle = vault.idle_seconds(10**9)
    with DailyDrop(every_seconds=60):
        pass
    assert read(officer)[0] == [ELSEWHERE]
    assert vault.idle_seconds(10**9) == idle  # It keeps no store open.


def test_a_drop_that_fails_is_said_once_and_without_words(
    officer: Officer, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    ask(ELSEWHERE)
    shutil.rmtree(officer.folder)
    watch = DailyDrop()
    for _ in range(3):
        watch._send()
    said = [entry.message for entry in caplog.records if entry.name.startswith("demur")]
    assert said == ["the daily drop could not be written"]
    assert "Fernhollow" not in caplog.text
    assert SealedRecord.objects.count() == 1


def test_sqlite_alone_reads_nothing(officer: Officer, store: Any) -> None:
    ask(ELSEWHERE)
    with pytest.raises(sqlite3.DatabaseError), sqlite3.connect(store.files / "store.db") as plain:
        plain.execute("SELECT * FROM officer_sealedrecord").fetchall()
