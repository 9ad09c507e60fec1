"""The first stage, and the model of n-grams that the network is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from corpus import VERDICTS
from demur.screening.reader.first import BUCKETS, features
from training.examples import Example

STRENGTH = 30.0
"""The inverse of L2, chosen on writers held back."""


def matrix(examples: Sequence[Example]) -> csr_matrix:
    """One row an example, scaled as `demur.screening.reader.first.score` does."""
    rows = [features(example.tokens.ids, example.tokens.first) for example in examples]
    return csr_matrix(
        (
            np.concatenate([np.full(len(row), len(row) ** -0.5, dtype=np.float32) for row in rows]),
            np.concatenate(rows),
            np.cumsum([0, *(len(row) for row in rows)]),
        ),
        shape=(len(rows), BUCKETS),
    )


def fit_linear(examples: Sequence[Example]) -> tuple[np.ndarray, float]:
    """Weights (BUCKETS,) and bias of a logistic regression: is it to be held?"""
    held = [VERDICTS[example.verdict] == "hold" for example in examples]
    model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=1)
    model.fit(matrix(examples), held, sample_weight=[example.weight for example in examples])
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def stored(weights: np.ndarray, path: Path) -> None:
    """Write the weights as whole numbers of eight bits and their scale."""
    scale = float(np.abs(weights).max()) / 127
    np.savez_compressed(path, weights=np.round(weights / scale).astype(np.int8), scale=np.float32(scale))
