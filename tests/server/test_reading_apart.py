"""The reader in a process of its own: the same answer, an end to everything, and nothing that leaks."""

from __future__ import annotations

import json
import os
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from demur.core.accounts import Network
from demur.core.arrivals import Source
from demur.networks.exports.archive import NOT_WHOLE
from demur.networks.exports.reading import NOTHING_KNOWN
from demur.server import reading_apart
from demur.server.reading_apart import (
    NEEDED_TOO_MUCH,
    STOPPED,
    TOOK_TOO_LONG,
    SettingsReading,
    read_apart,
    read_files,
    settings_apart,
)

TODAY = date(2026, 11, 20)
REQUESTS = json.dumps(
    {"received_requests_v2": [{"name": "Jos\u00c3\u00a9 Beispiel", "timestamp": 1767225600}]}
).encode()
INVITATIONS = (
    "From,Sent At,Message,Direction,inviterProfileUrl\n"
    '"Rosa ""Ro"" Muster",08 Feb 2026,"Two\nlines 🌸",INCOMING,https://www.linkedin.com/in/rosa-muster\n'
).encode()
MAIL = b"From: Somebody <somebody@mail.example>\nSubject: Hello\n\nNo request.\n"


def test_it_gives_what_reading_here_would_give() -> None:
    given = [("received_friend_requests.json", REQUESTS), ("Invitations.csv", INVITATIONS), ("a.eml", MAIL)]
    apart = read_apart(given, TODAY)
    assert apart == read_files(given, TODAY)
    assert [arrival.profile.display_name for arrival in apart.arrivals] == ["José Beispiel", 'Rosa "Ro" Muster']
    assert apart.arrivals[1].message == "Two\nlines 🌸"
    assert apart.arrivals[1].received == date(2026, 2, 8)
    assert apart.arrivals[1].network is Network.LINKEDIN
    assert apart.arrivals[1].source is Source.EXPORT


def test_paths_are_read_from_where_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / "facebook-me-2026-02-11-x.zip", "w") as export:
        export.writestr("connections/friends/received_friend_requests.json", REQUESTS)
    monkeypatch.chdir(tmp_path)
    (arrival,) = read_apart([Path("facebook-me-2026-02-11-x.zip")], TODAY).arrivals
    assert arrival.as_of == date(2026, 2, 11)


def test_mails_are_told_from_exports_by_name_and_by_content(tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    saved.write_bytes(MAIL)
    for given in (("note.EML", MAIL), ("no ending", MAIL), saved):
        assert read_files([given], TODAY).notes != (NOTHING_KNOWN,)
    assert read_files([("what.xyz", b"\x89PNG")], TODAY).notes == (NOTHING_KNOWN,)
    # LinkedIn's table begins as the header of a mail does.
    connections = b'Notes:\n"..."\n\nFirst Name,Last Name,URL,Connected On\n'
    assert "LinkedIn" in read_files([("Connections.csv", connections)], TODAY).notes[0]


def test_nothing_and_nonsense_get_a_sentence() -> None:
    assert read_apart([], TODAY).notes == (NOTHING_KNOWN,)
    assert read_apart([("x.zip", b"PK\x03\x04nothing")], TODAY).notes == (NOT_WHOLE,)


def test_what_takes_too_long_is_stopped() -> None:
    reading = read_apart([("received_friend_requests.json", REQUESTS)], TODAY, time_limit=0.001)
    assert (reading.arrivals, reading.notes) == ((), (TOOK_TOO_LONG,))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits address space")
def test_what_needs_too_much_memory_is_stopped() -> None:
    hungry = b"[" + b"[]," * 12_000_000 + b"[]]"
    given = [("received_friend_requests.json", hungry), ("Invitations.csv", INVITATIONS)]
    assert read_apart(given, TODAY, memory_limit=400 * 1024 * 1024).notes == (NEEDED_TOO_MUCH,)


@pytest.mark.parametrize("program", ["false", "echo"])
def test_a_reader_that_breaks_takes_nothing_with_it(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = next(folder / program for folder in (Path("/bin"), Path("/usr/bin")) if (folder / program).exists())
    monkeypatch.setattr(sys, "executable", str(path))
    assert read_apart([("x.json", REQUESTS)], TODAY).notes == (STOPPED,)


def test_a_reader_that_is_not_there_gets_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
    assert read_apart([("x.json", REQUESTS)], TODAY).notes == (STOPPED,)


def test_the_reader_sees_no_setting_of_demur_and_says_nothing_aloud(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    seen = tmp_path / "seen"
    spy = tmp_path / "spy"
    spy.write_text(f'#!/bin/sh\nenv > "{seen}"\necho "Zzyzx" >&2\nexit 1\n', "utf-8")
    spy.chmod(0o755)
    monkeypatch.setenv("DEMUR_PASSPHRASE", "invented words")
    monkeypatch.setattr(sys, "executable", str(spy))
    assert read_apart([("x.json", REQUESTS)], TODAY).notes == (STOPPED,)
    surroundings = seen.read_text("utf-8")
    assert "PATH=" in surroundings
    assert "DEMUR_" not in surroundings
    assert "invented words" not in surroundings
    assert capfd.readouterr() == ("", "")
    assert os.environ["DEMUR_PASSPHRASE"] == "invented words"


def test_only_values_come_back() -> None:
    told = {"arrivals": [], "notes": ["a"]}
    assert reading_apart._reading(told).notes == ("a",)
    for wrong in ({}, {"arrivals": [{}], "notes": []}):
        with pytest.raises(KeyError):
            reading_apart._reading(wrong)


TIKTOK = json.dumps({"App Settings": {"Settings": {"SettingsMap": {"Private Account": "Disabled"}}}}).encode()


def test_settings_are_read_apart_too(tmp_path: Path) -> None:
    told = settings_apart([("user_data_tiktok.json", TIKTOK)], TODAY)
    assert [(one.network, one.name, one.value) for one in told.found] == [
        (Network.TIKTOK, "SettingsMap Private Account", "Disabled")
    ]
    assert (told.as_of, told.notes) == (None, ())
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as export:
        export.writestr(zipfile.ZipInfo("user_data_tiktok.json", (2026, 2, 11, 8, 0, 0)), TIKTOK)
    assert settings_apart([tmp_path / "export.zip"], TODAY).as_of == date(2026, 2, 11)


def test_settings_that_can_not_be_read_get_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    given = [("user_data_tiktok.json", TIKTOK)]
    assert settings_apart([("x.zip", b"PK\x03\x04nothing")], TODAY) == SettingsReading(notes=(NOT_WHOLE,))
    assert settings_apart(given, TODAY, time_limit=0.001) == SettingsReading(notes=(TOOK_TOO_LONG,))
    for answer in ("[]", "{}", '{"found": [{"network": "moon"}], "as_of": null, "notes": []}'):
        monkeypatch.setattr(reading_apart.subprocess, "run", lambda *_, out=answer, **__: Done(out.encode()))
        assert settings_apart(given, TODAY) == SettingsReading(notes=(STOPPED,))


class Done:
    """A child that ended well and said this."""

    returncode = 0

    def __init__(self, stdout: bytes) -> None:
        self.stdout = stdout
