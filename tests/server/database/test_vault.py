from __future__ import annotations

import pytest

from demur.server.database import vault
from demur.server.database.errors import VaultLocked


def test_a_locked_vault_gives_no_key() -> None:
    vault.lock()
    assert not vault.is_unlocked()
    with pytest.raises(VaultLocked):
        vault.key()
    with pytest.raises(VaultLocked):
        vault.derive("anything")


def test_each_lock_is_a_new_generation_and_drops_what_was_built() -> None:
    dropped: list[int] = []
    vault.on_lock(lambda: dropped.append(vault.generation()))
    before = vault.generation()
    vault.lock()
    assert vault.generation() == before + 1
    assert dropped == [before + 1]


def test_another_key_counts_as_a_lock_and_the_same_key_does_not() -> None:
    held = vault.key()
    before = vault.generation()
    vault.unlock(held)
    assert vault.generation() == before
    vault.unlock(bytes(32))
    assert vault.generation() == before + 1


@pytest.mark.parametrize("key", [b"", b"short", bytes(31), bytes(33)])
def test_a_key_of_another_length_is_refused(key: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        vault.unlock(key)


def test_purposes_have_keys_of_their_own() -> None:
    keys = {vault.derive("ledger"), vault.derive("draft"), vault.derive("client"), vault.key()}
    assert len(keys) == 4
    assert vault.derive("ledger") == vault.derive("ledger")


def test_idle_time_counts_from_the_last_touch_and_never_backwards() -> None:
    assert vault.idle_seconds(50.0) == 0.0
    vault.touch(100.0)
    vault.touch(90.0)
    assert vault.idle_seconds(130.0) == 30.0
    assert vault.idle_seconds(80.0) == 0.0
