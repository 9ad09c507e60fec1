"""Invitations received, out of LinkedIn's "Get a copy of your data": name, note, day and, since 2023, the address.

LinkedIn lists what came in, not what still waits: an invitation that was ignored looks like one that waits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from demur.core.accounts import Network, Profile
from demur.core.arrivals import Arrival, Reading, Source
from demur.networks.exports.days import day, is_day_first
from demur.networks.exports.pieces import Listed, Person, Piece, counted
from demur.networks.exports.repair import line, paragraphs

RECEIVED, CONNECTIONS = "invitations", "connections"
_ADDRESS = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)?linkedin\.com/(?:in|pub)/([^/?#\s]+)", re.IGNORECASE)
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_HEADINGS = {
    RECEIVED: frozenset({"from", "sentat", "direction"}),
    CONNECTIONS: frozenset({"firstname", "lastname", "connectedon"}),
}
_MOST_BEFORE_HEADINGS = 20
"""Rows of remarks that may stand before the headings; seen are three."""


def table_of(rows: Sequence[Sequence[str]]) -> str | None:
    """Which of LinkedIn's tables this is, by its headings wherever they stand; None for another table."""
    for row in rows[:_MOST_BEFORE_HEADINGS]:
        headings = {_heading(cell) for cell in row}
        for part, needed in _HEADINGS.items():
            if needed <= headings:
                return part
    return None


def requests(pieces: Mapping[str, Sequence[Piece]], today: date) -> Reading:
    """The invitations from people who were no connections when the export was made."""
    connections = Listed(
        person for piece in pieces.get(CONNECTIONS, ()) for person in _connections(piece.content, today)
    )
    arrivals: list[Arrival] = []
    accepted, unread = 0, 0
    for piece in pieces.get(RECEIVED, ()):
        people = list(_invitations(piece.content, today))
        as_of = piece.as_of((person.day for person in people if person), today)
        for person in people:
            if person is None:
                unread += 1
            elif connections.has(person):
                accepted += 1
            else:
                arrivals.append(
                    Arrival(
                        network=Network.LINKEDIN,
                        profile=Profile(display_name=person.name, handle=person.handle),
                        as_of=as_of,
                        source=Source.EXPORT,
                        message=person.message,
                        received=person.day,
                    )
                )
    notes = []
    if accepted:
        notes.append(
            f"LinkedIn: {counted(accepted, 'invitation', 'invitations')} left out, because you are connected by now."
        )
    if unread:
        notes.append(f"LinkedIn: {counted(unread, 'line', 'lines')} could not be read and were left out.")
    if arrivals and CONNECTIONS not in pieces:
        notes.append("LinkedIn: Connections.csv is not in the export, so some of these may be your connections by now.")
    if arrivals:
        notes.append("LinkedIn's export doesn't tell an invitation that waits from one that you ignored.")
    return Reading(tuple(arrivals), tuple(notes))


def _invitations(content: object, today: date) -> Iterator[Person | None]:
    rows = [row for row in _rows(content, RECEIVED) if row.get("direction", "").strip().upper() != "OUTGOING"]
    day_first = is_day_first([row.get("sentat", "") for row in rows])
    for row in rows:
        name, handle = line(row.get("from")), _handle(row.get("inviterprofileurl", ""))
        if row.get("direction", "").strip().upper() == "INCOMING" and (name or handle):
            sent = day(row.get("sentat"), today, day_first=day_first)
            yield Person(name, handle, sent, paragraphs(row.get("message")))
        else:
            yield None


def _connections(content: object, today: date) -> Iterator[Person]:
    for row in _rows(content, CONNECTIONS):
        name = line(f"{row.get('firstname', '')} {row.get('lastname', '')}")
        yield Person(name, _handle(row.get("url", "")), day(row.get("connectedon"), today))


def _rows(content: object, part: str) -> Iterator[dict[str, str]]:
    headings: list[str] | None = None
    for row in content if isinstance(content, list) else ():
        if headings is not None:
            if any(cell.strip() for cell in row):
                yield dict(zip(headings, row, strict=False))
        elif _HEADINGS[part] <= {_heading(cell) for cell in row}:
            headings = [_heading(cell) for cell in row]


def _heading(cell: str) -> str:
    return "".join(character for character in cell[:100].lower() if character.isalnum())


def _handle(address: str) -> str:
    match = _ADDRESS.match(line(address))
    return line(_ESCAPED.sub(_unescaped, match[1])) if match else ""


def _unescaped(match: re.Match[str]) -> str:
    return bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace")
