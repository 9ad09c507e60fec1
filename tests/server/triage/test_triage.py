"""The inbox in the store: one line for one request wherever it is told, and a log that says nothing of who it was."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from demur.core.accounts import Account, Network, Profile, Purpose
from demur.core.arrivals import Answered, Arrival, Source
from demur.core.content import ConnectionRequest, RequestKind
from demur.core.people import Relationship, Role
from demur.core.verdicts import Outcome, Verdict
from demur.server.casework.queries import engine
from demur.server.database import vault
from demur.server.database.errors import VaultLocked
from demur.server.ledger.models import Entry
from demur.server.ledger.queries import verify
from demur.server.triage import actions, queries
from demur.server.triage.models import ExceptionRecord, RequestRecord
from tests.server.conftest import Store

TODAY = date(2026, 11, 22)


def arrival(name: str = "Ileana Quintanar", handle: str = "", **more: object) -> Arrival:
    values: dict[str, object] = {
        "network": Network.FACEBOOK,
        "profile": Profile(display_name=name, handle=handle),
        "as_of": TODAY,
        "source": Source.EXPORT,
        "received": date(2026, 11, 20),
    }
    return Arrival(**{**values, **more})  # type: ignore[arg-type]


def take(arrivals: list[Arrival], connector: int | None = None) -> actions.TakenIn:
    return actions.take_in(arrivals, TODAY, connector=connector)


def verdict_for(row: RequestRecord) -> Verdict:
    return engine().decide(queries.as_asked(row), TODAY)


def only() -> RequestRecord:
    [row] = RequestRecord.objects.all()
    return row


def verbs() -> list[str]:
    return list(Entry.objects.order_by("sequence").values_list("verb", flat=True))[1:]


def test_the_same_export_twice_changes_nothing() -> None:
    first = take([arrival(), arrival("Petra Vandermolen")])
    again = take([arrival(), arrival("Petra Vandermolen")])
    assert (first.added, first.known, len(first.keys)) == (2, 0, 2)
    assert (again.added, again.known, again.keys) == (0, 2, ())
    assert RequestRecord.objects.count() == 2


def test_mail_and_export_tell_of_one_request_and_fill_each_other_up() -> None:
    take(
        [arrival(network=Network.LINKEDIN, source=Source.MAIL, vouched=False, as_of=date(2026, 11, 19), received=None)]
    )
    told = arrival(handle="ileana-quintanar", network=Network.LINKEDIN, message="Hello!", received=date(2026, 11, 18))
    assert take([told]).known == 1
    row = only()
    assert (row.handle, row.message, row.received) == ("ileana-quintanar", "Hello!", date(2026, 11, 18))
    assert (row.as_of, row.vouched) == (TODAY, True)
    # Now that the handle is known, the same name without one is still the same request.
    assert take([arrival(network=Network.LINKEDIN, received=None)]).known == 1


@pytest.mark.parametrize(
    "other",
    [
        {"network": Network.INSTAGRAM},
        {"kind": RequestKind.MESSAGE},
        {"received": date(2026, 8, 1)},
        {"received": date(2026, 11, 19)},  # two people with one name, in one export
        {"profile": Profile(display_name="Ileana Quintanar", handle="another.one")},
    ],
)
def test_another_network_kind_time_or_handle_is_another_request(other: dict[str, object]) -> None:
    take([arrival(handle="ileana.q")])
    assert take([arrival(**{"handle": "ileana.q", **other} if "profile" not in other else other)]).added == 1


def test_nameless_requests_are_never_taken_for_one_person() -> None:
    assert take([arrival(""), arrival("")]).added == 2


def test_who_was_declined_and_asks_again_is_listed_again() -> None:
    take([arrival()])
    row = only()
    actions.answer(row.key, Answered.DECLINED, verdict_for(row), TODAY)
    # An older export still lists the request that was declined since.
    assert take([arrival()]).answered == 1
    assert queries.count_open() == 0
    assert take([arrival(received=TODAY + timedelta(days=2), as_of=TODAY + timedelta(days=3))]).added == 1
    assert queries.count_open() == 1


def test_what_a_network_lists_live_after_a_decline_is_open_again() -> None:
    live = arrival(handle="i@example.org", network=Network.MASTODON, source=Source.LIVE, remote_id="77", received=None)
    take([live], connector=3)
    row = only()
    assert (row.remote_id, row.connector) == ("77", 3)
    actions.answer(row.key, Answered.LEFT, verdict_for(row), TODAY)
    assert take([live], connector=3).added == 0
    actions.reopen(row.key)
    actions.answer(row.key, Answered.DECLINED, verdict_for(row), TODAY)
    assert take([live], connector=3).added == 1


def test_what_was_typed_is_kept_with_what_was_said() -> None:
    asked = ConnectionRequest(
        Profile(display_name="Ileana Quintanar", city="Riverton"),
        Account(Network.INSTAGRAM, Purpose.PROFESSIONAL),
        kind=RequestKind.FOLLOW,
        role=Role.THERAPIST,
        relationship=Relationship.FORMER_CLIENT,
        mandated=True,
        served=True,
    )
    row = actions.keep(asked, TODAY)
    assert row.to_request() == asked
    assert actions.keep(asked, TODAY).pk == row.pk


def test_an_answer_keeps_what_the_policy_had_said_and_can_be_taken_back(caseload: None) -> None:
    take([arrival()])
    key = only().key
    assert actions.answer(key, Answered.DECLINED, verdict_for(only()), TODAY)
    row = only()
    assert (row.answer, row.answered_on, row.outcome) == ("declined", TODAY, Outcome.DECLINE.word)
    assert row.clauses
    assert len(row.policy) == 64
    assert actions.reopen(key)
    row = only()
    assert (row.answer, row.answered_on, row.outcome, row.clauses, row.policy) == ("", None, "", [], "")
    assert not actions.reopen(key)


def test_what_happened_afterwards_is_noted_once() -> None:
    take([arrival()])
    key = only().key
    at = datetime(2026, 11, 24, 15, tzinfo=UTC)
    assert actions.plan_meeting(key, at)
    assert actions.plan_meeting(key, at)
    assert actions.note_addressed(key, TODAY)
    assert actions.note_supervisor_told(key, TODAY)
    assert actions.keep_chart_note(key, "Spoke about online contact.")
    assert verbs() == [
        "request-decided", "requests-taken-in", "meeting-planned", "meeting-held", "supervisor-told", "chart-note-kept",
    ]  # fmt: skip
    assert actions.note_addressed(key, None)
    assert only().addressed_on is None


@pytest.mark.parametrize(
    "change",
    [
        lambda key: actions.reopen(key),
        lambda key: actions.plan_meeting(key, None),
        lambda key: actions.note_addressed(key, TODAY),
        lambda key: actions.keep_chart_note(key, "x"),
        lambda key: actions.remove(key),
        lambda key: actions.say(key, ConnectionRequest(Profile())),
        lambda key: actions.ask_exception(key, "because", TODAY) is not None,
    ],
)
def test_what_is_not_there_is_not_changed(change) -> None:  # type: ignore[no-untyped-def]
    before = Entry.objects.count()
    assert not change("0" * 32)
    assert Entry.objects.count() == before


def test_the_log_says_nothing_of_who_asked_or_what_came_out(caseload: None, store: Store) -> None:
    take([arrival(message="Hola, it is me from the Tuesday group")])
    key = only().key
    actions.answer(key, Answered.DECLINED, verdict_for(only()), TODAY)
    actions.keep_chart_note(key, "Ileana was hurt.")
    asked = actions.ask_exception(key, "She is my neighbor.", TODAY)
    assert asked is not None
    actions.decide_exception(asked.pk, True, "R. Okafor", TODAY, TODAY + timedelta(days=90))
    actions.remove(key)
    said = json.dumps(list(Entry.objects.values()), default=str)
    for word in ("Ileana", "Tuesday", "hurt", "neighbor", "Okafor", key, "current-client", '"match"'):
        assert word not in said
    assert verify().ok
    connection.close()
    held = b"".join(path.read_bytes() for path in store.files.rglob("*") if path.is_file())
    assert b"Quintanar" not in held


def test_a_client_and_a_stranger_leave_the_same_lines(caseload: None) -> None:
    lines = []
    for name in ("Ileana Quintanar", "Dorothea Brinkerhoff"):
        before = Entry.objects.count()
        take([arrival(name)])
        row = RequestRecord.objects.get(display_name=name)
        actions.answer(row.key, Answered.DECLINED, verdict_for(row), TODAY)
        lines.append(list(Entry.objects.order_by("sequence").values_list("verb", "details", "policy")[before:]))
    assert lines[0] == lines[1]


def test_an_exception_is_asked_decided_and_over() -> None:
    take([arrival(handle="ileana.q")])
    row = only()
    assert queries.as_asked(row).exception is None
    with pytest.raises(ValueError, match="reason"):
        actions.ask_exception(row.key, "  ", TODAY)
    asked = actions.ask_exception(row.key, "We were neighbors for ten years.", TODAY)
    assert asked is not None
    assert queries.as_asked(row).exception is None
    for by, until in (("", TODAY + timedelta(9)), ("R. O.", None), ("R. O.", TODAY), ("R. O.", TODAY + timedelta(400))):
        with pytest.raises(ValueError, match=r"who decided|review"):
            actions.decide_exception(asked.pk, True, by, TODAY, until)
    until = TODAY + timedelta(days=90)
    assert actions.decide_exception(asked.pk, True, "R. Okafor", TODAY, until)
    assert not actions.decide_exception(asked.pk, False, "R. Okafor", TODAY, None)
    agreed = queries.as_asked(row).exception
    assert agreed is not None
    assert agreed.holds_on(until)
    assert not agreed.holds_on(until + timedelta(days=1))
    assert queries.exceptions_to_review(until) == []
    assert len(queries.exceptions_to_review(until + timedelta(days=1))) == 1
    assert queries.exceptions_to_review(until + timedelta(days=99)) == []
    # It holds for this person's next request on that network, too.
    actions.answer(row.key, Answered.DECLINED, verdict_for(row), TODAY)
    take([arrival(handle="ileana.q", received=TODAY + timedelta(days=9), as_of=TODAY + timedelta(days=9))])
    [next_one] = queries.open_requests()
    assert queries.as_asked(next_one).exception == agreed
    assert actions.end_exception(asked.pk, TODAY)
    assert not actions.end_exception(asked.pk, TODAY)
    ended = queries.as_asked(row).exception
    assert ended is not None
    assert not ended.holds_on(TODAY)


def test_an_exception_never_holds_for_somebody_else_of_the_same_name() -> None:
    take([arrival("Maria Garcia"), arrival(""), arrival("", network=Network.X)])
    for row in RequestRecord.objects.all():
        asked = actions.ask_exception(row.key, "My neighbor.", TODAY)
        assert asked is not None
        actions.decide_exception(asked.pk, True, "R. O.", TODAY, TODAY + timedelta(days=90))
    later = TODAY + timedelta(days=30)
    more = [arrival("Maria Garcia", received=later, as_of=later), arrival("", received=later, as_of=later)]
    for key in take(more).keys:
        row = RequestRecord.objects.get(key=key)
        assert queries.as_asked(row).exception is None


def test_a_refused_exception_changes_nothing() -> None:
    take([arrival()])
    asked = actions.ask_exception(only().key, "Because.", TODAY)
    assert asked is not None
    assert actions.decide_exception(asked.pk, False, "R. O.", TODAY, None)
    assert queries.as_asked(only()).exception is None
    assert ExceptionRecord.objects.get().agreed is False


def test_a_year_is_counted_without_names() -> None:
    take([arrival(f"Person {number}", received=date(2026, 3, number)) for number in (1, 2, 3)])
    take([arrival("Somebody Else", network=Network.X, received=date(2025, 3, 1))])
    for number, row in enumerate(RequestRecord.objects.filter(network="facebook").order_by("received")):
        if number < 2:
            actions.answer(row.key, Answered.DECLINED, verdict_for(row), TODAY)
            assert row.received is not None
            actions.note_addressed(row.key, row.received + timedelta(days=5 * number))
    look = queries.yearly_look(2026)
    assert (look.requests, look.still_open, look.by_month[2], sum(look.by_month)) == (3, 1, 3, 3)
    assert look.by_answer["declined"] == 2
    assert (look.addressed, look.days_to_address, look.median_days) == (2, (0, 5), 2.5)
    assert queries.years() == [2026, 2025]
    assert "Person" not in repr(look)
    assert queries.yearly_look(1999).median_days is None


def test_nothing_is_read_while_the_store_is_locked() -> None:
    take([arrival()])
    vault.lock()
    connection.close()
    for locked in (queries.open_requests, lambda: take([arrival()])):
        with pytest.raises(VaultLocked):
            locked()


def test_errors_hold_no_name() -> None:
    take([arrival()])
    assert "Ileana" not in str(only())
    asked = actions.ask_exception(only().key, "Ileana is my neighbor.", TODAY)
    assert "Ileana" not in str(asked)


def test_one_account_never_gets_what_came_to_another() -> None:
    live = arrival(handle="i@example.org", network=Network.MASTODON, source=Source.LIVE, remote_id="7", received=None)
    actions.take_in([live], TODAY, Purpose.PROFESSIONAL, connector=1)
    assert actions.take_in([live], TODAY, Purpose.PERSONAL, connector=2).added == 1
    assert actions.take_in([live], TODAY, Purpose.PROFESSIONAL, connector=3).added == 1
    assert set(RequestRecord.objects.values_list("purpose", "connector")) == {
        ("professional", 1), ("personal", 2), ("professional", 3),
    }  # fmt: skip


def test_no_message_is_dropped_by_a_merge() -> None:
    message = {"handle": "i.q", "kind": RequestKind.MESSAGE}
    take([arrival(**message, message="Hi, how are you?")])
    assert take([arrival(**message, message="I want to kill myself tonight")]).added == 1
    take([arrival(message="Hi!")])
    take([arrival(message="I want to kill myself tonight")])
    row = RequestRecord.objects.get(kind="friend")
    assert row.message == "Hi!\n\nI want to kill myself tonight"
    assert verdict_for(row).in_crisis


def test_a_handle_never_takes_over_what_was_said_of_a_bare_name() -> None:
    take([arrival("Sam Example")])
    actions.say(only().key, ConnectionRequest(Profile(), relationship=Relationship.COLLEAGUE))
    assert take([arrival("Sam Example", handle="other.sam")]).added == 1
