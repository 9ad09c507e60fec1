"""`python -m bench` measures everything, `python -m bench identifiers` one part; `make bench` sets up what it needs."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from pathlib import Path

from rich.console import Console

from bench import (
    arriving,
    audits,
    caseload,
    exports,
    false_alarms,
    goals,
    identifiers,
    long_caseloads,
    matching,
    names,
    oracle,
    posts,
    reader,
    speed,
    startup,
    surfaces,
    worst_cases,
)
from bench.datasets import folder
from bench.report import Report
from bench.systems import PEERS, installed, versions

PARTS = {
    "identifiers": identifiers.measure,
    "posts": posts.measure,
    "names": names.measure,
    "caseload": caseload.measure,
    "matching": matching.measure,
    "arriving": arriving.measure,
    "long-caseloads": long_caseloads.measure,
    "reader": reader.measure,
    "false-alarms": false_alarms.measure,
    "speed": speed.measure,
    "start-up": startup.measure,
    "worst-cases": worst_cases.measure,
    "surfaces": surfaces.measure,
    "oracle": oracle.measure,
    "exports": exports.measure,
    "audits": audits.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"one or more of: {', '.join(PARTS)}; all by default")
    parser.add_argument("--data", type=Path, help="the folder with the data sets (or DEMUR_BENCH_DATA)")
    parser.add_argument("--json", type=Path, help="write everything to this file, too")
    parser.add_argument("--markdown", type=Path, help="write the tables to this file, too")
    asked = parser.parse_args()
    unknown = [part for part in asked.parts if part not in PARTS]
    if unknown:
        parser.error(f"{', '.join(unknown)}: no such part; there are {', '.join(PARTS)}")

    console = Console() if sys.stdout.isatty() else Console(width=180)
    report = Report(folder(asked.data), console)
    report.facts = {
        **versions(),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors",
    }
    console.print(", ".join(f"{name} {value}" for name, value in report.facts.items()), highlight=False)
    for peer in PEERS:
        if not installed(peer):
            report.miss(f"{peer} is not installed; `make bench` sets it up")
    if not report.data.is_dir():
        report.miss("the parts that need data: there is no data folder (docs/reference/measurements.md says which)")
    failed = False
    for part in asked.parts or PARTS:
        try:
            PARTS[part](report)
        except Exception:  # minutes of figures from the other parts are worth keeping
            failed = True
            Console(stderr=True).print_exception()
            report.miss(f"{part}: it failed, as told on standard error")
    goals.measure(report, whole=not asked.parts)
    if asked.json:
        asked.json.write_text(report.json(), "utf-8")
    if asked.markdown:
        asked.markdown.write_text(report.markdown(), "utf-8")
    if failed:
        sys.exit(1)


if __name__ == "__main__":
    main()
