"""The places of tokens lead back to the draft, whatever stands in it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from demur.core.content import Post
from demur.core.people import Role
from demur.screening.reader.tokens import MOST_TOKENS, in_words, tokens_of
from demur.workspace import default_reader


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return default_reader().tokenizer


def pieces(tokenizer: Tokenizer, post: Post) -> list[str]:
    (tokens,) = tokens_of(post, tokenizer)
    return [tokenizer.id_to_token(number) for number in tokens.ids]


def test_role_account_readers_network_and_thread_come_before_the_draft(tokenizer: Tokenizer) -> None:
    post = Post("it was him", role=Role.PROBATION_OFFICER, reply_to="who was it?")
    assert " ".join(pieces(tokenizer, post)) == (
        "[CLS] probation officer , personal account , public , other [SEP] who was it ? [SEP] it was him [SEP]"
    )


def test_emoji_are_read_by_name_and_hashtags_word_by_word() -> None:
    text = "Ugh🙃 #SomePeople"
    words, origin, _ = in_words(text)
    assert words == "ugh upside-down face  #some people"
    assert {text[origin[index]] for index in range(3, 20)} == {"🙃"}
    assert origin[words.index("people")] == text.index("P")


def test_skin_tones_and_hidden_characters_say_nothing() -> None:
    assert in_words("👋🏽")[0] == in_words("👋")[0]
    assert in_words("cli​ent")[0] == "client"


def test_only_the_end_of_a_long_thread_is_read(tokenizer: Tokenizer) -> None:
    post = Post("same", reply_to="first words " + "and so on " * 500 + "the last words")
    read = pieces(tokenizer, post)
    assert "last" in read
    assert "first" not in read
    assert len(read) < 100


def test_a_long_draft_is_read_in_parts_that_leave_nothing_out(tokenizer: Tokenizer) -> None:
    text = "".join(f"Sentence number {number} of a long letter. " for number in range(300))
    parts = list(tokens_of(Post(text), tokenizer))
    assert len(parts) > 5
    assert all(len(part.ids) <= MOST_TOKENS for part in parts)
    covered = {place for part in parts for start, end in part.places for place in range(start, end)}
    assert covered >= {place for place, sign in enumerate(text) if not sign.isspace()}
    assert all(first.places[-1][1] > second.places[0][0] for first, second in pairwise(parts))


def test_a_text_without_sentences_is_read_whole(tokenizer: Tokenizer) -> None:
    text = "lied to me again and " * 2_000
    parts = list(tokens_of(Post(text), tokenizer))
    assert parts[-1].places[-1][1] == len(text.rstrip())
    assert sum(len(part.places) for part in parts) < 2 * 10_000


@given(st.text(max_size=200), st.text(max_size=50))
def test_every_place_lies_in_the_draft(text: str, thread: str) -> None:
    tokenizer = default_reader().tokenizer
    for tokens in tokens_of(Post(text, reply_to=thread), tokenizer):
        assert len(tokens.ids) == tokens.first + len(tokens.places) + 1 == len(tokens.kinds)
        for start, end in tokens.places:
            assert 0 <= start < end <= len(text)
