"""Fine-tuning: the same examples and seed give the same weights, to rounding, on the same kind of machine."""

from __future__ import annotations

import math
import random
import sys
import time
from collections.abc import Sequence

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn

from corpus import FORMS, VERDICTS, Item
from training.examples import REASON_NAMES, Example, batches, example_of, padded, varied
from training.network import Reader, reader

RATE = 1.0e-4
DECAY = 0.85
"""How much slower each layer learns than the one above it."""
BATCH = 32
SMOOTHING = 0.05
FORM_WEIGHT = 0.3
ADVERSARIAL = 0.5
"""How far the vectors of words are moved for a second look at each batch; 0 for none. On writers held
back it brought five points of recall, and it doubles the time."""


def fit(items: Sequence[Item], tokenizer: Tokenizer, epochs: int, seed: int = 1) -> Reader:
    """The network after `epochs` passes over the items; each pass sees them typed a little differently."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    model = reader(len(VERDICTS), len(REASON_NAMES), len(FORMS))
    steps = epochs * math.ceil(len(items) / BATCH)
    optimizer = torch.optim.AdamW(_groups(model), weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.08 * steps)) * max(0.02, 1 - step / steps)
    )
    model.train()
    started = time.monotonic()
    for epoch in range(epochs):
        examples = [
            example_of(item, tokenizer, varied(item, chance) if epoch and chance.random() < 0.6 else None)
            for item in items
        ]
        total, seen = 0.0, 0
        for number, group in enumerate(batches(examples, BATCH, chance)):
            loss = _loss(model, [examples[index] for index in group])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            if ADVERSARIAL:
                _adversarial_step(model, [examples[index] for index in group])
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, seen = total + loss.item(), seen + 1
            if number % 50 == 0:
                elapsed = time.monotonic() - started
                done = f"epoch {epoch + 1}/{epochs}, {number * BATCH:>6} items"
                print(
                    f"\r  {done}, loss {total / seen:.3f}, {elapsed:.0f} s",
                    end="",
                    file=sys.stderr,
                )
        print(file=sys.stderr)
    return model.eval()


def _adversarial_step(model: Reader, group: list[Example]) -> None:
    """Add the gradients at the words' vectors moved the way that hurts most (Miyato, Dai and Goodfellow 2017)."""
    words = model.words.weight
    kept = words.data.clone()
    gradient = words.grad
    if gradient is None:
        return
    norm = gradient.norm()
    if norm > 0:
        words.data.add_(gradient, alpha=float(ADVERSARIAL / norm))
        _loss(model, group).backward()
        words.data.copy_(kept)


def _groups(model: Reader) -> list[dict[str, object]]:
    groups: list[dict[str, object]] = []
    for name, parameter in model.named_parameters():
        if name.startswith(("mixed", "verdict", "reasons", "telling")):
            rate = RATE * 3
        elif name.startswith("layers."):
            rate = RATE * DECAY ** (len(model.layers) - 1 - int(name.split(".")[1]))
        else:
            rate = RATE * DECAY ** len(model.layers)
        groups.append({"params": [parameter], "lr": rate, **({"weight_decay": 0.0} if parameter.ndim < 2 else {})})
    return groups


def _loss(model: Reader, group: list[Example]) -> torch.Tensor:
    batch = {name: torch.from_numpy(array) for name, array in padded(group).items()}
    with torch.autocast("cpu", dtype=torch.bfloat16):
        mixed, hidden = model.mixture(batch["ids"], batch["kinds"])
        verdict, reasons, forms = (head(mixed).float() for head in (model.verdict, model.reasons, model.forms))
        telling = model.telling(hidden)[:, :, 0].float()
    weight = batch["weight"]
    by_verdict = nn.functional.cross_entropy(verdict, batch["verdict"], label_smoothing=SMOOTHING, reduction="none")
    by_reason = nn.functional.binary_cross_entropy_with_logits(reasons, batch["reasons"], reduction="none").mean(1)
    known = (batch["kinds"] * (batch["telling"] >= 0)).float()
    by_word = nn.functional.binary_cross_entropy_with_logits(telling, batch["telling"].clamp(min=0), reduction="none")
    by_word = (by_word * known).sum(1) / known.sum(1).clamp(min=1)
    by_form = nn.functional.cross_entropy(forms, batch["form"], label_smoothing=SMOOTHING, reduction="none")
    return ((by_verdict + 2.0 * by_reason + 0.5 * by_word + FORM_WEIGHT * by_form) * weight).sum() / weight.sum()


def answers(model: Reader, examples: Sequence[Example]) -> tuple[np.ndarray, np.ndarray]:
    """Logits of verdict and reasons for each example, in their order."""
    verdicts = np.zeros((len(examples), len(VERDICTS)), dtype=np.float32)
    reasons = np.zeros((len(examples), len(REASON_NAMES)), dtype=np.float32)
    with torch.inference_mode():
        for group in batches(examples, 64):
            batch = padded([examples[index] for index in group])
            verdict, reason, _ = model(torch.from_numpy(batch["ids"]), torch.from_numpy(batch["kinds"]))
            verdicts[group], reasons[group] = verdict.float().numpy(), reason.float().numpy()
    return verdicts, reasons
