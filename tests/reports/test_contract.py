"""The stable contract of `--json`, `--jsonl` and `/api/v1`: programs depend on every key here."""

from __future__ import annotations

import json
from dataclasses import replace

from demur.core.citations import citations
from demur.core.findings import Category, Confidence, Finding
from demur.core.matches import Comparison, Level, Match
from demur.core.people import Client
from demur.core.verdicts import Contact, Guidance, Help, HelpKind, Outcome, Reason, Rewording, Step, Verdict, Words
from demur.reports.contract import dumps, line_error, post_verdict, request_verdict

CITED = next(iter(citations()))
FINDING = Finding(
    Category.CLIENT_NAME, "caseload-full-name", 2, 8, "Marcus", Confidence.LIKELY, "A name.", (CITED,), ("somebody",)
)
MATCH = Match(
    Client("C-1", given_name="Marcus"),
    Level.POSSIBLE,
    7.256,
    (Comparison("name", "same", 9.1, "The same first name."), Comparison("city", "other", -2.0, "Another city.")),
)
VERDICT = Verdict(
    outcome=Outcome.ASK,
    reasons=(
        Reason(
            "publish/client-name", "No client's name", "It stays offline.", Outcome.ASK, (CITED,), (FINDING,), (MATCH,)
        ),
    ),
    guidance=Guidance(
        "Ask.",
        (Step("Press", "They see nothing.", "help"),),
        (Words("Kindly", "No."),),
        ("Sorry.",),
        "Noted.",
        ("Careful",),
        supervision="For that.",
        instead=(Words("Short", "Tea."),),
    ),
    policy="digest",
    version="0.1.0",
    question="Is it a client?",
    findings=(FINDING,),
    matches=(MATCH,),
    level=Level.POSSIBLE,
    looked_at="The words.",
)

# What the contract was published with, and what came to it since; nothing may leave.
POST_KEYS = {"id", "outcome", "question", "reasons", "findings", "policy", "version"} | {
    "guidance",
    "looked_at",
    "rewording",
    "called_fine",
    "help",
}
REQUEST_KEYS = {"id", "outcome", "level", "candidates", "reasons", "guidance", "policy", "version"} | {
    "question",
    "help",
    "looked_at",
    "settled_by",
    "tell_supervisor",
    "may_ask_exception",
}
REASON_KEYS = {"clause", "title", "says", "cites"}
FINDING_KEYS = {"category", "rule", "start", "end", "text", "confidence", "says", "suggestions"}
CANDIDATE_KEYS = {"client_id", "bits", "reasons"}


def test_a_draft_gives_exactly_these_keys() -> None:
    written = post_verdict(VERDICT, "a")
    assert set(written) == POST_KEYS
    assert [set(reason) for reason in written["reasons"]] == [REASON_KEYS]
    assert [set(finding) for finding in written["findings"]] == [FINDING_KEYS]
    assert (written["id"], written["outcome"], written["question"]) == ("a", "ask", "Is it a client?")
    assert written["findings"] == [
        {
            "category": "client-name",
            "rule": "caseload-full-name",
            "start": 2,
            "end": 8,
            "text": "Marcus",
            "confidence": "likely",
            "says": "A name.",
            "suggestions": ["somebody"],
        }
    ]


def test_a_request_gives_exactly_these_keys() -> None:
    written = request_verdict(VERDICT, 3)
    assert set(written) == REQUEST_KEYS
    assert [set(reason) for reason in written["reasons"]] == [REASON_KEYS]
    assert (written["id"], written["level"]) == (3, "possible")
    assert (written["settled_by"], written["tell_supervisor"], written["may_ask_exception"]) == ("", "", False)
    told = replace(VERDICT, settled_by="served", tell_supervisor="at once", may_ask_exception=True)
    written = request_verdict(told, 3)
    assert (written["settled_by"], written["tell_supervisor"], written["may_ask_exception"]) == (
        "served",
        "at once",
        True,
    )
    assert written["candidates"] == [
        {"client_id": "C-1", "bits": 7.3, "reasons": ["The same first name.", "Another city."]}
    ]
    assert set(written["candidates"][0]) == CANDIDATE_KEYS


def test_a_rewording_says_what_it_makes_of_the_draft_and_what_is_left() -> None:
    assert post_verdict(VERDICT)["rewording"] is None
    reworded = replace(VERDICT, rewording=Rewording("Hi", Outcome.REFER, 1, (FINDING,)), called_fine=2)
    written = post_verdict(reworded)
    assert written["rewording"] == {"text": "Hi", "outcome": "refer", "replaced": 1, "left": written["findings"]}
    assert written["called_fine"] == 2


def test_a_reason_says_where_it_is_written() -> None:
    [cited] = post_verdict(VERDICT)["reasons"][0]["cites"]
    citation = citations()[CITED]
    assert cited == {
        "id": CITED,
        "label": citation.label,
        "url": citation.url,
        "checked_on": citation.checked_on,
    }


def test_guidance_is_whole() -> None:
    assert post_verdict(VERDICT)["guidance"] == {
        "next": "Ask.",
        "steps": [{"do": "Press", "notice": "They see nothing.", "source": "help"}],
        "words": [{"title": "Kindly", "text": "No."}],
        "if_offended": ["Sorry."],
        "record_note": "Noted.",
        "cautions": ["Careful"],
        "safer": "",
        "supervision": "For that.",
        "instead": [{"title": "Short", "text": "Tea."}],
        "account": "",
    }


def test_help_is_whole_and_stands_first() -> None:
    offered = Help(
        kind=HelpKind.DESPAIR,
        language="en",
        title="You first.",
        words="Not alone.",
        contacts=(Contact("Call 988", "tel:988"),),
        other="En español: 988.",
        person="A friend.",
    )
    written = post_verdict(replace(VERDICT, help=offered), "a")
    assert list(written)[:3] == ["id", "help", "outcome"]
    assert written["help"] == {
        "kind": "despair",
        "language": "en",
        "title": "You first.",
        "words": "Not alone.",
        "contacts": [{"do": "Call 988", "link": "tel:988"}],
        "other": "En español: 988.",
        "person": "A friend.",
    }
    assert post_verdict(VERDICT)["help"] is None


def test_outcomes_are_written_as_the_five_words() -> None:
    assert [outcome.word for outcome in sorted(Outcome)] == ["allow", "ask", "revise", "refer", "decline"]


def test_a_line_that_cannot_be_read_stands_in_its_place() -> None:
    assert line_error("x", 4, "'text' is missing") == {"id": "x", "error": {"line": 4, "message": "'text' is missing"}}


def test_one_verdict_is_one_line_of_ascii() -> None:
    line = dumps({"text": "\ud83d é \n \u2028 😀"})
    assert line.isascii()
    assert "\n" not in line
    assert json.loads(line) == {"text": "\ud83d é \n \u2028 😀"}
