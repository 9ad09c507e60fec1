"""What people wait for: a check over HTTP and at the terminal, the server's start, and the memory of each."""

from __future__ import annotations

import os
import platform
import re
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

from bench.report import Report, Table

SIZE = 200
ROUNDS = 400
STARTS = 5

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


def milliseconds(call: Callable[[str], object]) -> list[float]:
    """How long each call took, after a warm-up, in milliseconds."""
    drafts = texts()
    for draft in drafts:
        call(draft)
    taken = []
    for number in range(ROUNDS):
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


def peak(command: list[str], environment: dict[str, str]) -> float:
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
                    raise RuntimeError("the server did not start") from None
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


def measure(report: Report) -> None:
    demur = str(Path(sys.executable).with_name("demur"))
    check = [demur, "check", "--no-store", SENTENCES[1]]
    table = Table(
        f"Surfaces, drafts of {SIZE} characters",
        ["what", "median", "95th percentile", "beside"],
        f"{ROUNDS} calls over HTTP, {STARTS} starts, all on the loopback interface of this machine.",
    )

    def add(what: str, taken: list[float], unit: str, beside: list[float] | None = None, than: str = "") -> None:
        middle, high = statistics.median(taken), statistics.quantiles(taken, n=20)[18]
        ratio = f"{middle / statistics.median(beside):.2f} × {than}" if beside else ""
        table.add(what, f"{middle:.2f} {unit}", f"{high:.2f} {unit}", ratio)

    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "DEMUR_HOME": home}
        environment.pop("DEMUR_API_TOKEN", None)
        with server(demur, environment) as (address, first, pid):

            def post(draft: str) -> None:
                data = urllib.parse.urlencode({"language": "en-US", "text": draft}).encode()
                urllib.request.urlopen(address + "v2/check", data).read()

            floor = milliseconds(lambda _: urllib.request.urlopen(address + "v2/healthcheck").read())
            add("/v2/check over loopback", milliseconds(post), "ms", floor, "/v2/healthcheck")
            add("/v2/healthcheck over loopback (the floor)", floor, "ms")
            memory = resident(pid)
        bare = seconds([sys.executable, "-c", "pass"], environment)
        add("start-up: demur check", seconds(check, environment), "s", bare, "python -c pass")
        again = []
        for _ in report.track(range(STARTS), "Surfaces"):
            with server(demur, environment) as (_, taken, _pid):
                again.append(taken)
        add("start-up: server, store there", again, "s", bare, "python -c pass")
        table.add("start-up: server, first time (makes the store)", f"{first:.2f} s")
        table.add("memory: demur check", f"{peak(check, environment):.0f} MiB")
        table.add(f"memory: server after {2 * ROUNDS} requests", f"{memory:.0f} MiB")
    report.show(table)
