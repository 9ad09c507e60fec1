"""Where Demur keeps its things on this computer. Light to import: a check without a store needs no more than this."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import sys
import zoneinfo
from pathlib import Path

from demur.server.database.errors import FolderNotWritable


def default_folder() -> Path:
    """DEMUR_HOME, else the place where this system keeps a program's data."""
    if home := os.environ.get("DEMUR_HOME"):
        return Path(home).expanduser().absolute()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Demur"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Demur"
    data = os.environ.get("XDG_DATA_HOME", "")
    # The XDG specification: a relative path counts as not set.
    base = Path(data) if data and Path(data).is_absolute() else Path.home() / ".local" / "share"
    return base / "demur"


def data_folder() -> Path:
    """The folder for everything that Demur keeps, made where it is missing and closed to others. Raises StoreError."""
    folder = default_folder()
    make_folder(folder)
    return folder


def store_folder(folder: Path) -> Path:
    """The folder of the store within the data folder: one folder, so that it appears whole or not at all."""
    return folder / "store"


def time_zone_name() -> str:
    """The name of this computer's time zone, so that the log shows the time on the wall; UTC where it is unknown."""
    candidates = [os.environ.get("TZ", "").lstrip(":")]
    with contextlib.suppress(OSError):
        candidates.append(str(Path("/etc/localtime").readlink()).partition("zoneinfo/")[2])
    for name in candidates:
        try:
            if name:
                return zoneinfo.ZoneInfo(name).key or "UTC"
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return "UTC"


def store_exists(folder: Path) -> bool:
    """Whether there is a store, or what is left of one, in the data folder: then none may be made over it.

    A folder that can't be looked into counts as having one: to go on without it would judge as if nobody were served.
    """
    try:
        os.lstat(store_folder(folder))
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def make_folder(folder: Path) -> None:
    """Make the data folder where it is missing. Raises FolderNotWritable, also where no store could be made in it."""
    try:
        if not folder.is_dir():
            folder.parent.mkdir(parents=True, exist_ok=True)
            # Closed to others from its first moment; an existing folder keeps the mode that somebody gave it.
            folder.mkdir(mode=0o700)
    except OSError as error:
        raise FolderNotWritable(folder, reason(error)) from None
    if not store_exists(folder):
        require_writable(folder)


def require_writable(folder: Path) -> None:
    """Try it, because permission bits say nothing about read-only disks. Raises FolderNotWritable."""
    probe = folder / f".write-{secrets.token_hex(8)}"
    try:
        os.close(os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        probe.unlink()
    except OSError as error:
        raise FolderNotWritable(folder, reason(error)) from None


def require_writable_file(file: Path) -> None:
    """Try to open a file for writing, and write nothing. Raises FolderNotWritable, which names its folder."""
    try:
        os.close(os.open(file, os.O_RDWR))
    except OSError as error:
        raise FolderNotWritable(file.parent, reason(error)) from None


def reason(error: OSError) -> str:
    """Why, in the words of the system; without the path, which the sentence names already."""
    if error.errno == errno.ENOSPC:
        return "the disk is full"
    return os.strerror(error.errno).lower() if error.errno else ""
