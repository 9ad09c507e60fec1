"""Pins what is installed: requirements/run.txt for Demur, requirements/dev.txt for what tests add to it."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent


def closure(wanted: list[str]) -> dict[str, str]:
    """Every distribution that the requirements need, as {name: version and, where it has one, its marker}."""
    pinned: dict[str, str] = {}
    queue = [(Requirement(text), "") for text in wanted]
    while queue:
        requirement, marker = queue.pop()
        name = canonicalize_name(requirement.name)
        if name in pinned and not (pinned[name].partition(" ; ")[2] and not marker):
            continue
        found = distribution(name)
        pinned[name] = found.version + (f" ; {marker}" if marker else "")
        for text in found.requires or []:
            needed = Requirement(text)
            extras = requirement.extras or {""}
            if needed.marker and not any(needed.marker.evaluate({"extra": extra}) for extra in extras):
                continue
            platform = re.search(r"(?:sys_platform|platform_system) == \S+", str(needed.marker or ""))
            queue.append((needed, platform[0] if platform else marker))
    return pinned


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    run = closure(project["project"]["dependencies"])
    dev = closure(project["dependency-groups"]["dev"])
    head = "# Written by `make requirements`.\n"
    lines = [f"{name}=={version}\n" for name, version in sorted(run.items())]
    (ROOT / "requirements/run.txt").write_text(head + "".join(lines), "utf-8")
    lines = [f"{name}=={version}\n" for name, version in sorted(dev.items()) if name not in run]
    (ROOT / "requirements/dev.txt").write_text(f"{head}-r run.txt\n" + "".join(lines), "utf-8")


if __name__ == "__main__":
    main()
