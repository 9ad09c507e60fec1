"""`demur sample`: invented people to try Demur with."""

from __future__ import annotations

import typer

from demur.cli.sources import has_local_store, open_local_store

app = typer.Typer(help="Invented sample data, clearly marked, gone with one command.", no_args_is_help=True)


@app.command("load")
def load() -> None:
    """Put an invented caseload into your store, marked as a sample."""
    said = open_local_store()
    from demur.server.casework.actions import load_sample

    result = load_sample()
    if said:
        typer.echo(said)
    typer.echo(f"{result.added} invented people are in your caseload, marked as sample. Try:")
    typer.echo('  demur check "so proud of Marisol today"')
    typer.echo("  demur sample remove     takes them out again")


@app.command("remove")
def remove() -> None:
    """Take the invented people out again; your own clients stay."""
    removed = 0
    if has_local_store():
        open_local_store()
        from demur.server.casework.actions import remove_sample

        removed = remove_sample()
    typer.echo(f"{removed} invented people were taken out.")
