"""The architecture holds: imports point down, siblings don't know each other, and the core knows only Python."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "demur"

# Below the server: no Django, no sockets, no database, no clock, no environment, no randomness.
FORBIDDEN_BELOW_SERVER = frozenset(
    {"django", "ninja", "sqlcipher3", "sqlite3", "socket", "ssl", "http", "urllib", "requests", "httpx"}
    | {"os", "random", "secrets", "time", "subprocess", "threading", "asyncio", "keyring", "waitress"}
)
BELOW_SERVER = ["core", "screening", "caseload", "policy", "guidance", "networks", "exposure", "records", "reports"]


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


def _modules(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((SOURCE / folder).rglob("*.py"))]
    assert found
    return found


def test_imports_point_down() -> None:
    # A process of its own: import-linter sets up logging anew, and so silences Django's for all tests that follow.
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", _modules("core"), ids=lambda path: path.stem)
def test_the_core_knows_only_the_standard_library(path: Path) -> None:
    roots = {name.partition(".")[0] for name in _imports(path)}
    assert roots <= set(sys.stdlib_module_names) | {"demur"}


@pytest.mark.parametrize("path", [*_modules(*BELOW_SERVER), SOURCE / "engine.py", SOURCE / "workspace.py"], ids=str)
def test_below_the_server_there_is_no_outside_world(path: Path) -> None:
    roots = {name.partition(".")[0] for name in _imports(path)}
    assert not roots & FORBIDDEN_BELOW_SERVER
    text = path.read_text("utf-8")
    assert "date.today(" not in text
    assert "datetime.now(" not in text
