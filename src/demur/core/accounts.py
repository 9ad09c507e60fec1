"""Networks, the author's own accounts, and the profile on the other side."""

from __future__ import annotations

from dataclasses import dataclass

from demur.core.vocabulary import Word


class Network(Word):
    """The networks that Demur knows by name."""

    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    X = "x"
    LINKEDIN = "linkedin"
    TIKTOK = "tiktok"
    SNAPCHAT = "snapchat"
    THREADS = "threads"
    MASTODON = "mastodon"
    BLUESKY = "bluesky"
    OTHER = "other"

    @classmethod
    def aliases(cls) -> dict[str, str]:
        return {
            "twitter": "x",
            "x/twitter": "x",
            "fb": "facebook",
            "ig": "instagram",
            "insta": "instagram",
            "": "other",
        }

    @classmethod
    def guess(cls, typed: str | None) -> Network:
        """The network for free text; OTHER where it is missing or not known by name."""
        try:
            return cls.read(typed or "")
        except ValueError:
            return cls.OTHER


class Purpose(Word):
    """What an account is for."""

    PERSONAL = "personal"
    PROFESSIONAL = "professional"
    AGENCY = "agency"


class Audience(Word):
    """Who sees a post at first; screenshots travel further."""

    PUBLIC = "public"
    FRIENDS = "friends"
    CLOSE_FRIENDS = "close_friends"

    @classmethod
    def aliases(cls) -> dict[str, str]:
        return {"everyone": "public", "followers": "friends", "friends only": "friends", "private": "close_friends"}


@dataclass(frozen=True, slots=True)
class Account:
    """One of the author's own accounts."""

    network: Network = Network.OTHER
    purpose: Purpose = Purpose.PERSONAL
    handle: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """The other side of a request, as far as the network shows it."""

    display_name: str = ""
    handle: str = ""
    bio: str = ""
    city: str = ""
    email: str = ""
    phone: str = ""
    mutual_connections: int = 0
