"""The inbox in the store: one line for one request wherever it is told, and a log that says nothing of who it was."""

from __future__ import annotations

import json
import threading
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demur.core.accounts import Account, Network, Profile, Purpose
from demur.core.arrivals import Answered, Arrival, Source
from demur.core.content import ConnectionRequest, Direction, RequestKind
from demur.core.people import Relationship, Role
from demur.core.verdicts import Outcome, Verdict
from demur.server.casework.queries import engine
from demur.server.database import vault
from demur.server.database.errors import VaultLocked
from demur.server.ledger.models import Entry
from demur.server.ledger.queries import verify
from demur.server.triage import actions, queries
from demur.server.triage.models import ExceptionRecord, RequestRecord
from demur.server.triage.persons import spelled
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
    assert actions.keep_chart_note(key, "Spoke about online contact.", TODAY)
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
        lambda key: actions.keep_chart_note(key, "x", TODAY),
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
    actions.keep_chart_note(key, "Ileana was hurt.", TODAY)
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


def test_what_is_taken_back_is_logged_as_that() -> None:
    take([arrival()])
    key = only().key
    for note, value, taken_back in (
        (actions.plan_meeting, datetime(2026, 12, 1, 10, tzinfo=UTC), "meeting-taken-back"),
        (actions.note_addressed, TODAY, "meeting-taken-back"),
        (actions.note_supervisor_told, TODAY, "supervisor-taken-back"),
        (lambda key, text: actions.keep_chart_note(key, text, TODAY), "Talked about it.", "chart-note-removed"),
    ):
        assert note(key, value)  # type: ignore[operator]
        assert note(key, "" if isinstance(value, str) else None)  # type: ignore[operator]
        assert Entry.objects.order_by("-sequence").values_list("verb", flat=True)[0] == taken_back


def test_a_wrong_decision_is_open_again_and_a_question_can_be_taken_back() -> None:
    take([arrival(handle="ileana.q")])
    row = only()
    number = agree(row)
    assert queries.as_asked(row).exception is not None
    assert actions.take_back_exception(number)
    assert queries.as_asked(row).exception is None
    assert queries.exceptions(row)[0].agreed is None
    assert actions.take_back_exception(number)
    assert queries.exceptions(row) == []
    assert not actions.take_back_exception(number)


def test_the_inbox_no_longer_speaks_of_an_exception_that_was_looked_at_again() -> None:
    take([arrival(handle="ileana.q")])
    row = only()
    agree(row, days=9)
    later = TODAY + timedelta(days=12)
    assert len(queries.exceptions_to_review(later)) == 1
    agree(row, days=90)
    assert queries.exceptions_to_review(later) == []


def test_the_latest_request_stands_first_whenever_it_was_brought_in() -> None:
    for name, days in (("Ana Example", 3), ("Bo Example", 400), ("Cy Example", 1)):
        day = TODAY - timedelta(days=days)
        take([arrival(name, received=day, as_of=TODAY)])
    assert [row.display_name for row in queries.open_requests()] == ["Cy Example", "Ana Example", "Bo Example"]


def agree(row: RequestRecord, days: int = 90) -> int:
    asked = actions.ask_exception(row.key, "They come to the alumni group.", TODAY)
    assert asked is not None
    assert actions.decide_exception(asked.pk, True, "R. Okafor", TODAY, TODAY + timedelta(days=days))
    return int(asked.pk)


def test_an_exception_covers_what_it_was_asked_for_and_nothing_wider() -> None:
    asked = ConnectionRequest(
        Profile(display_name="Jo Example", handle="@jo.example"),
        Account(Network.FACEBOOK, Purpose.PROFESSIONAL),
        kind=RequestKind.FOLLOW,
        relationship=Relationship.FORMER_CLIENT,
    )
    agree(actions.keep(asked, TODAY))
    covered = {
        (kind, direction, purpose)
        for kind in RequestKind
        for direction in Direction
        for purpose in Purpose
        for row in [
            actions.keep(
                replace(asked, kind=kind, direction=direction, account=Account(Network.FACEBOOK, purpose)), TODAY
            )
        ]
        if queries.as_asked(row).exception is not None
    }
    assert covered == {(RequestKind.FOLLOW, Direction.INCOMING, Purpose.PROFESSIONAL)}


def test_an_exception_does_not_move_with_a_request_to_another_account() -> None:
    take([arrival(handle="ileana.q")])
    agree(only())
    said = only().to_request()
    actions.say(only().key, replace(said, account=replace(said.account, purpose=Purpose.AGENCY)))
    assert queries.as_asked(only()).exception is None
    [still_shown] = queries.exceptions(only())
    assert not still_shown.covers(only())
    actions.say(only().key, said)
    assert queries.as_asked(only()).exception is not None


def test_to_end_an_exception_ends_all_that_cover_the_same() -> None:
    take([arrival(handle="ileana.q"), arrival(handle="ileana.q", kind=RequestKind.MESSAGE)])
    friend, message = (RequestRecord.objects.get(kind=kind) for kind in ("friend", "message"))
    first, _, other = agree(friend), agree(friend, days=200), agree(message)
    assert actions.end_exception(first, TODAY)
    held = queries.as_asked(friend).exception
    assert held is not None
    assert not held.holds_on(TODAY)
    kept = queries.as_asked(message).exception
    assert kept is not None
    assert kept.holds_on(TODAY)
    assert not actions.end_exception(first, TODAY)
    assert actions.end_exception(other, TODAY)
    assert verbs().count("exception-ended") == 3


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
    look = queries.yearly_look(2026, TODAY)
    assert (look.requests, look.still_open, look.by_month[2], sum(look.by_month)) == (3, 1, 3, 3)
    assert look.by_answer["declined"] == 2
    assert (look.addressed, look.days_to_address, look.median_days) == (2, (0, 5), 2.5)
    assert queries.years() == [2026, 2025]
    assert "Person" not in repr(look)
    assert queries.yearly_look(1999, TODAY).median_days is None


def test_neither_what_is_open_nor_a_stranger_waits_for_a_talk(caseload: None) -> None:
    take([arrival(), arrival("Petra Vandermolen"), arrival("Marcus Bellweather"), arrival("Dorothea Brinkerhoff")])
    assert queries.yearly_look(2026, TODAY).not_addressed == 0
    rows = {row.display_name: row for row in RequestRecord.objects.all()}
    for name in ("Ileana Quintanar", "Petra Vandermolen", "Dorothea Brinkerhoff"):
        actions.answer(rows[name].key, Answered.DECLINED, verdict_for(rows[name]), TODAY)
    assert queries.yearly_look(2026, TODAY).not_addressed == 1
    actions.say(rows["Petra Vandermolen"].key, ConnectionRequest(Profile(), relationship=Relationship.FORMER_CLIENT))
    assert queries.yearly_look(2026, TODAY).not_addressed == 2
    actions.note_addressed(rows["Petra Vandermolen"].key, TODAY)
    assert queries.yearly_look(2026, TODAY).not_addressed == 1


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


def answered(row: RequestRecord) -> None:
    actions.answer(row.key, Answered.ACCEPTED, verdict_for(row), TODAY)


def related(row: RequestRecord) -> None:
    actions.say(row.key, ConnectionRequest(Profile(), relationship=Relationship.COLLEAGUE))


SETTLED = [
    answered,
    related,
    agree,
    lambda row: actions.say(row.key, ConnectionRequest(Profile(), served=False)),
    lambda row: actions.keep_chart_note(row.key, "Spoke about it.", TODAY),
    lambda row: actions.plan_meeting(row.key, datetime(2026, 11, 24, 15, tzinfo=UTC)),
]


@pytest.mark.parametrize("settle", SETTLED)
@pytest.mark.parametrize("source", [Source.EXPORT, Source.MAIL, Source.HAND])
@pytest.mark.parametrize(
    "more",
    [
        {"handle": "other.sam"},
        {"handle": "other.sam", "source": Source.LIVE, "remote_id": "7", "received": None},
        {"source": Source.LIVE, "remote_id": "7", "received": None},
        {"received": date(2026, 11, 21), "source": Source.MAIL},
        {"received": None, "source": Source.MAIL, "vouched": False},
    ],
)
def test_nobody_takes_over_what_was_settled_about_a_bare_name(settle, source: Source, more: dict[str, object]) -> None:  # type: ignore[no-untyped-def]
    take([arrival("Sam Example", source=source)])
    settle(only())
    assert take([arrival("Sam Example", **more)]).added == 1  # type: ignore[arg-type]
    assert RequestRecord.objects.filter(message="", answer="").count() >= 1


@pytest.mark.parametrize("settle", SETTLED)
def test_a_bare_name_takes_over_nothing_that_was_settled_about_a_handle(settle) -> None:  # type: ignore[no-untyped-def]
    take([arrival("Sam Example", handle="sam")])
    settle(only())
    assert take([arrival("Sam Example", received=date(2026, 11, 21), source=Source.MAIL)]).added == 1


@pytest.mark.parametrize("settle", SETTLED)
@pytest.mark.parametrize("source", [Source.EXPORT, Source.MAIL])
def test_the_very_line_that_was_told_before_is_the_same_request(settle, source: Source) -> None:  # type: ignore[no-untyped-def]
    lines = [
        arrival("Sam Example", source=source),
        arrival("Sam Example", source=Source.MAIL, received=date(2026, 11, 22)),
        arrival("Sam Example", handle="sam", source=source),
    ]
    assert take(lines).added == 1
    settle(only())
    later = [replace(line, as_of=TODAY + timedelta(days=3)) for line in lines]
    assert take(later).added == 0


def test_a_bare_name_is_the_same_only_for_about_a_week() -> None:
    take([arrival("Sam Example", received=None, source=Source.MAIL, as_of=date(2026, 11, 1))])
    live = {"source": Source.LIVE, "remote_id": "7", "received": None}
    assert take([arrival("Sam Example", handle="sam@example.org", **live)], connector=1).added == 1  # type: ignore[arg-type]
    assert take([arrival("Sam Example", received=date(2026, 11, 9), source=Source.MAIL)]).added == 1
    assert take([arrival("Sam Example", received=None, source=Source.MAIL, as_of=date(2026, 11, 2))]).added == 0


@pytest.mark.parametrize("shows", ["city", "email", "phone", "bio"])
def test_what_tells_two_people_of_one_name_apart_keeps_their_requests_apart(shows: str) -> None:
    def sam(said: str) -> Profile:
        return replace(Profile(display_name="Sam Example"), **{shows: said})  # type: ignore[arg-type]

    take([arrival(profile=sam("Riverton"))])
    assert take([arrival(profile=sam("Lakeside"))]).added == 1
    assert take([arrival(profile=sam("RIVERTON "))]).added == 0
    account = Account(Network.FACEBOOK)
    kept = {actions.keep(ConnectionRequest(sam(said), account), TODAY).pk for said in ("Riverton", "Hilltop")}
    assert kept & set(RequestRecord.objects.filter(**{shows: "Riverton"}).values_list("pk", flat=True))
    assert RequestRecord.objects.count() == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("सुनील", "सनील"),
        ("Ann\u200b", "Ann"),
        ("שָׂרָה", "שרה"),
        ("José", "Jose"),
        ("\u200b", "\u2063"),
        ("\u200b", "\u200b"),
        ("\u0301", "\u0301"),
    ],
)
@pytest.mark.parametrize("field", ["display_name", "handle"])
def test_names_that_only_look_alike_are_not_one_person(one: str, other: str, field: str) -> None:
    take([arrival(profile=Profile(**{field: one})), arrival(profile=Profile(**{field: other}))])  # type: ignore[arg-type]
    assert RequestRecord.objects.count() == 2


def test_two_people_of_one_name_on_one_day_stay_two() -> None:
    first = take([arrival("Maria Garcia"), arrival("Maria Garcia")])
    assert (first.added, first.known) == (2, 0)
    assert take([arrival("Maria Garcia"), arrival("Maria Garcia")]).known == 2
    # A later export that lists a third.
    assert take([arrival("MARIA garcia", as_of=TODAY + timedelta(days=1))] * 3).added == 1
    assert RequestRecord.objects.count() == 3


@pytest.mark.parametrize(
    "more",
    [
        {"profile": Profile(display_name="Maria Garcia", handle="maria.g")},
        {"profile": Profile(display_name="Maria Garcia", email="maria@example.org")},
        {"profile": Profile(display_name="Maria Garcia", phone="555-0142")},
    ],
)
def test_handle_and_address_say_that_two_lines_are_of_one(more: dict[str, object]) -> None:
    assert take([arrival(**more), arrival(**more)]).added == 1
    assert take([arrival(**more), arrival(**more)]).known == 2


def test_a_mail_that_comes_twice_is_one_and_an_export_tells_of_the_second() -> None:
    mail = arrival("Maria Garcia", source=Source.MAIL)
    assert take([mail, mail]).added == 1
    assert take([arrival("Maria Garcia"), arrival("Maria Garcia")]).added == 1
    assert take([mail, arrival("Maria Garcia"), arrival("Maria Garcia")]).added == 0


def test_what_was_settled_about_the_first_is_not_the_seconds() -> None:
    take([arrival("Maria Garcia")])
    related(only())
    two = take([arrival("Maria Garcia"), arrival("Maria Garcia")])
    assert (two.added, two.known) == (1, 1)
    assert list(RequestRecord.objects.order_by("id").values_list("relationship", flat=True)) == ["colleague", ""]


def test_two_that_a_network_lists_by_its_own_ids_are_two() -> None:
    live = [arrival("Maria Garcia", source=Source.LIVE, remote_id=one, received=None) for one in ("7", "8")]
    assert take(live, connector=1).added == 2
    assert sorted(RequestRecord.objects.values_list("remote_id", flat=True)) == ["7", "8"]


def test_a_list_that_says_one_name_for_ever_is_cut_short() -> None:
    assert take([arrival("Maria Garcia")] * 3 * actions.MOST_NAMESAKES).added == actions.MOST_NAMESAKES


told_lines = st.lists(
    st.tuples(
        st.sampled_from(["Maria Garcia", "MARIA  GARCIA", "Sam"]), st.integers(1, 20), st.sampled_from(["", "", "hi"])
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=told_lines, handles=st.lists(st.sampled_from(["ann", "@Ann", "bo"]), max_size=3), cut=st.integers(1, 5))
def test_every_line_of_an_export_is_a_request_once_however_often_it_comes(
    lines: list[tuple[str, int, str]], handles: list[str], cut: int
) -> None:
    RequestRecord.objects.all().delete()
    export = [arrival(name, received=date(2026, 11, day), message=words) for name, day, words in lines]
    export += [arrival(f"Known as {spelled(handle)[-2:]}", handle=handle) for handle in handles]
    people = len(lines) + len({handle.casefold().removeprefix("@") for handle in handles})
    so_far: Counter[actions.Line] = Counter()
    for start in range(0, len(export), cut):
        actions.take_in(export[start : start + cut], TODAY, lines=so_far)
    assert RequestRecord.objects.count() == people
    # The same export again, whole, and later.
    again = take([replace(line, as_of=TODAY + timedelta(days=2)) for line in export])
    assert (again.added, again.known) == (0, len(export))
    held = "\n".join(RequestRecord.objects.values_list("message", flat=True))
    assert all(words in held for _, _, words in lines)


def test_one_name_in_two_spellings_of_the_same_letters_is_one_person() -> None:
    take([arrival("Jos\u00e9 EXAMPLE")])
    assert take([arrival("Jose\u0301  Example")]).known == 1
    take([arrival("Sam", handle="@Sam.X")])
    assert take([arrival("Samuel", handle="sam.x")]).known == 1


def test_a_sign_alone_is_no_handle() -> None:
    take([arrival("Sam Example", handle="@"), arrival("Alex Other", handle="@")])
    assert RequestRecord.objects.count() == 2
    agree(RequestRecord.objects.get(display_name="Sam Example"))
    assert queries.as_asked(RequestRecord.objects.get(display_name="Alex Other")).exception is None


def test_to_keep_the_same_again_keeps_what_was_said_and_logs_it_truly() -> None:
    asked = ConnectionRequest(
        Profile(display_name="Zed Quill", handle="@zed"),
        Account(Network.FACEBOOK, Purpose.PROFESSIONAL),
        relationship=Relationship.CURRENT_CLIENT,
        served=True,
    )
    first = actions.keep(asked, TODAY)
    again = actions.keep(replace(asked, relationship=None, served=False, mandated=True), TODAY)
    assert again.pk == first.pk
    assert again.to_request() == replace(asked, mandated=True)
    details = Entry.objects.filter(verb="requests-taken-in").order_by("sequence").values_list("details", flat=True)
    assert [(line["added"], line["unchanged"]) for line in details] == [(1, 0), (0, 1)]


def test_a_bare_name_kept_again_gets_nothing_that_was_said_of_the_first() -> None:
    colleague = ConnectionRequest(
        Profile(display_name="Zed Quill"), Account(Network.FACEBOOK), relationship=Relationship.COLLEAGUE
    )
    first = actions.keep(colleague, TODAY)
    assert actions.keep(colleague, TODAY).pk == first.pk
    other = actions.keep(replace(colleague, relationship=None), TODAY)
    assert (other.pk != first.pk, other.relationship) == (True, "")


def test_what_was_noted_first_stands() -> None:
    take([arrival()])
    key = only().key
    assert actions.answer(key, Answered.DECLINED, verdict_for(only()), TODAY)
    assert not actions.answer(key, Answered.ACCEPTED, verdict_for(only()), TODAY)
    assert (only().answer, verbs().count("request-answered")) == ("declined", 1)


def people(number: int) -> list[Arrival]:
    return [arrival(f"Person {one}", handle=f"person{one}") for one in range(number)]


def test_many_are_written_in_lots_and_others_write_between_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "LOT", 3)
    seen, failed = [], []

    def another(number: int) -> None:
        try:
            typed = Profile(display_name=f"Typed {number}")
            actions.keep(ConnectionRequest(typed, Account(Network.INSTAGRAM)), TODAY)
        except DatabaseError as error:
            failed.append(error)
        finally:
            connections.close_all()

    def between(number: int) -> None:
        seen.append(number)
        # In a thread of its own, as another request would be: it waits for ever where the store is still held.
        thread = threading.Thread(target=another, args=[number])
        thread.start()
        thread.join()

    assert actions.take_in(people(8), TODAY, progress=between).added == 8
    assert (seen, failed) == ([3, 6, 8], [])
    assert RequestRecord.objects.filter(network="instagram").count() == 3
    assert verify().ok


def test_to_stop_half_way_loses_nothing_and_to_do_it_again_doubles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "LOT", 3)

    def stop(number: int) -> None:
        if number == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.take_in(people(8), TODAY, progress=stop)
    assert RequestRecord.objects.count() == 6
    taken = Entry.objects.filter(verb="requests-taken-in").values_list("details", flat=True)
    assert sum(line["added"] for line in taken) == Entry.objects.filter(verb="request-decided").count() == 6
    assert take(people(8)).known == 6
    assert RequestRecord.objects.count() == 8
    assert verify().ok


def test_what_speaks_of_danger_is_named_however_it_comes() -> None:
    danger = "I want to kill myself tonight"
    first = take([arrival("Sam Example"), arrival("Alex Other", message=danger)])
    alex, sam = (RequestRecord.objects.get(display_name=name) for name in ("Alex Other", "Sam Example"))
    assert first.danger == (alex.key,)
    # Words that come later count, and what waits is named again; what was answered is not, while it says nothing new.
    assert take([arrival("Sam Example", message=danger), arrival("Alex Other", message=danger)]).danger == (
        sam.key,
        alex.key,
    )
    actions.answer(sam.key, Answered.DECLINED, verdict_for(sam), TODAY)
    assert take([arrival("Sam Example", message=danger)]).danger == ()


def test_half_a_character_never_reaches_the_store() -> None:
    half = "A\ud800b"
    profile = Profile(half, half, bio=half, city=half, email=half, phone=half)
    take([arrival(profile=profile, message=half, remote_id=half)])
    kept = actions.keep(ConnectionRequest(profile, Account(Network.X), message=half), TODAY)
    for row in (RequestRecord.objects.exclude(pk=kept.pk).get(), kept):
        assert {row.display_name, row.handle, row.bio, row.city, row.message} == {"A\ufffdb"}
    assert take([arrival(profile=profile, message=half)]).known == 1


def test_what_is_longer_than_what_is_kept_is_known_again() -> None:
    take([arrival("Sam " + "Example" * 100)])
    for _ in range(2):
        assert take([arrival("Sam " + "Example" * 100)]).known == 1


def test_a_store_of_before_knows_its_people_again_and_its_exceptions_hold() -> None:
    take([arrival("José Example", handle="@josé"), arrival("Sam Example")])
    for row in RequestRecord.objects.all():
        agree(row)
    actions.answer(RequestRecord.objects.get(handle="").key, Answered.DECLINED, verdict_for(only_bare()), TODAY)
    RequestRecord.objects.update(person="x", named="x", told=[])
    ExceptionRecord.objects.update(kind="", direction="", purpose="")
    import_module("demur.server.triage.migrations.0002_what_is_covered").fill_in(apps, None)
    assert take([arrival("José Example", handle="@josé"), arrival("Sam Example")]).added == 0
    assert all(queries.as_asked(row).exception is not None for row in RequestRecord.objects.all())


def only_bare() -> RequestRecord:
    return RequestRecord.objects.get(handle="")
