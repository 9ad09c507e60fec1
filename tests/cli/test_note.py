"""`demur note` keeps what somebody wants to bring to supervision; `demur check` puts a person before any verdict."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Demur

WORDS = "Nothing left to say today.\nTwo lines."


def test_a_note_comes_and_goes(demur: Demur) -> None:
    assert "Nothing is kept" in demur("note", "list").out
    kept = demur("note", "add", given=WORDS.encode())
    assert kept.code == 0
    assert "Kept for supervision" in kept.out
    assert "Nothing left" not in kept.out + kept.err
    assert "Nothing left to say today. Two lines." in demur("note", "list").out
    assert demur("note", "show", "1").out.strip() == WORDS
    assert demur("note", "delete", "1").code == 0
    gone = demur("note", "show", "1")
    assert gone.code == 2
    assert "no note with that number" in gone.err


def test_an_empty_note_is_said_kindly(demur: Demur) -> None:
    ran = demur("note", "add", given=b" \n")
    assert ran.code == 2
    assert "nothing in the note yet" in ran.err


def test_a_held_draft_is_told_where_it_may_go(demur: Demur, caseload: Path) -> None:
    assert "demur note add" in demur("check", "Marisol Quintanilla wore me out.", "--caseload", str(caseload)).out
    assert "demur note" not in demur("check", "--no-store", "Tea and an early night.").out


def test_despair_gets_a_person_first_on_every_way_out(demur: Demur) -> None:
    draft = "I can't go on, I want to end my life."
    ran = demur("check", "--no-store", draft)
    assert ran.code == 0
    assert ran.out.startswith("You first.")
    assert "Clear to post" not in ran.out
    written = json.loads(demur("check", "--no-store", "--json", draft).out)
    assert list(written)[:2] == ["id", "help"]
    assert written["help"]["contacts"][0] == {"do": "Call 988", "link": "tel:988"}
    fixed = demur("check", "--no-store", "--fix", draft)
    assert fixed.err.startswith("You first.")
    lines = json.dumps({"id": 1, "text": draft}).encode()
    batch = json.loads(demur("check", "--no-store", "--jsonl", "-", given=lines).out)
    assert batch["help"]["kind"] == "despair"


def test_despair_beside_a_client_asks_nothing_at_once(demur: Demur) -> None:
    ran = demur("check", "--no-store", "I want to end my life. photo dump!", "--photos", "2")
    assert ran.code == 1
    assert ran.out.index("Call 988") < ran.out.index("About the post, when you are ready")
    assert "--about-client" not in ran.out
