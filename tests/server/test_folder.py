from __future__ import annotations

import stat
from pathlib import Path

import pytest

from demur.server import folder


def test_the_environment_says_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DEMUR_HOME", str(tmp_path / "mine"))
    assert folder.default_folder() == tmp_path / "mine"
    assert folder.data_folder() == tmp_path / "mine"
    assert stat.S_IMODE((tmp_path / "mine").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("platform", "environment", "place"),
    [
        ("linux", {"XDG_DATA_HOME": "/x/share"}, "/x/share/demur"),
        ("linux", {}, "/h/.local/share/demur"),
        ("linux", {"XDG_DATA_HOME": "relative"}, "/h/.local/share/demur"),
        ("darwin", {"XDG_DATA_HOME": "/x"}, "/h/Library/Application Support/Demur"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/Demur"),
        ("win32", {}, "/h/AppData/Local/Demur"),
    ],
)
def test_each_system_has_its_place(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], place: str
) -> None:
    for name in ("DEMUR_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(folder.sys, "platform", platform)
    monkeypatch.setattr(folder.Path, "home", lambda: Path("/h"))
    assert folder.default_folder() == Path(place)


def test_looking_makes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DEMUR_HOME", str(tmp_path / "mine"))
    assert folder.store_exists(folder.default_folder()) is False
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("zone", "name"), [("America/Denver", "America/Denver"), (":Asia/Tokyo", "Asia/Tokyo"), ("No/Where", None)]
)
def test_the_time_zone(monkeypatch: pytest.MonkeyPatch, zone: str, name: str | None) -> None:
    monkeypatch.setenv("TZ", zone)
    found = folder.time_zone_name()
    assert found == name if name else found
