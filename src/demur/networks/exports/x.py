"""What X's archive tells: tweets and replies, who follows and is followed (as numbers), contacts, profile.

Each file is JSON behind `window.YTD.<name>.part<N> = `. It holds no follow requests, and direct messages are not read.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping

from demur.core.accounts import Network
from demur.core.posted import Connected, Item, OwnProfile, Posted, PostedKind, SettingFound, TieKind, Whereabouts
from demur.networks.exports.kinds import File, Form, Kind, Read
from demur.networks.exports.pieces import coordinates, keyed, listed
from demur.networks.exports.repair import line, paragraphs
from demur.networks.exports.streams import Entry, Go, Path

MANIFEST = "manifest.js"
_READ = frozenset({"tweets", "tweet", "noteTweet", "communityTweet", "follower", "following", "contact", "profile"})
_REPOST = "RT @"
_MOST_LINKS = 50


def listed_files(text: str) -> list[str]:
    """The names of the files that are read, out of the text of the manifest; none where it can't be made out."""
    try:
        kinds = keyed(json.loads(text)).get("dataTypes")
    except (ValueError, RecursionError):
        return []
    found = []
    for kind, about in keyed(kinds).items():
        if kind in _READ:
            names = (keyed(one).get("fileName") for one in listed(keyed(about).get("files")))
            found += [name.rpartition("/")[2] for name in names if isinstance(name, str)]
    return found


def _tweets(entry: Entry, file: File) -> Iterator[Item | None]:
    record = keyed(entry.value)
    tweet = keyed(record.get("tweet")) or record
    written = tweet.get("full_text") or tweet.get("text")
    if not isinstance(written, str):
        yield None
        return
    if written.startswith(_REPOST):
        yield Posted(file.network, PostedKind.REPOST, "", file.place(entry.index), file.when(tweet.get("created_at")))
        return
    entities, media = keyed(tweet.get("entities")), _media(tweet)
    number = str(tweet.get("id_str") or tweet.get("id") or "")
    answered = tweet.get("in_reply_to_status_id_str") or tweet.get("in_reply_to_status_id")
    answers = line(tweet.get("in_reply_to_screen_name"))
    yield Posted(
        file.network,
        PostedKind.REPLY if answered or answers else PostedKind.POST,
        _words(written, entities, media),
        file.place(entry.index),
        file.when(tweet.get("created_at")),
        photos=tuple(dict.fromkeys(name for one in media if (name := _photo(one, number, file)))),
        coordinates=_spot(tweet),
        venue=line(keyed(tweet.get("place")).get("full_name")),
        tagged=len(listed(entities.get("user_mentions"))),
        answers=f"@{answers}" if answers else "",
        link=f"https://x.com/i/status/{number}" if number.isdigit() else "",
    )
    for one in media:
        if alternative := paragraphs(one.get("ext_alt_text")):
            name = _photo(one, number, file)
            photos = (name,) if name else ()
            when = file.when(tweet.get("created_at"))
            yield Posted(file.network, PostedKind.CAPTION, alternative, file.place(entry.index), when, photos=photos)


def _media(tweet: Mapping[str, object]) -> list[Mapping[str, object]]:
    extended = keyed(tweet.get("extended_entities")).get("media")
    return [keyed(one) for one in listed(extended) or listed(keyed(tweet.get("entities")).get("media"))]


def _photo(media: Mapping[str, object], number: str, file: File) -> str:
    """The file of a photo in the archive: the number of the tweet, and the last part of the address."""
    address = media.get("media_url_https") or media.get("media_url")
    if media.get("type", "photo") != "photo" or not isinstance(address, str):
        return ""
    folder = "community_tweet_media" if file.stem.startswith("community") else "tweets_media"
    return line(f"{folder}/{number}-{address.rpartition('/')[2]}")


def _words(written: str, entities: Mapping[str, object], media: list[Mapping[str, object]]) -> str:
    """The text with addresses as they were typed, and without those of its own photos."""
    for one in listed(entities.get("urls"))[:_MOST_LINKS]:
        short, meant = keyed(one).get("url"), keyed(one).get("expanded_url")
        if isinstance(short, str) and short and isinstance(meant, str):
            written = written.replace(short, meant[:500])
    for about in media[:_MOST_LINKS]:
        if isinstance(short := about.get("url"), str) and short:
            written = written.replace(short, "")
    return paragraphs(html.unescape(written))


def _spot(tweet: Mapping[str, object]) -> tuple[float, float] | None:
    at = listed(keyed(tweet.get("coordinates")).get("coordinates"))
    if len(at) == 2:  # GeoJSON: the longitude comes first.
        return coordinates(at[1], at[0])
    at = listed(keyed(tweet.get("geo")).get("coordinates"))
    return coordinates(at[0], at[1]) if len(at) == 2 else None


def _notes(entry: Entry, file: File) -> Iterator[Item | None]:
    """The whole text of a long tweet, of which the list of tweets has the beginning alone."""
    note = keyed(keyed(entry.value).get("noteTweet"))
    core = keyed(note.get("core"))
    if written := paragraphs(core.get("text")):
        tagged = len(listed(core.get("mentions")))
        when = file.when(note.get("createdAt"))
        yield Posted(file.network, PostedKind.POST, written, file.place(entry.index), when, tagged=tagged)
    else:
        yield None


def _tied(kind: TieKind, key: str) -> Read:
    def read(entry: Entry, file: File) -> Iterator[Item | None]:
        about = keyed(keyed(entry.value).get(key))
        number = line(about.get("accountId"))
        yield Connected(file.network, kind, file.place(entry.index), handle=number) if number else None

    return read


def _contacts(entry: Entry, file: File) -> Iterator[Item | None]:
    contact = keyed(keyed(entry.value).get("contact"))
    emails, phones = listed(contact.get("emails")), listed(contact.get("phoneNumbers"))
    email, phone = line(next(iter(emails), None)), line(next(iter(phones), None))
    name = line(contact.get("name"))
    if email or phone or name:
        place = file.place(entry.index)
        yield Connected(file.network, TieKind.CONTACT, place, name=name, email=email, phone=phone)
    else:
        yield None


def _account(entry: Entry, file: File) -> Iterator[Item | None]:
    account = keyed(keyed(entry.value).get("account"))
    yield OwnProfile(
        file.network,
        file.place(entry.index),
        handle=line(account.get("username")),
        name=line(account.get("accountDisplayName")),
        emails=tuple(filter(None, [line(account.get("email"))])),
    )


def _profile(entry: Entry, file: File) -> Iterator[Item | None]:
    profile = keyed(keyed(entry.value).get("profile"))
    about = keyed(profile.get("description"))
    picture = line(profile.get("avatarMediaUrl")).rpartition("/")[2]
    yield OwnProfile(
        file.network,
        file.place(entry.index),
        bio=paragraphs(html.unescape(written) if isinstance(written := about.get("bio"), str) else ""),
        city=line(about.get("location")),
        links=tuple(filter(None, [line(about.get("website"))])),
        photo=f"profile_media/{picture}" if picture else "",
    )


def _phone(entry: Entry, file: File) -> Iterator[Item | None]:
    if number := line(keyed(keyed(entry.value).get("device")).get("phoneNumber")):
        yield OwnProfile(file.network, file.place(entry.index), phones=(number,))


def _protected(entry: Entry, file: File) -> Iterator[Item | None]:
    """What the newest switch between protected and public posts says; X keeps those of six months."""
    changes = [keyed(keyed(one).get("protectedHistory")) for one in listed(entry.value)]
    told = [(str(file.when(one.get("protectedAt")) or ""), line(one.get("action"))) for one in changes]
    told = [one for one in told if one[1]]
    if told:
        yield SettingFound(file.network, file.place(0), "action", max(told, key=lambda one: one[0])[1])


def _personalization(entry: Entry, file: File) -> Iterator[Item | None]:
    for one in listed(keyed(keyed(entry.value).get("p13nData")).get("locationHistory")):
        about = keyed(one)
        at = coordinates(about.get("latitude"), about.get("longitude"))
        name = line(one) or line(about.get("name")) or ", ".join(
            filter(None, (line(about.get(key)) for key in ("city", "region", "country")))
        )  # fmt: skip
        if at or name:
            yield Whereabouts(file.network, file.place(entry.index), at, name)


def _whole(path: Path) -> Go:
    return Go.WHOLE


def _kind(files: str, read: Read) -> Kind:
    return Kind(Network.X, files, read, Form.SCRIPT, numbered=True)


_PART = "(?:_part[0-9]{1,4})?"
KINDS = (
    _kind(f"tweets?{_PART}|community_tweet{_PART}", _tweets),
    Kind(Network.X, "[0-9]{4}_[0-9]{2}", _tweets, Form.SCRIPT),  # A month each, until 2018.
    _kind(f"note_tweet{_PART}", _notes),
    _kind(f"follower{_PART}", _tied(TieKind.FOLLOWER, "follower")),
    _kind(f"following{_PART}", _tied(TieKind.FOLLOWING, "following")),
    _kind(f"contact{_PART}", _contacts),
    _kind("account", _account),
    _kind("profile", _profile),
    _kind("phone_number", _phone),
    Kind(Network.X, "protected_history", _protected, Form.SCRIPT, choose=_whole),
    _kind("personalization", _personalization),
)
