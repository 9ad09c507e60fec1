"""What was called fine, in the store: written with its log line, never with its words, ended when a namesake comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from demur.core.content import Post
from demur.core.findings import Category
from demur.core.people import Client
from demur.core.verdicts import Outcome
from demur.records.caseload_csv import CaseloadReading
from demur.server.casework import actions, queries
from demur.server.casework.models import AllowanceRecord
from demur.server.database import vault
from demur.server.database.errors import VaultLocked
from demur.server.ledger.models import Entry
from demur.server.ledger.queries import verify

OURS = "512-555-0147"
POST = Post(f"Call us on {OURS} about the yard sale!")
MARISOL = Client("c-1", given_name="Marisol", family_name="Achterberg")
DOG = Post("Marisol ate my shoe again.")


def call_fine(
    words: str = OURS,
    rule: str = "phone-number",
    category: Category = Category.PHONE,
    reason: str = "our own line",
    author: str = "M.",
    today: date | None = None,
    until: date | None = None,
) -> AllowanceRecord:
    return actions.call_fine(words, rule, category, reason, author, today or timezone.localdate(), until)


def bring_in(*clients: Client) -> None:
    actions.import_caseload(CaseloadReading(clients, (), "utf-8"))


def last() -> Entry:
    return Entry.objects.order_by("-sequence")[0]


def test_the_engine_leaves_out_what_was_called_fine() -> None:
    before = queries.engine()
    assert before.check(POST).outcome is Outcome.REVISE
    row = call_fine()
    assert queries.engine().check(POST).called_fine == 1
    assert queries.engine().caseload is before.caseload, "nothing is built again"
    assert actions.end_allowance(row.pk)
    assert queries.engine().check(POST).outcome is Outcome.REVISE
    assert not actions.end_allowance(row.pk)


def test_it_ends_by_itself() -> None:
    today = timezone.localdate()
    call_fine(today=today - timedelta(days=10), until=today - timedelta(days=1))
    assert queries.engine().check(POST).called_fine == 0
    assert len(queries.allowances()) == 1


def test_calling_it_fine_again_takes_the_place_of_the_first_time() -> None:
    call_fine(reason="first")
    call_fine(words=f" {OURS} ", reason="second")
    assert [row.reason for row in queries.allowances()] == ["second"]


def test_the_log_says_that_and_nothing_of_what() -> None:
    row = call_fine(reason="line of the front desk")
    assert (last().verb, last().details) == ("called-fine", {"categories": ["phone"]})
    actions.end_allowance(row.pk)
    assert last().verb == "no-longer-fine"
    everything = str(Entry.objects.values_list())
    assert "555-0147" not in everything
    assert "5550147" not in everything
    assert "front desk" not in everything
    assert verify().ok


def test_no_words_are_in_the_store() -> None:
    call_fine()
    with connection.cursor() as cursor:
        rows = cursor.execute("SELECT * FROM casework_allowancerecord").fetchall()
    assert len(rows) == 1
    assert "555-0147" not in str(rows)
    assert "5550147" not in str(rows)


@pytest.mark.parametrize("wrong", [{"reason": " "}, {"author": ""}, {"reason": "x" * 301}])
def test_a_reason_and_an_author_are_needed(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"reason|longer"):
        call_fine(**wrong)
    assert queries.allowances() == []


def test_it_lasts_two_years_at_most() -> None:
    today = timezone.localdate()
    for until in (today - timedelta(days=1), today + timedelta(days=731)):
        with pytest.raises(ValueError, match=r"day is past|years away"):
            call_fine(until=until)


def test_a_locked_store_gives_nothing() -> None:
    vault.lock()
    with pytest.raises(VaultLocked):
        queries.allowlist_key()


def fine_dog() -> None:
    call_fine("Marisol", "caseload-given-name", Category.CLIENT_NAME, "the dog")
    assert queries.engine().check(DOG).called_fine == 1


def test_a_namesake_who_comes_onto_the_caseload_ends_it() -> None:
    bring_in(MARISOL)
    fine_dog()
    bring_in(Client("c-2", given_name="Ileana", family_name="Quintanar"))
    bring_in(replace(MARISOL, city="Riverton"))
    assert queries.engine().check(DOG).called_fine == 1, "others, and what is no name, change nothing"
    bring_in(Client("c-3", given_name="Marisól", family_name="Fernhollow"))
    assert queries.engine().check(DOG).outcome is Outcome.ASK
    assert "no-longer-fine" in set(Entry.objects.values_list("verb", flat=True))


def test_a_client_who_takes_that_name_ends_it() -> None:
    bring_in(MARISOL, Client("c-2", given_name="Ileana", family_name="Quintanar"))
    fine_dog()
    bring_in(Client("c-2", given_name="Ileana", family_name="Quintanar", preferred_name="Marisol"))
    assert queries.engine().check(DOG).called_fine == 0


ROBERT = Client("y-1", given_name="Robert", family_name="Young")
MARIA = Client("y-2", given_name="Maria", family_name="Grant")
PLAIN = [("Robert", "caseload-given-name"), ("Maria", "caseload-given-name")]
OTHERWISE = [
    ("R. Young", "caseload-name-and-initial"),
    ("R.Y.", "caseload-initials"),
    ("🌹", "caseload-emoji-name"),
    ("Mar1a", "caseload-given-name"),
    ("Mariaaaa", "caseload-given-name"),
    ("M a r i a", "caseload-given-name"),
    ("M*ria", "caseload-masked-name"),
    ("will_grant", "caseload-name-run-together"),
]


@pytest.mark.parametrize(
    "newcomer",
    [
        Client("y-3", given_name="Ruth", family_name="Young"),
        Client("y-3", given_name="Rose", family_name="Yarrow"),
        replace(MARIA, preferred_name="Mari"),
    ],
)
def test_what_could_stand_for_many_ends_with_anybody_new(newcomer: Client) -> None:
    bring_in(ROBERT, MARIA)
    for words, rule in PLAIN + OTHERWISE:
        call_fine(words, rule, Category.CLIENT_NAME)
    call_fine()
    bring_in(replace(ROBERT, city="Riverton"))
    assert len(queries.allowances()) == len(PLAIN + OTHERWISE) + 1, "nobody is new"
    bring_in(newcomer)
    assert sorted(row.rule for row in queries.allowances()) == sorted([*(rule for _, rule in PLAIN), "phone-number"])


def test_somebody_new_with_the_same_initial_is_asked_about() -> None:
    bring_in(ROBERT)
    call_fine("R. Young", "caseload-name-and-initial", Category.CLIENT_NAME)
    bring_in(Client("y-3", given_name="Ruth", family_name="Young"))
    verdict = queries.engine().check(Post("Coffee with R. Young"))
    assert (verdict.outcome, verdict.called_fine) == (Outcome.ASK, 0)


def test_a_plain_name_of_somebody_who_left_ends_too() -> None:
    """Whose name it was is not known any more, so it could be anybody's."""
    bring_in(ROBERT)
    call_fine("Robert", "caseload-given-name", Category.CLIENT_NAME)
    actions.remove_client("y-1")
    bring_in(MARIA)
    assert queries.allowances() == []


def test_an_older_store_gets_the_table() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate([("casework", "0001_initial")])
    assert "casework_allowancerecord" not in connection.introspection.table_names()
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    call_fine()
    assert len(queries.allowances()) == 1
