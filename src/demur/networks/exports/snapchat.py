"""What Snapchat's "My Data" tells: friends, stories, places, profile, and friend requests.

A friend or request is a username, a display name and a moment. Chats and snaps are not read; Memories, which nobody
else sees, only for the places in them.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from datetime import date

from demur.core.accounts import Network, Profile
from demur.core.arrivals import Arrival, Source
from demur.core.posted import Connected, Item, OwnProfile, Posted, PostedKind, TieKind, Whereabouts
from demur.networks.exports.days import day
from demur.networks.exports.kinds import File, Kind
from demur.networks.exports.pieces import (
    Listed,
    Person,
    Piece,
    Requests,
    coordinates,
    coordinates_in,
    counted,
    keyed,
    listed,
)
from demur.networks.exports.repair import line, paragraphs
from demur.networks.exports.streams import Entry, Go, Path

PENDING = "Pending Requests"
_SETTLED = ("Friends", "Blocked Users")
_IGNORED = "Ignored Snapchatters"
_LISTS = frozenset(
    {PENDING, _IGNORED, *_SETTLED, "Friend Requests Sent", "Deleted Friends", "Hidden Friend Suggestions"}
)


def is_friends(content: object) -> bool:
    """Whether a file is Snapchat's `friends.json`: it has Snapchat's lists by name."""
    return isinstance(content, dict) and any(name in content for name in _LISTS)


def requests(pieces: Sequence[Piece], today: date) -> Requests:
    """The requests that were neither accepted, nor ignored, nor blocked when the export was made."""
    lists: list[tuple[Arrival, ...]] = []
    settled, unread = 0, 0
    for piece in pieces:
        content = keyed(piece.content)
        known = Listed(person for name in _SETTLED for person in _people(content.get(name), today) if person)
        ignored = Listed(person for person in _people(content.get(_IGNORED), today) if person)
        people = list(_people(content.get(PENDING), today))
        as_of = piece.as_of((person.day for person in people if person), today)
        arrivals: list[Arrival] = []
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
        lists.append(tuple(arrivals))
    notes = []
    if settled:
        notes.append(
            f"Snapchat: {counted(settled, 'request', 'requests')} left out, because you added, ignored or blocked them."
        )
    if unread:
        notes.append(f"Snapchat: {counted(unread, 'entry', 'entries')} could not be read and were left out.")
    return Requests(tuple(lists), tuple(notes))


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


# --- what was published, and who is tied to the account --------------------------------------------------------------


def _friends(entry: Entry, file: File) -> Iterator[Item | None]:
    if entry.path[0] != "Friends":
        return  # Requests, and people who are no friends.
    person = next(_people([entry.value], file.today))
    if person is None:
        yield None
        return
    since = file.when(keyed(entry.value).get("Creation Timestamp"))
    place = file.place(entry.index)
    yield Connected(file.network, TieKind.FRIEND, place, name=person.name, handle=person.handle, since=since)


def _stories(entry: Entry, file: File) -> Iterator[Item | None]:
    record = keyed(entry.value)
    written = next(filter(None, (_text(record.get(key)) for key in ("Caption", "Text", "Content", "Title"))), "")
    when = next(filter(None, (file.when(record.get(key)) for key in ("Story Date", "Created", "Date"))), None)
    if written or when:
        link = line(record.get("Story URL"))
        yield Posted(
            file.network,
            PostedKind.CAPTION,
            written,
            file.place(entry.index),
            when,
            coordinates=coordinates_in(line(record.get("Location"))),
            link=link if link.startswith("https://") else "",
        )
    else:
        yield None


def _memories(entry: Entry, file: File) -> Iterator[Item | None]:
    record = keyed(entry.value)
    if at := coordinates_in(line(record.get("Location"))):
        yield Whereabouts(file.network, file.place(entry.index), at, when=file.when(record.get("Date")))


def _account(entry: Entry, file: File) -> Iterator[Item | None]:
    record = keyed(entry.value)
    handle, name = line(record.get("Username")), _text(record.get("Name")) or _text(record.get("Display Name"))
    email, phone = line(record.get("Email")), line(record.get("Phone Number"))
    if handle or name:
        yield OwnProfile(
            file.network,
            file.place(0),
            handle=handle,
            name=name,
            bio=_text(record.get("Bio")),
            emails=(email,) if email else (),
            phones=(phone,) if phone else (),
        )


def _places(entry: Entry, file: File) -> Iterator[Item | None]:
    value, record = entry.value, keyed(entry.value)
    cells = [line(cell) for cell in (*listed(value), *record.values())] or [line(value)]
    when = next(filter(None, (file.when(cell) for cell in cells)), None)
    place = file.place(entry.index)
    spots = [at for cell in cells if (at := coordinates_in(cell)) and file.when(cell) is None]
    at = coordinates(record.get("Latitude"), record.get("Longitude"))
    for spot in [at] if at else spots:
        yield Whereabouts(file.network, place, spot, when=when)
    if not (at or spots):
        names = [line(record.get(key)) for key in ("Name", "City", "Region", "Country")]
        if name := ", ".join(filter(None, names)):
            yield Whereabouts(file.network, place, None, name, when)


def _text(value: object) -> str:
    return paragraphs(html.unescape(value)) if isinstance(value, str) else ""


def _maps(path: Path) -> Go:
    return Go.WHOLE if path and path[-1] in ("Basic Information", "App Profile", "Home & Work") else Go.IN


KINDS = (
    Kind(Network.SNAPCHAT, "friends", _friends, roots="|".join(sorted(_LISTS))),
    Kind(Network.SNAPCHAT, "shared_story|my_story|stories", _stories, roots="[A-Z].*Stor(?:y|ies).*"),
    Kind(Network.SNAPCHAT, "memories_history", _memories, roots="Saved Media"),
    Kind(Network.SNAPCHAT, "account|user_profile", _account, roots="Basic Information|App Profile", choose=_maps),
    Kind(Network.SNAPCHAT, "location_history", _places, roots="[A-Z].*", choose=_maps),
)
