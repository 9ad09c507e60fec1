"""The reminder is read by a calendar, and by whoever looks over a shoulder: it names nobody and nothing."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from demur.reports.calendar import SETTINGS_SUMMARY, SUMMARY, meeting_reminder, settings_reminder

NOW = datetime(2026, 11, 22, 18, 3, 9, 55, tzinfo=UTC)
UID = "0123456789abcdef0123456789abcdef"

ALLOWED = {
    "VCALENDAR": {"VERSION", "PRODID"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "DURATION", "SUMMARY", "CLASS"},
    "VALARM": {"ACTION", "DESCRIPTION", "TRIGGER"},
}
"""Every property that a reminder may have. Location, organizer, attendee, categories and url are not among them."""

WORDS = {
    *("BEGIN", "END", "VCALENDAR", "VEVENT", "VALARM", "VERSION", "PRODID", "Demur", "EN"),
    *("UID", "DTSTAMP", "DTSTART", "VALUE", "DATE", "DURATION", "SUMMARY", "CLASS", "PRIVATE"),
    *("ACTION", "DISPLAY", "DESCRIPTION", "TRIGGER", "P", "PT", "D", "H", "M", "S", "T", "Z"),
    *SUMMARY.split(),
}


def reminder(start: datetime | date = date(2026, 11, 24), uid: str = UID, minutes: int = 30, alarm: int = 60) -> bytes:
    return meeting_reminder(uid, start, minutes, NOW, alarm)


def parsed(file: bytes) -> Calendar:
    calendar = Calendar.from_ical(file)
    assert isinstance(calendar, Calendar)
    return calendar


starts = st.one_of(
    st.dates(date(2000, 1, 1), date(2200, 1, 1)),
    st.datetimes(datetime(2000, 1, 1), datetime(2200, 1, 1)),
    st.datetimes(
        datetime(2000, 1, 1),
        datetime(2200, 1, 1),
        timezones=st.sampled_from([UTC, ZoneInfo("America/Chicago"), timezone(timedelta(hours=-3, minutes=-30))]),
    ),
)


@given(starts, st.uuids(), st.integers(1, 24 * 60), st.integers(0, 24 * 60))
def test_it_is_read_back_and_holds_nothing_else(start: datetime | date, uid: object, minutes: int, alarm: int) -> None:
    file = reminder(start, str(uid), minutes, alarm)
    calendar = parsed(file)
    [event] = calendar.walk("VEVENT")
    [ring] = calendar.walk("VALARM")
    for component in calendar.walk():
        assert set(component) == ALLOWED[component.name], component.name
    assert event["UID"] == str(uid)
    assert event["SUMMARY"] == ring["DESCRIPTION"] == SUMMARY
    assert event["CLASS"] == "PRIVATE"
    assert ring["ACTION"] == "DISPLAY"
    assert event["DTSTAMP"].dt == NOW.replace(microsecond=0)
    assert ring["TRIGGER"].dt == timedelta(minutes=-alarm)
    found = event["DTSTART"].dt
    if isinstance(start, datetime):
        # By way of UTC, because an hour that the clocks leave out equals nothing.
        expected = start if start.tzinfo is None else start.astimezone(UTC)
        assert found == expected.replace(microsecond=0)
        assert event["DURATION"].dt == timedelta(minutes=minutes)
        # A zone tells where somebody lives.
        assert found.tzinfo is None or found.utcoffset() == timedelta(0)
    else:
        assert found == start
        assert event["DURATION"].dt == timedelta(days=1)
    assert b"VTIMEZONE" not in file
    assert b"TZID" not in file
    assert file.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))


@given(starts, st.integers(1, 24 * 60), st.integers(0, 24 * 60))
def test_every_word_in_it_is_one_of_a_few(start: datetime | date, minutes: int, alarm: int) -> None:
    # So no name, network, handle or sentence of a request can be in it, whatever they are.
    text = reminder(start, UID, minutes, alarm).decode("ascii").replace(UID, "")
    assert set(re.findall(r"[^\W\d_]+", text)) <= WORDS


@given(st.text(max_size=80))
def test_no_text_of_a_request_gets_in_by_its_only_door(text: str) -> None:
    with pytest.raises(ValueError, match="must be chance"):
        reminder(uid=text)


@pytest.mark.parametrize("uid", ["", "marisol-quintanilla", f"{UID}\n", f"{UID}\r\nSUMMARY:x", UID.upper(), f"{UID}0"])
def test_a_uid_with_something_to_say_is_refused(uid: str) -> None:
    with pytest.raises(ValueError, match="must be chance"):
        reminder(uid=uid)


def test_what_lasts_or_rings_too_long_is_refused() -> None:
    for minutes, alarm in ((0, 5), (24 * 60 + 1, 5), (30, -1), (30, 24 * 60 + 1)):
        with pytest.raises(ValueError, match="minutes lie between"):
            reminder(minutes=minutes, alarm=alarm)
    with pytest.raises(ValueError, match="time zone"):
        meeting_reminder(UID, date(2026, 11, 24), 30, NOW.replace(tzinfo=None), 5)


@given(st.dates(date(2000, 1, 1), date(2200, 1, 1)), st.uuids())
def test_a_reminder_of_settings_says_no_network_and_rings_in_the_morning(day: date, uid: object) -> None:
    file = settings_reminder(str(uid), day, NOW)
    [event] = parsed(file).walk("VEVENT")
    [ring] = parsed(file).walk("VALARM")
    for component in parsed(file).walk():
        assert set(component) == ALLOWED[component.name], component.name
    assert event["SUMMARY"] == ring["DESCRIPTION"] == SETTINGS_SUMMARY
    assert event["DTSTART"].dt == day
    assert event["DURATION"].dt == timedelta(days=1)
    assert ring["TRIGGER"].dt == timedelta(hours=9)
    text = file.decode("ascii").replace(str(uid), "")
    assert set(re.findall(r"[^\W\d_]+", text)) <= WORDS | set(SETTINGS_SUMMARY.split())


def test_a_reminder_of_settings_takes_chance_alone() -> None:
    with pytest.raises(ValueError, match="must be chance"):
        settings_reminder("facebook", date(2026, 11, 24), NOW)
    with pytest.raises(ValueError, match="time zone"):
        settings_reminder(UID, date(2026, 11, 24), NOW.replace(tzinfo=None))
