"""How a command ends: exit codes that scripts rely on, and one way to say what went wrong."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

import typer
from rich.console import Console, RenderableType

from demur.core.verdicts import Outcome, Verdict

ALLOWED, NOT_ALLOWED, INPUT_ERROR, INTERNAL_ERROR, TAKING_A_BREAK = 0, 1, 2, 70, 75


class InputError(Exception):
    """Something that the person can mend; the message says what, where, and what to do."""


def say_error(message: str) -> None:
    """One plain message on standard error, without markup and without wrapping."""
    typer.echo(f"demur: {message}", err=True)


def where_it_broke(error: BaseException) -> str:
    """The kind of an unexpected error and the place in the code, without its message, which could hold a draft."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    place = f", {Path(frame.tb_frame.f_code.co_filename).name} line {frame.tb_lineno}" if frame is not None else ""
    return f"{type(error).__name__}{place}"


def exit_code(verdict: Verdict) -> int:
    """0 where the policy allows, 1 where it does not."""
    return ALLOWED if verdict.outcome is Outcome.ALLOW else NOT_ALLOWED


def ask_the_question(verdict: Verdict, yes: str, no: str) -> bool | None:
    """The person's answer to the verdict's question; None where nobody sits there, who is told how to give it.

    There is no default: pressing Enter must never mean "allow".
    """
    if sys.stdin.isatty() and sys.stdout.isatty():
        return typer.confirm(f"\n{verdict.question}", default=None)
    typer.echo(f"\nAnswer it by adding {yes} or {no}.")
    return None


def console() -> Console:
    """Standard output with colours where it is a terminal; markup off, because drafts are shown on it."""
    return Console(markup=False, highlight=False, emoji=False)


def show(report: RenderableType) -> None:
    """A report on standard output; where that is a file or a pipe, without the spaces that fill up its lines."""
    out = console()
    if out.is_terminal:
        out.print(report)
        return
    with out.capture() as captured:
        out.print(report)
    typer.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))


def read_file(path: Path, limit: int) -> bytes:
    """The bytes of a file of at most `limit` bytes. Raises InputError."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from None
    if len(data) > limit:
        raise InputError(f"{path} is larger than {limit // 1_000_000} MB, which is more than Demur reads here.")
    return data


def write_file(path: Path, text: str) -> None:
    """Put a file in place in one step: whatever happens meanwhile, the old one or the new one is there, whole.

    A new file is for its owner only. Raises InputError.
    """
    target = path.resolve()
    try:
        beside = target.with_name(f".{target.name}-{secrets.token_hex(8)}")
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o600
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}).") from None
