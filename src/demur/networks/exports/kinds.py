"""What a reader of one network says about its files, and what it is given of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto

from demur.core.accounts import Network
from demur.core.posted import Item, Place
from demur.networks.exports.days import moment
from demur.networks.exports.streams import Entry, Go, Path


class Form(Enum):
    """How a file is written."""

    JSON = auto()
    SCRIPT = auto()
    """JSON behind `window.YTD.… =`."""
    TABLE = auto()
    PAGE = auto()
    """One HTML page, which is one entry: its source."""
    CAR = auto()


@dataclass(frozen=True, slots=True)
class File:
    """One file of an export, as a reader of a network gets it. `stem` is its name without ending and decoration."""

    network: Network
    part: str
    folders: tuple[str, ...]
    name: str
    stem: str
    today: date

    def place(self, entry: int) -> Place:
        """Where an entry of it stands."""
        return Place(self.part, "/".join((*self.folders, self.name)), max(entry, 0))

    def when(self, value: object) -> datetime | None:
        """The moment that a value means, in UTC, or as written where the export doesn't say the zone."""
        return moment(value, self.today)


Read = Callable[[Entry, File], Iterable[Item | None]]
"""What one entry tells; None for what should be there and can't be made out."""


def _in(path: Path) -> Go:
    return Go.IN


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: how it is known, and how its entries are read.

    `files` is matched with the whole stem, `roots` with the first key of an entry, which is empty where the file is a
    list; so two networks may have files of one name. `folders`, where there are any, must hold the file's own folder.
    `headings` are those of a table, in lower case and without spaces, that must be there. `numbered` says that the
    network counts such files from 1, so that a missing one is seen. `scalars` asks for values that stand in no list.
    """

    network: Network
    files: str
    read: Read
    form: Form = Form.JSON
    roots: str = ".*"
    folders: frozenset[str] = frozenset()
    not_folders: frozenset[str] = frozenset()
    choose: Callable[[Path], Go] = _in
    headings: frozenset[str] = frozenset()
    backslashes: bool = False
    numbered: bool = False
    scalars: bool = False

    def claims(self, stem: str, form: Form, folder: str) -> bool:
        """Whether a file may be of this kind, by its name."""
        return (
            form is self.form
            and re.fullmatch(self.files, stem) is not None
            and (not self.folders or folder in self.folders)
            and folder not in self.not_folders
        )

    def takes(self, entry: Entry) -> bool:
        """Whether an entry belongs to it."""
        if entry.index < 0 and not self.scalars and not isinstance(entry.value, dict | list):
            return False
        return re.fullmatch(self.roots, entry.path[0] if entry.path else "") is not None
