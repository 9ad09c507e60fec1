"""The commands end as their documentation says, and say what went wrong in one plain sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Demur

HARMLESS = "Tomatoes are finally ripe and the cat approves."


def test_a_harmless_draft_is_clear(demur: Demur) -> None:
    ran = demur("check", HARMLESS)
    assert ran.code == 0
    assert "Clear to post" in ran.out
    assert "Photos were not checked" in ran.out
    assert not ran.err


def test_a_clients_name_is_not_posted(demur: Demur, caseload: Path) -> None:
    ran = demur("check", "So proud of Marisol Quintanilla!", "--caseload", str(caseload))
    assert ran.code == 1
    assert "Don't post this" in ran.out
    assert "publish/client-name" in ran.out


def test_the_same_words_without_the_caseload(demur: Demur) -> None:
    ran = demur("check", "So proud of Marisol Quintanilla!", "--json")
    assert not [finding for finding in json.loads(ran.out)["findings"] if finding["category"] == "client-name"]


def test_a_draft_from_standard_input(demur: Demur) -> None:
    ran = demur("check", "--json", given="One of my clients made me laugh so hard 😢".encode())
    assert ran.code == 1
    verdict = json.loads(ran.out)
    assert verdict["outcome"] == "refer"
    assert verdict["reasons"][0]["cites"]


def test_the_question_and_its_answer(demur: Demur) -> None:
    draft = "photo dump!"
    assert json.loads(demur("check", draft, "--photos", "2", "--json").out)["outcome"] == "ask"
    assert demur("check", draft, "--photos", "2", "--not-about-client").code == 0
    assert json.loads(demur("check", draft, "--photos", "2", "--about-client", "--json").out)["outcome"] == "refer"


def test_a_request_from_a_client_is_declined_with_words(demur: Demur, caseload: Path) -> None:
    ran = demur("request", "Marisol Quintanilla", "--network", "facebook", "--caseload", str(caseload))
    assert ran.code == 1
    for part in ("Decline", "k1", "Delete", "For the record", "If they are hurt"):
        assert part in ran.out


def test_a_colleague_is_yours_to_decide(demur: Demur) -> None:
    ran = demur("request", "Robin Achterberg", "--relationship", "colleague")
    assert ran.code == 0
    assert "Yours to decide" in ran.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", ""], "there is no draft"),
        (["check", HARMLESS, "--audience", "martians"], "'audience' must be one of: public, friends, close_friends"),
        (["check", HARMLESS, "--caseload", "nowhere.csv"], "nowhere.csv cannot be read"),
        (["check", HARMLESS, "--policy", "nowhere"], "there is no such folder"),
        (["check", "--jsonl", "nowhere.jsonl"], "nowhere.jsonl cannot be read"),
        (["request"], "there is no request"),
        (["request", "A", "--relationship", "nemesis"], "'relationship' must be one of"),
        (["request", "A", "--role", "blarg"], "role must be one of: counselor, therapist"),
        (["check", HARMLESS, "--role", "blarg"], "role must be one of: counselor, therapist"),
        (["policy", "explain", "connect/nobody"], "there is no clause 'connect/nobody'"),
        (["policy", "try", "publish", "weather=good"], "'weather' is not a fact"),
        (["policy", "try", "juggle"], "must be one of: publish"),
        (["rules", "show", "nothing"], "there is no rule 'nothing'"),
        (["caseload", "import", "nowhere.csv"], "nowhere.csv cannot be read"),
        (["caseload", "remove"], "say which"),
    ],
)
def test_what_went_wrong_is_one_plain_sentence(demur: Demur, arguments: list[str], says: str) -> None:
    ran = demur(*arguments)
    assert ran.code == 2
    assert says in ran.err
    assert ran.err.startswith("demur: ")
    assert "Traceback" not in ran.err
    assert not ran.out


@pytest.mark.parametrize("role", ["other", "CPS", "night staff at a detox", "peer_support"])
def test_a_job_title_is_a_role_too(demur: Demur, role: str) -> None:
    assert demur("check", HARMLESS, "--role", role).code == 0


def test_an_unknown_option_is_a_usage_error(demur: Demur) -> None:
    assert demur("check", "--sideways").code == 2


@pytest.mark.parametrize("draft", ["\u202eright to left", "z\u200bero\u200bwidth", "😀" * 500, "a." * 5000])
def test_odd_drafts_get_an_answer(demur: Demur, draft: str) -> None:
    ran = demur("check", "--json", given=draft.encode())
    assert ran.code in (0, 1)
    assert json.loads(ran.out)["outcome"]
    assert "Traceback" not in ran.err


def test_bytes_that_are_no_text(demur: Demur) -> None:
    ran = demur("check", given=bytes(range(128, 256)) * 50)
    assert (ran.code, ran.out) == (2, "")
    assert "not UTF-8 text" in ran.err
    assert "Traceback" not in ran.err


def test_a_binary_file_as_caseload(demur: Demur, tmp_path: Path) -> None:
    (tmp_path / "clients.csv").write_bytes(b"PK\x03\x04" + bytes(range(256)) * 20)
    ran = demur("check", HARMLESS, "--caseload", "clients.csv")
    assert ran.code == 2
    assert "CSV" in ran.err


def test_bad_rows_are_said_and_good_rows_count(demur: Demur, tmp_path: Path) -> None:
    (tmp_path / "clients.csv").write_text("given_name,family_name,city\n,,Tulsa\nMarisol,Quintanilla,\n", "utf-8")
    ran = demur("check", "Marisol Quintanilla", "--caseload", "clients.csv", "--json")
    assert ran.code == 1
    assert "ine 2" in ran.err
    assert "Marisol" not in ran.err


def test_the_policy_in_words(demur: Demur) -> None:
    shown = demur("policy", "show")
    assert shown.code == 0
    assert "connect/current-client" in shown.out
    explained = demur("policy", "explain", "connect/current-client")
    assert "NASW Code of Ethics 1.06(h)" in explained.out
    assert "forbid" in explained.out
    tried = demur("policy", "try", "connect", "relationship=current-client")
    assert tried.code == 1
    assert "connect/current-client" in tried.out
    assert demur("policy", "try", "publish").code == 0
    assert demur("policy", "test").code == 0


def test_a_policy_of_ones_own(demur: Demur, tmp_path: Path) -> None:
    folder = tmp_path / "policy" / "publish"
    folder.mkdir(parents=True)
    (folder / "nothing.cedar").write_text(
        '@id("publish/nothing")\n@title("Nothing goes online")\n@outcome("refer")\n@says("We post nothing.")\n'
        'forbid (principal, action == Action::"publish", resource)\nwhen { context.audience == Audience::"public" };\n',
        "utf-8",
    )
    (folder / "nothing.cases.toml").write_text(
        '[[case]]\nsays = "public"\nmet = true\n[[case]]\nsays = "friends"\nmet = false\n'
        'facts = { audience = "friends" }\n',
        "utf-8",
    )
    ran = demur("check", HARMLESS, "--policy", "policy", "--json")
    assert json.loads(ran.out)["outcome"] == "refer"
    (folder / "nothing.cedar").write_text('@id("publish/nothing")\nforbid (\n  principal,\n  act == 3\n);', "utf-8")
    broken = demur("check", HARMLESS, "--policy", "policy")
    assert broken.code == 2
    assert "publish/nothing.cedar, line 4" in broken.err


def test_the_rules_in_words(demur: Demur) -> None:
    listed = demur("rules", "list")
    assert "phone-number" in listed.out
    assert "It passes" in demur("rules", "show", "phone-number").out
    assert demur("rules", "test").code == 0


def test_a_caseload_in_the_store(demur: Demur, caseload: Path, tmp_path: Path) -> None:
    first = demur("caseload", "import", str(caseload))
    assert first.code == 0
    assert "2 new, 0 updated, 0 unchanged" in first.out
    assert "store.key" in first.out, "a key file is said plainly"
    again = demur("caseload", "import", str(caseload))
    assert "0 new, 0 updated, 2 unchanged" in again.out
    assert "Marisol Quintanilla" in demur("caseload", "list").out
    assert demur("check", "Marisol Quintanilla was great").code == 1
    assert demur("check", "Marisol Quintanilla was great", "--no-store", "--json").out.count("client-name") == 0
    assert demur("caseload", "remove", "k1").code == 0
    assert demur("caseload", "remove", "k1").code == 2
    assert "Marisol" not in demur("caseload", "list").out
    assert demur("caseload", "remove", "--all", "--yes").code == 0
    assert "empty" in demur("caseload", "list").out
    stored = b"".join(path.read_bytes() for path in sorted((tmp_path / "home").rglob("*")) if path.is_file())
    assert b"Quintanilla" not in stored


def test_the_sample_comes_and_goes(demur: Demur, caseload: Path) -> None:
    demur("caseload", "import", str(caseload))
    assert "invented people" in demur("sample", "load").out
    assert demur("check", "so proud of Marisol today").code == 1
    assert "were taken out" in demur("sample", "remove").out
    listed = demur("caseload", "list").out
    assert "Marisol Quintanilla" in listed
    assert len(listed.strip().splitlines()) == 3


def test_a_passphrase_opens_the_store_and_a_wrong_one_does_not(demur: Demur, caseload: Path, tmp_path: Path) -> None:
    good = {"DEMUR_PASSPHRASE": "correct horse battery"}
    assert demur("caseload", "import", str(caseload), **good).code == 0
    before = {path.name: path.read_bytes() for path in sorted((tmp_path / "home").rglob("*")) if path.suffix == ".json"}
    wrong = demur("check", HARMLESS, DEMUR_PASSPHRASE="wrong horse battery")
    assert wrong.code == 2
    assert "passphrase" in wrong.err
    assert len(wrong.err.strip().splitlines()) == 1
    locked = demur("check", HARMLESS)
    assert locked.code == 2, "a store that cannot be opened must not be left out silently"
    assert "Marisol Quintanilla" in demur("caseload", "list", **good).out
    assert {
        path.name: path.read_bytes() for path in sorted((tmp_path / "home").rglob("*")) if path.suffix == ".json"
    } == before
