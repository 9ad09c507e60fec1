"""What a repository of Bluesky tells: posts and replies, whom it follows, lists, profile, and some switches.

Everything in it is public. Followers, mutes and messages are not in it, and requests don't exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from demur.core.accounts import Audience, Network
from demur.core.posted import Connected, Item, OwnProfile, Posted, PostedKind, SettingFound, TieKind
from demur.networks.exports.kinds import File, Form, Kind
from demur.networks.exports.pieces import keyed, listed
from demur.networks.exports.repair import line, paragraphs
from demur.networks.exports.streams import Entry

_NO_UNAUTHENTICATED = "!no-unauthenticated"
_MENTION = "app.bsky.richtext.facet#mention"


def _records(entry: Entry, file: File) -> Iterator[Item | None]:
    record = keyed(entry.value)
    kind = record.get("$type")
    if kind is None:
        yield None
    elif kind == "app.bsky.feed.post":
        yield from _post(entry, record, file)
    elif kind == "app.bsky.feed.repost":
        when = file.when(record.get("createdAt"))
        yield Posted(file.network, PostedKind.REPOST, "", file.place(entry.index), when, Audience.PUBLIC)
    elif kind == "app.bsky.actor.profile":
        yield from _profile(record, file, entry)
    elif kind == "app.bsky.graph.follow":
        handle, since = line(record.get("subject")), file.when(record.get("createdAt"))
        place = file.place(entry.index)
        yield Connected(file.network, TieKind.FOLLOWING, place, handle=handle, since=since) if handle else None
    elif kind in ("app.bsky.graph.list", "app.bsky.graph.starterpack", "app.bsky.feed.generator"):
        told = [paragraphs(record.get(key)) for key in ("name", "displayName", "description")]
        yield _told(PostedKind.POST, "\n".join(filter(None, told)), entry, record, file)
    elif kind == "app.bsky.feed.threadgate":
        rules = [line(keyed(one).get("$type")).rpartition("#")[2] for one in listed(record.get("allow"))]
        said = ", ".join(rules) if "allow" in record else "everybody"
        yield SettingFound(file.network, file.place(entry.index), "app.bsky.feed.threadgate allow", said or "nobody")
    elif kind == "chat.bsky.actor.declaration" and (said := line(record.get("allowIncoming"))):
        yield SettingFound(file.network, file.place(entry.index), "allowIncoming", said)


def _post(entry: Entry, record: Mapping[str, object], file: File) -> Iterator[Item | None]:
    facets = [keyed(one) for facet in listed(record.get("facets")) for one in listed(keyed(facet).get("features"))]
    owner, name = (*entry.path, "", "")[:2]
    number = name.rpartition("/")[2]
    yield Posted(
        file.network,
        PostedKind.REPLY if record.get("reply") else PostedKind.POST,
        paragraphs(record.get("text")),
        file.place(entry.index),
        file.when(record.get("createdAt")),
        Audience.PUBLIC,
        tagged=sum(one.get("$type") == _MENTION for one in facets),
        link=f"https://bsky.app/profile/{owner}/post/{number}" if owner and number else "",
    )
    for alternative in _alternatives(record):
        yield _told(PostedKind.CAPTION, alternative, entry, record, file)


def _told(kind: PostedKind, written: str, entry: Entry, record: Mapping[str, object], file: File) -> Posted | None:
    if not written:
        return None
    when = file.when(record.get("createdAt"))
    return Posted(file.network, kind, written, file.place(entry.index), when, Audience.PUBLIC)


def _alternatives(record: Mapping[str, object]) -> Iterator[str]:
    """The descriptions of the photos of a post, which is all of them that a repository holds."""
    embed = keyed(record.get("embed"))
    media = keyed(embed.get("media")) or embed
    for one in (*listed(media.get("images")), media):
        if written := paragraphs(keyed(one).get("alt")):
            yield written


def _profile(record: Mapping[str, object], file: File, entry: Entry) -> Iterator[Item | None]:
    place = file.place(entry.index)
    yield OwnProfile(
        file.network,
        place,
        handle=entry.path[0] if entry.path else "",
        name=line(record.get("displayName")),
        bio="\n".join(filter(None, (paragraphs(record.get(key)) for key in ("description", "pronouns")))),
        links=tuple(filter(None, [line(record.get("website"))])),
    )
    labels = [keyed(one).get("val") for one in listed(keyed(record.get("labels")).get("values"))]
    hidden = str(_NO_UNAUTHENTICATED in labels).lower()
    yield SettingFound(file.network, place, f"labels {_NO_UNAUTHENTICATED}", hidden)


KINDS = (Kind(Network.BLUESKY, ".*", _records, Form.CAR),)
