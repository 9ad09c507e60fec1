"""A mailbox, read only: the folder is opened for looking (EXAMINE), and no mail gets marked as read (BODY.PEEK)."""

from __future__ import annotations

import base64
import contextlib
import imaplib
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from demur.core.arrivals import Reading
from demur.core.vocabulary import Word
from demur.networks.mail import list_types, sender_domains
from demur.server.connectors.errors import (
    BROKE_OFF,
    NO_TRUST,
    NOT_HERE,
    STRANGE,
    TOO_SLOW,
    WRONG_SETTINGS,
    ConnectorError,
)
from demur.server.connectors.hosts import is_host, is_loopback, leads_to_loopback
from demur.server.reading_apart import read_apart

MOST_MAILS = 2_000
"""How many mails are read at one press, the newest first."""
MOST_OF_ONE = 1_300_000
"""Bytes of one mail that are asked for: more than the reader looks at."""
PORTION = 32 * 1024 * 1024
"""Bytes of mails that are read together."""
WAIT = 20.0
"""Seconds for each single answer."""
WAIT_IN_ALL = 180.0
"""Seconds for everything: a server that drips would outlast any limit on single answers."""

_AT_ONCE = 20
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TYPED = re.compile(r"[^\x00-\x1f\x7f]{1,500}")
_ATOM = re.compile(r"[A-Za-z0-9._-]{1,253}")

NOT_SIGNED_IN = (
    "The mail server did not take this name and password. Many providers want an app password here, made in their"
    " account settings, in place of your usual one."
)
NO_PLAIN_WAY = "The mail server offers no way of signing in that Demur can use."
NO_FOLDER = "There is no folder of this name in the mailbox. Look at how your mail program writes it."
NO_ENCRYPTION = (
    "The mail server offers no encryption on this port, so no password was sent to it. Try port 993 with TLS."
)
NOT_LOOPBACK = "Without encryption Demur speaks to a mail server on this computer only. Choose TLS."


class Security(Word):
    """How the connection is encrypted. PLAIN is for a mail server on this computer alone."""

    TLS = "tls"
    STARTTLS = "starttls"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """One folder of one mailbox. `receiver` is the name under which its server notes what it checked; `servers` are the
    person's own servers on networks where everybody may run one."""

    host: str
    user: str
    password: str = field(repr=False)
    port: int = 993
    folder: str = "INBOX"
    security: Security = Security.TLS
    receiver: str = ""
    servers: tuple[str, ...] = ()


def fetch(settings: ImapSettings, since: date | None, today: date) -> Reading:
    """The requests that mails in the folder tell of, from that day on. Raises ConnectorError."""
    with _open(settings) as mailbox:
        found = mailbox.search(_criteria(settings.servers), since)
        newest = found[-MOST_MAILS:]
        readings = [
            # INVARIANT: what other people wrote is read in a process that has neither the key nor the password.
            read_apart(portion, today, receiver=settings.receiver, servers=settings.servers)
            for portion in _portions(mailbox.mails(newest))
        ]
    notes = [note for reading in readings for note in reading.notes]
    if len(newest) < len(found):
        notes.append(f"Only the newest {MOST_MAILS:,} mails were read.")
    return Reading(tuple(one for reading in readings for one in reading.arrivals), tuple(dict.fromkeys(notes)))


def _portions(mails: Iterator[bytes]) -> Iterator[list[tuple[str, bytes]]]:
    """Mails as files, as many at a time as are kept in memory."""
    portion: list[tuple[str, bytes]] = []
    size = 0
    for mail in mails:
        portion.append(("mail.eml", mail))
        size += len(mail)
        if size > PORTION:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def check(settings: ImapSettings) -> None:
    """Sign in and open the folder, and do nothing more. Raises ConnectorError."""
    with _open(settings):
        pass


@contextlib.contextmanager
def _open(settings: ImapSettings) -> Iterator[_Mailbox]:
    """The folder, opened for looking. INVARIANT: errors are told anew, since a server's own words may hold anything."""
    _require_readable(settings)
    watch = _Watch()
    client: imaplib.IMAP4 | None = None
    try:
        client = _connected(settings, watch)
        _encrypt(client, settings)
        _sign_in(client, settings)
        _examine(client, settings.folder)
        yield _Mailbox(client)
    except ssl.SSLCertVerificationError:
        raise ConnectorError(NO_TRUST) from None
    except (imaplib.IMAP4.error, OSError) as error:
        raise ConnectorError(_says(error, watch)) from None
    finally:
        watch.end()
        if client is not None:
            _leave(client)


def _says(error: Exception, watch: _Watch) -> str:
    if watch.late or isinstance(error, TimeoutError):
        return TOO_SLOW
    if isinstance(error, ssl.SSLError):
        return NO_ENCRYPTION
    if isinstance(error, imaplib.IMAP4.abort | OSError):
        return BROKE_OFF if watch.connected else NOT_HERE
    return STRANGE


class _Watch:
    """Ends a connection that takes too long in all. Whoever drips one letter at a time outlasts other limits."""

    def __init__(self) -> None:
        self.connected = False
        self.late = False
        self._timer: threading.Timer | None = None

    def begin(self, connection: socket.socket) -> None:
        """From now on."""
        self.connected = True
        self._timer = threading.Timer(WAIT_IN_ALL, self._cut, (connection,))
        self._timer.daemon = True
        self._timer.start()

    def end(self) -> None:
        """It is over in time."""
        if self._timer is not None:
            self._timer.cancel()

    def _cut(self, connection: socket.socket) -> None:
        self.late = True
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


class _Mailbox:
    """One opened folder. Mails are named by UID, and asked for in small lots so that few are in memory at once."""

    def __init__(self, client: imaplib.IMAP4) -> None:
        self._client = client

    def search(self, criteria: tuple[tuple[str, ...], ...], since: date | None) -> list[int]:
        """The mails that meet one of the criteria, the oldest first."""
        found: set[int] = set()
        day = () if since is None else ("SINCE", f"{since.day:02}-{_MONTHS[since.month - 1]}-{since.year:04}")
        for each in criteria:
            said, data = self._client.uid("SEARCH", *each, *day)
            if said != "OK":
                raise ConnectorError(STRANGE)
            for line in data:
                if isinstance(line, bytes):
                    found |= {int(number) for number in line.split() if number.isdigit() and len(number) < 12}
        return sorted(found)

    def mails(self, numbers: list[int]) -> Iterator[bytes]:
        """The mails themselves, up to the part that is looked at."""
        for at in range(0, len(numbers), _AT_ONCE):
            lot = ",".join(str(number) for number in numbers[at : at + _AT_ONCE])
            said, data = self._client.uid("FETCH", lot, f"(BODY.PEEK[]<0.{MOST_OF_ONE}>)")
            if said != "OK":
                raise ConnectorError(STRANGE)
            for piece in data:
                if isinstance(piece, tuple) and len(piece) > 1 and isinstance(piece[1], bytes):
                    yield piece[1]


class _Bounded(imaplib.IMAP4):
    """A client with an end to how long it waits and to how much it takes at once."""

    def __init__(self, settings: ImapSettings, watch: _Watch) -> None:
        self._watch = watch
        super().__init__(settings.host, settings.port, timeout=WAIT)

    def open(self, host: str = "", port: int | None = 143, timeout: float | None = None) -> None:
        """Connect; from here on the watch runs, so that a greeting that drips is ended too."""
        super().open(host, port or 0, timeout)
        self._watch.begin(self.sock)

    def read(self, size: int) -> bytes:
        """As many bytes as the server announced. The standard library would read any number."""
        if size > 2 * MOST_OF_ONE:
            raise self.abort("too large")
        return bytes(super().read(size))


class _BoundedSSL(_Bounded, imaplib.IMAP4_SSL):
    """The same, encrypted from the beginning."""

    def __init__(self, settings: ImapSettings, watch: _Watch) -> None:
        self._watch = watch
        context = ssl.create_default_context()
        imaplib.IMAP4_SSL.__init__(self, settings.host, settings.port, ssl_context=context, timeout=WAIT)


def _require_readable(settings: ImapSettings) -> None:
    if not is_host(settings.host) or not 0 < settings.port < 65536:
        raise ConnectorError(WRONG_SETTINGS)
    if not all(_TYPED.fullmatch(typed) for typed in (settings.user, settings.password, settings.folder)):
        raise ConnectorError(WRONG_SETTINGS)
    if not all(_ATOM.fullmatch(server) for server in settings.servers):
        raise ConnectorError(WRONG_SETTINGS)
    if settings.security is Security.PLAIN and not is_loopback(settings.host):
        raise ConnectorError(NOT_LOOPBACK)


def _connected(settings: ImapSettings, watch: _Watch) -> imaplib.IMAP4:
    return _BoundedSSL(settings, watch) if settings.security is Security.TLS else _Bounded(settings, watch)


def _encrypt(client: imaplib.IMAP4, settings: ImapSettings) -> None:
    if settings.security is Security.STARTTLS:
        if "STARTTLS" not in client.capabilities:
            raise ConnectorError(NO_ENCRYPTION)
        client.starttls(ssl.create_default_context())
    elif settings.security is Security.PLAIN and not leads_to_loopback(client.socket()):
        raise ConnectorError(NOT_LOOPBACK)


def _sign_in(client: imaplib.IMAP4, settings: ImapSettings) -> None:
    try:
        if "AUTH=PLAIN" in client.capabilities:
            secret = f"\0{settings.user}\0{settings.password}".encode()
            client.authenticate("PLAIN", lambda _: secret)
        elif "LOGINDISABLED" in client.capabilities or not f"{settings.user}{settings.password}".isascii():
            raise ConnectorError(NO_PLAIN_WAY)
        else:
            client.login(_quoted(settings.user), settings.password)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        raise ConnectorError(NOT_SIGNED_IN) from None


def _examine(client: imaplib.IMAP4, folder: str) -> None:
    try:
        said, _ = client.select(_quoted(mailbox_name(folder)), readonly=True)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        said = "NO"
    if said != "OK":
        raise ConnectorError(NO_FOLDER)


def _criteria(servers: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """What a mail about a request has: the sender's domain, or the kind of list that it belongs to."""
    domains = dict.fromkeys((*sender_domains(), *servers))
    lists = dict.fromkeys(list_types())
    return (
        *(("FROM", f'"{domain}"') for domain in domains),
        *(("HEADER", "List-Id", f'"{kind}."') for kind in lists),
    )


def mailbox_name(folder: str) -> str:
    """A folder's name as IMAP writes it: "modified UTF-7" (RFC 3501, 5.1.3)."""
    pieces = []
    for plain, other in re.findall(r"([\x20-\x7e]+)|([^\x20-\x7e]+)", folder):
        if plain:
            pieces.append(plain.replace("&", "&-"))
        else:
            packed = base64.b64encode(other.encode("utf-16-be", "surrogatepass")).decode().rstrip("=")
            pieces.append(f"&{packed.replace('/', ',')}-")
    return "".join(pieces)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _leave(client: imaplib.IMAP4) -> None:
    """Say goodbye, if the server still listens. INVARIANT: no CLOSE, which expunges where a folder is open to write."""
    with contextlib.suppress(imaplib.IMAP4.error, OSError):
        client.logout()
    with contextlib.suppress(OSError):
        client.shutdown()
