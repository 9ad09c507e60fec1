"""Notices that a part of an export is not among the files that were given."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from demur.core.posted import Place, Skipped
from demur.networks.exports.kinds import File

MISSING = "{name} should be there and isn't. If the network gave you several files, bring them in together."
_NUMBERED = re.compile(r"(.*?)(_part)?_?([0-9]{1,4})")
_MOST_TOLD = 20


def parts(files: Iterable[File]) -> list[Skipped]:
    """Numbers that are skipped, as in `followers_1`, `followers_3`; one that is missing at the end can't be seen.

    X counts `tweets`, `tweets-part1`; all others from 1.
    """
    found: dict[tuple[object, ...], dict[int, File]] = defaultdict(dict)
    for file in files:
        match = _NUMBERED.fullmatch(file.stem)
        base, part, number = match.groups() if match else (file.stem, None, "0")
        found[file.network, file.folders[-1:], base][int(number)] = file
        if part:
            found[file.network, file.folders[-1:], base].setdefault(-1, file)
    skipped: list[Skipped] = []
    for (_, _, base), by_number in found.items():
        first = 0 if -1 in by_number else 1
        some = next(iter(by_number.values()))
        for number in range(first, max(by_number)):
            if number not in by_number and len(skipped) < _MOST_TOLD:
                name = f"{base}_{number}" if number else str(base)
                skipped.append(Skipped(Place(some.part, "/".join((*some.folders, name))), MISSING.format(name=name)))
    return skipped


def listed(names: Iterable[str], given: Iterable[str], part: str) -> list[Skipped]:
    """Files that an archive's own list names and that are not there."""
    there = set(given)
    lacking = [name for name in dict.fromkeys(names) if name not in there][:_MOST_TOLD]
    return [Skipped(Place(part, name), MISSING.format(name=name)) for name in lacking]
