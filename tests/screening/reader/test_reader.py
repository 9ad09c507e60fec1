"""What the reader makes of a draft, and what it may never change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demur.caseload.index import CaseloadIndex
from demur.core.accounts import Account, Audience, Network, Purpose
from demur.core.content import Post
from demur.core.findings import READER, Category, Confidence, Finding
from demur.core.people import Caseload, Client, Role
from demur.core.verdicts import Outcome, Verdict
from demur.engine import Engine
from demur.screening.reader.reader import CUES, Reader
from demur.screening.reader.tokens import in_words
from demur.workspace import build_engine, default_policy, default_reader, default_screen

ENGINE = build_engine(Caseload())


def found(category: Category, confidence: Confidence, text: str = "words") -> Finding:
    return Finding(category, "some-rule", 0, len(text), text, confidence, "Says so.")


def check(text: str, role: Role = Role.CASE_MANAGER, reply_to: str | None = None) -> Verdict:
    return ENGINE.check(Post(text, role=role, reply_to=reply_to), reword=False)


def test_the_same_draft_is_read_the_same_way_by_another_reader() -> None:
    post = Post("he did it. HE DID IT 😭", role=Role.PEER_SUPPORT)
    assert Reader().read(post, always=True) == default_reader().read(post, always=True)


CLEAR = Post("Pancakes, then the park with my own two. Perfect Sunday.", role=Role.CPS_WORKER)
HELD = Post("he did it. HE DID IT 😭 90 days and they let him keep the chip", role=Role.PEER_SUPPORT)


def test_a_cue_that_means_nothing_here_is_gone() -> None:
    assert default_reader().weigh(CLEAR, (found(Category.WORK_FRUSTRATION, Confidence.POSSIBLE),)) == ()


@pytest.mark.parametrize(
    "finding",
    [
        found(Category.CLIENT_NAME, Confidence.POSSIBLE),
        found(Category.CLIENT_REFERENCE, Confidence.SURE),
        found(Category.PHONE, Confidence.POSSIBLE),
        found(Category.CRISIS, Confidence.POSSIBLE),
        found(Category.MOSAIC, Confidence.POSSIBLE),
        found(Category.PROTECTED_CONCERTED, Confidence.LIKELY),
    ],
)
def test_what_others_know_better_stays(finding: Finding) -> None:
    for post in (CLEAR, HELD):
        assert finding in default_reader().weigh(post, (finding,))


def test_what_it_finds_is_marked_in_the_draft_and_said_in_words() -> None:
    marked = default_reader().weigh(HELD, ())
    assert marked
    for finding in marked:
        assert finding.rule == READER
        assert finding.category in CUES
        assert finding.text == HELD.text[finding.start : finding.end]
        assert finding.text in finding.says
        assert finding.cites
        assert finding.asks.startswith(("Is “", "Does “"))


def test_what_stands_before_the_draft_counts() -> None:
    text = "so proud of him, 90 days today"
    odds = {}
    for role in (Role.PEER_SUPPORT, Role.OTHER):
        reading = default_reader().read(Post(text, role=role), always=True)
        assert reading is not None
        odds[role] = reading.hold
    assert odds[Role.PEER_SUPPORT] != odds[Role.OTHER]
    alone = default_reader().read(Post("yep, one of ours 🙃", role=Role.CPS_WORKER), always=True)
    thread = "saw a lady screaming at her kids outside the DSS building"
    answering = default_reader().read(Post("yep, one of ours 🙃", role=Role.CPS_WORKER, reply_to=thread), always=True)
    assert alone is not None
    assert answering is not None
    assert answering.hold != alone.hold


def test_an_empty_draft_says_nothing() -> None:
    for text in ("", "  \n ", "\u200b"):
        assert default_reader().weigh(Post(text), ()) == ()


def test_the_first_stage_only_leaves_out_what_the_network_would_pass() -> None:
    reader = default_reader()
    skipped = [post for post in map(Post, ORDINARY) if reader.read(post) is None]
    assert skipped, "the first stage never leaves anything out"
    for post in skipped:
        reading = reader.read(post, always=True)
        assert reading is not None
        assert reading.hold < reader.calibration.ask


ORDINARY = (
    "Traffic on 35 is a parking lot again",
    "new album friday!!!",
    "who else is watching the game tonight",
    "My tomatoes finally turned red.",
    "anyone know a good plumber",
    "Happy birthday to my sister, 40 and fabulous",
    "coffee first",
    "this weather is unreal",
    "I can't believe that ending. Season two when",
    "garage sale saturday, lots of baby clothes",
)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_life_is_clear(text: str) -> None:
    assert check(text, Role.SOCIAL_WORKER).outcome is Outcome.ALLOW


def test_a_doubt_is_asked_about_the_words_and_settled_by_the_answer() -> None:
    reader = default_reader()

    class Doubting(Reader):
        def weigh(self, post: Post, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
            says = reader.weigh(HELD, ())
            return tuple(
                replace(finding, confidence=Confidence.POSSIBLE, start=0, end=2, text="he", asks="Is “he” a client?")
                for finding in says[:1]
            )

    engine = build_engine(Caseload())
    engine.reader = Doubting()
    asked = engine.check(Post("he did it", role=Role.CASE_MANAGER), reword=False)
    assert (asked.outcome, asked.question) == (Outcome.ASK, "Is “he” a client?")
    assert engine.check(Post("he did it", about_client=False), reword=False).outcome is Outcome.ALLOW
    assert engine.check(Post("he did it", about_client=True), reword=False).outcome is Outcome.REFER


def test_a_client_by_name_is_never_read_away() -> None:
    engine = build_engine(Caseload((Client("1", given_name="Ottoline", family_name="Quarshie"),)))
    assert engine.check(Post("Pancakes with Ottoline Quarshie on Sunday, perfect.")).outcome is Outcome.DECLINE


def test_talk_among_employees_is_never_held() -> None:
    for text in (
        "Our caseloads are at 48 and the contract says 35. Who is coming to bargaining Thursday?",
        "Three of us covering a house meant for five, third week running. We deserve hazard pay.",
        "They cut our mileage again. Sign the petition, link in comments.",
        "Solidarity with the county social workers walking out over unsafe staffing.",
    ):
        assert check(text).outcome <= Outcome.ASK, text


@pytest.mark.parametrize("network", Network)
@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.FRIENDS])
@pytest.mark.parametrize(
    "text",
    ["long day, some parents just dont care", "Some clients will wear you out", "some people just don't want help"],
)
def test_talk_of_people_in_general_is_a_question_at_least_on_every_network(
    network: Network, audience: Audience, text: str
) -> None:
    post = Post(text, Account(network, Purpose.PERSONAL), audience, Role.COUNSELOR)
    assert ENGINE.check(post, reword=False).outcome >= Outcome.ASK


def test_rules_keep_their_say_about_what_they_are_sure_of() -> None:
    text = "My client told me about his SSN 219-09-9999"
    sure = {
        finding.category for finding in default_screen().screen(Post(text)) if finding.confidence is Confidence.SURE
    }
    assert Category.SSN in sure
    assert sure <= {finding.category for finding in check(text).findings}


@pytest.mark.parametrize(
    "text",
    [
        "A resident at our group home, on March 3, 2024 at 3pm.",
        "So proud of my kiddo, born 03/04/2010.",
        "After group today, SSN 219-09-9999.",
        "One of my clients gave me her SSN, 219-09-9999, and I nearly cried.",
    ],
)
def test_what_leads_to_one_person_beside_a_client_is_held_however_it_reads(text: str) -> None:
    rules = Engine(default_screen(), CaseloadIndex.build(Caseload()), default_policy())
    without = rules.check(Post(text), reword=False).outcome
    assert without is Outcome.DECLINE
    assert ENGINE.check(Post(text), reword=False).outcome >= without


def test_a_flood_of_signs_takes_no_longer_than_words() -> None:
    for text in ("🙃😭" * 50_000, "ﷺ" * 20_000, "#A" * 50_000, "a. " * 33_000):
        default_reader().weigh(Post(text), ())


def test_a_mark_holds_whole_signs() -> None:
    words, starts, ends = in_words("cafe\u0301 👋🏽!")
    assert (starts[words.index("e")], ends[words.index("e")]) == (3, 5)
    assert ends[words.index("wav")] == 8


def test_a_page_of_client_talk_at_the_end_of_a_long_draft_is_read() -> None:
    long = "The garden club met and the minutes are attached for everyone who could not come. " * 60
    talk = "Anyway my 3pm sobbed the whole session about her custody hearing and I wanted to cry with her."
    assert check(long + talk, Role.THERAPIST).outcome >= Outcome.ASK


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.none() | st.text(max_size=60), st.sampled_from(Role), st.sampled_from(Purpose))
def test_any_text_can_be_read(text: str, thread: str | None, role: Role, purpose: Purpose) -> None:
    post = Post(text, account=Account(purpose=purpose), role=role, reply_to=thread)
    for finding in default_reader().weigh(post, ()):
        assert 0 <= finding.start < finding.end <= len(text)
        assert finding.text == text[finding.start : finding.end]
