"""A person's own accounts side by side: the register, what ties them together, and the plans to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from demur.core.accounts import Audience, Network, Purpose
from demur.core.findings import Confidence
from demur.core.vocabulary import Word


class Switch(Word):
    """How a setting stands, as far as anybody looked."""

    ON = "on"
    OFF = "off"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PhotoFingerprint:
    """What is left of a photo so that it can be known again, and so that nobody can see it.

    `hashes` are perceptual ones of 64 bits: of the whole photo first, then of its inner parts, because a photo that
    was cropped looks like the inner part of the other. `flat` says that there is hardly anything to see, as in the
    grey heads and single letters that networks give to everybody. `faces` is None where nobody looked. `widely_used`
    is the owner's own word: a picture that many others use too, such as a stock photo, a ribbon or a flag.
    """

    hashes: tuple[int, ...]
    flat: bool = False
    faces: int | None = None
    widely_used: bool = False

    def distance(self, other: PhotoFingerprint) -> int:
        """Bits by which the whole of one differs from what is likest to it in the other; about 32 for other photos."""
        pairs = [(self.hashes[0], one) for one in other.hashes] + [(other.hashes[0], one) for one in self.hashes]
        return min((one ^ another).bit_count() for one, another in pairs)


@dataclass(frozen=True, slots=True)
class PostFingerprint:
    """What is left of a post so that it can be found again on another account.

    `text` is keyed (hex) and empty where the text is too short to be anybody's own; `photos` are those of the post.
    """

    day: date
    text: str = ""
    photos: tuple[PhotoFingerprint, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnedAccount:
    """One of a person's own accounts, as the register keeps it. What is not known stays empty.

    `visibility` is who sees its posts and its list of friends, None where that isn't known; name, handle and photo are
    seen by everybody on most networks. `meant_for` is the person's own word for the people it is for. `connections`
    are those it is tied to, as keyed fingerprints or as names: the same kind for all accounts that are compared. The
    last four are settings.
    """

    network: Network
    handle: str
    purpose: Purpose
    visibility: Audience | None = None
    meant_for: str = ""
    display_name: str = ""
    bio: str = ""
    town: str = ""
    employer: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    photos: tuple[PhotoFingerprint, ...] = ()
    connections: frozenset[str] = frozenset()
    posts: tuple[PostFingerprint, ...] = ()
    contact_upload: Switch = Switch.UNKNOWN
    found_by_email: Switch = Switch.UNKNOWN
    found_by_phone: Switch = Switch.UNKNOWN
    suggested: Switch = Switch.UNKNOWN

    @property
    def is_work(self) -> bool:
        """Whether people who are served are meant to find it."""
        return self.purpose is not Purpose.PERSONAL


class TieBy(Word):
    """By what somebody gets from one account to the other."""

    LINK = "link"
    HANDLE = "handle"
    NAME = "name"
    PHOTO = "photo"
    EMAIL = "email"
    PHONE = "phone"
    BIO = "bio"
    FRIENDS = "friends"
    CROSS_POSTS = "cross-posts"
    CONTACT_UPLOAD = "contact-upload"
    SUGGESTIONS = "suggestions"


@dataclass(frozen=True, slots=True)
class AccountTie:
    """One thing that leads from a work account to a personal one, how surely it does, and what to change.

    `work` is None where the network itself leads there whoever has the person in their phone. `evidence` is one
    sentence, `change` what to do first, `stays` what can't be undone. `settings` are keys of the catalogue, the most
    useful first; empty where no switch helps.
    """

    by: TieBy
    strength: Confidence
    personal: OwnedAccount
    work: OwnedAccount | None
    evidence: str
    change: str
    stays: str
    settings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TiedPair:
    """A work account and a personal one, with all that ties them. `strength` weighs it together."""

    personal: OwnedAccount
    work: OwnedAccount
    strength: Confidence
    ties: tuple[AccountTie, ...]


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """Something about an account that nobody has looked at yet, and the settings that tell."""

    account: OwnedAccount
    by: TieBy
    says: str
    settings: tuple[str, ...]


class PresencePlan(Word):
    """How a professional is on social media at all."""

    NO_PUBLIC_ACCOUNT = "no-public-account"
    PAGE_AND_PRIVATE_PROFILE = "page-and-private-profile"
    PERSONAL_ONLY = "personal-only"
