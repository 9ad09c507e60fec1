"""Scores of writers held back, by models that never saw them: what thresholds are chosen on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from corpus import Item
from training.examples import example_of
from training.fit import answers, fit
from training.linear import fit_linear, matrix

HELD_BACK = frozenset({"w05", "w08", "w10", "w11", "w17", "w18", "w19"})
"""Writers of different voices: recovery, formal, rural, night shift, hospital, street, court. The final model is
trained on them as well."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Of each item, in order: logits of the verdicts (items, 3) and of the reasons, log odds of the first stage."""

    items: list[Item]
    verdicts: np.ndarray
    reasons: np.ndarray
    linear: np.ndarray


def held_back(items: Sequence[Item], ordinary: Sequence[Item], tokenizer: Tokenizer, epochs: int) -> Scored:
    """Scores of the writers held back, from models trained on all others."""
    out = [item for item in items if item.writer in HELD_BACK]
    within = [*(item for item in items if item.writer not in HELD_BACK), *ordinary]
    print(f"Trained on {len(within)} items, to score {len(out)} of writers held back.")
    examples = [example_of(item, tokenizer) for item in out]
    # Fewer items are passed over once more, which makes for about as many steps.
    verdicts, reasons = answers(fit(within, tokenizer, epochs + 1), examples)
    weights, bias = fit_linear([example_of(item, tokenizer) for item in within])
    return Scored(out, verdicts, reasons, matrix(examples) @ weights + bias)
