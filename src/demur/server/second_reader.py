"""Puts a doubt to a language model on this computer, and takes nothing but one small, timely, strict answer."""

from __future__ import annotations

import contextlib
import hashlib
import ipaddress
import json
import os
import socket
import ssl
import stat
import threading
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from demur.core.content import Post
from demur.screening.reader.second import ANSWERS, Opinion, Stance, messages, read_answer, too_long

TIME_LIMIT = 8.0
"""Seconds for everything: looking up, connecting, waiting, reading."""
MOST_BYTES = 64_000
"""The largest answer that is read; the one that is asked for has some hundred bytes."""
HOSTS = Path("/etc/demur/second-reader-hosts.txt")
"""The agency's own hosts by exact name, one a line: only an administrator can write there."""

_MOST_REMEMBERED = 64
_MOST_LISTED = 10_000
_MOST_IN_A_NAME = 200
_FORWARDED = ("-cloud", ":cloud")
"""How Ollama's names of models end that its local server passes on to ollama.com (docs.ollama.com/cloud)."""
_ON_THIS_COMPUTER = "on this computer"
_AT_THE_AGENCY = "at your agency"


class SecondReaderRefused(Exception):
    """What was set up can't be used; the message says why and what to do, and never repeats the address."""


@dataclass(frozen=True, slots=True)
class _Endpoint:
    """Where the model answers. `loopback` is false for a host that an administrator allowed."""

    host: str
    port: int
    path: str
    encrypted: bool
    loopback: bool


def open_second_reader(address: str, model: str, hosts: Path = HOSTS, owner: int = 0) -> SecondReader | None:
    """The second reader that was set up, None where none was. Raises SecondReaderRefused; nothing is sent yet.

    `address` is where an OpenAI-compatible server answers, with its `/v1`. `owner` is the user who must own `hosts`.
    """
    address, model = address.strip(), model.strip()
    if not address and not model:
        return None
    if not address or not model:
        raise SecondReaderRefused("A second reader needs both an address and the name of a model.")
    if len(model) > _MOST_IN_A_NAME or not model.isprintable():
        raise SecondReaderRefused("The name of the second reader's model can't be read.")
    if model.lower().endswith(_FORWARDED):
        raise SecondReaderRefused(
            "That model runs on its maker's computers: a server here would pass your drafts on to it. Choose one that "
            "runs on this computer."
        )
    return SecondReader(_endpoint(address, hosts, owner), model)


class SecondReader:
    """Asks one model at one address, one draft at a time, and remembers its last answers while it is in memory.

    INVARIANT: it never raises and never logs, so that no draft gets out of it but to that address.
    """

    def __init__(self, endpoint: _Endpoint, model: str, limit: float = TIME_LIMIT) -> None:
        self._endpoint = endpoint
        self._model = model
        self._limit = limit
        self._place = _ON_THIS_COMPUTER if endpoint.loopback else _AT_THE_AGENCY
        self._guard = threading.Lock()
        self._remembered: dict[bytes, Opinion] = {}

    def __call__(self, post: Post) -> Opinion:
        """What the model says about a draft, or why nothing it says counts."""
        if too_long(post):
            return Opinion(Stance.TOO_LONG, place=self._place)
        body = json.dumps(
            {
                "model": self._model,
                "messages": messages(post),
                "temperature": 0,
                "seed": 1,
                "max_tokens": 160,
                "stream": False,
                "response_format": {"type": "json_object"},
            }
        ).encode("ascii")
        digest = hashlib.sha256(body).digest()
        with self._guard:
            known = self._remembered.get(digest)
        # The same draft gets the same answer, also where a page sends it again to press one of its buttons.
        if known is not None:
            return known
        opinion = self._ask(body)
        if opinion.stance in ANSWERS:
            with self._guard:
                self._remembered[digest] = opinion
                if len(self._remembered) > _MOST_REMEMBERED:
                    del self._remembered[next(iter(self._remembered))]
        return opinion

    def _ask(self, body: bytes) -> Opinion:
        call = _Call(self._endpoint, body, self._limit)
        # In a thread of its own: a look-up, a handshake or an answer that drips can't be given a time limit otherwise.
        thread = threading.Thread(target=call.run, name="demur-second-reader", daemon=True)
        thread.start()
        thread.join(self._limit)
        if thread.is_alive():
            call.abandon()
            return Opinion(Stance.LATE, place=self._place)
        if call.content is None:
            return Opinion(call.failed, place=self._place)
        return read_answer(call.content, self._place) or Opinion(Stance.UNUSABLE, place=self._place)


class _Call:
    """One question to the model. After `run`, `content` is the text of its answer, or else `failed` says why not."""

    def __init__(self, endpoint: _Endpoint, body: bytes, limit: float) -> None:
        self._endpoint = endpoint
        self._body = body
        self._limit = limit
        self._socket: socket.socket | None = None
        self._abandoned = False
        self.content: str | None = None
        self.failed = Stance.ABSENT

    def run(self) -> None:
        """Ask. Never raises: Python would print the error of a thread."""
        with contextlib.suppress(Exception):
            try:
                self.content = self._exchange()
            except TimeoutError:
                self.failed = Stance.LATE
            finally:
                if self._socket is not None:
                    self._socket.close()

    def abandon(self) -> None:
        """Hang up, so that the thread that waits for the answer ends."""
        self._abandoned = True
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def _exchange(self) -> str | None:
        endpoint = self._endpoint
        connected = self._connect()
        if self._abandoned:
            return None
        # http.client knows no proxies and follows no redirects; with a socket given, it opens no other.
        connection = HTTPConnection(endpoint.host, endpoint.port)
        connection.auto_open = 0
        connection.sock = connected
        # Whatever comes back from here on, somebody was there.
        self.failed = Stance.UNUSABLE
        connection.request(
            "POST",
            endpoint.path,
            body=self._body,
            headers={"Content-Type": "application/json", "Accept": "application/json", "Connection": "close"},
        )
        with connection.getresponse() as response:
            if (
                response.status != 200
                or response.headers.get_content_type() != "application/json"
                or response.headers.get("Content-Encoding", "identity") != "identity"
                or (response.length or 0) > MOST_BYTES
            ):
                return None
            data = response.read(MOST_BYTES + 1)
            if len(data) > MOST_BYTES or response.length:
                return None
        return _content(data)

    def _connect(self) -> socket.socket:
        endpoint = self._endpoint
        found = _look_up(endpoint.host, endpoint.port)
        if endpoint.loopback and not all(_is_loopback(str(place[4][0])) for place in found):
            raise HTTPException
        family, kind, protocol, _, place = found[0]
        for family, kind, protocol, _, place in found:
            plain = socket.socket(family, kind, protocol)
            self._socket = plain
            plain.settimeout(self._limit)
            try:
                plain.connect(place)
            except OSError:
                plain.close()
                continue
            break
        else:
            raise ConnectionError
        # INVARIANT: what counts is where the connection leads, not what the name was.
        if endpoint.loopback and not _is_loopback(str(plain.getpeername()[0])):
            raise HTTPException
        if not endpoint.encrypted:
            return plain
        tls = ssl.create_default_context().wrap_socket(
            plain, server_hostname=endpoint.host, do_handshake_on_connect=False
        )
        self._socket = tls
        tls.do_handshake()
        return tls


def _content(data: bytes) -> str | None:
    """The text of the one choice in a completion; None where it isn't one."""
    try:
        content = json.loads(data.decode("utf-8"))["choices"]
        message = content[0]["message"]["content"] if isinstance(content, list) and len(content) == 1 else None
    except (ValueError, RecursionError, LookupError, TypeError):
        return None
    return message if isinstance(message, str) else None


def _endpoint(address: str, hosts: Path, owner: int) -> _Endpoint:
    unreadable = SecondReaderRefused(
        "The second reader's address can't be read. Write it like http://127.0.0.1:11434/v1, without anything else."
    )
    if not address.isascii() or not address.isprintable() or set(address) & set(" \\?#@%"):
        raise unreadable
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise unreadable from None
    encrypted = parts.scheme == "https"
    if parts.scheme not in ("http", "https") or not host or port == 0:
        raise unreadable
    loopback = _is_loopback(host) or host == "localhost"
    if not loopback and host not in _allowed(hosts, owner):
        raise SecondReaderRefused(
            "The second reader must be on this computer, at an address such as http://127.0.0.1:11434/v1: drafts leave "
            f"it only for a host that your agency's administrator has named in {hosts}."
        )
    if not loopback and not encrypted:
        raise SecondReaderRefused("A second reader on another computer is reached over https alone.")
    if host == "localhost":
        _require_here(host)
    return _Endpoint(
        host, port or (443 if encrypted else 80), parts.path.rstrip("/") + "/chat/completions", encrypted, loopback
    )


def _require_here(host: str) -> None:
    try:
        here = all(_is_loopback(str(place[4][0])) for place in _look_up(host, 0))
    except OSError:
        here = False
    if not here:
        raise SecondReaderRefused(
            "On this computer, localhost leads elsewhere too. Give the second reader's address as 127.0.0.1."
        )


def _look_up(
    host: str, port: int
) -> list[tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[object, ...]]]:
    return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))


def _is_loopback(host: str) -> bool:
    """Whether this is a loopback address, written out: 127.0.0.0/8 or ::1, and not an address inside another."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return address in ipaddress.IPv4Network("127.0.0.0/8")
    return address == ipaddress.IPv6Address("::1")


def _allowed(file: Path, owner: int) -> frozenset[str]:
    """The hosts that an administrator allows, none where there is no such file. Raises SecondReaderRefused.

    A file that somebody else could have written counts for nothing: drafts would go wherever they say. Systems where
    that can't be seen have no such file.
    """
    if os.name != "posix":
        return frozenset()
    try:
        folder = file.parent.stat()
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return frozenset()
    except OSError:
        raise SecondReaderRefused(f"{file} can't be read.") from None
    try:
        itself = os.fstat(descriptor)
        if not stat.S_ISREG(itself.st_mode) or any(
            each.st_uid != owner or each.st_mode & (stat.S_IWGRP | stat.S_IWOTH) for each in (itself, folder)
        ):
            raise SecondReaderRefused(
                f"{file} and its folder must belong to the administrator, and nobody else may write to them."
            )
        data = os.read(descriptor, _MOST_LISTED + 1)
    finally:
        os.close(descriptor)
    if len(data) > _MOST_LISTED:
        raise SecondReaderRefused(f"{file} is too long.")
    lines = (line.partition("#")[0].strip().lower() for line in data.decode("utf-8", "replace").splitlines())
    return frozenset(line for line in lines if line)
