"""Records of one size that anybody with the public key can seal and only the officer can open.

X25519 with a new key for each record, HKDF-SHA-256, AES-256-GCM: what is known as a sealed box. The secret half of the
new key is forgotten at once, so whoever sealed a record can't open it again.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, fields
from datetime import date

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\x01"
PLAIN_BYTES = 4096
KEY_ID_BYTES = 8
PUBLIC_BYTES = 32
_TAG_BYTES = 16
RECORD_BYTES = len(VERSION) + KEY_ID_BYTES + PUBLIC_BYTES + PLAIN_BYTES + _TAG_BYTES


class NotForThisKey(ValueError):
    """The record was sealed for another officer's key."""


class Tampered(ValueError):
    """The record is not as it was sealed, or was never sealed by Demur."""


@dataclass(frozen=True, slots=True)
class Question:
    """Who was asked about, as far as an officer needs it to look in the agency's list.

    Nothing says who asked. `real` is false for records that are there to make batches equal. `number` is chance: a file
    that was copied twice counts once. Longer texts are cut to `_LONGEST` bytes.
    """

    number: str
    real: bool = False
    on: str = ""
    network: str = ""
    kind: str = ""
    direction: str = ""
    outcome: str = ""
    policy: str = ""
    display_name: str = ""
    handle: str = ""
    city: str = ""
    email: str = ""
    phone: str = ""
    bio: str = ""
    message: str = ""

    @property
    def day(self) -> date:
        """The day on which it was asked. Raises ValueError where somebody other than Demur wrote the record."""
        return date.fromisoformat(self.on)


_LONGEST = {
    "number": 32,
    "real": 1,
    "on": 10,
    "network": 20,
    "kind": 20,
    "direction": 10,
    "outcome": 10,
    "policy": 64,
    "display_name": 400,
    "handle": 200,
    "city": 200,
    "email": 200,
    "phone": 60,
    "bio": 1900,
    "message": 900,
}
"""Bytes of UTF-8. With two bytes of length before each, all of them fit into PLAIN_BYTES."""


def dummy() -> Question:
    """A record that says nothing, for the officer alone to tell from the others."""
    return Question(new_number())


def new_number() -> str:
    """A number for a record, by chance."""
    return secrets.token_hex(16)


def to_bytes(question: Question) -> bytes:
    """The question as PLAIN_BYTES bytes, whatever it holds."""
    parts = []
    for field in fields(question):
        value = getattr(question, field.name)
        text = ("1" if value else "0") if isinstance(value, bool) else value
        most = _LONGEST[field.name]
        data = text[:most].encode("utf-8", "replace")[:most]
        parts.append(len(data).to_bytes(2, "big") + data)
    return b"".join(parts).ljust(PLAIN_BYTES, b"\0")


def from_bytes(plain: bytes) -> Question:
    """What `to_bytes` wrote. Raises Tampered where it wrote no such thing."""
    values: dict[str, str] = {}
    position = 0
    for field in fields(Question):
        length = int.from_bytes(plain[position : position + 2], "big")
        if length > _LONGEST[field.name]:
            raise Tampered
        # A cut may fall within a character.
        values[field.name] = plain[position + 2 : position + 2 + length].decode("utf-8", "ignore")
        position += 2 + length
    real = values.pop("real")
    if real not in ("0", "1") or any(plain[position:]):
        raise Tampered
    question = Question(**values, real=real == "1")
    if question.real:
        try:
            question.day  # noqa: B018
        except ValueError:
            raise Tampered from None
    return question


def seal(public: bytes, plain: bytes) -> bytes:
    """RECORD_BYTES bytes that only the holder of the other half of `public` can read. `plain` is of `to_bytes`.

    Raises ValueError where `public` is no key.
    """
    ephemeral = X25519PrivateKey.generate()
    sender = ephemeral.public_key().public_bytes_raw()
    head = VERSION + key_id(public) + sender
    key, nonce = _key_and_nonce(ephemeral.exchange(X25519PublicKey.from_public_bytes(public)), sender, public)
    return head + AESGCM(key).encrypt(nonce, plain, head)


def unseal(private: X25519PrivateKey, record: bytes) -> Question:
    """What a record says. Raises NotForThisKey, Tampered."""
    public = private.public_key().public_bytes_raw()
    if len(record) != RECORD_BYTES or record[:1] != VERSION:
        raise Tampered
    head, sealed = record[: -PLAIN_BYTES - _TAG_BYTES], record[-PLAIN_BYTES - _TAG_BYTES :]
    if head[1 : 1 + KEY_ID_BYTES] != key_id(public):
        raise NotForThisKey
    sender = head[1 + KEY_ID_BYTES :]
    try:
        key, nonce = _key_and_nonce(private.exchange(X25519PublicKey.from_public_bytes(sender)), sender, public)
        plain = AESGCM(key).decrypt(nonce, sealed, head)
    except (InvalidTag, ValueError):
        raise Tampered from None
    return from_bytes(plain)


def key_id(public: bytes) -> bytes:
    """By which a record says whom it is for. It is no secret."""
    return hashlib.sha256(b"demur/officer/1\0" + public).digest()[:KEY_ID_BYTES]


def _key_and_nonce(shared: bytes, sender: bytes, public: bytes) -> tuple[bytes, bytes]:
    # INVARIANT: `sender` is new for each record, so no key is ever used twice and the nonce need not be chance.
    derived = HKDF(hashes.SHA256(), 44, salt=None, info=b"demur/officer/1\0" + sender + public).derive(shared)
    return derived[:32], derived[32:]
