"""What LinkedIn's "Get a copy of your data" tells: posts, comments, articles, connections, profile, and invitations.

An invitation is a name, a note, a day and, since 2023, the address. LinkedIn lists what came in, not what still waits:
an invitation that was ignored looks like one that waits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from demur.core.accounts import Audience, Network, Profile
from demur.core.arrivals import Arrival, Source
from demur.core.posted import Connected, Item, OwnProfile, Posted, PostedKind, TieKind
from demur.networks.exports.days import day, is_day_first
from demur.networks.exports.kinds import File, Form, Kind, Read
from demur.networks.exports.pieces import Listed, Person, Piece, Requests, counted, keyed
from demur.networks.exports.repair import line, paragraphs
from demur.networks.exports.streams import Entry, heading
from demur.networks.markup import read_markup

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
        headings = {heading(cell) for cell in row}
        for part, needed in _HEADINGS.items():
            if needed <= headings:
                return part
    return None


def requests(pieces: Mapping[str, Sequence[Piece]], today: date) -> Requests:
    """The invitations from people who were no connections when the export was made."""
    connections = Listed(
        person for piece in pieces.get(CONNECTIONS, ()) for person in _connections(piece.content, today)
    )
    lists: list[tuple[Arrival, ...]] = []
    accepted, unread = 0, 0
    for piece in pieces.get(RECEIVED, ()):
        people = list(_invitations(piece.content, today))
        as_of = piece.as_of((person.day for person in people if person), today)
        arrivals: list[Arrival] = []
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
        lists.append(tuple(arrivals))
    notes = []
    if accepted:
        notes.append(
            f"LinkedIn: {counted(accepted, 'invitation', 'invitations')} left out, because you are connected by now."
        )
    if unread:
        notes.append(f"LinkedIn: {counted(unread, 'line', 'lines')} could not be read and were left out.")
    if any(lists) and CONNECTIONS not in pieces:
        notes.append("LinkedIn: Connections.csv is not in the export, so some of these may be your connections by now.")
    if any(lists):
        notes.append("LinkedIn's export doesn't tell an invitation that waits from one that you ignored.")
    return Requests(tuple(lists), tuple(notes))


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
        elif _HEADINGS[part] <= {heading(cell) for cell in row}:
            headings = [heading(cell) for cell in row]


def _handle(address: str) -> str:
    match = _ADDRESS.match(line(address))
    return line(_ESCAPED.sub(_unescaped, match[1])) if match else ""


def _unescaped(match: re.Match[str]) -> str:
    return bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace")


# --- what was published ----------------------------------------------------------------------------------------------

_BREAK = re.compile(r'"[ \t]{0,5}\n[ \t]{0,5}"')
_AUDIENCES = {"public": Audience.PUBLIC, "anyone": Audience.PUBLIC, "connections": Audience.FRIENDS}
_SEPARATED = re.compile(r"[,;|]|\s{2,}")


def _cells(entry: Entry) -> dict[str, str]:
    return {str(name): str(cell) for name, cell in keyed(entry.value).items()}


def _shares(entry: Entry, file: File) -> Iterator[Item | None]:
    row = _cells(entry)
    written = row.get("sharecommentary", "").replace("\r\n", "\n")
    if _BREAK.search(written):
        # LinkedIn writes each line of a longer post in quotes of its own.
        lines = (one.strip(" \t").removeprefix('"').removesuffix('"') for one in written.split("\n"))
        written = "\n".join(lines).replace('""', '"')
    when, link = file.when(row.get("date")), line(row.get("sharelink"))
    if not (written or when or link):
        yield None
        return
    yield Posted(
        file.network,
        PostedKind.POST,
        paragraphs(written),
        file.place(entry.index),
        when,
        _AUDIENCES.get(row.get("visibility", "").strip().lower()),
        link=link if link.startswith("https://") else "",
    )


def _comments(entry: Entry, file: File) -> Iterator[Item | None]:
    row = _cells(entry)
    written, link = paragraphs(row.get("message")), line(row.get("link"))
    if not written:
        yield None
        return
    when, place = file.when(row.get("date")), file.place(entry.index)
    link = link if link.startswith("https://") else ""
    yield Posted(file.network, PostedKind.COMMENT, written, place, when, link=link)


def _media(entry: Entry, file: File) -> Iterator[Item | None]:
    row = _cells(entry)
    if written := paragraphs(row.get("mediadescription")):
        yield Posted(file.network, PostedKind.CAPTION, written, file.place(entry.index), file.when(row.get("datetime")))


def _article(entry: Entry, file: File) -> Iterator[Item | None]:
    shown = read_markup(str(entry.value))
    written = paragraphs("\n".join(shown.lines))
    dated = next((shown.by_class[name] for name in ("published", "created") if name in shown.by_class), file.name)
    days = re.search(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}(?: [0-9:]{5,8})?", dated)
    yield (
        Posted(file.network, PostedKind.POST, written, file.place(0), file.when(days[0]) if days else None)
        if written
        else None
    )


def _connected(kind: TieKind) -> Read:
    def read(entry: Entry, file: File) -> Iterator[Item | None]:
        row = _cells(entry)
        name = line(f"{row.get('firstname', '')} {row.get('lastname', '')}") or line(row.get("fullname"))
        handle = _handle(row.get("url", ""))
        email = next(iter(_SEPARATED.split(row.get("emailaddress") or row.get("emails") or "")), "").strip()
        phone = next(iter(_SEPARATED.split(row.get("phonenumbers") or "")), "").strip()
        if not (name or handle or email or phone):
            yield None
            return
        since = file.when(row.get("connectedon") or row.get("date") or row.get("createdat"))
        place = file.place(entry.index)
        yield Connected(file.network, kind, place, name, handle, line(email), line(phone), since)

    return read


def _profile(entry: Entry, file: File) -> Iterator[Item | None]:
    row = _cells(entry)
    bio = "\n".join(filter(None, (paragraphs(row.get(key)) for key in ("headline", "summary"))))
    links = re.findall(r"https?://[^\s,\]]{1,300}", row.get("websites", "")[:10_000])
    yield OwnProfile(
        file.network,
        file.place(entry.index),
        name=line(f"{row.get('firstname', '')} {row.get('lastname', '')}"),
        bio=bio,
        city=line(row.get("geolocation")),
        links=tuple(map(line, links)),
    )


def _position(entry: Entry, file: File) -> Iterator[Item | None]:
    row = _cells(entry)
    told = (paragraphs(row.get(key)) for key in ("companyname", "title", "location", "description"))
    if written := "\n".join(filter(None, told)):
        yield Posted(file.network, PostedKind.BIO, written, file.place(entry.index), file.when(row.get("startedon")))
    else:
        yield None


def _address(entry: Entry, file: File) -> Iterator[Item | None]:
    row = _cells(entry)
    email, phone = line(row.get("emailaddress")), line(row.get("number"))
    if email or phone:
        emails, phones = (email,) if email else (), (phone,) if phone else ()
        yield OwnProfile(file.network, file.place(entry.index), emails=emails, phones=phones)


def _table(files: str, read: Read, *headings: str, backslashes: bool = False) -> Kind:
    return Kind(Network.LINKEDIN, files, read, Form.TABLE, headings=frozenset(headings), backslashes=backslashes)


KINDS = (
    _table("shares", _shares, "date", "sharecommentary"),
    _table("comments", _comments, "date", "message", backslashes=True),
    _table("rich_media", _media, "mediadescription"),
    Kind(Network.LINKEDIN, ".*", _article, Form.PAGE, folders=frozenset({"articles"})),
    _table("connections", _connected(TieKind.FRIEND), *_HEADINGS[CONNECTIONS]),
    _table("member_follows", _connected(TieKind.FOLLOWING), "fullname"),
    _table("(?:imported_?)?contacts", _connected(TieKind.CONTACT), "firstname", "lastname"),
    _table("profile", _profile, "firstname", "lastname", "headline"),
    _table("positions", _position, "companyname", "title"),
    _table("email_?addresses", _address, "emailaddress"),
    _table("phone_?numbers", _address, "number"),
)
