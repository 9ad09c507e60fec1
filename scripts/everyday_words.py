"""Writes the everyday words of the caseload: no misspelt name is looked for behind one of them.

Read from the training parts of two openly licensed sets of posts; only single words leave them, never a sentence:

    python scripts/everyday_words.py btc/btc.train wnut17/wnut17train.conll
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src/demur/caseload/data/everyday_words.txt"
LEAST, LEAST_SHORT = 3, 12
HEADER = f"""\
# Words that posts use every day: where one of them is written, no misspelling of a name is looked for.
# Small-letter words outside of names, at least {LEAST} times (up to three letters: {LEAST_SHORT} times)
# in the training parts of the Broad Twitter Corpus (Derczynski, Bontcheva, Roberts 2016) and of
# WNUT 2017 (Derczynski and others). Both are CC BY 4.0. Made by scripts/everyday_words.py.
"""


def counted(paths: list[Path]) -> Counter[str]:
    """How often each word is written small and is no part of a name."""
    found: Counter[str] = Counter()
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            word, _, tag = line.partition("\t")
            plain = len(word) > 1 and word.isascii() and word.isalpha() and word.islower()
            if plain and tag.strip() == "O":
                found[word] += 1
    return found


def main() -> None:
    found = counted([Path(name) for name in sys.argv[1:]])
    words = sorted(word for word, count in found.items() if count >= (LEAST if len(word) > 3 else LEAST_SHORT))
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 118:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    TARGET.write_text(HEADER + "\n".join([*lines, line]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
