"""The documents say what is so: links lead somewhere, commands exist, examples load, shown answers are real."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer

from demur.cli.main import app
from demur.policy.decide import failing_cases
from demur.policy.policy import InvalidPolicy, default_clauses, load_policy
from demur.screening.examples import failing_examples
from demur.screening.rule import InvalidRule, default_rules, load_rules
from demur.screening.screen import Screen

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")])
BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
COMMAND = re.compile(r"^(?:[A-Z_]+=\S+ )*(?:\S*/)?demur (.+)$")
MAKE = re.compile(r"^(?:[A-Z_]+=(?:'[^']*'|\"[^\"]*\"|\S+) )*make (\S+)")


@dataclass(frozen=True)
class Block:
    language: str
    text: str
    before: str


def blocks(page: Path) -> list[Block]:
    text = page.read_text("utf-8")
    return [
        Block(found[2], "\n".join(line.removeprefix(found[1]) for line in found[3].splitlines()), text[: found.start()])
        for found in BLOCK.finditer(text)
    ]


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    headings = HEADING.findall(BLOCK.sub("", page.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def shell_lines(page: Path) -> list[str]:
    """The commands of a page: whole `sh` blocks, and what follows `$` in `console` blocks; comments left out."""
    lines = []
    for block in blocks(page):
        for line in block.text.splitlines():
            if block.language == "console" and line.startswith("$ "):
                lines.append(line[2:])
            elif block.language == "sh" and line.strip():
                lines.append(line.split(" #")[0].strip())
    # Commands in running text count too.
    lines += re.findall(r"`(demur [a-z][^`…]*)`", BLOCK.sub("", page.read_text("utf-8")))
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(BLOCK.sub("", page.read_text("utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{name(page)} links to {target}"
        assert file.is_relative_to(ROOT), f"{name(page)} links out of the project: {target}"
        if anchor:
            assert anchor in anchors(file), f"{name(page)} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_documents_are_linked_from_the_index_or_a_neighbour(page: Path) -> None:
    linked = {
        (other.parent / target.partition("#")[0]).resolve()
        for other in PAGES
        if other != page
        for target in LINK.findall(other.read_text("utf-8"))
        if not re.match(r"[a-z]+:", target)
    }
    assert page == ROOT / "README.md" or page in linked or page.parent in linked


def _require_known(words: list[str], where: str) -> None:
    """Walk from command to sub-command; every option on the way must be one that the command has."""
    command: Any = typer.main.get_command(app)
    for word in words:
        if word in ("|", ">", "<", ">>", "&&", ";"):
            break
        children = getattr(command, "commands", None)
        if word.startswith("--"):
            options = {
                option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)
            }
            assert word.partition("=")[0] in options | {"--help"}, f"{where}: no option {word}"
        elif children is not None:
            assert word in children, f"{where}: no command {word}"
            command = children[word]
    assert getattr(command, "commands", None) is None or "--help" in words or "--version" in words, where


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_exist(page: Path) -> None:
    for line in shell_lines(page):
        if found := COMMAND.match(line):
            _require_known(shlex.split(found[1], comments=True), f"{name(page)}: {line}")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for line in shell_lines(page):
        if found := MAKE.match(line):
            assert found[1] in targets, f"{name(page)}: {line}"


def test_the_check_for_commands_can_fail() -> None:
    for wrong in ("chek hello", "check hello --nework x", "caseload imprt x.csv", "policy"):
        with pytest.raises(AssertionError):
            _require_known(shlex.split(wrong), wrong)
    _require_known(shlex.split('check "hello" --network facebook'), "right")


# CONTRIBUTING.md: the file that a block holds is named just before it.


def contributed(suffix: str) -> dict[str, str]:
    found = {}
    for block in blocks(ROOT / "CONTRIBUTING.md"):
        named = re.search(r"`([^`]+)`:\s*$", block.before)
        if named and named[1].endswith(suffix):
            found[named[1]] = block.text
    return found


def test_the_example_rule_loads_and_keeps_its_word(tmp_path: Path) -> None:
    ((place, text),) = contributed("/place-on-the-list.toml").items()
    assert place.startswith("src/demur/screening/rules/")
    # Beside the real ones, as it would stand.
    shutil.copytree(str(default_rules()), tmp_path / "rules")
    (tmp_path / "rules" / Path(place).name).write_text(text, "utf-8")
    rules = load_rules(tmp_path / "rules")
    rule = next(rule for rule in rules if rule.id == Path(place).stem)
    failures = failing_examples(Screen(rules))
    assert [failure for failure in failures if failure.rule == rule] == []
    without = "\n".join(line for line in text.splitlines() if line != "[[passes]]")
    (tmp_path / "rules" / Path(place).name).write_text(without, "utf-8")
    with pytest.raises((InvalidRule, tomllib.TOMLDecodeError)):
        load_rules(tmp_path / "rules")


def test_the_example_clause_loads_and_keeps_its_word(tmp_path: Path) -> None:
    files = contributed(".cedar") | contributed(".cases.toml")
    assert len(files) == 2
    shutil.copytree(str(default_clauses()), tmp_path / "clauses")
    for place, text in files.items():
        inside = Path(place).relative_to("src/demur/policy/clauses")
        (tmp_path / "clauses" / inside).write_text(text, "utf-8")
    policy = load_policy(tmp_path / "clauses", name="copy")
    clause = policy.clause("connect/student-for-agency")
    assert len(clause.cases) == 2
    assert [(failure.clause.id, failure.case.says) for failure in failing_cases(policy)] == []
    (tmp_path / "clauses" / "connect" / "student-for-agency.cases.toml").unlink()
    with pytest.raises(InvalidPolicy):
        load_policy(tmp_path / "clauses", name="copy")


# What `console` blocks show is what the command answers; a line with … alone stands for lines left out.


def sessions(page: Path) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for block in blocks(page):
        if block.language != "console":
            continue
        for line in block.text.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line.rstrip())
    return found


def shows(expected: list[str], real: list[str]) -> str:
    """Empty where the expected lines are the real ones; otherwise the first line that isn't there."""
    position, skipping = 0, False
    for line in expected:
        if line == "…":
            skipping = True
            continue
        rest = real[position:]
        if skipping and line in rest:
            position += rest.index(line)
        elif not rest or rest[0] != line:
            return line or "an empty line"
        position, skipping = position + 1, False
    return "" if skipping or position == len(real) else f"it goes on with: {real[position]}"


def test_the_check_for_shown_answers_can_fail() -> None:
    real = ["a", "", "b", "c"]
    assert shows(["a", "", "b", "c"], real) == ""
    assert shows(["a", "…", "c"], real) == ""
    assert shows(["a", "…"], real) == ""
    assert shows(["a", "b"], real) == "b"
    assert shows(["a"], real) != ""
    assert shows(["…", "d"], real) == "d"


WITH_ANSWERS = [page for page in PAGES if sessions(page)]


def test_the_first_pages_show_answers() -> None:
    assert {ROOT / "README.md", ROOT / "docs/tutorial/first-evening.md"} <= set(WITH_ANSWERS)


@pytest.mark.parametrize("page", WITH_ANSWERS, ids=name)
def test_shown_answers_are_real(page: Path, tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DEMUR_")}
    environment |= {
        "DEMUR_HOME": str(tmp_path / "home"),
        # With a passphrase no test ever writes to the keyring of whoever runs it.
        "DEMUR_PASSPHRASE": "invented words for tests",
        "COLUMNS": "80",
        "PYTHONUTF8": "1",
    }
    for command, expected in sessions(page):
        words = shlex.split(command)
        assert words[0].endswith("demur"), f"{name(page)}: {command}"
        done = subprocess.run(
            [sys.executable, "-c", "from demur.cli.main import run; run()", *words[1:]],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
        real = [line.rstrip() for line in done.stdout.rstrip("\n").splitlines()]
        missing = shows(expected, real)
        assert not missing, f"{name(page)}: {command}\ndoes not show: {missing}\nIt says:\n{done.stdout}{done.stderr}"


def test_the_tutorial_names_what_is_on_the_screen() -> None:
    text = BLOCK.sub("", (ROOT / "docs/tutorial/first-evening.md").read_text("utf-8"))
    screens = "\n".join(
        file.read_text("utf-8")
        for folder in ("server/web", "reports")
        for file in sorted((ROOT / "src/demur" / folder).rglob("*"))
        if file.suffix in (".html", ".py")
    )
    labels = [label.rstrip(".") for label in re.findall(r"\*\*([^*]+)\*\*", text)]
    assert len(labels) > 8
    assert [label for label in labels if label not in screens] == []
