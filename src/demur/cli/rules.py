"""`demur rules`: what screening looks for, with its examples."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.padding import Padding
from rich.text import Text

from demur.cli.ending import ALLOWED, NOT_ALLOWED, InputError, console
from demur.core.citations import citations
from demur.screening.examples import failing_examples
from demur.screening.rule import load_default_rules
from demur.workspace import default_screen

app = typer.Typer(help="What screening looks for in a draft.", no_args_is_help=True)


@app.command("list")
def list_rules() -> None:
    """Every rule by category."""
    out = console()
    for rule in sorted(load_default_rules(), key=lambda rule: (rule.category, rule.id)):
        words = (f"{rule.category.value:27}", "cyan"), (f"{rule.confidence.word:9}", "dim"), f"{rule.id:32}"
        out.print(Text.assemble(*words, (rule.title, "dim")), soft_wrap=True)


@app.command("show")
def show(rule: Annotated[str, typer.Argument(help="A rule, such as phone-number.")]) -> None:
    """One rule: what it says, and examples both ways."""
    found = next((known for known in load_default_rules() if known.id == rule), None)
    if found is None:
        raise InputError(f"there is no rule '{rule}'. See: demur rules list")
    out = console()
    out.print(Text(found.title, style="bold"))
    out.print(Text(found.says))
    out.print(Text(f"\n{found.category.value}, {found.confidence.word}", style="cyan"))
    for cited in found.cites:
        out.print(Text(citations()[cited].label, style="dim"))
    out.print(Text("\nIt marks", style="bold"))
    for example in found.flags:
        text = Text(example.text)
        for start, end in example.spans:
            text.stylize("underline bold", start, end)
        out.print(Padding(text, (0, 0, 0, 2)))
    out.print(Text("\nIt passes", style="bold"))
    for example in found.passes:
        out.print(Padding(Text(example.text), (0, 0, 0, 2)))


@app.command("test")
def run_examples() -> None:
    """Run every example of every rule."""
    screen = default_screen()
    failures = failing_examples(screen)
    for failure in failures:
        marked = ", ".join(f"“{words}”" for words in failure.marked) or "nothing"
        typer.echo(f"{failure.rule.id}: in “{failure.example.text}” it marked {marked}", err=True)
    examples = sum(len(rule.flags) + len(rule.passes) for rule in screen.rules)
    typer.echo(f"{len(screen.rules)} rules, {examples} examples, {len(failures)} failed.")
    raise typer.Exit(NOT_ALLOWED if failures else ALLOWED)
