"""What Facebook's "Export your information" tells: posts, comments, photos, friends, and requests received.

Friends and requests are a name and a moment each, and no more. Requests were seen as `received_friend_requests.json`
(2018-19 and since 2022) and `friend_requests_received.json` (2020-22), under `friends/`, `friends_and_followers/`,
`connections/friends/` and others, so only the name of the file counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from demur.core.accounts import Network, Profile
from demur.core.arrivals import Arrival, Source
from demur.core.posted import Item, OwnProfile, Posted, PostedKind, TieKind, Whereabouts
from demur.networks.exports import meta
from demur.networks.exports.kinds import File, Kind
from demur.networks.exports.pieces import Listed, Person, Piece, Requests, coordinates, counted, keyed, listed
from demur.networks.exports.streams import Entry, Go, Path

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


def requests(pieces: Mapping[str, Sequence[Piece]], today: date) -> Requests:
    """The friend requests that were neither accepted nor declined when the export was made."""
    friends, rejected = (
        Listed(person for piece in pieces.get(part, ()) for person in meta.people(piece.content, part, today) if person)
        for part in (FRIENDS, REJECTED)
    )
    lists: list[tuple[Arrival, ...]] = []
    accepted, declined, unread, known_name = 0, 0, 0, 0
    for piece in pieces.get(RECEIVED, ()):
        people = list(meta.people(piece.content, RECEIVED, today))
        as_of = piece.as_of((person.day for person in people if person), today)
        arrivals: list[Arrival] = []
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
        lists.append(tuple(arrivals))
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
    if any(lists) and FRIENDS not in pieces:
        notes.append(
            "Facebook: the list of your friends is not in the export, so some of these may be your friends by now."
        )
    if any(lists):
        notes.append("Facebook's export gives a name and a day only. Two people of one name can't be told apart.")
    return Requests(tuple(lists), tuple(notes))


def _arrival(person: Person, as_of: date) -> Arrival:
    return Arrival(
        network=Network.FACEBOOK,
        profile=Profile(display_name=person.name, handle=person.handle),
        as_of=as_of,
        source=Source.EXPORT,
        received=person.day,
    )


# --- what was published ----------------------------------------------------------------------------------------------


def _posts(entry: Entry, file: File) -> Iterator[Item | None]:
    record = keyed(entry.value)
    if "label_values" in record:
        yield from meta.posted(entry, file)
        return
    if not record:
        yield None
        return
    attached = [keyed(one) for group in listed(record.get("attachments")) for one in listed(keyed(group).get("data"))]
    media = [keyed(one["media"]) for one in attached if "media" in one]
    place = next((keyed(one["place"]) for one in attached if "place" in one), {})
    events = (meta.text(keyed(one.get("life_event")).get("title")) for one in attached)
    tags = listed(record.get("tags"))
    lines = [*(meta.text(keyed(one).get("post")) for one in listed(record.get("data"))), *events]
    own = "\n".join(dict.fromkeys(filter(None, lines)))
    # "… is with Ola Muster" stands above the post for everybody to see.
    written = "\n".join(filter(None, (own, meta.words(record.get("title")) if tags else "")))
    at = keyed(place.get("coordinate"))
    spots = (coordinates(at.get("latitude"), at.get("longitude")), *map(meta.photo_place, media))
    shared = any("external_context" in one for one in attached)
    yield Posted(
        file.network,
        # A link or a post of others that was passed on without a word.
        PostedKind.REPOST if shared and not (written or media or place) else PostedKind.POST,
        written,
        file.place(entry.index),
        file.when(record.get("timestamp")),
        photos=tuple(filter(None, map(meta.photo_name, media))),
        coordinates=next(filter(None, spots), None),
        venue=meta.words(place.get("name")),
        tagged=len(tags),
    )
    yield from meta.captioned(media, file, entry, own)


def _comments(entry: Entry, file: File) -> Iterator[Item | None]:
    record = keyed(entry.value)
    if "label_values" in record:
        yield from meta.posted(entry, file, PostedKind.COMMENT)
        return
    found = False
    for one in listed(record.get("data")):
        comment = keyed(keyed(one).get("comment"))
        if written := meta.text(comment.get("comment")):
            found = True
            yield Posted(
                file.network,
                PostedKind.COMMENT,
                written,
                file.place(entry.index),
                file.when(comment.get("timestamp") or record.get("timestamp")),
                answers=meta.words(record.get("title")),
            )
    media = [keyed(keyed(one).get("media")) for group in listed(record.get("attachments"))
             for one in listed(keyed(group).get("data"))]  # fmt: skip
    names = tuple(filter(None, map(meta.photo_name, media)))
    if names and not found:  # a comment that is a photo
        found = True
        when, place = file.when(record.get("timestamp")), file.place(entry.index)
        answers = meta.words(record.get("title"))
        yield Posted(file.network, PostedKind.COMMENT, "", place, when, photos=names, answers=answers)
    if not found and not record.get("title"):
        yield None


def _photos(entry: Entry, file: File) -> Iterator[Item | None]:
    """A photo or video of an album or list: the file, its moment and its caption."""
    if entry.index < 0:
        if entry.path in (("name",), ("description",)) and (written := meta.text(entry.value)):
            yield Posted(file.network, PostedKind.CAPTION, written, file.place(0))
        return
    media = keyed(entry.value)
    if not media.get("uri"):
        yield None
        return
    yield meta.photo(media, file, entry)


def _friends(entry: Entry, file: File) -> Iterator[Item | None]:
    return meta.connected(entry, file, TieKind.FRIEND)


def _followers(entry: Entry, file: File) -> Iterator[Item | None]:
    return meta.connected(entry, file, TieKind.FOLLOWER)


def _following(entry: Entry, file: File) -> Iterator[Item | None]:
    return meta.connected(entry, file, TieKind.FOLLOWING)


def _contacts(entry: Entry, file: File) -> Iterator[Item | None]:
    record = keyed(entry.value)
    if "label_values" in record:
        values = [written for _, written in meta.labelled(record)]
        yield meta.contact(values, file, entry)
        return
    details = [keyed(one).get("contact_point") for one in listed(record.get("details"))]
    values = [meta.words(one) for one in (record.get("name"), record.get("contact_point"), *details)]
    yield meta.contact(list(filter(None, values)), file, entry)


def _profile(entry: Entry, file: File) -> Iterator[Item | None]:
    profile = keyed(entry.value)
    name, emails = profile.get("name"), profile.get("emails")
    mails = listed(keyed(emails).get("emails")) or listed(emails)
    phones = [keyed(one).get("phone_number") for one in listed(profile.get("phone_numbers"))]
    links = [keyed(one).get("address") for one in listed(profile.get("websites"))]
    bio = [_named(profile.get(key)) for key in ("intro_bio", "bio", "about_me", "headline")]
    yield OwnProfile(
        file.network,
        file.place(0),
        handle=meta.words(profile.get("username")),
        name=_named(name) or meta.words(keyed(name).get("full_name")),
        bio="\n".join(filter(None, bio)),
        city=_named(profile.get("current_city")),
        emails=tuple(filter(None, map(meta.words, mails))),
        phones=tuple(filter(None, map(meta.words, phones))),
        links=tuple(filter(None, map(meta.words, links))),
    )
    for key, parts in _TOLD.items():
        for one in listed(profile.get(key)):
            told = [meta.text(keyed(one).get(part)) or _named(keyed(one).get(part)) for part in parts]
            if any(told):
                place = file.place(0)
                yield Posted(file.network, PostedKind.BIO, "\n".join(dict.fromkeys(filter(None, told))), place)


_TOLD = {
    "work_experiences": ("employer", "title", "location", "description"),
    "education_experiences": ("name", "description"),
    "places_lived": ("place",),
    "family_members": ("name", "relation"),
}
"""What else stands on a profile, and its parts."""


def _named(value: object) -> str:
    """A text, or the name of a thing that has one."""
    inner = keyed(value)
    return meta.text(value) or meta.text(inner.get("name")) or meta.text(inner.get("text"))


def _places(entry: Entry, file: File) -> Iterator[Item | None]:
    value = entry.value
    record = keyed(value)
    at = keyed(record.get("coordinate")) or record
    spot = coordinates(at.get("latitude"), at.get("longitude"))
    when = file.when(record.get("creation_timestamp") or record.get("timestamp"))
    if spot or isinstance(value, str | list) or "name" in record:
        # A town and its region come as a list of two, a postcode as a text.
        name = meta.words(record.get("name")) or ", ".join(map(meta.words, listed(value))) or meta.words(value)
        if spot or name:
            yield Whereabouts(file.network, file.place(entry.index), spot, name, when)
        return
    for _, written in meta.labelled({"label_values": [record]} if "label_values" not in record else record):
        yield Whereabouts(file.network, file.place(entry.index), None, written, when)


def _whole_profile(path: Path) -> Go:
    return Go.WHOLE if len(path) == 1 and path[0].startswith("profile") else Go.IN


_OWN = "(?:your_)?"
_COUNT = "(?:_[0-9]{1,4})?"
KINDS = (
    Kind(Network.FACEBOOK, f"your_posts(?:_check_ins_photos_and_videos)?{_COUNT}", _posts,
         roots="(?!label_values|media).*", numbered=True),
    Kind(Network.FACEBOOK, f"{_OWN}(?:group_posts_and_comments|posts_in_groups|group_posts){_COUNT}", _posts,
         roots="(?:group_posts.*)?"),
    Kind(Network.FACEBOOK, f"{_OWN}comments{_COUNT}", _comments, roots="(?:comments(?:_v[0-9]+)?)?"),
    Kind(Network.FACEBOOK, f"your_comments_in_groups{_COUNT}", _comments),
    Kind(Network.FACEBOOK, "[0-9]{1,5}", _photos, roots="photos|name|description",
         folders=frozenset({"album"}), scalars=True),
    Kind(Network.FACEBOOK, f"your_(?:videos|photos|uncategorized_photos){_COUNT}", _photos, roots="(?:.*_v[0-9]+)?"),
    Kind(Network.FACEBOOK, f"{_OWN}friends{_COUNT}", _friends, roots="(?:friends(?:_v[0-9]+)?)?"),
    Kind(Network.FACEBOOK, f"people_who_followed_you{_COUNT}", _followers),
    Kind(Network.FACEBOOK, f"who_you_?(?:ve|have)?_?followed{_COUNT}", _following),
    Kind(Network.FACEBOOK, "profile_information", _profile, roots="profile(?:_v[0-9]+)?", choose=_whole_profile),
    Kind(Network.FACEBOOK, "contacts_uploaded_from_your_phone|your_imported_contacts|contacts_uploaded_before_2021|"
         "your_address_books?", _contacts, roots="(?!label_values).*"),
    Kind(Network.FACEBOOK, "primary_location|primary_public_location|location_history|your_location_history", _places,
         roots="(?:(?:primary_|location_history|label_values).*)?"),
)  # fmt: skip
