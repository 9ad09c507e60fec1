"""Ordinary posts from the Broad Twitter Corpus: what people write when nobody is anybody's client."""

from __future__ import annotations

import random
from pathlib import Path

from bench.conll import read_posts
from corpus import Item

COUNT = 1_500
ROLES = (
    "other", "case manager", "therapist", "cps worker", "peer specialist", "home visitor", "school counselor",
    "social worker", "advocate", "residential staff", "youth worker", "probation officer",
)  # fmt: skip


def ordinary_posts(data: Path) -> list[Item]:
    """Posts of `btc.train` as clear items, each with a role drawn at random; the same ones every time.

    They count half: a few may be about somebody's work after all, and nobody labelled them.

    Raises SystemExit where the file isn't there.
    """
    path = data / "btc" / "btc.train"
    if not path.exists():
        raise SystemExit(
            f"{path} is missing. The Broad Twitter Corpus (docs/reference/measurements.md says where it is from) "
            "belongs in the data folder: make train DATA=/path/to/data"
        )
    chance = random.Random(1)
    posts = chance.sample([post.text for post in read_posts(path) if len(post.text) > 15], COUNT)
    return [
        Item(
            writer="btc",
            number=number,
            text=text,
            verdict="clear",
            reasons=("none",),
            role=chance.choice(ROLES),
            account="personal",
            audience="public",
            network="x",
            language="en",
            form="plain",
            reply_to="",
            spans=(),
            doubt=True,
        )
        for number, text in enumerate(posts, 1)
    ]
