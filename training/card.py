"""The digests in the model card, so that card and weights can't drift apart without a test failing."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from corpus import POSTS, SECOND_LABELS

FILES = ("reader.onnx", "first.npz", "calibration.json", "tokenizer.json")


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def corpus_digest() -> str:
    """SHA-256 over the second labels and the files of the writers that are trained on, in order of their names."""
    whole = hashlib.sha256(SECOND_LABELS.read_bytes())
    for path in sorted(POSTS.glob("*.txt")):
        if not path.stem.endswith("t"):
            whole.update(path.read_bytes())
    return whole.hexdigest()


def write_digests(folder: Path) -> None:
    """Put the digests of the model's files, and of the corpus, into the card beside them."""
    card = folder / "README.md"
    if not card.exists():
        return
    text = card.read_text("utf-8")
    for name, value in {**{name: digest(folder / name) for name in FILES}, "corpus": corpus_digest()}.items():
        text, found = re.subn(rf"(\| `{re.escape(name)}` \|[^|]*\| )`[0-9a-f]*`", rf"\1`{value}`", text)
        if not found:
            raise SystemExit(f"The model card has no digest of {name}.")
    card.write_text(text, "utf-8")
