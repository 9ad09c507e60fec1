"""The corpus as the network takes it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from tokenizers import Tokenizer

from corpus import FORMS, REASONS, VERDICTS, Item, post_of
from demur.core.accounts import Audience, Network
from demur.core.content import Post
from demur.core.people import Role
from demur.screening.reader.tokens import Tokens, tokens_of

REASON_NAMES = tuple(REASONS.values())


@dataclass(frozen=True, slots=True)
class Example:
    """One input with what the network is to answer; `weight` is what it counts. In `telling`, -1 is unknown."""

    tokens: Tokens
    verdict: int
    reasons: np.ndarray
    telling: np.ndarray
    form: int
    weight: float


def example_of(item: Item, tokenizer: Tokenizer, post: Post | None = None) -> Example:
    """The item's first part: a label speaks of the whole, and few items are longer than one part."""
    post = post or post_of(item)
    tokens = next(tokens_of(post, tokenizer))
    evidence = [span for span in item.spans if span.kind == "evidence"]
    telling = np.zeros(len(tokens.ids), dtype=np.float32)
    for index, (start, end) in enumerate(tokens.places, tokens.first):
        telling[index] = any(span.start < end and start < span.end for span in evidence)
    if len(post.text) != len(item.text):  # its places have moved
        telling[:] = -1
    reasons = np.array([name in item.reasons for name in REASON_NAMES], dtype=np.float32)
    return Example(
        tokens, VERDICTS.index(item.verdict), reasons, telling, FORMS.index(item.form), 0.5 if item.doubt else 1.0
    )


def varied(item: Item, chance: random.Random) -> Post:
    """The item as somebody else might have typed or sent it: what must not change its label is changed at times."""
    post = post_of(item)
    text = post.text
    if chance.random() < 0.12:
        text = text.lower()
    if chance.random() < 0.08:
        text = "".join(sign for sign in text if sign not in ".,!;:'’\"…")
    if chance.random() < 0.06:
        text = "".join(sign for sign in text if ord(sign) < 0x2190) or text
    if chance.random() < 0.10:
        text = _typo(text, chance)
    account = post.account
    if chance.random() < 0.15:
        account = replace(account, network=chance.choice(list(Network)))
    audience = chance.choice(list(Audience)) if chance.random() < 0.15 else post.audience
    role = Role.OTHER if chance.random() < 0.12 else post.role
    return replace(post, text=text, account=account, audience=audience, role=role)


def _typo(text: str, chance: random.Random) -> str:
    if len(text) < 8:
        return text
    place = chance.randrange(1, len(text) - 2)
    kind = chance.randrange(3)
    if kind == 0:
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return text[:place] + (text[place + 1 :] if kind == 1 else text[place] + text[place:])


def padded(examples: Sequence[Example]) -> dict[str, np.ndarray]:
    """A batch: arrays of (examples, longest), padded with 0."""
    longest = max(len(example.tokens.ids) for example in examples)
    ids = np.zeros((len(examples), longest), dtype=np.int64)
    kinds, telling = np.zeros_like(ids), np.zeros(ids.shape, dtype=np.float32)
    for row, example in enumerate(examples):
        length = len(example.tokens.ids)
        ids[row, :length], kinds[row, :length] = example.tokens.ids, example.tokens.kinds
        telling[row, :length] = example.telling
    return {
        "ids": ids,
        "kinds": kinds,
        "telling": telling,
        "verdict": np.array([example.verdict for example in examples]),
        "reasons": np.stack([example.reasons for example in examples]),
        "form": np.array([example.form for example in examples]),
        "weight": np.array([example.weight for example in examples], dtype=np.float32),
    }


def batches(examples: Sequence[Example], size: int, chance: random.Random | None = None) -> Iterable[list[int]]:
    """Indexes in batches of about the same length each, in random order where `chance` is given."""
    order = list(range(len(examples)))
    if chance is not None:
        chance.shuffle(order)
    groups = []
    for start in range(0, len(order), size * 32):
        part = sorted(order[start : start + size * 32], key=lambda index: len(examples[index].tokens.ids))
        groups += [part[first : first + size] for first in range(0, len(part), size)]
    if chance is not None:
        chance.shuffle(groups)
    return groups
