"""Tells what a file of an export is by its name and what is in it; folders were renamed too often to count."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TypeGuard

from demur.core.accounts import Network
from demur.networks.exports import facebook, instagram, linkedin, meta, snapchat
from demur.networks.exports.archive import MOST_IN_ONE, Archive, Member
from demur.networks.exports.pieces import Piece
from demur.networks.exports.streams import encoding_of

MOST_ROWS = 500_000
"""Rows read of a table; LinkedIn allows 30,000 connections."""
_MOST_CELLS = 200

_COPIED = re.compile(r"(?: ?\([0-9]{1,3}\)|[ _-]+copy(?: ?[0-9]{1,3})?)$")
_SEPARATORS = re.compile(r"[^a-z0-9]+")
X_FILE = b"window.YTD."
"""How every data file of X begins."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_STRAY_NULS = 40
_LONGEST_NUMBER = 30
_TABLES = frozenset({"invitations", "connections"})
_COMMON = frozenset({"friends", "followers"})
"""Names that any file may have; what is in it must say more."""
_RECORD_KEYS = frozenset({"name", "title", "string_list_data", "label_values"})

_ARCHIVES: tuple[tuple[re.Pattern[str], Network], ...] = (
    (re.compile(r"^facebook[-_]"), Network.FACEBOOK),
    (re.compile(r"^instagram[-_]"), Network.INSTAGRAM),
    (re.compile(r"linkedindataexport"), Network.LINKEDIN),
    (re.compile(r"^mydata~"), Network.SNAPCHAT),
    (re.compile(r"^twitter-20"), Network.X),
    (re.compile(r"^tiktok[-_ ]"), Network.TIKTOK),
)
"""How networks name their zips, or the folders that come out of them."""
_FOLDERS = {
    "your_facebook_activity": Network.FACEBOOK,
    "your_activity_across_facebook": Network.FACEBOOK,
    "friends_and_followers": Network.FACEBOOK,
    "your_instagram_activity": Network.INSTAGRAM,
    "followers_and_following": Network.INSTAGRAM,
}
_NAMES = {
    **dict.fromkeys(facebook.FILES.keys() - _COMMON, Network.FACEBOOK),
    **dict.fromkeys(("sent_friend_requests", "removed_friends"), Network.FACEBOOK),
    **dict.fromkeys(("pending_follow_requests", "recently_unfollowed_profiles"), Network.INSTAGRAM),
    **dict.fromkeys(("snap_history", "chat_history", "memories_history"), Network.SNAPCHAT),
    **dict.fromkeys(("user_data_tiktok",), Network.TIKTOK),
}
_WHOLE_NAMES = {
    **dict.fromkeys(("Invitations.csv", "Connections.csv", "Member_Follows.csv", "Rich_Media.csv"), Network.LINKEDIN),
    **dict.fromkeys(("tweets.js", "tweet.js", "follower.js", "following.js", "account.js"), Network.X),
    **dict.fromkeys(("outbox.json", "actor.json"), Network.MASTODON),
    "user_data.json": Network.TIKTOK,
}
_TIKTOK_KEYS = frozenset({"Profile And Settings", "Your Activity", "App Settings", "Direct Message", "Direct Messages"})


@dataclass(frozen=True, slots=True)
class Place:
    """Which network a file belongs to, and which of its lists it is; "" for Snapchat, which has one file."""

    network: Network
    part: str


def stem(name: str) -> str:
    """A file's name without ending, case, and what copying added: `Your_Friends (1).json` is `your_friends`."""
    beginning = name.lower().rpartition(".")[0] or name.lower()
    return _SEPARATORS.sub("_", _COPIED.sub("", beginning)).strip("_")


def hint(archive: Archive, member: Member) -> Network | None:
    """The network that a name points to, whatever the file holds."""
    name = stem(member.name)
    if member.name in _WHOLE_NAMES:
        return _WHOLE_NAMES[member.name]
    if member.name.lower().endswith(".car"):
        return Network.BLUESKY
    if instagram.part_of(name) == instagram.RECEIVED:
        return Network.INSTAGRAM
    if name in _NAMES:
        return _NAMES[name]
    for folder in reversed(member.folders):
        if found := _FOLDERS.get(folder.lower()) or _named(folder):
            return found
    return _named(archive.name)


def worth_reading(member: Member, *, alone: bool) -> bool:
    """Whether a file may hold a list that is needed. One that was given alone may have any name."""
    name, ending = stem(member.name), member.name.lower().rpartition(".")[2]
    if ending == "csv":
        return alone or name in _TABLES
    if alone:
        return ending not in ("html", "htm", "zip")
    return ending == "json" and (facebook.part_of(name) or instagram.part_of(name)) is not None


def read(member: Member, content: bytes) -> object:
    """The value of a JSON file, or the rows of a table as lists of cells. Raises ValueError where it is neither."""
    # A stray NUL costs its own line; a file with many of them was never a text.
    if content[:4_000].count(b"\0") > _STRAY_NULS and not content.startswith(_UTF_16):
        raise ValueError("no text")
    text = _decoded(content)
    if member.name.lower().endswith(".csv") or text.lstrip()[:1] not in ("{", "["):
        return _rows(text)
    try:
        # What one value does wrong costs that value: control characters are taken out later, long numbers are none.
        return json.loads(text, strict=False, parse_int=_number)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def place(piece: Piece) -> Place | None:
    """Whose list it is that was read, and which; None for anything else."""
    content = piece.content
    if _is_table(content):
        part = linkedin.table_of(content)
        return Place(Network.LINKEDIN, part) if part else None
    if snapchat.is_friends(content):
        return Place(Network.SNAPCHAT, "")
    for key in (facebook.RECEIVED, facebook.REJECTED, facebook.FRIENDS):
        if meta.is_list(content, key):
            return Place(Network.FACEBOOK, key)
    for key in (instagram.RECEIVED, instagram.FOLLOWERS):
        if meta.is_list(content, key):
            return Place(instagram.network_of(piece), key)
    if piece.name in _COMMON and not _has_records(content):
        return None
    if part := instagram.part_of(piece.name):
        return Place(instagram.network_of(piece), part)
    if part := facebook.part_of(piece.name):
        return Place(Network.FACEBOOK, part)
    return None


def network_inside(content: object) -> Network | None:
    """The network that a file given alone comes from, where it holds none of the lists."""
    if not isinstance(content, dict):
        return None
    if _TIKTOK_KEYS & content.keys():
        return Network.TIKTOK
    if "@context" in content and ("orderedItems" in content or "inbox" in content):
        return Network.MASTODON
    if any(isinstance(key, str) and key.startswith("relationships_") for key in content):
        return Network.INSTAGRAM
    if any(meta.is_list(content, key) for key in ("sent_requests", "deleted_friends", "profile", "following")):
        return Network.FACEBOOK
    return None


def _named(name: str) -> Network | None:
    lowered = name.lower()
    return next((network for pattern, network in _ARCHIVES if pattern.search(lowered)), None)


def _decoded(content: bytes) -> str:
    return content.decode(encoding_of(content), "replace")


def _number(digits: str) -> int:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else 0


def _rows(text: str) -> list[list[str]]:
    beginning = text[:4_000]
    delimiter = max(",;\t", key=beginning.count)
    before = csv.field_size_limit(MOST_IN_ONE)
    try:
        table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [row[:_MOST_CELLS] for row in islice(table, MOST_ROWS)]
    except csv.Error:
        raise ValueError("not a table") from None
    finally:
        csv.field_size_limit(before)


def _is_table(content: object) -> TypeGuard[list[list[str]]]:
    return isinstance(content, list) and bool(content) and all(_is_row(row) for row in content)


def _is_row(row: object) -> bool:
    return isinstance(row, list) and all(isinstance(cell, str) for cell in row)


def _has_records(content: object) -> bool:
    entries = content if isinstance(content, list) else [content]
    keys = {key for entry in entries[:20] if isinstance(entry, dict) for key in entry}
    keys |= {"name"} if any("text_post_app" in key for key in keys) else set()
    return bool(keys & _RECORD_KEYS)


def is_web_page(names: Iterable[str]) -> bool:
    """Whether an export came as web pages: it has some, and no JSON."""
    endings = {name.lower().rpartition(".")[2] for name in names}
    return "html" in endings and "json" not in endings
