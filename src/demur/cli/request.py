"""`demur request`: may I accept this?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Any

import typer

from demur.cli.batch import run_batch
from demur.cli.ending import InputError, ask_the_question, exit_code, show
from demur.cli.sources import (
    CaseloadOption,
    JsonlOption,
    JsonOption,
    NoStoreOption,
    PolicyOption,
    known_network,
    open_engine,
)
from demur.engine import Engine
from demur.records.batch import UnreadableLine, read_request
from demur.reports.contract import dumps, request_verdict
from demur.reports.terminal import request_report


def request(
    name: Annotated[list[str] | None, typer.Argument(metavar="[NAME]", help="The name that the profile shows.")] = None,
    network: Annotated[str, typer.Option(help="facebook, instagram, x, linkedin, …")] = "",
    kind: Annotated[str, typer.Option(help="friend, follow, message, tag, invite, search or contact-upload.")] = "",
    direction: Annotated[str, typer.Option(help="incoming, or outgoing for what you want to do.")] = "",
    relationship: Annotated[
        str, typer.Option(help="Who it is, as far as you know: current-client, colleague, none, unknown, …")
    ] = "",
    account: Annotated[str, typer.Option(help="Your account: personal, professional or agency.")] = "",
    role: Annotated[str, typer.Option(help="What you do: counselor, cps-worker, peer-support, …")] = "",
    handle: Annotated[str, typer.Option(help="Their handle.")] = "",
    bio: Annotated[str, typer.Option(help="What their profile says.")] = "",
    city: Annotated[str, typer.Option(help="The city that their profile shows.")] = "",
    email: Annotated[str, typer.Option(help="An e-mail address that the profile shows.")] = "",
    phone: Annotated[str, typer.Option(help="A phone number that the profile shows.")] = "",
    mutual_connections: Annotated[
        int, typer.Option(min=0, help="Shared contacts. Not weighed: they are no evidence.")
    ] = 0,
    message: Annotated[str, typer.Option(help="The message that came with it.")] = "",
    served: Annotated[
        bool | None,
        typer.Option("--served/--not-served", help="Your answer to the one question: is it somebody you serve?"),
    ] = None,
    knew_before: Annotated[bool, typer.Option("--knew-before", help="You knew each other before the service.")] = False,
    mandated: Annotated[bool, typer.Option("--mandated", help="The service is court-ordered.")] = False,
    group: Annotated[bool, typer.Option("--group", help="They are in a group that you run.")] = False,
    as_json: JsonOption = False,
    jsonl: JsonlOption = None,
    caseload: CaseloadOption = None,
    policy: PolicyOption = None,
    no_store: NoStoreOption = False,
) -> None:
    """May I accept this? Judge a friend, follow or connection request, a message or a tag."""
    given = {**locals(), "display_name": " ".join(name or []), "network": known_network(network), "author_role": role}
    engine = open_engine(caseload, policy, no_store)
    today = date.today()
    if jsonl is not None:
        raise typer.Exit(run_batch(jsonl, lambda data: _judge(engine, data, today)))
    try:
        asked = read_request(given)
    except UnreadableLine as error:
        raise InputError(f"{error}.") from None
    if not any((name, handle, bio, email, phone, message, relationship, kind)):
        raise InputError('there is no request. Write: demur request "Name on the profile" --network facebook')
    verdict = engine.decide(asked, today)
    if as_json:
        typer.echo(dumps(request_verdict(verdict)))
        raise typer.Exit(exit_code(verdict))
    show(request_report(verdict))
    if verdict.question:
        answer = ask_the_question(verdict, "--served", "--not-served")
        if answer is not None:
            verdict = engine.decide(replace(asked, served=answer), today)
            typer.echo()
            show(request_report(verdict))
    raise typer.Exit(exit_code(verdict))


def _judge(engine: Engine, data: object, today: date) -> dict[str, Any]:
    return request_verdict(engine.decide(read_request(data), today))
