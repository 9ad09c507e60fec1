"""The engine: the same inputs give the same verdict, evidence stands behind each reason, and strangers are alike."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demur.core.accounts import Account, Audience, Network, Profile, Purpose
from demur.core.agreements import AgreedException
from demur.core.citations import citations
from demur.core.content import ConnectionRequest, Direction, Post, RequestKind, SearchReason
from demur.core.matches import Level
from demur.core.people import PROTECTED, Caseload, Client, Relationship, Role
from demur.core.verdicts import HelpKind, Outcome, Verdict
from demur.engine import KNOWN_FROM_WORK, Engine
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


AGREED = AgreedException("An aunt by marriage.", "R. Beck", date(2026, 3, 3), date(2026, 12, 1))
FORMER = ask("Thaddeus Okonkwo-Price")


def said_of_exception(verdict: Verdict) -> str:
    return next((caution for caution in verdict.guidance.cautions if caution.startswith("The exception")), "")


def test_where_an_exception_may_be_asked_for_the_verdict_offers_it() -> None:
    refused = ENGINE.decide(FORMER, TODAY)
    assert (refused.outcome, refused.may_ask_exception) == (Outcome.DECLINE, True)
    assert said_of_exception(refused) == ""
    for closed in (
        replace(FORMER, role=Role.PROBATION_OFFICER),
        replace(FORMER, kind=RequestKind.TAG),
        replace(FORMER, direction=Direction.OUTGOING),
        replace(FORMER, kind=RequestKind.SEARCH, purpose_of_search=SearchReason.CURIOSITY),
        replace(FORMER, kind=RequestKind.CONTACT_UPLOAD),
        ask("Marisol Quintanilla", role=Role.CPS_WORKER),
        ask("Wilhelmina Featherstonehaugh"),
        ask("Maria Garcia"),
        ask("Wilhelmina Featherstonehaugh", relationship=Relationship.COLLEAGUE),
    ):
        assert not ENGINE.decide(closed, TODAY).may_ask_exception, closed


def test_an_exception_that_holds_opens_and_says_until_when() -> None:
    verdict = ENGINE.decide(replace(FORMER, exception=AGREED), TODAY)
    assert (verdict.outcome, verdict.may_ask_exception) == (Outcome.ALLOW, False)
    assert [reason.clause for reason in verdict.reasons] == ["connect/exception"]
    told = said_of_exception(verdict)
    assert "agreed with your supervisor on 3 March 2026" in told
    assert "1 December 2026" in told
    # Who decided, and why, stay with the record.
    assert "Beck" not in dumps(request_verdict(verdict))
    assert "aunt" not in dumps(request_verdict(verdict))


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        (date(2026, 3, 2), Outcome.DECLINE),
        (date(2026, 3, 3), Outcome.ALLOW),
        (date(2026, 12, 1), Outcome.ALLOW),
        (date(2026, 12, 2), Outcome.DECLINE),
    ],
)
def test_an_exception_holds_from_the_day_it_was_agreed_through_its_last(day: date, outcome: Outcome) -> None:
    # The day that counts is the one on which somebody would rely on it, not the one on which the request was seen.
    for as_of in (None, date(2026, 6, 1)):
        verdict = ENGINE.decide(replace(FORMER, exception=AGREED, as_of=as_of), day)
        assert verdict.outcome is outcome
        assert said_of_exception(verdict)


def test_an_exception_never_ends_in_silence() -> None:
    verdict = ENGINE.decide(replace(FORMER, exception=AGREED), date(2027, 1, 5))
    assert said_of_exception(verdict).startswith("The exception of 3 March 2026 ended on 1 December 2026.")
    assert verdict.may_ask_exception
    plain = ENGINE.decide(FORMER, date(2027, 1, 5))
    assert verdict.reasons == plain.reasons
    assert verdict.guidance.cautions[1:] == plain.guidance.cautions


def test_an_exception_that_does_not_reach_far_enough_says_so() -> None:
    for request in (replace(FORMER, kind=RequestKind.TAG), replace(FORMER, role=Role.PROBATION_OFFICER)):
        verdict = ENGINE.decide(replace(request, exception=AGREED), TODAY)
        assert verdict.outcome >= Outcome.REFER
        assert "doesn't reach as far as this" in said_of_exception(verdict)


def test_the_words_fit_an_exception() -> None:
    served = (*sorted(PROTECTED), Relationship.SUPERVISEE)
    for relationship, kind, direction, purpose in product(served, RequestKind, Direction, Purpose):
        request = ConnectionRequest(
            Profile(display_name="Q"), Account(Network.FACEBOOK, purpose), kind, direction, relationship=relationship
        )
        verdict = EMPTY.decide(replace(request, exception=AGREED), TODAY)
        if verdict.outcome is not Outcome.ALLOW:
            continue
        guidance = verdict.guidance
        assert guidance.steps == ()
        assert "decline" not in f"{guidance.next} {guidance.record_note}".lower()
        assert "Not accepted" not in guidance.record_note
        assert not guidance.next.startswith(("Don't", "Say no"))


def test_by_when_the_supervisor_is_told_is_data_and_words() -> None:
    verdict = ENGINE.decide(FORMER, TODAY)
    assert verdict.tell_supervisor == "the same or the next work day"
    assert "Tell your supervisor the same or the next work day." in verdict.guidance.cautions
    officer = ENGINE.decide(replace(FORMER, role=Role.PROBATION_OFFICER), TODAY)
    assert officer.tell_supervisor == "at once"
    assert any("report it at once" in caution for caution in officer.guidance.cautions)
    stranger = ENGINE.decide(ask("Wilhelmina Featherstonehaugh"), TODAY)
    assert stranger.tell_supervisor == ""
    assert not any("Tell your supervisor" in caution for caution in stranger.guidance.cautions)


def test_where_everybody_meets_the_no_has_its_own_words() -> None:
    request = ask("Marisol Quintanilla", small_community=True)
    verdict = ENGINE.decide(request, TODAY)
    assert verdict.outcome is Outcome.DECLINE
    assert "connect/small-community" in {reason.clause for reason in verdict.reasons}
    assert any("meet at the store" in caution for caution in verdict.guidance.cautions)
    stranger = ask("Wilhelmina Featherstonehaugh")
    assert ENGINE.decide(replace(stranger, small_community=True), TODAY) == ENGINE.decide(stranger, TODAY)


def test_a_search_is_asked_for_its_reason_once() -> None:
    search = ask("Marisol Quintanilla", kind=RequestKind.SEARCH, direction=Direction.OUTGOING)
    asked = ENGINE.decide(search, TODAY)
    assert asked.question == "What do you need to know, and have you asked them?"
    assert asked.settled_by == "purpose_of_search"
    wanted = {
        SearchReason.CURIOSITY: Outcome.DECLINE,
        SearchReason.SCHEDULING: Outcome.DECLINE,
        SearchReason.SAFETY: Outcome.ALLOW,
        SearchReason.CONSENT: Outcome.ALLOW,
        SearchReason.ASSIGNED: Outcome.REFER,
    }
    for reason, outcome in wanted.items():
        assert ENGINE.decide(replace(search, purpose_of_search=reason), TODAY).outcome is outcome
    approved = replace(search, purpose_of_search=SearchReason.ASSIGNED, approved=True)
    assert ENGINE.decide(approved, TODAY).outcome is Outcome.ALLOW
    who = ENGINE.decide(ask("Wilhelmina Featherstonehaugh", kind=RequestKind.SEARCH), TODAY)
    assert (who.outcome, who.settled_by) == (Outcome.ASK, "served")


def test_a_former_co_client_is_for_the_supervisor_and_the_list_still_counts() -> None:
    co_client = ask("Wilhelmina Featherstonehaugh", relationship=Relationship.FORMER_CO_CLIENT)
    verdict = ENGINE.decide(co_client, TODAY)
    assert (verdict.outcome, verdict.may_ask_exception) == (Outcome.REFER, True)
    assert any("helped together" in caution for caution in verdict.guidance.cautions)
    on_the_list = ask("Marisol Quintanilla", relationship=Relationship.FORMER_CO_CLIENT)
    assert ENGINE.decide(on_the_list, TODAY).outcome is Outcome.DECLINE


@given(
    kind=st.sampled_from(RequestKind),
    direction=st.sampled_from(Direction),
    network=st.sampled_from(Network),
    role=st.sampled_from(Role),
    small_community=st.booleans(),
    knew_before=st.booleans(),
    exception=st.none() | st.just(AGREED),
    reason=st.sampled_from(SearchReason),
    approved=st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_a_faint_likeness_changes_nothing_on_a_personal_account(
    kind: RequestKind,
    direction: Direction,
    network: Network,
    role: Role,
    small_community: bool,
    knew_before: bool,
    exception: AgreedException | None,
    reason: SearchReason,
    approved: bool,
) -> None:
    stranger, like_a_client = (
        ENGINE.decide(
            ConnectionRequest(
                Profile(display_name=name),
                Account(network),
                kind,
                direction,
                role,
                small_community=small_community,
                knew_before=knew_before,
                exception=exception,
                purpose_of_search=reason,
                approved=approved,
            ),
            TODAY,
        )
        for name in ("Wilhelmina Featherstonehaugh", "Maria Garcia")
    )
    assert (stranger.level, like_a_client.level) == (Level.NONE, Level.POSSIBLE)
    # Apart from the evidence itself, which is about one's own list, nothing may differ.
    bare = replace(like_a_client, level=Level.NONE, matches=())
    bare = replace(bare, reasons=tuple(replace(told, matches=()) for told in bare.reasons))
    assert bare == stranger


STRANGER_NAMES = st.text(alphabet=string.ascii_uppercase, min_size=1, max_size=30).map(lambda name: f"Zx{name}")


@given(
    first=STRANGER_NAMES,
    second=STRANGER_NAMES,
    kind=st.sampled_from(RequestKind),
    direction=st.sampled_from(Direction),
    purpose=st.sampled_from(Purpose),
    network=st.sampled_from(Network),
    role=st.sampled_from(Role),
    more=st.fixed_dictionaries(
        {
            "small_community": st.booleans(),
            "knew_before": st.booleans(),
            "exception": st.none() | st.just(AGREED),
            "purpose_of_search": st.sampled_from(SearchReason),
            "approved": st.booleans(),
            "served": st.none() | st.booleans(),
        }
    ),
)
@settings(max_examples=300, deadline=None)
def test_everybody_not_on_the_own_list_gets_byte_identical_answers(
    first: str,
    second: str,
    kind: RequestKind,
    direction: Direction,
    purpose: Purpose,
    network: Network,
    role: Role,
    more: dict[str, Any],
) -> None:
    answers = [
        dumps(
            request_verdict(
                ENGINE.decide(
                    ConnectionRequest(
                        Profile(display_name=name),
                        Account(network, purpose),
                        kind,
                        direction=direction,
                        role=role,
                        **more,
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


@pytest.mark.parametrize(
    "message",
    [
        "I can't do this anymore, I want to die",
        "im going to kill myself tonight, sorry for everything",
        "ya no quiero vivir, me quiero morir",
        "my dad touches me at night",
        "she overdosed pls answer",
    ],
)
@pytest.mark.parametrize("name", ["Marisol Quintanilla", "Dorothea Brinkerhoff"])
def test_danger_in_a_message_comes_first_whoever_wrote_it(message: str, name: str) -> None:
    request = ConnectionRequest(Profile(display_name=name), kind=RequestKind.MESSAGE, message=message)
    verdict = ENGINE.decide(request, TODAY)
    assert verdict.help is not None
    # Whoever it was written to reads this, whatever language it was written in.
    assert (verdict.help.kind, verdict.help.language) == (HelpKind.MESSAGE, "en")
    assert "Español".casefold() in verdict.help.other.casefold()
    assert verdict.in_crisis


@pytest.mark.parametrize("name", ["Marisol Quintanilla", "Dorothea Brinkerhoff"])
def test_a_message_that_says_we_met_at_work_is_a_question_whoever_wrote_it(name: str) -> None:
    asked = ConnectionRequest(Profile(display_name=name), message="hi its me from tuesday group, add me")
    assert KNOWN_FROM_WORK in ENGINE.decide(asked, TODAY).guidance.cautions
    for other in (
        replace(asked, message="add me back lol"),
        replace(asked, relationship=Relationship.CURRENT_CLIENT),
        replace(asked, served=False),
    ):
        assert KNOWN_FROM_WORK not in ENGINE.decide(other, TODAY).guidance.cautions


def test_a_profile_can_sound_like_danger_too() -> None:
    for profile in (
        Profile(bio="counting down my last days. nobody will miss me"),
        Profile(display_name="kms tonight"),
    ):
        assert ENGINE.decide(ConnectionRequest(profile), TODAY).help is not None
    outgoing = ConnectionRequest(Profile(display_name="kms tonight"), direction=Direction.OUTGOING)
    assert ENGINE.decide(outgoing, TODAY).help is None


@pytest.mark.parametrize("message", ["", "hey miss, its me from tuesday group", "dying to see your garden lol"])
def test_an_everyday_message_calls_nobody(message: str) -> None:
    request = ConnectionRequest(Profile(display_name="Dorothea Brinkerhoff"), message=message)
    assert ENGINE.decide(request, TODAY).help is None


def test_what_protects_a_minor_holds_where_a_grown_up_fits_alike_and_whatever_was_answered() -> None:
    people = (
        Client("adult", given_name="Thaddeus", family_name="Okonkwo-Price", date_of_birth=date(1980, 5, 2)),
        Client("teen", given_name="Thaddeus", family_name="Okonkwo-Price", date_of_birth=date(2012, 5, 2)),
    )
    agreed = AgreedException("", "R. O.", TODAY, date(2027, 3, 1))
    for clients, served in ((people, True), (people[1:], False)):
        request = ask(
            "Thaddeus Okonkwo-Price", relationship=Relationship.CURRENT_CLIENT, served=served, exception=agreed
        )
        verdict = build_engine(Caseload(clients)).decide(request, TODAY)
        assert verdict.outcome is Outcome.DECLINE
        assert "connect/minor" in [reason.clause for reason in verdict.reasons]


def test_a_draft_is_told_on_which_account_it_belongs_and_judged_alike() -> None:
    text = "Happy news: I'm accepting new clients from September."
    own = Account(Network.INSTAGRAM, Purpose.PROFESSIONAL, "@vega.counseling")
    told = ENGINE.check(Post(text, Account(Network.INSTAGRAM), other_accounts=(own,)))
    assert "@vega.counseling" in told.guidance.account
    at_home = ENGINE.check(Post(text, own))
    assert at_home.guidance.account == ""
    assert told.outcome is at_home.outcome is Outcome.ALLOW
