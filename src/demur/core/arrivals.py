"""Requests as they come in: from the person's own hand, an export, a mail or a network that was set up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from demur.core.accounts import Network, Profile
from demur.core.content import Direction, RequestKind
from demur.core.vocabulary import Word


class Source(Word):
    """How a request was learnt of."""

    HAND = "hand"
    PASTE = "paste"
    EXPORT = "export"
    MAIL = "mail"
    LIVE = "live"


class Answered(Word):
    """What the person did about a request, in their own word or through a live connector."""

    DECLINED = "declined"
    LEFT = "left"
    ACCEPTED = "accepted"
    BLOCKED = "blocked"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One request as its source tells it.

    `received` is the day it was made, None where the source doesn't say; `as_of` the day on which the source saw it
    still there, so nothing later is known. `remote_id` is the network's own id where a live connector answers by it.
    `vouched` is false where the source could not be checked: a mail without a good signature, or one that came as a
    file, which anybody could have written. It then is a claim, and no more.
    """

    network: Network
    profile: Profile
    as_of: date
    source: Source
    kind: RequestKind = RequestKind.FRIEND
    direction: Direction = Direction.INCOMING
    message: str = ""
    received: date | None = None
    remote_id: str = ""
    vouched: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file or a mailbox held: the requests, and sentences on what was left out and what to know.

    Notes never hold a name or a word that somebody wrote. `complete` is false where reading stopped before its end, so
    that more may be there.
    """

    arrivals: tuple[Arrival, ...] = ()
    notes: tuple[str, ...] = ()
    complete: bool = True
