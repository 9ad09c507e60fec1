"""`demur settings`: the catalogue in a terminal, what was checked, and exports of any size read for it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Demur

TIKTOK = {"App Settings": {"Settings": {"SettingsMap": {"Private Account": "Disabled", "Allow DownLoad": "Disabled"}}}}


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "TikTok_Data.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("user_data_tiktok.json", json.dumps(TIKTOK))
    return path


def test_what_to_choose_is_listed(demur: Demur) -> None:
    listed = demur("settings", "list", "facebook")
    assert listed.code == 0
    assert listed.out.index("future posts") < listed.out.index("Profile locking"), "what matters most comes first"
    assert "were not tried" in listed.out
    open_or_not = demur("settings", "list", "mastodon", "--account", "professional").out
    assert "your policy" in " ".join(open_or_not.split())
    wrong = demur("settings", "list", "other")
    assert wrong.code == 2
    assert "facebook, instagram" in wrong.err
    assert demur("settings", "list", "nowhere").code == 2
    assert demur("settings", "list", "x", "--account", "nobody").code == 2


def test_what_was_read_too_long_ago_is_listed(demur: Demur) -> None:
    assert demur("settings", "stale").code == 0


def test_an_export_is_read_and_the_status_tells_no_value(demur: Demur, export: Path) -> None:
    assert "No settings were checked yet" in demur("settings", "status").out
    told = demur("settings", "read", str(export))
    assert told.code == 0
    assert "tiktok: 2 read." in told.out
    status = demur("settings", "status")
    assert "tiktok" in status.out
    assert "not yet" in status.out
    for value in ("Off", "Disabled", "Private"):
        assert value not in status.out + told.out + told.err


def test_what_tells_nothing_gets_a_sentence(demur: Demur, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}")
    nothing = demur("settings", "read", str(tmp_path / "x.json"))
    assert nothing.code == 2
    assert "nothing was found" in nothing.err
    gone = demur("settings", "read", str(tmp_path / "gone.zip"))
    assert gone.code == 2
    assert "no such file" in gone.err
    assert "No settings were checked yet" in demur("settings", "status").out
