"""Recall and precision by type on a synthetic set that a peer made for itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bench.datasets import SYNTHETIC, Document, synthetic
from bench.report import Report, Table, share
from bench.scoring import Found, Marked, Score, Span, score
from bench.systems import System, demur, peers

_NORTH_AMERICAN = re.compile(
    r"(?:(?:\+|00)?1[-. ]?)?\(?[2-9][0-9]{2}\)?[-. )/]{0,2}[2-9][0-9]{2}[-. ]?[0-9]{4}(?: ?x[0-9]+)?"
)
"""Area code and exchange as the North American numbering plan allows them."""
_US_SHAPE = re.compile(r"(?:(?:\+|00)?1[-. ]?)?\(?[2-9][0-9]{2}\)?[-. ]?[0-9]{3}[-. ]?[0-9]{4}(?: ?x[0-9]+)?")
_YEAR = re.compile(r"[0-9]{4}")

US_PHONE = "PHONE, North American"
US_SHAPE = "PHONE, written the US way"
FULL_DATE = "DATE_TIME, more than a year"

_LEAD = "One of my clients: "
"""Put before a text, it ties everything near it to a client: Safe Harbor is about what is tied to somebody."""

ORDER = (
    "EMAIL_ADDRESS", "US_SSN", "IP_ADDRESS", "DOMAIN_NAME", "PHONE_NUMBER", US_PHONE, US_SHAPE, "DATE_TIME", FULL_DATE,
    "CREDIT_CARD", "IBAN_CODE", "US_DRIVER_LICENSE", "ZIP_CODE", "STREET_ADDRESS", "GPE", "AGE", "PERSON",
    "ORGANIZATION", "NRP", "TITLE",
)  # fmt: skip


def _in(texts: Sequence[Document]) -> list[tuple[Marked, ...]]:
    return [document.marked for document in texts]


def _narrowed(documents: Sequence[Document], kind: str, keep: Callable[[str], bool]) -> list[tuple[Marked, ...]]:
    """Only the marks of one type whose words fit; the rest of that type counts neither way."""
    return [
        tuple(mark for mark in document.marked if mark.type == kind and keep(document.text[slice(*mark.span)].strip()))
        for document in documents
    ]


def scores(documents: Sequence[Document], found: Sequence[Sequence[Found]]) -> dict[str, Score]:
    """By type, with the rows for North American numbers and for dates that say more than a year, which is allowed."""
    by_type = score(_in(documents), found)
    rows: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
        (US_PHONE, "PHONE_NUMBER", lambda words: bool(_NORTH_AMERICAN.fullmatch(words))),
        (US_SHAPE, "PHONE_NUMBER", lambda words: bool(_US_SHAPE.fullmatch(words))),
        (FULL_DATE, "DATE_TIME", lambda words: not _YEAR.fullmatch(words)),
    )
    for row, kind, keep in rows:
        narrowed = score(_narrowed(documents, kind, keep), found).get(kind, Score())
        # Precision would be unfair here: a number from elsewhere that is found as well is no mistake.
        by_type[row] = Score(narrowed.there, narrowed.recalled)
    return by_type


def find_tied(system: System, text: str) -> list[Found]:
    """What is found in a text that a client stands before, in the text's own places."""
    moved = len(_LEAD)
    return [
        finding._replace(span=Span(finding.span.start - moved, finding.span.end - moved))
        for finding in system.find(_LEAD + text)
        if finding.span.start >= moved
    ]


def measure(report: Report) -> None:
    path = report.file(*SYNTHETIC)
    if path is None:
        return
    documents = synthetic(path)
    own = demur()
    others = peers()
    found: dict[str, list[list[Found]]] = {own.name: [], "Demur, tied to a client": []}
    found |= {system.name: [] for system in others}
    for document in report.track(documents, "Identifiers"):
        found[own.name].append(own.find(document.text))
        found["Demur, tied to a client"].append(find_tied(own, document.text))
        for system in others:
            found[system.name].append(system.find(document.text))
    held = [[finding for finding in findings if finding.held] for findings in found[own.name]]
    found = {"Demur": found.pop("Demur"), "Demur, above possible": held, **found}
    for title, keep in (("all templates", lambda _: True), ("held-out templates", lambda one: one.held_out)):
        chosen = [number for number, document in enumerate(documents) if keep(document)]
        some = [documents[number] for number in chosen]
        by_system = {name: scores(some, [findings[number] for number in chosen]) for name, findings in found.items()}
        table = Table(
            f"Identifiers, synthetic set, {title} ({len(some)} texts): recall / precision",
            ["type (how many)", *by_system],
            "A finding counts where it overlaps a mark of its type. Peers at their default threshold; PERSON and places"
            " need a model that Presidio doesn't bring. “Tied to a client” puts a client before each text, because many"
            " of Demur's rules ask that a date or a place belongs to somebody who is served.",
        )
        there = by_system["Demur"]
        for kind in [*ORDER, *sorted(set(there) - set(ORDER))]:
            count = there.get(kind, Score()).there
            if count:
                cells = [_cell(by_type.get(kind, Score())) for by_type in by_system.values()]
                table.add(f"{kind} ({count})", *cells)
        unmarked = [
            sum(not one.types or one.types[0] not in there for number in chosen for one in findings[number])
            for findings in found.values()
        ]
        table.add("findings of kinds that the set doesn't mark", *map(str, unmarked))
        report.show(table)
        for name, by_type in by_system.items():
            for kind, one in by_type.items():
                prefix = f"identifiers.{'held-out' if 'held' in title else 'all'}.{name}.{kind}"
                if one.recall is not None:
                    report.figures[f"{prefix}.recall"] = one.recall
                if one.precision is not None:
                    report.figures[f"{prefix}.precision"] = one.precision


def _cell(one: Score) -> str:
    if one.precision is None:
        return share(one.recall)
    return f"{share(one.recall)} / {share(one.precision)}"
