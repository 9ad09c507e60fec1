"""Items as a reader would give them, of somebody who does not exist."""

from __future__ import annotations

import os
import signal
from datetime import UTC, date, datetime
from pathlib import Path

from demur.audit.recipe import Recipe
from demur.audit.weighing import Task
from demur.core.accounts import Audience, Network
from demur.core.people import Caseload, Client
from demur.core.posted import Connected, Place, Posted, PostedKind, TieKind

TODAY = date(2026, 11, 22)
CLIENTS = Caseload(
    (
        Client("k1", given_name="Marisol", family_name="Quintanilla", date_of_birth=date(1984, 5, 2)),
        Client("k2", given_name="Thaddeus", family_name="Okonkwo-Price", phone="505-555-0142"),
    )
)


def recipe(**more: object) -> Recipe:
    """A recipe without the model, which these tests don't need."""
    return Recipe(**{"today": TODAY, "key": b"k" * 32, "caseload": CLIENTS, "use_reader": False, **more})  # type: ignore[arg-type]


def posted(text: str, entry: int = 0, **more: object) -> Task:
    when = datetime(2024, 3, 1 + entry % 28, 12, tzinfo=UTC)
    given = {"network": Network.FACEBOOK, "kind": PostedKind.POST, "when": when, "audience": Audience.PUBLIC, **more}
    photos = given.pop("photo_bytes", ())
    return Task(Posted(text=text, place=Place("export.zip", "posts.json", entry), **given), photos)  # type: ignore[arg-type]


def connected(name: str, entry: int = 0, kind: TieKind = TieKind.FRIEND, **more: object) -> Task:
    place = Place("export.zip", "your_friends.json", entry)
    return Task(Connected(Network.FACEBOOK, kind, place, name=name, **more))  # type: ignore[arg-type]


class Deadly(str):
    """A text that kills the process that weighs it, once or always, as a fault in a parser would."""

    __slots__ = ()

    def strip(self, *_: object) -> str:  # type: ignore[override]
        marker = os.environ["DEMUR_TEST_DEADLY"]
        if marker == "always" or not Path(marker).exists():
            if marker != "always":
                Path(marker).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return ""
