"""`demur audit` as people run it: stopped, gone on with, and what it says of what is kept."""

from __future__ import annotations

import subprocess
import sys
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


def test_an_audit_is_removed_once_it_is_said_twice(demur: Demur, tmp_path: Path, caseload: Path) -> None:
    x_archive(tmp_path / "x.zip", 6, 0)
    assert "there is no audit of your personal account" in demur("audit", "--remove", "--yes").err
    demur("caseload", "import", str(caseload))
    demur("audit", "x.zip", "--no-reader")
    assert demur("audit", "--remove").code == 1
    assert demur("audit", "--remove", given=b"n\n").code == 1
    assert "there is no audit of your agency account" in demur("audit", "--remove", "--account", "agency", "--yes").err
    assert demur("audit", "--remove", "x.zip", "--yes").code == 2
    removed = demur("audit", "--remove", "--yes")
    assert (removed.code, removed.out) == (0, "Removed. Your exports stay where they are.\n")
    assert demur("audit", "--remove", "--yes").code == 2


def test_a_path_with_its_quotation_marks_is_found_and_one_of_windows_explained(demur: Demur, tmp_path: Path) -> None:
    x_archive(tmp_path / "x.zip", 6, 0)
    assert demur("audit", '"x.zip"', "--no-store", "--no-reader").out.startswith("6 posts")
    ran = demur("audit", '"C:\\Users\\you\\facebook.zip"', "--no-store")
    assert ran.code == 2
    assert "/mnt/c/Users/you/facebook.zip" in ran.err
    assert '"' not in ran.err


def test_a_folder_without_an_export_is_told_what_would_be_one(demur: Demur, tmp_path: Path, caseload: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "notes.txt").write_text("no export")
    demur("caseload", "import", str(caseload))
    ran = demur("audit", "notes")
    assert ran.code == 2
    assert "the zip as the network sent it" in ran.err
    assert "there is no audit" in demur("audit", "--remove", "--yes").err
    assert "say where your export is" in demur("audit").err


def test_a_stop_while_it_loads_is_no_error() -> None:
    program = """
import sys
class Pressed:
    def find_spec(self, name, *rest):
        if name == "demur.cli.check":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Pressed())
from demur.cli.main import run
run()
"""
    ran = subprocess.run(
        [sys.executable, "-c", program, "audit", "x.zip"], capture_output=True, timeout=60, check=False
    )
    assert (ran.returncode, ran.stderr) == (130, b"")
