"""Whether two trainings came out alike: the same answers, within a tolerance."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from onnxruntime import InferenceSession

from training.examples import Example, batches, padded

TOLERANCE = 0.05
"""How far the probabilities of the verdicts may lie apart on average; processors round differently."""


def distance(first: Path, second: Path, examples: Sequence[Example]) -> float:
    """The mean difference between two networks' probabilities of the verdicts."""
    return float(np.abs(_probabilities(first, examples) - _probabilities(second, examples)).mean())


def _probabilities(path: Path, examples: Sequence[Example]) -> np.ndarray:
    session = InferenceSession(str(path), providers=["CPUExecutionProvider"])
    out: np.ndarray | None = None
    for group in batches(examples, 32):
        batch = padded([examples[index] for index in group])
        logits = session.run(["verdict"], {"ids": batch["ids"], "kinds": batch["kinds"]})[0]
        shares = np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))
        if out is None:
            out = np.zeros((len(examples), shares.shape[1]))
        out[group] = shares
    assert out is not None
    return out
