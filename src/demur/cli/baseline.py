"""`demur baseline`: what scans have found, and what you decide about it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from demur.cli.ending import InputError, console
from demur.cli.kept_file import KeptFile
from demur.cli.scan import Read, marks_of, posts_of, read_baseline, tally_table
from demur.cli.sources import (
    AllowlistOption,
    AuthorOption,
    CaseloadOption,
    KeyFileOption,
    NoStoreOption,
    PolicyOption,
    UntilOption,
    author_or_login,
    fingerprint_key,
    open_engine,
    read_until,
)
from demur.core.allowances import LONGEST_REASON, may_be_accepted
from demur.core.findings import Finding
from demur.core.verdicts import Verdict
from demur.records.baseline import Baseline, Decision, Known, Status
from demur.reports.phrases import POST_OUTCOMES
from demur.reports.terminal import printable

app = typer.Typer(help="What scans have found, and what you decide about it.", no_args_is_help=True)

_UNREVIEWED = (Status.NEW, Status.KNOWN)
_KEYS = "k keep · f I will fix or remove it · a this is fine · s skip · q stop"
_SAYS = {
    Status.NEW: "new again",
    Status.KNOWN: "not looked at yet",
    Status.KEPT: "kept",
    Status.TO_FIX: "to fix",
    Status.ACCEPTED: "called fine",
    Status.FIXED: "fixed",
}

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The baseline file of `demur scan --baseline`.")]


@app.command("review")
def review(
    file: FileArgument,
    posts: Annotated[str, typer.Argument(metavar="POSTS", help="The posts that were scanned: a file or a folder.")],
    author: AuthorOption = "",
    until: UntilOption = "",
    caseload: CaseloadOption = None,
    policy: PolicyOption = None,
    no_store: NoStoreOption = False,
    allowlist: AllowlistOption = None,
    key_file: KeyFileOption = None,
) -> None:
    """Go through what was found, one by one. The posts are shown and never kept; each answer is saved at once."""
    if posts == "-":
        raise InputError("give the posts as a file or a folder: your answers come from standard input.")
    today = date.today()
    expires = read_until(until, today)
    says_so = author_or_login(author).strip()
    if len(says_so) > LONGEST_REASON:
        raise InputError(f"--author has at most {LONGEST_REASON} characters; initials are enough.")
    kept = KeptFile(file)
    kept.must_be_writable()
    engine = open_engine(caseload, policy, no_store, allowlist, key_file)
    key = fingerprint_key("baseline", key_file, no_store)
    known = read_baseline(kept, key)
    left = sum(entry.status(today) in _UNREVIEWED for entry in known)
    if not left:
        typer.echo("Everything in this baseline has been looked at.")
        return
    asked: set[str] = set()
    unscanned = 0
    for one in posts_of(posts, _pass_over):
        verdict, marks = marks_of(engine, one, key)
        for mark, finding in marks:
            entry = known.get(mark)
            if entry is None:
                unscanned += 1
            if entry is None or mark in asked or entry.status(today) not in _UNREVIEWED:
                continue
            asked.add(mark)
            _show(one, verdict, finding, f"{len(asked)} of {left}")
            answer = _answer(finding)
            if answer == "q":
                _summary(known, today)
                return
            if answer == "s":
                continue
            reason = _reason() if answer == "a" else ""
            if answer == "a" and not reason:
                continue
            if kept.changed():
                # Another command wrote meanwhile: the answer goes into what that one wrote, and nothing is lost.
                known = read_baseline(kept, key)
                entry = known.get(mark)
                if entry is None or entry.status(today) not in _UNREVIEWED:
                    typer.echo("Somebody else answered this one meanwhile. Their answer stays.")
                    continue
            if answer == "a":
                known.accept(mark, reason, says_so, expires)
            else:
                known.decide(mark, Decision.KEEP if answer == "k" else Decision.FIX)
            kept.write(known.written(key))
    _summary(known, today)
    if unscanned:
        typer.echo(f"{unscanned} more were found in these posts. Take them in with: demur scan POSTS --baseline FILE")


@app.command("summary")
def summary(file: FileArgument, key_file: KeyFileOption = None) -> None:
    """How many findings stand how."""
    _summary(read_baseline(KeptFile(file), fingerprint_key("baseline", key_file, False)), date.today())


@app.command("list")
def list_findings(file: FileArgument, key_file: KeyFileOption = None) -> None:
    """Every finding of a baseline: its rule, and what was decided. The words are not in it."""
    known = read_baseline(KeptFile(file), fingerprint_key("baseline", key_file, False))
    today = date.today()
    table = Table(box=None, pad_edge=False)
    for column in ("finding", "rule", "since", "how it stands", "why", "who", "until"):
        table.add_column(column)
    for entry in known:
        table.add_row(*map(printable, _cells(entry, today)))
    console().print(table)


def _cells(entry: Known, today: date) -> tuple[str, ...]:
    until = entry.expires.isoformat() if entry.expires else ""
    if entry.expires and entry.expires < today:
        until += ", expired"
    since = entry.since.isoformat()
    return entry.fingerprint[:8], entry.rule, since, _SAYS[entry.status(today)], entry.reason, entry.author, until


def _show(one: Read, verdict: Verdict, finding: Finding, count: str) -> None:
    out = console()
    shown = Text(printable(one.draft.post.text))
    shown.stylize("underline bold", finding.start, finding.end)
    out.print(Text(f"\n{count} · {one.place}: {POST_OUTCOMES[verdict.outcome]}", style="bold"))
    out.print(Padding(shown, (0, 0, 0, 2)))
    line = Text(printable(f"“{finding.text}”: {finding.says}"))
    line.append(f"  ({finding.confidence.word})", style="dim")
    if finding.suggestions:
        line.append(printable(f"\nInstead: {', '.join(f'“{words}”' for words in finding.suggestions)}"), style="green")
    out.print(line)


def _answer(finding: Finding) -> str:
    """One of k, f, a, s and q. The end of the input stops, as q does: everything answered is saved."""
    while True:
        try:
            typed = str(typer.prompt(_KEYS, prompt_suffix=": ")).strip().lower()[:1]
        except typer.Abort:
            typer.echo()
            return "q"
        if typed == "a" and not may_be_accepted(finding):
            typer.echo("This leads to one person, so it can't be called fine. Keep it for now, or fix the post.")
        elif typed in ("k", "f", "a", "s", "q"):
            return typed


def _reason() -> str:
    """Why it is fine; empty where somebody thought better of it."""
    try:
        typed = str(typer.prompt("Why? Leave names out, this is kept", default="", show_default=False)).strip()
    except typer.Abort:
        typer.echo()
        return ""
    if not typed:
        typer.echo("Without a reason it stays as it was.")
    return typed[:LONGEST_REASON]


def _summary(known: Baseline, today: date) -> None:
    console().print(tally_table(Counter(entry.status(today) for entry in known)))


def _pass_over(file: str, place: str, message: str) -> None:
    """What can't be read were told by the scan."""
