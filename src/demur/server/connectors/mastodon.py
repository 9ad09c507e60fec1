"""A Mastodon account: who asks to follow, and the person's own no or yes to one of them.

The library is loaded at the first use: it takes longer than everything else that Demur starts with.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from demur.core.accounts import Network, Profile
from demur.core.arrivals import Arrival, Reading, Source
from demur.core.content import RequestKind
from demur.networks.markup import read_markup
from demur.server.connectors.errors import (
    NO_TRUST,
    NOT_HERE,
    STRANGE,
    TOO_SLOW,
    WRONG_SETTINGS,
    ConnectorError,
    RequestGone,
)
from demur.server.connectors.hosts import is_host, is_loopback

if TYPE_CHECKING:
    from mastodon import Mastodon
    from requests import Response, Session

T = TypeVar("T")

MOST_REQUESTS = 2_000
"""How many requests are listed at one press."""
MOST_BYTES = 4_000_000
"""The largest answer that is read; a page of requests has about a tenth of it."""
WAIT = 20.0
"""Seconds for each single answer."""

_A_PAGE = 80
_LONGEST_TEXT = 10_000
_TOKEN = re.compile(r"[A-Za-z0-9._~-]{8,500}")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

NOT_SIGNED_IN = "The server did not take the access token. Make a new one there, and connect the account again."
NOT_ALLOWED = (
    "The access token may not do this. Make one that may read and write follows (read:follows, write:follows), and"
    " connect the account again."
)
GONE = "This request is not there any more."
BUSY = "The server has had many questions from you and wants a pause. Try again in five minutes."
TROUBLE = "The server has trouble of its own right now. Try again later."
NOT_ENCRYPTED = "Demur speaks to Mastodon over https only. Write the server's name alone, such as mastodon.example."


@dataclass(frozen=True, slots=True)
class MastodonSettings:
    """One account: its server, such as `https://mastodon.example`, and a token that may read and write follows."""

    server: str
    token: str = field(repr=False)


def server_address(typed: str) -> str:
    """The address of a server as somebody types it, https where nothing is said. Raises ConnectorError."""
    text = typed.strip().lower()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ConnectorError(WRONG_SETTINGS) from None
    if not is_host(host) or parts.username or parts.password or parts.query or parts.path not in ("", "/"):
        raise ConnectorError(WRONG_SETTINGS)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise ConnectorError(NOT_ENCRYPTED)
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port else "")


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
    client = _client(settings)
    known = _require_id(remote_id)
    _asked(lambda: client.follow_request_reject(known))


def authorise(settings: MastodonSettings, remote_id: str) -> None:
    """Let one follower in, because the person pressed that. Raises ConnectorError, RequestGone."""
    client = _client(settings)
    known = _require_id(remote_id)
    _asked(lambda: client.follow_request_authorize(known))


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


def _session() -> Session:
    """A session that follows nothing, asks nobody else and reads no more than it should."""
    from requests import PreparedRequest, Session
    from requests.exceptions import InvalidURL

    class Bounded(Session):
        def send(self, request: PreparedRequest, **options: Any) -> Response:
            # INVARIANT: no redirect, so that the token goes to the server that was typed and to no other.
            options |= {"allow_redirects": False, "stream": True}
            answer = super().send(request, **options)
            with answer:
                body = answer.raw.read(MOST_BYTES + 1, decode_content=True)
            if len(body) > MOST_BYTES or answer.is_redirect:
                raise InvalidURL
            answer._content, answer._content_consumed = body, True
            return answer

    session = Bounded()
    # Neither proxies nor passwords from the environment and its files.
    session.trust_env = False
    return session


def _asked(ask: Callable[[], T]) -> T:
    """The answer. INVARIANT: errors are told anew, since the library's may hold addresses and a server's own words."""
    import mastodon
    from requests import exceptions

    try:
        return ask()
    except mastodon.MastodonUnauthorizedError:
        raise ConnectorError(NOT_SIGNED_IN) from None
    except mastodon.MastodonNotFoundError:
        raise RequestGone(GONE) from None
    except mastodon.MastodonRatelimitError:
        raise ConnectorError(BUSY) from None
    except mastodon.MastodonServerError:
        raise ConnectorError(TROUBLE) from None
    except mastodon.MastodonNetworkError as error:
        cause = error.__context__
        if isinstance(cause, exceptions.SSLError):
            says = NO_TRUST
        elif isinstance(cause, exceptions.Timeout):
            says = TOO_SLOW
        elif isinstance(cause, exceptions.InvalidURL):
            says = STRANGE
        else:
            says = NOT_HERE
        raise ConnectorError(says) from None
    except mastodon.MastodonAPIError as error:
        raise ConnectorError(NOT_ALLOWED if 403 in error.args else STRANGE) from None
    except (mastodon.MastodonError, ValueError, TypeError, KeyError, AttributeError):
        raise ConnectorError(STRANGE) from None


def _require_id(remote_id: str) -> str:
    if not _ID.fullmatch(remote_id):
        raise RequestGone(GONE)
    return remote_id


def _listed(client: Mastodon, server: str, today: date) -> Reading:
    """Each request once, in the server's order. It ends where a page brings nothing new, whatever the server says."""
    found: dict[str, Arrival] = {}
    page: Any = client.follow_requests(limit=_A_PAGE)
    while page:
        before = len(found)
        for account in page:
            arrival = _arrival(account, server, today)
            found.setdefault(arrival.remote_id, arrival)
        if len(found) >= MOST_REQUESTS or len(found) == before:
            break
        page = client.fetch_next(page)
    arrivals = tuple(found.values())
    if len(arrivals) < MOST_REQUESTS:
        return Reading(arrivals)
    return Reading(arrivals[:MOST_REQUESTS], (f"Only the first {MOST_REQUESTS:,} requests are listed.",))


def _arrival(account: Any, server: str, today: date) -> Arrival:
    if not account["id"]:
        raise ValueError("an account without an id")
    acct = str(account.get("acct") or "").strip().lstrip("@")
    handle = acct if "@" in acct or not acct else f"{acct}@{server}"
    about = [read_markup(str(account.get("note") or "")[:_LONGEST_TEXT]).text]
    for each in account.get("fields") or []:
        value = " ".join(read_markup(str(each.get("value") or "")[:_LONGEST_TEXT]).lines)
        about.append(f"{each.get('name') or ''}: {value}".strip(": "))
    return Arrival(
        network=Network.MASTODON,
        profile=Profile(
            display_name=" ".join(str(account.get("display_name") or "").split()),
            handle=f"@{handle}" if handle else "",
            bio="\n".join(line for line in about if line)[:_LONGEST_TEXT],
        ),
        as_of=today,
        source=Source.LIVE,
        kind=RequestKind.FOLLOW,
        remote_id=str(account["id"]),
    )
