from __future__ import annotations

from pathlib import Path

import pytest

from demur.policy.policy import Policy, default_clauses, load_default


@pytest.fixture(scope="session")
def default_policy() -> Policy:
    return load_default()


@pytest.fixture(scope="session")
def clause_folder() -> Path:
    return Path(str(default_clauses()))


FORBID = """@id("publish/name")
@title("No name")
@outcome("decline")
@cites("NASW-1.07r")
@says("Names permit people to guess.")
forbid (
    principal,
    action == Action::"publish",
    resource
)
when { context.found.contains(Category::"client-name") };
"""

CASES = """[[case]]
says = "A name."
met = true
facts = { found = ["client-name"] }

[[case]]
says = "No name."
met = false
facts = { }
"""

PERMIT = """@id("publish/anything")
@title("The rest")
@outcome("allow")
@says("The rest is yours.")
permit (principal, action == Action::"publish", resource)
when { context.found.isEmpty() };
"""

PERMIT_CASES = """[[case]]
says = "Nothing."
met = true

[[case]]
says = "A name."
met = false
facts = { found = ["client-name"] }
"""


@pytest.fixture
def own_policy(tmp_path: Path) -> Path:
    """A folder with the smallest policy that loads: one clause that forbids and one that permits."""
    folder = tmp_path / "clauses"
    (folder / "publish").mkdir(parents=True)
    (folder / "publish" / "name.cedar").write_text(FORBID, "utf-8")
    (folder / "publish" / "name.cases.toml").write_text(CASES, "utf-8")
    (folder / "publish" / "anything.cedar").write_text(PERMIT, "utf-8")
    (folder / "publish" / "anything.cases.toml").write_text(PERMIT_CASES, "utf-8")
    return folder
