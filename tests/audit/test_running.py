"""An audit over many processes: the same answer as alone, stopped and gone on with, and a worker that dies."""

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from demur.audit.running import CANNOT_BE_WEIGHED, Step, here, run
from demur.audit.state import State, UnreadableState, dumps, fingerprints_in, has_spots, loads
from demur.audit.weighing import Task
from demur.core.accounts import Audience
from demur.core.exposures import ExposureKind
from demur.core.posted import Place, Posted, Progress, Skipped
from tests.audit.exports import TODAY, Deadly, connected, posted, recipe

TEXTS = ("My daughter's recital tonight {}", "Soup and socks {}", "One of my clients relapsed today {}")


def steps(count: int, passed: int = 0) -> Iterator[Step]:
    for number in range(passed, count):
        yield posted(TEXTS[number % 3].format(number), number)
        if number % 50 == 0:
            yield Progress(number, count)
    yield Skipped(Place("export.zip", "broken.json"), "It is broken off.")
    yield connected("Marisol Quintanilla")
    yield Progress(count, count)


def threads() -> Executor:
    return ThreadPoolExecutor(1)


def fresh() -> State:
    return State("digest", TODAY)


def test_two_processes_find_what_one_finds_and_in_the_same_order() -> None:
    alone = run(recipe(), steps(450), fresh(), threads, 1)
    both = run(recipe(), steps(450), fresh(), here(recipe(), 2), 2)
    assert dumps(alone) == dumps(both)
    assert both.complete
    assert both.partial  # one member could not be read
    assert both.counts["post"] == 450
    assert sum(one.kind is ExposureKind.CHILD for one in both.exposures.values()) == 150
    assert sum(one.kind is ExposureKind.CONNECTION for one in both.exposures.values()) == 1


def test_a_stopped_audit_goes_on_where_it_was_and_ends_the_same() -> None:
    kept: list[str] = []

    def stop(state: State, progress: Progress) -> None:
        kept.append(dumps(state))
        if len(kept) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(recipe(), steps(450), fresh(), threads, 1, stop)
    state = loads(kept[-1])
    assert state.consumed == 200
    assert not state.complete
    gone_on = run(recipe(), steps(450, state.consumed), state, threads, 1)
    whole = run(recipe(), steps(450), fresh(), threads, 1)
    assert dumps(gone_on) == dumps(whole)


def test_reading_is_never_far_ahead_of_weighing() -> None:
    read = 0

    def counted() -> Iterator[Step]:
        nonlocal read
        for step in steps(3000):
            read += 1
            yield step

    ahead = []
    run(recipe(), counted(), fresh(), threads, 1, lambda state, _: ahead.append(read - state.consumed))
    assert max(ahead) < 500


def deadly(number: int) -> Task:
    task = posted("", number)
    assert isinstance(task.item, Posted)
    return replace(task, item=replace(task.item, text=Deadly("x")))


def test_a_worker_that_dies_once_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMUR_TEST_DEADLY", str(tmp_path / "died"))
    tasks = [*(posted(TEXTS[0].format(number), number) for number in range(150)), deadly(150)]
    state = run(recipe(), tasks, fresh(), here(recipe(), 2), 2)
    assert (tmp_path / "died").exists()
    assert state.counts["post"] == 151
    assert len(state.exposures) == 150
    assert not state.partial


def test_an_entry_that_kills_every_worker_is_left_out_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMUR_TEST_DEADLY", "always")
    tasks = [posted(TEXTS[0].format(0), 0), deadly(1), posted(TEXTS[0].format(2), 2)]
    state = run(recipe(), tasks, fresh(), here(recipe(), 2), 2)
    assert state.skipped == [Skipped(Place("export.zip", "posts.json", 1), CANNOT_BE_WEIGHED)]
    assert len(state.exposures) == 2
    assert sum(state.audiences.values()) == 2
    assert state.complete
    assert state.partial


def test_fingerprints_are_read_out_of_a_kept_state_and_never_out_of_words() -> None:
    tricky = posted('My daughter\'s recital "fingerprint":"' + "0" * 32 + '"', 1)
    state = run(recipe(keep_text=True), [tricky, *steps(6)], fresh(), threads, 1)
    assert sorted(fingerprints_in(dumps(state))) == sorted(state.exposures)
    assert not has_spots(dumps(state))
    spot = posted("", 9, coordinates=(40.1, -74.1))
    assert has_spots(dumps(run(recipe(), [spot], fresh(), threads, 1)))


def test_what_is_kept_without_texts_holds_no_word() -> None:
    state = run(recipe(keep_text=True), steps(3), fresh(), threads, 1)
    assert "recital" in dumps(state)
    assert "recital" not in dumps(state.without_texts())


@pytest.mark.parametrize("kept", ["", "{}", "[]", '{"format": 99}', '{"format": 1, "given": "x"}', "null"])
def test_a_state_that_is_none_is_refused_in_plain_words(kept: str) -> None:
    with pytest.raises(UnreadableState, match="Start it anew"):
        loads(kept)


def test_beyond_the_limit_the_urgent_ones_stay_and_all_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("demur.audit.state._MOST_EXPOSURES", 5)
    mild = [posted(f"date night {number}", number, audience=Audience.FRIENDS) for number in range(8)]
    urgent = [posted(TEXTS[2].format(number), number) for number in range(4)]
    state = run(recipe(), [*mild, *urgent], fresh(), threads, 1)
    kinds = [one.kind for one in state.exposures.values()]
    assert kinds.count(ExposureKind.CLIENT) == 4
    assert len(kinds) == 5
    assert state.counts["exposures beyond the limit"] == 7
    assert dumps(loads(dumps(state))) == dumps(state)
