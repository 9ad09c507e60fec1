"""`demur audit` as people run it: stopped, gone on with, and what it says of what is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.files import x_archive
from tests.cli.conftest import Demur


def test_what_is_found_is_written_without_a_word_and_names_nobody(demur: Demur, tmp_path: Path, caseload: Path) -> None:
    x_archive(tmp_path / "x.zip", 6)
    ran = demur(
        "audit", "x.zip", "--no-store", "--no-reader", "--caseload", str(caseload), "--html", "r.html", "--csv", "r.csv"
    )
    assert ran.code == 1
    assert "6 posts, 1 photo looked at, 1 face in them" in ran.out
    everything = ran.out + ran.err + (tmp_path / "r.html").read_text() + (tmp_path / "r.csv").read_text()
    assert "Children in your family" in everything
    for word in ("recital", "relapsed", "Quintanilla"):
        assert word not in everything


def test_a_second_one_says_that_nothing_is_new(demur: Demur, tmp_path: Path, caseload: Path) -> None:
    x_archive(tmp_path / "x.zip", 6)
    demur("caseload", "import", str(caseload))
    first, second = (demur("audit", "x.zip", "--no-reader", "--html", f"{number}.html") for number in (1, 2))
    assert first.code == second.code == 1
    assert "Nothing is new" not in (tmp_path / "1.html").read_text()
    assert "Nothing is new since last time" in (tmp_path / "2.html").read_text()


@pytest.mark.parametrize("given", [["nowhere.zip"], ["x.zip", "--account", "secret"], ["x.zip", "--html", "no/r.html"]])
def test_what_is_wrong_is_said_before_any_work(demur: Demur, tmp_path: Path, given: list[str]) -> None:
    x_archive(tmp_path / "x.zip", 3)
    ran = demur("audit", *given, "--no-store")
    assert ran.code == 2
    assert ran.err.startswith("demur: ")
    assert "Traceback" not in ran.err
