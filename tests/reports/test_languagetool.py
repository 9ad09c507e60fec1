from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demur.core.findings import Category, Confidence, Finding
from demur.core.verdicts import Contact, Guidance, Help, HelpKind, Outcome, Reason, Verdict
from demur.reports.languagetool import (
    LANGUAGES,
    UnreadableText,
    plain_text,
    read_annotations,
    read_language,
    response,
)

ENGLISH = read_language("en-US")


def finding(text: str, words: str, **changes: Any) -> Finding:
    start = text.index(words)
    known = Finding(
        Category.DATE, "weekday", start, start + len(words), words, Confidence.SURE, f'"{words}" is one day.'
    )
    return replace(known, **changes)


def verdict(*reasons: Reason, question: str | None = None) -> Verdict:
    found = tuple({each: None for reason in reasons for each in reason.findings})
    return Verdict(
        outcome=max((reason.outcome for reason in reasons), default=Outcome.ALLOW),
        reasons=reasons,
        guidance=Guidance(next="Take a breath."),
        policy="digest",
        version="0",
        question=question,
        findings=found,
    )


def reason(outcome: Outcome, *findings: Finding, clause: str = "publish/dates", cites: tuple[str, ...] = ()) -> Reason:
    return Reason(clause, "Leave the day out", "Say it without the day.", outcome, cites, findings)


def answer(judged: Verdict | None, text: str, starts: tuple[int, ...] = (0,)) -> dict[str, Any]:
    return response(judged, plain_text(text), ENGLISH, starts)


def in_units(text: str, offset: int, length: int) -> str:
    return text.encode("utf-16-le", "surrogatepass")[2 * offset : 2 * (offset + length)].decode(
        "utf-16-le", "surrogatepass"
    )


def test_a_match_has_every_field_that_some_client_insists_on() -> None:
    text = "Dentist last Tuesday. Fun!"
    held = finding(text, "last Tuesday", suggestions=("recently",))
    result = answer(verdict(reason(Outcome.REVISE, held, cites=("NASW-1.07r",))), text, (0, 22))
    assert set(result) == {
        "software",
        "warnings",
        "language",
        "matches",
        "sentenceRanges",
        "extendedSentenceRanges",
    }
    assert result["software"]["apiVersion"] == 1
    assert {"name", "version", "buildDate", "premium", "status"} <= set(result["software"])
    assert result["warnings"] == {"incompleteResults": False}
    assert set(result["language"]) == {"name", "code", "detectedLanguage"}
    assert set(result["language"]["detectedLanguage"]) == {"name", "code", "confidence", "source"}
    [match] = result["matches"]
    assert match["message"] == '"last Tuesday" is one day. Change this first.'
    assert match["shortMessage"] == "Leave the day out"
    assert match["replacements"] == [{"value": "recently"}]
    assert (match["offset"], match["length"]) == (8, 12)
    assert match["context"] == {"text": text, "offset": 8, "length": 12}
    assert match["sentence"] == "Dentist last Tuesday."
    assert match["type"] == {"typeName": "Hint"}
    assert match["rule"]["category"].keys() == {"id", "name"}
    assert match["rule"]["urls"][0]["value"].startswith("https://")
    assert {"id", "subId", "description", "issueType"} <= set(match["rule"])
    assert match["ignoreForIncompleteSentence"] is False
    assert isinstance(match["contextForSureMatch"], int)
    assert result["sentenceRanges"] == [[0, 21], [22, 26]]
    assert [(each["from"], each["to"]) for each in result["extendedSentenceRanges"]] == [(0, 21), (22, 26)]


def test_replacements_are_there_even_when_there_is_none() -> None:
    text = "Marcus came in."
    [match] = answer(verdict(reason(Outcome.DECLINE, finding(text, "Marcus"))), text)["matches"]
    assert match["replacements"] == []


def test_what_stands_behind_no_stricter_reason_is_no_match() -> None:
    text = "Off on Friday"
    assert answer(verdict(reason(Outcome.ALLOW, finding(text, "Friday"))), text)["matches"] == []


def test_a_photo_question_marks_nothing() -> None:
    assert answer(verdict(reason(Outcome.ASK), question="Is a client in the picture?"), "Sunset")["matches"] == []


def test_without_a_verdict_there_are_sentences_but_no_matches() -> None:
    result = answer(None, "One. Two.", (0, 5))
    assert result["matches"] == []
    assert result["sentenceRanges"] == [[0, 4], [5, 9]]


def test_a_finding_behind_two_reasons_is_one_match_with_the_stricter_one() -> None:
    text = "Marcus came in."
    held = finding(text, "Marcus")
    mild = reason(Outcome.REVISE, held)
    strict = replace(reason(Outcome.DECLINE, held), title="No client's name")
    [match] = answer(verdict(mild, strict), text)["matches"]
    assert match["shortMessage"] == "No client's name"
    assert match["type"] == {"typeName": "Other"}


def test_a_question_is_the_next_step_where_one_is_asked() -> None:
    text = "Some parents!"
    held = finding(text, "Some parents", category=Category.INDIRECT_CLIENT_REFERENCE, confidence=Confidence.POSSIBLE)
    [match] = answer(verdict(reason(Outcome.ASK, held), question="Is anyone in it a client?"), text)["matches"]
    assert match["message"].endswith("Is anyone in it a client?")


HELP = Help(
    HelpKind.DESPAIR,
    "en",
    "You first.",
    "Not alone.",
    (Contact("Call 988", "tel:988"), Contact("Chat", "https://988lifeline.org/")),
    "En español: 988.",
)


def test_help_is_the_first_match_wherever_it_stands() -> None:
    text = "On Friday 🎉 I can't go on."
    day = finding(text, "Friday")
    despair = finding(text, "can't go on", category=Category.CRISIS, rule="despair")
    allowed, held = reason(Outcome.ALLOW, despair), reason(Outcome.REVISE, day)
    judged = replace(verdict(held, allowed), help=HELP)
    first, second = answer(judged, text)["matches"]
    assert first["message"] == "You first. Call 988. Chat. Not alone."
    assert in_units(text, first["offset"], first["length"]) == "can't go on"
    assert first["rule"]["urls"] == [{"value": "https://988lifeline.org/"}]
    assert first["replacements"] == []
    assert first.keys() == second.keys()
    assert first["rule"].keys() == second["rule"].keys()
    assert in_units(text, second["offset"], second["length"]) == "Friday"


def test_help_needs_no_clause_and_an_offer_is_one_line() -> None:
    text = "I can't go on."
    despair = finding(text, "can't go on", category=Category.CRISIS)
    quiet = replace(HELP, kind=HelpKind.OFFER, title="")
    [match] = answer(replace(verdict(), findings=(despair,), help=quiet), text)["matches"]
    assert match["message"] == "Not alone."
    assert match["shortMessage"]
    # An agency's own clause may hold it; it is marked once, and that mark helps.
    [match] = answer(replace(verdict(reason(Outcome.DECLINE, despair)), help=HELP), text)["matches"]
    assert match["message"].startswith("You first.")


def test_nothing_that_an_addon_may_keep_tells_a_client() -> None:
    text = "Marcus came in on Friday."
    name = finding(
        text, "Marcus", category=Category.CLIENT_NAME, rule="client-name", suggestions=("somebody", "MÁRCUS B.")
    )
    day = finding(text, "Friday", suggestions=("one day", "Marcus's day"))
    plain = finding(text, "Marcus", category=Category.NAME, rule="name")
    result = answer(verdict(reason(Outcome.DECLINE, name, day)), text)
    first, second = result["matches"]
    assert first["replacements"] == [{"value": "somebody"}]
    assert second["replacements"] == [{"value": "one day"}]
    for match in result["matches"]:
        assert match["rule"]["issueType"] != "misspelling"
        assert match["type"]["typeName"] != "UnknownWord"
        assert "client" not in json.dumps(match["rule"]).lower()
        assert "marcus" not in json.dumps(match["rule"]).lower()
    [unlisted] = answer(verdict(reason(Outcome.REVISE, plain)), text)["matches"]
    assert unlisted["rule"]["id"] == first["rule"]["id"]


def test_offsets_count_utf16_units() -> None:
    text = "😀😀 Marcus 😀"
    [match] = answer(verdict(reason(Outcome.DECLINE, finding(text, "Marcus"))), text)["matches"]
    assert (match["offset"], match["length"]) == (5, 6)
    assert match["context"] == {"text": "... Marcus 😀", "offset": 4, "length": 6}


@given(st.text(max_size=80), st.text(min_size=1, max_size=20), st.text(max_size=80))
def test_offset_and_context_find_the_marked_words(before: str, words: str, after: str) -> None:
    text = before + words + after
    start = len(before)
    held = Finding(Category.NAME, "name", start, start + len(words), words, Confidence.SURE, "Somebody.")
    [match] = answer(verdict(reason(Outcome.DECLINE, held)), text)["matches"]
    assert in_units(text, match["offset"], match["length"]) == words
    context = match["context"]
    shown = in_units(context["text"], context["offset"], context["length"])
    assert shown == words.replace("\n", " ").replace("\r", " ").replace("\t", " ")


def test_an_answer_does_not_grow_with_the_square_of_an_unpunctuated_text() -> None:
    text = "friday " * 2000
    held = tuple(
        Finding(Category.DATE, "weekday", start, start + 6, "friday", Confidence.SURE, "One day.")
        for start in range(0, len(text), 7)
    )
    result = json.dumps(answer(verdict(reason(Outcome.REVISE, *held)), text))
    assert len(result) < 2000 * len(text)


def test_annotations_give_offsets_that_include_the_markup() -> None:
    data = {
        "annotation": [
            {"text": "😀 A "},
            {"markup": "<b>"},
            {"text": "Mar"},
            {"markup": "</b><i>"},
            {"text": "cus"},
            {"markup": "</i><p>", "interpretAs": "\n\n"},
            {"text": "Bye."},
        ]
    }
    text = read_annotations(json.dumps(data))
    assert text.text == "😀 A Marcus\n\nBye."
    assert text.original == "😀 A <b>Mar</b><i>cus</i><p>Bye."
    held = finding(text.text, "Marcus")
    result = response(verdict(reason(Outcome.DECLINE, held)), text, ENGLISH, (0, 12))
    [match] = result["matches"]
    assert in_units(text.original, match["offset"], match["length"]) == "Mar</b><i>cus"
    assert result["sentenceRanges"][1] == [len(text.original) - 4 + 1, len(text.original) + 1]


def test_a_match_over_markup_that_means_something_takes_all_of_it() -> None:
    text = read_annotations({"annotation": [{"text": "a"}, {"markup": "<br/>", "interpretAs": "\n"}, {"text": "b"}]})
    assert text.span(1, 2) == (1, 6)
    assert text.span(0, 3) == (0, 7)
    assert text.span(2, 3) == (6, 7)


pieces = st.lists(
    st.one_of(
        st.builds(lambda text: {"text": text}, st.text(max_size=6)),
        st.builds(lambda markup: {"markup": markup}, st.text(max_size=6)),
        st.builds(
            lambda markup, meant: {"markup": markup, "interpretAs": meant}, st.text(max_size=6), st.text(max_size=3)
        ),
    )
)


@given(pieces)
def test_every_character_that_is_read_as_text_is_found_again(annotations: list[dict[str, str]]) -> None:
    text = read_annotations({"annotation": annotations})
    assert text.original == "".join(each.get("text", each.get("markup", "")) for each in annotations)
    position = 0
    for each in annotations:
        shown = each.get("text", each.get("interpretAs", ""))
        for character in shown:
            start, end = text.span(position, position + 1)
            assert text.original[start:end] == (character if "text" in each else each["markup"])
            position += 1
    assert position == len(text.text)


def test_data_may_hold_text_alone() -> None:
    assert read_annotations('{"text": "Hi"}') == plain_text("Hi")


@pytest.mark.parametrize(
    "data",
    [
        "{",
        "[" * 100_000,
        "[]",
        "{}",
        '{"annotation": "Marcus"}',
        '{"text": "Marcus", "annotation": []}',
        '{"annotation": ["Marcus"]}',
        '{"annotation": [{"text": "Marcus", "markup": "Marcus"}]}',
        '{"annotation": [{"interpretAs": "Marcus"}]}',
        '{"annotation": [{"text": 7}]}',
        '{"annotation": [{"markup": "Marcus", "interpretAs": 7}]}',
    ],
)
def test_unreadable_data_is_refused_without_repeating_it(data: str) -> None:
    with pytest.raises(UnreadableText) as refused:
        read_annotations(data)
    assert "Marcus" not in str(refused.value)


def test_languages_are_read_as_clients_write_them() -> None:
    assert read_language("auto").long_code == "en-US"
    assert read_language("EN_gb").long_code == "en-GB"
    assert read_language("es").name == "Spanish"
    assert read_language("pt-BR").listed() == {"name": "pt-BR", "code": "pt", "longCode": "pt-BR"}
    assert {"en", "en-US", "en-GB", "es", "es-ES"} <= {language.long_code for language in LANGUAGES}


@pytest.mark.parametrize("code", ["", "english please", "e", "<script>", "en-" + "x" * 50])
def test_what_is_no_language_code_is_refused(code: str) -> None:
    with pytest.raises(UnreadableText):
        read_language(code)
