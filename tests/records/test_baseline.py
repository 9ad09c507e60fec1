"""Baseline and allowlist files: what they remember, that they hold no words, and what they refuse."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demur.core.allowances import MOST_DAYS, Allowance, fingerprint
from demur.core.findings import Category, Confidence, Finding
from demur.records.allowlist_file import read_allowlist, write_allowlist
from demur.records.baseline import Baseline, Decision, Place, Status, around, finding_fingerprint
from demur.records.keyed_file import UnreadableKeyedFile

KEY = b"k" * 32
TODAY = date(2026, 11, 22)
LATER = TODAY + timedelta(days=30)
YEAR = TODAY + timedelta(days=365)
HERE = Place.of(KEY, "posts.jsonl", "17")
ELSEWHERE = Place.of(KEY, "more.jsonl", "17")


def mark(number: int) -> str:
    return fingerprint(KEY, "test", str(number))


def scanned(*numbers: int, held: Baseline | None = None, today: date = TODAY) -> tuple[Baseline, list[Status | None]]:
    baseline = held or Baseline()
    statuses = [baseline.see(mark(number), "a-rule", HERE, today) for number in numbers]
    baseline.finish(today, {HERE.file})
    return reread(baseline), statuses


def reread(baseline: Baseline) -> Baseline:
    return Baseline.read(baseline.written(KEY).encode(), KEY)


def test_a_second_scan_shows_only_what_is_new() -> None:
    first, statuses = scanned(1, 2)
    assert statuses == [Status.NEW, Status.NEW]
    second, statuses = scanned(1, 2, 3, held=first)
    assert statuses == [Status.KNOWN, Status.KNOWN, Status.NEW]
    assert len(second) == 3


def test_the_same_finding_counts_once_in_a_scan() -> None:
    baseline = Baseline()
    assert baseline.see(mark(1), "a-rule", HERE, TODAY) is Status.NEW
    assert baseline.see(mark(1), "a-rule", HERE, TODAY) is None
    assert baseline.tally == {Status.NEW: 1}


def test_what_was_decided_is_remembered() -> None:
    first, _ = scanned(1, 2, 3, 4)
    first.decide(mark(1), Decision.KEEP)
    first.decide(mark(2), Decision.FIX)
    first.accept(mark(3), " our own number ", "M.", YEAR)
    second = reread(first)
    assert [second.see(mark(n), "a-rule", HERE, TODAY) for n in (1, 2, 3, 4)] == [
        Status.KEPT,
        Status.TO_FIX,
        Status.ACCEPTED,
        Status.KNOWN,
    ]
    accepted = second.get(mark(3))
    assert accepted is not None
    assert (accepted.reason, accepted.author, accepted.expires) == ("our own number", "M.", YEAR)


def test_what_is_gone_is_fixed_and_new_when_it_comes_back() -> None:
    first, _ = scanned(1, 2)
    first.decide(mark(1), Decision.FIX)
    second, _ = scanned(2, held=first, today=LATER)
    gone = second.get(mark(1))
    assert gone is not None
    assert (gone.status(LATER), gone.fixed) == (Status.FIXED, LATER)
    third, statuses = scanned(1, 2, held=second, today=LATER)
    assert statuses == [Status.NEW, Status.KNOWN]
    back = third.get(mark(1))
    assert back is not None
    assert (back.fixed, back.decision, back.since) == (None, Decision.OPEN, LATER)


def test_what_comes_back_has_its_decision_again() -> None:
    first, _ = scanned(1, 2, 3)
    first.decide(mark(1), Decision.KEEP)
    first.accept(mark(2), "ours", "M.", YEAR)
    first.accept(mark(3), "ours", "M.", TODAY)
    gone, _ = scanned(held=first)
    assert [known.status(TODAY) for known in gone] == [Status.FIXED] * 3
    back, statuses = scanned(1, 2, 3, held=gone, today=LATER)
    assert statuses == [Status.KEPT, Status.ACCEPTED, Status.NEW]
    accepted = back.get(mark(2))
    assert accepted is not None
    assert (accepted.reason, accepted.author, accepted.expires, accepted.fixed) == ("ours", "M.", YEAR, None)


def test_only_what_was_read_is_fixed() -> None:
    """Its file was read to the end, or its post was read; what stands elsewhere stays as it was."""
    places = [HERE, ELSEWHERE, Place.of(KEY, "posts.jsonl", "18"), Place.of(KEY, "posts.jsonl", "")]
    first = Baseline()
    for number, place in enumerate(places):
        first.see(mark(number), "a-rule", place, TODAY)
    for whole, read, fixed in [
        (set(), [], []),
        ({HERE.file}, [], [0, 2, 3]),
        ({ELSEWHERE.file}, [], [1]),
        (set(), [HERE, places[3]], [0]),
        ({"0" * 16}, [], []),
    ]:
        again = reread(first)
        for place in read:
            again.read_post(place)
        again.finish(TODAY, whole)
        assert [n for n in range(4) if (known := again.get(mark(n))) and known.fixed] == fixed
        assert (again.tally[Status.FIXED], again.unread) == (len(fixed), 4 - len(fixed))


def test_what_was_accepted_is_new_again_when_its_time_is_over() -> None:
    first, _ = scanned(1)
    first.accept(mark(1), "ours", "M.", LATER)
    _, until = scanned(1, held=reread(first), today=LATER)
    _, after = scanned(1, held=reread(first), today=LATER + timedelta(days=1))
    assert (until, after) == ([Status.ACCEPTED], [Status.NEW])


def test_a_scan_that_was_stopped_fixes_nothing() -> None:
    first, _ = scanned(1, 2)
    first.see(mark(3), "a-rule", HERE, TODAY)
    stopped = reread(first)
    assert [known.status(TODAY) for known in stopped] == [Status.KNOWN] * 3


@pytest.mark.parametrize(("reason", "author"), [("", "M."), ("  ", "M."), ("ours", ""), ("x" * 301, "M.")])
def test_nothing_is_accepted_without_a_reason_and_an_author(reason: str, author: str) -> None:
    baseline, _ = scanned(1)
    with pytest.raises(ValueError, match="reason"):
        baseline.accept(mark(1), reason, author, YEAR)


def finding(text: str, words: str, confidence: Confidence = Confidence.POSSIBLE) -> Finding:
    start = text.index(words)
    return Finding(Category.CLIENT_NAME, "a-rule", start, start + len(words), words, confidence, "S.")


def finding_mark(
    text: str,
    words: str,
    sentence: str,
    file: str = "posts.jsonl",
    post_id: str = "17",
    confidence: Confidence = Confidence.POSSIBLE,
    key: bytes = KEY,
) -> str:
    return finding_fingerprint(key, finding(text, words, confidence), around(key, file, post_id, sentence))


def test_a_fingerprint_stays_while_other_sentences_of_the_post_change() -> None:
    before, after = "Rose came by. It rained.", "🎉 It was dry! ROSE came by."
    assert finding_mark(before, "Rose", "Rose came by. ") == finding_mark(after, "ROSE", "ROSE  came by.")


def test_another_file_post_sentence_or_weight_is_another_finding() -> None:
    text = "Rose came by."
    prints = {
        finding_mark(text, "Rose", text),
        finding_mark(text, "Rose", text, file="more.jsonl"),
        finding_mark(text, "Rose", text, post_id="18"),
        finding_mark(text, "Rose", text, post_id=""),
        finding_mark(text, "Rose", "Rose left."),
        finding_mark(text, "Rose", "Rose left.", post_id=""),
        finding_mark(text, "Rose", text, confidence=Confidence.LIKELY),
        finding_mark(text, "Rose", text, key=b"x" * 32),
    }
    assert len(prints) == 8


def test_the_file_holds_no_words_and_always_the_same_order() -> None:
    baseline = Baseline()
    for number in (3, 1, 2):
        baseline.see(mark(number), "a-rule", HERE, TODAY)
    other = Baseline()
    for number in (2, 3, 1):
        other.see(mark(number), "a-rule", HERE, TODAY)
    text = baseline.written(KEY)
    assert text == other.written(KEY) == reread(baseline).written(KEY)
    head, *lines = [json.loads(line) for line in text.splitlines()]
    assert head == {"demur": "baseline", "version": 1, "key": head["key"]}
    assert [set(line) for line in lines] == [{"fingerprint", "rule", "file", "post", "since", "decision"}] * 3


def test_one_decision_changes_one_line() -> None:
    baseline, _ = scanned(*range(20))
    before = baseline.written(KEY).splitlines()
    baseline.accept(mark(7), "ours", "M.", YEAR)
    after = baseline.written(KEY).splitlines()
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


HEAD = Baseline().written(KEY).strip()


def with_row(*before: str, **fields: object) -> bytes:
    row = {"fingerprint": "a" * 64, "rule": "r", "file": "b" * 16, "since": "2026-11-01", "decision": "keep", **fields}
    return "\n".join([HEAD, *before, json.dumps(row)]).encode()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "line 1"),
        (b"[]", "line 1"),
        (b"{}", "not a baseline"),
        (write_allowlist([], KEY).encode(), "not a baseline"),
        (HEAD.replace('"version":1', '"version":2').encode(), "newer Demur"),
        (HEAD.replace('"version":1', '"version":[]').encode(), "newer Demur"),
        (HEAD.encode() + b"\n{", "line 2"),
        (HEAD.encode() + b'\n{"fingerprint":"x"}', "line 2"),
        (HEAD.encode() + b"\n\xff", "line 2"),
        (with_row("", since="2026-13-01"), "line 3"),
        (with_row(decision="mine"), "line 2"),
        (with_row(decision="accepted"), "line 2"),
        (with_row(fingerprint="A" * 64), "line 2"),
        (with_row(rule=7), "line 2"),
        (with_row(file=7), "line 2"),
        (with_row(file="b" * 17), "line 2"),
        (with_row(fixed=None), "line 2"),
    ],
)
def test_a_file_that_is_not_a_baseline_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableKeyedFile, match=says):
        Baseline.read(data, KEY)


def test_another_key_is_said_before_anything_is_read() -> None:
    baseline, _ = scanned(1)
    with pytest.raises(UnreadableKeyedFile, match="another key"):
        Baseline.read(baseline.written(KEY).encode(), b"x" * 32)


@given(st.binary(max_size=200))
def test_nothing_in_a_file_ends_in_another_error(data: bytes) -> None:
    for text in (data, HEAD.encode() + b"\n" + data):
        with contextlib.suppress(UnreadableKeyedFile):
            Baseline.read(text, KEY)


@st.composite
def allowances(draw: st.DrawFn, categories: st.SearchStrategy[Category]) -> Allowance:
    created = draw(st.dates(max_value=date(2990, 1, 1)))
    return Allowance(
        mark(draw(st.integers(0, 10**6))),
        draw(st.sampled_from(["phone-number", "town"])),
        draw(categories),
        draw(st.text(max_size=300)),
        draw(st.text(max_size=50)),
        created,
        created + timedelta(days=draw(st.integers(-10, MOST_DAYS))),
    )


ANY_BUT_NAMES = st.sampled_from([category for category in Category if category is not Category.CLIENT_NAME])


@given(st.lists(allowances(ANY_BUT_NAMES), max_size=5))
def test_an_allowlist_comes_back_as_it_went_in(held: list[Allowance]) -> None:
    reading = read_allowlist(write_allowlist(held, KEY).encode(), KEY)
    assert sorted(reading.allowances, key=repr) == sorted(held, key=repr)
    assert reading.names_left_out == 0


OURS = Allowance("a" * 64, "phone-number", Category.PHONE, "ours", "M.", TODAY, YEAR)


def test_a_file_calls_no_clients_name_fine() -> None:
    name = replace(OURS, fingerprint="b" * 64, rule="caseload-given-name", category=Category.CLIENT_NAME)
    reading = read_allowlist(write_allowlist([OURS, name], KEY).encode(), KEY)
    assert (reading.allowances, reading.names_left_out) == ((OURS,), 1)


def test_an_allowance_that_lasts_longer_than_any_can_is_refused() -> None:
    longest = replace(OURS, expires=TODAY + timedelta(days=MOST_DAYS))
    assert read_allowlist(write_allowlist([longest], KEY).encode(), KEY).allowances == (longest,)
    longer = replace(OURS, expires=TODAY + timedelta(days=MOST_DAYS + 1))
    with pytest.raises(UnreadableKeyedFile, match="line 2"):
        read_allowlist(write_allowlist([longer], KEY).encode(), KEY)
