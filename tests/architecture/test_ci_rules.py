"""What tests promise: no network for unit tests, and in CI a skipped test is a failure."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_socket import SocketBlockedError

CONFTEST = Path(__file__).resolve().parents[1] / "conftest.py"
SKIPPED = "import pytest\n\ndef test_a():\n    assert True\n\ndef test_b():\n    pytest.skip('a part is missing')\n"


def test_unit_tests_have_no_network() -> None:
    with pytest.raises((SocketBlockedError, UserWarning), match="socket"):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


@pytest.mark.parametrize(("in_ci", "code"), [(True, 1), (False, 0)])
def test_in_ci_a_skip_is_a_failure(tmp_path: Path, in_ci: bool, code: int) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST.read_text("utf-8"), "utf-8")
    (tmp_path / "test_skip.py").write_text(SKIPPED, "utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    if in_ci:
        environment["CI"] = "true"
    command = [sys.executable, "-m", "pytest", "-ra", "-p", "no:cacheprovider", "-p", "no:django", "-c", os.devnull]
    ran = subprocess.run([*command, "."], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == code, ran.stdout
    assert "a part is missing" in ran.stdout
