"""Brakes against trying out names: the same for everybody, counted before anybody is looked for."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from demur.core.accounts import Account, Network, Profile
from demur.core.content import ConnectionRequest
from demur.core.people import Caseload
from demur.server.asking import brakes
from demur.server.asking.actions import answer, count_typed
from demur.server.asking.brakes import (
    DAY,
    HOUR,
    QUESTIONS_A_DAY,
    QUESTIONS_AN_HOUR,
    SPELLINGS_AN_HOUR,
    Asked,
    TakingABreak,
    due_break,
    plain_name,
    skeleton,
)
from demur.server.asking.models import AskedRecord, BreakRecord
from demur.server.casework import queries
from demur.server.database import vault
from demur.server.ledger.models import Entry
from tests.server.asking.conftest import Clock

pytestmark = pytest.mark.usefixtures("caseload")

TODAY = date(2026, 11, 22)
LETTERS = "bdgjklmnrst"
Ask = Callable[[str], Any]


def stranger(number: int) -> str:
    """Another invented name for each number; no two sound alike."""
    first, second, third = (LETTERS[number // 11**place % 11] for place in range(3))
    return f"O{first}a{second}o Ze{third}i{second}u{first}a"


def request(name: str, **more: Any) -> ConnectionRequest:
    return ConnectionRequest(Profile(display_name=name, **more), Account(Network.INSTAGRAM))


def typed(name: str, **more: Any) -> Any:
    return answer(queries.engine(), request(name, **more), TODAY, typed=True)


def until_the_break(clock: Clock, gap: float = 10) -> int:
    """Ask about strangers until Demur takes a break; how many were answered."""
    for number in range(1_000):
        try:
            typed(stranger(number))
        except TakingABreak:
            return number
        clock.on(seconds=gap)
    raise AssertionError("no break came")


def test_thirty_in_an_hour(clock: Clock) -> None:
    assert until_the_break(clock) == QUESTIONS_AN_HOUR == 30


def test_a_hundred_in_a_day(clock: Clock) -> None:
    assert until_the_break(clock, gap=300) == QUESTIONS_A_DAY == 100
    with pytest.raises(TakingABreak, match=r"in one day\. Demur takes a break until tomorrow, "):
        typed("Perpetua Achterberg")


def test_the_break_ends_when_it_said_and_leaves_room(clock: Clock) -> None:
    until_the_break(clock)
    with pytest.raises(TakingABreak) as pause:
        typed("Perpetua Achterberg")
    said = str(pause.value)
    assert said == (
        "That is a lot of names in one hour. Demur takes a break until 14:23. "
        "What is in your inbox can still be answered."
    )
    end = clock.at + timedelta(seconds=pause.value.seconds)
    clock.on(minutes=30)
    with pytest.raises(TakingABreak) as later:
        typed("Perpetua Achterberg")
    assert str(later.value) == said
    clock.at = end
    for number in range(QUESTIONS_AN_HOUR // 2):
        typed(stranger(600 + number))


def test_a_break_is_noted_once(clock: Clock) -> None:
    until_the_break(clock)
    for _ in range(3):
        with pytest.raises(TakingABreak):
            typed("Perpetua Achterberg")
    lines = Entry.objects.filter(verb="questions-paused")
    assert [(line.details, line.object) for line in lines] == [({}, "")]


def test_what_was_asked_in_a_break_is_not_answered_and_not_counted(clock: Clock) -> None:
    until_the_break(clock)
    counted, lines = AskedRecord.objects.count(), Entry.objects.count()
    with pytest.raises(TakingABreak):
        typed("Marcus Bellweather")
    assert (AskedRecord.objects.count(), Entry.objects.count()) == (counted, lines)


def test_the_inbox_is_answered_in_a_break(clock: Clock) -> None:
    until_the_break(clock)
    verdict = answer(queries.engine(), request("Marcus Bellweather"), TODAY, typed=False)
    assert verdict.outcome.word == "decline"


def test_requests_from_the_inbox_do_not_count(clock: Clock) -> None:
    for number in range(QUESTIONS_A_DAY + 1):
        answer(queries.engine(), request(stranger(number)), TODAY, typed=False)
    assert not AskedRecord.objects.exists()
    typed("Perpetua Achterberg")


def test_the_same_question_counts_once_and_its_answer_comes_in_a_break(clock: Clock) -> None:
    for _ in range(QUESTIONS_A_DAY + 1):
        typed("Marcus Bellweather")
    assert AskedRecord.objects.count() == 1
    until_the_break(clock)
    typed("Marcus Bellweather")
    with pytest.raises(TakingABreak):
        typed("Marcus Bellweather", city="Riverton")


def test_more_about_the_same_name_counts(clock: Clock) -> None:
    # Or a name could be asked about with one birth year after the other.
    for year in range(1960, 1960 + QUESTIONS_AN_HOUR):
        typed("Perpetua Achterberg", bio=f"b. {year}")
    with pytest.raises(TakingABreak):
        typed("Perpetua Achterberg", bio="b. 2000")


def test_nobody_named_is_no_question(clock: Clock) -> None:
    until_the_break(clock)
    assert typed("").matches == ()
    assert typed(" \n").matches == ()


SPELLINGS = ["Marisol Quintana", "Marysol Quintana", "Marisol Kintana", "Quintanna, Marisol", "Marissol Quintana",
             "Marisola Quintano", "Marisoll Quintanah", "Marysola Kintana"]  # fmt: skip


def test_many_spellings_of_one_name(clock: Clock) -> None:
    assert len({skeleton(Profile(name)) for name in SPELLINGS}) == 1
    for name in SPELLINGS[:SPELLINGS_AN_HOUR]:
        typed(name)
    with pytest.raises(TakingABreak, match="a lot of names in one hour"):
        typed("Somebody Else")
    clock.on(hours=1)
    typed("Somebody Else")


def test_one_name_written_in_one_way_is_one_spelling(clock: Clock) -> None:
    for number, name in enumerate(["Marisol Quintana", "MARISOL QUINTANA", "Marisól  Quintaña", "marisol quintana ✨"]):
        for bio in ("a", "b", "c"):
            typed(name, bio=f"{bio}{number}")
    assert AskedRecord.objects.values("name").distinct().count() == 1
    typed("Somebody Else")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Marcus Bellweather", "Marcus Bellwether"), ("Ana Reyes", "Reyes Ana"), ("Sara Gonzales", "Sarah Gonzalez")],
)
def test_names_that_sound_alike_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(Profile(one)) == skeleton(Profile(other)) != ""
    assert plain_name(Profile(one)) != plain_name(Profile(other))


def test_a_handle_stands_for_a_name_that_is_missing() -> None:
    assert skeleton(Profile(handle="@ana.reyes_77")) == skeleton(Profile("Ana Reyes"))
    assert skeleton(Profile(bio="coffee")) == ""
    assert skeleton(Profile("🌵🌵")) == ""


def test_other_names_are_other_names() -> None:
    bones = {skeleton(Profile(stranger(number))) for number in range(200)}
    assert len(bones) > 190


@given(name=st.text(max_size=400), handle=st.text(max_size=60))
def test_any_name_is_read(name: str, handle: str) -> None:
    profile = Profile(name, handle)
    assert isinstance(skeleton(profile), str)
    assert plain_name(profile) == plain_name(profile)


times = st.lists(st.integers(0, 86_399), max_size=140)


@given(seconds=times, names=st.lists(st.sampled_from("abcdefgh"), min_size=140, max_size=140))
def test_a_break_is_due_exactly_when_there_were_many(seconds: list[int], names: list[str]) -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    asked = [
        Asked(now - timedelta(seconds=back), name, "s")
        for back, name in zip(sorted(seconds)[::-1], names, strict=False)
    ]
    found = due_break(asked, now)
    hour = [one for one in asked if one.at > now - HOUR]
    many = (
        len(hour) >= QUESTIONS_AN_HOUR
        or len(asked) >= QUESTIONS_A_DAY
        or len({one.name for one in hour}) >= SPELLINGS_AN_HOUR
    )
    assert (found is not None) == many
    if found is not None:
        assert now < found.until <= now + DAY
        # When it is over there is room, whatever it was for.
        left = [one for one in asked if one.at > found.until - DAY]
        assert due_break(left, found.until) is None


def test_the_brake_is_given_no_answer() -> None:
    for name in ("due_break", "plain_name", "skeleton", "names_somebody"):
        kinds = str(inspect.signature(getattr(brakes, name)))
        assert not re.search("Verdict|Match|Level|Caseload|Engine", kinds)
    assert "Engine" not in str(inspect.signature(count_typed))


@pytest.mark.parametrize("name", ["Marcus Bellweather", "Perpetua Achterberg"])
def test_a_break_is_the_same_whoever_was_asked_about(clock: Clock, client: Client, name: str) -> None:
    # Two runs with the same questions at the same times; the one about a client, the other about nobody.
    until_the_break(clock)
    page = client.post("/request/", {"display_name": name})
    spoken = client.post("/api/v1/request", json.dumps({"display_name": name}), content_type="application/json")
    assert (page.status_code, spoken.status_code) == (429, 429)
    assert page.headers["Retry-After"] == spoken.headers["Retry-After"] == "3480"
    assert spoken.content == (
        b'{"detail":"That is a lot of names in one hour. Demur takes a break until 14:23. '
        b'What is in your inbox can still be answered."}'
    )
    text = page.content.decode()
    assert "Demur takes a break until 14:23." in text
    assert f'value="{name}"' in text  # Nothing that was typed is lost.
    assert 'id="outcome"' not in text


def test_counting_asks_no_list(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> Caseload:
        raise AssertionError("the brake must not look into the caseload")

    monkeypatch.setattr(queries, "caseload", fails)
    count_typed(request("Marcus Bellweather"))
    assert AskedRecord.objects.count() == 1


def test_what_is_kept_is_keyed_and_only_for_a_day(clock: Clock) -> None:
    typed("Marcus Bellweather", handle="@marcus.bellweather")
    [row] = AskedRecord.objects.values_list("question", "name", "sound")
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in row)
    held = vault.key()
    vault.unlock(bytes(32))
    from demur.server.asking.actions import name_digest

    assert name_digest(Profile("Marcus Bellweather", "@marcus.bellweather")) != row[1]
    vault.unlock(held)
    clock.on(days=1)
    typed("Perpetua Achterberg")
    assert AskedRecord.objects.count() == 1


def test_a_clock_that_was_ahead_locks_nobody_out(clock: Clock) -> None:
    clock.on(days=400)
    until_the_break(clock)
    clock.on(days=-400)
    clock.on(hours=-1)
    with pytest.raises(TakingABreak) as pause:
        typed("Perpetua Achterberg")
    assert pause.value.seconds <= 3600
    clock.on(hours=1, seconds=1)
    typed("Perpetua Achterberg")
    assert not BreakRecord.objects.exists()


def test_a_failure_of_the_engine_has_counted_already(clock: Clock) -> None:
    class Broken:
        def decide(self, *_: object) -> None:
            raise LookupError

    with pytest.raises(LookupError):
        answer(Broken(), request("Marcus Bellweather"), TODAY, typed=True)  # type: ignore[arg-type]
    assert AskedRecord.objects.count() == 1
