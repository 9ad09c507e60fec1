"""From the start of a fresh process to the first text screened, and the memory that it took."""

from __future__ import annotations

import subprocess
import sys
import time

from bench.datasets import ROOT
from bench.report import Report, Table
from bench.systems import installed

STARTS = 5
TEXT = "One of my clients, Maria Lopez, called from 555-0142 on Tuesday."

_PEAK = """
import time
ready = time.monotonic()
import re, sys
try:
    peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024
except OSError:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
print(ready, peak)
"""
# Names are made here, not drawn: reading name tables for the list is no part of the start.
_CLIENTS = """
given = ["Marisol", "Ludovic", "Thuy", "Amina", "Jamal", "Rosa", "Declan", "Priya", "Pao", "Fatima", "Bogdan", "Ana"]
family = ["Quintana", "Abernethy", "Lam", "Warsame", "Pettway", "Reyes", "Corrigan", "Iyer", "Xiong", "Nowak"]
"""
_DEMUR = f"""{_CLIENTS}
from demur.core.content import Post
from demur.workspace import default_screen
from demur.caseload.index import CaseloadIndex
from demur.caseload.text import find_mentions
from demur.core.people import Caseload, Client
people = [Client(f"{{g}}{{f}}", given_name=g, family_name=f) for g in given for f in family] if LISTED else []
index = CaseloadIndex.build(Caseload(tuple(people)))
default_screen().screen(Post({TEXT!r}), find_mentions(index, {TEXT!r}))
"""
_VERDICT = f"""{_CLIENTS}
from demur.core.content import Post
from demur.core.people import Caseload, Client
from demur.workspace import build_engine
people = tuple(Client(f"{{g}}{{f}}", given_name=g, family_name=f) for g in given for f in family)
build_engine(Caseload(people)).check(Post({TEXT!r}))
"""
_PRESIDIO = f"""{_CLIENTS}
import spacy, tldextract
from presidio_analyzer import AnalyzerEngine, PatternRecognizer
from presidio_analyzer.nlp_engine import SpacyNlpEngine
tldextract.extract = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=())
class Blank(SpacyNlpEngine):
    def __init__(self):
        super().__init__()
        self.nlp = {{"en": spacy.blank("en")}}
analyzer = AnalyzerEngine(nlp_engine=Blank(), supported_languages=["en"])
if LISTED:
    names = [f"{{g}} {{f}}" for g in given for f in family]
    analyzer.registry.add_recognizer(PatternRecognizer(supported_entity="CLIENT", deny_list=names))
analyzer.analyze({TEXT!r}, language="en")
"""
_SCRUBADUB = f"""
import scrubadub
list(scrubadub.Scrubber().iter_filth({TEXT!r}))
"""


def scripts() -> dict[str, str]:
    """What each process runs, by what it is called in the table."""
    found = {
        "bare interpreter": "",
        "Demur, no clients": "LISTED = False\n" + _DEMUR,
        "Demur, 120 clients": "LISTED = True\n" + _DEMUR,
        "Demur, 120 clients, whole verdict": _VERDICT,
    }
    if installed("presidio-analyzer"):
        found["Presidio"] = "LISTED = False\n" + _PRESIDIO
        found["Presidio, 120 names"] = "LISTED = True\n" + _PRESIDIO
    if installed("scrubadub"):
        found["scrubadub"] = _SCRUBADUB
    return found


def measure(report: Report) -> None:
    every = scripts()
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in every}
    for name in report.track([name for _ in range(STARTS + 1) for name in every], "Start-up"):
        taken[name].append(_start(every[name]))
    table = Table(
        "Start-up and memory of a fresh process, until the first text is screened",
        ["system", "seconds", "less the bare interpreter", "peak memory, MiB", "less the bare interpreter"],
        f"Best of {STARTS} starts, systems in turns, after one to warm the disk.",
    )
    floor, floor_memory = _best(taken["bare interpreter"])
    for name, starts in taken.items():
        seconds, memory = _best(starts)
        table.add(name, f"{seconds:.3f}", f"{seconds - floor:.3f}", f"{memory:.0f}", f"{memory - floor_memory:.0f}")
        report.figures[f"start.{name}.seconds"] = seconds - floor
        report.figures[f"start.{name}.memory"] = memory
    report.show(table)


def _best(starts: list[tuple[float, float]]) -> tuple[float, float]:
    return min(seconds for seconds, _ in starts[1:]), min(memory for _, memory in starts[1:])


def _start(script: str) -> tuple[float, float]:
    """Seconds until the script was through, by the clock that processes share, and MiB at the highest."""
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-c", script + _PEAK], capture_output=True, text=True, check=True, cwd=ROOT)
    ready, peak = done.stdout.split()
    return float(ready) - begun, float(peak)
