"""`demur request`: may I accept this?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

import typer

from demur.cli.batch import run_batch
from demur.cli.ending import TAKING_A_BREAK, InputError, ask_the_question, exit_code, say_error, show
from demur.cli.sources import (
    CaseloadOption,
    JsonlOption,
    JsonOption,
    NoStoreOption,
    PolicyOption,
    has_local_store,
    known_network,
    known_role,
    open_engine,
)
from demur.core.content import ConnectionRequest
from demur.core.verdicts import Verdict
from demur.engine import Engine
from demur.records.batch import UnreadableLine, read_request
from demur.reports.contract import dumps, request_verdict
from demur.reports.phrases import in_one_breath
from demur.reports.terminal import request_report


def request(
    name: Annotated[list[str] | None, typer.Argument(metavar="[NAME]", help="The name that the profile shows.")] = None,
    network: Annotated[str, typer.Option(help="facebook, instagram, x, linkedin, …")] = "",
    kind: Annotated[
        str, typer.Option(help="friend, follow, like, message, tag, invite, search or contact-upload.")
    ] = "",
    direction: Annotated[str, typer.Option(help="incoming, or outgoing for what you want to do.")] = "",
    relationship: Annotated[
        str,
        typer.Option(help="Who it is, as far as you know: current-client, friend-became-client, colleague, none, …"),
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
    small_community: Annotated[
        bool, typer.Option("--small-community", help="You can't help meeting outside work.")
    ] = False,
    purpose_of_search: Annotated[
        str,
        typer.Option("--why", help="Why you would look them up: safety, assigned, consent, scheduling or curiosity."),
    ] = "",
    approved: Annotated[bool, typer.Option("--approved", help="Your supervisor approved the search.")] = False,
    as_json: JsonOption = False,
    jsonl: JsonlOption = None,
    caseload: CaseloadOption = None,
    policy: PolicyOption = None,
    no_store: NoStoreOption = False,
) -> None:
    """May I accept this? Judge a friend, follow or connection request, a message or a tag."""
    given = {
        **locals(),
        "display_name": " ".join(name or []),
        "network": known_network(network),
        "author_role": known_role(role),
    }
    engine = open_engine(caseload, policy, no_store)
    answer_to = _answering(engine, date.today(), from_store=caseload is None and not no_store and has_local_store())
    if jsonl is not None:
        raise typer.Exit(_batch(jsonl, answer_to))
    try:
        asked = read_request(given)
    except UnreadableLine as error:
        raise InputError(f"{error}.") from None
    if not any((name, handle, bio, email, phone, message, relationship, kind)):
        raise InputError('there is no request. Write: demur request "Name on the profile" --network facebook')
    try:
        verdict = answer_to(asked)
    except _Paused as pause:
        say_error(str(pause))
        raise typer.Exit(TAKING_A_BREAK) from None
    if as_json:
        typer.echo(dumps(request_verdict(verdict)))
        raise typer.Exit(exit_code(verdict))
    show(request_report(verdict))
    if verdict.question and verdict.settled_by != "purpose_of_search":
        answer = ask_the_question(verdict, "--served", "--not-served")
        if answer is not None:
            # About the same profile, which counts once: no break comes between the question and its answer.
            verdict = answer_to(replace(asked, served=answer))
            typer.echo()
            show(request_report(verdict))
    if verdict.settled_by == "purpose_of_search":
        typer.echo("\nAnswer it by adding --why and your reason.")
    raise typer.Exit(exit_code(verdict))


class _Paused(Exception):
    """Demur takes a break from questions about people; the message says until when."""


_Answering = Callable[[ConnectionRequest], Verdict]


def _answering(engine: Engine, today: date, *, from_store: bool) -> _Answering:
    """How requests are answered. Those about the store's people are counted and noted; a file is the person's own.

    Raises InputError.
    """
    if not from_store:
        return lambda asked: engine.decide(asked, today)
    from demur.server.asking.actions import answer
    from demur.server.asking.brakes import TakingABreak
    from demur.server.officer.actions import DropRefused, drop

    try:
        drop()
    except DropRefused as error:
        raise InputError(str(error)) from None

    def answer_to(asked: ConnectionRequest) -> Verdict:
        try:
            return answer(engine, asked, today, typed=True)
        except TakingABreak as pause:
            first = engine.help_with(asked)
            raise _Paused(f"{in_one_breath(first)}\n{pause}" if first is not None else str(pause)) from None

    return answer_to


def _batch(source: str, answer_to: _Answering) -> int:
    paused = False

    def judge(data: object) -> dict[str, Any]:
        nonlocal paused
        try:
            return request_verdict(answer_to(read_request(data)))
        except _Paused as pause:
            paused = True
            raise UnreadableLine(str(pause)) from None

    code = run_batch(source, judge)
    return TAKING_A_BREAK if paused else code
