"""What Instagram's export tells: posts, stories, reels, comments, followers, settings, and requests received.

A request is a username and a moment, since about 2025 a name too. Threads lies in the same export, in a folder of its
own; its lists and posts are kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from demur.core.accounts import Network, Profile
from demur.core.arrivals import Arrival, Source
from demur.core.content import RequestKind
from demur.core.posted import Item, OwnProfile, Posted, PostedKind, SettingFound, TieKind, Whereabouts
from demur.networks.exports import meta
from demur.networks.exports.kinds import File, Kind, Read
from demur.networks.exports.pieces import Listed, Piece, Requests, coordinates, counted, keyed, listed, plain
from demur.networks.exports.streams import Entry, Go, Path

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


def requests(network: Network, pieces: Mapping[str, Sequence[Piece]], today: date) -> Requests:
    """The follow requests of people who were no followers when the export was made."""
    name = _NAMES[network]
    followers = Listed(
        person
        for piece in pieces.get(FOLLOWERS, ())
        for person in meta.people(piece.content, FOLLOWERS, today)
        if person
    )
    lists: list[tuple[Arrival, ...]] = []
    accepted, unread = 0, 0
    for piece in pieces.get(RECEIVED, ()):
        people = list(meta.people(piece.content, RECEIVED, today))
        as_of = piece.as_of((person.day for person in people if person), today)
        arrivals: list[Arrival] = []
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
        lists.append(tuple(arrivals))
    notes = []
    if accepted:
        notes.append(f"{name}: {counted(accepted, 'request', 'requests')} left out, because they follow you by now.")
    if unread:
        notes.append(f"{name}: {counted(unread, 'entry', 'entries')} could not be read and were left out.")
    if any(lists):
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
    return Requests(tuple(lists), tuple(notes))


def _missing_followers(pieces: Sequence[Piece]) -> list[int]:
    """Numbers that are skipped among `followers_1`, `followers_2` …; one that is missing at the end can't be seen."""
    found = {
        int(match[1]) for piece in pieces if (match := _FOLLOWERS_FILE.fullmatch(piece.name)) is not None and match[1]
    }
    return [number for number in range(1, max(found, default=0)) if number not in found]


# --- what was published ----------------------------------------------------------------------------------------------


def _posts(entry: Entry, file: File) -> Iterator[Item | None]:
    record = keyed(entry.value)
    if "label_values" in record:
        yield from meta.posted(entry, file)
        return
    media = [keyed(one) for one in listed(record.get("media"))] or [record]
    media = [one for one in media if "uri" in one or "title" in one]
    if not media:
        yield None
        return
    # The caption of a post with one photo stands beside the photo.
    title = meta.text(record.get("title"))
    own = title or (meta.text(media[0].get("title")) if len(media) == 1 else "")
    spots = filter(None, map(meta.photo_place, media))
    replies = any(keyed(one.get("text_app_post")).get("is_reply") is True for one in media)
    yield Posted(
        file.network,
        PostedKind.REPLY if replies else PostedKind.POST,
        own,
        file.place(entry.index),
        file.when(record.get("creation_timestamp") or media[0].get("creation_timestamp")),
        photos=tuple(filter(None, map(meta.photo_name, media))),
        coordinates=next(spots, None),
    )
    yield from meta.captioned(media, file, entry, own)


def _comments(entry: Entry, file: File) -> Iterator[Item | None]:
    value = entry.value
    record = keyed(value)
    if "label_values" in record:
        yield from meta.posted(entry, file, PostedKind.COMMENT)
        return
    written, owner, moment = "", "", None
    if isinstance(value, list) and len(value) >= 2:  # Until 2021: moment, words, whose post.
        moment, written = file.when(value[0]), meta.text(value[1])
        owner = meta.words(value[2]) if len(value) > 2 else ""
    elif "string_map_data" in record:
        # The keys are in the account's language; the order is the same: words, whose post, moment.
        cells = [keyed(cell) for cell in keyed(record.get("string_map_data")).values()]
        texts = [meta.text(cell.get("value")) for cell in cells if "value" in cell and not cell.get("timestamp")]
        written, owner = (*texts, "", "")[:2]
        moment = next((file.when(cell["timestamp"]) for cell in cells if cell.get("timestamp")), None)
    else:
        cell = keyed(next(iter(listed(record.get("string_list_data"))), None))
        written, owner = meta.text(cell.get("value")), meta.words(record.get("title"))
        moment = file.when(cell.get("timestamp"))
    if not written:
        yield None
        return
    answers = f"A post of {owner}" if owner else ""
    yield Posted(file.network, PostedKind.COMMENT, written, file.place(entry.index), moment, answers=answers)


def _followers(entry: Entry, file: File) -> Iterator[Item | None]:
    return meta.connected(entry, file, TieKind.FOLLOWER)


def _following(entry: Entry, file: File) -> Iterator[Item | None]:
    return meta.connected(entry, file, TieKind.FOLLOWING)


def _cells(value: object) -> list[tuple[str, str]]:
    """The texts of a record, each with what its label is called, folded."""
    record = keyed(value)
    cells = [
        (plain(meta.words(label)), meta.text(keyed(cell).get("value")))
        for label, cell in keyed(record.get("string_map_data")).items()
    ]
    return [(label, written) for label, written in (*cells, *meta.labelled(record)) if written]


def _profile(entry: Entry, file: File) -> Iterator[Item | None]:
    record = keyed(entry.value)
    cells = _cells(record)
    pictures = map(keyed, keyed(record.get("media_map_data")).values())
    yield OwnProfile(
        file.network,
        file.place(0),
        handle=_first(cells, _USERNAME),
        name=_first(cells, _NAME),
        bio=_first(cells, _BIO),
        emails=tuple(filter(None, [_first(cells, _EMAIL)])),
        phones=tuple(filter(None, [_first(cells, _PHONE)])),
        links=tuple(filter(None, [_first(cells, _WEBSITE)])),
        photo=next(filter(None, map(meta.photo_name, pictures)), ""),
    )
    if private := _first(cells, frozenset({"private account"})):
        yield SettingFound(file.network, file.place(0), "profile_user Private Account", private)


def _first(cells: Sequence[tuple[str, str]], labels: frozenset[str]) -> str:
    return next((value for label, value in cells if label in labels), "")


_USERNAME = frozenset(
    {"username", "benutzername", "nombre de usuario", "nom d'utilisateur", "nome utente", "gebruikersnaam"}
)
_NAME = frozenset({"name", "nombre", "nom", "nome", "naam"})
_BIO = frozenset({"bio", "biography", "biografia", "biographie", "steckbrief", "presentacion"})
_EMAIL = frozenset({"email", "e-mail", "email address", "e-mail-adresse", "correo electronico", "adresse e-mail"})
_PHONE = frozenset({"phone number", "phone", "telefonnummer", "numero de telefono", "numero de telephone"})
_WEBSITE = frozenset({"website", "webseite", "sitio web", "site web", "sito web"})


def _privacy(entry: Entry, file: File) -> Iterator[Item | None]:
    """What the newest of the changes between public and private says."""
    root, records = next(iter(keyed(entry.value).items()), ("", entry.value))
    changes = [(file.when(_moment(one)), meta.words(keyed(one).get("title"))) for one in listed(records)]
    told = [(when, title) for when, title in changes if title]
    if told:
        dated = [one for one in told if one[0] is not None]
        _, title = max(dated, key=lambda one: str(one[0]), default=told[-1])
        yield SettingFound(file.network, file.place(0), f"{root} title".strip(), title)


def _moment(record: object) -> object:
    cells = map(keyed, keyed(keyed(record).get("string_map_data")).values())
    return next((cell["timestamp"] for cell in cells if cell.get("timestamp")), keyed(record).get("timestamp"))


def _settings(entry: Entry, file: File) -> Iterator[Item | None]:
    root = entry.path[0] if entry.path else ""
    for label, cell in keyed(keyed(entry.value).get("string_map_data")).items():
        if value := meta.words(keyed(cell).get("value")):
            yield SettingFound(file.network, file.place(entry.index), f"{root} {meta.words(label)}".strip(), value)


def _contacts(entry: Entry, file: File) -> Iterator[Item | None]:
    yield meta.contact(list(dict.fromkeys(written for _, written in _cells(entry.value))), file, entry)


def _places(entry: Entry, file: File) -> Iterator[Item | None]:
    record = keyed(entry.value)
    if "string_map_data" not in record and "label_values" not in record:
        record = {"label_values": [record]}
    values = [written for _, written in _cells(record)]
    numbers = [value for value in values if _DEGREES.fullmatch(value)]
    spot = coordinates(*numbers[:2]) if len(numbers) >= 2 else None
    when, place = file.when(_moment(record)), file.place(entry.index)
    if spot is not None:
        yield Whereabouts(file.network, place, spot, when=when)
        return
    for value in dict.fromkeys(value for value in values if value not in numbers):
        yield Whereabouts(file.network, place, None, value.replace("\n", " "), when)


_DEGREES = re.compile(r"-?[0-9]{1,3}\.[0-9]{1,12}")


def _whole(path: Path) -> Go:
    return Go.WHOLE


_OF_OTHERS = frozenset({"past_instagram_insights", "subscriptions", "ads_and_topics", "saved", "likes"})
"""Folders with files of the same names that hold what others posted, or figures."""
_NOT_THREADS = frozenset({"threads"})
_COUNT = "(?:_[0-9]{1,4})?"
_ROOT = "(?:ig_(?!archived|recently_deleted).*|media)?"


def _kind(files: str, read: Read, roots: str = ".*", not_folders: frozenset[str] = frozenset()) -> Kind:
    return Kind(Network.INSTAGRAM, files, read, roots=roots, not_folders=not_folders, numbered=True)


def _list_of(who: str) -> str:
    """The keys of a list of people; a list of those who are blocked or were let go is another."""
    return f"(?:(?:relationships_)?{who}(?:_v[0-9]+)?)?"


KINDS = (
    _kind(f"posts{_COUNT}", _posts, _ROOT, not_folders=_OF_OTHERS),
    _kind(f"(?:stories|reels|igtv_videos|profile_photos){_COUNT}", _posts, _ROOT, not_folders=_OF_OTHERS),
    _kind(f"(?:post_comments|reels_comments){_COUNT}", _comments, "(?:comments_.*)?", not_folders=_NOT_THREADS),
    _kind("comments", _comments, "media_comments|comments_.*"),
    _kind("followers(?:_[0-9]{1,4})?", _followers, _list_of("followers"), _NOT_THREADS),
    _kind("following(?:_[0-9]{1,4})?", _following, _list_of("following"), _NOT_THREADS),
    _kind("personal_information", _profile, "profile_user|"),
    Kind(Network.INSTAGRAM, "(?:profile|account)_privacy_changes", _privacy, choose=_whole),
    _kind("comments_allowed_from|use_cross_app_messaging", _settings),
    _kind("synced_contacts", _contacts),
    _kind("profile_based_in|locations_of_interest|last_known_location|account_based_in", _places,
          "(?!media).*"),
    Kind(Network.THREADS, "threads_and_replies", _posts, roots="(?:text_post_app.*)?"),
    Kind(Network.THREADS, "followers", _followers, roots="(?:text_post_app.*|relationships_.*)?",
         folders=_NOT_THREADS),
    Kind(Network.THREADS, "following", _following, roots="(?:text_post_app.*|relationships_.*)?",
         folders=_NOT_THREADS),
    Kind(Network.THREADS, "followers", _followers, roots="text_post_app.*"),
    Kind(Network.THREADS, "following", _following, roots="text_post_app.*"),
)  # fmt: skip
