"""`demur officer`: the agency-wide check of requests, for a privacy officer; and the audit of what was asked."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from demur.caseload.index import CaseloadIndex
from demur.cli.batch import progress_bar
from demur.cli.ending import InputError, console, say_error, write_file
from demur.cli.sources import ask_passphrase, caseload_from_file, has_local_store, open_local_store
from demur.reports.terminal import printable

if TYPE_CHECKING:
    from demur.server.officer.batches import Tally
    from demur.server.officer.reading import Hit

app = typer.Typer(
    help="The agency-wide check of requests, for a privacy officer. Off unless an agency's policy wants it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
_PASSPHRASE = "DEMUR_OFFICER_PASSPHRASE"  # noqa: S105 (the name of a setting)


@app.command("new-key")
def new_key(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write the secret half of the key.")],
) -> None:
    """Make the officer's pair of keys: a file to keep, and one line for everybody whose requests are checked."""
    from demur.server.officer.keys import OfficerKeyRefused, new_pair, write_key_file

    if file.exists():
        raise InputError(f"there is a file at {file} already; a key is never written over another.")
    try:
        pair = new_pair(_passphrase(new=True))
        write_key_file(file, pair.key_file)
    except OfficerKeyRefused as error:
        raise InputError(str(error)) from None
    typer.echo(pair.public_line)
    typer.echo(
        f"\nThe line above is public: put it into a file on each computer and name that in DEMUR_OFFICER_KEY. "
        f"{file} is secret and opens with your passphrase. Keep both it and a copy where only you get to them: "
        "without them nobody can read what is dropped for you.",
        err=True,
    )


@app.command("read")
def read(
    folder: Annotated[Path, typer.Argument(metavar="DROPFOLDER", help="The folder in which the batches arrive.")],
    caseload: Annotated[Path, typer.Option("--caseload", metavar="CSV", help="The agency's list of people served.")],
    key: Annotated[Path, typer.Option("--key", metavar="FILE", help="Your key file, from `demur officer new-key`.")],
    csv_file: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write the report there, too.")] = None,
) -> None:
    """Which requests may be from people whom the agency serves. For the officer alone: nobody who asked is told."""
    from demur.server.officer.batches import Tally, files_in
    from demur.server.officer.keys import OfficerKeyRefused, read_private
    from demur.server.officer.reading import as_csv, compare, each_once, read_drop
    from demur.server.officer.sealing import RECORD_BYTES

    try:
        files = files_in(folder)
    except OSError as error:
        raise InputError(f"{folder} cannot be read ({error.strerror}).") from None
    index = CaseloadIndex.build(caseload_from_file(caseload))
    try:
        private = read_private(key, _passphrase(new=False))
    except OfficerKeyRefused as error:
        raise InputError(str(error)) from None
    tally, hits = Tally(), []
    with progress_bar() as progress:
        task = progress.add_task("Reading", total=sum(file.stat().st_size for file in files if file.exists()))
        for question in read_drop(files, private, tally):
            if question is not None:
                hits += compare(index, question)
            progress.update(task, advance=RECORD_BYTES, description=f"{tally.records} records read")
    hits = each_once(hits)
    if csv_file is not None:
        write_file(csv_file, as_csv(hits))
    _show(hits, tally)


@app.command("send")
def send() -> None:
    """Put the day's batch into the drop, once a day. For a timer, where no server runs overnight."""
    if not has_local_store():
        raise InputError("there is no store yet, so there is nothing to send. Start with: demur serve")
    said = open_local_store()
    if said:
        typer.echo(said, err=True)
    from django.utils import timezone

    from demur.server.officer.actions import DropRefused, drop, send_if_due

    try:
        if drop() is None:
            raise InputError("no agency-wide check is set up: DEMUR_OFFICER_KEY and DEMUR_OFFICER_DROP are not set.")
        send_if_due(timezone.localtime())
    except DropRefused as error:
        raise InputError(str(error)) from None
    except OSError as error:
        raise InputError(f"the drop folder cannot be written ({error.strerror}). Nothing is lost; try again.") from None
    # Always these words: whether there was anything to send is nobody's business here.
    typer.echo("Done.")


@app.command("audit")
def audit(
    days: Annotated[int, typer.Option(min=1, max=3660, help="How many days back.")] = 30,
) -> None:
    """What was asked about people, from the log of this store: when, how often the same name, and how it was answered.

    It holds no name: the same letters stand for the same name and handle.
    """
    if not has_local_store():
        typer.echo("There is no store yet, so nothing was asked.")
        return
    open_local_store()
    from django.utils import timezone

    from demur.server.asking.queries import audit as read_audit

    lines = read_audit(timezone.now() - timedelta(days=days))
    if not lines:
        typer.echo("No question about a person is in the log for that time.")
        return
    table = Table(box=None, pad_edge=False)
    for column in ("line", "when", "who", "about", "times", "typed", "request", "answer", "policy"):
        table.add_column(column)
    for line in lines:
        when = f"{timezone.localtime(line.at):%Y-%m-%d %H:%M}"
        if line.is_break:
            table.add_row(str(line.number), when, line.actor, "", "", "", "a break", "", "")
            continue
        asked = " ".join(part for part in (line.network, line.kind) if part)
        typed = "yes" if line.typed else ""
        table.add_row(
            str(line.number), when, line.actor, line.about, str(line.times), typed, asked, line.outcome, line.policy
        )
    console().print(table)


def _show(hits: list[Hit], tally: Tally) -> None:
    table = Table(box=None, pad_edge=False)
    for column in ("asked on", "network", "request", "profile", "may be", "level", "why"):
        table.add_column(column, overflow="fold")
    for hit in hits:
        asked, client = hit.question, hit.match.client
        shown = " ".join(part for part in (asked.display_name, asked.handle and f"({asked.handle})") if part)
        table.add_row(
            asked.on,
            printable(asked.network),
            printable(asked.kind),
            printable(shown[:120]),
            printable(f"{client.full_name} ({client.client_id})"),
            hit.match.level.value,
            printable(hit.why),
        )
    if hits:
        console().print(table)
    people = len({hit.match.client.client_id for hit in hits})
    typer.echo(
        f"{_counted(tally.questions, 'question')} in {_counted(tally.files, 'file')}, "
        f"perhaps about {people} of the people on this list."
    )
    if hits:
        typer.echo("Talk about it with nobody who may have asked: a talk that follows a match is what tells it.")
    for count, says in (
        (tally.tampered, "changed after it was sealed, or not written by Demur, and left out"),
        (tally.for_another_key, "sealed for another key, and left out"),
        (tally.again, "there twice, and counted once"),
    ):
        if count:
            say_error(f"{_counted(count, 'record')} {'is' if count == 1 else 'are'} {says}.")
    if tally.cut_off:
        say_error(f"{_counted(tally.cut_off, 'file')} ended in the middle of a record; what was whole was read.")
    if tally.files_left_out:
        say_error(f"{_counted(len(tally.files_left_out), 'file')} is no batch of the drop, or can't be read.")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _passphrase(*, new: bool) -> str:
    if given := os.environ.get(_PASSPHRASE):
        return given
    ask = ask_passphrase()
    if ask is None:
        raise InputError(f"a passphrase is needed: run this in a terminal, or set {_PASSPHRASE}.")
    try:
        typed = ask("Passphrase of your key file: " if not new else "Choose a passphrase for your key file: ")
        if new and ask("The same once more: ") != typed:
            raise InputError("the two passphrases differ, so no key was made.")
    except EOFError:
        raise InputError("no passphrase was typed.") from None
    return typed
