"""Finds the invented people, drafts and requests that let somebody try Demur without a caseload of their own."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

CASELOAD = "caseload.csv"
DRAFTS = "drafts.jsonl"
REQUESTS = "requests.jsonl"


class SampleMissing(Exception):
    """The sample files were not installed along with Demur."""

    def __init__(self) -> None:
        super().__init__("The sample files are missing from this installation. Install Demur again to get them.")


def sample_folder() -> Path:
    """The folder with the sample files. Raises SampleMissing.

    `examples/` at the top of the project is the only copy: a wheel carries it as `demur/examples`, and a checkout
    that is installed in place has it beside `src`.
    """
    package = Path(str(files("demur")))
    for folder in (package / "examples", package.parent.parent / "examples"):
        if (folder / CASELOAD).is_file():
            return folder
    raise SampleMissing
