"""Habits out of places."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from demur.audit.weighing import Spot
from demur.audit.whereabouts import habits
from demur.core.accounts import Network
from demur.core.exposures import ExposureKind, Remedy, Urgency
from demur.core.posted import Place
from tests.audit.exports import recipe

HOME, PARK = (40.1, -74.1), (40.2, -74.2)
MONDAY = datetime(2024, 1, 1, 7, 30, tzinfo=UTC)


def spots(where: tuple[float, float], start: datetime, every: timedelta, times: int) -> list[Spot]:
    return [
        Spot(where, start + number * every, Network.X, Place("export.zip", "tweets.js", number))
        for number in range(times)
    ]


def test_the_same_place_on_many_days_is_told_as_a_home_once() -> None:
    found = habits(recipe(), spots(HOME, MONDAY, timedelta(days=1, hours=3), 12))
    assert [one.kind for one in found] == [ExposureKind.HOME]
    assert "12 different days" in found[0].why


def test_the_same_hour_each_week_is_told_as_a_habit() -> None:
    found = habits(recipe(), spots(PARK, MONDAY + timedelta(days=1), timedelta(days=7), 6))
    habit = next(one for one in found if one.kind is ExposureKind.ROUTINE)
    assert "On Tuesdays around 7 am" in habit.why
    assert "6 different weeks" in habit.why


def test_a_gym_each_monday_is_no_home_and_hides_none() -> None:
    gym = spots(PARK, MONDAY, timedelta(days=7), 9)
    assert [one.kind for one in habits(recipe(), gym)] == [ExposureKind.ROUTINE]
    found = habits(recipe(), [*gym, *spots(HOME, MONDAY + timedelta(hours=12), timedelta(days=1, hours=3), 7)])
    assert [one.kind for one in found] == [ExposureKind.HOME, ExposureKind.ROUTINE]
    assert "7 different days" in found[0].why
    assert "the same place" in found[1].why


def test_a_holiday_is_neither() -> None:
    seen = [
        Spot((50.0 + number, 8.0), MONDAY + timedelta(days=number), Network.X, Place("e", "m", number))
        for number in range(20)
    ]
    assert habits(recipe(), seen) == []
    assert habits(recipe(), []) == []
    assert habits(recipe(), [Spot(HOME, None, Network.X, Place("e", "m"))] * 20) == []


def test_no_coordinates_stand_in_what_is_told() -> None:
    for one in habits(recipe(), spots(PARK, MONDAY, timedelta(days=7), 8)):
        assert "40.2" not in one.why
        assert "74.2" not in one.why


def test_what_only_the_network_noted_is_less_urgent_and_says_so() -> None:
    seen = spots(PARK, MONDAY, timedelta(days=7), 8)
    noted = [replace(spot, posted=False) for spot in seen]
    for given, urgency, remedy in ((seen, Urgency.FIRST, Remedy.PLACES), (noted, Urgency.SOON, Remedy.CLEAR)):
        found = habits(recipe(), given)
        assert {(one.urgency, one.remedy) for one in found} == {(urgency, remedy)}
    assert all("the network has it" in one.why for one in habits(recipe(), noted))


def test_a_habit_is_the_same_one_in_another_export_at_another_hour_and_on_another_network() -> None:
    first = habits(recipe(), spots(PARK, MONDAY, timedelta(days=7), 6))
    at_eight = spots(PARK, MONDAY + timedelta(hours=1), timedelta(days=7), 9)
    later = [replace(spot, network=Network.FACEBOOK) for spot in at_eight]
    assert {one.fingerprint for one in first} == {one.fingerprint for one in habits(recipe(), later)}
