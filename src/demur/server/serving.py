"""The one process that listens: waitress on the loopback interface, until somebody stops it."""

from __future__ import annotations

import errno
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import create_server
from waitress.utilities import RequestEntityTooLarge

from demur.server.limits import MOST_LISTENED_TO, TOO_LARGE, WAITRESS
from demur.server.logs import only_places

THREADS = 8


class PortTaken(Exception):
    """The port can't be listened on; the message says so in one sentence, with what to do."""


def serve(host: str, port: int, *, ready: Callable[[str], None]) -> None:
    """Answer requests until SIGINT or SIGTERM, in the main thread. `server.local.start` comes first.

    `ready` gets the address, with a slash at its end, once it answers. Port 0 takes a free one. Raises PortTaken.
    """
    # Imported late: it reads Django's settings, which `server.local.start` makes ready.
    from django.conf import settings

    from demur.server.local import IdleWatch
    from demur.server.officer.daily import DailyDrop
    from demur.server.wsgi import application

    listener = Listener(application, host, port)
    with only_places(), _stopped_by_signals(), IdleWatch(settings.IDLE_MINUTES * 60), DailyDrop():
        try:
            ready(listener.address)
            listener.run()
        except KeyboardInterrupt:
            # Waitress catches it once its loop runs; before that it ends here.
            listener.close()


class Listener:
    """A WSGI application on a bound port. Raises PortTaken where the port can't be had."""

    def __init__(self, application: Any, host: str, port: int) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            # Bound here and not by waitress, which would start its threads before it notices a taken port.
            bound = socket.create_server((host, port), family=family)
        except OSError as error:
            raise PortTaken(_why(host, port, error)) from None
        self._open: dict[int, Any] = {}
        # WAITRESS keeps every body in memory: by default waitress writes larger ones to a temporary file, and a draft
        # or a caseload must never lie on the disk in plain text.
        self._server = create_server(
            application,
            map=self._open,
            sockets=[bound],
            threads=THREADS,
            # No `Server:` header: it would tell every page that guesses at local ports what listens here.
            ident=None,
            # A traceback may hold a draft or a name.
            expose_tracebacks=False,
            **WAITRESS,
        )
        self._server.channel_class = _Channel
        self.address = f"http://{_written(host)}:{self._server.effective_port}/"

    def run(self) -> None:
        """Answer requests until `stop`, KeyboardInterrupt or SystemExit; what runs then may end first."""
        try:
            self._server.run()
        finally:
            self.close()

    def stop(self) -> None:
        """End `run`, from another thread."""
        self._server.trigger.pull_trigger(lambda: wasyncore.close_all(self._open, ignore_all=True))

    def close(self) -> None:
        """Let go of the port, the connections and the threads."""
        self._server.task_dispatcher.shutdown()
        wasyncore.close_all(self._open, ignore_all=True)


class _TooLarge(RequestEntityTooLarge):  # type: ignore[misc]
    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        return f"{self.code} {self.reason}", [("Content-Type", "text/plain; charset=utf-8")], TOO_LARGE.encode()


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    """Hears a body that is too large to its end, keeping none of it, so that the sender gets to read why."""

    error: Any = None
    _to_come = 0

    def received(self, data: bytes) -> int:
        if self._to_come:
            heard = min(len(data), self._to_come)
            self._to_come -= heard
            self.completed = not self._to_come
            return heard
        consumed: int = super().received(data)
        if isinstance(self.error, RequestEntityTooLarge):
            self.error = _TooLarge(self.error.body)
            if not self.chunked and self.content_length <= MOST_LISTENED_TO:
                self._to_come = self.content_length
                self.completed = False
        return consumed


class _Channel(HTTPChannel):  # type: ignore[misc]
    parser_class = _Parser


def _why(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use, perhaps by a Demur that already runs: look at http://{_written(host)}:{port}/, "
            "or choose another port with --port."
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"This system does not let you use port {port}. Choose one above 1023 with --port."
    why = f" ({os.strerror(error.errno)})" if error.errno else ""
    return f"Demur can't listen on {_written(host)}:{port}{why}. Choose another port with --port."


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """SIGINT and SIGTERM end the loop cleanly, once; what handled them before is put back afterwards."""
    signals = (signal.SIGINT, signal.SIGTERM)

    def stop(number: int, frame: FrameType | None) -> None:
        # A second Ctrl-C must not tear the ending apart.
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
