"""Walks the whole engine: the words that people read fit the outcome above them, for everybody and every request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest

from demur.core.accounts import Account, Network, Profile, Purpose
from demur.core.content import ConnectionRequest, Direction, Post, RequestKind
from demur.core.findings import Category
from demur.core.matches import Level
from demur.core.people import SERVED, Caseload, Client, Relationship, Role
from demur.core.verdicts import HelpKind, Outcome, Verdict
from demur.engine import DANGER, Engine
from demur.guidance.entries import book
from demur.reports.phrases import POST_OUTCOMES, REQUEST_OUTCOMES
from demur.screening.rule import load_default_rules
from demur.workspace import build_engine

TODAY = date(2026, 11, 22)
MARISOL = Client("c1", given_name="Marisol", family_name="Quintanilla", date_of_birth=date(2011, 5, 1))
PROFILES = {
    Level.MATCH: Profile(display_name="Marisol Quintanilla"),
    Level.POSSIBLE: Profile(display_name="M. Quintanilla"),
    Level.NONE: Profile(display_name="Jordan Smith"),
}
ROLES = (
    Role.OTHER,
    Role.CPS_WORKER,
    Role.PEER_SUPPORT,
    Role.PROBATION_OFFICER,
    Role.SCHOOL_COUNSELOR,
    Role.YOUTH_WORKER,
    Role.STUDENT,
    Role.SUPERVISOR,
)
"""Those whom policy or guidance treats apart, and one of the others."""

ANSWERED = (None, True, False)

SAYS_NO = re.compile(
    r"(?i)declin|\bsay no\b|\bnot accepted|\bnot answered|don't (send|answer|connect|look|upload|write|tag)"
    r"|take it back|by a slip|my slip|rechaz|no acepto|no me conecto|no puedo conectarme|no leo"
    r"|\bsay it once more|door was shut"
)
SAYS_YES = re.compile(
    r"(?i)yours to decide|your choice|you accept|accept only|ask only|\blet it stand|anyone may follow|as anyone may"
    r"|free to follow|policy (lets|allows|leaves)|leaves it to me|puede seguir|cualquiera puede"
)
IF_THEY_WOULD_RATHER = ("If you would rather say no", "En español, si prefiere decir que no")
# The automatic answer is the same under every outcome, or it would tell.
AUTOMATIC = ("Automatic answer", "Respuesta automática")


@pytest.fixture(scope="module")
def alone() -> Engine:
    return build_engine(Caseload())


@pytest.fixture(scope="module")
def with_one() -> Engine:
    return build_engine(Caseload((MARISOL,)))


def requests(profile: Profile, role: Role) -> Iterator[ConnectionRequest]:
    for relationship, kind, direction, purpose, served in product(
        Relationship, RequestKind, Direction, Purpose, ANSWERED
    ):
        yield ConnectionRequest(
            profile=profile,
            account=Account(network=Network.LINKEDIN, purpose=purpose),
            kind=kind,
            direction=direction,
            role=role,
            relationship=relationship,
            served=served,
            # A peer's older tie is what the default policy refers.
            knew_before=role is Role.PEER_SUPPORT,
            mandated=True,
            group=True,
        )


Piece = tuple[Outcome, str, str]
"""Outcome, part, text."""


def pieces(verdict: Verdict) -> Iterator[Piece]:
    guidance, outcome = verdict.guidance, verdict.outcome
    yield outcome, "next", guidance.next
    yield outcome, "record_note", guidance.record_note
    for word in guidance.words:
        if not word.title.startswith((*AUTOMATIC, *IF_THEY_WOULD_RATHER)):
            yield outcome, "words", word.text
        if word.title in IF_THEY_WOULD_RATHER:
            yield outcome, "rather", word.text
    for text in guidance.if_offended:
        yield outcome, "if_offended", text
    for step in guidance.steps:
        yield outcome, "steps", step.do
    if verdict.question:
        yield outcome, "question", verdict.question


@pytest.mark.parametrize("role", ROLES)
def test_the_words_fit_the_outcome(alone: Engine, with_one: Engine, role: Role) -> None:
    said: set[Piece] = set()
    for engine, profile in ((alone, PROFILES[Level.NONE]), *((with_one, profile) for profile in PROFILES.values())):
        for request in requests(profile, role):
            verdict = engine.decide(request, TODAY)
            assert verdict.guidance.next
            assert verdict.guidance.record_note
            assert bool(verdict.question) is (verdict.outcome is Outcome.ASK)
            assert not verdict.question or verdict.question not in verdict.guidance.next
            if verdict.outcome is Outcome.DECLINE:
                assert verdict.guidance.if_offended
            said.update(pieces(verdict))
    assert {outcome for outcome, _, _ in said} >= {Outcome.ALLOW, Outcome.ASK, Outcome.DECLINE}
    for outcome, part, text in sorted(said):
        told = f"{outcome.word}, {part}: {text}"
        if part == "next":
            assert not text.lower().startswith(REQUEST_OUTCOMES[outcome].lower()), told
        if outcome is Outcome.ALLOW:
            assert part not in ("if_offended", "steps", "question"), told
            # An exception may still be refused.
            assert part in ("next", "rather") or not SAYS_NO.search(text), told
            assert not re.search(r"(?i)declin|don't (send|answer)|not accepted", text), told
        elif outcome is Outcome.ASK:
            assert part not in ("if_offended", "steps", "rather"), told
            assert not SAYS_YES.search(text), told
            # Not to open a profile is no refusal.
            assert not SAYS_NO.search(text), told
            assert part != "next" or text.startswith("Until you can answer it"), told
        elif outcome is Outcome.REFER:
            assert part not in ("steps", "rather", "question"), told
            assert part == "if_offended" or not SAYS_YES.search(text), told
            assert part != "next" or "supervisor" in text, told
            assert not re.search(r"(?i)declin|not accepted", text), told
        else:
            assert part not in ("rather", "question"), told
            assert not SAYS_YES.search(text), told


def test_an_unknown_person_gets_the_same_whoever_it_is(alone: Engine, with_one: Engine) -> None:
    for role in (Role.OTHER, Role.CPS_WORKER):
        there = [with_one.decide(request, TODAY) for request in requests(PROFILES[Level.POSSIBLE], role)]
        for other, profile in product((alone, with_one), (PROFILES[Level.NONE], PROFILES[Level.POSSIBLE])):
            asked = list(requests(profile, role))
            for request, verdict in zip(asked, there, strict=True):
                if request.relationship is Relationship.UNKNOWN and request.served is not True:
                    assert other.decide(request, TODAY).guidance == verdict.guidance


@pytest.mark.parametrize("relationship", [None, Relationship.UNKNOWN])
def test_what_a_stranger_saw_is_put_right(alone: Engine, relationship: Relationship | None) -> None:
    def ask(kind: RequestKind, purpose: Purpose, served: bool | None) -> Verdict:
        account = Account(network=Network.LINKEDIN, purpose=purpose)
        profile = PROFILES[Level.NONE]
        return alone.decide(
            ConnectionRequest(profile, account, kind=kind, relationship=relationship, served=served), TODAY
        )

    asked = ask(RequestKind.FRIEND, Purpose.PROFESSIONAL, None)
    assert asked.outcome is Outcome.ASK
    assert "leave the invitation to connect where it is" in asked.guidance.next
    assert asked.guidance.steps == asked.guidance.if_offended == ()
    answered = ask(RequestKind.FRIEND, Purpose.PROFESSIONAL, False)
    assert answered.outcome is Outcome.ALLOW
    assert "keep it professional" in answered.guidance.next
    assert "leaves it to me" in answered.guidance.record_note
    follower = ask(RequestKind.FOLLOW, Purpose.AGENCY, None)
    assert follower.outcome is Outcome.ALLOW
    assert "Let it stand, don't follow back" in follower.guidance.next
    message = ask(RequestKind.MESSAGE, Purpose.AGENCY, None)
    assert message.outcome is Outcome.ALLOW
    assert "one fixed answer" in message.guidance.next
    assert [word.title for word in message.guidance.words] == [
        "Automatic answer, the same to everyone",
        "Respuesta automática en español, igual para todos",
    ]


def test_a_page_may_be_followed_by_the_family_too(alone: Engine) -> None:
    for relationship in SERVED:
        verdict = alone.decide(
            ConnectionRequest(
                PROFILES[Level.NONE],
                Account(purpose=Purpose.AGENCY),
                kind=RequestKind.FOLLOW,
                relationship=relationship,
            ),
            TODAY,
        )
        assert verdict.outcome is Outcome.ALLOW
        assert "Not accepted" not in verdict.guidance.record_note
        assert not any("same or the next work day" in caution for caution in verdict.guidance.cautions)


DRAFTS = {
    "Ran into Marisol Quintanilla at the store, so proud of her.": "The name of somebody you serve is in it",
    "One of my clients gave me her SSN, 219-09-9999, and I nearly cried.": "A number in it belongs to one person",
    "One of my clients came in on Friday and I nearly cried.": "A detail in it",
    "Six hours in the ER so she could tell me she hates me.": "you can say all of it",
    "Coffee with Marisol": "If the answer is yes",
    "The tomatoes are ripe at last.": "Nothing here points to a client",
}
REWORDING = re.compile(
    r"(?i)\bwrite “|instead of|take (it|the|out|them)\b|leave (the|it) out|reword|\bsay what you feel"
)


@pytest.mark.parametrize("text", DRAFTS)
def test_a_draft_is_told_what_is_in_it(with_one: Engine, text: str) -> None:
    verdict = with_one.check(Post(text, role=Role.SOCIAL_WORKER))
    guidance = verdict.guidance
    assert DRAFTS[text] in guidance.next, (verdict.outcome, guidance.next)
    assert not guidance.next.lower().startswith(POST_OUTCOMES[verdict.outcome].lower())
    if verdict.outcome >= Outcome.REFER:
        assert guidance.steps
        assert not any(REWORDING.search(step.do) for step in guidance.steps), guidance.steps
    elif verdict.outcome is not Outcome.REVISE:
        assert guidance.steps == ()


def test_a_picture_and_a_reply_are_told_as_such(with_one: Engine) -> None:
    photo = with_one.check(Post("Selfie with the residents, she picked the filter", photos=1))
    assert photo.outcome is Outcome.DECLINE
    assert photo.guidance.next.startswith("A picture of somebody you serve stays offline")
    reply = with_one.check(Post("Thank you for coming to your sessions with us!", reply_to="Great place."))
    assert reply.outcome is Outcome.DECLINE
    assert "fixed text below" in reply.guidance.next


DESPAIR = {
    "I can't go on, I want to end my life.": HelpKind.DESPAIR,
    "My pills are lined up by the sink tonight.": HelpKind.DESPAIR,
    "my ex is outside my house right now": HelpKind.DANGER,
    "this traffic makes me want to die lol": HelpKind.OFFER,
}


@pytest.mark.parametrize("text", DESPAIR)
def test_despair_is_no_violation_in_any_role_or_place(alone: Engine, text: str) -> None:
    for role, purpose, answered in product(ROLES, Purpose, ANSWERED[::2]):
        verdict = alone.check(Post(text, role=role, account=Account(purpose=purpose), about_client=answered))
        assert verdict.help is not None
        assert verdict.help.kind is DESPAIR[text]
        assert verdict.outcome is Outcome.ALLOW, (role, purpose)
        assert verdict.question is None
        if verdict.in_crisis:
            assert verdict.guidance.words == ()
            assert verdict.guidance.next == verdict.help.before_posting


def test_no_answer_takes_the_help_away(alone: Engine) -> None:
    verdict = alone.check(Post("I can't go on, I want to end my life.", about_client=True))
    assert verdict.outcome is Outcome.REFER
    assert verdict.in_crisis


@pytest.mark.parametrize(
    "text",
    ["My client said she wants to die.", "“I don't want to be here anymore,” he whispered.", "She wanted to die."],
)
def test_what_somebody_else_said_is_not_the_authors_despair(alone: Engine, text: str) -> None:
    assert alone.check(Post(text)).help is None


def test_the_help_is_in_the_drafts_language(alone: Engine) -> None:
    spanish = alone.check(Post("ya no quiero vivir, estoy cansada de ser la fuerte")).help
    english = alone.check(Post("i don't want to be here anymore")).help
    assert spanish is not None
    assert english is not None
    assert (spanish.language, english.language) == ("es", "en")


def test_the_rule_for_danger_is_there() -> None:
    assert any(rule.id == DANGER and rule.category is Category.CRISIS for rule in load_default_rules())


@pytest.mark.parametrize("text", sorted({e.text for e in book("posts").entries() if e.part == "instead" and e.text}))
def test_what_may_be_posted_instead_is_clear_for_everybody(with_one: Engine, text: str) -> None:
    for role, purpose in product(Role, Purpose):
        verdict = with_one.check(Post(text, role=role, account=Account(purpose=purpose)))
        assert (verdict.outcome, verdict.findings, verdict.help) == (Outcome.ALLOW, (), None), role


def test_despair_is_met_before_anything_else(with_one: Engine) -> None:
    verdict = with_one.check(Post("I can't go on, I want to end my life. Marisol Quintanilla would understand."))
    assert verdict.help is not None
    assert verdict.help.kind is HelpKind.DESPAIR
    assert verdict.help.contacts[0].link == "tel:988"
    # What stands beside the despair is judged as always, after the help.
    assert verdict.outcome is Outcome.DECLINE
    assert "The name of" in verdict.guidance.next
    assert verdict.guidance.instead == ()
