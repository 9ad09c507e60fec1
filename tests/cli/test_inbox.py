"""`demur inbox`: what a network or a mail program gave becomes requests in the store, once."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Demur
from tests.server.connectors.conftest import free_port, served

RECEIVED = {
    "received_requests_v2": [
        {"name": "Marisol Quintanilla", "timestamp": 1_763_000_000},
        {"name": "Petra Vandermolen", "timestamp": 1_763_100_000},
    ]
}


@pytest.fixture
def export(tmp_path: Path) -> Path:
    file = tmp_path / "received_friend_requests.json"
    file.write_text(json.dumps(RECEIVED), "utf-8")
    return file


def test_an_export_comes_in_once_and_is_listed_with_what_the_policy_says(demur: Demur, export: Path) -> None:
    assert "No request waits" in demur("inbox", "list").out
    first = demur("inbox", "import", str(export))
    assert (first.code, first.out.splitlines()[-1]) == (0, "2 new, 0 known already (0 of them answered).")
    again = demur("inbox", "import", str(export))
    assert again.out.splitlines()[-1] == "0 new, 2 known already (0 of them answered)."
    elsewhere = demur("inbox", "import", str(export), "--account", "professional")
    assert elsewhere.out.splitlines()[-1] == "2 new, 0 known already (0 of them answered)."
    listed = demur("inbox", "list").out
    assert "Petra Vandermolen" in listed
    assert listed.count("Petra Vandermolen") == 2
    assert listed.count("Decline") >= 2


def test_what_is_not_there_or_not_one_of_the_accounts_is_said_so(demur: Demur, export: Path) -> None:
    missing = demur("inbox", "import", str(export.with_name("nothing.zip")))
    assert missing.code == 2
    assert "there is no such file" in missing.err
    wrong = demur("inbox", "import", str(export), "--account", "mine")
    assert wrong.code == 2
    assert "personal, professional, agency" in wrong.err


def test_what_is_no_export_takes_nothing_in_and_says_what_was_looked_for(demur: Demur, tmp_path: Path) -> None:
    file = tmp_path / "holiday.txt"
    file.write_text("sun and sea", "utf-8")
    ran = demur("inbox", "import", str(file))
    assert "0 new" in ran.out
    assert ran.err.strip()


def test_without_a_connection_there_is_nothing_to_fetch(demur: Demur) -> None:
    ran = demur("inbox", "fetch")
    assert ran.code == 2
    assert "nothing is connected" in ran.err


@pytest.fixture
def danger(tmp_path: Path) -> Path:
    file = tmp_path / "Invitations.csv"
    file.write_text(
        "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
        'Petra Vandermolen,Me,"1/29/26, 3:04 PM",I want to kill myself tonight,INCOMING,'
        "https://www.linkedin.com/in/petra-example,https://www.linkedin.com/in/me\n",
        "utf-8",
    )
    return file


def test_a_message_that_may_speak_of_danger_comes_first_in_words(demur: Demur, export: Path, danger: Path) -> None:
    for _ in range(2):
        said = demur("inbox", "import", str(danger)).out.splitlines()
        assert said[-2].startswith("Read first: a message may speak of danger.")
        assert "known already" in said[-1]
    assert "danger" not in demur("inbox", "import", str(export)).out
    listed = demur("inbox", "list").out
    assert listed.splitlines()[0].startswith("Read this first")
    assert listed.index("Petra Vandermolen") < listed.index("Marisol Quintanilla")
    assert listed.count("Vandermolen") == 2
    assert "kill" not in listed


def test_a_check_of_the_agency_that_can_not_be_done_is_said_in_plain_words(demur: Demur, export: Path) -> None:
    for command in (("import", str(export)), ("fetch",)):
        ran = demur("inbox", *command, DEMUR_OFFICER_KEY=str(export))
        assert ran.code == 2
        assert "Your agency's check needs both" in ran.err
        assert "fault" not in ran.err
    assert "No request waits" in demur("inbox", "list").out


def test_a_policy_that_does_not_load_is_said_in_plain_words(demur: Demur, export: Path, tmp_path: Path) -> None:
    broken = tmp_path / "policy" / "connect"
    broken.mkdir(parents=True)
    (broken / "broken.cedar").write_text("permit everything;", "utf-8")
    for command in (("import", str(export)), ("fetch",), ("list",)):
        ran = demur("inbox", *command, DEMUR_POLICY=str(broken.parent))
        assert ran.code == 2
        assert "the policy was refused" in ran.err
        assert "fault" not in ran.err


CONNECT = """
import sys
from datetime import date
from demur.cli.sources import open_local_store
open_local_store()
from demur.server.connectors.actions import add_connector
from demur.server.connectors.mastodon import MastodonSettings
for port, label in zip(sys.argv[1::2], sys.argv[2::2]):
    add_connector(MastodonSettings(f"http://127.0.0.1:{port}", "a-token-of-dana-0123"), label)
"""


@pytest.mark.server
def test_one_that_can_not_be_asked_keeps_nobody_from_the_others(demur: Demur, tmp_path: Path) -> None:
    listed = json.dumps([{"id": "7", "acct": "petra@far.example", "display_name": "Petra Vandermolen"}]).encode()

    def handle(connection: socket.socket) -> None:
        connection.recv(65536)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(listed)}\r\n"
        connection.sendall(f"{head}Connection: close\r\n\r\n".encode() + listed)

    with served(handle) as port:
        connect(tmp_path, str(free_port()), "Harbour", str(port), "Larkin", str(free_port()), "Tarn")
        ran = demur("inbox", "fetch")
        again = demur("inbox", "fetch")
    assert ran.code == again.code == 2
    assert [line for line in ran.out.splitlines() if line.strip()] == [
        "Harbour:", "Larkin:", "1 new, 0 known already (0 of them answered).", "Tarn:",
    ]  # fmt: skip
    assert ran.err.count("nothing answers there") == 2
    assert ran.err.splitlines()[-1].startswith("demur: Harbour, Tarn: nothing could be brought in from there")
    assert "0 new, 1 known already" in again.out
    assert "a-token" not in ran.out + ran.err


def connect(folder: Path, *more: str) -> None:
    """Connect accounts in the store that `demur` uses here."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DEMUR_")}
    home = {"DEMUR_HOME": str(folder / "home"), "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    subprocess.run([sys.executable, "-c", CONNECT, *more], env=environment | home, check=True, timeout=60)
