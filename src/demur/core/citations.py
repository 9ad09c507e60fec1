"""Law and codes that a person may be shown: checked rows only, with edition and date."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Citation:
    """One checked row: where it is written, in which edition, and what it says in one sentence of ours.

    `url` is the issuer's own page; `checked_on` is the day the row was checked (ISO date).
    """

    id: str
    instrument: str
    edition: str
    section: str
    says: str
    url: str
    checked_on: str

    @property
    def label(self) -> str:
        """How it is printed: instrument, section and edition."""
        return " ".join(part for part in (self.instrument, self.section) if part) + (
            f" ({self.edition})" if self.edition else ""
        )


@cache
def citations() -> dict[str, Citation]:
    """Every citation that may be shown, by id."""
    data = tomllib.loads(files("demur.core").joinpath("citations.toml").read_text("utf-8"))
    return {row["id"]: Citation(**row) for row in data["citation"]}
