"""Links, e-mail addresses and phone numbers in a profile, in one form each, so that the same are seen as the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
_IN_WORDS = re.compile(r"\s{0,3}[\[({]\s{0,3}(at|dot|arroba|punto)\s{0,3}[\])}]\s{0,3}")
_SIGNS = {"at": "@", "arroba": "@", "dot": ".", "punto": "."}
"""How people write an address so that no program finds it."""
_DOTLESS = frozenset({"gmail.com", "googlemail.com"})
"""Mail servers that don't read dots in an address."""
_CALL = re.compile(r"\b(?:tel|sms):([+(]?[0-9][0-9().-]{5,24})")
_WHATSAPP = re.compile(r"\b(?:wa\.me/|whatsapp\.com/send/?\?phone=)\+?([0-9]{7,15})")
_OWN_SITES = frozenset({Network.BLUESKY, Network.MASTODON})
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


@dataclass(frozen=True, slots=True)
class Addresses:
    """What leads anywhere from one account, read once for all that it is compared with.

    `emails` are addresses as their servers read them, each with the way it is written, and `phones` numbers in
    international form, shown or not. `mentions` are handles that the profile text names.
    """

    links: tuple[Link, ...]
    mentions: frozenset[str]
    emails: Mapping[str, str]
    shown_emails: frozenset[str]
    phones: frozenset[str]
    shown_phones: frozenset[str]


def addresses_of(account: OwnedAccount, region: str) -> Addresses:
    """All addresses of an account; `region` (ISO 3166) is where numbers without a country code are from."""
    bio = account.bio[:LONGEST_TEXT]
    texts = [
        _IN_WORDS.sub(lambda found: _SIGNS[found[1]], fold(text[:LONGEST_TEXT]).text)
        for text in (*account.links[:_MOST_LINKS], bio)
    ]
    links: dict[Link, None] = {}
    for text in texts:
        for host, path in _LINK.findall(_EMAIL.sub(" ", text)):
            links[Link(host, path.rstrip("/.,;:!)"))] = None
    shown_emails = [email for text in texts for email in _EMAIL.findall(text)]
    found = phonenumbers.PhoneNumberMatcher(bio, region) if any(sign.isdigit() for sign in bio) else ()
    shown_phones = {phonenumbers.format_number(one.number, phonenumbers.PhoneNumberFormat.E164) for one in found}
    called = [number for text in texts for number in _CALL.findall(text)]
    called += [f"+{number}" for text in texts for number in _WHATSAPP.findall(text)]
    shown_phones |= {number for one in called if (number := _plain_phone(one, region))}
    phones = {number for phone in account.phones if (number := _plain_phone(phone, region))}
    mentions = {name.rstrip(".-_") for name in _MENTION.findall(texts[-1])}
    written = [email.strip()[:_LONGEST] for email in (*account.emails, *shown_emails)]
    return Addresses(
        tuple(links)[:_MOST_LINKS],
        frozenset(mentions),
        {plain: email for email in written if (plain := _plain_email(email))},
        frozenset(filter(None, map(_plain_email, shown_emails))),
        frozenset(phones | shown_phones),
        frozenset(shown_phones),
    )


def points_at(account: OwnedAccount, shown: Addresses, other: OwnedAccount) -> bool:
    """Whether the profile of one account names the other one: by its address, its handle, or a mention."""
    handle = plain_handle(other.handle)
    if not handle:
        return False
    hosts = network_facts()[other.network].hosts
    # On Mastodon and Bluesky a handle may be a site of one's own.
    at_home = other.network in _OWN_SITES and "." in handle
    for link in shown.links:
        own = not hosts and f"/@{handle}" == link.path
        if own or (link.host in hosts and handle in (part.removeprefix("@") for part in link.path.split("/"))):
            return True
        if at_home and link.host == handle:
            return True
        if other.network is Network.BLUESKY and link.host == f"{handle}.bsky.social":
            return True
    return (
        len(handle) >= _SHORTEST_MENTION
        and handle != plain_handle(account.handle)
        and not shown.mentions.isdisjoint({handle, handle.rstrip(".-_")})
    )


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
