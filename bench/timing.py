"""Times systems in turns, so that whatever else the machine does hits all of them alike."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.report import Report
from bench.scoring import percentile
from bench.systems import System


@dataclass(slots=True)
class Timed:
    """Milliseconds of every call, round by round. The best round is quoted: other work on the machine only adds."""

    rounds: list[list[float]] = field(default_factory=list)

    def at(self, share: float) -> float:
        """The percentile in the round where it is lowest."""
        return min(percentile(taken, share) for taken in self.rounds)

    @property
    def slowest(self) -> float:
        return max(map(max, self.rounds))

    @property
    def per_second(self) -> float:
        return max(1000 * len(taken) / sum(taken) for taken in self.rounds)


def in_turns(
    report: Report, systems: Sequence[System], rounds: Sequence[Sequence[str]], what: str, every: dict[str, int]
) -> dict[str, Timed]:
    """Every system over the texts of each round, one system after the other.

    The rounds hold different texts, so that nothing can be remembered from the round before. A system that is named in
    `every` gets every n-th text only. The first texts of the first round warm everything up.
    """
    timed = {system.name: Timed() for system in systems}
    for system in systems:
        for text in rounds[0][: 100 // every.get(system.name, 1) + 1]:
            system.run(text)
    for system, texts in report.track([(system, texts) for texts in rounds for system in systems], what):
        timed[system.name].rounds.append(_milliseconds(system, texts[:: every.get(system.name, 1)]))
    return timed


def _milliseconds(system: System, texts: Sequence[str]) -> list[float]:
    run, clock = system.run, time.perf_counter
    taken = []
    for text in texts:
        begun = clock()
        run(text)
        taken.append((clock() - begun) * 1000)
    return taken
