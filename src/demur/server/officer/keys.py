"""The officer's pair of keys: the secret half in a file that a passphrase opens, the public half as one line."""

from __future__ import annotations

import json
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from demur.server.folder import reason
from demur.server.keys import MINIMUM_PASSPHRASE, SCRYPT_N, Derivation
from demur.server.officer.sealing import key_id

_PUBLIC = re.compile(r"demur-officer-1:([0-9a-f]{64}):([0-9a-f]{16})")
_MOST_BYTES = 64 * 1024
_KEY_VERSION = 1


class OfficerKeyRefused(Exception):
    """A key can't be made or used; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class NewPair:
    """A new pair: the text of the key file, and the line for the workers' side."""

    key_file: str
    public_line: str


def new_pair(passphrase: str, cost: int = SCRYPT_N) -> NewPair:
    """Make a pair of keys. `cost` is scrypt's N. Raises OfficerKeyRefused where the passphrase is too short."""
    if len(passphrase) < MINIMUM_PASSPHRASE:
        raise OfficerKeyRefused(
            f"A passphrase needs at least {MINIMUM_PASSPHRASE} characters; four unrelated words are a good one."
        )
    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    derivation = Derivation(secrets.token_bytes(16), cost)
    nonce = secrets.token_bytes(12)
    row = {
        "version": _KEY_VERSION,
        "public": public_line(public),
        "kdf": {
            "name": "scrypt",
            "n": derivation.n,
            "r": derivation.r,
            "p": derivation.p,
            "salt": derivation.salt.hex(),
        },
        "nonce": nonce.hex(),
        "sealed": AESGCM(derivation.key(passphrase)).encrypt(nonce, private.private_bytes_raw(), public).hex(),
    }
    return NewPair(json.dumps(row, indent=2) + "\n", public_line(public))


def public_line(public: bytes) -> str:
    """The public half as one line, with a check so that a slip in copying is noticed."""
    return f"demur-officer-1:{public.hex()}:{key_id(public).hex()}"


def read_public(path: Path) -> bytes:
    """The public key in a file, for the workers' side. Raises OfficerKeyRefused."""
    found = _PUBLIC.fullmatch(_text(path).strip())
    public = bytes.fromhex(found[1]) if found else b""
    if found is None or key_id(public).hex() != found[2] or not _can_seal(public):
        raise OfficerKeyRefused(
            f"{path} does not hold an officer's public key, which is the one line that `demur officer new-key` showed. "
            "Ask your privacy officer for it again."
        )
    return public


def read_private(path: Path, passphrase: str) -> X25519PrivateKey:
    """The secret key in a key file. Raises OfficerKeyRefused."""
    try:
        row = json.loads(_text(path))
        kdf = row["kdf"]
        derivation = Derivation(bytes.fromhex(kdf["salt"]), int(kdf["n"]), int(kdf["r"]), int(kdf["p"]))
        # Costs out of these bounds would hang the machine or make guessing cheap; both mean a tampered file.
        fits = 2**14 <= derivation.n <= 2**20 and derivation.n & (derivation.n - 1) == 0
        if row["version"] != _KEY_VERSION or not fits or (derivation.r, derivation.p) != (8, 1):
            raise ValueError
        found = _PUBLIC.fullmatch(row["public"])
        nonce, sealed = bytes.fromhex(row["nonce"]), bytes.fromhex(row["sealed"])
        if found is None or kdf["name"] != "scrypt" or len(nonce) != 12:
            raise ValueError
        public = bytes.fromhex(found[1])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise OfficerKeyRefused(f"{path} is no key file of an officer, or it is damaged. Put back a copy.") from None
    try:
        private = X25519PrivateKey.from_private_bytes(AESGCM(derivation.key(passphrase)).decrypt(nonce, sealed, public))
    except (InvalidTag, ValueError):
        raise OfficerKeyRefused("That passphrase doesn't open the key file. Try again; nothing was read.") from None
    if private.public_key().public_bytes_raw() != public:
        raise OfficerKeyRefused(f"{path} is damaged. Put back a copy.")
    return private


def write_key_file(path: Path, text: str) -> None:
    """Write a key file for its owner only, never over another. Raises OfficerKeyRefused."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise OfficerKeyRefused(
            f"There is a file at {path} already, and a key is never written over another."
        ) from None
    except OSError as error:
        raise OfficerKeyRefused(f"{path} can't be written ({reason(error)}).") from None


def _text(path: Path) -> str:
    try:
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            raise OfficerKeyRefused(f"There is no key file at {path}, or it can't be read.")
        return path.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        raise OfficerKeyRefused(f"There is no key file at {path}, or it can't be read.") from None


def _can_seal(public: bytes) -> bool:
    """Whether a secret can be agreed on with this key: a few points of the curve give everybody the same one."""
    try:
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        return False
    return True
