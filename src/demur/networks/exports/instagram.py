"""Follow requests received, out of Instagram's export: a username and a moment, since about 2025 a name too.

Threads lies in the same export, in a folder of its own; its lists are kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from demur.core.accounts import Network, Profile
from demur.core.arrivals import Arrival, Reading, Source
from demur.core.content import RequestKind
from demur.networks.exports import meta
from demur.networks.exports.pieces import Listed, Piece, counted

RECEIVED, FOLLOWERS = "relationships_follow_requests_received", "relationships_followers"

_RECEIVED_FILE = re.compile(r"follow_requests_you_?(?:ve|have)?_?received(?:_[0-9]+)?")
_FOLLOWERS_FILE = re.compile(r"followers(?:_([0-9]{1,4}))?")
_NAMES = {Network.INSTAGRAM: "Instagram", Network.THREADS: "Threads"}


def part_of(stem: str) -> str | None:
    """Which list a file holds, by its name without ending."""
    if _RECEIVED_FILE.fullmatch(stem):
        return RECEIVED
    return FOLLOWERS if _FOLLOWERS_FILE.fullmatch(stem) else None


def network_of(piece: Piece) -> Network:
    """Threads for what lies in its folder or says so in its key, Instagram for everything else."""
    keys = " ".join(piece.content) if isinstance(piece.content, dict) else ""
    in_folder = bool(piece.folders) and piece.folders[-1].lower() == "threads"
    return Network.THREADS if in_folder or "text_post_app" in keys else Network.INSTAGRAM


def requests(network: Network, pieces: Mapping[str, Sequence[Piece]], today: date) -> Reading:
    """The follow requests of people who were no followers when the export was made."""
    name = _NAMES[network]
    followers = Listed(
        person
        for piece in pieces.get(FOLLOWERS, ())
        for person in meta.people(piece.content, FOLLOWERS, today)
        if person
    )
    arrivals: list[Arrival] = []
    accepted, unread = 0, 0
    for piece in pieces.get(RECEIVED, ()):
        people = list(meta.people(piece.content, RECEIVED, today))
        as_of = piece.as_of((person.day for person in people if person), today)
        for person in people:
            if person is None:
                unread += 1
            elif followers.has(person):
                accepted += 1
            else:
                arrivals.append(
                    Arrival(
                        network=network,
                        profile=Profile(display_name=person.name, handle=person.handle),
                        as_of=as_of,
                        source=Source.EXPORT,
                        kind=RequestKind.FOLLOW,
                        received=person.day,
                    )
                )
    notes = []
    if accepted:
        notes.append(f"{name}: {counted(accepted, 'request', 'requests')} left out, because they follow you by now.")
    if unread:
        notes.append(f"{name}: {counted(unread, 'entry', 'entries')} could not be read and were left out.")
    if arrivals:
        missing = _missing_followers(pieces.get(FOLLOWERS, ()))
        if FOLLOWERS not in pieces:
            notes.append(
                f"{name}: the list of your followers is not in the export, so some of these may follow you by now."
            )
        elif missing:
            files = ", ".join(f"followers_{number}" for number in missing[:5])
            notes.append(
                f"{name}: a part of the list of your followers is missing ({files}), so some of these may follow you "
                "by now. If the network gave you several zips, bring them in together."
            )
    return Reading(tuple(arrivals), tuple(notes))


def _missing_followers(pieces: Sequence[Piece]) -> list[int]:
    """Numbers that are skipped among `followers_1`, `followers_2` …; one that is missing at the end can't be seen."""
    found = {
        int(match[1]) for piece in pieces if (match := _FOLLOWERS_FILE.fullmatch(piece.name)) is not None and match[1]
    }
    return [number for number in range(1, max(found, default=0)) if number not in found]
