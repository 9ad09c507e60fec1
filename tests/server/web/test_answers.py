"""How a verdict becomes what a page shows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from demur.core.findings import Category, Confidence, Finding
from demur.core.matches import Comparison, Level, Match
from demur.core.people import Client, Role
from demur.core.verdicts import Guidance, HelpKind, Outcome, Reason, Verdict, Words
from demur.guidance import help_for
from demur.server.web.answers import MOST_MARKS, answer_to_post, answer_to_request, with_suggestion


def finding(text: str, start: int, end: int, *suggestions: str, category: Category = Category.DATE) -> Finding:
    return Finding(category, "rule", start, end, text[start:end], Confidence.LIKELY, "Says.", (), suggestions)


def verdict(*reasons: tuple[Outcome, tuple[Finding, ...]], safer: str = "", question: str = "") -> Verdict:
    outcome = max((outcome for outcome, _ in reasons), default=Outcome.ALLOW)
    return Verdict(
        outcome,
        tuple(Reason(f"publish/{o.word}", "Title", "Clause says.", o, (), found) for o, found in reasons),
        Guidance("Next.", safer=safer),
        policy="0" * 64,
        version="0",
        question=question or None,
    )


spans = st.lists(
    st.tuples(st.sampled_from(list(Outcome)), st.integers(0, 30), st.integers(1, 10), st.lists(st.text(max_size=3))),
    max_size=8,
)


@given(text=st.text(min_size=1, max_size=40), places=spans)
def test_pieces_are_the_draft_and_each_mark_stands_on_its_words(
    text: str, places: list[tuple[Outcome, int, int, list[str]]]
) -> None:
    reasons = []
    for outcome, start, length, suggestions in places:
        end = min(len(text), start + length)
        if start < end:
            reasons.append((outcome, (finding(text, start, end, *suggestions),)))
    answer = answer_to_post(text, verdict(*reasons))
    assert "".join(piece.text for piece in answer.pieces) == text
    encoded = text.encode("utf-16-le", "surrogatepass")
    for mark in answer.marks:
        assert encoded[2 * mark.start : 2 * mark.end].decode("utf-16-le", "surrogatepass") == mark.words
    firsts = [piece.mark.number for piece in answer.pieces if piece.mark and piece.first]
    assert len(firsts) == len(set(firsts))


@given(text=st.text(min_size=1, max_size=40), places=spans)
def test_every_suggestion_on_the_page_can_be_pressed(
    text: str, places: list[tuple[Outcome, int, int, list[str]]]
) -> None:
    reasons = [
        (outcome, (finding(text, start, min(len(text), start + length), *suggestions),))
        for outcome, start, length, suggestions in places
        if start < len(text)
    ]
    judged = verdict(*reasons)
    for mark in answer_to_post(text, judged).marks:
        for number, words in enumerate(mark.suggestions, start=1):
            rewritten = with_suggestion(text, judged, f"{mark.number}.{number}")
            assert rewritten is not None
            assert words in rewritten
            assert len(rewritten) == len(text) - len(mark.words) + len(words)


def test_the_strictest_clause_gives_a_mark_its_kind_and_hides_no_reason() -> None:
    text = "last Tuesday"
    mild = finding(text, 0, 12, "recently")
    strict = finding(text, 0, 12, category=Category.SESSION_OR_CASE_DETAIL)
    answer = answer_to_post(text, verdict((Outcome.REVISE, (mild,)), (Outcome.REFER, (strict,))))
    assert [mark.kind for mark in answer.marks] == ["refer"]
    assert answer.marks[0].suggestions == ()


def test_a_page_lists_the_strictest_marks_and_counts_the_others() -> None:
    text = "ab" * 200
    many = tuple(finding(text, 2 * number, 2 * number + 1) for number in range(150))
    strict = finding(text, 399, 400)
    answer = answer_to_post(text, verdict((Outcome.REVISE, many), (Outcome.DECLINE, (strict,))))
    assert len(answer.marks) == MOST_MARKS
    assert answer.marks[-1].kind == "decline"
    assert answer.unlisted == 151 - MOST_MARKS


def test_what_one_mark_has_said_the_next_does_not_repeat() -> None:
    text = "last Tuesday, last Friday"
    answer = answer_to_post(text, verdict((Outcome.REVISE, (finding(text, 0, 12), finding(text, 14, 25)))))
    assert [mark.says for mark in answer.marks] == [("Says.",), ()]


def despair(text: str, *others: tuple[Outcome, tuple[Finding, ...]], kind: HelpKind = HelpKind.DESPAIR) -> str:
    heard = finding(text, 0, 13, category=Category.CRISIS)
    reasons = others or ((Outcome.ALLOW, (heard,)),)
    judged = replace(verdict(*reasons), findings=(heard,), help=help_for(kind, False, Role.OTHER))
    return render_to_string("demur/_post_answer.html", {"answer": answer_to_post(text, judged)})


def test_despair_alone_gets_help_and_gentle_words() -> None:
    page = despair("I can't go on")
    assert page.index('href="tel:988"') < page.index("Nothing here breaks a rule")
    assert 'href="sms:988"' in page
    assert 'href="tel:911"' in page
    assert 'lang="es"' in page
    for cold in ("Clear to post", "upervision", "What is marked", "<svg", "<mark", "Why, and where"):
        assert cold not in page
    assert 'data-said="You first. The post can wait. Call 988."' in page


def test_beside_talk_of_a_client_help_comes_first_and_the_rest_is_folded_away() -> None:
    text = "I can't go on. My client."
    page = despair(text, (Outcome.REFER, (finding(text, 15, 24, category=Category.CLIENT_REFERENCE),)))
    assert page.index('href="tel:988"') < page.index('<details class="when-ready"') < page.index("Take it to supervis")
    assert page.index("Take it to supervis") < page.rindex("</details>")
    assert "About the post, when you are ready" in page
    assert page.count('data-mark="') == 1


def test_what_may_be_a_manner_of_speaking_gets_one_quiet_line() -> None:
    page = despair("I can't go on", kind=HelpKind.OFFER)
    assert page.index("988 is there by call or text") < page.index("Clear to post")
    assert '<section class="help"' not in page
    assert 'data-mark="' not in page


def test_a_held_draft_can_be_brought_to_supervision() -> None:
    held = verdict((Outcome.REFER, (finding("My client", 0, 9, category=Category.CLIENT_REFERENCE),)))
    guided = replace(
        held,
        guidance=Guidance(
            "Next.", supervision="For that.", instead=(Words("Short", "Tea."), Words("En español", "Té."))
        ),
    )
    page = render_to_string("demur/_post_answer.html", {"answer": answer_to_post("My client", guided)})
    assert 'formaction="/supervision/new/"' in page
    assert "For that." in page
    assert "Tea." in page
    assert '<section class="reason" lang="es">' in page
    clear = render_to_string("demur/_post_answer.html", {"answer": answer_to_post("Tea", verdict())})
    assert "supervision" not in clear


def test_the_safer_wording_can_be_used() -> None:
    judged = verdict((Outcome.REVISE, (finding("last Tuesday", 0, 12, "recently"),)), safer="recently")
    page = render_to_string("demur/_post_answer.html", {"answer": answer_to_post("last Tuesday", judged)})
    assert "Use this wording" in page
    assert with_suggestion("last Tuesday", judged, "safer") == "recently"


def test_a_candidate_has_the_strongest_reasons_a_picture_and_every_figure_as_text() -> None:
    comparisons = (
        Comparison("given name", "same", 8.0, "Given name is the same."),
        Comparison("city", "different", -3.0, "The city is another; people move."),
        Comparison("namesakes", "several", 0.0, "About 30 <people> have this name."),
    )
    match = Match(Client("C-1", "Ana", family_name="Example"), Level.POSSIBLE, 5.0, comparisons)
    judged = Verdict(Outcome.ASK, (), Guidance("Next."), "0" * 64, "0", matches=(match,), level=Level.POSSIBLE)
    page = render_to_string("demur/_request_answer.html", {"answer": answer_to_request(judged)})
    assert "Most for it: given name is the same. Most against it: the city is another; people move." in page
    assert page.count('<svg class="waterfall"') == 1
    assert '<span dir="auto">The city is another; people move.</span> <span class="figure">−3.0</span>' in page
    assert 'About 30 &lt;people&gt; have this name.</span> <span class="figure"></span>' in page
    assert '<strong class="figure">+5.0</strong>' in page


@pytest.mark.parametrize(
    ("client", "short"),
    [
        (Client("C-1", "Ana", family_name="Example"), "A. E."),
        (Client("C-2", "Jean-Luc", family_name="de la Roca"), "J. d. l. R."),
        (Client("C-3", preferred_name="(Beto)"), "B."),
        (Client("C-4", "李", family_name="明"), "C-4"),
        (Client("C-5"), "C-5"),
    ],
)
def test_a_whole_name_stands_in_a_closed_fold_alone(client: Client, short: str) -> None:
    match = Match(client, Level.MATCH, 20.0, (Comparison("given name", "same", 8.0, "Given name is the same."),))
    judged = Verdict(Outcome.DECLINE, (), Guidance("Next."), "0" * 64, "0", matches=(match,), level=Level.MATCH)
    page = render_to_string("demur/_request_answer.html", {"answer": answer_to_request(judged)})
    before, _, folded = page.partition('<details class="sheet not-printed">')
    summary, _, inside = folded.partition("</summary>")
    inside, _, after = inside.partition("</details>")
    assert f'Who this may be: <span dir="auto">{short}</span>' in summary
    assert f'<span dir="auto">{client.full_name}</span>, from your caseload' in inside
    if client.full_name:
        assert client.full_name not in before + summary + after


def test_for_a_stranger_there_is_no_fold() -> None:
    judged = Verdict(Outcome.DECLINE, (), Guidance("Next."), "0" * 64, "0")
    assert "Who this may be" not in render_to_string(
        "demur/_request_answer.html", {"answer": answer_to_request(judged)}
    )
