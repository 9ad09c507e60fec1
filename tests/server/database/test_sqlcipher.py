from __future__ import annotations

import datetime
import decimal
import sqlite3
import sys
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models import Count, F, Func, Sum
from django.db.models.functions import ExtractYear, TruncMonth
from django.test.utils import isolate_apps

from demur.records.caseload_csv import read_caseload
from demur.server.casework.actions import import_caseload
from demur.server.casework.models import ClientRecord
from demur.server.casework.sample import CASELOAD, sample_folder
from demur.server.database import vault
from demur.server.database.errors import VaultLocked
from demur.server.database.sqlcipher.base import KeyDoesNotFit


@pytest.fixture
def everything() -> Iterator[type[Any]]:
    """A table with a column of every kind that Django knows and Demur may come to use."""
    with isolate_apps("demur.server.casework"):

        class Everything(models.Model):
            day = models.DateField(null=True)
            moment = models.DateTimeField(null=True)
            clock = models.TimeField(null=True)
            amount = models.DecimalField(max_digits=12, decimal_places=4, null=True)
            yes = models.BooleanField(null=True)
            tree = models.JSONField(null=True)
            raw = models.BinaryField(null=True)
            span = models.DurationField(null=True)
            number = models.FloatField(null=True)
            big = models.BigIntegerField(null=True)
            name = models.CharField(max_length=50, unique=True)
            mark = models.UUIDField(null=True)

            class Meta:
                app_label = "casework"

        with connection.schema_editor() as editor:
            editor.create_model(Everything)
        yield Everything


def test_every_kind_of_value_comes_back_as_it_went_in(everything: Any) -> None:
    values = {
        "day": datetime.date(1956, 2, 29),
        "moment": datetime.datetime(2025, 7, 4, 23, 59, 58, 123456, tzinfo=datetime.UTC),
        "clock": datetime.time(7, 5, 3, 999999),
        "amount": decimal.Decimal("12345678.9012"),
        "yes": True,
        "tree": {"list": [1, 2.5, None, "é🙂"], "empty": {}},
        "raw": bytes(range(256)),
        "span": datetime.timedelta(days=-3, microseconds=17),
        "number": 0.1,
        "big": -(2**63),
        "name": "O'Brien % %s \x00 é 漢 🙂 \u202e",
        "mark": uuid.UUID(int=7),
    }
    pk = everything.objects.create(**values).pk
    row = everything.objects.get(pk=pk)
    for field, value in values.items():
        got = getattr(row, field)
        assert got == value, field
        assert type(got) is type(value), field


def test_nothing_comes_back_as_none(everything: Any) -> None:
    pk = everything.objects.create(name="empty").pk
    row = everything.objects.get(pk=pk)
    assert {getattr(row, field.name) for field in everything._meta.fields} == {None, pk, "empty"}


def test_djangos_functions_work_in_the_database(everything: Any) -> None:
    for number, name in enumerate(["Ana", "ANTON", "Béla"], start=1):
        everything.objects.create(
            name=name,
            day=datetime.date(2020 + number, 5, number),
            amount=decimal.Decimal("1.5") * number,
            tree={"n": number},
            moment=datetime.datetime(2024, number, 15, tzinfo=datetime.UTC),
        )
    rows = everything.objects
    assert rows.filter(name__iregex=r"^an(a|ton)$").count() == 2
    assert rows.filter(name__regex=r"^An").count() == 1
    assert rows.filter(name__icontains="an").count() == 2
    assert rows.filter(tree__n=2).get().name == "ANTON"
    assert rows.filter(day__year=2023).get().name == "Béla"
    assert sorted(rows.annotate(y=ExtractYear("day")).values_list("y", flat=True)) == [2021, 2022, 2023]
    assert rows.annotate(m=TruncMonth("moment")).values("m").distinct().count() == 3
    assert rows.aggregate(total=Sum("amount"))["total"] == decimal.Decimal("9.0")
    assert rows.aggregate(n=Count("id"))["n"] == 3
    assert rows.annotate(h=Func(F("name"), function="SHA256")).first().h
    assert rows.filter(name__in=["Ana"]).update(number=F("id") + 0.5) == 1


def test_many_rows_at_once_and_placeholders_by_name(everything: Any) -> None:
    everything.objects.bulk_create([everything(name=f"n{number}") for number in range(1500)])
    assert everything.objects.count() == 1500
    table = everything._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET number = %s WHERE name = %s", [(1.0, "n1"), (2.0, "n2")])
        cursor.execute(f"SELECT name FROM {table} WHERE number = %(wanted)s AND '%%' = '%%'", {"wanted": 2.0})
        assert cursor.fetchall() == [("n2",)]
        cursor.executemany(f"UPDATE {table} SET number = %(to)s WHERE name = 'n1'", ({"to": n} for n in (5.0, 6.0)))
        cursor.execute(f"SELECT number FROM {table} WHERE name = 'n1'")
        assert cursor.fetchone() == (6.0,)


def test_a_broken_rule_is_djangos_integrity_error(everything: Any) -> None:
    everything.objects.create(name="once")
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        everything.objects.create(name="once")
    assert "once" not in str(caught.value)
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {everything._meta.db_table} SET name = NULL")


def test_transactions_and_savepoints(everything: Any) -> None:
    def broken() -> None:
        with transaction.atomic():
            everything.objects.create(name="outer")
            try:
                with transaction.atomic():
                    everything.objects.create(name="inner")
                    raise KeyError
            except KeyError:
                pass
            assert list(everything.objects.values_list("name", flat=True)) == ["outer"]
            raise LookupError

    with pytest.raises(LookupError):
        broken()
    assert not everything.objects.exists()


def test_writers_in_threads_queue_up() -> None:
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for each in range(5):
                with transaction.atomic():
                    ClientRecord.objects.count()
                    ClientRecord.objects.create(client_id=f"{number}-{each}")
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert ClientRecord.objects.count() == 20


def test_another_key_does_not_open_the_file() -> None:
    ClientRecord.objects.create(client_id="1")
    held = vault.key()
    vault.unlock(bytes(32))
    with pytest.raises(KeyDoesNotFit):
        ClientRecord.objects.count()
    assert issubclass(KeyDoesNotFit, DatabaseError)
    vault.unlock(held)
    assert ClientRecord.objects.count() == 1


def test_a_lock_ends_connections_that_were_open() -> None:
    assert ClientRecord.objects.count() == 0
    vault.lock()
    with pytest.raises(VaultLocked):
        ClientRecord.objects.count()


def test_a_transaction_under_way_at_the_lock_ends_whole() -> None:
    held = vault.key()
    with transaction.atomic():
        ClientRecord.objects.create(client_id="1")
        vault.lock()
        ClientRecord.objects.create(client_id="2")
    with pytest.raises(VaultLocked):
        ClientRecord.objects.count()
    vault.unlock(held)
    assert ClientRecord.objects.count() == 2


def test_the_standard_library_can_read_nothing_of_it(store: Any) -> None:
    ClientRecord.objects.create(client_id="1")
    connection.close()
    plain = sqlite3.connect(store.files / "store.db")
    try:
        with pytest.raises(sqlite3.DatabaseError):
            plain.execute("SELECT count(*) FROM sqlite_master").fetchone()
    finally:
        plain.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("temp_store", 2),
        ("secure_delete", 1),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("busy_timeout", 10_000),
    ],
)
def test_settings_of_each_connection(pragma: str, value: object) -> None:
    with connection.cursor() as cursor:
        assert cursor.execute(f"PRAGMA {pragma}").fetchone()[0] == value


def _words_of_the_sample() -> set[bytes]:
    reading = read_caseload((sample_folder() / CASELOAD).read_bytes())
    words = set()
    for client in reading.clients:
        words |= {client.given_name, client.family_name, client.preferred_name, *client.other_names, *client.handles}
        words |= {client.middle_name, client.email, client.phone, client.city}
    # Three letters or fewer turn up in any random megabyte.
    return {form.encode() for word in words if len(word) > 3 for form in (word, word.upper(), word.lower())}


def _files_holding(folder: Path, words: set[bytes]) -> set[str]:
    return {file.name for file in folder.rglob("*") if file.is_file() for word in words if word in file.read_bytes()}


def test_no_name_of_the_caseload_is_in_any_file_of_the_store(store: Any) -> None:
    words = _words_of_the_sample()
    assert len(words) > 100
    import_caseload(read_caseload((sample_folder() / CASELOAD).read_bytes()))
    # The connection is still open, so what was written lies in the write-ahead log as well.
    assert {file.name for file in store.files.iterdir()} >= {"store.db", "store.db-wal", "store.db-shm"}
    assert (store.files / "store.db-wal").stat().st_size > 0
    assert _files_holding(store.folder, words) == set()
    connection.close()
    assert {file.name for file in store.files.iterdir()} == {"store.db", "store.json", "store.key"}
    assert _files_holding(store.folder, words) == set()


def test_the_search_above_would_find_a_name(tmp_path: Path) -> None:
    """The same people in an ordinary SQLite file are found, so the search is not blind."""
    reading = read_caseload((sample_folder() / CASELOAD).read_bytes())
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("CREATE TABLE client (name TEXT)")
    plain.executemany("INSERT INTO client VALUES (?)", [(client.family_name,) for client in reading.clients])
    plain.commit()
    plain.close()
    assert _files_holding(tmp_path, _words_of_the_sample()) == {"plain.db"}


@pytest.mark.skipif(sys.platform != "linux", reason="looks at the open files of the process, which only Linux lists")
def test_a_large_sort_opens_no_temporary_file() -> None:
    ClientRecord.objects.bulk_create(
        [ClientRecord(client_id=str(number), given_name="x" * 200 + str(-number)) for number in range(5000)]
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT given_name FROM casework_clientrecord ORDER BY given_name || city")
        cursor.fetchone()
        opened = [str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    assert not [name for name in opened if "etilqs" in name]
