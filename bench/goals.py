"""Holds the figures of a run against what the project set out to reach."""

from __future__ import annotations

import operator
import tomllib
from collections.abc import Callable
from pathlib import Path

from bench.report import Report, Table

GOALS = Path(__file__).with_name("goals.toml")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
}


def reached(goal: str, figure: float) -> bool:
    """Whether a figure fits a goal such as "> 0.95". Raises ValueError, KeyError where it isn't written so."""
    sign, bound = goal.split()
    return _COMPARE[sign](figure, float(bound))


def measure(report: Report, whole: bool = True) -> None:
    """The table of goals; after a whole run also those that could not be measured."""
    table = Table("Goals", ["goal", "wanted", "reached", "met", "why not"])
    for goal in tomllib.loads(GOALS.read_text("utf-8"))["goal"]:
        figure = report.figures.get(goal["figure"])
        if figure is None:
            if whole:
                table.add(goal["says"], goal["goal"], "not measured")
            continue
        met = reached(goal["goal"], figure)
        shown = f"{figure:,.0f}" if abs(figure) >= 100 or figure == int(figure) else f"{figure:.4g}"
        table.add(goal["says"], goal["goal"], shown, "yes" if met else "no", "" if met else goal.get("why", ""))
    if table.rows:
        report.show(table)
