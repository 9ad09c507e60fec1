"""What somebody who is served could learn from what a professional has posted, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from demur.core.accounts import Audience, Network
from demur.core.posted import Place, PostedKind
from demur.core.vocabulary import Word


class ExposureKind(Word):
    """What is exposed, the gravest first."""

    NAMED = "named"
    CLIENT = "client"
    CONNECTION = "connection"
    CONTACTS = "contacts"
    REACH = "reach"
    HOME = "home"
    ROUTINE = "routine"
    CHILD = "child"
    PLACE = "place"
    PRIVATE = "private"
    FACE = "face"
    FAMILY = "family"
    WORK = "work"


class Remedy(Word):
    """What to do about it."""

    TELL = "tell"
    DELETE = "delete"
    EDIT = "edit"
    PROFILE = "profile"
    LIMIT = "limit"
    UNTAG = "untag"
    UNFRIEND = "unfriend"
    PLACES = "places"
    CAMERA = "camera"
    CLEAR = "clear"
    ASK = "ask"


class Urgency(IntEnum):
    """How soon: first, soon, or when there is time."""

    LATER = 1
    SOON = 2
    FIRST = 3

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Exposure:
    """One thing that is out, where its owner finds it, why it matters, and what to do.

    `fingerprint` is a keyed one (hex): it tells the next audit that this is the same thing, and nobody else anything.
    `audience` is None where the export doesn't say who saw it. `text` is empty unless the owner chose to keep it.
    `count` is how many entries stand behind it, where several are one thing. `client` is a client's id, for a
    connection that may be theirs; it is kept in the store alone and stands in no report that leaves it.

    `posted` says what was published, and is None for ties and habits. `post` is a keyed fingerprint, too, the same in
    all that was found in one post, and empty where that is no post.
    """

    kind: ExposureKind
    urgency: Urgency
    remedy: Remedy
    network: Network
    place: Place
    why: str
    fingerprint: str
    when: date | None = None
    audience: Audience | None = None
    text: str = ""
    link: str = ""
    cites: tuple[str, ...] = ()
    count: int = 1
    client: str = ""
    posted: PostedKind | None = None
    post: str = ""
