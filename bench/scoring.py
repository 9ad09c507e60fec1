"""How findings are held against what is known to be there, alike for Demur and for every peer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """Code points of a text, end exclusive."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


class Marked(NamedTuple):
    """Something of a type that is known to stand in a text."""

    span: Span
    type: str


class Found(NamedTuple):
    """What a system found. `types` are the types of the data set that it may be, the most fitting first; empty where
    the data set marks nothing of the kind. `held` is False for what only leads to a question. `label` is the
    system's own word for it."""

    span: Span
    types: tuple[str, ...]
    label: str
    held: bool = True


@dataclass(slots=True)
class Score:
    """Counts for one type. Recall is the share of what is there that a finding of the type overlaps; precision the
    share of findings of the type that overlap something of it. None where there is nothing to divide by."""

    there: int = 0
    recalled: int = 0
    findings: int = 0
    right: int = 0

    @property
    def recall(self) -> float | None:
        return self.recalled / self.there if self.there else None

    @property
    def precision(self) -> float | None:
        return self.right / self.findings if self.findings else None


def score(there: Sequence[Iterable[Marked]], found: Sequence[Iterable[Found]]) -> dict[str, Score]:
    """Scores by type over texts in the same order.

    A finding that may be of several types counts for the one that it overlaps, and where it overlaps none of them,
    as a wrong finding of its first. Findings of types that the data doesn't mark are not counted.
    """
    scores: dict[str, Score] = {}
    for marked_here, found_here in zip(there, found, strict=True):
        marked_list, found_list = list(marked_here), list(found_here)
        for marked in marked_list:
            of_type = scores.setdefault(marked.type, Score())
            of_type.there += 1
            of_type.recalled += any(_fits(finding, marked) for finding in found_list)
        for finding in found_list:
            if not finding.types:
                continue
            hit = {marked.type for marked in marked_list if _fits(finding, marked)}
            counted = next((kind for kind in finding.types if kind in hit), finding.types[0])
            of_type = scores.setdefault(counted, Score())
            of_type.findings += 1
            of_type.right += bool(hit)
    return scores


def _fits(finding: Found, marked: Marked) -> bool:
    return marked.type in finding.types and finding.span.overlaps(marked.span)


def total(scores: Iterable[Score]) -> Score:
    """Several types together."""
    together = Score()
    for one in scores:
        together.there += one.there
        together.recalled += one.recalled
        together.findings += one.findings
        together.right += one.right
    return together


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all values don't exceed (nearest rank)."""
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * share // 1))
    return ordered[int(rank) - 1]
