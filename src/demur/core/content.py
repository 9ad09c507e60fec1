"""The two things that a person brings: a draft to publish, or a request to connect."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from demur.core.accounts import Account, Audience, Profile
from demur.core.agreements import AgreedException
from demur.core.people import Relationship, Role
from demur.core.vocabulary import Word

MAX_TEXT_LENGTH = 100_000
"""The longest draft that is looked at, in code points; longer ones are refused rather than half read."""


@dataclass(frozen=True, slots=True)
class Post:
    """A draft as the author would publish it, with its thread and its readers.

    `about_client` is the author's answer to the one question; it counts in this draft only. `photos` counts
    pictures that come with the text; they are not read yet. `work_area` is the town or county where the author
    serves people ("Marfa, TX"); empty where it was not said. `other_accounts` are the author's other accounts, as far
    as known: they change no outcome, only which of them is named.
    """

    text: str
    account: Account = field(default_factory=Account)
    audience: Audience = Audience.PUBLIC
    role: Role = Role.OTHER
    reply_to: str | None = None
    photos: int = 0
    about_client: bool | None = None
    work_area: str = ""
    other_accounts: tuple[Account, ...] = ()


class RequestKind(Word):
    """What is asked for, or what the professional wants to do.

    A LIKE that comes in is a like or comment on the professional's page; one that goes out is a like, a comment or a
    follow of the other side's public page or post.
    """

    FRIEND = "friend"
    FOLLOW = "follow"
    LIKE = "like"
    MESSAGE = "message"
    TAG = "tag"
    INVITE = "invite"
    SEARCH = "search"
    CONTACT_UPLOAD = "contact-upload"

    @classmethod
    def aliases(cls) -> dict[str, str]:
        return {
            "connect": "friend",
            "connection": "friend",
            "friend request": "friend",
            "comment": "like",
            "reaction": "like",
            "follow a page": "like",
            "dm": "message",
            "direct message": "message",
            "look up": "search",
            "upload contacts": "contact-upload",
            "contacts": "contact-upload",
        }


class Direction(Word):
    """Who asks whom."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


class SearchReason(Word):
    """Why somebody would be looked up. SAFETY is danger that can't wait; ASSIGNED is a duty from agency or court."""

    CURIOSITY = "curiosity"
    SCHEDULING = "scheduling"
    SAFETY = "safety"
    ASSIGNED = "assigned"
    CONSENT = "consent"
    UNASKED = "unasked"

    @classmethod
    def aliases(cls) -> dict[str, str]:
        return {
            "": "unasked",
            "curious": "curiosity",
            "appointment": "scheduling",
            "danger": "safety",
            "imminent danger": "safety",
            "crisis": "safety",
            "court order": "assigned",
            "duty": "assigned",
            "they asked me to": "consent",
            "agreed": "consent",
        }


@dataclass(frozen=True, slots=True)
class ConnectionRequest:
    """A request between the professional's account and somebody's profile.

    `relationship` is what the professional says; None where they said nothing. `served` answers the one question
    ("is this somebody you serve?"). `knew_before` is true where the tie is older than the service. `mandated` and
    `group` (court-ordered service, a group of clients) change the words, not the outcome. `small_community` says that
    the two can't help meeting outside work. `exception` is what a supervisor agreed to for this person, ended or not.
    `purpose_of_search` and `approved` (by a supervisor) are about a search alone. `as_of` is the day the request was
    seen; None means today.
    """

    profile: Profile
    account: Account = field(default_factory=Account)
    kind: RequestKind = RequestKind.FRIEND
    direction: Direction = Direction.INCOMING
    role: Role = Role.OTHER
    relationship: Relationship | None = None
    message: str = ""
    served: bool | None = None
    knew_before: bool = False
    mandated: bool = False
    group: bool = False
    small_community: bool = False
    exception: AgreedException | None = None
    purpose_of_search: SearchReason = SearchReason.UNASKED
    approved: bool = False
    as_of: date | None = None
