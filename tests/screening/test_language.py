from __future__ import annotations

import pytest

from demur.screening.language import is_spanish


@pytest.mark.parametrize(
    "text",
    [
        "ya no quiero vivir, estoy cansada de ser la fuerte",
        "No estoy bien y no sé a quién decirle.",
        "me dijo que no podía más",
        "Estoy cansada de despertarme. No es por ustedes.",
        "hoy no puedo con nada, perdón a todos",
    ],
)
def test_spanish_is_known_by_its_small_words(text: str) -> None:
    assert is_spanish(text)
    assert is_spanish(text.upper())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kill me now",
        "I don't want to be here anymore.",
        "ya basta, I can't do this, I want it to stop and I don't know who to call",
        "La La Land made me cry and I am not ok",
        "ich kann nicht mehr",
    ],
)
def test_everything_else_counts_as_english(text: str) -> None:
    assert not is_spanish(text)
