"""`demur inbox`: what a network or a mail program gave becomes requests in the store, once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Demur

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
