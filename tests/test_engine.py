"""The engine: the same inputs give the same verdict, evidence stands behind each reason, and strangers are alike."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demur.core.accounts import Account, Audience, Network, Profile, Purpose
from demur.core.citations import citations
from demur.core.content import ConnectionRequest, Direction, Post, RequestKind
from demur.core.matches import Level
from demur.core.people import Caseload, Client, Relationship, Role
from demur.core.verdicts import Outcome
from demur.engine import Engine
from demur.reports.contract import dumps, request_verdict
from demur.workspace import build_engine

TODAY = date(2026, 11, 22)
CLIENTS = Caseload(
    (
        Client("k1", given_name="Marisol", family_name="Quintanilla", date_of_birth=date(1984, 5, 2)),
        Client(
            "k2",
            given_name="Thaddeus",
            family_name="Okonkwo-Price",
            relationship=Relationship.FORMER_CLIENT,
            until=date(2021, 1, 1),
        ),
        Client("k3", given_name="Ingrid", family_name="Szymborska-Vail", relationship=Relationship.CLIENT_FAMILY),
        Client("k4", given_name="Maria", family_name="Garcia"),
    )
)
ENGINE = build_engine(CLIENTS)
EMPTY = build_engine(Caseload())


def ask(name: str, engine: Engine = ENGINE, **more: object) -> ConnectionRequest:
    return replace(ConnectionRequest(Profile(display_name=name), Account(Network.FACEBOOK)), **more)  # type: ignore[arg-type]


def test_the_same_inputs_give_the_same_verdict() -> None:
    post = Post("One of my clients, Marisol, called 555-0142 last Tuesday.")
    again = build_engine(CLIENTS)
    assert ENGINE.check(post) == again.check(post)
    assert ENGINE.decide(ask("Marisol Quintanilla"), TODAY) == again.decide(ask("Marisol Quintanilla"), TODAY)


def test_evidence_stands_behind_each_reason() -> None:
    verdict = ENGINE.check(Post("So proud of Marisol Quintanilla! My client called 555-0142."))
    assert verdict.outcome is Outcome.DECLINE
    by_clause = {reason.clause: {finding.text for finding in reason.findings} for reason in verdict.reasons}
    assert "Marisol Quintanilla" in by_clause["publish/client-name"]
    assert "555-0142" in by_clause["publish/identifier-beside-client"]
    assert all(by_clause.values())
    assert all(cited in citations() for reason in verdict.reasons for cited in reason.cites)


def test_names_for_one_draft_are_forgotten_after_it() -> None:
    post = Post("Wilhelmina Featherstonehaugh was a star today")
    from demur.caseload.index import CaseloadIndex

    also = CaseloadIndex.build(Caseload((Client("x", given_name="Wilhelmina", family_name="Featherstonehaugh"),)))
    assert EMPTY.check(post, also).outcome is Outcome.DECLINE
    assert EMPTY.check(post).outcome is not Outcome.DECLINE


def test_a_safer_wording_passes_where_it_is_offered() -> None:
    post = Post("Text me on 512-555-0147 about the yard sale!")
    verdict = EMPTY.check(post)
    assert verdict.outcome is Outcome.REVISE
    if verdict.guidance.safer:
        assert EMPTY.check(replace(post, text=verdict.guidance.safer)).outcome is Outcome.ALLOW
        assert "555" not in verdict.guidance.safer


def test_the_question_is_settled_by_its_answer() -> None:
    post = Post("photo dump", photos=3)
    asked = EMPTY.check(post)
    assert asked.outcome is Outcome.ASK
    assert asked.question
    assert EMPTY.check(replace(post, about_client=False)).outcome is Outcome.ALLOW
    assert EMPTY.check(replace(post, about_client=True)).outcome >= Outcome.REFER


@pytest.mark.parametrize(
    ("name", "outcome", "level"),
    [
        ("Marisol Quintanilla", Outcome.DECLINE, Level.MATCH),
        ("Thaddeus Okonkwo-Price", Outcome.DECLINE, Level.MATCH),
        ("Ingrid Szymborska-Vail", Outcome.DECLINE, Level.MATCH),
        ("Maria Garcia", Outcome.DECLINE, Level.POSSIBLE),
        ("Wilhelmina Featherstonehaugh", Outcome.DECLINE, Level.NONE),
    ],
)
def test_who_asks_on_a_personal_account(name: str, outcome: Outcome, level: Level) -> None:
    verdict = ENGINE.decide(ask(name), TODAY)
    assert (verdict.outcome, verdict.level) == (outcome, level)
    assert verdict.guidance.next
    assert verdict.guidance.steps
    assert TODAY.isoformat() in verdict.guidance.record_note


def test_the_record_wins_over_what_is_said_in_passing() -> None:
    verdict = ENGINE.decide(ask("Marisol Quintanilla", relationship=Relationship.COLLEAGUE), TODAY)
    assert verdict.outcome is Outcome.DECLINE
    namesake = ask("Marisol Quintanilla", relationship=Relationship.COLLEAGUE, served=False)
    assert ENGINE.decide(namesake, TODAY).outcome is Outcome.ALLOW


def test_yes_to_the_question_makes_a_client() -> None:
    verdict = ENGINE.decide(ask("J.", served=True), TODAY)
    assert verdict.outcome is Outcome.DECLINE
    assert "client" in verdict.reasons[0].clause or "served" in verdict.reasons[0].clause


def test_anyone_may_follow_a_public_page() -> None:
    page = Account(Network.FACEBOOK, Purpose.AGENCY)
    follow = ask("Marisol Quintanilla", account=page, kind=RequestKind.FOLLOW)
    assert ENGINE.decide(follow, TODAY).outcome is Outcome.ALLOW
    back = replace(follow, direction=Direction.OUTGOING)
    assert ENGINE.decide(back, TODAY).outcome is Outcome.DECLINE


STRANGER_NAMES = st.text(alphabet=string.ascii_uppercase, min_size=1, max_size=30).map(lambda name: f"Zx{name}")


@given(
    first=STRANGER_NAMES,
    second=STRANGER_NAMES,
    kind=st.sampled_from(RequestKind),
    direction=st.sampled_from(Direction),
    purpose=st.sampled_from(Purpose),
    network=st.sampled_from(Network),
    role=st.sampled_from(Role),
)
@settings(max_examples=300, deadline=None)
def test_everybody_not_on_the_own_list_gets_byte_identical_answers(
    first: str, second: str, kind: RequestKind, direction: Direction, purpose: Purpose, network: Network, role: Role
) -> None:
    answers = [
        dumps(
            request_verdict(
                ENGINE.decide(
                    ConnectionRequest(
                        Profile(display_name=name), Account(network, purpose), kind, direction=direction, role=role
                    ),
                    TODAY,
                )
            )
        ).encode()
        for name in (first, second)
    ]
    assert answers[0] == answers[1]


@given(
    text=st.text(max_size=400),
    audience=st.sampled_from(Audience),
    purpose=st.sampled_from(Purpose),
    role=st.sampled_from(Role),
    reply=st.none() | st.text(max_size=40),
    photos=st.integers(0, 2),
    answer=st.none() | st.booleans(),
)
@settings(max_examples=300, deadline=None)
def test_any_draft_gets_a_verdict(
    text: str, audience: Audience, purpose: Purpose, role: Role, reply: str | None, photos: int, answer: bool | None
) -> None:
    post = Post(text, Account(purpose=purpose), audience, role, reply, photos, answer)
    verdict = ENGINE.check(post)
    assert verdict.guidance.next
    assert (verdict.question is not None) == (verdict.outcome is Outcome.ASK)
    assert all(text[finding.start : finding.end] == finding.text for finding in verdict.findings)


def test_a_folder_of_clauses_is_used_instead(tmp_path: Path) -> None:
    (tmp_path / "publish").mkdir()
    (tmp_path / "publish" / "quiet.cedar").write_text(
        '@id("publish/quiet")\n@title("Quiet")\n@outcome("allow")\n@says("Friends may read.")\n'
        'permit (principal, action == Action::"publish", resource)\n'
        'when { context.audience == Audience::"friends" };\n',
        "utf-8",
    )
    (tmp_path / "publish" / "quiet.cases.toml").write_text(
        '[[case]]\nsays = "friends"\nmet = true\nfacts = { audience = "friends" }\n'
        '[[case]]\nsays = "public"\nmet = false\n',
        "utf-8",
    )
    engine = build_engine(Caseload(), tmp_path)
    assert engine.check(Post("soup", audience=Audience.FRIENDS)).outcome is Outcome.ALLOW
    refused = engine.check(Post("soup"))
    assert refused.outcome is Outcome.DECLINE
    assert refused.reasons[0].title == "No clause permits this"
