"""What TikTok's export tells, all of it in one file: posts, comments, followers, profile, and the privacy switches.

Its first keys were renamed three times, so only the last ones count. Messages and what was watched are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator

from demur.core.accounts import Audience, Network
from demur.core.posted import Connected, Item, OwnProfile, Posted, PostedKind, SettingFound, TieKind, Whereabouts
from demur.networks.exports.kinds import File, Kind
from demur.networks.exports.pieces import coordinates_in, keyed, listed
from demur.networks.exports.repair import line, paragraphs
from demur.networks.exports.streams import Entry, Go, Path

_PAST = frozenset(
    {"Direct Message", "Direct Messages", "Watch History", "Video Browsing History", "Searches", "Search History",
     "Like List", "Favorite Videos", "Favorite Sounds", "Favorite Effects", "Favorite Hashtags", "Share History",
     "Login History", "Recently Deleted Posts", "Block List", "Block", "Ads and data", "TikTok Shop", "Tiktok Shopping"}
)  # fmt: skip
_MAPS = frozenset({"SettingsMap", "ProfileMap"})
_POSTS = frozenset({"Post", "Posts", "Video", "Videos"})
_AUDIENCES = {
    "public": Audience.PUBLIC,
    "everyone": Audience.PUBLIC,
    "friends": Audience.FRIENDS,
    "followers": Audience.FRIENDS,
    "private": Audience.CLOSE_FRIENDS,
    "only me": Audience.CLOSE_FRIENDS,
    "only you": Audience.CLOSE_FRIENDS,
    "self": Audience.CLOSE_FRIENDS,
}
_PLAIN_TEXT = frozenset({"posts.txt", "comments.txt", "follower.txt", "following.txt", "profile information.txt"})


def is_plain_text(name: str) -> bool:
    """Whether a file may be one of those that TikTok gives people who chose TXT."""
    return name.lower() in _PLAIN_TEXT


def _choose(path: Path) -> Go:
    if path and path[-1] in _PAST:
        return Go.PAST
    return Go.WHOLE if path and (path[-1] in _MAPS or path == ("Location Review",)) else Go.IN


def _read(entry: Entry, file: File) -> Iterator[Item | None]:
    last = entry.path[-1] if entry.path else ""
    record = keyed(entry.value)
    if last == "VideoList" and _POSTS & {*entry.path}:
        yield from _post(entry, file)
    elif last == "CommentsList":
        yield from _comment(entry, file)
    elif last == "FansList":
        yield _tied(entry, file, TieKind.FOLLOWER)
    elif last == "Following" and entry.index >= 0:
        yield _tied(entry, file, TieKind.FOLLOWING)
    elif last == "SettingsMap" and "Go Live Settings" not in entry.path:
        for name, value in record.items():
            if isinstance(value, str | bool | int) and (said := line(str(value))):
                yield SettingFound(file.network, file.place(0), f"SettingsMap {line(name)}", said)
    elif last == "ProfileMap":
        yield _profile(entry, file)
    elif entry.path == ("Location Review",):
        yield from _places(entry.value, file)


def _post(entry: Entry, file: File) -> Iterator[Item | None]:
    record = keyed(entry.value)
    if not record:
        yield None
        return
    place, when = file.place(entry.index), file.when(record.get("Date"))
    audience = _AUDIENCES.get(line(record.get("WhoCanView")).lower())
    title = paragraphs(record.get("Title"))
    venue, link = line(record.get("Location")), line(record.get("Link"))
    yield Posted(
        file.network,
        PostedKind.CAPTION,
        title,
        place,
        when,
        audience,
        coordinates=coordinates_in(venue),
        venue=venue,
        tagged=title.count("@"),
        link=link if link.startswith("https://") else "",
    )
    for key in ("AddYoursText", "AlternateText"):
        if (more := paragraphs(record.get(key))) and more.upper() != "N/A":
            yield Posted(file.network, PostedKind.CAPTION, more, place, when, audience)


def _comment(entry: Entry, file: File) -> Iterator[Item | None]:
    record = {key.lower(): value for key, value in keyed(entry.value).items()}
    written = paragraphs(record.get("comment"))
    if not written and not record.get("photo"):
        yield None
        return
    yield Posted(file.network, PostedKind.COMMENT, written, file.place(entry.index), file.when(record.get("date")))


def _tied(entry: Entry, file: File, kind: TieKind) -> Item | None:
    record = keyed(entry.value)
    handle = line(record.get("UserName"))
    if not handle:
        return None
    return Connected(file.network, kind, file.place(entry.index), handle=handle, since=file.when(record.get("Date")))


def _profile(entry: Entry, file: File) -> Item:
    record = keyed(entry.value)
    return OwnProfile(
        file.network,
        file.place(0),
        handle=line(record.get("userName")),
        name=line(record.get("displayName")),
        bio=paragraphs(record.get("bioDescription")),
        emails=tuple(filter(None, [line(record.get("emailAddress"))])),
        phones=tuple(filter(None, [line(record.get("telephoneNumber"))])),
    )


def _places(value: object, file: File) -> Iterator[Item | None]:
    """Places in whatever lists and maps they stand; no shape of it is documented."""
    waiting, looked_at = [value], 0
    while waiting and looked_at < 10_000:
        looked_at += 1
        one = waiting.pop()
        if isinstance(one, str) and (name := line(one)) and name.upper() != "N/A" and file.when(name) is None:
            yield Whereabouts(file.network, file.place(0), coordinates_in(name), name)
        waiting += [*keyed(one).values()][::-1] + [*listed(one)][::-1]


KINDS = (Kind(Network.TIKTOK, "user_data(?:_tiktok)?", _read, choose=_choose),)
