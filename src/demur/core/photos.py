"""What a photo tells beside the picture: how many faces, where and when it was taken, and with what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


class PhotoRefused(ValueError):
    """A file that is no photo, or one that it would be unwise to open. The message says which, in plain words."""


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """One photo, looked at. Sizes in pixels; `place` is latitude and longitude in degrees, rounded to about 100 m.

    `faces` is how many a detector sees: it misses some and now and then sees one in a curtain. Whose they are, nobody
    looks. `taken` has no time zone: cameras write the time on their own clock.
    """

    width: int
    height: int
    faces: int = 0
    place: tuple[float, float] | None = None
    taken: datetime | None = None
    device: str = ""
