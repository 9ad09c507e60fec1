"""`demur serve`: Demur in the browser, on this machine only."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from demur.cli.ending import InputError
from demur.cli.sources import (
    PolicyOption,
    SecondReaderModelOption,
    SecondReaderOption,
    ask_passphrase,
    read_policy,
    second_reader,
)


def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port on 127.0.0.1; 0 takes a free one.")] = 8081,
    policy: PolicyOption = None,
    second_reader_at: SecondReaderOption = "",
    second_reader_model: SecondReaderModelOption = "",
) -> None:
    """Start Demur for the browser and for editors, on 127.0.0.1."""
    from demur.server.local import StoreError, data_folder, open_store, start
    from demur.server.serving import PortTaken, serve

    def ready(address: str) -> None:
        typer.echo(f"Demur is at {address}")
        typer.echo("Open it in your browser: bring in your caseload, or look around with invented sample data.")
        typer.echo(f"Editors that speak LanguageTool can use {address}v2")
        typer.echo("Ctrl-C stops it.")

    read_policy(policy)
    if policy is not None:
        os.environ["DEMUR_POLICY"] = str(policy.absolute())
    # Refused here, before anything listens. The settings read it from the environment.
    second_reader(second_reader_at, second_reader_model)
    os.environ["DEMUR_SECOND_READER"], os.environ["DEMUR_SECOND_READER_MODEL"] = second_reader_at, second_reader_model
    try:
        start(data_folder())
        _say_whether_the_agency_checks()
        opened = open_store(data_folder(), ask=ask_passphrase())
        if opened.message:
            typer.echo(opened.message)
        serve("127.0.0.1", port, ready=ready)
    except (StoreError, PortTaken) as error:
        raise InputError(str(error)) from None
    typer.echo("Stopped. Your store is closed.")


def _say_whether_the_agency_checks() -> None:
    """Refuse a check that can't be done, before anything listens; say that there is one. Always the same words."""
    from demur.server.officer.actions import DropRefused, drop

    try:
        if drop() is not None:
            typer.echo("Your agency checks requests: what you ask about people goes to its privacy officer, sealed.")
    except DropRefused as error:
        raise InputError(str(error)) from None
