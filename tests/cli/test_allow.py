"""`demur allow`: what is fine, in the store and in a file of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from demur.core.allowances import fingerprint
from demur.server.database.vault import derive_from
from tests.cli.conftest import Demur

OURS = "512-555-0147"
DRAFT = f"Call us on {OURS} about the yard sale!"
WHY = ("--reason", "our own public line", "--author", "M.")


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "fine.key"
    path.write_text("ab" * 32 + "\n", "ascii")
    path.chmod(0o600)
    return path


def test_what_is_called_fine_is_left_out_and_said(demur: Demur) -> None:
    assert demur("check", DRAFT).code == 1
    ran = demur("allow", OURS, *WHY)
    assert ran.code == 0, ran.err
    assert "Fine until" in ran.out
    assert "Beside talk of a client they are still marked." in ran.out
    verdict = demur("check", DRAFT)
    assert verdict.code == 0
    assert "1 thing that you called fine was left out." in verdict.out
    assert json.loads(demur("check", DRAFT, "--json").out)["called_fine"] == 1
    assert demur("check", DRAFT, "--no-store").code == 1
    assert demur("check", f"One of my clients has a new number: {OURS}").code == 1


def test_the_list_shows_why_and_never_the_words(demur: Demur) -> None:
    assert "Nothing is called fine" in demur("allow", "--list").out
    demur("allow", OURS, *WHY)
    listed = demur("allow", "--list")
    assert "A phone number" in listed.out
    assert "our own public line" in listed.out
    assert "555-0147" not in listed.out
    assert "5550147" not in listed.out
    assert demur("allow", "--end", "1").code == 0
    assert demur("check", DRAFT).code == 1
    assert "nothing with that number" in demur("allow", "--end", "1").err


def test_nothing_of_the_words_lies_on_the_disk(demur: Demur, tmp_path: Path, key_file: Path) -> None:
    demur("allow", OURS, *WHY)
    demur("allow", OURS, *WHY, "--allowlist", "fine.jsonl", "--key-file", str(key_file))
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"555-0147" not in content, path.name
            assert b"5550147" not in content, path.name


def test_an_allowlist_in_a_file(demur: Demur, tmp_path: Path, key_file: Path) -> None:
    where = ("--allowlist", "fine.jsonl", "--key-file", str(key_file))
    assert demur("allow", OURS, *WHY, *where).code == 0
    assert (tmp_path / "fine.jsonl").stat().st_mode & 0o077 == 0
    assert not (tmp_path / "home" / "store").exists()
    assert demur("check", DRAFT, "--no-store", *where).code == 0
    assert "our own public line" in demur("allow", "--list", *where).out
    key_file.write_text("cd" * 32 + "\n", "ascii")
    other = demur("check", DRAFT, "--no-store", *where)
    assert other.code == 2
    assert "another key" in other.err
    key_file.write_text("ab" * 32 + "\n", "ascii")
    assert demur("allow", "--end", "1", *where).code == 0
    assert demur("check", DRAFT, "--no-store", *where).code == 1


def test_a_client_is_never_fine(demur: Demur, caseload: Path) -> None:
    demur("caseload", "import", str(caseload))
    for words in ("Marisol Quintanilla", "marisol  quintanilla"):
        refused = demur("allow", words, *WHY)
        assert refused.code == 2
        assert "somebody on your caseload" in refused.err
        assert "uintanilla" not in refused.err.lower()
    assert demur("allow", "Marisol", *WHY, "--rule", "caseload-given-name").code == 0
    assert demur("check", "Marisol ate my shoe again.").code == 0
    assert demur("check", "One of my clients is Marisol.").code == 1
    assert demur("check", "Marisol Quintanilla ate my shoe again.").code == 1


def test_only_a_plain_name_is_fine(demur: Demur, tmp_path: Path) -> None:
    (tmp_path / "young.csv").write_text("client_id,given_name,family_name\ny,Robert,Young\nr,Rose,Yarrow\n", "utf-8")
    demur("caseload", "import", "young.csv")
    for words, rule in [
        ("R. Young", "caseload-name-and-initial"),
        ("R.Y.", "caseload-initials"),
        ("🌹", "caseload-emoji-name"),
        ("R0bert", "caseload-given-name"),
        ("R*bert", "caseload-masked-name"),
        ("Ruth", "caseload-given-name"),
    ]:
        refused = demur("allow", words, *WHY, "--rule", rule)
        assert refused.code == 2, words
        assert "as it stands on your caseload" in refused.err or "never called fine" in refused.err
    assert demur("allow", "Rose", *WHY, "--rule", "caseload-given-name").code == 0


def test_a_file_calls_no_name_fine(demur: Demur, tmp_path: Path, key_file: Path, caseload: Path) -> None:
    """A file isn't told when somebody with that name comes."""
    where = ("--allowlist", "fine.jsonl", "--key-file", str(key_file))
    refused = demur("allow", "Marisol", *WHY, "--rule", "caseload-given-name", *where)
    assert refused.code == 2
    assert "only be called fine in your store" in refused.err
    assert not (tmp_path / "fine.jsonl").exists()
    demur("allow", OURS, *WHY, *where)
    lines = (tmp_path / "fine.jsonl").read_text("utf-8").splitlines()
    key = derive_from(bytes.fromhex("ab" * 32), "allowlist")
    mark = fingerprint(key, "caseload-given-name", "marisol")
    row = {**json.loads(lines[1]), "fingerprint": mark, "rule": "caseload-given-name", "category": "client-name"}
    (tmp_path / "fine.jsonl").write_text("\n".join([*lines, json.dumps(row)]) + "\n", "utf-8")
    ran = demur("check", "Marisol ate my shoe again.", "--no-store", "--caseload", str(caseload), *where)
    assert ran.code == 1
    assert "1 of its lines call a client's name fine and were left out" in ran.err
    assert demur("check", DRAFT, "--no-store", *where).code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["allow"], "say one of"),
        (["allow", "x", "--list"], "say one of"),
        (["allow", OURS], "--reason"),
        (["allow", OURS, "--reason", "x" * 301], "at most 300"),
        (["allow", OURS, *WHY, "--until", "soon"], "a day such as"),
        (["allow", OURS, *WHY, "--until", "2001-01-01"], "past"),
        (["allow", OURS, *WHY, "--until", "2199-01-01"], "years away"),
        (["allow", OURS, *WHY, "--rule", "nothing"], "there is no rule"),
        (["allow", "078-05-1120", *WHY, "--rule", "social-security-number"], "can't be called fine"),
        (["allow", "my clients", *WHY, "--rule", "client-noun"], "can't be called fine"),
        (["allow", "sunshine", *WHY], "aren't marked by themselves"),
        (["allow", "I want to die", *WHY], "call or text 988"),
        (["allow", " ", *WHY], "no words"),
        (["allow", "-", *WHY], "no words"),
        (["allow", "--end", "99"], "nothing with that number"),
        (["allow", OURS, *WHY, "--allowlist", "x", "--key-file", "nowhere"], "no key file"),
        (["allow", "--list", "--allowlist", "x.csv", "--key-file", "nowhere"], "no key file"),
    ],
)
def test_what_went_wrong_is_one_plain_sentence(demur: Demur, arguments: list[str], says: str) -> None:
    ran = demur(*arguments)
    assert ran.code == 2, ran.out
    assert says in ran.err
    assert "Traceback" not in ran.err
