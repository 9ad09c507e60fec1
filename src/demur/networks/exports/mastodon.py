"""What Mastodon's archive tells: posts and replies, profile, switches, and whom the account follows.

`outbox.json` is an ActivityStreams collection. Who may see a post is told by whom it is addressed to; what is addressed
to single people is a private message and is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from demur.core.accounts import Audience, Network
from demur.core.posted import Connected, Item, OwnProfile, Posted, PostedKind, SettingFound, TieKind
from demur.networks.exports.kinds import File, Form, Kind
from demur.networks.exports.meta import is_picture
from demur.networks.exports.pieces import keyed, listed
from demur.networks.exports.repair import line, paragraphs
from demur.networks.exports.streams import Entry, Go, Path
from demur.networks.markup import read_markup

_PUBLIC = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})
_SWITCHES = ("manuallyApprovesFollowers", "discoverable", "indexable")
_LONGEST = 200_000


def _posts(entry: Entry, file: File) -> Iterator[Item | None]:
    activity = keyed(entry.value)
    if entry.path == ("@context",):
        return  # what stands above the posts, also where there are none
    if activity.get("type") == "Announce":
        when = file.when(activity.get("published"))
        yield Posted(file.network, PostedKind.REPOST, "", file.place(entry.index), when, _audience(activity))
        return
    note = keyed(activity.get("object"))
    if activity.get("type") != "Create" or not note:
        yield None
        return
    seen_by = _audience({**activity, **{key: note[key] for key in ("to", "cc") if key in note}})
    if seen_by is None:
        return
    choices = [keyed(one).get("name") for key in ("oneOf", "anyOf") for one in listed(note.get(key))]
    # Mastodon puts the warning of a post under "summary"; everybody sees it first.
    lines = [paragraphs(note.get("summary")), _shown(note.get("content")), *map(paragraphs, choices)]
    media = [keyed(one) for one in listed(note.get("attachment"))]
    place, when = file.place(entry.index), file.when(note.get("published") or activity.get("published"))
    link = line(note.get("url") or note.get("id"))
    yield Posted(
        file.network,
        PostedKind.REPLY if note.get("inReplyTo") else PostedKind.POST,
        "\n".join(filter(None, lines)),
        place,
        when,
        seen_by,
        photos=tuple(name for one in media if (name := _photo(one))),
        venue=line(keyed(note.get("location")).get("name")),
        tagged=sum(keyed(one).get("type") == "Mention" for one in listed(note.get("tag"))),
        link=link if link.startswith("https://") else "",
    )
    for one in media:
        if alternative := paragraphs(one.get("name")):
            name = _photo(one)
            photos = (name,) if name else ()
            yield Posted(file.network, PostedKind.CAPTION, alternative, place, when, seen_by, photos=photos)


def _audience(addressed: Mapping[str, object]) -> Audience | None:
    """None for a private message."""
    to, cc = (
        [one for one in (listed(addressed.get(key)) or [addressed.get(key)]) if isinstance(one, str)]
        for key in ("to", "cc")
    )
    if _PUBLIC & {*to, *cc}:
        return Audience.PUBLIC
    if any(one.endswith("/followers") for one in (*to, *cc)):
        return Audience.FRIENDS
    return None


def _photo(media: Mapping[str, object]) -> str:
    name = line(media.get("url")).removeprefix("/")
    return name if is_picture(name) and "://" not in name else ""


def _shown(source: object) -> str:
    return paragraphs(read_markup(source[:_LONGEST]).text) if isinstance(source, str) else ""


def _actor(entry: Entry, file: File) -> Iterator[Item | None]:
    actor, place = keyed(entry.value), file.place(0)
    fields = [keyed(one) for one in listed(actor.get("attachment"))]
    marked = [read_markup(value[:_LONGEST]) for one in fields if isinstance(value := one.get("value"), str)]
    told = [f"{line(one.get('name'))}: {_shown(one.get('value'))}" for one in fields]
    yield OwnProfile(
        file.network,
        place,
        handle=line(actor.get("preferredUsername")),
        name=line(actor.get("name")),
        bio="\n".join(filter(None, [_shown(actor.get("summary")), *told])),
        links=tuple(line(address) for one in marked for address in one.links),
        photo=line(keyed(actor.get("icon")).get("url")),
    )
    for switch in _SWITCHES:
        if isinstance(value := actor.get(switch), bool):
            yield SettingFound(file.network, place, switch, str(value).lower())


def _following(entry: Entry, file: File) -> Iterator[Item | None]:
    handle = line(keyed(entry.value).get("accountaddress"))
    place = file.place(entry.index)
    yield Connected(file.network, TieKind.FOLLOWING, place, handle=handle) if handle else None


def _whole(path: Path) -> Go:
    return Go.WHOLE


KINDS = (
    Kind(Network.MASTODON, "outbox", _posts, roots="orderedItems|items|@context"),
    Kind(Network.MASTODON, "actor", _actor, choose=_whole),
    Kind(Network.MASTODON, "following_accounts|following", _following, Form.TABLE,
         headings=frozenset({"accountaddress"})),
)  # fmt: skip
