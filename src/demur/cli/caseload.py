"""`demur caseload`: the people you serve, in the encrypted store."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from demur.cli.ending import INPUT_ERROR, InputError, console, read_file
from demur.cli.sources import caseload_from_store, has_local_store, open_local_store
from demur.records.caseload_csv import MAXIMUM_BYTES, UnreadableCaseload, read_caseload
from demur.reports.terminal import printable

app = typer.Typer(help="The people you serve, kept in your encrypted store.", no_args_is_help=True)


@app.command("import")
def import_csv(
    file: Annotated[Path, typer.Argument(metavar="CSV", help="A list of clients; only a name is needed.")],
) -> None:
    """Bring in a list of clients. Importing it again updates; it doesn't double."""
    try:
        reading = read_caseload(read_file(file, MAXIMUM_BYTES), date.today())
    except UnreadableCaseload as error:
        raise InputError(f"{file}: {error}") from None
    said = open_local_store()
    from demur.server.casework.actions import import_caseload

    result = import_caseload(reading)
    if said:
        typer.echo(said)
    typer.echo(f"{result.added} new, {result.updated} updated, {result.unchanged} unchanged.")
    for problem in reading.problems:
        typer.echo(problem.reason, err=True)
    if reading.problems and not reading.clients:
        raise typer.Exit(INPUT_ERROR)


@app.command("list")
def list_clients() -> None:
    """Show who is on your caseload."""
    clients = caseload_from_store(no_store=False).clients
    if not clients:
        typer.echo("Your caseload is empty. Bring in a list with: demur caseload import FILE.csv")
        return
    table = Table(box=None, pad_edge=False)
    for column in ("id", "name", "relationship", "city"):
        table.add_column(column)
    for client in clients:
        cells = client.client_id, client.full_name, client.relationship.value, client.city
        table.add_row(*(printable(cell) for cell in cells))
    console().print(table)


@app.command("remove")
def remove(
    client_id: Annotated[str, typer.Argument(help="The id that `demur caseload list` shows.")] = "",
    everybody: Annotated[bool, typer.Option("--all", help="Remove the whole caseload.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask again before removing everybody.")] = False,
) -> None:
    """Take one client, or everybody, out of your store."""
    if bool(client_id) is everybody:
        raise InputError("say which: demur caseload remove ID, or demur caseload remove --all")
    if not has_local_store():
        raise InputError("your caseload is empty, so there is nobody to remove.")
    open_local_store()
    from demur.server.casework.actions import remove_all, remove_client

    if everybody:
        if not yes:
            typer.confirm("Remove everybody from your caseload?", abort=True)
        remove_all()
        typer.echo("Your caseload is empty now.")
        return
    if not remove_client(client_id):
        raise InputError("nobody with that id is on your caseload. See: demur caseload list")
    typer.echo("Removed.")
