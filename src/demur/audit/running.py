"""Runs an audit: reads items, has them weighed in lots by an executor, and keeps what is found in order.

Any `concurrent.futures.Executor` will do: one process a core here, or Dask's `Client.get_executor()` on many machines.
Only a few lots are under way at a time, so memory doesn't grow with the export.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from io import BytesIO

from demur.audit.recipe import Recipe
from demur.audit.state import State
from demur.audit.weighing import Task, Weighed, weigh
from demur.core.accounts import Network
from demur.core.posted import Connected, Place, Posted, PostedKind, Progress, Skipped, TieKind

LOT = 100
"""Items that are weighed together: about half a second of work."""
LOT_BYTES = 2_000_000
"""Bytes of photos in a lot, at most one photo more."""
_AHEAD = 2
"""Lots under way for each worker."""
_TRIES = 3
_MOST_SKIPPED = 500

_FIRST = [
    Task(
        Posted(
            Network.OTHER,
            PostedKind.POST,
            "One of my clients, Maria Lopez, called from 555-0142 in Riverton. My daughter's recital is at 6.",
            Place("", ""),
        )
    ),
    Task(Connected(Network.OTHER, TieKind.FRIEND, Place("", ""), name="Maria Lopez", handle="maria.lopez84")),
]

CANNOT_BE_WEIGHED = "Something in this entry stops Demur each time, so it was left out."

Step = Task | Skipped | Progress
"""What a reader gives: an item with its photos, a part that can't be read, or how far it has come."""
Pool = Callable[[], Executor]
"""Makes an executor. It is called again where a worker died and took the pool with it."""


@dataclass(slots=True)
class _Lot:
    tasks: list[Task]
    skipped: list[Skipped]
    progress: Progress | None
    tries: int = 0


def run(
    recipe: Recipe,
    steps: Iterable[Step],
    state: State,
    pool: Pool,
    workers: int,
    report: Callable[[State, Progress], None] = lambda state, progress: None,
) -> State:
    """Weighs the steps, which begin after the `state.consumed` items that were weighed before a stop, in their order.

    `report` is called after each lot, with a state that can be kept as it is; it stops the audit by raising.
    """
    lots = _lots(steps)
    waiting: deque[tuple[_Lot, Future[Weighed]]] = deque()
    executor = pool()
    try:
        for lot in lots:
            waiting.append((lot, executor.submit(weigh, recipe, lot.tasks)))
            if len(waiting) >= workers * _AHEAD:
                executor = _settle(recipe, waiting, state, executor, pool, report)
        while waiting:
            executor = _settle(recipe, waiting, state, executor, pool, report)
        state.complete = True
    finally:
        for _, future in waiting:
            future.cancel()
        executor.shutdown(wait=True)
    return state


def _lots(steps: Iterable[Step]) -> Iterator[_Lot]:
    lot = _Lot([], [], None)
    size = 0
    for step in steps:
        if isinstance(step, Progress):
            lot.progress = step
            continue
        if isinstance(step, Skipped):
            lot.skipped.append(step)
            continue
        lot.tasks.append(step)
        size += sum(map(len, step.photos))
        if len(lot.tasks) >= LOT or size >= LOT_BYTES:
            yield lot
            lot, size = _Lot([], [], lot.progress), 0
    if lot.tasks or lot.skipped or lot.progress:
        yield lot


def _settle(
    recipe: Recipe,
    waiting: deque[tuple[_Lot, Future[Weighed]]],
    state: State,
    executor: Executor,
    pool: Pool,
    report: Callable[[State, Progress], None],
) -> Executor:
    """Takes in the oldest lot. Where a worker died, everything under way is asked again of a new pool."""
    lot, future = waiting[0]
    try:
        weighed = future.result()
    except Exception as error:
        if not _worker_died(error):
            raise
        lot.tries += 1
        executor.shutdown(wait=False)
        executor = pool()
        lots = [one for one, _ in waiting]
        waiting.clear()
        if lot.tries >= _TRIES:
            weighed = _one_by_one(recipe, lot, state, pool)
            _take(lot, weighed, state, report)
            lots = lots[1:]
        waiting.extend((one, executor.submit(weigh, recipe, one.tasks)) for one in lots)
        return executor
    waiting.popleft()
    _take(lot, weighed, state, report)
    return executor


def _take(lot: _Lot, weighed: Weighed, state: State, report: Callable[[State, Progress], None]) -> None:
    state.take(weighed, len(lot.tasks))
    for skipped in lot.skipped:
        # Whoever goes on after a stop hears again what could not be read.
        if len(state.skipped) < _MOST_SKIPPED and skipped not in state.skipped:
            state.skipped.append(skipped)
    report(state, lot.progress or Progress())


def _one_by_one(recipe: Recipe, lot: _Lot, state: State, pool: Pool) -> Weighed:
    """A lot that stops each worker: its items alone, so that only those are left out that do it."""
    together = Weighed()
    for task in lot.tasks:
        executor = pool()
        try:
            weighed = executor.submit(weigh, recipe, [task]).result()
        except Exception as error:
            if not _worker_died(error):
                raise
            state.skipped.append(Skipped(task.item.place, CANNOT_BE_WEIGHED))
            continue
        finally:
            executor.shutdown(wait=False)
        together.exposures += weighed.exposures
        together.spots += weighed.spots
        together.settings += weighed.settings
        together.profiles += weighed.profiles
        together.shown += weighed.shown
        for what, count in weighed.counts.items():
            together.count(what, count)
    return together


def _worker_died(error: Exception) -> bool:
    # Dask's own word for it, told by name: Dask is not needed where nobody uses it.
    return isinstance(error, BrokenProcessPool) or type(error).__name__ == "KilledWorker"


def here(recipe: Recipe, workers: int) -> Pool:
    """A pool of processes on this computer. The engine is made once, before they part, and shared."""
    # What the first post loads is loaded here, so that it is there once and not in each process.
    weigh(recipe, _FIRST)
    if recipe.look_at_photos:
        from PIL import Image

        from demur.photos.looking import look_at

        # OpenCV and its detectors are large, too; looking at something so small starts no thread.
        Image.new("RGB", (32, 32)).save(blank := BytesIO(), "JPEG")
        look_at(blank.getvalue())
    gc.collect()
    gc.freeze()
    context = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")

    def pool() -> Executor:
        return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin_as_worker)

    return pool


def _begin_as_worker() -> None:
    """Ends with the process that started it, however that ended, and leaves Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # it came over with the fork, and kept a pool from ending its workers
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)  # nobody is left who would take what it weighs


def on_scheduler(address: str) -> tuple[Pool, int]:
    """A pool of the workers of a Dask scheduler, and how many they are. Raises OSError where nothing answers there.

    Dask gives what a lost worker had under way to another one by itself.
    """
    from distributed import Client  # only agencies with a cluster have it

    client = Client(address, timeout="10s", set_as_default=False)
    workers = sum(client.nthreads().values())
    return (lambda: client.get_executor(pure=False)), max(1, workers)
