from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain, combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demur.core.accounts import Purpose
from demur.core.content import Direction, RequestKind
from demur.core.findings import Category
from demur.core.people import SERVED, Relationship, Role
from demur.core.verdicts import Guidance, HelpKind, Outcome
from demur.guidance import for_post, for_request, help_for
from demur.guidance.entries import book

TODAY = date(2026, 11, 22)
FORBIDDEN = re.compile(r"(?i:violation|\berror|%|\bHIPAA\b|safe to post)|[{}\[\]!]|\bTODO\b")
# An answer of the kind "thank you for your visit" tells that there was one.
CONFIRMS = re.compile(r"(?i)\byour (visit|care|session|appointment|experience)|thank|sorry|\bwe have no record")


def request(
    outcome: Outcome = Outcome.DECLINE,
    relationship: Relationship = Relationship.CURRENT_CLIENT,
    kind: RequestKind = RequestKind.FRIEND,
    direction: Direction = Direction.INCOMING,
    role: Role = Role.COUNSELOR,
    purpose: Purpose = Purpose.PERSONAL,
    minor: bool = False,
    mandated: bool = False,
    group: bool = False,
) -> Guidance:
    return for_request(
        outcome, relationship, kind, direction, "Facebook", "friend request",
        role, purpose, minor, mandated, group, TODAY,
    )  # fmt: skip


def texts(guidance: Guidance) -> Iterator[str]:
    yield guidance.next
    yield guidance.record_note
    yield from (step.do for step in guidance.steps)
    yield from chain.from_iterable((word.title, word.text) for word in guidance.words)
    yield from guidance.if_offended
    yield from guidance.cautions
    yield guidance.supervision
    yield from chain.from_iterable((word.title, word.text) for word in guidance.instead)


def check(guidance: Guidance, seen: set[str]) -> None:
    assert guidance.next
    for text in texts(guidance):
        if text not in seen:
            assert not FORBIDDEN.search(text), text
            seen.add(text)


@pytest.mark.parametrize("relationship", list(Relationship))
def test_every_request_has_guidance(relationship: Relationship) -> None:
    seen: set[str] = set()
    for outcome, kind, direction, role, purpose in product(Outcome, RequestKind, Direction, Role, Purpose):
        guidance = request(outcome, relationship, kind, direction, role, purpose)
        check(guidance, seen)
        assert guidance.record_note.startswith("2026-11-22: ")
        assert bool(guidance.if_offended) is (outcome not in (Outcome.ALLOW, Outcome.ASK))
        assert guidance.steps == ()


@pytest.mark.parametrize(("minor", "mandated", "group"), list(product([False, True], repeat=3)))
def test_every_variant_has_guidance(minor: bool, mandated: bool, group: bool) -> None:
    seen: set[str] = set()
    for outcome, relationship, kind, role in product(Outcome, SERVED, RequestKind, Role):
        guidance = request(outcome, relationship, kind, role=role, minor=minor, mandated=mandated, group=group)
        check(guidance, seen)


@given(
    st.sampled_from(RequestKind),
    st.sampled_from(Direction),
    st.sampled_from(Role),
    st.sampled_from(Purpose),
    st.sampled_from(Outcome),
    st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_unknown_is_no_oracle(
    kind: RequestKind,
    direction: Direction,
    role: Role,
    purpose: Purpose,
    outcome: Outcome,
    flags: tuple[bool, bool, bool],
) -> None:
    # The outcome is a function of public facts; what a record knows of a person is not.
    unknown = Relationship.UNKNOWN
    plain = request(outcome, unknown, kind, direction, role, purpose)
    assert request(outcome, unknown, kind, direction, role, purpose, *flags) == plain


def test_words_for_somebody_unknown_fit_a_stranger() -> None:
    for outcome, kind, direction, role, purpose in product(Outcome, RequestKind, Direction, Role, Purpose):
        for word in request(outcome, Relationship.UNKNOWN, kind, direction, role, purpose).words:
            assert not re.search(r"work(ed)? with|our work|our meeting|next visit|client|cita\b", word.text), word.text


@pytest.mark.parametrize("relationship", sorted(SERVED | {Relationship.UNKNOWN}))
@pytest.mark.parametrize("kind", [RequestKind.FRIEND, RequestKind.FOLLOW, RequestKind.INVITE, RequestKind.MESSAGE])
@pytest.mark.parametrize("outcome", [Outcome.ASK, Outcome.REFER, Outcome.REVISE, Outcome.DECLINE])
def test_what_is_not_accepted_comes_with_words_in_both_languages(
    relationship: Relationship, kind: RequestKind, outcome: Outcome
) -> None:
    words = request(outcome, relationship, kind).words
    assert any(not word.title.startswith("En español") for word in words)
    assert any(word.title.startswith("En español") for word in words)


def test_a_declined_client_gets_short_and_longer_words_and_a_way_through_the_hurt() -> None:
    guidance = request()
    short, longer, spanish = guidance.words
    assert "a friend request" in short.text
    assert "same for everybody" in short.text
    assert len(longer.text) > 1.5 * len(short.text)
    assert spanish.title == "En español"
    assert len(guidance.if_offended) >= 6
    assert "988" in guidance.if_offended[-1]
    assert "door was shut" not in " ".join(request(direction=Direction.OUTGOING).if_offended)


def said(guidance: Guidance) -> str:
    return " ".join(word.text for word in guidance.words)


def test_roles_and_variants_change_the_words() -> None:
    assert "counts as contact" in said(request(role=Role.CPS_WORKER))
    assert "same road" in said(request(role=Role.PEER_SUPPORT))
    assert "parent or guardian" in " ".join(word.title for word in request(minor=True).words)
    assert "no effect on your report" in said(request(mandated=True))
    assert "no effect" not in said(request(mandated=True, role=Role.PROBATION_OFFICER))
    assert "Who comes here stays here" in said(request(group=True))
    assert "isn't served here" in said(request(relationship=Relationship.CLIENT_FAMILY))
    assert "after the work has ended" in said(request(relationship=Relationship.FORMER_CLIENT))
    assert "evaluate your work" in said(request(relationship=Relationship.SUPERVISEE))


def test_an_undecided_request_does_not_say_that_it_was_declined() -> None:
    for outcome in (Outcome.ASK, Outcome.REVISE, Outcome.REFER):
        guidance = request(outcome)
        assert "declined" not in said(guidance)
        assert "Declined" not in guidance.record_note


def test_nobody_is_sent_to_look_somebody_up() -> None:
    for relationship, outcome in product(Relationship, (Outcome.REVISE, Outcome.REFER, Outcome.DECLINE)):
        guidance = request(outcome, relationship, RequestKind.SEARCH, Direction.OUTGOING)
        assert guidance.next.startswith("Don't look them up")
    assert "approved" in request(kind=RequestKind.SEARCH, role=Role.CPS_WORKER).next


def test_the_one_question_leaves_everything_where_it_is() -> None:
    for relationship, kind, direction in product(Relationship, RequestKind, Direction):
        assert request(Outcome.ASK, relationship, kind, direction).next.startswith("Until you can answer it")


def test_the_article_fits() -> None:
    assert "an invitation" in request(kind=RequestKind.INVITE).words[0].text


def test_an_automatic_answer_is_the_same_for_everyone() -> None:
    answers = {
        tuple(word.text for word in guidance.words if word.title.startswith(("Automatic", "Respuesta")))
        for relationship, outcome, role in product(Relationship, Outcome, Role)
        for guidance in [
            request(outcome, relationship, RequestKind.MESSAGE, role=role, purpose=Purpose.AGENCY, minor=True)
        ]
    }
    assert len(answers) == 1
    for text in answers.pop():
        assert not CONFIRMS.search(text)


def test_a_student_asks_the_field_instructor() -> None:
    assert "field instructor" in request(Outcome.REFER, role=Role.STUDENT).next


CLOSE = [frozenset(pair) for pair in chain(combinations(Category, 1), combinations(Category, 2))]


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_draft_has_guidance(outcome: Outcome) -> None:
    seen: set[str] = set()
    for categories, is_reply in product([frozenset[Category](), frozenset(Category), *CLOSE], [False, True]):
        check(for_post(outcome, categories, Role.THERAPIST, is_reply, None, ""), seen)
    for role, safer in product(Role, ["", "Something safer."]):
        guidance = for_post(outcome, frozenset({Category.DATE}), role, False, None, safer)
        check(guidance, seen)
        assert guidance.safer == safer


@pytest.mark.parametrize("category", [c for c in Category if c not in (Category.CRISIS, Category.PROTECTED_CONCERTED)])
def test_every_category_says_what_to_change(category: Category) -> None:
    assert len(for_post(Outcome.REVISE, frozenset({category}), Role.OTHER, False, None, "").steps) == 1


@pytest.mark.parametrize("spanish", [False, True], ids=["en", "es"])
@pytest.mark.parametrize("kind", list(HelpKind))
def test_help_has_a_number_in_both_languages_and_no_blame(kind: HelpKind, spanish: bool) -> None:
    for role in Role:
        offered = help_for(kind, spanish, role)
        parts = (offered.title, offered.words, offered.person, offered.other, offered.nothing_held)
        parts += (offered.before_posting, offered.when_ready)
        said = " ".join((*parts, *(contact.do for contact in offered.contacts)))
        assert not FORBIDDEN.search(said), said
        assert not re.search(r"(?i)supervis|client|post", offered.title) or "can wait" in offered.title
        assert "988" in said
        assert "988" in offered.other
        assert offered.language != offered.other_language
        assert all(contact.link.startswith(("tel:", "sms:", "https://")) for contact in offered.contacts)
        others_danger = kind in (HelpKind.DANGER, HelpKind.MESSAGE)
        assert offered.contacts[0].link == ("tel:911" if others_danger else "tel:988")
        quiet = kind is HelpKind.OFFER
        assert bool(offered.title) is bool(offered.person) is not quiet
        assert bool(offered.before_posting) is not (quiet or kind is HelpKind.MESSAGE)
    assert "911" in said or kind is HelpKind.OFFER
    assert "oprime el 2" in said


def test_in_spanish_the_spanish_line_is_the_one_that_is_called() -> None:
    offered = help_for(HelpKind.DESPAIR, True, Role.OTHER)
    assert offered.contacts[0].do == "Llama al 988 y oprime el 2"
    assert "AYUDA" in offered.contacts[1].do


HARD_DAYS = (Category.WORK_FRUSTRATION, Category.INDIRECT_CLIENT_REFERENCE, Category.CLIENT_REFERENCE)


@pytest.mark.parametrize("category", HARD_DAYS)
@pytest.mark.parametrize("outcome", [Outcome.ASK, Outcome.REFER, Outcome.DECLINE])
def test_a_hard_day_gets_a_place_and_something_else_to_post(outcome: Outcome, category: Category) -> None:
    guidance = for_post(outcome, frozenset({category}), Role.STUDENT, False, None, "")
    assert "upervision" in guidance.supervision
    assert "field instructor" in guidance.supervision
    assert 2 <= guidance.supervision.count(". ") + 1 <= 3
    assert not re.search(r"(?i)\b(should(n't)?|must|never|wrong|unprofessional)\b", guidance.supervision)
    assert len(guidance.instead) >= 3
    assert any(words.title == "En español" for words in guidance.instead)
    in_despair = for_post(outcome, frozenset({category, Category.CRISIS}), Role.STUDENT, False, None, "")
    assert in_despair.instead == ()
    assert in_despair.supervision == ""
    # A reply isn't answered with a dog walk.
    assert for_post(outcome, frozenset({category}), Role.STUDENT, True, None, "").instead == ()


def test_nothing_else_is_offered_where_a_change_is_enough_or_none_is_needed() -> None:
    for outcome in (Outcome.ALLOW, Outcome.REVISE):
        guidance = for_post(outcome, frozenset(HARD_DAYS), Role.OTHER, False, None, "")
        assert (guidance.supervision, guidance.instead) == ("", ())


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_reply_gets_one_fixed_text_that_confirms_nothing(outcome: Outcome) -> None:
    fixed = {
        word.text
        for categories, role in product(CLOSE, Role)
        for word in for_post(outcome, categories, role, True, "They never called me back", "").words
        if word.title.startswith("An answer that says nothing")
    }
    assert len(fixed) == 1
    text = fixed.pop()
    assert not CONFIRMS.search(text)
    assert not re.search(r"\byou(r)?\b", text, re.IGNORECASE)


def test_the_text_replied_to_is_repeated_nowhere() -> None:
    guidance = for_post(Outcome.DECLINE, frozenset(), Role.OTHER, False, "Robin Sample was rude", "")
    assert "Robin" not in " ".join(texts(guidance))
    assert guidance == for_post(Outcome.DECLINE, frozenset(), Role.OTHER, True, None, "")


def test_held_drafts_have_a_place_to_go() -> None:
    for outcome in (Outcome.REFER, Outcome.DECLINE):
        guidance = for_post(outcome, frozenset({Category.WORK_FRUSTRATION}), Role.OTHER, False, None, "")
        assert "To take to supervision" in {word.title for word in guidance.words}


def test_talk_about_working_conditions_is_protected() -> None:
    guidance = for_post(Outcome.ALLOW, frozenset({Category.PROTECTED_CONCERTED}), Role.OTHER, False, None, "")
    assert "yours to talk about" in guidance.next
    assert guidance.next.startswith("Nothing here points to a client that we can see. Photos were not checked.")


@pytest.mark.parametrize("folder", ["requests", "posts"])
def test_every_entry_can_be_reached(folder: str) -> None:
    # An entry that closer ones always cover is text that nobody ever reads.
    for entry in book(folder).entries():
        case = {key: frozenset({"no"}) for key in ("minor", "mandated", "group", "is_reply", "has_safer")}
        reached = entry in book(folder).choose(entry.part, case | dict(entry.when))
        assert reached or not entry.text, f"{entry.part}, {entry.slot}: {entry.text[:60]}"
