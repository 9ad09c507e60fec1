"""Check-ups in the store: progress kept, the last one known, and a log that tells the network alone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demur.core.accounts import Network, Purpose
from demur.core.settings import CheckUp, Inbox, Noted, Observed, Origin, StepAnswer
from demur.networks.settings.catalogue import settings_of
from demur.networks.settings.checkup import LATER, changes, is_complete, read_values, start, steps
from demur.server.checkups import actions, queries
from demur.server.checkups.models import CheckUpRecord
from demur.server.ledger.models import Entry

DAY = date(2026, 11, 22)
WHOSE = Network.TIKTOK, Purpose.PERSONAL
NEVER = """@id("message/never")
@title("Nobody writes to us there")
@outcome("decline")
@cites("NASW-1.07r")
@says("Call the office.")
forbid (principal, action == Action::"message", resource) when { context.direction == Direction::"incoming" };
"""
NEVER_CASES = """[[case]]
says = "Somebody writes."
met = true
outcome = "decline"
facts = { direction = "incoming", purpose = "professional" }

[[case]]
says = "The worker writes."
met = false
outcome = "decline"
facts = { direction = "outgoing", purpose = "professional" }
"""
ACCOUNT = "/api/v1/accounts/verify_credentials"


def answer_all(network: Network, purpose: Purpose, said: StepAnswer = StepAnswer.DONE, day: date = DAY) -> None:
    row = queries.latest(network, purpose)
    assert row is not None
    for step in steps(row.to_checkup()):
        actions.answer(network, purpose, step.setting.key, said, day)


def lines() -> list[tuple[str, dict[str, object], str]]:
    return [
        (one.verb, one.details, one.object)
        for one in Entry.objects.order_by("sequence")
        if one.verb.startswith("settings-")
    ]


def test_progress_is_kept_and_it_goes_on_where_it_was() -> None:
    row = actions.begin(*WHOSE, DAY)
    first = steps(row.to_checkup())[0].setting.key
    actions.answer(*WHOSE, first, StepAnswer.NOT_NOW, DAY)
    again = actions.begin(*WHOSE, DAY + timedelta(days=3))
    assert again.pk == row.pk
    assert steps(again.to_checkup())[0].answer is StepAnswer.NOT_NOW
    assert not again.done


def test_it_is_done_with_the_last_answer_and_the_log_tells_the_network_alone() -> None:
    actions.begin(*WHOSE, DAY)
    answer_all(*WHOSE)
    row = queries.latest(*WHOSE)
    assert row is not None
    assert row.done
    actions.answer(*WHOSE, steps(row.to_checkup())[0].setting.key, StepAnswer.NOT_NOW, DAY)
    assert queries.latest(*WHOSE).done  # type: ignore[union-attr]
    assert actions.remove(*WHOSE)
    assert not actions.remove(*WHOSE)
    only = {"network": "tiktok"}
    assert lines() == [
        ("settings-check-begun", only, ""),
        ("settings-checked", only, ""),
        ("settings-check-removed", only, ""),
    ]


def test_the_next_one_begins_from_the_last_and_two_are_kept() -> None:
    first = actions.begin(*WHOSE, DAY)
    answer_all(*WHOSE)
    assert actions.begin(*WHOSE, DAY).pk == first.pk, "a done one stays, until somebody asks for the next"
    second = actions.begin(*WHOSE, DAY + timedelta(days=1), anew=True)
    assert second.pk != first.pk
    asked = {step.setting.key for step in steps(second.to_checkup())}
    assert not asked & {step.setting.key for step in steps(first.to_checkup())}, "what was done is not asked again"
    assert queries.before(second) == CheckUpRecord.objects.get(pk=first.pk).to_checkup()
    answer_all(*WHOSE, day=DAY + timedelta(days=1))
    third = actions.begin(*WHOSE, DAY + timedelta(days=2), anew=True)
    kept = list(CheckUpRecord.objects.values_list("pk", flat=True))
    assert kept == [third.pk, second.pk]
    assert len({first.uid, second.uid, third.uid}) == 3


def test_one_that_waited_long_gives_way_and_loses_nothing() -> None:
    row = actions.begin(*WHOSE, DAY)
    key = steps(row.to_checkup())[0].setting.key
    actions.answer(*WHOSE, key, StepAnswer.DONE, DAY)
    later = actions.begin(*WHOSE, DAY + LATER + timedelta(days=1))
    assert later.pk != row.pk
    assert CheckUpRecord.objects.count() == 1
    note = later.to_checkup().noted(key)
    assert note is not None
    assert (note.answer, note.carried) == (StepAnswer.DONE, True)
    assert queries.before(later) is None


def test_another_edition_of_the_catalogue_begins_the_next() -> None:
    row = actions.begin(*WHOSE, DAY)
    CheckUpRecord.objects.filter(pk=row.pk).update(catalogue="000000000000")
    later = actions.begin(*WHOSE, DAY)
    assert later.pk != row.pk
    assert later.catalogue == settings_of(Network.TIKTOK).digest


def test_what_is_read_is_kept_and_what_it_shows_is_compared() -> None:
    whose = Network.MASTODON, Purpose.PERSONAL

    def told(locked: bool, day: date) -> tuple[Observed, ...]:
        return read_values(Network.MASTODON, Origin.LIVE, {(ACCOUNT, "locked"): locked}, day)

    actions.begin(*whose, DAY)
    row = actions.take_in(*whose, told(True, DAY), DAY)
    assert "ma-locked" not in {step.setting.key for step in steps(row.to_checkup())}
    answer_all(*whose)
    later = DAY + timedelta(days=40)
    row = actions.take_in(*whose, told(False, later), later)
    assert not row.done, "a reading after it was done begins the next check-up"
    before = queries.before(row)
    assert before is not None
    assert [(one.key, one.kind.value) for one in changes(before, row.to_checkup())] == [("ma-locked", "opened")]
    assert steps(row.to_checkup())[0].setting.key == "ma-locked"


def test_one_account_is_not_another() -> None:
    actions.begin(Network.X, Purpose.PERSONAL, DAY)
    actions.begin(Network.X, Purpose.PROFESSIONAL, DAY)
    answer_all(Network.X, Purpose.PERSONAL)
    told = {(row.network, row.purpose): row.done for row in queries.all_latest()}
    assert told == {("x", "personal"): True, ("x", "professional"): False}
    assert queries.latest(Network.X, Purpose.AGENCY) is None
    assert actions.answer(Network.X, Purpose.AGENCY, "x-protect", StepAnswer.DONE, DAY) is None


def test_a_key_of_another_network_is_not_taken() -> None:
    actions.begin(*WHOSE, DAY)
    with pytest.raises(ValueError, match="no such setting"):
        actions.answer(*WHOSE, "fb-lock", StepAnswer.DONE, DAY)


def test_the_inbox_is_as_the_policy_answers_somebody_unknown(tmp_path: Path, settings: object) -> None:
    assert queries.inbox(Network.FACEBOOK, Purpose.PERSONAL, DAY) is Inbox.CLOSED
    assert queries.inbox(Network.FACEBOOK, Purpose.PROFESSIONAL, DAY) is Inbox.OPEN
    assert queries.inbox(Network.FACEBOOK, Purpose.AGENCY, DAY) is Inbox.OPEN
    # An agency whose only clause is that nobody writes there.
    (tmp_path / "message").mkdir()
    (tmp_path / "message" / "never.cedar").write_text(NEVER, "utf-8")
    (tmp_path / "message" / "never.cases.toml").write_text(NEVER_CASES, "utf-8")
    settings.POLICY_FOLDER = tmp_path  # type: ignore[attr-defined]
    assert queries.inbox(Network.FACEBOOK, Purpose.PROFESSIONAL, DAY) is Inbox.CLOSED
    row = actions.begin(Network.MASTODON, Purpose.PROFESSIONAL, DAY)
    notify = next(step for step in steps(row.to_checkup()) if step.setting.key == "ma-notify")
    assert notify.recommended == "Filter"


words = st.text(max_size=20)
observed = st.builds(
    Observed,
    key=st.just("k"),
    part=words,
    value=words,
    origin=st.sampled_from(list(Origin)),
    as_of=st.dates(),
    fits=st.none() | st.booleans(),
)
notes = st.builds(
    Noted,
    key=st.just("k"),
    recommended=words,
    answer=st.none() | st.sampled_from(list(StepAnswer)),
    answered_on=st.none() | st.dates(),
    observed=st.lists(observed, max_size=3).map(tuple),
    carried=st.booleans(),
    doubted=st.booleans(),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.lists(notes, max_size=4).map(tuple), st.sampled_from(list(Purpose)), st.sampled_from(list(Inbox)))
def test_the_store_gives_back_what_it_was_given(kept: tuple[Noted, ...], purpose: Purpose, inbox: Inbox) -> None:
    whole = CheckUp(Network.THREADS, purpose, inbox, DAY, "0123456789ab", kept)
    row = CheckUpRecord(uid="0" * 32)
    row.take(whole)
    row.save()
    assert CheckUpRecord.objects.get(pk=row.pk).to_checkup() == whole


def test_nothing_of_it_is_in_messages_of_errors() -> None:
    assert str(actions.begin(*WHOSE, DAY)) == f"check-up record {CheckUpRecord.objects.get().pk}"


@pytest.mark.parametrize("network", [one for one in Network if one is not Network.OTHER])
def test_every_network_can_be_gone_through(network: Network) -> None:
    for purpose in Purpose:
        actions.begin(network, purpose, DAY)
        answer_all(network, purpose, StepAnswer.DOES_NOT_APPLY)
        row = queries.latest(network, purpose)
        assert row is not None
        assert row.done
        assert is_complete(row.to_checkup())
        assert start(network, purpose, Inbox.OPEN, DAY, row.to_checkup()).notes
