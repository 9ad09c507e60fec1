"""A Mastodon account: who asks to follow, and the person's own no or yes to one of them.

The library is loaded at the first use: it takes longer than everything else that Demur starts with.
"""

from __future__ import annotations

import json
import re
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from demur.core.accounts import Network, Profile
from demur.core.arrivals import Arrival, Reading, Source
from demur.core.content import RequestKind
from demur.networks.markup import read_markup
from demur.server.connectors.errors import (
    BROKE_OFF,
    NO_TRUST,
    NOT_HERE,
    STRANGE,
    TOO_SLOW,
    WRONG_SETTINGS,
    ConnectorError,
    RequestGone,
)
from demur.server.connectors.hosts import is_host, is_loopback
from demur.server.connectors.watch import Watch

if TYPE_CHECKING:
    from mastodon import Mastodon
    from requests import Response, Session

T = TypeVar("T")

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
NO_WAY = "No encrypted connection to the server could be made, so nothing was sent to it. Is this its name?"
NO_MASTODON = "There is a server of this name, but nothing of Mastodon answers there. Is this its name?"
GONE = "This request is not there any more."
ODD_ID = "Demur can't tell which request on the server this is, so nothing was sent. Answer it on Mastodon itself."
NOT_CONFIRMED = (
    "The server did not confirm that it is done, so nothing was noted. Look on Mastodon itself whether the request is"
    " still there."
)
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
    _answer(settings, remote_id, accept=False)


def authorise(settings: MastodonSettings, remote_id: str) -> None:
    """Let one follower in, because the person pressed that. Raises ConnectorError, RequestGone."""
    _answer(settings, remote_id, accept=True)


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


def _session() -> Session:
    """A session that follows nothing, asks nobody else, and neither reads more nor waits longer than it should."""
    from requests import PreparedRequest, Session
    from requests.adapters import HTTPAdapter
    from requests.exceptions import InvalidURL, Timeout
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
    from urllib3.connection import HTTPConnection, HTTPSConnection

    watch = Watch(WAIT_IN_ALL)

    class Watched(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            watch.follow(self.sock)

    class WatchedTLS(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            watch.follow(self.sock)

    class Pool(HTTPConnectionPool):
        ConnectionCls = Watched

    class PoolTLS(HTTPSConnectionPool):
        ConnectionCls = WatchedTLS

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **options: Any) -> None:
            super().init_poolmanager(*args, **options)
            self.poolmanager.pool_classes_by_scheme = {"http": Pool, "https": PoolTLS}

    class Bounded(Session):
        def send(self, request: PreparedRequest, **options: Any) -> Response:
            watch.begin()
            try:
                answer = self._read(request, options)
            except Exception:
                if watch.late:
                    raise Timeout from None
                raise
            finally:
                watch.end()
            # An answer that ends where it was cut may look whole.
            if watch.late:
                raise Timeout
            return answer

        def _read(self, request: PreparedRequest, options: dict[str, Any]) -> Response:
            # INVARIANT: no redirect, so that the token goes to the server that was typed and to no other.
            options |= {"allow_redirects": False, "stream": True}
            answer = super().send(request, **options)
            with answer:
                body = answer.raw.read(MOST_BYTES + 1, decode_content=True)
            if len(body) > MOST_BYTES or answer.is_redirect:
                raise InvalidURL
            # Any web server says 404, a wrong one too. Mastodon says it in a way of its own.
            if answer.status_code == 404 and not _is_error(body):
                raise InvalidURL(NO_MASTODON)
            answer._content, answer._content_consumed = body, True
            return answer

    session = Bounded()
    for scheme in ("http://", "https://"):
        session.mount(scheme, Adapter())
    # Neither proxies nor passwords from the environment and its files.
    session.trust_env = False
    return session


def _is_error(body: bytes) -> bool:
    """Whether this is how Mastodon's interface words an error: `{"error": "Record not found"}`."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and isinstance(said.get("error"), str)


def _asked(ask: Callable[[], T], *, pressed: bool = False) -> T:
    """The answer; `pressed` where the question was to do something, which a server may have done without saying so.

    INVARIANT: errors are told anew, since the library's may hold addresses and a server's own words.
    """
    import mastodon

    odd = NOT_CONFIRMED if pressed else STRANGE
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
        raise ConnectorError(NOT_CONFIRMED if pressed else TROUBLE) from None
    except mastodon.MastodonNetworkError as error:
        raise ConnectorError(_says(error.__context__, pressed)) from None
    except mastodon.MastodonAPIError as error:
        raise ConnectorError(NOT_ALLOWED if 403 in error.args else odd) from None
    except (mastodon.MastodonError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ConnectorError(odd) from None


def _says(cause: BaseException | None, pressed: bool) -> str:
    """What went wrong on the way. Only where nothing can have reached the server it is sure that nothing was done."""
    from requests import exceptions
    from urllib3.exceptions import DecodeError, MaxRetryError, ReadTimeoutError

    if isinstance(cause, exceptions.SSLError):
        if _is_about_a_certificate(cause):
            return NO_TRUST
        return NOT_CONFIRMED if pressed else NO_WAY
    if isinstance(cause, exceptions.ConnectTimeout):
        return TOO_SLOW
    if isinstance(cause, exceptions.ConnectionError) and cause.args and isinstance(cause.args[0], MaxRetryError):
        return NOT_HERE
    if isinstance(cause, exceptions.InvalidURL) and NO_MASTODON in cause.args:
        return NO_MASTODON
    if pressed:
        return NOT_CONFIRMED
    if isinstance(cause, exceptions.Timeout | ReadTimeoutError):
        return TOO_SLOW
    return STRANGE if isinstance(cause, exceptions.InvalidURL | DecodeError) else BROKE_OFF


def _is_about_a_certificate(error: BaseException) -> bool:
    """Whether a certificate stopped an encrypted connection; the libraries wrap the reason into their own."""
    inner: Any = error
    for _ in range(5):
        if isinstance(inner, ssl.SSLCertVerificationError):
            return True
        inner = getattr(inner, "reason", None) or (inner.args[0] if getattr(inner, "args", ()) else None)
    return False


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
