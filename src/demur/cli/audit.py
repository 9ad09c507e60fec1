"""`demur audit`: everything ever posted, as a network's export tells it, looked through on this computer."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from demur.cli.ending import NOT_ALLOWED, InputError, console
from demur.cli.sources import (
    CaseloadOption,
    NoStoreOption,
    PolicyOption,
    caseload_from_file,
    caseload_from_store,
    has_local_store,
    open_local_store,
)
from demur.core.accounts import Purpose
from demur.core.people import Role
from demur.core.posted import Progress as Read
from demur.reports.terminal import printable

if TYPE_CHECKING:
    from demur.audit.apart import Job
    from demur.audit.report import Report
    from demur.audit.state import State

STOPPED = 130
"""The exit code after Ctrl-C, as shells have it."""
_MOST_SHOWN, _MOST_OF_A_KIND = 10, 3
_GOES_ON = "The same command goes on from here."
_NOTHING = "Nothing in them points to what a client shouldn't see. Nothing found is not the same as nothing there."
_NOTHING_YET = "Nothing until now points to what a client shouldn't see."
_NO_EXPORT = (
    "there is no export in these files that Demur knows. Give it the zip as the network sent it, or the folder that it "
    "unpacks to, in JSON. What was found before stays as it is."
)
_QUOTES = "\"'“”‘’"
_WINDOWS = re.compile(r"([A-Za-z]):[\\/]")
_GONE = "Nothing of it is kept, so the same command begins anew."


def audit(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH...", help="Exports as the networks gave them: zips, parts or folders."),
    ] = None,
    account: Annotated[
        str, typer.Option("--account", help="Which of your accounts: personal, professional or agency.")
    ] = Purpose.PERSONAL.value,
    role: Annotated[str, typer.Option("--role", help="What you do: therapist, cps-worker, peer-support, …")] = "",
    work_area: Annotated[
        str, typer.Option("--work-area", help='Town or county where you work, such as "Marfa, TX".')
    ] = "",
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write the report as a page.")] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help="Write the report as a PDF.")] = None,
    table: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write everything as a table.")] = None,
    keep_text: Annotated[
        bool, typer.Option("--keep-text", help="Keep the words of what was found, in your store and in the files.")
    ] = False,
    no_photos: Annotated[bool, typer.Option("--no-photos", help="Leave the photos closed; much faster.")] = False,
    no_reader: Annotated[
        bool, typer.Option("--no-reader", help="Use the rules alone; faster, and finds less.")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, help="How many processes, about 100 MB each; two, if there are two cores."),
    ] = None,
    scheduler: Annotated[
        str,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="A Dask scheduler that does the work, for an agency's own pages: tls://host:8786.",
        ),
    ] = "",
    restart: Annotated[bool, typer.Option("--restart", help="Begin anew where an audit was stopped.")] = False,
    remove: Annotated[
        bool, typer.Option("--remove", help="Remove the audit of that account, and all it found, from your store.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask again before removing it.")] = False,
    caseload: CaseloadOption = None,
    policy: PolicyOption = None,
    no_store: NoStoreOption = False,
) -> None:
    """Look through all that you ever posted, as somebody you serve would. Ctrl-C stops it; the same command goes on."""
    if remove:
        if paths or no_store:
            raise InputError("--remove takes an audit out of your store: name the account alone, and no files.")
        _remove(_purpose(account), yes)
        return
    if not paths:
        raise InputError("say where your export is: demur audit ~/Downloads/facebook.zip")
    paths = [_there(path) for path in paths]
    for out in (html, pdf, table):
        if out is not None and not out.absolute().parent.is_dir():
            raise InputError(f"{printable(str(out))}: there is no folder to write it into.")
    purpose = _purpose(account)
    try:
        who = Role.read(role) if role else Role.OTHER
    except ValueError as error:
        raise InputError(str(error)) from None
    from demur.audit.apart import Job, usual_workers
    from demur.audit.recipe import Recipe
    from demur.audit.report import make_report
    from demur.audit.state import State
    from demur.workspace import open_policy

    open_policy(policy)  # a policy that is refused is said before an hour of work, not after it
    workers = workers or usual_workers()
    clients = caseload_from_file(caseload) if caseload is not None else caseload_from_store(no_store)
    recipe = Recipe(
        date.today(), os.urandom(32), who, work_area, purpose, clients, policy, not no_reader, not no_photos, keep_text
    )
    job = Job(recipe, tuple(paths), State("", date.today()), workers, scheduler)
    if no_store or not has_local_store():
        state, kept, problem = _run(job, lambda written: None), False, None
        report = make_report(recipe, state)
    else:
        state, report, kept, problem = _with_store(job, restart)
    if state.complete and not state.consumed:
        for skipped in report.partial[:_MOST_SHOWN]:
            typer.echo(f"{printable(skipped.place.part)}: {skipped.why}", err=True)
        raise InputError(_NO_EXPORT)
    _write(report, html, pdf, table)
    _show(report)
    if problem is not None:
        raise problem
    if not state.complete:
        typer.echo(f"Stopped. {_GOES_ON if kept else _GONE}", err=True)
        raise typer.Exit(STOPPED)
    if report.open:
        raise typer.Exit(NOT_ALLOWED)


def _purpose(account: str) -> Purpose:
    try:
        return Purpose.read(account)
    except ValueError as error:
        raise InputError(str(error)) from None


def _there(path: Path) -> Path:
    """A path that leads somewhere, without quotation marks that were copied along. Raises InputError."""
    bare = Path(str(path).strip().strip(_QUOTES))
    with suppress(OSError, ValueError):
        for one in (path, bare):
            if one.exists():
                return one
    says = f"{printable(str(bare))}: there is no such file or folder."
    if (drive := _WINDOWS.match(str(bare))) and os.name != "nt":
        here = f"/mnt/{drive[1].lower()}/{str(bare)[drive.end() :]}".replace("\\", "/")
        says += f" Windows writes it that way. Under WSL the same file is at {printable(here)}"
    raise InputError(says)


def _remove(purpose: Purpose, yes: bool) -> None:
    """Takes an audit out of the store. Raises InputError where there is none."""
    none = f"there is no audit of your {purpose.value} account."
    if not has_local_store():
        raise InputError(none)
    if said := open_local_store():
        typer.echo(said, err=True)
    from demur.server.audits import actions, queries

    if queries.latest(purpose) is None:
        raise InputError(none)
    if not yes:
        typer.confirm(f"Remove the audit of your {purpose.value} account, and all it found?", abort=True)
    actions.remove(purpose)
    typer.echo("Removed. Your exports stay where they are.")


def _with_store(job: Job, restart: bool) -> tuple[State, Report, bool, Exception | None]:
    """The same with what the store knows: where the last audit stopped, what it found, and what was ticked.

    Also whether it was kept, and why it could not be.
    """
    if said := open_local_store():
        typer.echo(said, err=True)
    from demur.audit.report import make_report
    from demur.server.audits import actions, queries

    given = job.recipe
    audit = actions.begin(
        job.paths,
        given.purpose,
        given.role,
        given.work_area,
        keep_text=given.keep_text,
        look_at_photos=given.look_at_photos,
        use_reader=given.use_reader,
        today=given.today,
        anew=restart,
    )
    begun = queries.state_of(audit)
    if begun.consumed:
        typer.echo(f"Going on after {begun.consumed:,} entries, unless the files or your caseload changed.", err=True)
    recipe = replace(given, key=queries.fingerprint_key())
    there, problem = True, None
    known, ticked = audit.known, queries.ticked()

    def keep(written: str) -> None:
        # Another program may hold the store for a while: the next time is soon, and nothing found is lost by then.
        nonlocal there, problem
        try:
            there, problem = actions.keep(audit, written), None
        except Exception as error:
            problem = error

    state = _run(replace(job, recipe=recipe, state=begun), keep)
    if state.complete and not state.consumed:
        actions.drop_if_empty(audit)
    if not there:
        typer.echo("This audit was removed from your store meanwhile, so nothing of it is kept there.", err=True)
    return state, make_report(recipe, state, known, ticked), there and problem is None, problem


def _run(job: Job, keep: Callable[[str], None]) -> State:
    from demur.audit.apart import AuditFailed, audit_apart

    out = console()
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[items]:,} entries"),
        TimeRemainingColumn(),
        console=out,
        transient=True,
        disable=not out.is_terminal,
    )
    with bar:
        shown = bar.add_task("Looking through your posts", total=None, items=job.state.consumed)

        def report(items: int, read: Read) -> None:
            bar.update(shown, total=read.total or None, completed=read.done, items=items)

        try:
            return audit_apart(job, report, keep)
        except AuditFailed as problem:
            raise InputError(str(problem)) from None


def _write(report: Report, html: Path | None, pdf: Path | None, table: Path | None) -> None:
    from demur.audit.page import as_html, as_pdf
    from demur.audit.report import as_csv

    if html is not None:
        _save(html, as_html(report).encode())
    if table is not None:
        _save(table, as_csv(report).encode("utf-8-sig"))
    if pdf is not None:
        try:
            written = as_pdf(report)
        except (OSError, ImportError):
            raise InputError(
                "the PDF needs the library Pango, which is not on this computer (Debian: apt install libpango-1.0-0 "
                "libpangoft2-1.0-0). Everything else is written; --html makes a page that any browser prints."
            ) from None
        _save(pdf, written)


def _save(path: Path, content: bytes) -> None:
    try:
        path.touch(mode=0o600)
        with suppress(OSError):
            path.chmod(0o600)
        path.write_bytes(content)
    except OSError as error:
        raise InputError(f"{printable(str(path))}: it could not be written ({error.strerror}).") from None
    typer.echo(f"Written: {printable(str(path))}", err=True)


def _show(report: Report) -> None:
    from demur.audit.report import named, remedy_of, where_of

    out = console()
    for skipped in report.partial[:_MOST_SHOWN]:
        where = " ".join(part for part in (skipped.place.part, skipped.place.member) if part)
        typer.echo(f"{printable(where)}: {skipped.why}", err=True)
    if len(report.partial) > _MOST_SHOWN:
        typer.echo(f"… and {len(report.partial) - _MOST_SHOWN} more that could not be read.", err=True)
    nothing = "Nothing was found in these files." if report.complete else "Nothing was looked at yet."
    typer.echo(", ".join(f"{count:,} {what}" for what, count in report.counts) or nothing)
    if not report.kinds:
        if report.counts:
            typer.echo(_NOTHING if report.complete else _NOTHING_YET)
        return
    kinds = Table(box=None, pad_edge=False)
    for column in ("what", "all", "new", "open"):
        kinds.add_column(column, justify="left" if column == "what" else "right")
    for kind in report.kinds:
        kinds.add_row(kind.title, f"{kind.count:,}", f"{kind.new:,}", f"{kind.open:,}")
    out.print(kinds)
    for advice in report.kinds[0].advice:
        typer.echo(f"\n{report.kinds[0].title}. {advice.text}")
    typer.echo("\nThe worst first:")
    still_open = ([one for one in kind.listed if one.fingerprint not in report.done] for kind in report.kinds)
    for one in [one for those in still_open for one in those[:_MOST_OF_A_KIND]][:_MOST_SHOWN]:
        found, when = where_of(one), f", {one.when.isoformat()}" if one.when is not None else ""
        told = (f"{named(one.network)}{when}.", found.on_network, found.link, found.in_export)
        typer.echo(f"• {one.why} {remedy_of(one)}\n  {printable(' '.join(part for part in told if part))}")
    for left in report.unread:
        typer.echo(f"\n{left}")
    for question in report.questions[:3]:
        typer.echo(f"\n? {question.text}")
