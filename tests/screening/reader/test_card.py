"""The model card speaks of the weights that lie beside it."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.resources import files

import pytest

from corpus import REASONS, VERDICTS
from demur.screening.reader.reader import CATEGORIES, CUES
from demur.workspace import default_reader

FOLDER = files("demur.screening").joinpath("models", "reader")
CARD = FOLDER.joinpath("README.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["reader.onnx", "first.npz", "calibration.json", "tokenizer.json"])
def test_the_card_names_the_weights_that_are_there(name: str) -> None:
    found = re.search(rf"\| `{re.escape(name)}` \|[^|]*\| `([0-9a-f]{{64}})`", CARD)
    assert found is not None, f"the card has no digest of {name}"
    assert found[1] == hashlib.sha256(FOLDER.joinpath(name).read_bytes()).hexdigest()


def test_it_is_small() -> None:
    assert sum(len(part.read_bytes()) for part in FOLDER.iterdir()) < 30_000_000


def test_the_calibration_fits_the_corpus_and_the_categories() -> None:
    cut = default_reader().calibration
    assert cut.verdicts == VERDICTS
    assert list(cut.reasons) == list(REASONS.values())
    assert {reason: category for reason, category in cut.reasons.items() if category} == CATEGORIES
    assert set(CATEGORIES.values()) > CUES
    assert cut.ask < cut.refer
    assert json.loads(FOLDER.joinpath("calibration.json").read_text("utf-8"))["ask"] == cut.ask


@pytest.mark.parametrize("heading", ["Data and licenses", "How it was made", "Figures", "Known failures"])
def test_the_card_has_what_a_card_needs(heading: str) -> None:
    assert f"\n## {heading}\n" in CARD
