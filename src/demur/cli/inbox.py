"""`demur inbox`: requests from exports, mails and what is connected, into the encrypted store."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from demur.cli.ending import InputError, console, say_error
from demur.cli.sources import has_local_store, open_local_store
from demur.core.accounts import Purpose
from demur.core.arrivals import Reading
from demur.core.verdicts import Verdict
from demur.engine import Engine
from demur.policy.policy import InvalidPolicy
from demur.reports.phrases import REQUEST_OUTCOMES
from demur.reports.terminal import printable

if TYPE_CHECKING:
    from demur.server.triage.actions import TakenIn
    from demur.server.triage.models import RequestRecord

app = typer.Typer(
    help="Requests that came in, kept in your encrypted store. Nothing is accepted or declined from here.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
_Account = Annotated[str, typer.Option("--account", help="Which of your accounts: personal, professional or agency.")]


@app.command("import")
def import_files(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Exports (.zip, .json, .csv or a folder), .eml or .mbox.")
    ],
    account: _Account = Purpose.PERSONAL.value,
) -> None:
    """Read a network's export or saved mails, and list the requests in them once, however often they come."""
    purpose = _purpose(account)
    missing = next((path for path in files if not path.exists()), None)
    if missing is not None:
        raise InputError(f"{printable(str(missing))}: there is no such file or folder.")
    _open()
    from demur.server.reading_apart import read_apart
    from demur.server.triage.actions import take_in

    with console().status("Reading…") as status:
        reading = read_apart(files, date.today())

        def tell(seen: int) -> None:
            status.update(f"Putting them into the inbox: {seen:,} of {len(reading.arrivals):,}…")

        try:
            taken = take_in(reading.arrivals, date.today(), purpose, progress=tell)
        except KeyboardInterrupt:
            say_error("stopped. What came in so far is in your inbox; for the rest, bring in the same files again.")
            raise
    _say(reading, taken)


@app.command("fetch")
def fetch() -> None:
    """Look into the mailbox and the Mastodon account that you connected on the page; read only."""
    _open()
    from demur.server.connectors import queries
    from demur.server.connectors.errors import ConnectorError
    from demur.server.triage.looking import look_into

    connectors = queries.sources()
    if not connectors:
        raise InputError("nothing is connected. Start Demur, open Inbox, and press “Mailbox and accounts”.")
    failed = []
    for connector in connectors:
        label = printable(connector.label)
        typer.echo(f"{label}:")
        try:
            with console().status("Looking…"):
                reading, taken = look_into(connector, date.today())
        except ConnectorError as error:
            failed.append(label)
            typer.echo(str(error), err=True)
        else:
            _say(reading, taken)
    if failed:
        raise InputError(f"{', '.join(failed)}: nothing could be brought in from there; the reason stands above.")


@app.command("list")
def list_open() -> None:
    """What waits for an answer, and what your policy says to it."""
    rows: list[tuple[RequestRecord, Verdict | None]] = []
    if has_local_store():
        _open_store()
        from demur.server.triage import actions, queries

        _engine()
        rows = [(row, actions.judged(row, date.today())) for row in queries.open_requests()]
    if not rows:
        typer.echo("No request waits. To bring some in: demur inbox import FILE")
        return
    # What is not checked yet was kept in a break because it may speak of danger.
    first = [(row, verdict) for row, verdict in rows if verdict is None or verdict.in_crisis]
    if first:
        typer.echo("Read this first, in your inbox (demur serve): the message may speak of danger.")
        console().print(_table(first))
        typer.echo()
    if len(first) < len(rows):
        console().print(_table([(row, found) for row, found in rows if found is not None and not found.in_crisis]))


def _table(rows: list[tuple[RequestRecord, Verdict | None]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in ("who", "where", "what", "as of", "your policy"):
        table.add_column(column)
    for row, verdict in rows:
        says = REQUEST_OUTCOMES[verdict.outcome] if verdict is not None else "Not checked yet"
        cells = row.shown_name, row.network, row.kind, row.as_of.isoformat(), says
        table.add_row(*(printable(cell) for cell in cells))
    return table


def _open() -> None:
    """Open the store to put requests into it. Raises InputError, also where they could not be judged and noted."""
    _open_store()
    from demur.server.officer.actions import DropRefused, drop

    _engine()
    try:
        drop()
    except DropRefused as error:
        raise InputError(str(error)) from None


def _open_store() -> None:
    said = open_local_store()
    if said:
        typer.echo(said, err=True)


def _engine() -> Engine:
    from demur.server.casework.queries import engine

    try:
        return engine()
    except InvalidPolicy as error:
        raise InputError(f"the policy was refused, so nothing was judged:\n{error}") from None


def _purpose(account: str) -> Purpose:
    try:
        return Purpose.read(account)
    except ValueError as error:
        raise InputError(f"--account: {error}") from None


def _say(reading: Reading, taken: TakenIn) -> None:
    if taken.danger:
        messages = "a message" if len(taken.danger) == 1 else f"{len(taken.danger)} messages"
        typer.echo(f"Read first: {messages} may speak of danger. To see whose, before all others: demur inbox list")
    typer.echo(f"{taken.added} new, {taken.known} known already ({taken.answered} of them answered).")
    for note in reading.notes:
        typer.echo(note, err=True)
