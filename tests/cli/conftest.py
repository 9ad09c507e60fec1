"""Runs `demur` as people do: a process of its own, with a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Demur = Callable[..., Ran]


@pytest.fixture
def demur(tmp_path: Path) -> Demur:
    """`demur("check", "text")` in a fresh home, without a terminal and without a keyring."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DEMUR_")},
        "DEMUR_HOME": str(tmp_path / "home"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "PYTHONUTF8": "1",
    }

    def run(*arguments: str, given: bytes = b"", **more: str) -> Ran:
        done = subprocess.run(
            [str(Path(sys.executable).with_name("demur")), *arguments],
            input=given,
            capture_output=True,
            env={**environment, **more},
            cwd=tmp_path,
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def caseload(tmp_path: Path) -> Path:
    """A caseload file of two invented people."""
    path = tmp_path / "caseload.csv"
    path.write_text(
        "client_id,given_name,family_name,date_of_birth,phone,relationship\n"
        "k1,Marisol,Quintanilla,1984-05-02,555-0142,current-client\n"
        "k2,Thaddeus,Okonkwo-Price,1991-11-30,,former-client\n",
        "utf-8",
    )
    return path
