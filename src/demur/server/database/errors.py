"""What can go wrong with the local store: one plain sentence each, with the next step in it."""

from __future__ import annotations

from pathlib import Path


class StoreError(Exception):
    """The store could not be opened or made. `str()` is written for the person at the screen.

    INVARIANT: the message never holds a key, a passphrase or anything that is in the store, and whoever raises it
    has left every existing file as it was.
    """


class VaultLocked(StoreError):
    """Something asked for the store while its key was not in memory."""

    def __init__(self) -> None:
        super().__init__("Demur is locked. Open it in the browser to unlock.")


class FolderNotWritable(StoreError):
    """The data folder can't be made or written to."""

    def __init__(self, folder: Path, reason: str = "") -> None:
        why = f" ({reason})" if reason else ""
        super().__init__(f"Demur can't write in {folder}{why}. Allow yourself to, or set DEMUR_HOME to another folder.")


class KeyringUnreachable(StoreError):
    """The store's key is in the system keyring, and that does not answer or has no such key."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The key of your store is in the system keyring, and {reason}. "
            "Log in to your desktop, unlock the keyring, and start Demur again."
        )


class WrongPassphrase(StoreError):
    """The passphrase does not open this store."""

    def __init__(self) -> None:
        super().__init__("That passphrase doesn't open the store. Try again; nothing was changed.")


class WrongKey(StoreError):
    """The key that was found is not the one that the store was made with."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The key in {where} doesn't open this store. Use the key that it was made with; nothing was changed."
        )


class KeyFileRefused(StoreError):
    """A key file is missing, can be read by others, or does not hold a key."""


class PassphraseRefused(StoreError):
    """A new passphrase is too short, or the two entries differ."""


class StoreIsLocked(StoreError):
    """A passphrase is needed, and there is nobody to ask for it."""

    def __init__(self) -> None:
        super().__init__(
            "Your store opens with a passphrase. Start Demur in a terminal and type it, or set DEMUR_PASSPHRASE."
        )


class StoreDamaged(StoreError):
    """A part of the store is missing or can't be read, although the key is right."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} Put back a copy from before, or move that folder away to begin anew; nothing was changed."
        )


class StoreTooNew(StoreError):
    """The store was written by a newer Demur than this one."""

    def __init__(self) -> None:
        super().__init__("This store was written by a newer Demur. Update Demur, then start it again.")


class StoreBusy(StoreError):
    """Another program holds the store and does not let go."""

    def __init__(self) -> None:
        super().__init__("Another program is using your store. Close the other Demur, then try again.")
