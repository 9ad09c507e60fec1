"""Log lines that can't give away what somebody wrote: where it happened and what kind, never with which words."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType

log = logging.getLogger("demur.server")

_TRUSTED = "demur"
"""Whose messages are constants, which a test holds. Others log the text of errors and of suspicious requests."""


class PlainFormatter(logging.Formatter):
    """Time, level, logger, the constant part of the message, exception type, and file:line of each frame.

    INVARIANT: no exception message, no argument of a log call, no request body, path or query string is ever printed:
    all of them may hold names or drafts. Log calls therefore use constant messages, and values are left out.
    """

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        line = f"{at} {record.levelname} {record.name}"
        if isinstance(record.msg, str) and record.name.split(".", 1)[0] == _TRUSTED:
            line += f" {record.msg}"
        status = getattr(record, "status_code", None)
        if isinstance(status, int):
            line += f" status={status}"
        if record.exc_info:
            line += _describe(record.exc_info[0], record.exc_info[2])
        elif isinstance(record.msg, BaseException):
            line += _describe(type(record.msg), record.msg.__traceback__)
        return line

    def formatException(self, ei: object) -> str:
        """Nothing: `format` prints type and frames itself, and the standard one would print the message."""
        return ""


@contextmanager
def only_places() -> Iterator[None]:
    """Says errors that nobody catches, in threads and while things are cleared away, as `PlainFormatter` says them.

    Python itself would print their messages, and those may hold names or drafts.
    """
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    sys.excepthook = lambda kind, error, trace: log.critical("Demur stopped", exc_info=(kind, error, trace))
    threading.excepthook = lambda failed: log.critical("a thread stopped", exc_info=_info(failed))
    sys.unraisablehook = lambda failed: log.error("something was not cleared away", exc_info=_info(failed))
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = before


def _info(
    failed: threading.ExceptHookArgs | sys.UnraisableHookArgs,
) -> tuple[type[BaseException], BaseException, TracebackType | None]:
    error = failed.exc_value
    return failed.exc_type, error if error is not None else BaseException(), failed.exc_traceback


def _describe(kind: type[BaseException] | None, trace: TracebackType | None) -> str:
    if kind is None:
        return ""
    frames = "".join(f"\n  {frame.filename}:{frame.lineno} {frame.name}" for frame in _frames(trace))
    return f" {kind.__module__}.{kind.__qualname__}{frames}"


def _frames(trace: TracebackType | None) -> list[traceback.FrameSummary]:
    # lookup_lines=False: a source line may hold a literal, and is not needed to find the place.
    return list(traceback.StackSummary.extract(traceback.walk_tb(trace), lookup_lines=False))
