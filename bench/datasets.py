"""The public data sets, as the parts of the measurement want them. They are not shipped; see the documents."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.scoring import Marked, Span

SYNTHETIC = ("presidio", "presidio_synth_dataset_v2.json")
TWEETS = ("tweets", "tweets.txt")
BTC_TEST = ("btc", "btc.test")
WNUT_TEST = ("wnut17", "emerging.test.annotated")

ROOT = Path(__file__).resolve().parent.parent


def folder(given: Path | None) -> Path:
    """The folder named on the command line, in DEMUR_BENCH_DATA, or beside the repository."""
    named = os.environ.get("DEMUR_BENCH_DATA")
    return given or (Path(named) if named else ROOT.parent / "shared" / "data")


@dataclass(frozen=True, slots=True)
class Document:
    """A synthetic text with what is marked in it. Half of the templates, the odd ones, are held out from tuning."""

    text: str
    marked: tuple[Marked, ...]
    template: int

    @property
    def held_out(self) -> bool:
        return self.template % 2 == 1


def synthetic(path: Path) -> list[Document]:
    """presidio-research's synthetic set. Raises OSError, ValueError, KeyError where the file is another one."""
    return [_document(row) for row in json.loads(path.read_text("utf-8"))]


def _document(row: dict[str, Any]) -> Document:
    marked = tuple(
        Marked(Span(span["start_position"], span["end_position"]), span["entity_type"]) for span in row["spans"]
    )
    return Document(row["full_text"], marked, row["template_id"])


def tweets(path: Path) -> list[str]:
    """Ordinary tweets, one a line."""
    return [line for line in path.read_text("utf-8").split("\n") if line.strip()]


def cut(texts: list[str], size: int, count: int) -> list[str]:
    """Texts run together and cut into pieces of `size` code points."""
    joined = " ".join(texts)
    return [joined[start : start + size] for start in range(0, min(len(joined) - size, size * count), size)]
