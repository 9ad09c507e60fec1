"""Posts a second and latency, warm, in one thread, Demur and its peers in turns over the same texts."""

from __future__ import annotations

from bench import caseloads
from bench.datasets import TWEETS, cut, tweets
from bench.report import Report, Table
from bench.systems import System, demur, demur_verdict, installed, presidio, scrubadub
from bench.timing import in_turns

ROUNDS = 4
DRAFTS = 600
DRAFT_LENGTH = 200
SLOW = "scrubadub, 5,000 names"
"""Looks for one name after the other, so it gets few of the texts."""
_EVERY = {SLOW: 60}

BESIDE = "Demur, no clients"


def systems() -> list[System]:
    """Demur with lists of three lengths, its whole answer, and the peers without and with the longest list."""
    few, many = caseloads.draw(120), caseloads.draw(5_000)
    names = [client.full_name for client in many]
    found = [
        demur((), BESIDE),
        demur(few, "Demur, 120 clients"),
        demur(many, "Demur, 5,000 clients"),
        demur_verdict(few, "Demur, 120 clients, whole verdict"),
    ]
    if installed("presidio-analyzer"):
        found += [presidio((), "Presidio"), presidio(names, "Presidio, 5,000 names")]
    if installed("scrubadub"):
        found += [scrubadub((), "scrubadub"), scrubadub(names, SLOW)]
    return found


def measure(report: Report) -> None:
    path = report.file(*TWEETS)
    if path is None:
        return
    lines = tweets(path)
    chosen = systems()

    rounds = [lines[number::ROUNDS] for number in range(ROUNDS)]
    timed = in_turns(report, chosen, rounds, "Posts a second", _EVERY)
    table = Table(
        f"Throughput, {len(lines):,} tweets of {sum(map(len, lines)) / len(lines):.0f} characters on average",
        ["system", "posts/s", f"beside “{BESIDE}”"],
        f"Fastest of {ROUNDS} rounds over different tweets, all systems in turns, warm, one thread. The whole verdict"
        " is policy, reasons and safer wording as well, which no peer has.",
    )
    for name, one in timed.items():
        table.add(name, f"{one.per_second:,.0f}", f"{one.per_second / timed[BESIDE].per_second:.3f} ×")
        report.figures[f"speed.{name}.posts"] = one.per_second
    report.show(table)

    drafts = cut(lines, DRAFT_LENGTH, DRAFTS * ROUNDS)
    rounds = [drafts[number::ROUNDS] for number in range(ROUNDS)]
    timed = in_turns(report, chosen, rounds, "Latency", _EVERY)
    table = Table(
        f"Latency, {len(drafts)} texts of {DRAFT_LENGTH} characters (tweets run together and cut), milliseconds",
        ["system", "p50", "p95", "max", "slowest of all calls", f"p95 beside “{BESIDE}”"],
        f"{ROUNDS} rounds of different texts, systems in turns; p50, p95 and max in the round where they are lowest."
        " The slowest of all calls holds whatever else the machine did.",
    )
    for name, one in timed.items():
        cells = [f"{value:.3f}" for value in (one.at(0.5), one.at(0.95), one.at(1), one.slowest)]
        table.add(name, *cells, f"{one.at(0.95) / timed[BESIDE].at(0.95):.2f} ×")
        report.figures[f"latency.{name}.p95"] = one.at(0.95)
    report.show(table)
