"""A whole audit in a process of its own, from the zip to the report."""

import os
import select
import signal
import threading
from collections import Counter
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

import pytest

from demur.audit.apart import AuditFailed, Job, audit_apart
from demur.audit.report import make_report
from demur.audit.state import State, dumps, loads
from demur.core.exposures import ExposureKind
from demur.core.people import Caseload
from demur.core.posted import Progress
from tests.audit.exports import TODAY, recipe
from tests.audit.files import broken, x_archive


def job(*paths: Path, **more: object) -> Job:
    return replace(Job(recipe(), paths, State("", TODAY), 2), **more)  # type: ignore[arg-type]


def test_from_a_zip_to_a_report(tmp_path: Path) -> None:
    seen: list[tuple[int, Progress]] = []
    state = audit_apart(job(x_archive(tmp_path / "x.zip")), lambda items, progress: seen.append((items, progress)))
    assert state.complete
    assert not state.partial
    assert state.counts["post"] == 30
    assert (state.counts["photos"], state.counts["faces"]) == (1, 1)
    made = make_report(recipe(), state)
    counts = {kind.kind: kind.count for kind in made.kinds}
    assert counts[ExposureKind.CLIENT] == 10
    assert counts[ExposureKind.CHILD] == 10
    assert counts[ExposureKind.FACE] == 1
    assert seen
    assert seen[-1][1].done <= seen[-1][1].total


def test_a_stop_keeps_what_was_found_and_the_rest_follows(tmp_path: Path) -> None:
    path = x_archive(tmp_path / "x.zip", 3000, 0)
    stop = threading.Event()
    stopped = audit_apart(job(path), lambda items, progress: stop.set() if items else None, stop=stop)
    assert not stopped.complete
    assert 0 < stopped.consumed < 3001
    whole = audit_apart(job(path))
    gone_on = audit_apart(job(path, state=stopped))
    assert gone_on.complete
    assert dumps(gone_on) == dumps(whole)


def test_a_stop_before_it_began_is_a_stop_and_no_fault(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    begun = job(x_archive(tmp_path / "x.zip", 3000, 0))
    stopped = audit_apart(begun, stop=stop)
    assert not stopped.complete
    assert stopped.consumed < 3001


def test_another_caseload_begins_anew(tmp_path: Path) -> None:
    path = x_archive(tmp_path / "x.zip", 300, 0)
    half = loads(dumps(audit_apart(job(path))).replace('"complete":true', '"complete":false'))
    half.consumed, half.counts = 100, Counter(post=7)
    assert audit_apart(job(path, state=half)).counts["post"] == 7 + 201
    nobody = replace(recipe(), caseload=Caseload())
    assert audit_apart(job(path, state=half, recipe=nobody)).counts["post"] == 300


def test_a_parent_that_fails_leaves_nobody_behind(tmp_path: Path) -> None:
    children: list[int] = []

    def refuse(items: int, progress: Progress) -> None:
        children.extend(_below(os.getpid()))
        raise RuntimeError("full")

    with pytest.raises(RuntimeError, match="full"):
        audit_apart(job(x_archive(tmp_path / "x.zip", 3000, 0)), refuse)
    assert len(children) >= 3
    _all_end(children)


def test_workers_end_with_the_process_that_reads(tmp_path: Path) -> None:
    children: list[int] = []

    def kill(items: int, progress: Progress) -> None:
        if items and not children:
            children.extend(_below(os.getpid()))
            os.kill(children[0], signal.SIGKILL)

    with pytest.raises(AuditFailed):
        audit_apart(job(x_archive(tmp_path / "x.zip", 3000, 0)), kill)
    assert len(children) >= 3
    _all_end(children)


def _below(parent: int) -> list[int]:
    """All processes below one, itself not among them."""
    found = []
    for task in Path(f"/proc/{parent}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            found += [child, *_below(child)]
    return found


def _all_end(children: list[int]) -> None:
    watched = [os.pidfd_open(child) for child in children if Path(f"/proc/{child}").exists()]
    for descriptor in watched:
        assert select.select([descriptor], [], [], 20)[0], "a process is still there"
        os.close(descriptor)


def test_other_files_begin_anew(tmp_path: Path) -> None:
    first = audit_apart(job(x_archive(tmp_path / "x.zip", 30)))
    other = audit_apart(job(x_archive(tmp_path / "y.zip", 12), state=first))
    assert other.counts["post"] == 12


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing more", b"%PDF-1.7", b"\x00" * 4096])
def test_what_is_no_export_is_said_and_partial(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "something.zip"
    path.write_bytes(content)
    state = audit_apart(job(path))
    assert state.complete
    assert state.skipped
    assert not state.exposures


def test_a_broken_zip_is_said_and_the_other_is_read(tmp_path: Path) -> None:
    state = audit_apart(job(broken(tmp_path / "broken.zip"), x_archive(tmp_path / "x.zip", 6)))
    assert state.counts["post"] == 6
    assert any(skipped.place.part == "broken.zip" for skipped in state.skipped)


def test_a_caseload_goes_to_no_scheduler_that_is_not_private(tmp_path: Path) -> None:
    with pytest.raises(AuditFailed, match="tls://"):
        audit_apart(job(x_archive(tmp_path / "x.zip", 3), scheduler="tcp://127.0.0.1:9"))


def test_a_scheduler_that_is_not_there_is_said(tmp_path: Path) -> None:
    nobody = recipe(caseload=Caseload())
    with pytest.raises(AuditFailed, match="Dask"):
        audit_apart(job(x_archive(tmp_path / "x.zip", 3), recipe=nobody, scheduler="nonsense"))


@pytest.mark.server
def test_the_same_on_dask_with_a_worker_killed_midway(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    from demur.audit.reading import steps
    from demur.audit.running import on_scheduler, run
    from demur.networks.exports.published import Exports

    path = x_archive(tmp_path / "x.zip", 1200, 0)
    alone = audit_apart(job(path))
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        killed: list[int] = []

        def kill(state: State, progress: Progress) -> None:
            if not killed and state.consumed >= 200:
                worker = next(iter(cluster.workers.values()))
                killed.append(worker.pid)
                import os
                import signal

                os.kill(worker.pid, signal.SIGKILL)

        pool, workers = on_scheduler(cluster.scheduler_address)
        made: list[Executor] = []

        def counted() -> Executor:
            made.append(pool())
            return made[-1]

        with Exports((path,), TODAY) as exports:
            state = run(recipe(), steps(exports, recipe(), 0), State(alone.given, TODAY), counted, workers, kill)
        made[-1]._client.close()  # type: ignore[attr-defined]  # or it goes on asking a cluster that is gone
    assert killed
    assert workers == 2
    assert dumps(state) == dumps(alone)
