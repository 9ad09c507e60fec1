"""A file of fingerprints that a command reads and writes anew, while another may be doing the same."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from demur.cli.ending import InputError, read_file, write_file
from demur.records.keyed_file import MAXIMUM_BYTES


class KeptFile:
    """Remembers what was read, so that nothing is written over what another command wrote in the meantime.

    Between the last look and the write lies the time of one write: two commands that end in the same instant may
    still cross.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._digest: bytes | None = None

    def must_be_writable(self) -> None:
        """Raises InputError where nothing could be written, before somebody spends an evening on it."""
        try:
            self._must_be_writable(self.path.resolve())
        except OSError as error:
            raise InputError(f"{self.path} cannot be written ({error.strerror}).") from None

    def _must_be_writable(self, target: Path) -> None:
        if not target.parent.is_dir():
            raise InputError(f"{self.path} cannot be written: there is no folder {target.parent}.")
        if target.exists():
            if not target.is_file():
                raise InputError(f"{self.path} cannot be written: it is not a file.")
            # The bits, too: the superuser may write everything, and a file was made read-only for a reason.
            if not (os.access(target, os.W_OK) and target.stat().st_mode & 0o222):
                raise InputError(f"{self.path} cannot be written: it is read-only.")
        if not os.access(target.parent, os.W_OK | os.X_OK):
            raise InputError(f"{self.path} cannot be written: its folder is read-only.")

    def read(self) -> bytes:
        """What is in it. Raises InputError."""
        data = read_file(self.path, MAXIMUM_BYTES)
        self._digest = _digest(data)
        return data

    def read_if_there(self) -> bytes | None:
        """What is in it; None where there is no such file yet. Raises InputError."""
        return self.read() if self.path.exists() else None

    def changed(self) -> bool:
        """Whether it is not what was read or written here last. Raises InputError."""
        now = _digest(read_file(self.path, MAXIMUM_BYTES)) if self.path.exists() else None
        return now != self._digest

    def write(self, text: str) -> None:
        """Put a new version in its place. Raises InputError; then the file is as another command left it."""
        if self.changed():
            raise InputError(
                f"{self.path} was changed by another command in the meantime, so it was left as it is. "
                "Nothing of this was saved there; run it again."
            )
        write_file(self.path, text)
        self._digest = _digest(text.encode("utf-8"))


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
