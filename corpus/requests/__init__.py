"""Connection requests written by hand against invented caseloads, each with the answer that a careful colleague gives.

A file whose name ends in `t` is test only: nobody who works on the matcher reads it. README.md tells the rest.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from demur.core.accounts import Network, Profile
from demur.core.matches import Level
from demur.core.people import Caseload
from demur.records.caseload_csv import read_caseload

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class LabelledRequest:
    """A request with its expected answer: the level, the clients meant (for a tie several, for none nobody), why."""

    request_id: str
    writer: str
    caseload: str
    network: Network
    profile: Profile
    message: str
    level: Level
    clients: frozenset[str]
    kind: str
    why: str


@cache
def read_caseload_of(name: str) -> Caseload:
    """The invented caseload with that name. Raises ValueError where a line of it can't be read."""
    reading = read_caseload((FOLDER / f"caseload-{name}.csv").read_bytes())
    if reading.problems:
        raise ValueError(f"caseload-{name}.csv has {len(reading.problems)} lines that can't be read")
    return Caseload(reading.clients)


def read_requests(test: bool) -> list[LabelledRequest]:
    """All requests of the writers for development, or of those for testing.

    Raises ValueError naming the file and the line where something is missing, unknown or names no client.
    """
    found = []
    for path in sorted(FOLDER.glob("*.jsonl")):
        if path.stem.endswith("t") is test:
            for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
                try:
                    found.append(_read(path.stem, json.loads(line)))
                except (ValueError, KeyError) as error:
                    raise ValueError(f"{path.name}, line {number}: {error}") from None
    return found


def _read(writer: str, row: dict[str, object]) -> LabelledRequest:
    text = {name: str(row[name]) for name in ("display_name", "handle", "bio", "city", "email", "phone")}
    clients = row["expected_clients"]
    if not isinstance(clients, list):
        raise ValueError("expected_clients is a list")
    request = LabelledRequest(
        request_id=str(row["id"]),
        writer=writer,
        caseload=str(row["caseload"]),
        network=Network.read(str(row["network"])),
        profile=Profile(**text),
        message=str(row["message"]),
        level=Level.read(str(row["expected_level"])),
        clients=frozenset(map(str, clients)),
        kind=str(row["kind"]),
        why=str(row["why"]),
    )
    known = {client.client_id for client in read_caseload_of(request.caseload).clients}
    if not request.clients <= known:
        raise ValueError("expected_clients names somebody who is not on the caseload")
    if bool(request.clients) is (request.level is Level.NONE):
        raise ValueError("a match or a possible one names clients, and none names nobody")
    return request
