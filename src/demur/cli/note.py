"""`demur note`: what to bring to supervision, kept encrypted in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from demur.cli.ending import InputError, console
from demur.cli.sources import has_local_store, open_local_store, read_standard_input
from demur.core.characters import whole
from demur.core.content import MAX_TEXT_LENGTH
from demur.reports.terminal import printable

if TYPE_CHECKING:
    from demur.server.casework.models import NoteRecord

_FIRST_WORDS = 60

app = typer.Typer(
    help="Private notes for supervision, encrypted on this computer.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
_Number = Annotated[int, typer.Argument(metavar="NUMBER", help="Its number in `demur note list`.")]


@app.command("add")
def add(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NOTE]", help="The note. Leave it out, or give -, to read it from standard input."),
    ] = None,
) -> None:
    """Keep a note. Nothing of what it says gets into the log."""
    # A terminal in another charset gives halves of characters, which nothing can keep.
    typed = whole(" ".join(words)) if words is not None else "-"
    text = read_standard_input().strip("\n") if typed == "-" else typed
    if not text.strip():
        raise InputError("there is nothing in the note yet.")
    if len(text) > MAX_TEXT_LENGTH:
        raise InputError(f"a note has at most {MAX_TEXT_LENGTH:,} characters.")
    said = open_local_store()
    if said:
        typer.echo(said, err=True)
    from demur.server.casework.actions import keep_note

    keep_note(text)
    typer.echo("Kept for supervision, encrypted on this computer. To see what is there: demur note list")


@app.command("list")
def show_all() -> None:
    """What is kept, the latest first."""
    rows = _notes()
    if not rows:
        typer.echo("Nothing is kept for supervision. To keep something: demur note add")
        return
    table = Table(box=None, pad_edge=False)
    for column in ("number", "written", "begins"):
        table.add_column(column)
    for row in rows:
        begins = " ".join(row.text[: 4 * _FIRST_WORDS].split())[:_FIRST_WORDS]
        table.add_row(str(row.pk), row.written.date().isoformat(), printable(begins))
    console().print(table)


@app.command("show")
def show(number: _Number) -> None:
    """Show one note, whole."""
    found = _one(number)
    console().print(Text(printable(found.text)))


@app.command("delete")
def delete(number: _Number) -> None:
    """Delete a note for good."""
    found = _one(number)
    from demur.server.casework.actions import remove_note

    remove_note(found.key)
    typer.echo("The note is gone for good.")


def _notes() -> list[NoteRecord]:
    if not has_local_store():
        return []
    open_local_store()
    from demur.server.casework.queries import notes

    return notes()


def _one(number: int) -> NoteRecord:
    found = next((row for row in _notes() if row.pk == number), None)
    if found is None:
        raise InputError("there is no note with that number. See: demur note list")
    return found
