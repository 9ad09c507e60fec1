"""`demur`: the commands, and how they end."""

from __future__ import annotations

import os
import sys
from typing import Annotated

try:
    import typer

    import demur
    from demur.cli import (
        allow,
        audit,
        baseline,
        caseload,
        check,
        inbox,
        note,
        officer,
        policy,
        request,
        rules,
        sample,
        scan,
        serve,
        settings,
    )
    from demur.cli.ending import INPUT_ERROR, INTERNAL_ERROR, InputError, say_error, where_it_broke
    from demur.cli.sources import store_problem
except KeyboardInterrupt:  # what the commands need takes a third of a second to load, and nothing has begun
    sys.exit(130)

app = typer.Typer(
    name="demur",
    help="Keep what is said in confidence out of social media.\n\n"
    "Exit codes: 0 allow (or done), 1 not allow, 2 usage or input error, 70 a fault in Demur itself, "
    "75 a break from questions about people: try later.",
    no_args_is_help=True,
    # A traceback with local variables would print drafts and names.
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode="rich",
)
app.command("check")(check.check)
app.command("request")(request.request)
app.command("scan")(scan.scan)
app.add_typer(baseline.app, name="baseline")
app.command("audit")(audit.audit)
app.command("allow")(allow.allow)
app.add_typer(note.app, name="note")
app.add_typer(caseload.app, name="caseload")
app.add_typer(inbox.app, name="inbox")
app.add_typer(settings.app, name="settings")
app.add_typer(policy.app, name="policy")
app.add_typer(rules.app, name="rules")
app.add_typer(sample.app, name="sample")
app.add_typer(officer.app, name="officer")
app.command("serve")(serve.serve)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"demur {demur.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")] = (
        False
    ),
) -> None:
    pass


def run() -> None:
    """The entry point: one plain sentence for what can go wrong, and never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A lone surrogate or a narrow terminal encoding must not end in an error.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app()
    except BrokenPipeError:
        # The reader went away (`demur rules list | head`); there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except InputError as error:
        say_error(str(error))
        sys.exit(INPUT_ERROR)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        problem = store_problem(error)
        if problem:
            say_error(problem)
            sys.exit(INPUT_ERROR)
        # A traceback could print a draft or a name: say where it broke, and nothing of what was in it.
        say_error(f"Demur broke on this ({where_it_broke(error)}). That is our fault, not yours; please report it.")
        sys.exit(INTERNAL_ERROR)
