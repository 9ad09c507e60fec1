"""Where an engine comes from: Demur's own rules, a policy folder or the default, and one caseload."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from demur.caseload.index import CaseloadIndex
from demur.caseload.text import RULES as CASELOAD_RULES
from demur.core.findings import READER, Category
from demur.core.people import Caseload
from demur.engine import Engine
from demur.policy.policy import Policy, load_default, load_policy
from demur.screening.reader.reader import Reader
from demur.screening.reader.second import SecondReader
from demur.screening.rule import load_default_rules
from demur.screening.screen import Screen


@cache
def default_screen() -> Screen:
    """Demur's own rules, compiled once in a process."""
    return Screen(load_default_rules())


@cache
def default_reader() -> Reader:
    """The reader that Demur comes with; its model is loaded when a draft first needs it, once in a process."""
    return Reader()


@cache
def default_policy() -> Policy:
    """Demur's default policy, loaded once in a process."""
    return load_default()


@cache
def rule_titles() -> dict[str, str]:
    """What each rule that can mark something is called, those of the caseload included."""
    names = dict.fromkeys(CASELOAD_RULES, "A name that is also on your caseload")
    return {rule.id: rule.title for rule in default_screen().rules} | names | {READER: "What the draft says as a whole"}


@cache
def rule_categories() -> dict[str, Category]:
    """The category of each rule that can mark something."""
    names = dict.fromkeys(CASELOAD_RULES, Category.CLIENT_NAME)
    return {rule.id: rule.category for rule in default_screen().rules} | names


def open_policy(folder: Path | None) -> Policy:
    """The policy of a folder, or the default. Raises InvalidPolicy with file, line and reason."""
    return default_policy() if folder is None else load_policy(folder, name=folder.name)


def build_engine(caseload: Caseload, policy_folder: Path | None = None, second: SecondReader | None = None) -> Engine:
    """An engine for one professional's own caseload, with a second reader if one is set up. Raises InvalidPolicy."""
    index = CaseloadIndex.build(caseload)
    return Engine(default_screen(), index, open_policy(policy_folder), default_reader(), second)
