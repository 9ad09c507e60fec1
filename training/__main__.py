"""Makes the reader from the corpus: `make train`. Takes about an hour on two cores and writes `models/reader/`."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from tokenizers import Tokenizer

from bench.datasets import folder
from corpus import Item, read_all
from training.calibrate import calibrate
from training.card import write_digests
from training.compare import TOLERANCE, distance
from training.examples import example_of
from training.export import export
from training.fit import fit
from training.folds import held_back
from training.linear import fit_linear, stored
from training.network import pretrained
from training.ordinary import ordinary_posts

MODEL = Path(__file__).resolve().parent.parent / "src/demur/screening/models/reader"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument(
        "--check", action="store_true", help="change nothing; say whether the same answers come out as those kept"
    )
    parser.add_argument("--data", type=Path, help="the folder with the data sets (or DEMUR_BENCH_DATA)")
    given = parser.parse_args()
    ordinary = ordinary_posts(folder(given.data))
    if not given.check:
        MODEL.mkdir(parents=True, exist_ok=True)
        make(MODEL, given.epochs, ordinary)
        write_digests(MODEL)
        return
    with tempfile.TemporaryDirectory() as scratch:
        make(Path(scratch), given.epochs, ordinary)
        tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
        examples = [example_of(item, tokenizer) for item in read_all(test=False)]
        apart = distance(MODEL / "reader.onnx", Path(scratch) / "reader.onnx", examples)
    print(f"Mean difference of the answers: {apart:.4f}; up to {TOLERANCE} counts as the same.")
    sys.exit(apart > TOLERANCE)


def make(to: Path, epochs: int, ordinary: list[Item]) -> None:
    """Train on the corpus and on ordinary posts, calibrate on writers held back, and write the model's files."""
    tokenizer = Tokenizer.from_file(str(pretrained("tokenizer.json")))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    items = list(read_all(test=False))
    print(f"{len(items)} items of {len({item.writer for item in items})} writers.")
    scored = held_back(items, ordinary, tokenizer, epochs)
    print("The model of all of them.")
    export(fit([*items, *ordinary], tokenizer, epochs), to / "reader.onnx")
    tokenizer.save(str(to / "tokenizer.json"))
    weights, bias = fit_linear([example_of(item, tokenizer) for item in [*items, *ordinary]])
    stored(weights, to / "first.npz")
    calibration, figures = calibrate(scored, bias)
    (to / "calibration.json").write_text(json.dumps(calibration, indent=2) + "\n", "utf-8")
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
