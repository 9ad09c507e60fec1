"""Files on this computer as somebody types or copies where they are."""

from __future__ import annotations

from pathlib import Path


def place_of(typed: str) -> Path | None:
    """The file or folder that is meant; None where there is none."""
    path = Path(typed)
    try:
        if typed.startswith("~"):
            path = path.expanduser()
        return path if path.exists() else None
    except (RuntimeError, ValueError, OSError):
        return None
