"""Holds the store's key while Demur is unlocked, so that one place can forget it.

Python can't promise to wipe memory: after `lock` no reference to the key is left here, but the operating system may
still hold a copy of the page. Full-disk encryption, also of swap, is what guards against that.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from demur.server.database.errors import VaultLocked

KEY_BYTES = 32


class _Vault:
    def __init__(self) -> None:
        self.guard = threading.RLock()
        self.key: bytes | None = None
        self.generation = 0
        self.touched_at: float | None = None
        self.forget: list[Callable[[], None]] = []


_vault = _Vault()


def unlock(key: bytes) -> None:
    """Keep the key for this process. A key other than the one held counts as a new generation."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"the store's key has {KEY_BYTES} bytes")
    with _vault.guard:
        if _vault.key is not None and _vault.key != key:
            lock()
        _vault.key = bytes(key)
        _vault.touched_at = None


def lock() -> None:
    """Forget the key, and everything that was read with it: cached engines are dropped at once."""
    with _vault.guard:
        _vault.key = None
        _vault.touched_at = None
        _vault.generation += 1
        forget = tuple(_vault.forget)
    for drop in forget:
        drop()


def on_lock(drop: Callable[[], None]) -> None:
    """Call `drop` at every lock. For caches that hold names in memory."""
    with _vault.guard:
        if drop not in _vault.forget:
            _vault.forget.append(drop)


def is_unlocked() -> bool:
    """Whether the key is in memory."""
    return _vault.key is not None


def generation() -> int:
    """Counts locks: whatever was built under another generation is stale."""
    return _vault.generation


def key() -> bytes:
    """The store's key. Raises VaultLocked."""
    held = _vault.key
    if held is None:
        raise VaultLocked
    return held


def derive(purpose: str) -> bytes:
    """A key for one purpose, so that no two uses share one. Raises VaultLocked."""
    return derive_from(key(), purpose)


def derive_from(store_key: bytes, purpose: str) -> bytes:
    """HKDF-SHA-256 of a store key; the purpose is what keeps the derived keys apart."""
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=f"demur/1/{purpose}".encode()).derive(store_key)


def touch(now: float) -> None:
    """Somebody used Demur at `now`, in seconds of a clock that only goes forward."""
    with _vault.guard:
        _vault.touched_at = now if _vault.touched_at is None else max(now, _vault.touched_at)


def idle_seconds(now: float) -> float:
    """How long nobody has used Demur; 0 until the first touch."""
    touched_at = _vault.touched_at
    return 0.0 if touched_at is None else max(0.0, now - touched_at)
