"""Links, e-mail addresses and phone numbers in a profile, in one form each, so that the same are seen as the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers

from demur.core.accounts import Network
from demur.core.folding import fold
from demur.core.owned import OwnedAccount
from demur.exposure.handles import plain_handle
from demur.exposure.sayings import network_facts
from demur.exposure.usual import LONGEST_TEXT

_LONGEST = 500
_MOST_LINKS = 50
_LINK = re.compile(
    r"(?:https?://)?(?:www\.|m\.|mobile\.)?([a-z0-9](?:[a-z0-9-]{0,62}\.){1,6}[a-z]{2,24})(?::[0-9]+)?(/[^\s?#]*)?"
)
_MENTION = re.compile(r"(?<![\w.])@([a-z0-9_][a-z0-9_.-]{1,62})")
_EMAIL = re.compile(r"[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}")
_DOTLESS = frozenset({"gmail.com", "googlemail.com"})
"""Mail servers that don't read dots in an address."""
_SHORTEST_NUMBER = 7
_SHORTEST_MENTION = 4


@dataclass(frozen=True, slots=True)
class Link:
    """An address without what differs from one writing to the next. `path` is "" for a site itself."""

    host: str
    path: str

    @property
    def words(self) -> str:
        return self.host + self.path


def links_of(account: OwnedAccount) -> tuple[Link, ...]:
    """The addresses that a profile shows, in its links and in its words."""
    found: dict[Link, None] = {}
    for text in (*account.links[:_MOST_LINKS], account.bio[:LONGEST_TEXT]):
        plain = _EMAIL.sub(" ", fold(text[:LONGEST_TEXT]).text)
        for host, path in _LINK.findall(plain):
            found[Link(host, path.rstrip("/.,;:!)"))] = None
    return tuple(found)[:_MOST_LINKS]


def points_at(account: OwnedAccount, other: OwnedAccount) -> bool:
    """Whether the profile of one account names the other one: by its address, its handle, or a mention."""
    handle = plain_handle(other.handle)
    if not handle:
        return False
    hosts = network_facts()[other.network].hosts
    for link in links_of(account):
        own = not hosts and (f"/@{handle}" == link.path or link.host == handle)
        if own or (link.host in hosts and handle in (part.removeprefix("@") for part in link.path.split("/"))):
            return True
        if other.network is Network.BLUESKY and link.host == f"{handle}.bsky.social":
            return True
    mentioned = {name.rstrip(".-_") for name in _MENTION.findall(fold(account.bio[:LONGEST_TEXT]).text)}
    return (
        len(handle) >= _SHORTEST_MENTION
        and handle != plain_handle(account.handle)
        and not mentioned.isdisjoint({handle, handle.rstrip(".-_")})
    )


def emails_of(account: OwnedAccount) -> dict[str, str]:
    """Addresses as their servers read them, each with the way it is written."""
    written = [
        email.strip()[:_LONGEST] for email in (*account.emails, *_EMAIL.findall(fold(account.bio[:LONGEST_TEXT]).text))
    ]
    return {plain: email for email in written if (plain := _plain_email(email))}


def phones_of(account: OwnedAccount, region: str) -> frozenset[str]:
    """Numbers in international form; `region` (ISO 3166) is where numbers without a country code are from."""
    return frozenset(number for phone in account.phones if (number := _plain_phone(phone, region)))


def shows_email(account: OwnedAccount, email: str) -> bool:
    """Whether a profile shows this address to whoever reads it."""
    return email in {_plain_email(found) for found in _EMAIL.findall(fold(account.bio[:LONGEST_TEXT]).text)}


def shows_phone(account: OwnedAccount, number: str, region: str) -> bool:
    """Whether a profile shows this number to whoever reads it."""
    found = phonenumbers.PhoneNumberMatcher(account.bio[:LONGEST_TEXT], region)
    return number in {phonenumbers.format_number(one.number, phonenumbers.PhoneNumberFormat.E164) for one in found}


def _plain_email(email: str) -> str:
    local, at, host = fold(email).text.strip().rpartition("@")
    local = local.partition("+")[0]
    if host in _DOTLESS:
        local = local.replace(".", "")
    return f"{local}@{host}" if at and local and host else ""


def _plain_phone(phone: str, region: str) -> str:
    try:
        number = phonenumbers.parse(phone[:_LONGEST], region)
    except phonenumbers.NumberParseException:
        return ""
    if len(str(number.national_number)) < _SHORTEST_NUMBER:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
