"""A second reader that may not be used is refused before anything is judged or listened on."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Demur

DRAFT = "It was a long road."


@pytest.mark.parametrize("command", [("check", DRAFT), ("serve", "--port", "0")])
@pytest.mark.parametrize(
    ("address", "model", "says"),
    [
        ("http://192.0.2.7:11434/v1", "m", "must be on this computer"),
        ("http://127.0.0.1.example.org/v1", "m", "must be on this computer"),
        ("http://127.0.0.1:11434/v1", "", "needs both"),
        ("", "m", "needs both"),
        ("nonsense", "m", "can't be read"),
    ],
)
def test_refused_at_start(demur: Demur, command: tuple[str, ...], address: str, model: str, says: str) -> None:
    by_option = demur(*command, "--second-reader", address, "--second-reader-model", model)
    by_environment = demur(*command, DEMUR_SECOND_READER=address, DEMUR_SECOND_READER_MODEL=model)
    for ran in (by_option, by_environment):
        assert ran.code == 2
        assert not ran.out
        assert says in ran.err
        assert DRAFT not in ran.err
        assert "192.0.2.7" not in ran.err


def test_one_that_is_not_needed_is_not_asked(demur: Demur) -> None:
    ran = demur(
        "check",
        "Tomatoes are finally ripe and the cat approves.",
        "--second-reader",
        "http://127.0.0.1:9/v1",
        "--second-reader-model",
        "m",
    )
    assert ran.code == 0
    assert "second reader" not in ran.out
