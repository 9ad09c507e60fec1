"""Friend requests received, out of Facebook's "Export your information": a name and a moment each, and no more.

Seen as `received_friend_requests.json` (2018-19 and since 2022) and `friend_requests_received.json` (2020-22), under
`friends/`, `friends_and_followers/`, `connections/friends/` and others, so only the name of the file counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from demur.core.accounts import Network, Profile
from demur.core.arrivals import Arrival, Reading, Source
from demur.networks.exports import meta
from demur.networks.exports.pieces import Listed, Person, Piece, counted

_NUMBER = re.compile(r"_[0-9]{1,3}$")

RECEIVED, FRIENDS, REJECTED = "received_requests", "friends", "rejected_requests"

FILES = {
    "received_friend_requests": RECEIVED,
    "friend_requests_received": RECEIVED,
    "your_friends": FRIENDS,
    "friends": FRIENDS,
    "rejected_friend_requests": REJECTED,
    "friend_requests_rejected": REJECTED,
}
"""Names of files, without ending, and the key of the list in them."""


def part_of(stem: str) -> str | None:
    """Which list a file holds, by its name without ending, where Meta may have put a number."""
    return FILES.get(_NUMBER.sub("", stem))


def requests(pieces: Mapping[str, Sequence[Piece]], today: date) -> Reading:
    """The friend requests that were neither accepted nor declined when the export was made."""
    friends, rejected = (
        Listed(person for piece in pieces.get(part, ()) for person in meta.people(piece.content, part, today) if person)
        for part in (FRIENDS, REJECTED)
    )
    arrivals: list[Arrival] = []
    accepted, declined, unread, known_name = 0, 0, 0, 0
    for piece in pieces.get(RECEIVED, ()):
        people = list(meta.people(piece.content, RECEIVED, today))
        as_of = piece.as_of((person.day for person in people if person), today)
        for person in people:
            if person is None:
                unread += 1
            elif rejected.since(person):
                declined += 1
            elif friends.has(person):
                accepted += 1
            else:
                known_name += friends.names(person)
                arrivals.append(_arrival(person, as_of))
    notes = []
    if accepted:
        notes.append(f"Facebook: {counted(accepted, 'request', 'requests')} left out, because you are friends by now.")
    if declined:
        notes.append(f"Facebook: {counted(declined, 'request', 'requests')} left out, because you declined already.")
    if known_name:
        notes.append(
            f"Facebook: {counted(known_name, 'request carries', 'requests carry')} the name of somebody who was your "
            "friend before. It may be a second account, or somebody else of that name."
        )
    if unread:
        notes.append(f"Facebook: {counted(unread, 'entry', 'entries')} could not be read and were left out.")
    if arrivals and FRIENDS not in pieces:
        notes.append(
            "Facebook: the list of your friends is not in the export, so some of these may be your friends by now."
        )
    if arrivals:
        notes.append("Facebook's export gives a name and a day only. Two people of one name can't be told apart.")
    return Reading(tuple(arrivals), tuple(notes))


def _arrival(person: Person, as_of: date) -> Arrival:
    return Arrival(
        network=Network.FACEBOOK,
        profile=Profile(display_name=person.name, handle=person.handle),
        as_of=as_of,
        source=Source.EXPORT,
        received=person.day,
    )
