"""`demur policy`: what decides, in plain words, with a place to try it."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.padding import Padding
from rich.text import Text

from demur.cli.ending import ALLOWED, NOT_ALLOWED, InputError, console
from demur.cli.sources import PolicyOption, read_policy
from demur.core.citations import citations
from demur.policy.decide import decide, failing_cases
from demur.policy.facts import Action, read_facts

app = typer.Typer(help="The policy that decides, in plain words.", no_args_is_help=True)


@app.command("show")
def show(policy: PolicyOption = None) -> None:
    """Every clause with its outcome."""
    opened = read_policy(policy)
    out = console()
    out.print(Text(opened.name, style="bold"))
    for action in Action:
        clauses = [clause for clause in opened.clauses if clause.action is action]
        if not clauses:
            continue
        out.print(Text(f"\n{action.value}", style="bold"))
        for clause in clauses:
            out.print(Text.assemble((f"{clause.outcome.word:8}", "cyan"), f"{clause.title}  ", (clause.id, "dim")))
    out.print(Text("\nWhat no clause permits is declined.", style="dim"))
    out.print(Text(f"digest {opened.digest}", style="dim"))


@app.command("explain")
def explain(
    clause: Annotated[str, typer.Argument(help="A clause, such as connect/current-client.")],
    policy: PolicyOption = None,
) -> None:
    """One clause: what it says, where that is written, and the cases that show it."""
    opened = read_policy(policy)
    try:
        found = opened.clause(clause)
    except KeyError:
        raise InputError(f"there is no clause '{clause}'. See: demur policy show") from None
    out = console()
    out.print(Text(found.title, style="bold"))
    out.print(Text(found.says))
    out.print(Text(f"\nOutcome: {found.outcome.word}", style="cyan"))
    if found.question:
        out.print(Text(f"It asks: {found.question}"))
    for cited in found.cites:
        row = citations()[cited]
        out.print(Text(f"\n{row.label}", style="bold"))
        out.print(Padding(Text(f"{row.says}\n{row.url}, checked {row.checked_on}"), (0, 0, 0, 2)))
    out.print(Text("\nFor example", style="bold"))
    for case in found.cases:
        out.print(Padding(Text(f"{'applies' if case.met else 'does not apply'}: {case.says}"), (0, 0, 0, 2)))
    out.print(Text(f"\n{found.source}", style="dim"))


@app.command("try")
def try_case(
    action: Annotated[str, typer.Argument(help="publish, connect, message, search or upload-contacts.")],
    facts: Annotated[
        list[str] | None, typer.Argument(help="Facts, such as relationship=colleague found=phone,client-name.")
    ] = None,
    policy: PolicyOption = None,
) -> None:
    """Try a case: which clauses it meets, and what comes out."""
    opened = read_policy(policy)
    try:
        read = read_facts(Action.read(action), dict(_fact(given) for given in facts or []))
    except ValueError as error:
        raise InputError(f"{error}.") from None
    decision = decide(opened, read)
    out = console()
    out.print(Text(decision.outcome.word, style="bold"))
    for clause in decision.met:
        out.print(Padding(Text.assemble(f"{clause.title}. {clause.says}\n", (clause.id, "dim")), (0, 0, 0, 2)))
    if decision.by_default:
        out.print(Padding(Text("No clause permits this."), (0, 0, 0, 2)))
    if decision.errors:
        out.print(Padding(Text("A clause could not be applied, so it goes to a person."), (0, 0, 0, 2)))
    raise typer.Exit(ALLOWED if decision.outcome.word == "allow" else NOT_ALLOWED)


def _fact(given: str) -> tuple[str, object]:
    name, equals, value = given.partition("=")
    if not equals:
        raise ValueError(f"write facts as name=value, not '{name}'")
    if name in ("found", "possible", "beside_client"):
        return name, [part for part in value.split(",") if part]
    if value in ("true", "false"):
        return name, value == "true"
    return name, int(value) if value.isdecimal() else value


@app.command("test")
def run_cases(policy: PolicyOption = None) -> None:
    """Run every case of every clause."""
    opened = read_policy(policy)
    failures = failing_cases(opened)
    for failure in failures:
        wanted = "applies" if failure.case.met else "does not apply"
        typer.echo(f"{failure.clause.id}: “{failure.case.says}” should show that it {wanted};", err=True)
        typer.echo(
            f"  got {failure.got.outcome.word}: {', '.join(c.id for c in failure.got.met) or 'no clause'}", err=True
        )
    cases = sum(len(clause.cases) for clause in opened.clauses)
    typer.echo(f"{len(opened.clauses)} clauses, {cases} cases, {len(failures)} failed.")
    raise typer.Exit(NOT_ALLOWED if failures else ALLOWED)
