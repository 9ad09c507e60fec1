"""Requests held against long caseloads: who is left out for speed, and how fast an answer comes."""

from __future__ import annotations

import random
import resource
import sys
import time
from dataclasses import replace
from datetime import date
from unittest.mock import patch

from bench.caseloads import draw
from bench.matching import TODAY
from bench.report import Report, Table, share
from bench.scoring import percentile
from corpus.requests import LabelledRequest, read_caseload_of, read_requests
from demur.caseload import blocking
from demur.caseload.index import CaseloadIndex
from demur.caseload.matcher import match_profile
from demur.caseload.profiles import read_profile
from demur.core.matches import Match
from demur.core.people import Caseload, Client

CASELOAD = "valley"
COMPARED = {1_000: 150, 10_000: 50, 100_000: 240}
"""Clients in all, and how many requests are also answered without blocking, which takes up to seconds each."""
WEIGHED_WHOLE = 10_000
"""Up to so many clients, without blocking means that every client is weighed; above, everybody who shares any key."""
ROUNDS = 3


def measure(report: Report) -> None:
    """The 120 hand-made clients among made-up ones of the same towns, at three sizes."""
    requests = [request for request in read_requests(test=False) if request.caseload == CASELOAD]
    random.Random(41).shuffle(requests)
    table = Table(
        f"Long caseloads: {len(requests)} development requests against their 120 clients among made-up ones",
        ["clients", "blocking recall", "meant client kept", "same answer", "compared", "weighed, median and most",
         "p50 ms", "p95 ms", "max ms", "ready in s", "memory in MiB"],
        "Recall: of the clients who are named when every client is weighed (among 100,000: everybody who shares any"
        " word, sound or spelling), those who are named with blocking. Meant"
        " client kept: the same for the one whom the writer meant. Same answer: the same clients, levels and evidence."
        f" Up to {blocking.FEW_CLIENTS:,} clients one key is enough. One thread; the best of {ROUNDS} rounds. Memory is"
        " what the index adds to the process at its highest. Made-up clients live in the towns of the 120, have"
        " names as often as the public tables say, and a birthday.",
    )  # fmt: skip
    for size, compared in COMPARED.items():
        _size(report, table, size, requests, compared)
    report.show(table)


def _size(report: Report, table: Table, size: int, requests: list[LabelledRequest], compared: int) -> None:
    people = _people(size)
    before, begun = _peak(), time.perf_counter()
    index = CaseloadIndex.build(Caseload(people))
    _answer(index, requests[0])  # what is built when the first request comes counts, too
    ready, memory = time.perf_counter() - begun, _peak() - before
    for request in requests[:30]:
        _answer(index, request)
    rounds = []
    for _ in range(ROUNDS):
        taken = []
        for request in requests:
            began = time.perf_counter()
            _answer(index, request)
            taken.append((time.perf_counter() - began) * 1000)
        rounds.append(taken)
    p50, p95, slowest = (min(percentile(taken, part) for taken in rounds) for part in (0.5, 0.95, 1))

    named = kept = meant = meant_kept = same = 0
    sizes = []
    for request in report.track(requests[:compared], f"Without blocking, {size:,} clients"):
        found = _answer(index, request)
        every = (_answer_weighing_all if size <= WEIGHED_WHOLE else _answer_by_any_key)(index, request)
        same += found == every
        ids, all_ids = ({match.client.client_id for match in one} for one in (found, every))
        named, kept = named + len(all_ids), kept + len(all_ids & ids)
        if request.clients & all_ids:
            meant += 1
            meant_kept += bool(request.clients & ids)
    for request in requests:
        shown = read_profile(request.profile, request.message, TODAY)
        sizes.append(len(blocking.candidates(index, shown)))
    recall = kept / named
    table.add(
        f"{size:,}", share(recall), share(meant_kept / meant), share(same / compared), str(compared),
        f"{sorted(sizes)[len(sizes) // 2]}, {max(sizes)}", f"{p50:.1f}", f"{p95:.1f}", f"{slowest:.1f}",
        f"{ready:.1f}", f"{memory:,.0f}",
    )  # fmt: skip
    report.figures[f"long-caseloads.{size}.recall"] = recall
    report.figures[f"long-caseloads.{size}.meant"] = meant_kept / meant
    report.figures[f"long-caseloads.{size}.p95"] = p95
    report.figures[f"long-caseloads.{size}.ready"] = ready
    report.figures[f"long-caseloads.{size}.memory"] = memory


def _people(size: int) -> tuple[Client, ...]:
    own = read_caseload_of(CASELOAD).clients
    towns = [client.city for client in own if client.city]
    chance = random.Random(size)
    made_up = tuple(
        replace(
            client,
            city=chance.choice(towns),
            date_of_birth=date(chance.randint(1940, 2012), chance.randint(1, 12), chance.randint(1, 28)),
        )
        for client in draw(size - len(own), seed=size)
    )
    return (*own, *made_up)


def _answer(index: CaseloadIndex, request: LabelledRequest) -> tuple[Match, ...]:
    return match_profile(index, request.profile, request.message, TODAY)


def _answer_weighing_all(index: CaseloadIndex, request: LabelledRequest) -> tuple[Match, ...]:
    everybody = set(range(len(index.clients)))
    with patch("demur.caseload.matcher.candidates", lambda _index, _shown: everybody):
        return _answer(index, request)


def _answer_by_any_key(index: CaseloadIndex, request: LabelledRequest) -> tuple[Match, ...]:
    with patch.object(blocking, "FEW_CLIENTS", len(index.clients)):
        return _answer(index, request)


def _peak() -> float:
    """The most memory that this process has had, in MiB."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1024 * 1024 if sys.platform == "darwin" else 1024)
