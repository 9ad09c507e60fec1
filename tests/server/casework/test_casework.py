from __future__ import annotations

import dataclasses
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from demur.core.accounts import Account, Network
from demur.core.content import Post
from demur.core.people import Caseload, Client, Relationship
from demur.core.verdicts import Outcome, Reason
from demur.policy.policy import InvalidPolicy
from demur.records.caseload_csv import CaseloadReading, Problem, read_caseload
from demur.server.casework import actions, queries
from demur.server.casework.models import ClientRecord
from demur.server.casework.sample import CASELOAD, DRAFTS, REQUESTS, SampleMissing, sample_folder
from demur.server.database import vault
from demur.server.database.errors import VaultLocked
from demur.server.ledger.models import Entry
from demur.server.ledger.queries import verify

LINA = Client(
    client_id="c-1",
    given_name="Lina",
    middle_name="Sol",
    family_name="Ōe-Márquez",
    preferred_name="Lin",
    other_names=("Lina Marquez", "L. Oe"),
    date_of_birth=date(2010, 2, 28),
    email="lina@example.org",
    phone="208-555-0150",
    city="Elk Prairie",
    handles=("@lin.oe",),
    relationship=Relationship.FORMER_CLIENT,
    since=date(2020, 1, 1),
    until=date(2024, 12, 31),
)
BO = Client(client_id="c-2", given_name="Bo", family_name="Achterberg")


def reading(*clients: Client, problems: int = 0) -> CaseloadReading:
    return CaseloadReading(clients, tuple(Problem(n, "Line has no name.") for n in range(problems)), "utf-8")


def last() -> Entry:
    return Entry.objects.order_by("-sequence")[0]


def test_a_client_comes_back_as_it_went_in() -> None:
    actions.import_caseload(reading(LINA, BO))
    assert queries.caseload() == Caseload((LINA, BO))
    assert queries.caseload().digest == Caseload((BO, LINA)).digest


def test_every_field_of_a_client_has_its_column() -> None:
    columns = {field.name for field in ClientRecord._meta.fields}
    assert {field.name for field in dataclasses.fields(Client)} == columns - {"id", "sample"}


def test_importing_twice_updates_and_does_not_double() -> None:
    assert actions.import_caseload(reading(LINA, BO)) == actions.ImportResult(2, 0, 0)
    assert actions.import_caseload(reading(LINA, BO)) == actions.ImportResult(0, 0, 2)
    moved = dataclasses.replace(LINA, city="Larkhaven", handles=())
    assert actions.import_caseload(reading(moved)) == actions.ImportResult(0, 1, 0)
    assert queries.caseload() == Caseload((moved, BO))
    assert queries.count() == 2


def test_an_import_is_logged_with_counts_only() -> None:
    actions.import_caseload(reading(LINA, problems=2))
    assert (last().verb, last().details) == (
        "caseload-imported",
        {"added": 1, "updated": 0, "unchanged": 0, "left_out": 2, "sample": False},
    )
    assert "Lina" not in str(Entry.objects.values_list())


def test_an_import_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise LookupError

    monkeypatch.setattr(actions, "record", fail)
    with pytest.raises(LookupError):
        actions.import_caseload(reading(LINA))
    assert queries.count() == 0
    assert verify().entries == 1


def test_removing_one() -> None:
    actions.import_caseload(reading(LINA, BO))
    assert actions.remove_client("c-1") is True
    assert queries.caseload() == Caseload((BO,))
    assert last().verb == "client-removed"
    assert last().object.startswith("client:")
    assert "c-1" not in last().object
    assert actions.remove_client("c-1") is False
    assert verify().entries == 3


def test_removing_all() -> None:
    actions.import_caseload(reading(LINA, BO))
    assert actions.remove_all() == 2
    assert queries.caseload() == Caseload()
    assert (last().verb, last().details) == ("caseload-removed", {"removed": 2})
    assert actions.remove_all() == 0
    assert verify().entries == 3


def test_the_sample_comes_and_goes_and_leaves_the_own_people_alone() -> None:
    actions.import_caseload(reading(LINA))
    assert actions.load_sample().added == 25
    assert last().verb == "sample-loaded"
    assert queries.has_sample()
    assert queries.count() == 26
    assert actions.load_sample() == actions.ImportResult(0, 0, 25)
    assert actions.remove_sample() == 25
    assert last().verb == "sample-removed"
    assert not queries.has_sample()
    assert queries.caseload() == Caseload((LINA,))


def test_the_own_list_takes_the_place_of_a_sample_and_never_the_other_way() -> None:
    sample = read_caseload((sample_folder() / CASELOAD).read_bytes())
    actions.load_sample()
    own = dataclasses.replace(sample.clients[0], city="Elsewhere")
    assert actions.import_caseload(reading(own)).updated == 1
    actions.load_sample()
    assert ClientRecord.objects.get(client_id=own.client_id).city == "Elsewhere"
    assert actions.remove_sample() == 24
    assert queries.caseload() == Caseload((own,))


def test_the_sample_is_clearly_invented_and_wide() -> None:
    clients = read_caseload((sample_folder() / CASELOAD).read_bytes(), date(2025, 6, 1)).clients
    assert len(clients) == 25
    assert all(client.client_id.startswith("sample-") for client in clients)
    assert all(client.phone == "" or "-555-01" in client.phone for client in clients)
    assert all(client.email == "" or client.email.endswith("@example.org") for client in clients)
    assert sum(client.is_minor(date(2025, 6, 1)) for client in clients) >= 3
    assert {client.relationship for client in clients} >= {
        Relationship.CURRENT_CLIENT,
        Relationship.FORMER_CLIENT,
        Relationship.CLIENT_FAMILY,
    }
    assert len((sample_folder() / DRAFTS).read_text("utf-8").splitlines()) == 20
    assert len((sample_folder() / REQUESTS).read_text("utf-8").splitlines()) == 15


def test_a_missing_sample_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr("demur.server.casework.sample.files", lambda _: tmp_path / "src" / "demur")
    with pytest.raises(SampleMissing, match="Install Demur again"):
        actions.load_sample()


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", {"c-1", "c-2"}),
        ("  ", {"c-1", "c-2"}),
        ("lina", {"c-1"}),
        ("OE-MARQUEZ", {"c-1"}),
        ("márquez lin", {"c-1"}),
        ("@lin.oe", {"c-1"}),
        ("555-0150", {"c-1"}),
        ("achter", {"c-2"}),
        ("c-2", {"c-2"}),
        ("lina achter", set()),
        ("%", set()),
    ],
)
def test_searching(search: str, found: set[str]) -> None:
    actions.import_caseload(reading(LINA, BO))
    assert {row.client_id for row in queries.clients(search)} == found


def test_a_record_shows_no_name_in_messages() -> None:
    actions.import_caseload(reading(LINA))
    row = ClientRecord.objects.get()
    assert "Lina" not in str(row) + repr(row) + repr(list(ClientRecord.objects.all()))


def test_the_engine_is_built_once_for_each_state_of_the_caseload() -> None:
    actions.import_caseload(reading(LINA))
    first = queries.engine()
    assert queries.engine() is first
    actions.import_caseload(reading(LINA))
    assert queries.engine() is first
    actions.import_caseload(reading(BO))
    second = queries.engine()
    assert second is not first
    actions.remove_client("c-1")
    assert queries.engine() is not second


def test_the_engine_knows_the_caseload() -> None:
    post = Post("Lunch with Bo Achterberg.")
    assert queries.engine().check(post).outcome is not Outcome.DECLINE
    actions.import_caseload(reading(BO))
    assert queries.engine().check(post).outcome is Outcome.DECLINE
    actions.remove_all()
    assert queries.engine().check(post).outcome is not Outcome.DECLINE


def test_a_change_by_another_process_is_noticed() -> None:
    before = queries.engine()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO casework_caseloadrevision (id, number) VALUES (1, 7)")
    assert queries.engine() is not before


def test_a_change_of_the_agencys_policy_is_noticed(settings: Any, tmp_path: Path) -> None:
    clause = tmp_path / "publish" / "no-party-politics.cedar"
    clause.parent.mkdir()
    clause.write_text(
        '@id("publish/no-party-politics")\n@title("None")\n@outcome("decline")\n@says("We keep out of it.")\n'
        'forbid (principal, action == Action::"publish", resource);\n',
        "utf-8",
    )
    clause.with_name("no-party-politics.cases.toml").write_text(
        '[[case]]\nsays = "any"\nmet = true\n[[case]]\nsays = "none"\nmet = false\naction = "search"\n', "utf-8"
    )
    settings.POLICY_FOLDER = tmp_path
    before = queries.engine()
    assert queries.engine() is before
    clause.write_text(clause.read_text("utf-8").replace("keep out of it", "stay away from it"), "utf-8")
    assert queries.engine().policy.clause("publish/no-party-politics").says == "We stay away from it."
    clause.write_text("forbid nothing", "utf-8")
    with pytest.raises(InvalidPolicy, match="no-party-politics"):
        queries.engine()
    shutil.rmtree(tmp_path / "publish")
    with pytest.raises(InvalidPolicy, match="no clause found"):
        queries.engine()


def test_a_lock_drops_the_engine() -> None:
    before = queries.engine()
    held = vault.key()
    vault.lock()
    assert queries._cache.built is None
    with pytest.raises(VaultLocked):
        queries.engine()
    vault.unlock(held)
    assert queries.engine() is not before


def test_a_check_is_noted_without_the_draft() -> None:
    actions.import_caseload(reading(LINA))
    post = Post("Lina Ōe-Márquez came in today \ud800", account=Account(Network.X))
    verdict = queries.engine().check(post)
    actions.note_check(verdict, actions.draft_digest(post.text), post)
    line = last()
    assert line.verb == "draft-checked"
    assert line.policy == verdict.policy
    assert line.details["outcome"] == verdict.outcome.word
    assert line.details["network"] == "x"
    assert "client-name" in line.details["categories"]
    assert line.details["draft"] == actions.draft_digest(post.text)
    assert "Lina" not in str(line.details)
    assert verify().ok


def test_a_clause_of_the_agencys_own_with_another_kind_of_name_does_not_stop_the_note() -> None:
    verdict = queries.engine().check(Post("Sunny."))
    odd = Reason("publish/Our Clause №1", "t", "s", Outcome.ALLOW)
    actions.note_check(dataclasses.replace(verdict, reasons=(*verdict.reasons, odd)), actions.draft_digest("Sunny."))
    assert last().details["clauses"] == [reason.clause for reason in verdict.reasons]


def test_the_fingerprint_of_a_draft_is_keyed() -> None:
    held = vault.key()
    first = actions.draft_digest("Sunny.")
    assert first == actions.draft_digest("Sunny.")
    assert first != actions.draft_digest("Sunny")
    vault.unlock(bytes(32))
    assert actions.draft_digest("Sunny.") != first
    vault.unlock(held)


def test_the_migrations_make_what_the_models_say() -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
