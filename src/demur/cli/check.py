"""`demur check`: may this be posted?"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from demur.cli.batch import run_batch
from demur.cli.ending import ALLOWED, NOT_ALLOWED, InputError, ask_the_question, exit_code, show
from demur.cli.sources import (
    AllowlistOption,
    CaseloadOption,
    JsonlOption,
    JsonOption,
    KeyFileOption,
    NoStoreOption,
    PolicyOption,
    SecondReaderModelOption,
    SecondReaderOption,
    index_of,
    known_network,
    known_role,
    open_engine,
    read_standard_input,
    second_reader,
)
from demur.core.content import Post
from demur.core.verdicts import Outcome, Verdict
from demur.engine import Engine
from demur.records.batch import UnreadableLine, read_draft
from demur.reports.contract import dumps, post_verdict
from demur.reports.phrases import post_outcome
from demur.reports.terminal import first_of_all, offered_line, post_report, printable, rewording_notes


def check(
    draft: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DRAFT]", help="The draft. Leave it out, or give -, to read it from standard input."),
    ] = None,
    network: Annotated[str, typer.Option(help="Where it would be posted: facebook, instagram, x, …")] = "",
    audience: Annotated[str, typer.Option(help="public, friends or close_friends.")] = "",
    account: Annotated[str, typer.Option(help="personal, professional or agency.")] = "",
    role: Annotated[str, typer.Option(help="What you do: counselor, case-manager, peer-support, …")] = "",
    work_area: Annotated[str, typer.Option(help='Town or county where you work, such as "Marfa, TX".')] = "",
    reply_to: Annotated[str, typer.Option(help="What the draft answers, if it is a reply.")] = "",
    photos: Annotated[int, typer.Option(min=0, help="How many photos go with it.")] = 0,
    about_client: Annotated[
        bool | None,
        typer.Option("--about-client/--not-about-client", help="Your answer to the one question, for this draft."),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Show the draft with every safe wording in it.")] = False,
    as_json: JsonOption = False,
    jsonl: JsonlOption = None,
    caseload: CaseloadOption = None,
    policy: PolicyOption = None,
    no_store: NoStoreOption = False,
    allowlist: AllowlistOption = None,
    key_file: KeyFileOption = None,
    second_reader_at: SecondReaderOption = "",
    second_reader_model: SecondReaderModelOption = "",
) -> None:
    """May I post this? Judge a draft before it is public."""
    second = second_reader(second_reader_at, second_reader_model)
    engine = open_engine(caseload, policy, no_store, allowlist, key_file, second)
    if jsonl is not None:
        raise typer.Exit(run_batch(jsonl, lambda data: _judge(engine, data)))
    typed = " ".join(draft) if draft is not None else "-"
    text = _from_standard_input() if typed == "-" else typed
    if not text.strip():
        raise InputError('there is no draft. Write: demur check "what you would post"')
    fields = {
        "text": text,
        "network": known_network(network),
        "audience": audience,
        "account": account,
        "author_role": known_role(role),
        "work_area": work_area,
        "reply_to": reply_to,
        "photos": photos,
        "about_client": about_client,
    }
    try:
        post = read_draft(fields).post
    except UnreadableLine as error:
        raise InputError(f"{error}.") from None
    verdict = engine.check(post)
    if as_json:
        typer.echo(dumps(post_verdict(verdict)))
        raise typer.Exit(exit_code(verdict))
    if fix:
        raise typer.Exit(_show_fixed(post, verdict))
    show(post_report(post, verdict))
    # Somebody who can't go on is not asked about clients; the question stands in the report, for later.
    if verdict.outcome is Outcome.ASK and not verdict.in_crisis:
        answer = ask_the_question(verdict, "--about-client", "--not-about-client")
        if answer is not None:
            post = replace(post, about_client=answer)
            verdict = engine.check(post)
            typer.echo()
            show(post_report(post, verdict))
    if verdict.outcome >= Outcome.REFER and not verdict.in_crisis:
        typer.echo("\nTo keep it as a private note for supervision, encrypted on this computer: demur note add")
    raise typer.Exit(exit_code(verdict))


def _show_fixed(post: Post, verdict: Verdict) -> int:
    """The draft with every safe wording, alone on standard output; what is left, and what that means, beside it."""
    errors = Console(stderr=True, markup=False, highlight=False, emoji=False)
    if verdict.help is not None:
        errors.print(first_of_all(verdict.help) if verdict.in_crisis else offered_line(verdict.help))
    rewording = verdict.rewording
    text = rewording.text if rewording is not None else post.text
    typer.echo(printable(text) if sys.stdout.isatty() else text)
    if rewording is None:
        errors.print(Text(f"\nNothing in it has a ready wording. {post_outcome(verdict)}."))
        return exit_code(verdict)
    errors.print(rewording_notes(rewording))
    return ALLOWED if rewording.outcome is Outcome.ALLOW else NOT_ALLOWED


def _judge(engine: Engine, data: object) -> dict[str, Any]:
    draft = read_draft(data)
    return post_verdict(engine.check(draft.post, index_of(draft.also)))


def _from_standard_input() -> str:
    if sys.stdin.isatty():
        typer.echo("Type or paste the draft, then press Ctrl-D.", err=True)
    return read_standard_input().strip("\n")
