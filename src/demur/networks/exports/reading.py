"""Reads the requests out of whatever exports were given together, and says what was left out and what to know."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date

from demur.core.accounts import Network
from demur.core.arrivals import Arrival, Reading
from demur.networks.exports import facebook, instagram, linkedin, recognising, snapchat
from demur.networks.exports.archive import Allowance, Archive, Given, Member, Unreadable, open_archives
from demur.networks.exports.pieces import Piece, Requests, counted, same_handle, same_name

_META = "Accounts Center → Your information and permissions → Export your information: tick connections, choose JSON"
_HOW_TO_ASK = {
    Network.FACEBOOK: _META,
    Network.INSTAGRAM: _META,
    Network.THREADS: _META,
    Network.LINKEDIN: "Settings & Privacy → Data privacy → Get a copy of your data: tick Invitations and Connections",
    Network.SNAPCHAT: "Settings → Account Actions → My Data: include friends, and JSON files",
}
_CALLED = {
    Network.FACEBOOK: ("Facebook", "friend request", "friend requests"),
    Network.INSTAGRAM: ("Instagram", "follow request", "follow requests"),
    Network.THREADS: ("Threads", "follow request", "follow requests"),
    Network.LINKEDIN: ("LinkedIn", "invitation", "invitations"),
    Network.SNAPCHAT: ("Snapchat", "friend request", "friend requests"),
}
_HOLDS_NONE = {
    Network.X: "X's archive doesn't hold the follow requests that you received. Look at them in X, and paste them.",
    Network.TIKTOK: (
        "TikTok's export doesn't hold the follow requests that you received. Look at them in TikTok, and paste them."
    ),
    Network.MASTODON: (
        "Mastodon's archive doesn't hold follow requests. Connect your account instead, or paste what you see."
    ),
    Network.BLUESKY: "Bluesky has no follow requests: whoever follows you does so at once. There is nothing to read.",
}
NOTHING_KNOWN = (
    "No export that Demur knows is in it. It looks for received_friend_requests.json (Facebook), "
    "follow_requests_you've_received.json (Instagram), Invitations.csv (LinkedIn) and friends.json (Snapchat)."
)
_RECEIVED = {
    Network.FACEBOOK: facebook.RECEIVED,
    Network.INSTAGRAM: instagram.RECEIVED,
    Network.THREADS: instagram.RECEIVED,
    Network.LINKEDIN: linkedin.RECEIVED,
    Network.SNAPCHAT: "",
}
_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)", re.IGNORECASE)
_LARGEST_HEAD = 200


@dataclass(slots=True)
class _Found:
    """What the archives hold: the files by network and list, the networks that names point to, and what failed."""

    pieces: dict[Network, dict[str, list[Piece]]] = field(default_factory=dict)
    names: dict[Network, set[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    pages: int = 0
    broken: list[Network | None] = field(default_factory=list)
    shut: set[Network] = field(default_factory=set)
    """Networks with a file that could not be opened, so that nothing can be said of what it holds."""
    left_out: int = 0

    def add(self, piece: Piece) -> bool:
        place = recognising.place(piece)
        if place is None:
            return False
        self.pieces.setdefault(place.network, {}).setdefault(place.part, []).append(piece)
        return True


def read_export_files(given: Sequence[Given], today: date) -> Reading:
    """The requests in exports that were given together, each once, with notes. Never raises for what is in them."""
    found = _Found()
    allowance = Allowance()
    with ExitStack() as opened:
        for one in given:
            try:
                archives = open_archives(one, opened, allowance)
            except Unreadable as problem:
                found.problems.append(str(problem))
                continue
            for archive in archives:
                _look_through(archive, found, allowance, today)
    return _reading(found, today)


def _look_through(archive: Archive, found: _Found, allowance: Allowance, today: date) -> None:
    found.problems.extend(archive.problems)
    found.left_out += archive.left_out
    alone = archive.zipped is None and len(archive.members) == 1
    for member in archive.members:
        network = recognising.hint(archive, member)
        if network is not None:
            found.names.setdefault(network, set()).add(member.name)
        elif member.name.lower().endswith((".html", ".htm")):
            found.pages += 1
        if recognising.worth_reading(member, alone=alone):
            _read(archive, member, network, found, allowance, today, alone=alone)


def _read(
    archive: Archive,
    member: Member,
    network: Network | None,
    found: _Found,
    allowance: Allowance,
    today: date,
    *,
    alone: bool,
) -> None:
    try:
        content = archive.read(member, allowance)
    except Unreadable as problem:
        found.problems.append(str(problem))
        if network is not None:
            found.shut.add(network)
        return
    if _PAGE.match(content[:_LARGEST_HEAD]):
        found.pages += 1
        return
    if content.lstrip().startswith(recognising.X_FILE):
        found.names.setdefault(Network.X, set()).add(member.name)
        return
    try:
        value = recognising.read(member, content)
    except ValueError:
        if network is not None or not alone:
            found.broken.append(network)
        return
    piece = Piece(recognising.stem(member.name), member.folders, value, archive.day(member, today))
    if not found.add(piece) and alone and (inside := recognising.network_inside(value)):
        found.names.setdefault(inside, set()).add(member.name)


def _reading(found: _Found, today: date) -> Reading:
    arrivals: list[Arrival] = []
    notes: list[str] = []
    for network in Network:
        parts = found.pieces.get(network, {})
        if _RECEIVED.get(network) in parts:
            reading = _requests(network, parts, today)
            of_network = merged(reading.lists)
            arrivals += of_network
            notes += [_summary(network, of_network), *reading.notes, *_on_days(network, parts[_RECEIVED[network]])]
        elif network in found.names or (parts and network is not Network.THREADS):
            notes += _nothing(network, found)
    notes += _problems(found)
    if not notes:
        notes.append(NOTHING_KNOWN)
    return Reading(tuple(arrivals), tuple(dict.fromkeys(notes)))


def _requests(network: Network, parts: dict[str, list[Piece]], today: date) -> Requests:
    if network is Network.FACEBOOK:
        return facebook.requests(parts, today)
    if network is Network.LINKEDIN:
        return linkedin.requests(parts, today)
    if network is Network.SNAPCHAT:
        return snapchat.requests(parts[""], today)
    return instagram.requests(network, parts, today)


def merged(lists: Iterable[Sequence[Arrival]]) -> list[Arrival]:
    """Each request of several lists once: seen last on the newest day, made on the earliest, with all that they tell.

    INVARIANT: only who is surely the same is put together, and no word that somebody wrote is dropped. A handle tells
    who it is; two messages of one handle stay two requests. Where there is only a name, the same line of another list
    is the same request, but two lines of one list are two: they may be of two people.
    """
    found: dict[tuple[object, ...], Arrival] = {}
    for arrivals in lists:
        lines: Counter[tuple[object, ...]] = Counter()
        for arrival in arrivals:
            who: tuple[object, ...] = (arrival.network, arrival.kind)
            if handle := same_handle(arrival.profile.handle):
                key = (*who, "handle", handle)
                if key in found and arrival.message and found[key].message not in ("", arrival.message):
                    key = (*key, arrival.message)
            else:
                line = (*who, "name", same_name(arrival.profile.display_name), arrival.received, arrival.message)
                lines[line] += 1
                key = (*line, lines[line])
            found[key] = _together(found[key], arrival) if key in found else arrival
    return list(found.values())


def _together(one: Arrival, other: Arrival) -> Arrival:
    profile = replace(
        one.profile,
        display_name=one.profile.display_name or other.profile.display_name,
        handle=one.profile.handle or other.profile.handle,
    )
    days = [found for found in (one.received, other.received) if found is not None]
    return replace(
        one,
        profile=profile,
        as_of=max(one.as_of, other.as_of),
        received=min(days, default=None),
        message=one.message or other.message,
    )


def _summary(network: Network, arrivals: Sequence[Arrival]) -> str:
    name, one, many = _CALLED[network]
    if not arrivals:
        return f"{name}: no {one} waits in this export."
    newest = max(arrival.as_of for arrival in arrivals)
    return (
        f"{name}: {counted(len(arrivals), one, many)}, as of {newest:%B} {newest.day}, {newest.year}. "
        "What happened since then is not in it."
    )


def _on_days(network: Network, pieces: Sequence[Piece]) -> list[str]:
    name, _, many = _CALLED[network]
    notes = []
    if any(piece.exported is None for piece in pieces):
        notes.append(
            f"{name}: nothing says on which day the export was made. The day of the newest request in it is shown, or "
            "today where there is none."
        )
    if len({id(piece) for piece in pieces}) > 1:
        notes.append(
            f"{name}: there are {len(pieces)} lists of {many}, and they were read as those of one account. If they "
            "are of different accounts, bring them in one after the other."
        )
    return notes


def _nothing(network: Network, found: _Found) -> list[str]:
    if network in _HOLDS_NONE:
        return [_HOLDS_NONE[network]]
    if network in found.broken or network in found.shut:
        return []  # Said among the problems.
    name, _, many = _CALLED[network]
    names = found.names.get(network, set())
    if recognising.is_web_page(names):
        return [f"{name}'s export came as web pages (HTML), which Demur doesn't read. {_ask(network)}"]
    return [f"{name}'s export holds no list of {many} that you received: there are none, or it was not asked for. "
            f"{_ask(network)}"]  # fmt: skip


def _problems(found: _Found) -> list[str]:
    notes = list(dict.fromkeys(found.problems))
    for network in dict.fromkeys(found.broken):
        whose = f"{_CALLED[network][0]}: a" if network in _CALLED else "A"
        notes.append(f"{whose} file is broken off or damaged, so it could not be read. Download the export once more.")
    if found.pages and not found.names and not found.pieces:
        notes.append(
            "This came as web pages (HTML), which Demur doesn't read. Ask the network for the same export in JSON."
        )
    if found.left_out:
        notes.append(
            f"{counted(found.left_out, 'file was', 'files were')} not looked at, because their paths lead elsewhere."
        )
    return notes


def _ask(network: Network) -> str:
    return f"Ask for it here: {_HOW_TO_ASK[network]}."
