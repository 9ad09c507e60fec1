"""A whole audit of an export that is made up: posts and photos a second, and memory over time, in all its processes.

The posts are a few lines in our own words, each with its number. Memory is what all processes hold together, shared
pages counted once (PSS, Linux only).
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import threading
import time
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from bench.datasets import ROOT
from bench.report import Report, Table
from demur.audit.apart import Job, audit_apart
from demur.audit.recipe import Recipe
from demur.audit.state import State
from demur.core.people import Caseload
from demur.records.caseload_csv import read_caseload

POSTS, WITH_READER, PHOTOS = 100_000, 6_000, 200
TODAY = date(2026, 11, 22)
_EVERY = 0.5
_LINES = (
    "Soup, thick socks, early night.",
    "My daughter's recital tonight at the school, front row!",
    "One of my clients relapsed today and I cried in the car.",
    "Coffee with the whole team, then paperwork until dark",
    "what a game, overtime and we still lost",
    "Every Tuesday I run from my house to the park and back",
    "Some parents never learn, do they",
    "New recipe: lentils, lemon, too much garlic",
)


def measure(report: Report) -> None:
    """Speed on one and on two workers, with and without the reader, and memory over time."""
    cores = os.cpu_count() or 1
    clients = Caseload(read_caseload((ROOT / "examples" / "caseload.csv").read_bytes()).clients)
    recipe = Recipe(TODAY, b"b" * 32, caseload=clients, use_reader=False, look_at_photos=False)
    table = Table(
        "Audit of an export",
        ("what", "one worker", "two workers", "ratio"),
        f"Items a second, whole run with start and reading of the zip. {cores} cores. Posts of their own numbers; the "
        "photos are 1600 by 1200 pixels, half of them with a drawn face.",
    )
    memory = Table(
        "Memory of an audit over time",
        ("posts done", "one worker, MB", "two workers, MB"),
        f"{POSTS:,} posts, rules alone; all processes of the audit together, shared pages counted once.",
    )
    with tempfile.TemporaryDirectory() as folder:
        many, fewer, photos = (Path(folder) / f"{name}.zip" for name in ("many", "fewer", "photos"))
        _make(many, POSTS, 0)
        _make(fewer, WITH_READER, 0)
        _make(photos, PHOTOS, PHOTOS)
        curves = []
        for what, path, count, chosen in (
            (f"{POSTS:,} posts, rules alone", many, POSTS, recipe),
            (f"{WITH_READER:,} posts, with the reader", fewer, WITH_READER, replace(recipe, use_reader=True)),
            (f"{PHOTOS} photos", photos, PHOTOS, replace(recipe, look_at_photos=True)),
        ):
            speeds = []
            for workers in (1, 2):
                report.console.print(f"{what}, {workers} workers …")
                took, curve = _run(path, chosen, workers, count)
                speeds.append(count / took)
                if path == many:
                    curves.append(curve)
            table.add(what, *(f"{speed:,.0f}" for speed in speeds), f"{speeds[1] / speeds[0]:.2f}")
            report.figures[f"audit {what} two workers"] = speeds[1]
    for tenth in range(0, 11, 2):
        cells = []
        for curve in curves:
            reached = [held for done, held in curve if done >= POSTS * tenth / 10]
            cells.append(f"{reached[0]:.0f}" if reached else "")
        memory.add(f"{POSTS * tenth // 10:,}", *cells)
    peaks = [max((held for _, held in curve), default=0.0) for curve in curves]
    memory.add("at the most", *(f"{peak:.0f}" for peak in peaks))
    report.figures["audit memory MB"] = max(peaks)
    report.show(table)
    report.show(memory)


def _run(path: Path, recipe: Recipe, workers: int, count: int) -> tuple[float, list[tuple[int, float]]]:
    """Seconds, and how much memory was held when so many items were done."""
    done = 0
    curve: list[tuple[int, float]] = []
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(_EVERY):
            curve.append((done, _held_by_children()))

    def report(items: int, progress: object) -> None:
        nonlocal done
        done = items

    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.perf_counter()
    try:
        state = audit_apart(Job(recipe, (path,), State("", TODAY), workers), report)
    finally:
        took = time.perf_counter() - start
        ended.set()
        watcher.join()
    read = state.counts["post"] + state.counts["reply"]
    if not state.complete or read != count:
        raise RuntimeError(f"{read} of {count} posts were read")
    held_on = [(done, held) for done, held in curve if held]  # not what is left when its processes have ended
    return took, [*held_on, (count, held_on[-1][1] if held_on else 0.0)]


def _held_by_children() -> float:
    """Megabytes that all processes below this one hold, shared pages counted once."""
    waiting, total = [os.getpid()], 0.0
    while waiting:
        parent = waiting.pop()
        try:
            tasks = Path(f"/proc/{parent}/task").iterdir()
            children = [int(one) for task in tasks for one in (task / "children").read_text().split()]
        except OSError:
            continue
        for child in children:
            waiting.append(child)
            try:
                told = Path(f"/proc/{child}/smaps_rollup").read_text()
            except OSError:
                continue
            if found := re.search(r"^Pss:\s+(\d+)", told, re.MULTILINE):
                total += int(found[1]) / 1000
    return total


def _make(path: Path, posts: int, photos: int) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("data/account.js", 'window.YTD.account.part0 = [{"account": {"username": "sam_q"}}]')
        with target.open("data/tweets.js", "w", force_zip64=True) as out:
            out.write(b"window.YTD.tweets.part0 = [")
            for number in range(posts):
                out.write((b"," if number else b"") + json.dumps({"tweet": _tweet(number, number < photos)}).encode())
            out.write(b"]")
        for number in range(photos):
            target.writestr(f"data/tweets_media/{_id(number)}-p{number}.jpg", _photo(number))


def _tweet(number: int, photo: bool) -> dict[str, object]:
    tweet: dict[str, object] = {
        "id_str": _id(number),
        "full_text": f"{_LINES[number % len(_LINES)]} {number}",
        "created_at": f"Mon Mar {1 + number % 28:02} {number % 24:02}:00:00 +0000 {2012 + number % 12}",
    }
    if photo:
        tweet["extended_entities"] = {
            "media": [{"media_url_https": f"https://pbs.example.org/media/p{number}.jpg", "type": "photo"}]
        }
    return tweet


def _id(number: int) -> str:
    return str(1_500_000_000_000_000_000 + number)


def _photo(number: int) -> bytes:
    # Drawn in a process of its own would cost more than it shows: two pictures, each with a few pixels of its own.
    from tests.photos.drawing import as_file, face, landscape

    image = (face(600) if number % 2 else landscape(1600, 1200)).resize((1600, 1200))
    image.putpixel((number, 0), (number % 256, 0, 0))
    return as_file(image)
