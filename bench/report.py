"""What the parts fill in, and how it is shown: on screen, as Markdown, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import rich.table
from rich.console import Console
from rich.progress import track
from rich.text import Text

Item = TypeVar("Item")


@dataclass(slots=True)
class Table:
    """Figures to be read side by side, ready as words. `note` says how they were taken."""

    title: str
    columns: Sequence[str]
    note: str = ""
    rows: list[list[str]] = field(default_factory=list)

    def add(self, *cells: str) -> None:
        self.rows.append([*cells, *[""] * (len(self.columns) - len(cells))])


@dataclass(slots=True)
class Report:
    """One run. `figures` are the numbers that goals are held against; `data` is the folder with the data sets."""

    data: Path
    console: Console
    facts: dict[str, str] = field(default_factory=dict)
    tables: list[Table] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def show(self, table: Table) -> None:
        """Keep a table and print it."""
        self.tables.append(table)
        shown = rich.table.Table(title=Text(table.title), title_justify="left", caption_justify="left")
        for number, column in enumerate(table.columns):
            shown.add_column(Text(column), justify="right" if number else "left", overflow="fold")
        for row in table.rows:
            shown.add_row(*map(Text, row))
        self.console.print(shown)
        if table.note:
            self.console.print(Text(table.note, style="dim"))
        self.console.print()

    def miss(self, what: str) -> None:
        """Keep and print what could not be measured, and why."""
        self.missing.append(what)
        self.console.print(Text(f"Not measured: {what}"))

    def file(self, *parts: str) -> Path | None:
        """A file of the data folder; None, and said so, where it isn't there."""
        path = self.data.joinpath(*parts)
        if path.exists():
            return path
        self.miss(f"{'/'.join(parts)} is not in the data folder (docs/reference/measurements.md says where it is from)")
        return None

    def track(self, items: Sequence[Item], what: str) -> Iterable[Item]:
        """The items, with a bar on standard error while they are worked through."""
        return track(items, f"{what:<40}", console=Console(stderr=True), transient=True)

    def markdown(self) -> str:
        lines = [f"- {name}: {value}" for name, value in self.facts.items()]
        for table in self.tables:
            lines += ["", f"### {table.title}", ""]
            lines.append("| " + " | ".join(map(_cell, table.columns)) + " |")
            lines.append("|---" + "|---:" * (len(table.columns) - 1) + "|")
            lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in table.rows]
            if table.note:
                lines += ["", table.note]
        if self.missing:
            lines += ["", "Not measured:", "", *[f"- {what}" for what in self.missing]]
        return "\n".join(lines) + "\n"

    def json(self) -> str:
        tables = [
            {"title": table.title, "columns": list(table.columns), "rows": table.rows, "note": table.note}
            for table in self.tables
        ]
        return json.dumps(
            {"facts": self.facts, "figures": self.figures, "tables": tables, "missing": self.missing},
            ensure_ascii=False,
            indent=2,
        )


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("*", "\\*").replace("[", "\\[")


def share(value: float | None) -> str:
    """A share as figures of recall and precision are written; a dash where there is none."""
    return "–" if value is None else f"{value:.2f}" if value in (0, 1) else f"{value:.3f}"


def percent(value: float) -> str:
    return f"{100 * value:.2f} %"
