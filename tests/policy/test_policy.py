from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from demur.core.findings import Category
from demur.core.verdicts import Outcome
from demur.policy.decide import decide
from demur.policy.facts import PublishFacts
from demur.policy.policy import InvalidPolicy, Policy, Problem, load_policy

CLAUSE = "publish/name.cedar"
CASES = "publish/name.cases.toml"


def problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(InvalidPolicy) as refused:
        load_policy(folder, name="ours")
    assert str(refused.value).count("\n") == len(refused.value.problems) - 1
    return refused.value.problems


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_the_smallest_policy_loads(own_policy: Path) -> None:
    policy = load_policy(own_policy, name="ours")
    assert [clause.id for clause in policy.clauses] == ["publish/anything", "publish/name"]
    clause = policy.clause("publish/name")
    assert (clause.permits, clause.outcome, clause.cites) == (False, Outcome.DECLINE, ("NASW-1.07r",))
    assert clause.categories == {Category.CLIENT_NAME}
    assert [case.met for case in clause.cases] == [True, False]
    with pytest.raises(KeyError):
        policy.clause("publish/nothing")


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "reason"),
    [
        (CLAUSE, "    principal,\n", "    principal;\n", 7, "Cedar can't read this"),
        (CLAUSE, "when {", "when { &", 11, "Cedar can't read this: invalid token"),
        (CLAUSE, "};\n", "}\n", 11, "unexpected end of input"),
        (CLAUSE, "context.found.", "context.fuond.", 11, "attribute `fuond` in context"),
        (CLAUSE, 'Category::"client-name"', 'Category::"gossip"', 11, "not declared as a valid eid"),
        (CLAUSE, "when {", 'when { context.audience == "public" &&', 6, "String and Audience are not compatible"),
        (CLAUSE, '@says("Names permit people to guess.")\n', "", 5, "the clause needs @says"),
        (CLAUSE, '@title("No name")', '@title("")', 6, "the clause needs @title"),
        (CLAUSE, '@cites("', '@colour("', 4, "@colour is not an annotation"),
        (CLAUSE, '@outcome("decline")', '@outcome("hold")', 3, "outcome must be one of"),
        (CLAUSE, '@outcome("decline")', '@outcome("allow")', 3, "permit goes with"),
        (CLAUSE, "forbid (", "permit (", 3, "permit goes with"),
        (CLAUSE, '@outcome("decline")', '@outcome("ask")', 3, "a clause has @question if and only if it asks"),
        (CLAUSE, "@cites", '@question("Who?")\n@cites', 4, "a clause has @question if and only if it asks"),
        (CLAUSE, "@cites", '@tell("soon")\n@cites', 4, "@tell is one of: the same or the next work day, at once"),
        (CLAUSE, "@cites", '@tell("")\n@cites', 4, "@tell is one of"),
        (CLAUSE, "NASW-1.07r", "NASW-1.07r, NASW-99", 4, "'NASW-99' is not among the checked citations"),
        (CLAUSE, 'action == Action::"publish"', "action", 6, "must name one action"),
        (CLAUSE, 'Action::"publish"', 'Action::"dance"', 6, "must name one action"),
        (CLAUSE, "    principal,", "    principal == ?principal,", 6, "no blanks"),
        (CLAUSE, '@id("publish/name")', '@id("publish/other")', 1, "the id must be the file's place"),
        (CLAUSE, '@id("publish/name")', '@id("ame")', 1, "the id must be the file's place"),
        (CASES, "met = false", "met = fals", 8, "line 8"),
        (CASES, "met = false", "met = true", 1, "no case in which the clause is not met"),
        (CASES, "met = true", "met = false", 1, "no case in which the clause is met"),
        (CASES, "met = false", 'met = "no"', 6, "met = true or false"),
        (CASES, 'says = "No name."', "says = 3", 6, "a case says what happens"),
        (CASES, "facts = { }", "facts = 3", 6, "the facts of a case are a table"),
        (CASES, "facts = { }", 'facts = { found = ["gossip"] }', 6, "category must be one of"),
        (CASES, "facts = { }", "outcome = 3", 6, "outcome must be one of"),
        (CASES, "facts = { }", 'action = "dance"', 6, "action must be one of"),
        (CASES, "facts = { }", "fact = { }", 6, "'fact' is not a part of a case"),
        (CASES, '[[case]]\nsays = "No', '[[cases]]\nsays = "No', 1, "[[case]] tables and nothing else"),
    ],
)
def test_a_mistake_is_refused_with_file_line_and_reason(
    own_policy: Path, file: str, old: str, new: str, line: int, reason: str
) -> None:
    change(own_policy, file, old, new)
    found = problems(own_policy)
    assert [(problem.file, problem.line) for problem in found if reason in problem.reason] == [(file, line)]
    assert f"{file}, line {line}: " in "\n".join(map(str, found))


@pytest.mark.parametrize(
    ("condition", "settled_by"),
    [
        ('context.about_client == Answer::"unasked"', "about_client"),
        ('(context.photos || context.about_client == Answer::"unasked") && context.is_reply', "about_client"),
        ('context.about_client == Answer::"no"', ""),
    ],
)
def test_a_question_is_settled_by_the_fact_that_must_be_unasked(
    own_policy: Path, condition: str, settled_by: str
) -> None:
    change(own_policy, CLAUSE, '@outcome("decline")', '@outcome("ask")\n@question("Who?")')
    change(own_policy, CLAUSE, "when {", f"when {{ {condition} &&")
    assert load_policy(own_policy, name="ours").clause("publish/name").settled_by == settled_by


def test_a_clause_may_say_by_when_the_supervisor_is_told(own_policy: Path) -> None:
    assert load_policy(own_policy, name="ours").clause("publish/name").tell == ""
    change(own_policy, CLAUSE, "@cites", '@tell("at once")\n@cites')
    policy = load_policy(own_policy, name="ours")
    assert policy.clause("publish/name").tell == "at once"
    assert decide(policy, PublishFacts(found=frozenset({Category.CLIENT_NAME}))).tell == "at once"
    assert decide(policy, PublishFacts()).tell == ""


def test_a_text_over_two_lines_is_not_the_mistake(own_policy: Path) -> None:
    change(own_policy, CLAUSE, "when {", "when { &")
    change(own_policy, CLAUSE, 'guess.")', 'guess,\nin two lines.")\n// 5" or "more\n')
    assert [(problem.file, problem.line) for problem in problems(own_policy)] == [(CLAUSE, 14)]


def test_an_invalid_clause_takes_the_whole_policy_with_it_and_every_reason_is_told(own_policy: Path) -> None:
    change(own_policy, CLAUSE, "context.found.", "context.fuond.")
    change(own_policy, "publish/anything.cedar", '@title("The rest")\n', "")
    assert {problem.file for problem in problems(own_policy)} == {CLAUSE, "publish/anything.cedar"}


def test_a_clause_without_cases_is_refused(own_policy: Path) -> None:
    (own_policy / CASES).unlink()
    assert problems(own_policy) == (Problem(CASES, 1, "missing: every clause has cases, one met and one not met"),)


def test_two_policies_in_one_file_are_refused(own_policy: Path) -> None:
    path = own_policy / CLAUSE
    path.write_text(path.read_text("utf-8") * 2, "utf-8")
    assert problems(own_policy) == (Problem(CLAUSE, 1, "a clause file holds one policy; this one holds 2"),)


def test_an_empty_file_is_refused(own_policy: Path) -> None:
    (own_policy / CLAUSE).write_text("// nothing yet\n", "utf-8")
    assert problems(own_policy) == (Problem(CLAUSE, 1, "a clause file holds one policy; this one holds 0"),)


def test_a_file_that_is_not_text_is_refused(own_policy: Path) -> None:
    (own_policy / CLAUSE).write_bytes(b"\xff\xfe\x00")
    assert problems(own_policy) == (Problem(CLAUSE, 1, "the file cannot be read as UTF-8 text"),)


def test_an_id_that_is_used_twice_is_refused(own_policy: Path) -> None:
    shutil.copytree(own_policy / "publish", own_policy / "second" / "publish")
    reasons = [(problem.file, problem.reason) for problem in problems(own_policy)]
    assert ("second/publish/name.cedar", "the id 'publish/name' is already used by publish/name.cedar") in reasons


def test_a_folder_without_clauses_or_no_folder_is_refused(tmp_path: Path) -> None:
    assert "no clause found" in problems(tmp_path)[0].reason
    assert "no such folder" in problems(tmp_path / "nowhere")[0].reason


def test_categories_are_those_of_the_conditions_only(own_policy: Path) -> None:
    change(own_policy, CLAUSE, "forbid (", '// Not Category::"gossip", nor Category::"crisis".\nforbid (')
    assert load_policy(own_policy, name="ours").clause("publish/name").categories == {Category.CLIENT_NAME}


def test_a_case_may_show_another_action(own_policy: Path) -> None:
    change(own_policy, CASES, "met = false", 'met = false\naction = "search"')
    policy = load_policy(own_policy, name="ours")
    assert policy.clause("publish/name").cases[1].facts.action.value == "search"


def test_the_digest_is_that_of_the_clauses(own_policy: Path) -> None:
    before = load_policy(own_policy, name="ours").digest
    change(own_policy, CASES, "No name.", "Nothing.")
    assert load_policy(own_policy, name="another name").digest == before
    change(own_policy, CLAUSE, "No name", "No names")
    assert load_policy(own_policy, name="ours").digest != before


def test_the_order_of_files_does_not_matter(default_policy: Policy, clause_folder: Path, tmp_path: Path) -> None:
    for path in sorted(clause_folder.rglob("*.*"), reverse=True):
        target = tmp_path / path.relative_to(clause_folder)
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, target)
    again = load_policy(tmp_path, name="copied backwards")
    assert again.digest == default_policy.digest
    facts = PublishFacts(found=frozenset({Category.CLIENT_NAME, Category.LOCATION_OR_TIME}))
    assert decide(again, facts) == decide(default_policy, facts)
