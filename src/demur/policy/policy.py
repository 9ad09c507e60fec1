"""A policy: clauses in Cedar with their cases, read from a folder, refused whole where anything is wrong."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import cedarpy

from demur.core.citations import citations
from demur.core.findings import Category
from demur.core.verdicts import TELL_BY, Outcome
from demur.policy.facts import Action, Facts, read_facts

_ANNOTATIONS = frozenset({"id", "title", "outcome", "cites", "says", "question", "tell"})
_REQUIRED = ("id", "title", "outcome", "says")
_ID = re.compile(r"[a-z0-9-]{1,60}/[a-z0-9-]{1,60}")
"""Plain and short, because ids stand in addresses, in reports and in the log, which takes this form and no other."""
_CASE_PARTS = frozenset({"says", "met", "outcome", "action", "facts"})
_CASE_HEAD = re.compile(r"\s*\[\[\s*case\s*\]\]")
_STRING_OR_COMMENT = re.compile(r'"(?:\\.|[^"\\])*"|//[^\n]*', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a policy was refused: which file, which line (1-based), and what is wrong in words."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.reason}"


class InvalidPolicy(ValueError):
    """A policy that fails validation never loads; `problems` names every reason found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Case:
    """An example that is both test and documentation: with these facts the clause is met, or it is not."""

    says: str
    met: bool
    facts: Facts
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of the policy. `categories` are those that its Cedar text names.

    `settled_by` is the fact that takes the answer to its question: the one that its conditions want unasked. `tell` is
    one of `TELL_BY`, or empty where no supervisor is told.
    """

    id: str
    action: Action
    permits: bool
    title: str
    outcome: Outcome
    says: str
    cites: tuple[str, ...]
    question: str
    settled_by: str
    tell: str
    categories: frozenset[Category]
    source: str
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Policy:
    """All clauses together. `digest` is SHA-256 over schema and clauses: the same digest judges the same."""

    name: str
    clauses: tuple[Clause, ...]
    digest: str
    schema: cedarpy.Schema = field(repr=False, compare=False)
    policy_set: cedarpy.PolicySet = field(repr=False, compare=False)

    def clause(self, clause_id: str) -> Clause:
        """The clause with that id. Raises KeyError."""
        for clause in self.clauses:
            if clause.id == clause_id:
                return clause
        raise KeyError(clause_id)


def schema_source() -> str:
    """The Cedar schema that every policy is validated against."""
    return files("demur.policy").joinpath("schema.cedarschema").read_text("utf-8")


def default_clauses() -> Traversable:
    """The folder of Demur's default policy: decline, unless a clause permits."""
    return files("demur.policy").joinpath("clauses")


def load_default() -> Policy:
    """The policy for those whose agency has none."""
    return load_policy(default_clauses(), name="Demur's default policy")


def load_policy(folder: Traversable | Path, name: str) -> Policy:
    """Read every `*.cedar` below the folder with its `.cases.toml`.

    Raises InvalidPolicy with file, line and reason for everything that is wrong.
    """
    schema_text = schema_source()
    problems: list[Problem] = []
    clauses: list[Clause] = []
    seen: dict[str, str] = {}
    if not folder.is_dir():
        raise InvalidPolicy((Problem(str(folder), 1, "there is no such folder"),))
    cedar_files = list(_cedar_files(folder))
    # Checking all clauses at once is many times quicker; only where something is wrong is each asked which one it is.
    schema_to_ask = None if _all_valid([file for _, file in cedar_files], schema_text) else schema_text
    for path, file in cedar_files:
        clause = _read_clause(path, file, schema_to_ask, problems)
        if clause is None:
            continue
        if clause.id in seen:
            problems.append(Problem(path, 1, f"the id '{clause.id}' is already used by {seen[clause.id]}"))
        seen[clause.id] = path
        clauses.append(clause)
    if not clauses and not problems:
        problems.append(Problem(str(folder), 1, "no clause found: a policy needs at least one .cedar file"))
    if problems:
        raise InvalidPolicy(tuple(problems))
    clauses.sort(key=lambda clause: clause.id)
    source = "\n".join(clause.source for clause in clauses)
    digest = hashlib.sha256(f"{schema_text}\n{source}".encode()).hexdigest()
    return Policy(
        name=name,
        clauses=tuple(clauses),
        digest=digest,
        schema=cedarpy.Schema.from_str(schema_text),
        policy_set=cedarpy.PolicySet.from_str(source),
    )


def _cedar_files(folder: Traversable | Path, prefix: str = "") -> Iterator[tuple[str, Traversable | Path]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _cedar_files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".cedar"):
            yield f"{prefix}{entry.name}", entry


def _all_valid(cedar_files: list[Traversable | Path], schema: str) -> bool:
    try:
        sources = [file.read_text(encoding="utf-8") for file in cedar_files]
        return not cedarpy.validate_policies("\n".join(sources), schema).errors
    except (OSError, ValueError):
        return False


def _read_clause(path: str, file: Traversable | Path, schema: str | None, problems: list[Problem]) -> Clause | None:
    before = len(problems)
    try:
        source = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        problems.append(Problem(path, 1, "the file cannot be read as UTF-8 text"))
        return None
    parsed = _parse(path, source, problems)
    if parsed is None:
        return None
    annotations: dict[str, str] = {key: value or "" for key, value in parsed.get("annotations", {}).items()}
    head = _head_of(source)
    for key in sorted(annotations.keys() - _ANNOTATIONS):
        problems.append(Problem(path, _line_of(source, f"@{key}"), f"@{key} is not an annotation that clauses have"))
    for key in _REQUIRED:
        if not annotations.get(key):
            problems.append(Problem(path, head, f'the clause needs @{key}("…")'))
    outcome = Outcome.DECLINE
    try:
        outcome = Outcome.read(annotations.get("outcome", "decline"))
    except ValueError as error:
        problems.append(Problem(path, _line_of(source, "@outcome"), str(error)))
    permits = parsed["effect"] == "permit"
    if "outcome" in annotations and permits != (outcome is Outcome.ALLOW):
        problems.append(
            Problem(
                path, _line_of(source, "@outcome"), 'permit goes with @outcome("allow"), and forbid with the others'
            )
        )
    question = annotations.get("question", "")
    if bool(question) != (outcome is Outcome.ASK):
        problems.append(
            Problem(path, _line_of(source, "@question", "@outcome"), "a clause has @question if and only if it asks")
        )
    tell = annotations.get("tell", "")
    if "tell" in annotations and tell not in TELL_BY:
        problems.append(Problem(path, _line_of(source, "@tell"), f"@tell is one of: {', '.join(TELL_BY)}"))
    cites = tuple(part.strip() for part in annotations.get("cites", "").split(",") if part.strip())
    for cited in cites:
        if cited not in citations():
            problems.append(Problem(path, _line_of(source, cited), f"'{cited}' is not among the checked citations"))
    action = _action(parsed)
    if action is None:
        problems.append(Problem(path, head, 'the clause must name one action: action == Action::"publish", …'))
        return None
    if schema is not None:
        _validate(path, source, schema, problems)
    clause_id = annotations.get("id", "")
    # The id stands in addresses and reports, so it is as plain as a file name, and whole: "crisis" is not enough.
    if not _ID.fullmatch(clause_id) or not f"/{path}".endswith(f"/{clause_id}.cedar"):
        problems.append(
            Problem(path, _line_of(source, "@id"), "the id must be the file's place, such as publish/crisis")
        )
    cases = _read_cases(path, file, action, problems)
    if len(problems) > before:
        return None
    return Clause(
        id=clause_id,
        action=action,
        permits=permits,
        title=annotations["title"],
        outcome=outcome,
        says=annotations["says"],
        cites=cites,
        question=question,
        settled_by=_settled_by(parsed["conditions"]) if question else "",
        tell=tell,
        categories=_categories(parsed["conditions"]),
        source=source.strip() + "\n",
        cases=cases,
    )


def _parse(path: str, source: str, problems: list[Problem]) -> dict[str, Any] | None:
    """The one policy of a file as Cedar's JSON; None, with the problem noted, where there is not exactly one."""
    try:
        policy_set = json.loads(cedarpy.policies_to_json_str(source))
    except ValueError as error:
        problems.append(Problem(path, _parse_error_line(source), f"Cedar can't read this: {_first_line(error)}"))
        return None
    policies = list(policy_set["staticPolicies"].values())
    if policy_set["templates"]:
        problems.append(Problem(path, _head_of(source), "a clause has no blanks such as ?principal to fill in"))
        return None
    if len(policies) != 1:
        problems.append(Problem(path, 1, f"a clause file holds one policy; this one holds {len(policies)}"))
        return None
    parsed: dict[str, Any] = policies[0]
    return parsed


def _parse_error_line(source: str) -> int:
    """The first line after which Cedar no longer merely waits for more: cedarpy reports no positions."""
    lines = source.splitlines()
    for number in range(1, len(lines) + 1):
        so_far = "\n".join(lines[:number])
        if '"' in _STRING_OR_COMMENT.sub("", so_far):
            continue  # A text goes on in the next line, which Cedar would take for a mistake.
        try:
            cedarpy.policies_to_json_str(so_far)
        except ValueError as error:
            if "end of input" not in str(error):
                # A word that has no business in the head is only refused once the policy ends; it is named last.
                named = re.search(r": (\w+)$", _first_line(error))
                return min(number, _line_of(source, named[1], since=_head_of(source))) if named else number
    return max(1, len(lines))


def _categories(parsed: object) -> frozenset[Category]:
    """The categories that the conditions name, wherever in their tree; what texts and comments say doesn't count."""
    if isinstance(parsed, list):
        return frozenset[Category]().union(*(_categories(part) for part in parsed))
    if not isinstance(parsed, dict):
        return frozenset()
    entity = parsed.get("__entity")
    if isinstance(entity, dict):
        return frozenset({Category(entity["id"])}) if entity["type"] == "Category" else frozenset()
    return _categories(list(parsed.values()))


def _settled_by(parsed: object) -> str:
    """The fact that the conditions want to be unasked, so that an answer to it settles the question; empty if none."""
    if isinstance(parsed, list):
        return next(filter(None, map(_settled_by, parsed)), "")
    if not isinstance(parsed, dict):
        return ""
    match parsed:
        case {"==": {"left": {".": {"attr": str(name)}}, "right": {"Value": {"__entity": {"id": "unasked"}}}}}:
            return name
    return _settled_by(list(parsed.values()))


def _validate(path: str, source: str, schema: str, problems: list[Problem]) -> None:
    for error in cedarpy.validate_policies(source, schema).errors:
        reason = re.sub(r"^for policy `[^`]*`,? ?:? ?", "", _first_line(error.error))
        quoted = [word.strip('"') for word in re.findall(r"`([^`]+)`", reason)]
        head = _head_of(source)
        problems.append(Problem(path, _line_of(source, *quoted, since=head) if quoted else head, reason))


def _first_line(error: object) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else "Cedar refuses it"


def _line_of(source: str, *needles: str, since: int = 1) -> int:
    """The 1-based line, from `since` on, of the first needle that occurs; `since` where none does."""
    for needle in needles:
        for number, line in enumerate(source.splitlines(), start=1):
            if number >= since and needle and needle in line:
                return number
    return since


def _head_of(source: str) -> int:
    """The 1-based line where the policy itself begins, below its annotations and comments."""
    for number, line in enumerate(source.splitlines(), start=1):
        if re.match(r"\s*(forbid|permit)\b", line):
            return number
    return _line_of(source, "forbid", "permit")


def _action(parsed: dict[str, object]) -> Action | None:
    scope = parsed.get("action")
    if not isinstance(scope, dict) or scope.get("op") != "==":
        return None
    try:
        return Action(scope["entity"]["id"])
    except (KeyError, ValueError):
        return None


def _read_cases(path: str, file: Traversable | Path, action: Action, problems: list[Problem]) -> tuple[Case, ...]:
    case_path = path.removesuffix(".cedar") + ".cases.toml"
    name = file.name.removesuffix(".cedar") + ".cases.toml"
    # A Traversable has no parent; a Path has, and resource files of an installed package are Paths.
    case_file = Path(str(file)).with_name(name)
    if not case_file.is_file():
        problems.append(Problem(case_path, 1, "missing: every clause has cases, one met and one not met"))
        return ()
    try:
        text = case_file.read_text("utf-8")
        data = tomllib.loads(text)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        problems.append(Problem(case_path, int(line[1]) if line else 1, _first_line(error)))
        return ()
    rows = data.get("case", [])
    if data.keys() - {"case"} or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        problems.append(Problem(case_path, 1, "a cases file holds [[case]] tables and nothing else"))
        return ()
    cases: list[Case] = []
    heads = [number for number, line in enumerate(text.splitlines(), start=1) if _CASE_HEAD.match(line)] or [1]
    for position, row in enumerate(rows):
        try:
            cases.append(_read_case(row, action))
        except ValueError as error:
            problems.append(Problem(case_path, heads[min(position, len(heads) - 1)], str(error)))
    for wanted in (True, False):
        if not any(case.met is wanted for case in cases):
            word = "met" if wanted else "not met"
            problems.append(Problem(case_path, 1, f"no case in which the clause is {word}"))
    return tuple(cases)


def _read_case(row: dict[str, object], action: Action) -> Case:
    """One case; `action` is the clause's own, which a case may replace to show what the clause is not about.

    Raises ValueError saying what is wrong.
    """
    unknown = row.keys() - _CASE_PARTS
    if unknown:
        raise ValueError(f"'{min(unknown)}' is not a part of a case; there are: {', '.join(sorted(_CASE_PARTS))}")
    says, met, facts = row.get("says"), row.get("met"), row.get("facts", {})
    if not isinstance(met, bool) or not isinstance(says, str) or not says:
        raise ValueError("a case says what happens, and whether the clause is met (met = true or false)")
    if not isinstance(facts, dict):
        raise ValueError('the facts of a case are a table, such as facts = { audience = "friends" }')
    outcome = Outcome.read(str(row["outcome"])) if "outcome" in row else None
    asked = Action.read(str(row["action"])) if "action" in row else action
    return Case(says, met, read_facts(asked, facts), outcome)
