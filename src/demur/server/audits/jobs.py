"""The audit that runs beside the pages: one at a time, in a thread that waits for the process that does the work."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

from demur.audit.apart import AuditFailed, Job, audit_apart, usual_workers
from demur.core.posted import Progress
from demur.server.audits.actions import drop_if_empty, keep
from demur.server.audits.models import AuditRecord
from demur.server.audits.queries import recipe_of, state_of
from demur.server.database import vault


@dataclass(slots=True)
class Running:
    """An audit under way. `left` is the time that remains in seconds, None while nobody can tell."""

    audit: int
    purpose: str
    items: int = 0
    share: float = 0.0
    left: float | None = None
    failed: str = ""
    stop: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def ended(self) -> bool:
        return self.over.is_set()

    @property
    def stopping(self) -> bool:
        return self.stop.is_set() and not self.over.is_set()


NO_EXPORT = (
    "There is no export in it that Demur knows. Give it the zip as the network sent it, or the folder that it unpacks "
    "to, in JSON; how to get one stands below. What was found before stays as it is."
)
_LONGEST_STOP = 20.0
"""Seconds after which a process that was asked to stop is ended."""
_lock = threading.Lock()
_running: Running | None = None


def running() -> Running | None:
    """The audit that runs, or the one that ended last since Demur was started."""
    return _running


def busy() -> bool:
    """Whether an audit runs that nobody stopped. One that comes to its end after a stop is waited for."""
    if _running is not None and _running.stopping:
        _running.over.wait(_LONGEST_STOP)
    return _running is not None and not _running.ended


def start(audit: AuditRecord) -> bool:
    """Starts or goes on with an audit; False where one runs already."""
    global _running
    with _lock:
        if _running is not None and not _running.ended:
            return False
        _running = Running(audit.pk, audit.purpose)
    # The process that weighs holds the caseload, so it ends when the store is locked.
    vault.on_lock(stop)
    # INVARIANT: the recipe is made here, where the store is open; the thread only keeps what it is told.
    job = Job(recipe_of(audit), tuple(Path(path) for path in audit.paths), state_of(audit), usual_workers())
    threading.Thread(target=_run, args=(audit, job, _running), name="audit", daemon=True).start()
    return True


def stop(wait: float = 0.0) -> None:
    """Asks the audit that runs to stop, and waits some seconds for its end; what it found until then is kept."""
    if _running is not None:
        _running.stop.set()
        _running.over.wait(wait)


def _run(audit: AuditRecord, job: Job, told: Running) -> None:
    began, first = time.monotonic(), -1.0

    def report(items: int, progress: Progress) -> None:
        nonlocal first
        told.items = items
        if progress.total:
            told.share = progress.done / progress.total
        first = told.share if first < 0 else first
        if told.share > first:
            told.left = (time.monotonic() - began) * (1 - told.share) / (told.share - first)

    def kept(written: str) -> None:
        keep(audit, written)

    try:
        state = audit_apart(job, report, kept, told.stop)
        if state.complete and not state.consumed:
            told.failed = NO_EXPORT
            drop_if_empty(audit)
    except AuditFailed as problem:
        told.failed = str(problem)
    except Exception:
        # The store may have been locked meanwhile, and a message may hold more than a person should read.
        told.failed = "The audit stopped, because Demur was locked or its store could not be written to. Press “Go on”."
    finally:
        connection.close()
        told.over.set()
