from __future__ import annotations

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from demur.server.database import vault
from demur.server.ledger import queries
from demur.server.ledger.actions import record
from demur.server.ledger.details import ALLOWED
from demur.server.ledger.models import Entry, Head
from demur.server.ledger.verbs import Verb

TRIGGERS = {
    "ledger_entry_no_update",
    "ledger_entry_no_delete",
    "ledger_entry_in_order",
    "ledger_head_only_forward",
    "ledger_head_no_delete",
}


def write(count: int) -> None:
    for number in range(count):
        with transaction.atomic():
            record(Verb.DRAFT_CHECKED, details={"outcome": "allow", "findings": number}, policy="a" * 64)


def drop_triggers() -> None:
    with connection.cursor() as cursor:
        for name in TRIGGERS:
            cursor.execute(f"DROP TRIGGER {name}")


def sql(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_a_new_store_begins_with_its_creation() -> None:
    first = Entry.objects.get()
    assert (first.sequence, first.verb, first.details) == (1, "store-created", {"key_source": "key-file"})
    assert queries.verify().ok


def test_lines_are_chained_and_verified() -> None:
    write(5)
    lines = list(Entry.objects.all())
    assert [line.sequence for line in lines] == [1, 2, 3, 4, 5, 6]
    assert [line.previous for line in lines[1:]] == [line.hash for line in lines[:-1]]
    checked = queries.verify()
    assert (checked.ok, checked.entries, checked.first_bad) == (True, 6, None)
    assert "All 6 lines" in checked.says


def test_a_line_needs_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="atomic"):
        record(Verb.DRAFT_CHECKED)
    assert Entry.objects.count() == 1


def test_a_line_goes_with_the_write_that_it_tells_of() -> None:
    def broken() -> None:
        with transaction.atomic():
            record(Verb.CASELOAD_REMOVED, details={"removed": 3})
            raise LookupError

    with pytest.raises(LookupError):
        broken()
    assert Entry.objects.count() == 1
    assert queries.verify().ok
    write(1)
    assert queries.verify().ok


LINE = "UPDATE ledger_entry SET {} WHERE sequence = {}"
COPY_OF_THE_LAST = (
    "INSERT INTO ledger_entry SELECT 7, at, actor, verb, object, details, policy, hash, hash"
    " FROM ledger_entry WHERE sequence = 6"
)
ENDS_AT_FOUR = "UPDATE ledger_head SET sequence = 4, hash = (SELECT hash FROM ledger_entry WHERE sequence = 4)"


@pytest.mark.parametrize(
    ("statements", "first_bad", "says"),
    [
        pytest.param([LINE.format("verb = 'client-removed'", 3)], 3, "changed", id="verb"),
        pytest.param([LINE.format("at = '2020-01-01 00:00:00'", 4)], 4, "changed", id="at"),
        pytest.param([LINE.format("actor = 'somebody'", 2)], 2, "changed", id="actor"),
        pytest.param([LINE.format('details = \'{"outcome": "decline"}\'', 5)], 5, "changed", id="details"),
        pytest.param([LINE.format("policy = ''", 6)], 6, "changed", id="policy"),
        pytest.param([LINE.format("object = 'client:00'", 6)], 6, "changed", id="object"),
        pytest.param([LINE.format("hash = previous", 4)], 4, "changed", id="hash"),
        pytest.param(["DELETE FROM ledger_entry WHERE sequence = 3"], 3, "missing", id="remove from the middle"),
        pytest.param(["DELETE FROM ledger_entry WHERE sequence = 1"], 1, "missing", id="remove the first"),
        pytest.param(
            [
                "DELETE FROM ledger_entry WHERE sequence = 3",
                "UPDATE ledger_entry SET sequence = sequence - 1 WHERE sequence > 3",
            ],
            3,
            "does not follow",
            id="remove and close the gap",
        ),
        pytest.param(["DELETE FROM ledger_entry WHERE sequence = 6"], 6, "ends at line 5", id="remove the last"),
        pytest.param(["DELETE FROM ledger_entry WHERE sequence > 2"], 3, "ends at line 2", id="truncate"),
        pytest.param(
            ["DELETE FROM ledger_entry WHERE sequence > 4", ENDS_AT_FOUR],
            5,
            "where the log ends was changed",
            id="truncate and set the head back",
        ),
        pytest.param(["DELETE FROM ledger_head"], 7, "where the log ends is missing", id="remove the head"),
        pytest.param(["DELETE FROM ledger_entry", "DELETE FROM ledger_head"], 1, "is missing", id="wipe all"),
        pytest.param(["DELETE FROM ledger_entry"], 1, "6 were written", id="wipe the lines"),
        pytest.param(
            [
                LINE.format("sequence = 100", 3),
                LINE.format("sequence = 3", 4),
                LINE.format("sequence = 4", 100),
            ],
            3,
            "does not follow",
            id="reorder",
        ),
        pytest.param([COPY_OF_THE_LAST], 7, "changed", id="add one at the end"),
    ],
)
def test_tampering_is_found(statements: list[str], first_bad: int, says: str) -> None:
    write(5)
    drop_triggers()
    sql(*statements)
    found = queries.verify()
    assert (found.ok, found.first_bad) == (False, first_bad)
    assert says in found.says
    assert "supervisor" in found.says


def test_a_log_that_was_wiped_and_begun_anew_is_found() -> None:
    write(3)
    drop_triggers()
    sql("DELETE FROM ledger_entry", "DELETE FROM ledger_head")
    write(2)
    found = queries.verify()
    assert (found.ok, found.first_bad) == (False, 1)


@pytest.mark.parametrize(
    ("statements", "first_bad"),
    [
        pytest.param(["DELETE FROM ledger_entry WHERE sequence > 4", ENDS_AT_FOUR], 5, id="truncate, head set back"),
        pytest.param(["DELETE FROM ledger_entry WHERE sequence = 6"], 6, id="remove the last"),
        pytest.param(["UPDATE ledger_head SET seal = 'é'"], 7, id="another seal"),
        pytest.param(["UPDATE ledger_head SET hash = previous FROM ledger_entry"], 7, id="another hash"),
        pytest.param(["DELETE FROM ledger_head"], 7, id="remove the head"),
        pytest.param(["DELETE FROM ledger_entry"], 1, id="wipe the lines"),
    ],
)
@pytest.mark.parametrize("with_triggers", [True, False])
def test_lines_that_follow_never_cover_it_up(statements: list[str], first_bad: int, with_triggers: bool) -> None:
    write(5)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = [row[0] for row in cursor.fetchall()]
    assert len(triggers) == len(TRIGGERS)
    drop_triggers()
    sql(*statements)
    if with_triggers:
        sql(*triggers)
    assert not queries.verify().ok
    write(3)
    found = queries.verify()
    assert (found.ok, found.first_bad) == (False, first_bad)


@pytest.mark.parametrize(
    "change",
    [
        "details = '[1]'",
        "details = 'null'",
        "at = 'nonsense'",
        "hash = 'é'",
        "hash = x'ff'",
        "previous = 'é'",
        "verb = x'00'",
    ],
)
def test_values_that_demur_never_writes_are_found_like_others(change: str) -> None:
    write(4)
    drop_triggers()
    sql(LINE.format(change, 3))
    found = queries.verify()
    assert (found.ok, found.first_bad) == (False, 3)


def test_hashes_made_with_another_key_do_not_fit() -> None:
    write(2)
    held = vault.key()
    rows = list(Entry.objects.values())
    with transaction.atomic():
        # The rows stay readable in this transaction; only the key of the chain is another one.
        assert len(rows) == 3
        Entry.objects.exists()
        vault.unlock(bytes(32))
        found = queries.verify()
    vault.unlock(held)
    assert (found.ok, found.first_bad) == (False, 1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET verb = 'store-locked' WHERE sequence = 2",
        "DELETE FROM ledger_entry WHERE sequence = 2",
        "DELETE FROM ledger_entry",
        "INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry WHERE sequence = 2",
        "INSERT INTO ledger_entry SELECT 9, at, actor, verb, object, details, policy, previous, hash"
        " FROM ledger_entry WHERE sequence = 2",
        "UPDATE ledger_head SET sequence = 1",
        "DELETE FROM ledger_head",
    ],
)
def test_the_database_itself_refuses_changes(statement: str) -> None:
    write(2)
    with pytest.raises(IntegrityError, match="append-only"):
        sql(statement)
    assert queries.verify().ok


def test_the_triggers_are_there() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        assert {name for (name,) in cursor.fetchall()} == TRIGGERS


def test_django_refuses_to_change_or_delete_a_line() -> None:
    write(1)
    line = Entry.objects.get(sequence=2)
    line.actor = "somebody"
    with pytest.raises(IntegrityError):
        line.save()
    with pytest.raises(IntegrityError):
        line.delete()


def test_lines_written_at_the_same_time_still_chain() -> None:
    def work() -> None:
        write(5)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    checked = queries.verify()
    assert (checked.ok, checked.entries) == (True, 21)


@pytest.mark.parametrize(
    "details",
    [
        {"name": "Marisol Quintanilla"},
        {"outcome": "Marisol Quintanilla"},
        {"outcome": "ALLOW"},
        {"categories": "client-name"},
        {"categories": ["client-name", "Marisol"]},
        {"findings": True},
        {"findings": -1},
        {"findings": "3"},
        {"draft": "Ran into Marisol"},
        {"draft": "ab" * 31},
        {"clauses": ["connect/Marisol Quintanilla"]},
        {"network": ""},
        {"sample": 1},
    ],
)
def test_what_somebody_typed_can_not_pass(details: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="the log does not") as caught, transaction.atomic():
        record(Verb.DRAFT_CHECKED, details=details)
    assert "Marisol" not in str(caught.value)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("obj", ["Marisol", "client:Marisol", "client:123", "client", ":" + "0" * 64])
def test_the_object_is_a_kind_and_a_digest(obj: str) -> None:
    with pytest.raises(ValueError, match="keyed digest"), transaction.atomic():
        record(Verb.CLIENT_REMOVED, obj=obj)


def test_the_policy_is_a_digest() -> None:
    with pytest.raises(ValueError, match="digest"), transaction.atomic():
        record(Verb.DRAFT_CHECKED, policy="our policy")


def test_every_verb_has_words_and_fits_its_column() -> None:
    assert all(verb.says for verb in Verb)
    assert max(len(verb) for verb in Verb) <= Entry._meta.get_field("verb").max_length  # type: ignore[operator]
    assert Entry(verb="from-a-newer-demur").says == "from-a-newer-demur"


def test_every_detail_refuses_free_text() -> None:
    assert not [key for key, allows in ALLOWED.items() if allows("Marisol went home") or allows(["Marisol went home"])]


def test_pages_show_the_newest_first() -> None:
    write(60)
    first, second = queries.entries(1), queries.entries(2)
    assert [line.sequence for line in first][:2] == [61, 60]
    assert len(first) == queries.PAGE_SIZE
    assert [line.sequence for line in second][-1] == 1
    assert queries.entries(99).number == 2


def test_the_head_follows() -> None:
    write(3)
    head = Head.objects.get()
    assert (head.sequence, head.hash) == (4, Entry.objects.get(sequence=4).hash)
