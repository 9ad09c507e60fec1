"""The first stage: a linear model over neighbouring tokens that says where the network needn't look at all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 18
"""How many weights there are; neighbours that meet in one share it."""
_MIX = np.uint64(0x9E3779B97F4A7C15)


def features(ids: Sequence[int], first: int) -> NDArray[np.int64]:
    """Buckets of every token of the draft with up to two that follow it, and of the author's role beside each.

    `ids` is one input of the model, whose draft begins at `first`.
    """
    own = np.asarray(ids[first:-1], dtype=np.uint64) + np.uint64(1)
    role = np.uint64(ids[1])
    parts = [own, own * _MIX ^ role + np.uint64(7_000_003)]
    for length in (2, 3):
        if len(own) >= length:
            mixed = own[: len(own) - length + 1]
            for following in range(1, length):
                mixed = (mixed * _MIX) ^ own[following : len(own) - length + 1 + following]
            parts.append(mixed * np.uint64(length))
    thread = np.asarray(ids[1 : first - 1], dtype=np.uint64)
    parts.append(thread + np.uint64(1_000_003))
    joined = np.concatenate(parts) * _MIX
    return np.unique((joined >> np.uint64(40)).astype(np.int64) & (BUCKETS - 1))


def score(weights: NDArray[np.float32], buckets: NDArray[np.int64], bias: float) -> float:
    """Log odds that the draft is to be held; `weights` is (BUCKETS,), each feature counts by one over its root."""
    return float(weights[buckets].sum() / np.sqrt(max(1, len(buckets))) + bias)
