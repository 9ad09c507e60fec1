"""Friend requests out of Snapchat's "My Data": username, display name and the moment of each."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from datetime import date

from demur.core.accounts import Network, Profile
from demur.core.arrivals import Arrival, Reading, Source
from demur.networks.exports.days import day
from demur.networks.exports.pieces import Listed, Person, Piece, counted
from demur.networks.exports.repair import line

PENDING = "Pending Requests"
_SETTLED = ("Friends", "Blocked Users")
_IGNORED = "Ignored Snapchatters"
_LISTS = frozenset(
    {PENDING, _IGNORED, *_SETTLED, "Friend Requests Sent", "Deleted Friends", "Hidden Friend Suggestions"}
)


def is_friends(content: object) -> bool:
    """Whether a file is Snapchat's `friends.json`: it has Snapchat's lists by name."""
    return isinstance(content, dict) and any(name in content for name in _LISTS)


def requests(pieces: Sequence[Piece], today: date) -> Reading:
    """The requests that were neither accepted, nor ignored, nor blocked when the export was made."""
    arrivals: list[Arrival] = []
    settled, unread = 0, 0
    for piece in pieces:
        lists = piece.content if isinstance(piece.content, dict) else {}
        known = Listed(person for name in _SETTLED for person in _people(lists.get(name), today) if person)
        ignored = Listed(person for person in _people(lists.get(_IGNORED), today) if person)
        people = list(_people(lists.get(PENDING), today))
        as_of = piece.as_of((person.day for person in people if person), today)
        for person in people:
            if person is None:
                unread += 1
            elif known.has(person) or ignored.since(person):
                settled += 1
            else:
                arrivals.append(
                    Arrival(
                        network=Network.SNAPCHAT,
                        profile=Profile(display_name=person.name, handle=person.handle),
                        as_of=as_of,
                        source=Source.EXPORT,
                        received=person.day,
                    )
                )
    notes = []
    if settled:
        notes.append(
            f"Snapchat: {counted(settled, 'request', 'requests')} left out, because you added, ignored or blocked them."
        )
    if unread:
        notes.append(f"Snapchat: {counted(unread, 'entry', 'entries')} could not be read and were left out.")
    return Reading(tuple(arrivals), tuple(notes))


def _people(entries: object, today: date) -> Iterator[Person | None]:
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, dict):
            yield None
            continue
        handle = line(entry.get("Username"))
        name = line(html.unescape(written) if isinstance(written := entry.get("Display Name"), str) else "")
        if handle or name:
            yield Person(name=name, handle=handle, day=day(entry.get("Creation Timestamp"), today))
        else:
            yield None
