"""A mailbox, read only: the folder is opened for looking (EXAMINE), and no mail gets marked as read (BODY.PEEK)."""

from __future__ import annotations

import base64
import contextlib
import imaplib
import re
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

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
from demur.server.connectors.watch import Watch
from demur.server.reading_apart import read_apart

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

MOST_MAILS = 2_000
"""How many mails are read at one press, the newest first."""
MOST_OF_ONE = 1_300_000
"""Bytes of one mail that are asked for: more than the reader looks at."""
MOST_SAID = 1_000_000
"""Bytes of one answer that brings no mails."""
MOST_LINES = 10_000
"""Lines of one answer."""
WAIT = 20.0
"""Seconds for each single answer."""
ENOUGH = 120.0
"""Seconds after which no more mails are asked for; what is left waits for the next press."""
WAIT_IN_ALL = 180.0
"""Seconds for everything: a server that drips would outlast any limit on single answers."""
READING = 60.0
"""Seconds for the reader and one lot of mails."""
READING_ONE = 5.0
"""Seconds for the reader and one mail, where a lot of them made it stop."""

_AT_ONCE = 50
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HARMLESS = b"From: somebody@example.org\r\nSubject: Nothing\r\n\r\nNothing.\r\n"
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
TOO_MUCH = (
    "The mail server sent more at once than Demur takes, so it stopped. Choose a folder with fewer mails, such as one"
    " into which your mail program moves what networks send."
)
NOT_READ = "The mails could not be read on this computer just now, so none was taken in. Try again later."
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


@dataclass(frozen=True, slots=True)
class Rest:
    """The older mails that a look did not get to: of this day and later, with a UID below this one.

    UIDs mean something only while the mailbox has the same `validity` (RFC 3501, 2.3.1.1).
    """

    since: date
    below: int
    validity: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a look brought, and what it left for the next one; None where it got to its end."""

    reading: Reading
    rest: Rest | None = None


def fetch(settings: ImapSettings, since: date, today: date, rest: Rest | None = None) -> Fetched:
    """The requests that mails in the folder tell of, from that day on, and from where the last look stopped.

    The newest are read first. What can't be read in one go is left as `rest`, and a note says so. Raises ConnectorError
    where nothing could be read.
    """
    enough = time.monotonic() + ENOUGH
    readings: list[Reading] = []
    waiting: list[int] = []
    done = validity = 0
    problem = ""
    try:
        with _open(settings) as mailbox:
            validity = mailbox.validity
            waiting = _waiting(mailbox, _criteria(settings.servers), since, rest)
            while done < min(len(waiting), MOST_MAILS) and time.monotonic() < enough:
                lot = waiting[done : done + min(_AT_ONCE, MOST_MAILS - done)]
                reading = _read(mailbox.mails(lot), settings, today)
                if reading is None:
                    problem = NOT_READ
                    break
                readings.append(reading)
                done += len(lot)
    except ConnectorError as error:
        # INVARIANT: what was read before it broke is kept, and the rest is not taken for read.
        problem = str(error)
    if not done and (problem or waiting):
        raise ConnectorError(problem or TOO_SLOW)
    notes = [note for reading in readings for note in reading.notes]
    left = len(waiting) - done
    if left:
        if problem:
            notes.append("Looking stopped before its end: the mail server, or this computer, did not go on.")
        older = "One older mail waits" if left == 1 else f"{left:,} older mails wait"
        notes.append(f"{older} to be read. Look again to go on from here.")
    return Fetched(
        Reading(tuple(one for reading in readings for one in reading.arrivals), tuple(dict.fromkeys(notes)), not left),
        Rest(min(since, rest.since) if rest else since, waiting[done - 1], validity) if left else None,
    )


def _waiting(mailbox: _Mailbox, criteria: tuple[tuple[str, ...], ...], since: date, rest: Rest | None) -> list[int]:
    """The mails to be read, the newest first: what came lately, and what the last look left."""
    found = mailbox.search(criteria, since)
    if rest is not None:
        renumbered = rest.validity != mailbox.validity
        found |= {number for number in mailbox.search(criteria, rest.since) if renumbered or number < rest.below}
    return sorted(found, reverse=True)


def _read(mails: list[bytes], settings: ImapSettings, today: date) -> Reading | None:
    """The requests in a lot of mails; None where the reader itself does not work."""

    def read(some: list[bytes], seconds: float) -> Reading:
        # INVARIANT: what other people wrote is read in a process that has neither the key nor the password.
        given = [("mail.eml", mail) for mail in some]
        return read_apart(given, today, receiver=settings.receiver, servers=settings.servers, time_limit=seconds)

    together = read(mails, READING)
    if together.complete:
        return together
    # One that makes the reader stop costs itself alone, or it would stand in the way of all that are older.
    alone = [read([mail], READING_ONE) for mail in mails]
    good = [reading for reading in alone if reading.complete]
    if not good and not read([_HARMLESS], READING_ONE).complete:
        return None
    notes = [note for reading in good for note in reading.notes]
    bad = len(alone) - len(good)
    notes.append(
        "One mail made the reader stop, so it was left out."
        if bad == 1
        else f"{bad} mails made the reader stop, so they were left out."
    )
    return Reading(tuple(one for reading in good for one in reading.arrivals), tuple(notes))


def check(settings: ImapSettings) -> None:
    """Sign in and open the folder, and do nothing more. Raises ConnectorError."""
    with _open(settings):
        pass


@contextlib.contextmanager
def _open(settings: ImapSettings) -> Iterator[_Mailbox]:
    """The folder, opened for looking. INVARIANT: errors are told anew, since a server's own words may hold anything."""
    _require_readable(settings)
    watch = Watch(WAIT_IN_ALL)
    client: _Bounded | None = None
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
        if client is not None:
            _leave(client)
        watch.end()


def _says(error: Exception, watch: Watch) -> str:
    if watch.late or isinstance(error, TimeoutError):
        return TOO_SLOW
    if isinstance(error, ssl.SSLError):
        return NO_ENCRYPTION
    if isinstance(error, imaplib.IMAP4.abort | OSError):
        return BROKE_OFF if watch.connected else NOT_HERE
    return STRANGE


class _Mailbox:
    """One opened folder. Mails are named by UID, and asked for in small lots so that few are in memory at once."""

    def __init__(self, client: _Bounded) -> None:
        self._client = client
        _, said = client.response("UIDVALIDITY")
        number = said[-1] if said else None
        self.validity = int(number) if isinstance(number, bytes) and number.isdigit() and len(number) < 12 else 0

    def search(self, criteria: tuple[tuple[str, ...], ...], since: date) -> set[int]:
        """The mails of that day and later that meet one of the criteria."""
        found: set[int] = set()
        day = f"{since.day:02}-{_MONTHS[since.month - 1]}-{since.year:04}"
        for each in criteria:
            said, data = self._client.uid("SEARCH", *each, "SINCE", day)
            if said != "OK":
                raise ConnectorError(STRANGE)
            for line in data:
                if isinstance(line, bytes):
                    found |= {int(number) for number in line.split() if number.isdigit() and len(number) < 12}
        return found

    def mails(self, numbers: list[int]) -> list[bytes]:
        """The mails themselves, up to the part that is looked at."""
        self._client.most_said = MOST_SAID + len(numbers) * MOST_OF_ONE
        lot = ",".join(str(number) for number in numbers)
        said, data = self._client.uid("FETCH", lot, f"(BODY.PEEK[]<0.{MOST_OF_ONE}>)")
        self._client.most_said = MOST_SAID
        if said != "OK":
            raise ConnectorError(STRANGE)
        return [
            piece[1] for piece in data if isinstance(piece, tuple) and len(piece) > 1 and isinstance(piece[1], bytes)
        ]


class _Bounded(imaplib.IMAP4):
    """A client with an end to how long it waits and to how much it takes.

    The standard library takes any number of lines and bytes that a server sends, asked for or not, and keeps them all.
    """

    def __init__(self, settings: ImapSettings, watch: Watch) -> None:
        self._begin(watch)
        super().__init__(settings.host, settings.port, timeout=WAIT)

    def _begin(self, watch: Watch) -> None:
        self.most_said = MOST_SAID
        self._watch = watch
        self._bytes = self._lines = 0

    def open(self, host: str = "", port: int | None = 143, timeout: float | None = None) -> None:
        """Connect; the watch runs already, so that a greeting that drips is ended too."""
        self._watch.begin()
        super().open(host, port or 0, timeout)
        try:
            self._watch.follow(self.sock)
        except TimeoutError:
            self.shutdown()
            raise

    def send(self, data: ReadableBuffer) -> None:
        """Say something. What was heard until then was taken or is not wanted, so it is let go."""
        self._bytes = self._lines = 0
        self.untagged_responses.clear()
        self._watch.follow(self.sock)
        super().send(data)

    def readline(self) -> bytes:
        """One line. Raises ConnectorError where it is too long, or there are too many."""
        try:
            line = bytes(super().readline())
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            raise ConnectorError(TOO_MUCH) from None
        self._count(len(line))
        return line

    def read(self, size: int) -> bytes:
        """As many bytes as the server announced. Raises ConnectorError where these are too many."""
        self._count(size)
        return bytes(super().read(size))

    def _count(self, size: int) -> None:
        self._lines += 1
        self._bytes += size
        if self._lines > MOST_LINES or self._bytes > self.most_said:
            raise ConnectorError(TOO_MUCH)


class _BoundedSSL(_Bounded, imaplib.IMAP4_SSL):
    """The same, encrypted from the beginning."""

    def __init__(self, settings: ImapSettings, watch: Watch) -> None:
        self._begin(watch)
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


def _connected(settings: ImapSettings, watch: Watch) -> _Bounded:
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
    with contextlib.suppress(imaplib.IMAP4.error, OSError, ConnectorError):
        client.logout()
    with contextlib.suppress(OSError):
        client.shutdown()
