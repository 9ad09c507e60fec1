"""Runs an audit in a process of its own, so that the one that holds the key never opens an export.

Exports are hostile input. The child gets what to do by its standard input, none of Demur's settings, and says how far
it is on its standard output; what it says on standard error is thrown away, because it might repeat somebody's words.
`python -m demur.audit.apart` is that child; it starts the processes that weigh.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO, TYPE_CHECKING, Any

from demur.audit.recipe import Recipe
from demur.audit.state import State, UnreadableState, dumps, loads
from demur.core.posted import Progress

if TYPE_CHECKING:
    from demur.audit.running import Step
    from demur.networks.exports.published import Exports

KEPT_EVERY = 10.0
"""Seconds of work that a stop can lose, at most."""
_SAID_EVERY = 0.25
_USUAL_WORKERS = 2
_GIVEN_BACK = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "65536", "MALLOC_MMAP_THRESHOLD_": "65536"}
"""Has the C library give memory back at once, which saves a tenth of all that an audit holds (glibc alone)."""


class AuditFailed(Exception):
    """The audit ended before its end, and why; the message is a sentence for the person."""


BROKE = "Something made the audit end too soon. Start it again: it goes on from what is kept of it."
NO_SCHEDULER = "Nothing answers at that address as a Dask scheduler. See that it runs, and that its address is right."
NO_DASK = "Dask is not installed here. Install it beside Demur: pip install distributed"
NOT_PRIVATE = (
    "The way to that scheduler is not encrypted, and your caseload would travel on it. Use an address that begins with "
    "tls://, or leave the caseload out with --no-store."
)


@dataclass(frozen=True, slots=True)
class Job:
    """What is looked through, how it is weighed, and by how many processes or by which Dask scheduler."""

    recipe: Recipe
    paths: tuple[Path, ...]
    state: State
    workers: int
    scheduler: str = ""


def usual_workers() -> int:
    """How many processes weigh, unless somebody wants more: each takes about 100 MB, and all of it stays below 400."""
    return min(os.cpu_count() or 1, _USUAL_WORKERS)


Report = Callable[[int, Progress], None]
"""Called with how many items are weighed and how far reading is."""
Keep = Callable[[str], None]
"""Called every few seconds with a state that can be kept, as `state.dumps` writes it: whole, it would cost memory."""


def audit_apart(
    job: Job,
    report: Report = lambda items, progress: None,
    keep: Keep = lambda written: None,
    stop: threading.Event | None = None,
) -> State:
    """The state after the last item, or after a stop, which is then not complete. Raises AuditFailed."""
    # Settings may hold a passphrase or lead to the key.
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("DEMUR_")}
    command = [sys.executable, "-P", "-B", "-m", "demur.audit.apart"]
    with subprocess.Popen(  # noqa: S603 - this Python and our own module; what was given goes to its input
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=surroundings | _GIVEN_BACK,
        start_new_session=True,  # a Ctrl-C is ours to pass on, once
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        asked = False
        watching = threading.Thread(target=_stop_when, args=(child, stop), daemon=True)
        if stop is not None:
            watching.start()
        try:
            try:
                with contextlib.suppress(BrokenPipeError):
                    child.stdin.write(pickle.dumps(job))
                    child.stdin.close()
                last = _heard(child.stdout, report, keep)
            except KeyboardInterrupt:
                asked = True
                _ask_to_stop(child)
                last = _heard(child.stdout, report, keep)
            if last is not None:
                return last
            if asked or (stop is not None and stop.is_set()):
                return job.state  # it was stopped before it had begun
            raise AuditFailed(BROKE)
        finally:
            _ask_to_stop(child)
            with contextlib.suppress(OSError):
                child.stdout.close()  # nobody listens any more: a child that still speaks ends
            try:
                child.wait(timeout=20)
            except subprocess.TimeoutExpired:
                child.kill()


def _stop_when(child: subprocess.Popen[bytes], stop: threading.Event | None) -> None:
    while stop is not None and child.poll() is None:
        if stop.wait(0.2):
            _ask_to_stop(child)
            return


def _ask_to_stop(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        with contextlib.suppress(OSError):
            child.send_signal(signal.SIGTERM)


def _heard(out: IO[bytes], report: Report, keep: Keep) -> State | None:
    """Takes what the child says, a line of JSON each, until it has said everything; None where it ends before."""
    for line in out:
        try:
            said: dict[str, Any] = json.loads(line)
            if "failed" in said:
                raise AuditFailed(str(said["failed"]))
            if "state" in said:
                written, last = str(said.pop("state")), bool(said.get("last"))
                line = b""
                keep(written)
                if last:
                    return loads(written)
                del written
                _give_back()
            else:
                report(int(said["items"]), Progress(int(said["done"]), int(said["total"])))
        except (ValueError, KeyError, TypeError, UnreadableState):
            raise AuditFailed(BROKE) from None
    return None


def _give_back() -> None:
    """Has the C library give back what the last kept state took (glibc alone)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


# --- the child ------------------------------------------------------------------------------------------------------


class _Stopped(BaseException):
    pass


def _main() -> int:
    from demur.networks.exports.published import Exports  # only the child has any business with readers

    job: Job = pickle.load(sys.stdin.buffer)  # noqa: S301 - the parent's own words
    asked = False
    said, kept = 0.0, time.monotonic()

    def ask(number: int, frame: FrameType | None) -> None:
        # INVARIANT: a stop is heeded between two lots alone, so no lot is half taken and no line half said. Whoever
        # asks twice doesn't wait: the workers end by themselves.
        nonlocal asked
        asked = True
        signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def until_asked(found: Iterator[Step]) -> Iterator[Step]:
        for step in found:
            if asked:
                raise _Stopped
            yield step

    def report(state: State, progress: Progress) -> None:
        nonlocal said, kept
        now = time.monotonic()
        if now - said > _SAID_EVERY:
            said = now
            _say({"items": state.consumed, "done": progress.done, "total": progress.total})
        if now - kept > KEPT_EVERY:
            kept = now
            _say({"state": dumps(state)})
        if asked:
            raise _Stopped

    signal.signal(signal.SIGTERM, ask)
    state = job.state
    try:
        with Exports(job.paths, job.recipe.today) as exports:
            given = job.recipe.given(exports.digest)
            if state.given != given:  # other files, or weighed otherwise: what was found before is old
                state = State(given, job.recipe.today)
            _audit(job, exports, state, until_asked, report)
    except _Stopped:
        pass
    except AuditFailed as problem:
        _say({"failed": str(problem)})
        return 1
    _say({"state": dumps(state), "last": True})
    return 0


def _audit(
    job: Job,
    exports: Exports,
    state: State,
    until_asked: Callable[[Iterator[Step]], Iterator[Step]],
    report: Callable[[State, Progress], None],
) -> None:
    from demur.audit.reading import steps
    from demur.audit.running import here, on_scheduler, run

    if not job.scheduler:
        pool, workers = here(job.recipe, job.workers), job.workers
    elif job.recipe.caseload.clients and not job.scheduler.startswith("tls://"):
        raise AuditFailed(NOT_PRIVATE)
    else:
        try:
            pool, workers = on_scheduler(job.scheduler)
        except ImportError:
            raise AuditFailed(NO_DASK) from None
        except (OSError, ValueError):
            raise AuditFailed(NO_SCHEDULER) from None
    run(job.recipe, until_asked(steps(exports, job.recipe, state.consumed)), state, pool, workers, report)


def _say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(_main())
