"""`demur officer`, as people run it."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PASSPHRASE = "four quiet otters swim"


def demur(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DEMUR_")}
    environment |= {"DEMUR_HOME": str(home), "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", **more}
    command = [str(Path(sys.executable).with_name("demur")), *arguments]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=120, check=False, stdin=subprocess.DEVNULL
    )


def test_from_the_key_to_the_report(tmp_path: Path) -> None:
    home, key, public, folder = (tmp_path / name for name in ("home", "officer.key", "officer.pub", "drop"))
    folder.mkdir()
    with_passphrase = {"DEMUR_OFFICER_PASSPHRASE": PASSPHRASE}
    made = demur(home, "officer", "new-key", str(key), **with_passphrase)
    assert made.returncode == 0
    assert made.stdout.startswith("demur-officer-1:")
    assert key.stat().st_mode & 0o777 == 0o600
    assert PASSPHRASE not in key.read_text() + made.stdout + made.stderr
    public.write_text(made.stdout)
    again = demur(home, "officer", "new-key", str(key), **with_passphrase)
    assert again.returncode == 2
    assert "never written over" in again.stderr

    own, agency = tmp_path / "own.csv", tmp_path / "agency.csv"
    own.write_text("client_id,given_name,family_name\nk1,Marcus,Bellweather\n", "utf-8")
    agency.write_text("client_id,given_name,family_name\nA-1,Marcus,Bellweather\nA-7,Odalys,Fernhollow\n", "utf-8")
    assert demur(home, "caseload", "import", str(own)).returncode == 0
    setup = {"DEMUR_OFFICER_KEY": str(public), "DEMUR_OFFICER_DROP": str(folder)}
    for name in ("Marcus Bellweather", "Odalys Fernhollow", "Perpetua Achterberg"):
        asked, unwatched = (demur(home, "request", name, "--network", "x", **more) for more in (setup, {}))
        assert (asked.returncode, asked.stdout, asked.stderr) == (
            unwatched.returncode,
            unwatched.stdout,
            unwatched.stderr,
        )
    assert list(folder.iterdir()) == []
    sent, nothing = (demur(home, "officer", "send", **setup) for _ in range(2))
    assert (sent.returncode, sent.stdout, sent.stderr) == (nothing.returncode, nothing.stdout, nothing.stderr)
    assert sent.stdout == "Done.\n"
    assert len(list(folder.iterdir())) == 1

    table = tmp_path / "report.csv"
    read = demur(
        home, "officer", "read", str(folder), "--caseload", str(agency), "--key", str(key), "--csv", str(table),
        **with_passphrase,
    )  # fmt: skip
    assert (read.returncode, read.stderr) == (0, "")
    assert "2 questions in 1 file, perhaps about 1 of the people on this list." in read.stdout
    with table.open(newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["client_id"], row["name"], row["network"], row["level"]) == ("A-7", "Odalys Fernhollow", "x", "match")
    assert table.stat().st_mode & 0o777 == 0o600

    [batch] = folder.iterdir()
    changed = bytearray(batch.read_bytes())
    for place in range(1_000, len(changed), 4_000):
        changed[place] ^= 1
    batch.write_bytes(bytes(changed))
    read = demur(home, "officer", "read", str(folder), "--caseload", str(agency), "--key", str(key), **with_passphrase)
    assert read.returncode == 0
    assert "left out" in read.stderr


@pytest.mark.parametrize(
    ("arguments", "setup", "says"),
    [
        (("new-key", "new.key"), {}, "a passphrase is needed"),
        (("new-key", "new.key"), {"DEMUR_OFFICER_PASSPHRASE": "short"}, "at least 8"),
        (("read", "none", "--caseload", "a.csv", "--key", "k"), {}, "cannot be read"),
        (("send",), {}, "no store yet"),
    ],
)
def test_what_is_missing_is_said(tmp_path: Path, arguments: tuple[str, ...], setup: dict[str, str], says: str) -> None:
    home = tmp_path / "home"
    arguments = tuple(str(tmp_path / part) if part in ("new.key", "none", "a.csv", "k") else part for part in arguments)
    ran = demur(home, "officer", *arguments, **setup)
    assert ran.returncode == 2
    assert says in ran.stderr
    assert not (tmp_path / "new.key").exists()


def test_a_check_that_cannot_be_done_stops_the_question(tmp_path: Path) -> None:
    home, own = tmp_path / "home", tmp_path / "own.csv"
    own.write_text("client_id,given_name,family_name\nk1,Marcus,Bellweather\n", "utf-8")
    demur(home, "caseload", "import", str(own))
    assert "no agency-wide check is set up" in demur(home, "officer", "send").stderr
    half = {"DEMUR_OFFICER_KEY": str(tmp_path / "none")}
    for arguments in (("request", "Odalys Fernhollow"), ("serve", "--port", "0"), ("officer", "send")):
        ran = demur(home, *arguments, **half)
        assert ran.returncode == 2
        assert "Set both or neither" in ran.stderr
    gone = {**half, "DEMUR_OFFICER_DROP": str(tmp_path)}
    assert "no key file" in demur(home, "request", "Odalys Fernhollow", **gone).stderr
    # A file of one's own needs no store, and so is not checked.
    with_file = demur(home, "request", "Odalys Fernhollow", "--caseload", str(own), "--json", **gone)
    assert json.loads(with_file.stdout)["outcome"] == "decline"


def test_an_empty_audit(tmp_path: Path) -> None:
    ran = demur(tmp_path / "home", "officer", "audit")
    assert (ran.returncode, ran.stdout) == (0, "There is no store yet, so nothing was asked.\n")
