"""Puts the day's batch into the drop while a server runs."""

from __future__ import annotations

import logging
import threading

from demur.server.database import vault

log = logging.getLogger("demur.officer")

_LOOK_EVERY_SECONDS = 60.0


class DailyDrop:
    """For `with`, around the time in which a server runs. It waits while the store is locked, and keeps none open."""

    def __init__(self, every_seconds: float = _LOOK_EVERY_SECONDS) -> None:
        self._every = every_seconds
        self._stop = threading.Event()
        self._failed = False
        self._thread = threading.Thread(target=self._watch, name="demur-daily-drop", daemon=True)

    def __enter__(self) -> DailyDrop:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while True:
            if vault.is_unlocked():
                self._send()
            if self._stop.wait(self._every):
                return

    def _send(self) -> None:
        from django.db import connections
        from django.utils import timezone

        from demur.server.officer.actions import send_if_due

        try:
            send_if_due(timezone.localtime())
            self._failed = False
        except Exception:
            # Said once, not every minute. The records stay, and the next look tries again.
            if not self._failed:
                log.error("the daily drop could not be written", exc_info=True)
            self._failed = True
        finally:
            connections.close_all()
