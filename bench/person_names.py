"""The recognizer of people's names by itself: how much it finds, how much of that is right, how often it cries wolf.

Its model was trained on the train parts of BTC and WNUT17 and its threshold chosen on their dev parts; none of the sets
read here took part.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.conll import LabelledPost, read_posts
from bench.datasets import BTC_TEST, WNUT_TEST
from bench.scoring import Span
from demur.core.content import Post
from demur.core.folding import fold
from demur.screening.recognizers import person_name

_INVENTED = Path("presidio", "presidio_synth_dataset_v2.json")


def table(console: Console, data: Path) -> None:
    """Prints a row for each set in the folder of the data; a set that isn't there is left out."""
    made = Table(title="The recognizer of people's names alone")
    for heading in ("set", "names", "recall", "precision", "exact recall", "exact precision", "wolf rate"):
        made.add_column(heading, justify="left" if heading == "set" else "right")
    for name, posts in _sets(data):
        made.add_row(name, *_row(posts))
    console.print(made)


def _sets(data: Path) -> Iterator[tuple[str, Sequence[LabelledPost]]]:
    for name, file in (("BTC test", BTC_TEST), ("WNUT17 test", WNUT_TEST)):
        path = data.joinpath(*file)
        if path.exists():
            yield name, read_posts(path)
    if (data / _INVENTED).exists():
        yield "presidio-research, invented sentences", list(_invented(data / _INVENTED))


def _invented(path: Path) -> Iterator[LabelledPost]:
    for row in json.loads(path.read_text("utf-8")):
        people = (span for span in row["spans"] if span["entity_type"] == "PERSON")
        names = tuple(Span(span["start_position"], span["end_position"]) for span in people)
        yield LabelledPost(row["full_text"], names, ())


def _row(posts: Sequence[LabelledPost]) -> Iterator[str]:
    names = recalled = found = right = exact = quiet = wolf = 0
    for post in posts:
        hits = [Span(hit.start, hit.end) for hit in person_name.find(fold(post.text), Post(post.text))]
        names += len(post.names)
        found += len(hits)
        recalled += sum(any(map(name.overlaps, hits)) for name in post.names)
        right += sum(any(map(hit.overlaps, post.names)) for hit in hits)
        exact += len(set(post.names) & set(hits))
        quiet += not post.names
        wolf += bool(hits) and not post.names
    yield f"{names:,}"
    for part, whole in ((recalled, names), (right, found), (exact, names), (exact, found), (wolf, quiet)):
        yield f"{part / whole:.3f}" if whole else "–"
