"""From scores to answers: how much each piece of evidence weighs, and from where on a draft is asked about or held."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from corpus import VERDICTS, post_of
from demur.screening.reader.reader import CATEGORIES, Calibration, evidence_of
from demur.workspace import default_screen
from training.examples import REASON_NAMES
from training.folds import Scored

ASKED, REFERRED, REVISED = 0.042, 0.018, 0.006
"""The share of clear items that may be asked about, sent to supervision, or called the author's own affair."""
SKIPPED = 0.004
"""The share of holds that the first stage may miss."""


def calibrate(scored: Scored, first_bias: float) -> tuple[dict[str, Any], dict[str, Any]]:
    """The calibration as it is stored, and figures on the held-back scores that it was fitted on."""
    items = scored.items
    hold = np.array([item.verdict == "hold" for item in items])
    clear = np.array([item.verdict == "clear" for item in items])
    sure = np.array([not item.doubt for item in items])
    evidence = [evidence_of(default_screen().screen(post_of(item))) for item in items]
    names = ["network", "linear", *evidence[0]]
    network = odds(scored.verdicts, "hold")
    columns = np.column_stack(
        [network, scored.linear, *(np.array([one[name] for one in evidence]) for name in evidence[0])]
    )
    model = LogisticRegression(C=1.0, max_iter=2000).fit(columns, hold, sample_weight=np.where(sure, 1.0, 0.5))
    together = columns @ model.coef_[0] + model.intercept_[0]
    nothing_found = np.array([not any(one.values()) for one in evidence])
    revise = odds(scored.verdicts, "revise")
    ask = _cut(together[clear], ASKED)
    calibration = Calibration(
        weights={name: round(float(weight), 4) for name, weight in zip(names, model.coef_[0], strict=True)},
        bias=round(float(model.intercept_[0]), 4),
        first_bias=round(first_bias, 4),
        skip=round(float(np.quantile(scored.linear[hold & nothing_found & (together >= ask)], SKIPPED)), 4),
        ask=round(ask, 4),
        refer=round(_cut(together[clear], REFERRED), 4),
        revise=round(_cut(revise[clear & (together < ask)], REVISED), 4),
        verdicts=VERDICTS,
        reasons={name: CATEGORIES.get(name, "") for name in REASON_NAMES},
    )
    figures = {
        name: recall_at(score, hold, clear)
        for name, score in {
            "linear": scored.linear,
            "network": network,
            "network, linear and rules": together,
        }.items()
    }
    return asdict(calibration), figures


def odds(logits: np.ndarray, verdict: str) -> np.ndarray:
    """Log odds of one verdict against the others."""
    index = VERDICTS.index(verdict)
    others = np.delete(logits.astype(np.float64), index, axis=1)
    return logits[:, index] - np.logaddexp.reduce(others, axis=1)


def recall_at(score: np.ndarray, hold: np.ndarray, clear: np.ndarray) -> dict[str, float]:
    """The share of holds above the score that 2, 5 and 10 % of clear items reach."""
    return {
        f"{share:.0%}": round(float((score[hold] >= _cut(score[clear], share)).mean()), 3)
        for share in (0.02, 0.05, 0.1)
    }


def _cut(scores: np.ndarray, share: float) -> float:
    """The lowest score that at most this share of them reaches."""
    ordered = np.sort(scores)[::-1]
    return float(np.nextafter(ordered[int(len(ordered) * share)], np.inf))
