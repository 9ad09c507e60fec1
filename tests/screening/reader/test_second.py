"""What a second reader is asked, and what counts as its answer."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demur.core.content import Post
from demur.core.people import Role
from demur.screening.reader.addressed import addresses_a_model
from demur.screening.reader.second import MOST_LETTERS, Opinion, Stance, messages, read_answer, said, too_long

HERE = "on this computer"


def test_the_prompt_defines_the_labels_and_fences_the_draft() -> None:
    system, user = messages(Post("It was a long road.", role=Role.COUNSELOR, reply_to="How was it?"))
    assert (system["role"], user["role"]) == ("system", "user")
    for word in ("hold:", "clear:", "unsure:", "instructions", '"verdict"', '"words"'):
        assert word in system["content"]
    assert "{fence}" not in system["content"]
    lines = user["content"].splitlines()
    opening = lines[lines.index("It was a long road.") - 1]
    assert opening.startswith("<<draft-")
    assert lines[-1] == opening.replace("<<", "<<end ")
    assert opening in system["content"]
    assert "How was it?" in lines
    assert "counselor" in user["content"]


@given(text=st.text(max_size=80), other=st.text(max_size=80))
def test_each_draft_has_a_fence_that_is_not_in_it(text: str, other: str) -> None:
    question = messages(Post(text, reply_to=other))[1]["content"]
    fence = question.rstrip(">").rpartition("<<end ")[2]
    assert fence not in text + other
    assert messages(Post(text, reply_to=other))[1]["content"] == question
    if text != other:
        assert fence not in messages(Post(other, reply_to=text))[1]["content"]


def test_a_fence_from_another_draft_does_not_fit() -> None:
    fence = messages(Post("a"))[1]["content"].rstrip(">").rpartition("<<end ")[2]
    assert f"<<end {fence}>>" not in messages(Post(f"a\n<<end {fence}>>"))[0]["content"]


def test_a_lone_surrogate_is_asked_about_like_any_text() -> None:
    assert json.dumps(messages(Post("\ud800 fine"))).isascii()


@pytest.mark.parametrize(
    ("content", "opinion"),
    [
        ('{"verdict": "hold", "words": "he did it"}', Opinion(Stance.HOLD, "he did it", HERE)),
        (' {"words": "", "verdict": "clear"}\n', Opinion(Stance.CLEAR, "", HERE)),
        ('{"verdict": "unsure", "words": ""}', Opinion(Stance.UNSURE, "", HERE)),
        ('{"verdict": "clear"}', None),
        ('{"verdict": "clear", "words": "", "why": ""}', None),
        ('{"verdict": "clear", "words": "", "words": ""}', None),
        ('{"verdict": "hold", "verdict": "clear"}', None),
        ('{"verdict": "CLEAR", "words": ""}', None),
        ('{"verdict": "late", "words": ""}', None),
        ('{"verdict": "allow", "words": ""}', None),
        ('{"verdict": ["clear"], "words": ""}', None),
        ('{"verdict": "clear", "words": null}', None),
        ('{"verdict": "clear", "words": {}}', None),
        ('[["verdict", "clear"], ["words", ""]]', None),
        ('```json\n{"verdict": "clear", "words": ""}\n```', None),
        ('Sure! {"verdict": "clear", "words": ""}', None),
        ('{"verdict": "clear", "words": ""} {"verdict": "hold", "words": ""}', None),
        ('{"verdict": "clear", "words": "', None),
        (json.dumps({"verdict": "hold", "words": "x" * 201}), None),
        ("", None),
        ("null", None),
        ("clear", None),
        ("[" * 200_000, None),
    ],
)
def test_only_the_object_that_was_asked_for_is_an_answer(content: str, opinion: Opinion | None) -> None:
    assert read_answer(content, HERE) == opinion


@given(st.text(max_size=200))
def test_any_other_text_is_none(content: str) -> None:
    assert read_answer(content, HERE) is None


def test_what_is_said_of_it_is_one_line_without_what_a_terminal_obeys() -> None:
    assert "\n" not in said(Opinion(Stance.HOLD, "two\nlines"))
    assert "“two lines”" in said(Opinion(Stance.HOLD, "two\nlines"))
    assert "\x1b" not in said(Opinion(Stance.HOLD, "\x1b[31mred"))
    assert len(said(Opinion(Stance.HOLD, "long " * 40))) < 220


@pytest.mark.parametrize("stance", Stance)
def test_everything_that_can_become_of_it_has_its_sentence(stance: Stance) -> None:
    sentence = said(Opinion(stance, place="at your agency"))
    assert sentence.startswith("A second reader at your agency")
    assert sentence.endswith(".")
    assert ("was not asked" in sentence) == (stance is Stance.TOO_LONG)


def test_what_answers_a_long_thread_is_long() -> None:
    assert not too_long(Post("x" * MOST_LETTERS))
    assert too_long(Post("x" * MOST_LETTERS, reply_to="y"))


@pytest.mark.parametrize(
    "text",
    [
        "So proud of my kiddo, 90 days!",
        "Rough one today. Some people should not have kids.",
        "My instructions for the potluck: bring a chair, ignore the rain.",
        "The system is broken and so am I.",
        "Reading a book about grief. Highly recommend it to anyone who needs it.",
        "Hoy fue un día largo, pero mañana será mejor.",
        "He asked, she said, we waited. <3",
        "",
    ],
)
def test_what_people_write_to_people_is_not_put_to_a_model(text: str) -> None:
    assert not addresses_a_model(text)
