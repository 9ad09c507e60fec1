"""`demur settings`: what to set on each network, what was checked, and what an export tells of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from demur.cli.ending import InputError, console
from demur.cli.sources import has_local_store, open_local_store
from demur.core.accounts import Network, Purpose
from demur.core.settings import Inbox, Observed, Setting
from demur.networks.settings.catalogue import NETWORKS, NOT_TRIED, settings_of, stale
from demur.networks.settings.told import from_export
from demur.policy.policy import InvalidPolicy
from demur.reports.terminal import printable

if TYPE_CHECKING:
    from demur.server.checkups.models import CheckUpRecord

app = typer.Typer(
    help="Privacy settings of your accounts. The check-up itself, one step at a time, is on the page: demur serve.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
_Account = Annotated[str, typer.Option("--account", help="Which of your accounts: personal, professional or agency.")]

_TIME_LIMIT = 600.0
"""Seconds for files of any size; a page has less patience."""


@app.command("list")
def list_settings(
    network: Annotated[str, typer.Argument(metavar="NETWORK", help="Such as instagram.")],
    account: _Account = Purpose.PERSONAL.value,
) -> None:
    """What to set on a network, what matters most first, and where it is."""
    purpose = _purpose(account)
    catalogue = settings_of(_network(network))
    table = Table(box=None, pad_edge=False)
    for column in ("setting", "choose", "where"):
        table.add_column(column)
    for setting in catalogue.in_order(purpose):
        table.add_row(setting.name, _choice(setting, purpose), setting.where)
    console().print(table)
    for caution in catalogue.cautions:
        typer.echo(caution)
    typer.echo(NOT_TRIED)


@app.command("stale")
def list_stale() -> None:
    """Which entries of the catalogue were read too long ago, the oldest first."""
    old = stale((settings_of(network) for network in NETWORKS), date.today())
    if not old:
        typer.echo("The sources of every entry were read within the last half year.")
        return
    table = Table(box=None, pad_edge=False)
    for column in ("key", "network", "read on"):
        table.add_column(column)
    for setting in old:
        table.add_row(setting.key, setting.network.value, setting.checked_on.isoformat())
    console().print(table)


@app.command("status")
def status() -> None:
    """Which accounts were gone through: no setting, no answer, and nothing that was left."""
    rows: list[CheckUpRecord] = []
    if has_local_store():
        _open_store()
        from demur.server.checkups.queries import all_latest

        rows = all_latest()
    if not rows:
        typer.echo("No settings were checked yet. To begin: demur serve, then Visible, then Check my settings.")
        return
    table = Table(box=None, pad_edge=False)
    for column in ("network", "account", "begun", "done"):
        table.add_column(column)
    for row in rows:
        table.add_row(row.network, row.purpose, row.day.isoformat(), "yes" if row.done else "not yet")
    console().print(table)


@app.command("read")
def read(
    files: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Exports: a .zip, a file of one, a folder.")],
    account: _Account = Purpose.PERSONAL.value,
) -> None:
    """Read settings out of exports of any size, so that the check-up asks less. Only the settings are kept."""
    purpose = _purpose(account)
    missing = next((path for path in files if not path.exists()), None)
    if missing is not None:
        raise InputError(f"{printable(str(missing))}: there is no such file or folder.")
    _open_store()
    from demur.server.checkups.actions import take_in
    from demur.server.reading_apart import settings_apart

    today = date.today()
    with console().status("Reading…"):
        told = settings_apart(files, today, time_limit=_TIME_LIMIT)
    for note in told.notes:
        typer.echo(note, err=True)
    as_of = min(told.as_of or today, today)
    seen: dict[Network, tuple[Observed, ...]] = {}
    for one in NETWORKS:
        if found := from_export(one, told.found, as_of):
            seen[one] = found
    try:
        for network, observed in seen.items():
            take_in(network, purpose, observed, today)
    except InvalidPolicy as error:
        raise InputError(f"the policy was refused, so nothing was kept:\n{error}") from None
    _say(seen)


def _choice(setting: Setting, purpose: Purpose) -> str:
    chosen, closed = (setting.choice(purpose, inbox) or "" for inbox in (Inbox.OPEN, Inbox.CLOSED))
    return chosen if chosen == closed else f"{chosen}; if your policy lets nobody write to you there: {closed}"


def _say(seen: dict[Network, tuple[Observed, ...]]) -> None:
    if not seen:
        raise InputError("nothing was found that tells how a setting stands.")
    for network, found in seen.items():
        typer.echo(f"{network.value}: {len(found)} read. To see them and go on: demur serve, then Visible.")


def _open_store() -> None:
    said = open_local_store()
    if said:
        typer.echo(said, err=True)


def _network(typed: str) -> Network:
    try:
        network = Network.read(typed)
    except ValueError as error:
        raise InputError(str(error)) from None
    if network not in NETWORKS:
        raise InputError(f"no settings are known there; there are: {', '.join(one.value for one in NETWORKS)}.")
    return network


def _purpose(account: str) -> Purpose:
    try:
        return Purpose.read(account)
    except ValueError as error:
        raise InputError(f"--account: {error}") from None
