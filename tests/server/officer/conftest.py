from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from demur.server.officer.keys import new_pair, read_private, read_public

PASSPHRASE = "four quiet otters swim"


@dataclass(frozen=True)
class Officer:
    """A key pair and a drop that are set up for this store."""

    private: X25519PrivateKey
    public: bytes
    key_file: Path
    folder: Path


@pytest.fixture
def officer(tmp_path: Path, settings: Any, caseload: None) -> Officer:
    pair = new_pair(PASSPHRASE, cost=2**14)
    key_file, public_file, folder = tmp_path / "officer.key", tmp_path / "officer.pub", tmp_path / "drop"
    key_file.write_text(pair.key_file)
    public_file.write_text(pair.public_line + "\n")
    folder.mkdir()
    settings.OFFICER_KEY, settings.OFFICER_DROP = public_file, folder
    return Officer(read_private(key_file, PASSPHRASE), read_public(public_file), key_file, folder)
