"""Texts made to be slow, each in a process that can be stopped: how long the first and the best of three calls take.

`python -m bench.worst_cases SYSTEM INPUT…` is that process; it answers one JSON line an input.
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path

from bench import caseloads
from bench.datasets import ROOT, TWEETS, tweets
from bench.report import Report, Table
from bench.systems import System, demur, demur_verdict, installed, presidio, scrubadub

LIMIT = 20.0
"""Seconds after which a call is given up."""
CLIENT_TALK = (
    "My client Maria told me in session on Tuesday, March 3, that her son Jamal, 14, relapsed at 1420 Elm Ave. "
    "Call 555-0147 or write maria at example dot org; case #22-10458, intake at 3pm, those people never show up. "
)


def inputs(data: Path) -> dict[str, str]:
    """Names and texts, most of about 10,000 characters; tweets only where the data is there."""
    found = {
        "a. × 5,000": "a." * 5000,
        "7 × 10,000": "7" * 10_000,
        "[ × 5,000, ] × 5,000": "[" * 5000 + "]" * 5000,
        "( × 10,000": "(" * 10_000,
        "@ × 10,000": "@" * 10_000,
        "“555-0147 ” × 1,100": "555-0147 " * 1100,
        "“maria ” × 1,650": "maria " * 1650,
        "“Maria ” × 1,650": "Maria " * 1650,
        "http:// × 1,400": "http://" * 1400,
        "“a@b.” × 2,500": "a@b." * 2500,
        "“1.1.” × 2,500": "1.1." * 2500,
        "“m a r i a ” × 1,000": "m a r i a " * 1000,
        "names on the list of 5,000": " ".join(client.full_name for client in caseloads.draw(5_000))[:10_000],
        "client talk, 10,000 characters": (CLIENT_TALK * 60)[:10_000],
        "client talk without a full stop": (CLIENT_TALK.replace(". ", " ").replace(";", "") * 60)[:10_000],
        "emoji only, 10,000": "🌹🙏😂🔥" * 2500,
        "combining marks, 10,000": "a\u0301\u0300\u0302\u0303" * 2000,
        "zero-width, 10,000": "m\u200ba\u200br\u200bi\u200ba\u200b" * 1000,
        "100,000 of one letter": "a" * 100_000,
        "1,000,000 of one letter": "a" * 1_000_000,
    }
    path = data.joinpath(*TWEETS)
    if path.exists():
        found["ordinary tweets, 10,000 characters"] = " ".join(tweets(path))[:10_000]
        found["ordinary tweets, 100,000 characters"] = " ".join(tweets(path))[:100_000]
    return found


SYSTEMS = ("Demur", "Demur, 5,000 clients", "Demur, whole verdict", "Presidio", "scrubadub")


def build(name: str) -> System:
    """A system by its name in SYSTEMS. Raises KeyError, ImportError."""
    return {
        "Demur": lambda: demur(),
        "Demur, 5,000 clients": lambda: demur(caseloads.draw(5_000)),
        "Demur, whole verdict": lambda: demur_verdict(caseloads.draw(120), name),
        "Presidio": lambda: presidio(),
        "scrubadub": lambda: scrubadub(),
    }[name]()


def measure(report: Report) -> None:
    every = inputs(report.data)
    systems = [
        name
        for name in SYSTEMS
        if name.startswith("Demur") or installed({"Presidio": "presidio-analyzer"}.get(name, name))
    ]
    taken: dict[str, dict[str, list[float]]] = {}
    for name in report.track(systems, "Worst cases"):
        taken[name] = _all(name, list(every), report.data)
    table = Table(
        "Worst cases, milliseconds",
        ["text", "characters", *[f"{name}{part}" for name in systems for part in _parts(name)]],
        f"Best of three calls after a warm-up with ordinary words; a call is stopped after {LIMIT:.0f} s. For Demur"
        " also the first of the three.",
    )
    for name, text in every.items():
        cells = []
        for system in systems:
            times = taken[system][name]
            best = f"{min(times):,.1f}" if times else f"stopped after {LIMIT:.0f} s"
            cells += [best, f"{times[0]:,.1f}" if times else ""] if len(_parts(system)) > 1 else [best]
        table.add(name, f"{len(text):,}", *cells)
    report.show(table)
    for system in systems:
        ordinary = [taken[system][name] for name, text in every.items() if len(text) <= 10_000]
        report.figures[f"worst.{system}.10,000"] = max(min(times, default=LIMIT * 1000) for times in ordinary)
        report.figures[f"worst.{system}.10,000, first"] = max((*times, LIMIT * 1000)[0] for times in ordinary)


def _parts(name: str) -> tuple[str, ...]:
    return ("", ", first") if name.startswith("Demur") else ("",)


def _all(system: str, names: list[str], data: Path) -> dict[str, list[float]]:
    """Milliseconds of the calls for each text; empty where the first was stopped. A stopped process is started anew."""
    taken: dict[str, list[float]] = {name: [] for name in names}
    left = list(names)
    while left:
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.worst_cases", str(data), system, *left],
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            cwd=ROOT,
            text=True,
        )
        lines: queue.Queue[str] = queue.Queue()
        reader = threading.Thread(target=_read, args=(process, lines), daemon=True)
        reader.start()
        lines.get(timeout=120)  # it is built and warm
        try:
            while left:
                line = lines.get(timeout=LIMIT)
                if not line:
                    raise RuntimeError(f"{system} ended early on “{left[0]}”")
                taken[left.pop(0)] = json.loads(line)
        except queue.Empty:
            left.pop(0)
        finally:
            process.kill()
            process.wait()
    return taken


def _read(process: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        lines.put(line)
    lines.put("")


def main() -> None:
    data, system, *names = sys.argv[1:]
    every = inputs(Path(data))
    chosen = build(system)
    for _ in range(20):
        chosen.run("So the garden is finally doing something. Tomatoes! Call 555-0142 on Friday if you want some.")
    print("ready", flush=True)
    for name in names:
        text, taken = every[name], []
        for number in range(3):
            begun = time.perf_counter()
            chosen.run(text)
            taken.append((time.perf_counter() - begun) * 1000)
            if number == 0 and taken[0] > 1_000:
                break
        print(json.dumps(taken), flush=True)


if __name__ == "__main__":
    main()
