"""All eighteen Safe Harbor identifiers in posts as people of this field write them: a test set of the project's own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from bench.report import Report, Table, percent, share
from bench.scoring import Found, Marked, Score, Span, score, total
from bench.systems import System, demur, peers
from demur.core.findings import IDENTIFIERS

POSTS = Path(__file__).parent / "data" / "identifiers" / "posts.jsonl"

_TELEPHONE = ("phone", "fax")
_CATEGORIES: dict[str, tuple[str, ...]] = {
    **{category.value: (category.value,) for category in IDENTIFIERS},
    "client-photo": ("photo",),
    # What is only a number to a peer may be marked as either, so it may be either for Demur.
    "phone": _TELEPHONE,
    "fax": ("fax", "phone"),
    "PHONE_NUMBER": _TELEPHONE,
    "EMAIL_ADDRESS": ("email",),
    "URL": ("url",),
    "US_SSN": ("ssn",),
    "IP_ADDRESS": ("ip-address",),
    "DATE_TIME": ("date",),
    "PERSON": ("name",),
    "LOCATION": ("geography",),
    "AGE": ("age-over-89",),
    **dict.fromkeys(("CREDIT_CARD", "IBAN_CODE", "US_BANK_NUMBER", "CRYPTO"), ("account-number",)),
    **dict.fromkeys(("US_DRIVER_LICENSE", "US_PASSPORT", "MEDICAL_LICENSE"), ("licence-number",)),
    **dict.fromkeys(("MAC_ADDRESS", "UUID"), ("device",)),
    "UK_NHS": ("medical-record-number", "health-plan-number"),
    "US_ITIN": ("other-identifier",),
    "email": ("email",),
    "url": ("url",),
    "social_security_number": ("ssn",),
    "credit_card": ("account-number",),
    "twitter": ("other-identifier",),
    "credential": ("other-identifier",),
    "name": ("name",),
}
"""Safe Harbor's word for what each system calls it; `posts.jsonl` says what is marked as what."""


def read(path: Path) -> list[tuple[str, tuple[Marked, ...]]]:
    """Texts with what is marked in them. Raises OSError, ValueError, KeyError."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        (row["text"], tuple(Marked(Span(start, end), category) for start, end, category in row["spans"]))
        for row in rows
    ]


def find(system: System, text: str) -> list[Found]:
    """What a system finds, in Safe Harbor's words; what is no identifier there is left out."""
    return [
        finding._replace(types=_CATEGORIES[finding.label])
        for finding in system.find(text)
        if finding.label in _CATEGORIES
    ]


def measure(report: Report) -> None:
    posts = read(POSTS)
    found: dict[str, list[list[Found]]] = {}
    for system in report.track([demur(), *peers()], "Identifiers in posts"):
        found[system.name] = [find(system, text) for text, _ in posts]
    held = [[finding for finding in findings if finding.held] for findings in found["Demur"]]
    found = {"Demur": found.pop("Demur"), "Demur, above possible": held, **found}
    by_system = {name: score([marked for _, marked in posts], findings) for name, findings in found.items()}
    table = Table(
        f"The eighteen identifiers in {len(posts)} invented posts: recall / precision",
        ["category (how many)", *by_system],
        "A test set that no rule was written from; bench/data/identifiers/README.md says what is marked. A telephone"
        " number may be marked as phone or as fax. Peers have no detector for many of these categories.",
    )
    table.add("all", *[_cell(total(by_category.values())) for by_category in by_system.values()])
    anything = {name: _whatever(posts, findings) for name, findings in found.items()}
    table.add("all, whatever it was called", *map(_cell, anything.values()))
    marked = sorted(by_system["Demur"].items(), key=lambda item: (-item[1].there, item[0]))
    for category, one in marked:
        if one.there:
            cells = [_cell(by_category.get(category, Score())) for by_category in by_system.values()]
            table.add(f"{category} ({one.there})", *cells)
    innocent = [number for number, (_, marks) in enumerate(posts) if not marks]
    flagged = {name: _flagged(findings, innocent) for name, findings in found.items()}
    table.add(f"posts without any ({len(innocent)}) that are flagged", *map(percent, flagged.values()))
    report.show(table)
    for name, by_category in by_system.items():
        report.figures[f"posts.{name}.recall"] = total(by_category.values()).recall or 0.0
        report.figures[f"posts.{name}.precision"] = total(by_category.values()).precision or 0.0
        report.figures[f"posts.{name}.recall, whatever it was called"] = anything[name].recall or 0.0
        report.figures[f"posts.{name}.innocent flagged"] = flagged[name]


def _whatever(posts: Sequence[tuple[str, tuple[Marked, ...]]], found: Sequence[Sequence[Found]]) -> Score:
    """The score where any identifier counts for any other: the words were pointed out, under whatever name."""
    marked = [tuple(Marked(mark.span, "any") for mark in marks) for _, marks in posts]
    return score(marked, [[finding._replace(types=("any",)) for finding in findings] for findings in found])["any"]


def _flagged(found: Sequence[Sequence[Found]], numbers: Sequence[int]) -> float:
    return sum(bool(found[number]) for number in numbers) / len(numbers) if numbers else 0.0


def _cell(one: Score) -> str:
    return share(one.recall) + ("" if one.precision is None else f" / {share(one.precision)}")
