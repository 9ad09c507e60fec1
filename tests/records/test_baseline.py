"""Baseline and allowlist files: what they remember, that they hold no words, and what they refuse."""

from __future__ import annotations

import contextlib
import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demur.core.allowances import Allowance, fingerprint
from demur.core.findings import Category, Confidence, Finding
from demur.records.allowlist_file import read_allowlist, write_allowlist
from demur.records.baseline import Baseline, Decision, Status, finding_fingerprint
from demur.records.keyed_file import UnreadableKeyedFile

KEY = b"k" * 32
TODAY = date(2026, 11, 22)
LATER = TODAY + timedelta(days=30)
YEAR = TODAY + timedelta(days=365)


def mark(number: int) -> str:
    return fingerprint(KEY, "test", str(number))


def scanned(*numbers: int, held: Baseline | None = None, today: date = TODAY) -> tuple[Baseline, list[Status | None]]:
    baseline = held or Baseline()
    statuses = [baseline.see(mark(number), "a-rule", today) for number in numbers]
    baseline.finish(today)
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
    assert baseline.see(mark(1), "a-rule", TODAY) is Status.NEW
    assert baseline.see(mark(1), "a-rule", TODAY) is None
    assert baseline.tally == {Status.NEW: 1}


def test_what_was_decided_is_remembered() -> None:
    first, _ = scanned(1, 2, 3, 4)
    first.decide(mark(1), Decision.KEEP)
    first.decide(mark(2), Decision.FIX)
    first.accept(mark(3), " our own number ", "M.", YEAR)
    second = reread(first)
    assert [second.see(mark(n), "a-rule", TODAY) for n in (1, 2, 3, 4)] == [
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
    first.decide(mark(1), Decision.KEEP)
    second, _ = scanned(2, held=first, today=LATER)
    gone = second.get(mark(1))
    assert gone is not None
    assert (gone.status(LATER), gone.fixed) == (Status.FIXED, LATER)
    third, statuses = scanned(1, 2, held=second, today=LATER)
    assert statuses == [Status.NEW, Status.KNOWN]
    back = third.get(mark(1))
    assert back is not None
    assert (back.fixed, back.decision, back.since) == (None, Decision.OPEN, LATER)


def test_what_was_accepted_is_new_again_when_its_time_is_over() -> None:
    first, _ = scanned(1)
    first.accept(mark(1), "ours", "M.", LATER)
    _, until = scanned(1, held=reread(first), today=LATER)
    _, after = scanned(1, held=reread(first), today=LATER + timedelta(days=1))
    assert (until, after) == ([Status.ACCEPTED], [Status.NEW])


def test_a_scan_that_was_stopped_fixes_nothing() -> None:
    first, _ = scanned(1, 2)
    first.see(mark(3), "a-rule", TODAY)
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


def test_a_fingerprint_stays_while_the_rest_of_the_post_changes() -> None:
    before, after = "Rose came by. It rained.", "🎉 It was dry! ROSE came by."
    assert finding_fingerprint(KEY, finding(before, "Rose"), "17", "Rose came by. ") == finding_fingerprint(
        KEY, finding(after, "ROSE"), "17", "ROSE came by."
    )
    one = finding_fingerprint(KEY, finding(before, "Rose"), "", "Rose came by. ")
    assert one == finding_fingerprint(KEY, finding(after, "ROSE"), "", "ROSE  came by.")


def test_another_post_sentence_or_weight_is_another_finding() -> None:
    text = "Rose came by."
    prints = {
        finding_fingerprint(KEY, finding(text, "Rose"), "17", text),
        finding_fingerprint(KEY, finding(text, "Rose"), "18", text),
        finding_fingerprint(KEY, finding(text, "Rose"), "", text),
        finding_fingerprint(KEY, finding(text, "Rose"), "", "Rose left."),
        finding_fingerprint(KEY, finding(text, "Rose", Confidence.LIKELY), "17", text),
        finding_fingerprint(b"x" * 32, finding(text, "Rose"), "17", text),
    }
    assert len(prints) == 6


def test_the_file_holds_no_words_and_always_the_same_order() -> None:
    baseline = Baseline()
    for number in (3, 1, 2):
        baseline.see(mark(number), "a-rule", TODAY)
    other = Baseline()
    for number in (2, 3, 1):
        other.see(mark(number), "a-rule", TODAY)
    text = baseline.written(KEY)
    assert text == other.written(KEY) == reread(baseline).written(KEY)
    head, *lines = [json.loads(line) for line in text.splitlines()]
    assert head == {"demur": "baseline", "version": 1, "key": head["key"]}
    assert [set(line) for line in lines] == [{"fingerprint", "rule", "since", "decision"}] * 3


def test_one_decision_changes_one_line() -> None:
    baseline, _ = scanned(*range(20))
    before = baseline.written(KEY).splitlines()
    baseline.accept(mark(7), "ours", "M.", YEAR)
    after = baseline.written(KEY).splitlines()
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


HEAD = Baseline().written(KEY).strip()


def with_row(*before: str, **fields: object) -> bytes:
    row = {"fingerprint": "a" * 64, "rule": "r", "since": "2026-11-01", "decision": "keep", **fields}
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


@given(
    st.lists(
        st.builds(
            Allowance,
            st.integers(0, 10**6).map(mark),
            st.sampled_from(["phone-number", "caseload-given-name"]),
            st.sampled_from(Category),
            st.text(max_size=300),
            st.text(max_size=50),
            st.dates(),
            st.dates(),
        ),
        max_size=5,
    )
)
def test_an_allowlist_comes_back_as_it_went_in(allowances: list[Allowance]) -> None:
    assert sorted(read_allowlist(write_allowlist(allowances, KEY).encode(), KEY), key=repr) == sorted(
        allowances, key=repr
    )
