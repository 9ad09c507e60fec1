"""What a network's export says that its owner published, and whom and what the owner is tied to there.

Readers in `networks.exports` give these, one at a time; the audit takes them. Private messages are never among them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from demur.core.accounts import Audience, Network
from demur.core.vocabulary import Word


class PostedKind(Word):
    """What was published. MESSAGE is missing on purpose: private messages are not read.

    A REPOST is of somebody else's words, and has none of them: it is counted and not read.
    """

    POST = "post"
    CAPTION = "caption"
    COMMENT = "comment"
    REPLY = "reply"
    REPOST = "repost"
    BIO = "bio"


class TieKind(Word):
    """How another account is tied to the owner's."""

    FRIEND = "friend"
    FOLLOWER = "follower"
    FOLLOWING = "following"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in an export something stands, so that its owner finds it: which file of theirs, which member, which entry.

    `part` is the name of the zip or folder, `member` the path inside it, `entry` counts from 0 in the member.
    """

    part: str
    member: str
    entry: int = 0


@dataclass(frozen=True, slots=True)
class Posted:
    """One thing that the owner published, as the export tells it.

    `photos` are members of the export, for whoever opens them; `audience` is None where the export doesn't say;
    `coordinates` are latitude and longitude in degrees; `venue` is a place by name; `tagged` counts people named in it;
    `answers` is what a comment or reply answers, where the export holds it; `link` is the post's own address.
    """

    network: Network
    kind: PostedKind
    text: str
    place: Place
    when: datetime | None = None
    audience: Audience | None = None
    photos: tuple[str, ...] = ()
    coordinates: tuple[float, float] | None = None
    venue: str = ""
    tagged: int = 0
    answers: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Connected:
    """Somebody whom the owner's account is tied to. Some networks tell a name, others a handle or a number alone."""

    network: Network
    kind: TieKind
    place: Place
    name: str = ""
    handle: str = ""
    email: str = ""
    phone: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class OwnProfile:
    """The owner's own profile, as the export tells it. `links` are addresses in it; `photo` is a member."""

    network: Network
    place: Place
    handle: str = ""
    name: str = ""
    bio: str = ""
    city: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    photo: str = ""


@dataclass(frozen=True, slots=True)
class SettingFound:
    """A setting that the export tells, under the network's own name for it, with its value in its words."""

    network: Network
    place: Place
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """One place where the network saw the owner: coordinates in degrees, or a name, and when."""

    network: Network
    place: Place
    coordinates: tuple[float, float] | None = None
    name: str = ""
    when: datetime | None = None


Item = Posted | Connected | OwnProfile | SettingFound | Whereabouts


@dataclass(frozen=True, slots=True)
class Skipped:
    """A part of an export that could not be read, and why, in plain words: the result is then partial."""

    place: Place
    why: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far reading is: bytes of all members that will be read, and of those that were."""

    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Opened:
    """What stands in the files that somebody gave: which networks, in what order they are read, and what is missing.

    `as_of` is the day on which the newest of the networks' files was made, where that is known.
    """

    networks: tuple[Network, ...] = ()
    members: int = 0
    bytes_to_read: int = 0
    as_of: datetime | None = None
    skipped: tuple[Skipped, ...] = field(default_factory=tuple)
