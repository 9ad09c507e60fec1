"""What was called fine is left out, never beside a client, and is no evidence for what stands beside it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from demur.core.allowances import Allowance, fingerprint, normalised
from demur.core.content import Post
from demur.core.findings import Category, Confidence, Finding
from demur.core.people import Caseload, Client
from demur.core.verdicts import Outcome
from demur.engine import Engine
from demur.screening.allowlist import NOTHING_ALLOWED, Allowlist, open_to_allowing
from demur.screening.screen import Screen
from demur.workspace import build_engine, default_screen

TODAY = date(2026, 11, 22)
KEY = b"k" * 32
OURS = "512-555-0147"


def allowance(words: str, rule: str, category: Category, days: int = 365) -> Allowance:
    mark = fingerprint(KEY, rule, normalised(words))
    return Allowance(mark, rule, category, "It is ours.", "M.", TODAY, TODAY + timedelta(days=days))


def allowing(*held: Allowance, today: date = TODAY) -> Allowlist:
    return Allowlist(KEY, held, today)


PHONE = allowance(OURS, "phone-number", Category.PHONE)


def rules_in(text: str, allowlist: Allowlist, known: tuple[Finding, ...] = (), **more: bool) -> set[str]:
    sifted = allowlist.sift(default_screen(), Post(text, about_client=more.get("about_client")), known)
    return {finding.rule for finding in sifted.findings}


def test_what_was_called_fine_is_left_out_and_counted() -> None:
    sifted = allowing(PHONE).sift(default_screen(), Post(f"Call us on {OURS} about the yard sale!"), ())
    assert [finding.text for finding in sifted.called_fine] == [OURS]
    assert not [finding for finding in sifted.findings if finding.category is Category.PHONE]


def test_other_words_of_the_same_rule_are_found() -> None:
    assert "phone-number" in rules_in("Call 512-555-0148 about the yard sale!", allowing(PHONE))


def test_beside_talk_of_a_client_nothing_is_fine() -> None:
    for text in (
        f"One of my clients left her number: {OURS}",
        f"One of my clients cried. Call me on {OURS}.",
        f"Call me on {OURS}. One of my clients cried.",
    ):
        assert "phone-number" in rules_in(text, allowing(PHONE)), text
    far = f"One of my clients cried. The sun came out. We had soup. Call us on {OURS}."
    assert "phone-number" not in rules_in(far, allowing(PHONE))


def test_whoever_says_that_a_client_is_in_it_is_believed_first() -> None:
    assert "phone-number" in rules_in(f"Call us on {OURS}!", allowing(PHONE), about_client=True)
    assert "phone-number" not in rules_in(f"Call us on {OURS}!", allowing(PHONE), about_client=False)


def test_what_ran_out_does_not_count() -> None:
    short = allowance(OURS, "phone-number", Category.PHONE, days=3)
    text = f"Call us on {OURS}!"
    assert "phone-number" not in rules_in(text, allowing(short, today=TODAY + timedelta(days=3)))
    assert "phone-number" in rules_in(text, allowing(short, today=TODAY + timedelta(days=4)))


def test_another_key_hides_nothing() -> None:
    assert "phone-number" in rules_in(f"Call us on {OURS}!", Allowlist(b"x" * 32, [PHONE], TODAY))


def name(text: str, words: str, confidence: Confidence) -> Finding:
    start = text.index(words)
    return Finding(
        Category.CLIENT_NAME, "caseload-given-name", start, start + len(words), words, confidence, "A name of yours."
    )


ROSE = allowance("Rose", "caseload-given-name", Category.CLIENT_NAME)


def test_a_name_that_may_be_anybodys_can_be_fine_and_a_sure_one_never() -> None:
    text = "Rose ate my shoe again."
    for confidence, fine in [(Confidence.POSSIBLE, True), (Confidence.LIKELY, False), (Confidence.SURE, False)]:
        sifted = allowing(ROSE).sift(default_screen(), Post(text), (name(text, "Rose", confidence),))
        assert bool(sifted.called_fine) is fine, confidence


def test_a_possible_name_beside_a_client_is_found_although_it_was_called_fine() -> None:
    text = "One of my clients, Rose, graduated."
    sifted = allowing(ROSE).sift(default_screen(), Post(text), (name(text, "Rose", Confidence.POSSIBLE),))
    assert not sifted.called_fine
    assert ("caseload-given-name", Confidence.LIKELY) in {(f.rule, f.confidence) for f in sifted.findings}


def test_what_was_called_fine_is_no_evidence_for_others() -> None:
    text = "Rose came by yesterday."
    known = (name(text, "Rose", Confidence.POSSIBLE),)
    assert "past-day" in rules_in(text, NOTHING_ALLOWED, known), "a day needs something to stand beside"
    assert "past-day" not in rules_in(text, allowing(ROSE), known)


def test_another_reading_of_the_same_words_does_not_come_up_instead() -> None:
    """A number that is fine as a phone number is not asked about again as another kind of number."""
    assert rules_in(f"Call us on {OURS} about the yard sale!", allowing(PHONE)) == set()


def test_what_can_never_be_fine_is_not_hidden_by_what_is() -> None:
    text = f"Call us on {OURS}!"
    start = text.index(OURS)
    secret = Finding(Category.SSN, "a-rule", start, start + len(OURS), OURS, Confidence.POSSIBLE, "A number.")
    sifted = allowing(PHONE).sift(default_screen(), Post(text), (secret,))
    assert [finding.category for finding in sifted.called_fine] == [Category.PHONE]
    assert [finding.category for finding in sifted.findings] == [Category.SSN]


def test_which_findings_may_be_called_fine() -> None:
    text = f"Call us on {OURS}!"
    findings = default_screen().screen(Post(text))
    assert {finding.rule for finding in open_to_allowing(text, findings, ())} == {"phone-number"}
    about = f"One of my clients has a new number, {OURS}."
    assert open_to_allowing(about, default_screen().screen(Post(about)), ()) == ()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("Rose", True),
        ("ROSE", True),
        ("Rosé", True),
        ("R0se", False),
        ("Roseee", False),
        ("R o s e", False),
        ("🌹", False),
    ],
)
def test_a_name_is_only_offered_as_it_stands_on_the_caseload(words: str, offered: bool) -> None:
    """Another way of writing it could also be somebody who comes later."""
    text = f"{words} ate my shoe again."
    found = (name(text, words, Confidence.POSSIBLE),)
    assert bool(open_to_allowing(text, found, engine().caseload.forms)) is offered


def test_an_allowance_for_another_kind_of_thing_hides_no_name() -> None:
    text = "Rose ate my shoe again."
    other = allowance("Rose", "caseload-given-name", Category.NAME)
    sifted = allowing(other).sift(default_screen(), Post(text), (name(text, "Rose", Confidence.POSSIBLE),))
    assert not sifted.called_fine


def engine() -> Engine:
    return build_engine(Caseload((Client("k1", given_name="Rose", family_name="Quintanilla"),)))


def test_a_verdict_says_what_was_left_out() -> None:
    post = Post(f"Call us on {OURS} or {OURS} about the yard sale!")
    plain = engine().check(post)
    assert (plain.outcome, plain.called_fine) == (Outcome.REVISE, 0)
    verdict = engine().allowing(allowing(PHONE)).check(post)
    assert (verdict.outcome, verdict.called_fine) == (Outcome.ALLOW, 2)
    assert "2 things that you called fine were left out." in verdict.looked_at
    assert verdict == engine().allowing(allowing(PHONE)).check(post)


@pytest.mark.parametrize("text", ["Rose Quintanilla ate my shoe.", "My client Rose ate my shoe."])
def test_a_client_is_never_hidden(text: str) -> None:
    every = [
        allowance(words, rule, Category.CLIENT_NAME)
        for words in ("Rose", "Rose Quintanilla", "Quintanilla")
        for rule in ("caseload-given-name", "caseload-full-name", "caseload-family-name")
    ]
    assert engine().allowing(allowing(*every)).check(Post(text)).outcome is Outcome.DECLINE


def test_another_allowlist_leaves_the_engine_as_it_was() -> None:
    one = engine()
    other = one.allowing(allowing(PHONE))
    assert other is not one
    assert one.allowlist is NOTHING_ALLOWED
    assert one.allowing(NOTHING_ALLOWED) is one


def test_a_long_text_full_of_fine_things() -> None:
    post = Post(f"{OURS}. " * 5000)
    sifted = allowing(PHONE).sift(default_screen(), post, ())
    assert len(sifted.called_fine) == 5000
    assert not sifted.findings


def test_screening_without_leaving_out_is_what_it_was() -> None:
    text = "One of my clients cried last Tuesday, 512-555-0147."
    screen = Screen(default_screen().rules)
    assert screen.screen(Post(text), leave_out=lambda _: False) == default_screen().screen(Post(text))


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("Rose ate my shoe", True),
        ("Home visit with Rose", False),
        ("Took Rose to court", False),
        ("Rose relapsed again and I cried", False),
        ("Rose got discharged to her dad", False),
        ("Hoy en la visita Rose lloró", False),
    ],
)
def test_where_the_work_is_spoken_of_a_name_comes_back(text: str, left_out: bool) -> None:
    known = (name(text, "Rose", Confidence.POSSIBLE),)
    assert ("caseload-given-name" not in rules_in(text, allowing(ROSE), known)) is left_out
