"""Reads exports and mails in a process of its own, with an end to its time and memory, and takes plain values back.

What other people wrote is in these files, and parsers have faults. So the process that holds the key never opens one.
The child gets the content by its standard input, none of Demur's settings, and may write no file; what it says on
standard error is thrown away, because it might repeat a name. `python -m demur.server.reading_apart` is that child.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from demur.core.accounts import Network, Profile
from demur.core.arrivals import Arrival, Reading, Source
from demur.core.content import Direction, RequestKind
from demur.networks.exports.archive import Given
from demur.networks.exports.reading import read_export_files

TIME_LIMIT = 90.0
"""Seconds of waiting for the child; it has as many of computing."""
MEMORY_LIMIT = 2 * 1024 * 1024 * 1024
"""Bytes of address space, where the system can limit it (Linux does, macOS and Windows don't)."""

TOOK_TOO_LONG = (
    "Reading this took too long, so it was stopped and nothing was taken in. "
    "Bring in only the file with your requests, or one file at a time."
)
NEEDED_TOO_MUCH = (
    "Reading this needs more memory than Demur gives it, so nothing was taken in. "
    "Bring in only the file with your requests, or one file at a time."
)
STOPPED = (
    "Something in this made the reader stop, so nothing was taken in. The rest of Demur is as it was. "
    "Bring in one file at a time to see which it is."
)

_OUT_OF_MEMORY = 3
_MAIL_ENDINGS = (".eml", ".mbox", ".mbx")
_EXPORT_ENDINGS = (".zip", ".json", ".csv", ".html", ".htm", ".js", ".car", ".gz")


def read_apart(
    given: Sequence[Given],
    today: date,
    *,
    receiver: str | None = None,
    servers: Sequence[str] = (),
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
) -> Reading:
    """The requests in files that were given together. Never raises for what is in them: a note says what happened, and
    what was stopped is not complete.

    `receiver` and `servers` are for mails, as `networks.mail.read_mail` takes them.
    """
    here = [one.absolute() if isinstance(one, Path) else (one[0], bytes(one[1])) for one in given]
    command = [sys.executable, "-P", "-B", "-m", "demur.server.reading_apart"]
    # Settings may hold a passphrase or lead to the key.
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("DEMUR_")}
    try:
        done = subprocess.run(  # noqa: S603 - this Python and our own module; what was given goes to its input
            command,
            input=pickle.dumps((here, today, receiver, tuple(servers), time_limit, memory_limit)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=surroundings,
            timeout=time_limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _stopped(TOOK_TOO_LONG)
    except OSError:
        return _stopped(STOPPED)
    if done.returncode == 0:
        try:
            return _reading(json.loads(done.stdout))
        except (ValueError, KeyError, TypeError):
            return _stopped(STOPPED)
    if done.returncode == _OUT_OF_MEMORY:
        return _stopped(NEEDED_TOO_MUCH)
    return _stopped(TOOK_TOO_LONG if done.returncode == -_signal_of_time() else STOPPED)


def read_files(
    given: Sequence[Given], today: date, receiver: str | None = None, servers: Sequence[str] = ()
) -> Reading:
    """The same in this process: mails are read as mails, and everything else as parts of exports."""
    mails: list[Given] = []
    exports: list[Given] = []
    for one in given:
        (mails if _is_mail(one) else exports).append(one)
    readings = []
    if exports or not mails:
        readings.append(read_export_files(exports, today))
    if mails:
        from demur.networks.mail import read_mail

        readings.append(read_mail(mails, today, receiver=receiver, servers=servers))
    return Reading(
        tuple(arrival for reading in readings for arrival in reading.arrivals),
        tuple(note for reading in readings for note in reading.notes),
    )


def _is_mail(given: Given) -> bool:
    name = given.name if isinstance(given, Path) else given[0]
    if name.lower().endswith(_MAIL_ENDINGS):
        return True
    # A table of LinkedIn begins with "Notes:", as a header of a mail would.
    if name.lower().endswith(_EXPORT_ENDINGS) or (isinstance(given, Path) and not given.is_file()):
        return False
    from demur.networks.mail import is_mail

    if isinstance(given, Path):
        try:
            with given.open("rb") as opened:
                return is_mail(opened.read(1024))
        except OSError:
            return False
    return is_mail(given[1][:1024])


def _stopped(says: str) -> Reading:
    return Reading(notes=(says,), complete=False)


def _main() -> int:
    given, today, receiver, servers, time_limit, memory_limit = pickle.load(sys.stdin.buffer)  # noqa: S301 - the parent's own words
    _limit(int(time_limit) + 1, memory_limit)
    try:
        told = json.dumps(asdict(read_files(given, today, receiver, servers)), default=date.isoformat)
    except MemoryError:
        return _OUT_OF_MEMORY
    sys.stdout.buffer.write(told.encode())
    return 0


def _limit(seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: there the time of waiting is the only limit.
        return
    limits = {
        "RLIMIT_AS": memory,
        "RLIMIT_CPU": seconds,
        "RLIMIT_CORE": 0,  # What a broken process leaves behind would hold names.
        "RLIMIT_FSIZE": 0,
    }
    for name, limit in limits.items():
        try:
            kind = getattr(resource, name)
            hard = resource.getrlimit(kind)[1]
            least = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(kind, (least, hard))
        except (AttributeError, ValueError, OSError):
            continue


def _signal_of_time() -> int:
    import signal

    return int(getattr(signal, "SIGXCPU", 0))


def _reading(told: dict[str, Any]) -> Reading:
    # Values and vocabularies are built anew: nothing that the child says is run.
    return Reading(tuple(_arrival(arrival) for arrival in told["arrivals"]), tuple(str(note) for note in told["notes"]))


def _arrival(told: dict[str, Any]) -> Arrival:
    profile = told["profile"]
    mutual = int(profile.pop("mutual_connections"))
    return Arrival(
        network=Network(told["network"]),
        profile=Profile(**{name: str(value) for name, value in profile.items()}, mutual_connections=mutual),
        as_of=date.fromisoformat(told["as_of"]),
        source=Source(told["source"]),
        kind=RequestKind(told["kind"]),
        direction=Direction(told["direction"]),
        message=str(told["message"]),
        received=date.fromisoformat(told["received"]) if told["received"] else None,
        remote_id=str(told["remote_id"]),
        vouched=bool(told["vouched"]),
    )


if __name__ == "__main__":
    sys.exit(_main())
