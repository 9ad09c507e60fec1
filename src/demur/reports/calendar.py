"""A reminder for somebody's calendar, which others often share, print or sync: it says that there is something to do.

RFC 5545, one event with one alarm. Whom it is about, on which network and why is not among what this is given, and
neither is which account's settings are due.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

SUMMARY = "Prepare a conversation"

SETTINGS_SUMMARY = "Look at your settings"

_MORNING = timedelta(hours=9)

_RANDOM = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def meeting_reminder(uid: str, start: datetime | date, minutes: int, now: datetime, alarm_minutes: int) -> bytes:
    """The event as an .ics file; it lasts `minutes`, or all day where `start` is a day, and rings before it starts.

    A time zone tells where somebody lives, so times are written in UTC, and a time without a zone stays without one.
    Raises ValueError unless `uid` is 128 bits in hexadecimal, which leaves no room for a name, `now` has a time zone,
    and it lasts and rings for at most a day.
    """
    if not 0 < minutes <= 24 * 60 or not 0 <= alarm_minutes <= 24 * 60:
        raise ValueError("minutes lie between 1 and a day")
    return _file(uid, SUMMARY, start, minutes, now, timedelta(minutes=-alarm_minutes))


def settings_reminder(uid: str, day: date, now: datetime) -> bytes:
    """The .ics file for the next check-up of settings: all day, ringing at nine. Raises as `meeting_reminder` does."""
    return _file(uid, SETTINGS_SUMMARY, day, 24 * 60, now, _MORNING)


def _file(uid: str, summary: str, start: datetime | date, minutes: int, now: datetime, rings: timedelta) -> bytes:
    if not _RANDOM.fullmatch(uid):
        raise ValueError("the uid must be chance: 32 hexadecimal digits, or a UUID")
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    if isinstance(start, datetime):
        begins = start if start.tzinfo is None else start.astimezone(UTC)
        event.add("dtstart", begins.replace(microsecond=0))
        event.add("duration", timedelta(minutes=minutes))
    else:
        event.add("dtstart", start)
        event.add("duration", timedelta(days=1))
    event.add("summary", summary)
    event.add("class", "PRIVATE")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", rings)
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Demur//EN")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
