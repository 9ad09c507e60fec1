"""Names of people in real posts: what the screen marks, beside lists of first names and a peer without a model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.util import find_spec

from bench.conll import LabelledPost, read_posts
from bench.datasets import BTC_TEST, WNUT_TEST
from bench.report import Report, Table, percent, share
from bench.scoring import Found, Marked, Score, Span, score
from bench.systems import System, demur, installed, presidio
from demur.caseload.tables import table_lines

PERSON = "PERSON"
_WORD = re.compile(r"(?<![@#\w])[^\W\d_]+")


def measure(report: Report) -> None:
    """Scores on both sets, then, where it is there, what the recogniser alone tells of itself."""
    systems = [demur(), *([presidio()] if installed("presidio-analyzer") else []), *_lists()]
    for name, file in (("BTC test", BTC_TEST), ("WNUT17 test", WNUT_TEST)):
        path = report.file(*file)
        if path is not None:
            _posts(report, name, read_posts(path), systems)
    if find_spec("bench.person_names") is not None:
        from bench import person_names

        person_names.table(report.console, report.data)


def _posts(report: Report, name: str, posts: Sequence[LabelledPost], systems: Sequence[System]) -> None:
    names = sum(len(post.names) for post in posts)
    table = Table(
        f"Names of people, {name}: {len(posts):,} posts, {names} names",
        ["system", "recall", "precision", "exact recall", "exact precision", "posts without a name that are flagged"],
        "Recall and precision by overlap; exact wants the same first and last letter. @handles count neither way."
        " Demur is the whole screen, at any confidence: names alone are only possible, and rise beside talk of clients."
        " Presidio has no model here, and no name without one; the lists are the first names of the US Census of 2020.",
    )
    marked = [tuple(Marked(span, PERSON) for span in post.names) for post in posts]
    for system in systems:
        found = [_names(system, post) for post in posts]
        by_overlap = score(marked, found).get(PERSON, Score())
        exact = _exact(posts, found)
        quiet = [findings for post, findings in zip(posts, found, strict=True) if not post.names]
        wolf = sum(map(bool, quiet)) / len(quiet)
        figures = (by_overlap.recall, by_overlap.precision, exact.recall, exact.precision)
        table.add(system.name, *map(share, figures), percent(wolf))
        for what, value in zip(("recall", "precision"), figures, strict=False):
            report.figures[f"names.{name}.{system.name}.{what}"] = value or 0.0
    report.show(table)


def _names(system: System, post: LabelledPost) -> list[Found]:
    return [
        found
        for found in system.find(post.text)
        if PERSON in found.types and not any(map(found.span.overlaps, post.handles))
    ]


def _exact(posts: Sequence[LabelledPost], found: Sequence[Sequence[Found]]) -> Score:
    exact = Score()
    for post, findings in zip(posts, found, strict=True):
        spans = {finding.span for finding in findings}
        both = len(spans.intersection(post.names))
        exact.there += len(post.names)
        exact.recalled += both
        exact.findings += len(spans)
        exact.right += both
    return exact


def _lists() -> list[System]:
    known = frozenset(line.split(",")[0] for line in table_lines("given_names.csv"))

    def listed(name: str, capital: bool) -> System:
        def find(text: str) -> list[Found]:
            return [
                Found(Span(*word.span()), (PERSON,), name)
                for word in _WORD.finditer(text)
                if word[0].lower() in known and (word[0][0].isupper() or not capital)
            ]

        return System(name, find, find)

    return [listed("first-name list, capital", True), listed("first-name list, any case", False)]
