"""A Mastodon account: who asks to follow, and the person's own no or yes to one of them; and its settings.

The library is loaded at the first use: it takes longer than everything else that Demur starts with.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from demur.core.accounts import Network, Profile
from demur.core.arrivals import Arrival, Reading, Source
from demur.core.content import RequestKind
from demur.networks.markup import read_markup
from demur.server.connectors.errors import BUSY, STRANGE, TROUBLE, ConnectorError, RequestGone
from demur.server.connectors.hosts import web_address

if TYPE_CHECKING:
    from mastodon import Mastodon

    from demur.server.connectors.bounded import BoundedSession

T = TypeVar("T")

Place = tuple[str, str]
"""Where a value stands: member and field, as in the `reads` of the catalogue of settings."""
Values = Mapping[Place, str]

_ACCOUNT = "/api/v1/accounts/verify_credentials"
_POLICY = "/api/v2/notifications/policy"
_PROFILE = "/api/v1/profile"
_SWITCHES = ("locked", "discoverable", "indexable", "hide_collections")
_VISIBILITY: Place = (_ACCOUNT, "source.privacy")

CAN_SET: Mapping[Place, tuple[str, ...]] = {
    **{(_ACCOUNT, switch): ("true", "false") for switch in _SWITCHES},
    _VISIBILITY: ("public", "unlisted", "private"),
}
"""What can be set from here, and to what."""

MOST_REQUESTS = 2_000
"""How many requests are listed at one press."""
MOST_BYTES = 4_000_000
"""The largest answer that is read; a page of requests has about a tenth of it."""
WAIT = 20.0
"""Seconds of silence."""
WAIT_IN_ALL = 30.0
"""Seconds for one question and its whole answer, however slowly it comes."""
ENOUGH = 120.0
"""Seconds after which no further page of requests is asked for."""

_A_PAGE = 80
_LONGEST_TEXT = 10_000
_TOKEN = re.compile(r"[A-Za-z0-9._~-]{8,500}")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

NOT_SIGNED_IN = "The server did not take the access token. Make a new one there, and connect the account again."
NOT_ALLOWED = (
    "The server doesn't allow this. The access token needs the rights read:follows and write:follows. If it has them,"
    " sign in there and look whether your account waits for something."
)
NO_MASTODON = "There is a server of this name, but nothing of Mastodon answers there. Is this its name?"
GONE = "This request is not there any more."
ODD_ID = "Demur can't tell which request on the server this is, so nothing was sent. Answer it on Mastodon itself."
NOT_CONFIRMED = (
    "The server did not confirm that it is done, so nothing was noted. Look on Mastodon itself whether the request is"
    " still there."
)
NO_READING = (
    "The server doesn't allow this. To read your settings, the access token needs the right read:accounts. Make one"
    " that has it and connect the account again, or go through the steps and look there yourself."
)
NO_SETTING = (
    "The server doesn't allow this. To change a setting, the access token needs the right write:accounts. Without it,"
    " press it yourself on Mastodon: the step says where."
)
NOT_TAKEN = "Mastodon did not take the change, so all stands as before. Change it on Mastodon itself."
NOT_SET = "The server did not confirm the change. Look on Mastodon itself whether it is done."
NO_NOTIFICATIONS = (
    "Which messages wait apart was not read: for that, the access token needs the right read:notifications."
)
NOT_ENCRYPTED = "Demur speaks to Mastodon over https only. Write the server's name alone, such as mastodon.example."


@dataclass(frozen=True, slots=True)
class MastodonSettings:
    """One account: its server, such as `https://mastodon.example`, and a token that may read and write follows."""

    server: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stands:
    """What an account's server tells of its settings, and sentences for what it didn't."""

    values: Values
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    """What is said where the token lacks a right, and where it is open whether something was done."""

    not_allowed: str
    not_confirmed: str


_OF_REQUESTS = _Words(NOT_ALLOWED, NOT_CONFIRMED)
_OF_READING = _Words(NO_READING, NOT_SET)
_OF_SETTING = _Words(NO_SETTING, NOT_SET)


def server_address(typed: str) -> str:
    """The address of a server as somebody types it, https where nothing is said. Raises ConnectorError."""
    return web_address(typed, NOT_ENCRYPTED)


def list_requests(settings: MastodonSettings, today: date) -> Reading:
    """Who waits to be let in as a follower. Nothing is changed there. Raises ConnectorError."""
    client = _client(settings)
    server = urlsplit(settings.server).hostname or ""
    return _asked(lambda: _listed(client, server, today))


def check(settings: MastodonSettings) -> None:
    """Ask whether the token may read requests, and do nothing more. Raises ConnectorError."""
    client = _client(settings)
    _asked(lambda: client.follow_requests(limit=1))


def reject(settings: MastodonSettings, remote_id: str) -> None:
    """Reject one request, because the person pressed that. Raises ConnectorError, RequestGone."""
    _answer(settings, remote_id, accept=False)


def authorise(settings: MastodonSettings, remote_id: str) -> None:
    """Let one follower in, because the person pressed that. Raises ConnectorError, RequestGone."""
    _answer(settings, remote_id, accept=True)


def look(settings: MastodonSettings) -> Stands:
    """What stands in the account. Nothing is changed there. Raises ConnectorError where the account can't be read."""
    client = _client(settings)
    values = dict(_of_account(client))
    unread: tuple[str, ...] = ()
    try:
        policy = _asked(client.notifications_policy, words=_Words(NO_NOTIFICATIONS, NOT_SET))
        values |= _told(_POLICY, policy, ("for_private_mentions", "for_new_accounts"))
    except ConnectorError as error:
        # Servers of before 4.3 have none, and an account is worth looking at without it.
        unread = (NO_NOTIFICATIONS,) if str(error) == NO_NOTIFICATIONS else ()
    with suppress(ConnectorError):
        # Since 4.6.
        values |= _told(_PROFILE, _asked(client.profile, words=_OF_READING), ("show_media", "show_featured"))
    return Stands(values, unread)


def set_value(settings: MastodonSettings, place: Place, value: str) -> Values:
    """Set one of `CAN_SET`, because the person pressed that, and give back what stands there now.

    INVARIANT: it returns only where the server, asked again, tells the new value; nothing else of the account is sent.
    Raises ConnectorError, ValueError for what can't be set.
    """
    if value not in CAN_SET.get(place, ()):
        raise ValueError("this can not be set from here")
    client = _client(settings)
    if _of_account(client).get(place) != value:
        change: dict[str, Any] = {"default_privacy": value} if place == _VISIBILITY else {place[1]: value == "true"}
        try:
            _asked(lambda: client.account_update_credentials(**change), pressed=True, words=_OF_SETTING)
        except RequestGone:
            raise ConnectorError(NOT_TAKEN) from None
        try:
            stands = _of_account(client).get(place)
        except ConnectorError:
            raise ConnectorError(NOT_SET) from None
        if stands != value:
            raise ConnectorError(NOT_SET)
    return {place: value}


def _of_account(client: Mastodon) -> Values:
    """What the server tells of the account itself. Raises ConnectorError."""

    def ask() -> Values:
        account: Any = client.account_verify_credentials()
        source: Any = account.get("source") or {}
        # Servers tell a switch with the profile, or with what its owner alone sees, or in both places. What is null or
        # not there, which the library makes null, is not told: but null has always meant "not opted into discovery".
        told = {(_ACCOUNT, "discoverable"): "false", **_told(_ACCOUNT, source, _SWITCHES)}
        told |= _told(_ACCOUNT, account, (*_SWITCHES, "noindex"))
        for name in ("privacy", "quote_policy"):
            told |= {(_ACCOUNT, f"source.{name}"): said for said in _told(_ACCOUNT, source, (name,)).values()}
        return told

    return _asked(ask, words=_OF_READING)


def _told(member: str, said: Any, names: Iterable[str]) -> dict[Place, str]:
    """Values of these names as the catalogue reads them; nothing for what isn't told."""
    found = {(member, name): said.get(name) for name in names}
    return {
        place: str(value).lower() if isinstance(value, bool) else _text(value)[:100]
        for place, value in found.items()
        if isinstance(value, bool | str)
    }


def _answer(settings: MastodonSettings, remote_id: str, *, accept: bool) -> None:
    """INVARIANT: it returns only where the server says of this very account that it is done, and RequestGone comes only
    where the server's own list shows that nothing waits."""
    client = _client(settings)
    if not _ID.fullmatch(remote_id):
        raise ConnectorError(ODD_ID)
    press = client.follow_request_authorize if accept else client.follow_request_reject
    try:
        tie = _asked(lambda: press(remote_id), pressed=True)
    except RequestGone:
        if _waits(client, remote_id):
            raise ConnectorError(NOT_CONFIRMED) from None
        raise
    if not _is_done(client, tie, remote_id, accept=accept):
        raise ConnectorError(NOT_CONFIRMED)


def _is_done(client: Mastodon, tie: Any, remote_id: str, *, accept: bool) -> bool:
    """Whether what the server says of the two accounts tells that the request was answered so."""
    if getattr(tie, "id", None) != remote_id or tie.requested_by:
        return False
    if accept:
        return tie.followed_by is True
    # Servers of before 4.2 don't say who asks. Their list does.
    return tie.followed_by is False and (tie.requested_by is False or not _waits(client, remote_id))


def _waits(client: Mastodon, remote_id: str) -> bool:
    """Whether the server's list has this request, or is too long to tell. Raises ConnectorError."""

    def search() -> bool:
        seen = 0
        for page in _pages(client):
            seen += len(page)
            if any(_id(account) == remote_id for account in page):
                return True
        return seen >= MOST_REQUESTS

    return _asked(search)


def _client(settings: MastodonSettings) -> Mastodon:
    from mastodon import Mastodon

    address = server_address(settings.server)
    if not _TOKEN.fullmatch(settings.token):
        raise ConnectorError(NOT_SIGNED_IN)
    client = Mastodon(
        api_base_url=address,
        ratelimit_method="throw",
        request_timeout=WAIT,
        session=_session(),
        user_agent="Demur",
        version_check_mode="none",
    )
    # Set afterwards: given at once, the library would first look for a file of that name.
    client.access_token = settings.token
    return client


def _session() -> BoundedSession:
    from requests.exceptions import InvalidURL

    from demur.server.connectors.bounded import BoundedSession

    class OfMastodon(BoundedSession):
        def judge(self, status: int, body: bytes) -> None:
            # Any web server says 404, a wrong one too. Mastodon says it in a way of its own.
            if status == 404 and not _is_error(body):
                raise InvalidURL(NO_MASTODON)

    return OfMastodon(MOST_BYTES, WAIT_IN_ALL)


def _is_error(body: bytes) -> bool:
    """Whether this is how Mastodon's interface words an error: `{"error": "Record not found"}`."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and isinstance(said.get("error"), str)


def _asked(ask: Callable[[], T], *, pressed: bool = False, words: _Words = _OF_REQUESTS) -> T:
    """The answer; `pressed` where the question was to do something, which a server may have done without saying so.

    INVARIANT: errors are told anew, since the library's may hold addresses and a server's own words.
    """
    import mastodon

    odd = words.not_confirmed if pressed else STRANGE
    try:
        return ask()
    except mastodon.MastodonUnauthorizedError:
        raise ConnectorError(NOT_SIGNED_IN) from None
    except mastodon.MastodonNotFoundError:
        if pressed:
            raise RequestGone(GONE) from None
        raise ConnectorError(NO_MASTODON) from None
    except mastodon.MastodonRatelimitError:
        raise ConnectorError(BUSY) from None
    except mastodon.MastodonServerError:
        raise ConnectorError(words.not_confirmed if pressed else TROUBLE) from None
    except mastodon.MastodonNetworkError as error:
        raise ConnectorError(_says(error.__context__, words.not_confirmed if pressed else "")) from None
    except mastodon.MastodonAPIError as error:
        raise ConnectorError(words.not_allowed if 403 in error.args else odd) from None
    except (mastodon.MastodonError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ConnectorError(odd) from None


def _says(cause: BaseException | None, not_confirmed: str) -> str:
    """What went wrong on the way. Only where nothing can have reached the server it is sure that nothing was done, and
    `not_confirmed` is not said; it is empty where nothing was to be done."""
    from demur.server.connectors.bounded import what_broke

    if cause is not None and NO_MASTODON in cause.args:
        return NO_MASTODON
    sentence, reached = what_broke(cause)
    return not_confirmed if not_confirmed and reached else sentence


def _pages(client: Mastodon) -> Iterator[list[Any]]:
    """The server's list, page by page. It ends where a page brings nothing new, whatever the server says."""
    seen: set[str] = set()
    page: Any = client.follow_requests(limit=_A_PAGE)
    while page:
        before = len(seen)
        seen |= {_id(account) for account in page}
        if len(seen) == before:
            return
        yield page
        if len(seen) >= MOST_REQUESTS:
            return
        page = client.fetch_next(page)


def _listed(client: Mastodon, server: str, today: date) -> Reading:
    """Each request once, in the server's order."""
    enough = time.monotonic() + ENOUGH
    found: dict[str, Arrival] = {}
    slow = False
    for page in _pages(client):
        for account in page:
            arrival = _arrival(account, server, today)
            found.setdefault(arrival.remote_id, arrival)
        slow = time.monotonic() > enough
        if slow:
            break
    arrivals = tuple(found.values())[:MOST_REQUESTS]
    if not slow and len(found) < MOST_REQUESTS:
        return Reading(arrivals)
    note = f"Only the first {len(arrivals):,} requests are listed. Answer some of them, then look again for the others."
    return Reading(arrivals, (note,), complete=False)


def _arrival(account: Any, server: str, today: date) -> Arrival:
    acct = _text(account.get("acct")).strip().lstrip("@")
    handle = acct if "@" in acct or not acct else f"{acct}@{server}"
    about = [read_markup(_text(account.get("note"))).text]
    for each in account.get("fields") or []:
        value = " ".join(read_markup(_text(each.get("value"))).lines)
        about.append(f"{_text(each.get('name'))}: {value}".strip(": "))
    return Arrival(
        network=Network.MASTODON,
        profile=Profile(
            display_name=" ".join(_text(account.get("display_name")).split()),
            handle=f"@{handle}" if handle else "",
            bio="\n".join(line for line in about if line)[:_LONGEST_TEXT],
        ),
        as_of=today,
        source=Source.LIVE,
        kind=RequestKind.FOLLOW,
        remote_id=_id(account),
    )


def _id(account: Any) -> str:
    """The server's own id of an account. Raises ValueError where it is none that a request can be answered by."""
    said = account["id"]
    if said is None or not _ID.fullmatch(str(said)):
        raise ValueError("an account without an id")
    return str(said)


def _text(said: Any) -> str:
    """Text that can be kept: half of a pair of surrogates, which JSON allows, is no letter."""
    return str(said or "")[:_LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")
