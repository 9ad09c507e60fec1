"""Whether the time of an answer tells a colleague's client from a stranger, and whether this would have noticed.

People are drawn from one pool of names and shuffled; one half becomes a colleague's caseload, read and asked in this
very process. Before and after, one's own engine is asked about all of them, in a new order each round. Since chance
alone decided who is a colleague's client, any difference beyond chance would be a leak.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from bench import caseloads
from bench.report import Report, Table
from demur.core.accounts import Account, Network, Profile
from demur.core.content import ConnectionRequest
from demur.core.matches import Level
from demur.core.people import Caseload, Client
from demur.engine import Engine
from demur.reports.contract import dumps, request_verdict
from demur.workspace import build_engine

OWN = 120
CASELOAD = 60
LEAK_SECONDS = 0.0002
PERMUTATIONS = 10_000
TODAY = date(2026, 11, 22)

Ask = Callable[[ConnectionRequest], object]


@dataclass(frozen=True, slots=True)
class Compared:
    """How two groups compare. `slower` is the share of pairs in which the first is the slower one."""

    slower: float
    ranks_p: float
    distance_p: float


def compare(first: Sequence[float], second: Sequence[float], seed: int = 1) -> Compared:
    """Mann and Whitney's U and Kolmogorov and Smirnov's distance, with p-values by permutation."""
    times = np.array([*first, *second])
    count = len(first)
    order = np.argsort(times, kind="stable")
    ranks = np.empty(len(times))
    ranks[order] = np.arange(1, len(times) + 1)
    for value in np.unique(times):  # equal times share their ranks
        same = times == value
        ranks[same] = ranks[same].mean()
    chance = np.random.default_rng(seed)
    middle = count * (len(times) + 1) / 2

    def distance(chosen: np.ndarray) -> float:
        inside = chosen[order]
        steps = np.where(inside, 1 / count, -1 / (len(times) - count)).cumsum()
        return float(np.abs(steps).max())

    real = np.zeros(len(times), dtype=bool)
    real[:count] = True
    real_ranks, real_distance = abs(ranks[real].sum() - middle), distance(real)
    as_far_ranks = as_far_distance = 1
    for _ in range(PERMUTATIONS):
        chosen = chance.permutation(real)
        as_far_ranks += abs(ranks[chosen].sum() - middle) >= real_ranks - 1e-9
        as_far_distance += distance(chosen) >= real_distance - 1e-12
    pairs = count * (len(times) - count)
    return Compared(
        slower=float((ranks[:count].sum() - count * (count + 1) / 2) / pairs),
        ranks_p=as_far_ranks / (PERMUTATIONS + 1),
        distance_p=as_far_distance / (PERMUTATIONS + 1),
    )


def measure(report: Report) -> None:
    table = Table(
        "No oracle: a colleague's client and a stranger, by the time that the answer takes",
        ["what answers", "colleague's, ms", "stranger's, ms", "guessed right", "p, ranks", "p, distance", "questions"],
        "Medians of each person's lower quartile. What is compared is how much longer it takes since the colleague's "
        "list is there. “Guessed right”: of pairs of one of each, in how many the slower is the colleague's client; "
        f"0.5 is a toss of a coin. p: Mann-Whitney and Kolmogorov-Smirnov by {PERMUTATIONS:,} permutations. Leaky rows "
        f"take {LEAK_SECONDS * 1000:g} ms more for the colleague's clients, on purpose, to show what would be noticed.",
    )
    own, theirs, strangers = people(300)
    engine = build_engine(Caseload(own))

    def engine_alone(asked: ConnectionRequest) -> object:
        return dumps(request_verdict(engine.decide(asked, TODAY)))

    first_time(report, table, engine_alone)
    honest_and_leaky(report, table, "engine and JSON", engine_alone, theirs, strangers, rounds=15)
    # In memory where there is such a place: without a disk's whims a smaller leak would show.
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as home:
        from_store = with_store(Path(home), own, engine)
        _, theirs, strangers = people(100, seed=23)
        honest_and_leaky(report, table, "store: counted, noted, sealed", from_store, theirs, strangers, rounds=16)
        sealing(report, table, engine, own, strangers)
    report.show(table)


def first_time(report: Report, table: Table, ask: Ask) -> None:
    """Everybody once: whatever remembers names has met the colleague's clients, and never a stranger.

    A small list at a time, so that nothing that is remembered is pushed out before it is asked for.
    """
    _, theirs, strangers = people(1_500, seed=24)
    for client in people(100, seed=25)[1]:
        ask(question(client))
    first: list[float] = []
    second: list[float] = []
    for start in report.track(range(0, len(theirs), CASELOAD), "first time"):
        part = slice(start, start + CASELOAD)
        meet(theirs[part])
        asked = [question(client) for client in theirs[part]], [question(client) for client in strangers[part]]
        times = in_turns(report, "", ask, *asked, rounds=1, warm_up=0)
        first += times[0]
        second += times[1]
    add(report, table, "engine and JSON, first time", first, second, (first, second), len(first) + len(second))


def people(each: int, seed: int = 22) -> tuple[tuple[Client, ...], list[Client], list[Client]]:
    """One's own clients, a colleague's, and strangers: chance alone tells the latter two apart."""
    own = caseloads.draw(OWN, seed=22)
    listed = {client.full_name for client in own}
    others = [client for client in caseloads.draw(OWN + 2 * each, seed) if client.full_name not in listed][: 2 * each]
    random.Random(seed).shuffle(others)
    return own, others[:each], others[each:]


def meet(theirs: Sequence[Client]) -> None:
    """The colleague's list is read and asked about in this process, so that whatever remembers has met its people."""
    colleague = build_engine(Caseload(tuple(theirs)))
    for client in theirs:
        colleague.decide(question(client), TODAY)


def question(client: Client) -> ConnectionRequest:
    """What somebody of that name would send."""
    handle = f"@{client.given_name}.{client.family_name}".lower()
    return ConnectionRequest(Profile(client.full_name, handle), Account(Network.INSTAGRAM))


def honest_and_leaky(
    report: Report, table: Table, name: str, ask: Ask, theirs: list[Client], strangers: list[Client], rounds: int
) -> None:
    """Everybody is asked about before the colleague's list is there, and after; and again with a leak beside it.

    How long a name takes is thus taken out: more letters or more namesakes are no leak.
    """
    first, second = [question(client) for client in theirs], [question(client) for client in strangers]
    told = set(map(id, first))

    def leaky(asked: ConnectionRequest) -> object:
        answered = ask(asked)
        if id(asked) in told:
            until = time.perf_counter() + LEAK_SECONDS
            while time.perf_counter() < until:
                pass
        return answered

    before = in_turns(report, f"{name}, before", ask, first, second, rounds)
    meet(theirs)
    for label, which in ((name, ask), (f"{name}, leaky on purpose", leaky)):
        after = in_turns(report, label, which, first, second, rounds)
        longer = [[now - then for now, then in zip(*pair, strict=True)] for pair in zip(after, before, strict=True)]
        add(report, table, label, *longer, shown=after, questions=2 * rounds * (len(first) + len(second)))


def sealing(
    report: Report, table: Table, engine: Engine, own: Sequence[Client], strangers: Sequence[Client], rounds: int = 15
) -> None:
    """What comes after the comparison takes as long for one's own client, whose record is a dummy."""
    from demur.server.asking.actions import note_answer

    verdicts = {id(asked): (asked, engine.decide(asked, TODAY)) for asked in map(question, [*own, *strangers])}
    groups: dict[bool, list[ConnectionRequest]] = {True: [], False: []}
    for asked, verdict in verdicts.values():
        groups[verdict.level is Level.MATCH].append(asked)

    def note(asked: ConnectionRequest) -> None:
        note_answer(asked, verdicts[id(asked)][1], TODAY, typed=True)

    each = min(len(groups[True]), len(groups[False]))
    first, second = groups[True][:each], groups[False][:each]
    label = "line and seal alone, own client (first column)"
    times = in_turns(report, label, note, first, second, rounds)
    add(report, table, label, *times, shown=times, questions=2 * rounds * each)


def in_turns(
    report: Report,
    what: str,
    ask: Ask,
    first: list[ConnectionRequest],
    second: list[ConnectionRequest],
    rounds: int,
    warm_up: int = 1,
) -> tuple[list[float], list[float]]:
    """The typical time of each question in ms, everybody asked in a new order each round."""
    chance = random.Random(9)
    every = [*first, *second]
    taken: list[list[float]] = [[] for _ in every]
    gc.disable()
    try:
        for turn in report.track(range(rounds + warm_up), what[:40]) if what else range(rounds + warm_up):
            order = list(range(len(every)))
            chance.shuffle(order)
            for number in order:
                begun = time.perf_counter()
                ask(every[number])
                if turn >= warm_up:
                    taken[number].append(1000 * (time.perf_counter() - begun))
            gc.collect()
    finally:
        gc.enable()
    # The lower quartile: other work on the machine only adds.
    typical = [float(np.quantile(times, 0.25)) for times in taken]
    return typical[: len(first)], typical[len(first) :]


def add(
    report: Report,
    table: Table,
    label: str,
    first: list[float],
    second: list[float],
    shown: tuple[list[float], list[float]],
    questions: int,
) -> None:
    found = compare(first, second)
    table.add(
        label,
        *(f"{float(np.median(times)):.3f}" for times in shown),
        f"{found.slower:.3f}",
        f"{found.ranks_p:.4f}",
        f"{found.distance_p:.4f}",
        f"{questions:,}",
    )
    report.figures[f"oracle.{label}.off"] = abs(found.slower - 0.5)
    report.figures[f"oracle.{label}.p"] = min(found.ranks_p, found.distance_p)


def with_store(home: Path, own: tuple[Client, ...], engine: Engine) -> Ask:
    """What answers from a store of its own with the agency's check on."""
    import keyring
    import keyring.backends.fail

    from demur.records.caseload_csv import CaseloadReading
    from demur.server import local
    from demur.server.officer.keys import new_pair

    keyring.set_keyring(keyring.backends.fail.Keyring())
    local.open_store(home / "home", ask=None)
    from django.conf import settings

    from demur.server.asking import brakes
    from demur.server.asking.actions import answer
    from demur.server.casework.actions import import_caseload

    (home / "officer.pub").write_text(new_pair("for this run alone", 2**14).public_line)
    settings.OFFICER_KEY, settings.OFFICER_DROP = home / "officer.pub", home
    import_caseload(CaseloadReading(own, (), "utf-8"))
    # Lifted for this run: they would end it. They come before anybody is looked for, and are given no answer.
    brakes.QUESTIONS_AN_HOUR = brakes.QUESTIONS_A_DAY = brakes.SPELLINGS_AN_HOUR = sys.maxsize

    def from_store(asked: ConnectionRequest) -> object:
        return dumps(request_verdict(answer(engine, asked, TODAY, typed=True)))

    return from_store
