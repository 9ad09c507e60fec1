"""Reads exports and mails in a process of its own, with an end to its time and memory, and takes plain values back.

What other people wrote is in these files, and parsers have faults. So the process that holds the key never opens one.
The child gets the content by its standard input, none of Demur's settings, and may write no file; what it says on
standard error is thrown away, because it might repeat a name. `python -m demur.server.reading_apart` is that child.

It is asked one of two things: which requests are in the files, or how the settings stood that an export tells of.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from demur.core.accounts import Network, Profile
from demur.core.arrivals import Arrival, Reading, Source
from demur.core.content import Direction, RequestKind
from demur.core.posted import Place, SettingFound, Skipped
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
_MOST_SETTINGS = 1_000
_MOST_NOTES = 10
_MAIL_ENDINGS = (".eml", ".mbox", ".mbx")
_EXPORT_ENDINGS = (".zip", ".json", ".csv", ".html", ".htm", ".js", ".car", ".gz")


@dataclass(frozen=True, slots=True)
class SettingsReading:
    """What exports tell of settings; `as_of` is the day on which they were made, None where they don't say it.

    `notes` say what could not be read.
    """

    found: tuple[SettingFound, ...] = ()
    as_of: date | None = None
    notes: tuple[str, ...] = ()


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
    told = _told_apart("requests", given, (today, receiver, tuple(servers)), time_limit, memory_limit)
    if isinstance(told, str):
        return _stopped(told)
    try:
        return _reading(told)
    except (ValueError, KeyError, TypeError):
        return _stopped(STOPPED)


def settings_apart(
    given: Sequence[Given], today: date, *, time_limit: float = TIME_LIMIT, memory_limit: int = MEMORY_LIMIT
) -> SettingsReading:
    """How settings stood in exports that were given together. Never raises for what is in them: a note says it."""
    told = _told_apart("settings", given, (today,), time_limit, memory_limit)
    if isinstance(told, str):
        return SettingsReading(notes=(told,))
    try:
        return _settings_reading(told)
    except (ValueError, KeyError, TypeError):
        return SettingsReading(notes=(STOPPED,))


def _told_apart(
    question: str, given: Sequence[Given], about: tuple[object, ...], time_limit: float, memory_limit: int
) -> dict[str, Any] | str:
    """What the child told, or the sentence for what stopped it."""
    here = [one.absolute() if isinstance(one, Path) else (one[0], bytes(one[1])) for one in given]
    command = [sys.executable, "-P", "-B", "-m", "demur.server.reading_apart"]
    # Settings may hold a passphrase or lead to the key.
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("DEMUR_")}
    try:
        done = subprocess.run(  # noqa: S603 - this Python and our own module; what was given goes to its input
            command,
            input=pickle.dumps((question, here, about, time_limit, memory_limit)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=surroundings,
            timeout=time_limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return TOOK_TOO_LONG
    except OSError:
        return STOPPED
    if done.returncode == 0:
        try:
            told = json.loads(done.stdout)
        except ValueError:
            return STOPPED
        return told if isinstance(told, dict) else STOPPED
    if done.returncode == _OUT_OF_MEMORY:
        return NEEDED_TOO_MUCH
    return TOOK_TOO_LONG if done.returncode == -_signal_of_time() else STOPPED


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


def read_settings(given: Sequence[Given], today: date) -> SettingsReading:
    """How settings stood in exports, read in this process."""
    from demur.networks.exports.published import Exports

    found: list[SettingFound] = []
    notes: list[str] = []
    with Exports(given, today) as exports:
        as_of = exports.opened.as_of
        for item in exports.read():
            if isinstance(item, SettingFound):
                found.append(item)
            elif isinstance(item, Skipped) and item.why not in notes:
                notes.append(item.why)
    return SettingsReading(tuple(found[:_MOST_SETTINGS]), as_of.date() if as_of else None, tuple(notes[:_MOST_NOTES]))


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
    question, given, about, time_limit, memory_limit = pickle.load(sys.stdin.buffer)  # noqa: S301 - the parent's own words
    _limit(int(time_limit) + 1, memory_limit)
    try:
        read = read_settings(given, *about) if question == "settings" else read_files(given, *about)
        told = json.dumps(asdict(read), default=date.isoformat)
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


def _settings_reading(told: dict[str, Any]) -> SettingsReading:
    return SettingsReading(
        tuple(
            SettingFound(Network(one["network"]), Place("", ""), str(one["name"]), str(one["value"]))
            for one in told["found"]
        ),
        date.fromisoformat(told["as_of"]) if told["as_of"] else None,
        tuple(str(note) for note in told["notes"]),
    )


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
