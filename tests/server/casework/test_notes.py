"""Private notes: kept only because somebody asked, encrypted, and never in the log, in an error or in an address."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from demur.core.content import MAX_TEXT_LENGTH, Post
from demur.server.casework import actions, queries
from demur.server.casework.models import NoteRecord
from demur.server.database import vault
from demur.server.database.errors import VaultLocked
from demur.server.ledger.models import Entry
from demur.server.ledger.queries import verify
from tests.server.conftest import Store

WORDS = "Marisol cried and I had nothing left to say 🎉\nsecond line"


def lines() -> list[tuple[str, str, dict[str, object]]]:
    return list(Entry.objects.order_by("sequence").values_list("verb", "object", "details"))[1:]


def test_a_note_is_kept_changed_and_removed_with_its_lines() -> None:
    row = actions.keep_note(WORDS)
    assert [note.text for note in queries.notes()] == [WORDS]
    assert actions.change_note(row.key, "Other words.")
    changed = queries.note(row.key)
    assert changed is not None
    assert (changed.text, changed.written) == ("Other words.", row.written)
    assert changed.changed >= row.written
    assert actions.remove_note(row.key)
    assert queries.note(row.key) is None
    assert [verb for verb, _, _ in lines()] == ["note-kept", "note-changed", "note-removed"]
    assert len({name for _, name, _ in lines()}) == 1
    assert verify().ok


def test_the_log_says_nothing_of_a_note_not_even_its_key() -> None:
    row = actions.keep_note(WORDS)
    actions.change_note(row.key, WORDS + "!")
    said = json.dumps(list(Entry.objects.values()), default=str)
    for word in ("Marisol", "cried", "second", row.key):
        assert word not in said
    assert all(details == {} for _, _, details in lines())


def test_the_latest_stands_first() -> None:
    for words in ("one", "two", "three"):
        actions.keep_note(words)
    assert [note.text for note in queries.notes()] == ["three", "two", "one"]
    assert len({note.key for note in queries.notes()}) == 3


@pytest.mark.parametrize("words", ["", " \n\t", "x" * (MAX_TEXT_LENGTH + 1)])
def test_what_is_no_note_is_refused_without_repeating_it(words: str) -> None:
    kept = actions.keep_note("There.")
    for refused in (lambda: actions.keep_note(words), lambda: actions.change_note(kept.key, words)):
        with pytest.raises(ValueError, match="note") as error:
            refused()
        assert "xx" not in str(error.value)
    assert [note.text for note in queries.notes()] == ["There."]


def test_a_note_that_is_gone_is_neither_changed_nor_removed() -> None:
    before = len(lines())
    assert not actions.change_note("0" * 32, "Words.")
    assert not actions.remove_note("0" * 32)
    assert len(lines()) == before


def test_the_file_does_not_hold_the_words(store: Store) -> None:
    actions.keep_note(WORDS)
    connection.close()
    held = b"".join(path.read_bytes() for path in store.files.rglob("*") if path.is_file())
    assert b"Marisol" not in held
    assert b"nothing left" not in held


def test_a_locked_store_keeps_and_shows_nothing() -> None:
    row = actions.keep_note(WORDS)
    vault.lock()
    for refused in (queries.notes, lambda: actions.keep_note("x"), lambda: actions.remove_note(row.key)):
        with pytest.raises(VaultLocked) as error:
            refused()
        assert "Marisol" not in str(error.value)


def test_the_name_of_a_record_never_holds_its_words() -> None:
    assert "Marisol" not in f"{NoteRecord(text=WORDS)} {NoteRecord(text=WORDS)!r}"


def test_a_store_of_the_version_before_is_brought_up_to_date() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate([("casework", "0002_allowancerecord")])
    assert "casework_noterecord" not in connection.introspection.table_names()
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    assert actions.keep_note(WORDS).text == WORDS


def test_that_somebody_was_in_despair_is_written_down_nowhere() -> None:
    post = Post("I can't go on, I want to end my life. Call 512-555-0147.")
    verdict = queries.engine().check(post)
    assert verdict.in_crisis
    actions.note_check(verdict, actions.draft_digest(post.text), post)
    plain = Post("Tea and an early night.")
    actions.note_check(queries.engine().check(Post("I can't go on, I want to end my life.")), "0" * 64, plain)
    actions.note_check(queries.engine().check(plain), "0" * 64, plain)
    (_, _, phone), (_, _, alone), (_, _, tea) = lines()
    assert "crisis" not in json.dumps([phone, alone])
    assert phone["categories"] == ["phone"]
    assert alone == tea
