"""Latency, start-up and memory of Demur, beside a peer and beside the floor of the machine, in one run.

`python -m bench` prints medians and 95th percentiles; ratios are the figures to quote, because machines differ.
"""

from __future__ import annotations

import os
import platform
import re
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

SIZE = 200
ROUNDS = 400
STARTS = 7

# Ordinary and telling sentences, cut to 200 characters in rotation, so that no two texts in a row are alike.
SENTENCES = [
    "Long day at the office, then soup and an early night with the cat on my feet.",
    "One of my clients finally got her keys today and I cried in the parking lot.",
    "Call the front desk at 555-0142 or write to office@example.org if you are coming on Friday.",
    "Some parents should not be allowed near a school, I swear, and I say that with love.",
    "Our team is down four case managers and nobody has had a raise since 2021.",
    "The garden is finally doing something. Tomatoes! Also slugs. So many slugs.",
    "Mañana tenemos taller sobre ansiedad en la biblioteca, entrada libre para todas y todos.",
    "Rough session this morning, need coffee and a new career, in that order ☕",
]


def texts() -> list[str]:
    """Drafts of 200 code points each."""
    joined = " ".join(SENTENCES * 3)
    return [(joined[start:] + " " + joined)[:SIZE] for start in range(0, 8 * 97, 97)]


def milliseconds(call: Callable[[str], object], rounds: int = ROUNDS) -> list[float]:
    """How long each of `rounds` calls took, after a warm-up, in milliseconds."""
    drafts = texts()
    for draft in drafts:
        call(draft)
    taken = []
    for number in range(rounds):
        draft = drafts[number % len(drafts)]
        begun = time.perf_counter()
        call(draft)
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def seconds(command: list[str], environment: dict[str, str]) -> list[float]:
    """How long a command takes from start to end, in seconds, after one run to warm the disk."""
    taken = []
    for number in range(STARTS + 1):
        begun = time.perf_counter()
        subprocess.run(command, env=environment, capture_output=True, check=False, stdin=subprocess.DEVNULL)
        if number:
            taken.append(time.perf_counter() - begun)
    return taken


def fresh(command: list[str], environment: dict[str, str]) -> float:
    """Peak memory of a command, in MiB, as the operating system accounts for it."""
    script = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], capture_output=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    out = subprocess.run([sys.executable, "-c", script, *command], env=environment, capture_output=True, check=True)
    unit = 1024 * 1024 if platform.system() == "Darwin" else 1024
    return int(out.stdout) / unit


@contextmanager
def server(demur: str, environment: dict[str, str]) -> Iterator[tuple[str, float, int]]:
    """A running Demur: its address, how many seconds it took until it answered, and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun = time.perf_counter()
    process = subprocess.Popen(
        [demur, "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}/"
    try:
        while True:
            try:
                urllib.request.urlopen(address + "v2/healthcheck", timeout=5).read()
                break
            except OSError:
                if process.poll() is not None or time.perf_counter() - begun > 60:
                    raise SystemExit("the server did not start") from None
                time.sleep(0.01)
        yield address, time.perf_counter() - begun, process.pid
    finally:
        process.terminate()
        process.wait(10)


def resident(pid: int) -> float:
    """Memory that a process holds now, in MiB; 0 where the system doesn't say."""
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0


def row(table: Table, what: str, taken: list[float], unit: str, beside: list[float] | None, peer: str) -> None:
    middle, high = statistics.median(taken), statistics.quantiles(taken, n=20)[18]
    ratio = f"{middle / statistics.median(beside):.2f} × {peer}" if beside else ""
    table.add_row(what, f"{middle:.2f} {unit}", f"{high:.2f} {unit}", ratio)


def main() -> None:
    demur = str(Path(sys.executable).with_name("demur"))
    table = Table(title=f"Demur, drafts of {SIZE} characters, {ROUNDS} rounds, {os.cpu_count()} processors")
    for heading in ("what", "median", "95th percentile", "beside"):
        table.add_column(heading, justify="left" if heading == "what" else "right")

    from demur.core.content import Post
    from demur.core.people import Caseload, Client
    from demur.workspace import build_engine

    caseload = Caseload(
        tuple(
            Client(f"c{number}", given_name=given, family_name=f"{family}{number}")
            for number, (given, family) in enumerate(
                [("Marisol", "Quintana"), ("Ludovic", "Abernethy"), ("Thuy", "Lam"), ("Amina", "Warsame")] * 30
            )
        )
    )
    engine = build_engine(caseload)
    checks = milliseconds(lambda draft: engine.check(Post(draft)))
    try:
        import scrubadub

        scrubber = scrubadub.Scrubber()
        peer = milliseconds(lambda draft: list(scrubber.iter_filth(draft)))
    except ImportError:
        peer = None
    row(table, "Engine.check, 120 clients", checks, "ms", peer, "scrubadub")
    if peer:
        row(table, "scrubadub 2, default detectors (finds no client reference)", peer, "ms", None, "")

    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "DEMUR_HOME": home}
        environment.pop("DEMUR_API_TOKEN", None)
        with server(demur, environment) as (address, started, pid):

            def post(draft: str) -> None:
                data = urllib.parse.urlencode({"language": "en-US", "text": draft}).encode()
                urllib.request.urlopen(address + "v2/check", data).read()

            floor = milliseconds(lambda _: urllib.request.urlopen(address + "v2/healthcheck").read())
            over_http = milliseconds(post)
            row(table, "/v2/check over loopback", over_http, "ms", floor, "/v2/healthcheck")
            row(table, "/v2/healthcheck over loopback (the floor)", floor, "ms", None, "")
            memory = resident(pid)
        bare = seconds([sys.executable, "-c", "pass"], environment)
        check = seconds([demur, "check", "--no-store", SENTENCES[1]], environment)
        row(table, "start-up: demur check", check, "s", bare, "python -c pass")
        again = []
        for _ in range(STARTS):
            with server(demur, environment) as (_, taken, _pid):
                again.append(taken)
        row(table, "start-up: server, store there", again, "s", bare, "python -c pass")
        table.add_row("start-up: server, first time (makes the store)", f"{started:.2f} s", "", "")
        table.add_row(
            "memory: demur check", f"{fresh([demur, 'check', '--no-store', SENTENCES[1]], environment):.0f} MiB"
        )
        table.add_row("memory: server after 800 requests", f"{memory:.0f} MiB")
    table.add_row("memory: this process", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    Console(width=140).print(table)
    if peer is None:
        Console(stderr=True).print("scrubadub is not installed, so there was no peer beside Engine.check.")


if __name__ == "__main__":
    main()
