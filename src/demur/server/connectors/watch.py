"""An end to how long a whole exchange with a server may take, however slowly it drips."""

from __future__ import annotations

import contextlib
import socket
import threading


class Watch:
    """Ends a connection that takes too long in all: who sends a letter at a time outlasts every limit on single reads.

    `connected` tells whether there ever was one, `late` whether one was ended.
    """

    def __init__(self, seconds: float) -> None:
        self.connected = False
        self.late = False
        self._seconds = seconds
        self._connection: socket.socket | None = None
        self._timer: threading.Timer | None = None

    def begin(self) -> None:
        """The time runs from now on."""
        self._timer = threading.Timer(self._seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def follow(self, connection: socket.socket) -> None:
        """What is to be ended: encryption puts another socket in place of the first. Raises TimeoutError if late."""
        self.connected = True
        self._connection = connection
        if self.late:
            self._cut()
            raise TimeoutError

    def end(self) -> None:
        """It is over; the thread of the timer is gone when this returns."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()

    def _cut(self) -> None:
        self.late = True
        if self._connection is not None:
            with contextlib.suppress(OSError):
                # Of the plain socket: an encrypted one would first let go of its encryption, and what another thread
                # sends in that moment would go out in the open.
                socket.socket.shutdown(self._connection, socket.SHUT_RDWR)
