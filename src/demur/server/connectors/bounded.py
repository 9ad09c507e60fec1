"""A session with a web server that somebody typed: it goes nowhere else, reads no more and waits no longer than it may.

Loaded by a connector at its first use: the library behind it is not needed before.
"""

from __future__ import annotations

import ssl
from typing import Any, Self

from requests import PreparedRequest, Response, Session, exceptions
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import DecodeError, MaxRetryError, NewConnectionError, ReadTimeoutError

from demur.server.connectors.errors import BROKE_OFF, NO_TRUST, NO_WAY, NOT_HERE, STRANGE, TOO_SLOW
from demur.server.connectors.hosts import leads_to_loopback
from demur.server.connectors.watch import Watch


class BoundedSession(Session):
    """A session that follows nothing, asks nobody else, and neither reads more nor waits longer than it should.

    `most_bytes` are those of one answer. `seconds` are for each question and its whole answer or, within a `with`, for
    everything that happens in it.
    """

    def __init__(self, most_bytes: int, seconds: float) -> None:
        super().__init__()
        self._most_bytes = most_bytes
        self._watch = Watch(seconds)
        self._as_a_whole = False
        for scheme in ("http://", "https://"):
            self.mount(scheme, _adapter(self._watch))
        # Neither proxies nor passwords from the environment and its files.
        self.trust_env = False

    def __enter__(self) -> Self:
        self._as_a_whole = True
        self._watch.begin()
        return self

    def __exit__(self, *error: object) -> None:
        self._watch.end()
        super().__exit__(*error)

    def judge(self, status: int, body: bytes) -> None:
        """Where a network knows which answers can't be its own, it raises InvalidURL for them here."""

    def send(self, request: PreparedRequest, **options: Any) -> Response:
        if self._watch.late:
            raise exceptions.Timeout
        if not self._as_a_whole:
            self._watch.begin()
        try:
            answer = self._read(request, options)
        except Exception:
            if self._watch.late:
                raise exceptions.Timeout from None
            raise
        finally:
            if not self._as_a_whole:
                self._watch.end()
        # An answer that ends where it was cut may look whole.
        if self._watch.late:
            raise exceptions.Timeout
        return answer

    def _read(self, request: PreparedRequest, options: dict[str, Any]) -> Response:
        # INVARIANT: no redirect, so that secrets go to the server that was typed and to no other.
        options |= {"allow_redirects": False, "stream": True}
        answer = super().send(request, **options)
        with answer:
            body = answer.raw.read(self._most_bytes + 1, decode_content=True)
        if len(body) > self._most_bytes or answer.is_redirect:
            raise exceptions.InvalidURL
        self.judge(answer.status_code, body)
        answer._content, answer._content_consumed = body, True
        return answer


def what_broke(error: BaseException | None) -> tuple[str, bool]:
    """The sentence for what went wrong on the way, and whether the server may have had the question all the same."""
    if isinstance(error, exceptions.SSLError):
        return (NO_TRUST, False) if _is_about_a_certificate(error) else (NO_WAY, True)
    if isinstance(error, exceptions.ConnectTimeout):
        return TOO_SLOW, False
    if isinstance(error, exceptions.ConnectionError) and error.args and isinstance(error.args[0], MaxRetryError):
        return NOT_HERE, False
    if isinstance(error, exceptions.Timeout | ReadTimeoutError):
        return TOO_SLOW, True
    return STRANGE if isinstance(error, exceptions.InvalidURL | DecodeError) else BROKE_OFF, True


def _is_about_a_certificate(error: BaseException) -> bool:
    """Whether a certificate stopped an encrypted connection; the libraries wrap the reason into their own."""
    inner: Any = error
    for _ in range(5):
        if isinstance(inner, ssl.SSLCertVerificationError):
            return True
        inner = getattr(inner, "reason", None) or (inner.args[0] if getattr(inner, "args", ()) else None)
    return False


def _adapter(watch: Watch) -> HTTPAdapter:
    class Watched(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            # INVARIANT: what is not encrypted stays on this computer, whatever a name was looked up to.
            if not leads_to_loopback(self.sock):
                self.sock.close()
                raise NewConnectionError(self, "not on this computer")
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

    return Adapter()
