"""Where the store's key comes from, and the small file beside the store that says so.

A store is a folder `store/` with `store.db` (encrypted), `store.json` (this module's sidecar: no secrets) and, where
there was neither keyring nor terminal, `store.key`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import stat
import threading
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demur.core.vocabulary import Word
from demur.server.database.errors import (
    FolderNotWritable,
    KeyFileRefused,
    KeyringUnreachable,
    PassphraseRefused,
    StoreDamaged,
    StoreIsLocked,
    StoreTooNew,
    WrongKey,
    WrongPassphrase,
)
from demur.server.database.vault import KEY_BYTES, derive_from
from demur.server.folder import reason

Ask = Callable[[str], str]
"""Asks the person at the terminal for a passphrase and gives back what they typed, unseen."""

SIDECAR = "store.json"
DATABASE = "store.db"
KEY_FILE = "store.key"
SIDECAR_VERSION = 1
SIDECAR_BYTES = 64 * 1024
MINIMUM_PASSPHRASE = 8
PASSPHRASE_TRIES = 3
SCRYPT_N = 2**17
"""The cost for new stores: about half a second and 128 MiB for each try."""
KEYRING_SERVICE = "Demur"
KEYRING_SECONDS = 30.0
"""How long the system keyring may take, which may itself be asking the person for a password."""


class KeySource(Word):
    """Where the key of a store lives. Written in the sidecar and, at creation and opening, in the log."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 (a word, not a secret)
    KEY_FILE = "key-file"
    NAMED_KEY_FILE = "named-key-file"


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a passphrase becomes a key: scrypt, whose need of memory is what makes guessing dear.

    The costs are written beside each store, so that they can rise for new ones.
    """

    salt: bytes
    n: int
    r: int = 8
    p: int = 1

    def key(self, passphrase: str) -> bytes:
        """32 bytes. Keyboards write the same accented letter in different ways, so it is brought to one form first."""
        return hashlib.scrypt(
            unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"),
            salt=self.salt,
            n=self.n,
            r=self.r,
            p=self.p,
            maxmem=256 * self.n * self.r,
            dklen=KEY_BYTES,
        )


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What has to be known before the store can be opened. Nothing in it is secret.

    `store` is a random id, under which the keyring files the key. `check` tells a wrong key from a damaged file:
    32 hexadecimal digits derived from the key, from which nobody can get back to it.
    """

    store: str
    source: KeySource
    check: str
    derivation: Derivation | None = None

    def fits(self, key: bytes) -> bool:
        """Whether this is the key that the store was made with."""
        return hmac.compare_digest(self.check, key_check(key))

    def to_json(self) -> str:
        derivation = self.derivation
        kdf: dict[str, Any] | None = None
        if derivation is not None:
            kdf = {
                "name": "scrypt",
                "n": derivation.n,
                "r": derivation.r,
                "p": derivation.p,
                "salt": derivation.salt.hex(),
            }
        row = {
            "version": SIDECAR_VERSION,
            "store": self.store,
            "key_source": self.source.value,
            "key_check": self.check,
            "kdf": kdf,
        }
        return json.dumps(row, indent=2) + "\n"


def key_check(key: bytes) -> str:
    """Tells that a key is the right one without giving anything of it away."""
    return derive_from(key, "key check").hex()[:32]


def read_sidecar(folder: Path) -> Sidecar:
    """The sidecar of an existing store. Raises StoreDamaged, StoreTooNew."""
    path = folder / SIDECAR
    try:
        # Only a small, regular file: reading a pipe would wait for ever.
        if not path.is_file() or path.stat().st_size > SIDECAR_BYTES:
            raise StoreDamaged(f"{path} is missing or can't be read.")
    except PermissionError as error:
        raise FolderNotWritable(folder, reason(error)) from None
    damaged = StoreDamaged(f"{path} is missing or can't be read.")
    try:
        row = json.loads(path.read_text("utf-8"))
        if row["version"] > SIDECAR_VERSION:
            raise StoreTooNew
        kdf = row["kdf"]
        derivation = None
        if kdf is not None:
            derivation = Derivation(bytes.fromhex(kdf["salt"]), int(kdf["n"]), int(kdf["r"]), int(kdf["p"]))
            # Costs out of these bounds would hang the machine or make guessing cheap; both mean a tampered file.
            if kdf["name"] != "scrypt" or not (2**14 <= derivation.n <= 2**20 and derivation.r == 8):
                raise ValueError
            if derivation.n & (derivation.n - 1) or derivation.p not in range(1, 5) or len(derivation.salt) < 16:
                raise ValueError
        source = KeySource(row["key_source"])
        if (source is KeySource.PASSPHRASE) != (derivation is not None):
            raise ValueError
        if len(bytes.fromhex(row["key_check"])) != 16 or len(bytes.fromhex(row["store"])) != 16:
            raise ValueError
        return Sidecar(row["store"], source, row["key_check"], derivation)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise damaged from None


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key for a store that is about to be made. `save` puts it where it will be found again.

    `says` tells the person what was chosen, and what they must keep.
    """

    key: bytes
    sidecar: Sidecar
    says: str
    save: Callable[[Path], None]
    unsave: Callable[[], None]


def new_key(environment: Mapping[str, str], ask: Ask | None, folder: Path) -> NewKey:
    """Choose the key source for a new store: named in the environment, keyring, passphrase, key file.

    `folder` is where the store will be, for what is said. Raises StoreError.
    """
    store = secrets.token_hex(16)
    if named := environment.get("DEMUR_KEY_FILE"):
        key = read_key_file(Path(named))
        return NewKey(
            key,
            Sidecar(store, KeySource.NAMED_KEY_FILE, key_check(key)),
            f"Its key is the one in {named}. Keep that file safe: without it nobody can open the store.",
            _keep_nothing,
            _undo_nothing,
        )
    if passphrase := environment.get("DEMUR_PASSPHRASE"):
        _require_length(passphrase)
        return _from_passphrase(store, passphrase)
    key = secrets.token_bytes(KEY_BYTES)
    keyring = SystemKeyring.find()
    if keyring is not None and keyring.keep(store, key):
        return NewKey(
            key,
            Sidecar(store, KeySource.KEYRING, key_check(key)),
            "Its key is in your system's keyring.",
            _keep_nothing,
            lambda: keyring.drop(store),
        )
    if ask is not None:
        return _from_passphrase(store, _ask_new(ask))
    return NewKey(
        key,
        Sidecar(store, KeySource.KEY_FILE, key_check(key)),
        f"There is no system keyring here and nobody to ask for a passphrase, so its key lies in {folder / KEY_FILE}, "
        "readable by you alone. Whoever copies that whole folder can read the store: keep it off shared disks.",
        lambda new_folder: _write_key_file(new_folder / KEY_FILE, key),
        _undo_nothing,
    )


def find_key(sidecar: Sidecar, folder: Path, environment: Mapping[str, str], ask: Ask | None) -> bytes:
    """The key of an existing store. Raises StoreError; a wrong key is noticed here, before the store is touched."""
    # A key file that somebody names goes first, so that a kept copy of the key opens the store when a keyring is gone.
    named = environment.get("DEMUR_KEY_FILE")
    if named:
        return _fitting(sidecar, read_key_file(Path(named)), named)
    match sidecar.source:
        case KeySource.NAMED_KEY_FILE:
            raise KeyFileRefused("Your store opens with a key file. Set DEMUR_KEY_FILE to where it is.")
        case KeySource.KEY_FILE:
            return _fitting(sidecar, read_key_file(folder / KEY_FILE), str(folder / KEY_FILE))
        case KeySource.KEYRING:
            return _fitting(sidecar, _key_from_keyring(sidecar), "the system keyring")
        case KeySource.PASSPHRASE:
            return _key_from_passphrase(sidecar, environment, ask)


def key_from_typed(sidecar: Sidecar, passphrase: str) -> bytes:
    """The key for a passphrase typed on the unlock page. Raises WrongPassphrase."""
    if sidecar.derivation is None:
        raise WrongPassphrase
    key = sidecar.derivation.key(passphrase)
    if not sidecar.fits(key):
        raise WrongPassphrase
    return key


def read_key_file(path: Path) -> bytes:
    """The 32 bytes that a key file holds as 64 hexadecimal digits. Raises KeyFileRefused."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        raise KeyFileRefused(
            f"There is no key file at {path}, or it can't be read. Put it back, or make one for a new store with: "
            f'python3 -c "import secrets; print(secrets.token_hex(32))" > {path} && chmod 600 {path}'
        ) from None
    try:
        # The mode is read from the open file, so that it can't be exchanged between the look and the read.
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise KeyFileRefused(f"{path} is not a file. Set DEMUR_KEY_FILE to the file with the key.")
        if os.name == "posix" and mode & 0o077:
            raise KeyFileRefused(
                f"Others on this computer can read the key file {path}. Run chmod 600 {path}, then try again."
            )
        data = os.read(descriptor, 1024)
    finally:
        os.close(descriptor)
    try:
        key = bytes.fromhex(data.decode("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyFileRefused(
            f"{path} does not hold a key, which is 64 hexadecimal digits. Name the right file in DEMUR_KEY_FILE, "
            "or put back a copy."
        )
    return key


def _fitting(sidecar: Sidecar, key: bytes, where: str) -> bytes:
    if not sidecar.fits(key):
        raise WrongKey(where)
    return key


def _write_key_file(path: Path, key: bytes) -> None:
    # O_EXCL: never write over a key. The mode is given at creation, so there is no moment in which others could read.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())


def _keep_nothing(folder: Path) -> None:
    """The key is already where it is found again."""


def _undo_nothing() -> None:
    """Nothing outside the store's folder was written."""


def _from_passphrase(store: str, passphrase: str) -> NewKey:
    derivation = Derivation(secrets.token_bytes(16), SCRYPT_N)
    key = derivation.key(passphrase)
    return NewKey(
        key,
        Sidecar(store, KeySource.PASSPHRASE, key_check(key), derivation),
        "It opens with your passphrase. Nobody can recover it, so keep it where you keep such things.",
        _keep_nothing,
        _undo_nothing,
    )


def _require_length(passphrase: str) -> None:
    if len(passphrase) < MINIMUM_PASSPHRASE:
        raise PassphraseRefused(
            f"A passphrase needs at least {MINIMUM_PASSPHRASE} characters; four unrelated words are a good one. "
            "Start Demur again to choose one."
        )


def _ask_new(ask: Ask) -> str:
    try:
        passphrase = ask(f"Choose a passphrase for your store (at least {MINIMUM_PASSPHRASE} characters): ")
        _require_length(passphrase)
        again = ask("The same once more: ")
    except EOFError:
        raise PassphraseRefused("No passphrase was typed. Start Demur again to choose one.") from None
    if again != passphrase:
        raise PassphraseRefused("The two passphrases differ. Start Demur again and choose one.")
    return passphrase


def _key_from_passphrase(sidecar: Sidecar, environment: Mapping[str, str], ask: Ask | None) -> bytes:
    if passphrase := environment.get("DEMUR_PASSPHRASE"):
        return key_from_typed(sidecar, passphrase)
    if ask is None:
        raise StoreIsLocked
    for attempt in range(1, PASSPHRASE_TRIES + 1):
        prompt = "Passphrase of your store: " if attempt == 1 else "That one doesn't open it. Once more: "
        try:
            return key_from_typed(sidecar, ask(prompt))
        except EOFError:
            raise StoreIsLocked from None
        except WrongPassphrase:
            if attempt == PASSPHRASE_TRIES:
                raise
    raise WrongPassphrase


def _key_from_keyring(sidecar: Sidecar) -> bytes:
    keyring = SystemKeyring.find()
    if keyring is None:
        raise KeyringUnreachable("no keyring answers here")
    return keyring.key(sidecar.store)


class SystemKeyring:
    """The desktop's own keyring, kept at arm's length: it may be missing, raise anything, or never answer."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend

    @classmethod
    def find(cls) -> SystemKeyring | None:
        """The keyring, or None where there is none that keeps a secret secret."""

        def look() -> Any:
            # Imported late: it looks for backends and talks to the desktop's bus.
            import keyring

            return keyring.get_keyring()

        answered, backend = _within(KEYRING_SECONDS, look)
        return cls(backend) if answered and _keeps_secrets(backend) else None

    def keep(self, store: str, key: bytes) -> bool:
        """File the key, and read it back: some backends take a secret and lose it. False where that fails.

        INVARIANT: the name is the random id of a store that is just being made, so no other key is overwritten.
        """

        def put() -> bool:
            self._backend.set_password(KEYRING_SERVICE, store, key.hex())
            return bool(self._backend.get_password(KEYRING_SERVICE, store) == key.hex())

        answered, kept = _within(KEYRING_SECONDS, put)
        return bool(answered and kept)

    def key(self, store: str) -> bytes:
        """The key of a store. Raises KeyringUnreachable."""
        answered, held = _within(KEYRING_SECONDS, lambda: self._backend.get_password(KEYRING_SERVICE, store))
        if not answered:
            raise KeyringUnreachable("the keyring doesn't answer")
        if held is None:
            raise KeyringUnreachable("the keyring that answers here doesn't hold it")
        try:
            key = bytes.fromhex(held)
        except (ValueError, TypeError):
            key = b""
        if len(key) != KEY_BYTES:
            raise KeyringUnreachable("what it holds under that name is not a key")
        return key

    def drop(self, store: str) -> None:
        """Take back the key of a store that was never finished; a leftover would open nothing."""
        _within(KEYRING_SECONDS, lambda: self._backend.delete_password(KEYRING_SERVICE, store))


def _keeps_secrets(backend: Any) -> bool:
    """False for the backends that fail, forget, or write secrets in plain text or under a fixed key."""
    kind = type(backend)
    if kind.__module__ == "keyring.backends.chainer":
        chained = list(backend.backends)
        # The chainer stores in the first that will take it, so each of them has to be one that keeps secrets.
        return bool(chained) and all(_keeps_secrets(one) for one in chained)
    refused = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
    name = kind.__name__.lower()
    return not kind.__module__.startswith(refused) and "plaintext" not in name


def _within(seconds: float, work: Callable[[], Any]) -> tuple[bool, Any]:
    """Whether the work ended in time and without raising, and what it gave.

    It runs in a daemon thread, because a keyring that waits for a desktop that isn't there can't be interrupted.
    """
    given: list[Any] = []

    def run() -> None:
        try:
            given.append(work())
        except Exception:  # Backends raise whatever their platform does; all of it means: no keyring.
            given.clear()

    thread = threading.Thread(target=run, name="demur-keyring", daemon=True)
    thread.start()
    thread.join(seconds)
    finished = not thread.is_alive() and bool(given)
    return finished, given[0] if finished else None
