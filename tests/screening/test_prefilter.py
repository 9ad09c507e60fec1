"""The prefilter may name too many patterns, never too few: every finding is the same with and without it."""

from __future__ import annotations

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from demur.core.content import Post
from demur.core.people import Role
from demur.screening.prefilter import Prefilter
from demur.screening.rule import load_default_rules
from demur.screening.screen import Screen

RULES = load_default_rules()
WITH, WITHOUT = Screen(RULES), Screen(RULES, prefilter=False)
EXAMPLES = [example for rule in RULES for example in (*rule.flags, *rule.passes)]
TEXTS = st.one_of(
    st.text(st.characters(), max_size=80),
    st.lists(st.sampled_from([example.text for example in EXAMPLES]), max_size=3).map(" ".join),
    st.lists(
        st.sampled_from([word for example in EXAMPLES for word in example.text.split()]), min_size=1, max_size=25
    ).map(" ".join),
)


def test_every_example_comes_out_alike() -> None:
    for example in EXAMPLES:
        post = Post(example.text, reply_to=example.reply_to, role=example.role)
        assert WITH.screen(post) == WITHOUT.screen(post), example.text


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from(list(Role)), st.booleans())
def test_any_text_comes_out_alike(text: str, role: Role, reply: bool) -> None:
    post = Post(text, role=role, reply_to="Why?" if reply else None)
    assert WITH.screen(post) == WITHOUT.screen(post)


PATTERNS = ["green tea", r"\btea\b", r"[0-9]{3}-[0-9]{4}", r"[a-c]", r"mil[ck]h?", r"(?:^|x)[0-9]$", ""]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="gren tamilkch0123-x\n\x01é", max_size=30))
def test_what_matches_is_named_and_nothing_else(text: str) -> None:
    found = set(Prefilter(PATTERNS).matching(text.encode()))
    assert found == {index for index, pattern in enumerate(PATTERNS) if re2.search(f"(?m){pattern}", text)}


def test_where_the_search_runs_out_of_memory_every_pattern_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class OutOfMemory:
        def Match(self, _: bytes) -> None:
            return None

    prefilter = Prefilter(PATTERNS)
    monkeypatch.setattr(prefilter, "_filter", OutOfMemory())
    assert list(prefilter.matching(b"soup")) == list(range(len(PATTERNS)))
