"""Reads exports and tells what came out, so that losses are seen; and how fast a large one is read.

Each file of the data folder is counted a second time, on its own and whole, by what such files are known to hold; a
difference is a loss.
"""

from __future__ import annotations

import csv
import io
import json
import re
import resource
import sys
import tempfile
import time
import zipfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from bench.report import Report, Table
from demur.core.posted import Connected, OwnProfile, Posted, PostedKind, Progress, SettingFound, Skipped, Whereabouts
from demur.networks.exports.published import Exports

_LISTS = {
    "friends_v2": "friend", "friends": "friend", "Friends": "friend",
    "FansList": "follower", "relationships_followers": "follower", "follower": "follower",
    "relationships_following": "following", "following": "following",
    "comments_v2": "comment", "CommentsList": "comment", "comments_media_comments": "comment",
}  # fmt: skip
"""Lists of exports, and what an entry of each is."""
_SCRIPT = re.compile(r"window\.YTD\.([a-z_]+)\.part[0-9]+ = ")
_STEMS = {"followers": "follower", "your_posts": "post", "posts": "post", "tweets": "post", "tweet": "post"}
POSTS = 100_000
_EXPORT = frozenset({".json", ".js", ".csv"})


def counted(path: Path) -> Counter[str]:
    """How many entries a file holds, by reading it whole and looking at nothing but lists."""
    text = path.read_text("utf-8-sig", "replace")
    found: Counter[str] = Counter()
    if path.suffix == ".csv":
        table = [row for row in csv.reader(io.StringIO(text)) if any(row)]
        heading = next((at for at, row in enumerate(table) if "Connected On" in row), None)
        if heading is not None:
            found["friend"] += len(table) - heading - 1
        return found
    script = _SCRIPT.match(text)
    try:
        value = json.loads(text[script.end() :] if script else text)
    except ValueError:
        return found
    stem = script[1] if script else re.sub(r"_?[0-9]*$", "", path.stem)
    if isinstance(value, list):
        kind = _STEMS.get(stem) or _LISTS.get(stem)
        if kind:
            found[kind] += len(value)
    _count(value, (), found)
    return found


def _count(value: object, path: tuple[str, ...], found: Counter[str]) -> None:
    for key, inner in value.items() if isinstance(value, dict) else ():
        if not isinstance(inner, list):
            _count(inner, (*path, key), found)
        elif key == "Following":
            found["following"] += len(inner)
        elif key == "VideoList" and {"Post", "Posts", "Videos", "Video"} & {*path}:
            found["caption"] += len(inner)
        elif key in _LISTS:
            found[_LISTS[key]] += len(inner)


def read(given: list[Path]) -> tuple[Counter[str], Counter[str], list[Skipped]]:
    """What the reader gives, by kind, once by entries and once by items; and what it could not read."""
    entries: set[tuple[str, object]] = set()
    items: Counter[str] = Counter()
    skipped = []
    with Exports(given, datetime.now(UTC).date()) as exports:
        for found in exports.read():
            if isinstance(found, Skipped):
                skipped.append(found)
            elif not isinstance(found, Progress):
                kind = _kind(found)
                items[kind] += 1
                entries.add((kind, found.place))
    return Counter(kind for kind, _ in entries), items, skipped


def _kind(found: object) -> str:
    if isinstance(found, Posted):
        return "post" if found.kind in (PostedKind.REPLY, PostedKind.REPOST) else found.kind.value
    if isinstance(found, Connected):
        return found.kind.value
    return {OwnProfile: "profile", SettingFound: "setting", Whereabouts: "place"}[type(found)]


def measure(report: Report) -> None:
    """Every export file of the data folder read alone, and a large one that is made up."""
    folder = report.file("exports")
    if folder is not None:
        _fixtures(report, folder)
    _generated(report)


def _fixtures(report: Report, folder: Path) -> None:
    table = Table(
        "Exports of an independent author: entries there, and entries read", ("file", "kind", "there", "read")
    )
    lost = 0
    for path in sorted(path for path in folder.rglob("*") if path.suffix in _EXPORT):
        there, (by_entry, _, skipped) = counted(path), read([path])
        for kind in sorted(there):
            if there[kind]:
                lost += there[kind] - by_entry[kind]
                table.add(str(path.relative_to(folder)), kind, str(there[kind]), str(by_entry[kind]))
        lost += len(skipped)
    report.figures["exports.lost"] = float(lost)
    report.show(table)


def _generated(report: Report) -> None:
    table = Table(
        "Reading an export alone",
        ("posts and photos", "zip, MB", "seconds", "posts a second", "memory, MB", "of that for reading, MB", "lost"),
        "Nothing is weighed. One process of its own.",
    )
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "facebook-made-2026-01-01.zip"
        _make(path, POSTS)
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
            before = apart.submit(_memory).result()
            found, skipped, took, memory = apart.submit(_measured, path).result()
        row = (f"{POSTS:,}", f"{path.stat().st_size / 1e6:.0f}", f"{took:.1f}", f"{POSTS / took:,.0f}")
        table.add(*row, f"{memory:.0f}", f"{memory - before:.0f}", str(POSTS - found + skipped))
    report.show(table)


def _measured(path: Path) -> tuple[int, int, float, float]:
    """Posts read, parts not read, seconds, and megabytes at the most."""
    start = time.perf_counter()
    found = skipped = 0
    with Exports([path], datetime.now(UTC).date()) as exports:
        for one in exports.read():
            found += isinstance(one, Posted)
            skipped += isinstance(one, Skipped)
    return found, skipped, time.perf_counter() - start, _memory()


def _make(path: Path, posts: int) -> None:
    words = ["the", "soup", "was", "good", "and", "we", "walked", "along", "the", "river", "until", "it", "rained"]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for start in range(0, posts, 10_000):
            name = f"your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_{start // 10_000 + 1}.json"
            rows = [_post(number, words) for number in range(start, min(posts, start + 10_000))]
            target.writestr(name, json.dumps(rows))
        for number in range(posts):
            target.writestr(f"your_facebook_activity/posts/media/{number}.jpg", b"")


def _post(number: int, words: list[str]) -> dict[str, object]:
    text = " ".join(words[(number * 7 + at * 3) % len(words)] for at in range(10 + number % 40))
    photo = {"uri": f"your_facebook_activity/posts/media/{number}.jpg", "creation_timestamp": 1_500_000_000 + number}
    return {
        "timestamp": 1_500_000_000 + number * 1_000,
        "data": [{"post": f"{text} – für alle {number}".encode().decode("latin-1")}],
        "attachments": [{"data": [{"media": photo}]}],
    }


def _memory() -> float:
    """Megabytes that this process has held at the most."""
    status = Path("/proc/self/status")
    if status.exists():  # Elsewhere the figure may be that of the process which started this one.
        return int(re.search(r"VmHWM:\s+([0-9]+)", status.read_text())[1]) / 1e3  # type: ignore[index]
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
