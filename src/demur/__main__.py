"""`python -m demur` is the same as `demur`."""

from __future__ import annotations

from demur.cli.main import run

if __name__ == "__main__":
    run()
