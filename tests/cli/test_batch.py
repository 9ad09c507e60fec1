"""The batch contract: JSON lines in, JSON lines out, in order, whatever is on a line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.cli.conftest import Demur

CHECK_KEYS = {"id", "outcome", "question", "reasons", "findings", "policy", "version"}
FINDING_KEYS = {"category", "rule", "start", "end", "text", "confidence", "says", "suggestions"}
REQUEST_KEYS = {"id", "outcome", "level", "candidates", "reasons", "guidance", "policy", "version"}


def _lines(*rows: object) -> bytes:
    return b"".join((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows)


def _read(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_drafts_in_order_with_the_keys_of_the_contract(demur: Demur) -> None:
    given = _lines(
        {"id": "a", "text": "tomatoes", "unknown": 1},
        {"id": 2, "text": "😀 Call Marisol Quintanilla on 555-0142", "caseload_names": ["Marisol Quintanilla"]},
        {"text": "Saw Marisol Quintanilla in concert, and nobody named her here"},
        {"id": "d", "text": "one of my clients cried", "network": "twitter", "audience": "friends",
         "account": "professional", "author_role": "Detox Technician", "reply_to": None},
    )  # fmt: skip
    ran = demur("check", "--jsonl", "-", given=given)
    assert ran.code == 1
    rows = _read(ran.out)
    assert [row["id"] for row in rows] == ["a", 2, None, "d"]
    assert [row["outcome"] for row in rows] == ["allow", "decline", "allow", "refer"]
    for row in rows:
        assert set(row) >= CHECK_KEYS
        assert all(set(finding) == FINDING_KEYS for finding in row["findings"])
        assert all(set(reason) == {"clause", "title", "says", "cites"} for reason in row["reasons"])
    text = "😀 Call Marisol Quintanilla on 555-0142"
    for finding in rows[1]["findings"]:
        assert text[finding["start"] : finding["end"]] == finding["text"], "offsets count code points"
    assert {finding["category"] for finding in rows[1]["findings"]} >= {"client-name", "phone"}


def test_a_line_that_cannot_be_read_gives_an_error_and_the_rest_goes_on(demur: Demur) -> None:
    given = _lines(
        {"id": "a", "text": "tomatoes"},
        b"{broken",
        b"[1, 2]",
        {"id": "d"},
        {"id": "e", "text": 5},
        {"id": "f", "text": "x", "audience": "everyone on Mars"},
        b"\xff\xfe not utf-8",
        b"[" * 100_000,
        b"",
        {"id": "j", "text": "\ud800 lone \x00 nul"},
        {"id": "k", "text": "x" * 100_001},
        b'{"id": "l", "text": "' + b"y" * 4_100_000 + b'"}',
        {"id": "z", "text": "more tomatoes"},
        b'{"id": NaN, "text": "x"}',
    )
    ran = demur("check", "--jsonl", "-", given=given)
    assert ran.code == 2
    rows = _read(ran.out)
    errors = {row["error"]["line"] for row in rows if "error" in row}
    assert errors == {2, 3, 4, 5, 6, 7, 8, 11, 12, 14}
    assert [row["id"] for row in rows if "error" not in row] == ["a", "j", "z"]
    assert rows[3]["id"] == "d"
    assert "'text'" in rows[3]["error"]["message"]
    assert "Mars" not in ran.out


def test_requests(demur: Demur, caseload: Path) -> None:
    given = _lines(
        {"id": 1, "display_name": "Marisol Quintanilla", "network": "facebook", "mutual_connections": 3},
        {"id": 2, "display_name": "Wilhelmina Featherstonehaugh"},
        {"id": 3, "display_name": "Thaddeus Okonkwo-Price", "account": "professional"},
        {"id": 4, "display_name": "Robin Achterberg", "relationship": "colleague"},
        {"id": 5, "display_name": 7},
    )
    ran = demur("request", "--jsonl", "-", "--caseload", str(caseload), given=given)
    rows = _read(ran.out)
    assert [row.get("outcome") for row in rows] == ["decline", "decline", "decline", "allow", None]
    assert [row.get("level") for row in rows] == ["match", "none", "match", "none", None]
    assert rows[0]["candidates"][0]["client_id"] == "k1"
    assert rows[0]["candidates"][0]["reasons"]
    assert all(set(row) >= REQUEST_KEYS for row in rows[:4])
    assert ran.code == 2


def test_a_file_as_well_as_standard_input(demur: Demur, tmp_path: Path) -> None:
    (tmp_path / "drafts.jsonl").write_bytes(b"\xef\xbb\xbf" + _lines({"id": 1, "text": "tomatoes"}))
    ran = demur("check", "--jsonl", "drafts.jsonl")
    assert ran.code == 0
    assert _read(ran.out)[0]["outcome"] == "allow"


def test_everybody_else_gets_one_answer(demur: Demur, caseload: Path) -> None:
    """No oracle: but for the id, the answers about two people who are not on the own list are the same bytes."""
    names = ["Wilhelmina Featherstonehaugh", "Jo Li"]
    given = _lines(*({"id": "same", "display_name": name, "network": "instagram"} for name in names))
    ran = demur("request", "--jsonl", "-", "--caseload", str(caseload), given=given)
    first, second = ran.out.splitlines()
    assert first == second


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """The peak of a run over many lines is that of a run over few, give or take what any process varies by."""
    peak = (
        "import resource, subprocess, sys\n"
        "with open(sys.argv[1], 'rb') as lines:\n"
        "    subprocess.run([*sys.argv[2:]], stdin=lines, stdout=subprocess.DEVNULL, check=False)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    demur_command = [str(Path(sys.executable).with_name("demur")), "check", "--no-store", "--jsonl", "-"]
    peaks = []
    for count in (50, 6_000):
        path = tmp_path / f"{count}.jsonl"
        with path.open("wb") as file:
            for number in range(count):
                text = (
                    f"Long day {number} at the allotment. " + "Beans, peas and a visit from the neighbour's cat. " * 20
                )
                file.write(_lines({"id": number, "text": text, "caseload_names": [f"Zx{number} Quintanilla{number}"]}))
        out = subprocess.run([sys.executable, "-c", peak, str(path), *demur_command], capture_output=True, check=True)
        peaks.append(int(out.stdout))
    assert (tmp_path / "6000.jsonl").stat().st_size > 6_000_000
    assert peaks[1] < peaks[0] * 1.15
