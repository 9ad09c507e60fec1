"""The recognizer of people's names: its arithmetic, its spans, its memory. What it finds is in its rule's examples."""

from __future__ import annotations

from itertools import pairwise, product
from math import exp, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demur.core.content import Post
from demur.core.findings import Confidence
from demur.core.folding import fold
from demur.screening.recognizers import person_name
from demur.screening.recognizers.person_name import EVERYDAY, SCALE, TOKEN, UNKNOWN, Model, Word, find, model
from demur.screening.rule import Hit, load_default_rules
from demur.screening.screen import Screen

WORDS = ["Kevin", "marisol", "O’Neil", "told", "me", "at", "the", "Clinic", "DESHAWN", "de", "la", "Cruz", "J.", "M"]
MARKS = [
    " ",
    " ",
    " ",
    ", ",
    ". ",
    "\n",
    "’s ",
    " @kevin_m ",
    " #KevinMarsh ",
    " 😭",
    " https://example.org/Kevin ",
    "\u200b",
]


def hits(text: str) -> list[Hit]:
    return list(find(fold(text), Post(text)))


def marked(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in hits(text)]


@given(st.lists(st.sampled_from(WORDS + MARKS), max_size=40).map("".join) | st.text(max_size=200))
def test_spans_are_whole_words_in_order_and_apart(text: str) -> None:
    edges = [found.span() for found in TOKEN.finditer(text)]
    starts, ends = {start for start, _ in edges}, {end for _, end in edges}
    last = 0
    for hit in hits(text):
        assert last <= hit.start < hit.end <= len(text)
        assert hit.start in starts
        assert hit.end in ends
        last = hit.end


@given(st.lists(st.sampled_from(WORDS + MARKS), max_size=30).map("".join))
def test_what_was_read_before_changes_nothing(text: str) -> None:
    warm = hits(text)
    forget()
    assert hits(text) == warm


def forget() -> None:
    model().known.clear()
    model().faded.clear()


def test_few_words_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(person_name, "_REMEMBERED", 50)
    forget()
    hits(" ".join(f"Kevin{'abcdefghij'[number % 10]}{'abcdefghij'[number // 10]}" for number in range(100)))
    assert 0 < len(model().known) <= 50
    assert 0 < len(model().faded) <= 50


def test_no_handle_link_or_endless_word_is_remembered() -> None:
    forget()
    hits("@kevin_marsh wrote https://example.org/kevin about #KevinMarsh and " + "K" * 300)
    assert set(model().known) == {"wrote", "about", "and"}


def test_each_word_is_weighed_at_most_once(monkeypatch: pytest.MonkeyPatch) -> None:
    weighed: list[int] = []
    weigh = Model.score

    def counted(self: Model, words: list[Word], place: int, mode: dict[int, int]) -> int:
        weighed.append(place)
        return weigh(self, words, place, mode)

    monkeypatch.setattr(Model, "score", counted)
    hits("Kevin Marsh and Marisol de la Cruz met Deshawn " * 200)
    assert len(weighed) == len(set(weighed)) > 1000


@given(
    st.lists(st.integers(-6 * SCALE, 6 * SCALE), min_size=1, max_size=6),
    st.booleans(),
    st.booleans(),
)
def test_odds_are_those_of_all_readings_together(scores: list[int], opens: bool, closes: bool) -> None:
    trained = model()

    def weight(parts: tuple[bool, ...]) -> float:
        total = exp(sum(score / SCALE for score, part in zip(scores, parts, strict=True) if part))
        row = (*([] if opens else [False]), *parts, *([] if closes else [False]))
        steps = {(False, True): trained.enter, (True, False): trained.leave, (True, True): trained.stay}
        for pair in pairwise(row):
            total *= steps.get(pair, 1.0)
        return total

    readings = {parts: weight(parts) for parts in product((False, True), repeat=len(scores))}
    for place, odds in enumerate(person_name._odds(trained, scores, opens, closes)):
        part = sum(weight for parts, weight in readings.items() if parts[place])
        rest = sum(weight for parts, weight in readings.items() if not parts[place])
        assert isclose(odds, part / rest, rel_tol=1e-6)


def test_extreme_scores_stay_finite() -> None:
    odds = person_name._odds(model(), [10**9, -(10**9), 10**9], False, False)
    assert all(0 <= value < float("inf") for value in odds)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("lunch with María de la Cruz was loud", ["María de la Cruz"]),
        ("dinner at Kevin’s, then home", ["Kevin"]),
        ("so proud of Mari\u0301a", ["Mari\u0301a"]),
        ("so proud of Mar\u200bisol", ["Mar\u200bisol"]),
        ("hey @maria.lopez and @user_22!", []),
        ("𝕜 so Kevin Marsh called, ﬁnally", ["Kevin Marsh"]),
        ("#KevinMarsh #SelfCare #kevinmarsh", ["#KevinMarsh"]),
        ("the crew: #KevinMarsh #MariaLopez", ["#KevinMarsh", "#MariaLopez"]),
        ("@kevinmarsh https://kevinmarsh.example.org www.kevin.example", []),
        ("de la van von", []),
        ("", []),
        ("I", []),
        ("K" * 5000, []),
    ],
)
def test_names_stand_in_the_original_text(text: str, names: list[str]) -> None:
    assert marked(text) == names


def test_the_lexicon_is_sorted_and_whole() -> None:
    lexicon = model().lexicon
    for digests in (lexicon.digests, lexicon.everyday):
        assert all(first < second for first, second in pairwise(digests))
    assert len(lexicon.digests) == len(lexicon.numbers) > 10_000
    assert max(lexicon.numbers) == len(lexicon.records) - 1
    assert lexicon.look_up("kevin") not in (EVERYDAY, UNKNOWN)
    assert lexicon.look_up("although") == EVERYDAY
    assert lexicon.look_up("zzyqx") == UNKNOWN
    assert lexicon.roles[0] == "D"
    assert lexicon.roles[1] == "U"


def test_a_name_is_possible_and_beside_talk_of_a_client_likely() -> None:
    screen = Screen(load_default_rules())

    def confidences(text: str) -> list[Confidence]:
        return [finding.confidence for finding in screen.screen(Post(text)) if finding.rule == "person-name"]

    assert confidences("Lunch with Kevin Marsh was loud.") == [Confidence.POSSIBLE]
    assert confidences("My client finally got her keys. Kevin Marsh drove the truck.") == [Confidence.LIKELY]
