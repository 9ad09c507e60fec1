"""`demur allow`: this is fine."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from demur.cli.ending import InputError, console
from demur.cli.kept_file import KeptFile
from demur.cli.sources import (
    AllowlistOption,
    AuthorOption,
    KeyFileOption,
    UntilOption,
    allowlist_from_file,
    author_or_login,
    fingerprint_key,
    has_local_store,
    open_engine,
    open_local_store,
    read_standard_input,
    read_until,
)
from demur.core.allowances import LONGEST_REASON, NEVER_FOR_GOOD, Allowance, fingerprint, may_be_called_fine, normalised
from demur.core.characters import whole
from demur.core.content import MAX_TEXT_LENGTH, Post
from demur.core.findings import Category
from demur.engine import Engine
from demur.records.allowlist_file import write_allowlist
from demur.reports.terminal import printable
from demur.screening.allowlist import NOTHING_ALLOWED, is_plain_name, open_to_allowing
from demur.workspace import rule_categories, rule_titles


def allow(
    words: Annotated[
        str, typer.Argument(metavar="[WORDS]", help="The words as they are marked; - reads them from standard input.")
    ] = "",
    rule: Annotated[
        str, typer.Option("--rule", metavar="ID", help="The rule that marks them; `demur check --json` names it.")
    ] = "",
    reason: Annotated[str, typer.Option("--reason", help="Why this is fine. Leave names out.")] = "",
    author: AuthorOption = "",
    until: UntilOption = "",
    show_list: Annotated[bool, typer.Option("--list", help="Show what you called fine.")] = False,
    end: Annotated[int | None, typer.Option("--end", metavar="NUMBER", help="Mark it again from now on.")] = None,
    allowlist: AllowlistOption = None,
    key_file: KeyFileOption = None,
) -> None:
    """This is fine: stop marking these words. Of the words only a keyed fingerprint is kept."""
    if [bool(words), show_list, end is not None].count(True) != 1:
        raise InputError('say one of: demur allow "words" --reason WHY, demur allow --list, demur allow --end NUMBER')
    if show_list:
        _show(allowlist, key_file)
    elif end is not None:
        _end(end, allowlist, key_file)
    else:
        # A terminal in another charset gives halves of characters, which nothing can keep.
        _add(_typed(words), rule, whole(reason), whole(author_or_login(author)), until, allowlist, key_file)


def _typed(words: str) -> str:
    if words == "-":
        words = read_standard_input()
    if not words.strip():
        raise InputError("there are no words to call fine.")
    if len(words) > MAX_TEXT_LENGTH:
        raise InputError(f"that is longer than {MAX_TEXT_LENGTH:,} characters.")
    return words.strip()


def _add(
    words: str, rule: str, reason: str, author: str, until: str, allowlist: Path | None, key_file: Path | None
) -> None:
    today = date.today()
    expires = read_until(until, today)
    if not reason.strip():
        raise InputError("say why it is fine, with --reason. Leave names out of it.")
    if max(len(reason), len(author)) > LONGEST_REASON:
        raise InputError(f"a reason has at most {LONGEST_REASON} characters.")
    kept = KeptFile(allowlist) if allowlist is not None else None
    if kept is not None:
        kept.must_be_writable()
    engine = open_engine(None, None, no_store=kept is not None)
    rules = _rules(engine, words, rule.strip(), in_a_file=kept is not None)
    if kept is None:
        open_local_store()
        from demur.server.casework.actions import call_fine

        for known, category in rules.items():
            call_fine(words, known, category, reason, author, today, expires)
    else:
        key = fingerprint_key("allowlist", key_file, no_store=False)
        held = {row.fingerprint: row for row in allowlist_from_file(kept, key, new=True)}
        for known, category in rules.items():
            mark = fingerprint(key, known, normalised(words))
            held[mark] = Allowance(mark, known, category, reason.strip(), author.strip(), today, expires)
        kept.write(write_allowlist(held.values(), key))
    typer.echo(f"Fine until {expires.isoformat()}: {', '.join(rules)}. Beside talk of a client they are still marked.")


def _rules(engine: Engine, words: str, rule: str, in_a_file: bool) -> dict[str, Category]:
    """The rules that are meant, with their categories: the one that was named, or those that mark just these words."""
    findings = [
        finding
        for finding in engine.allowing(NOTHING_ALLOWED).check(Post(words)).findings
        if normalised(finding.text) == normalised(words) and rule in ("", finding.rule)
    ]
    if refused := [finding for finding in findings if not may_be_called_fine(finding)]:
        raise InputError(_refusal(refused[0].category))
    if rule:
        category = rule_categories().get(rule)
        if category is None:
            raise InputError(f"there is no rule '{printable(rule)}'. See: demur rules list")
        if category in NEVER_FOR_GOOD:
            raise InputError(_refusal(category))
        if category is Category.CLIENT_NAME and in_a_file:
            raise InputError(
                "a name from a caseload can only be called fine in your store, without --allowlist: there it ends when "
                "somebody with that name comes onto your caseload."
            )
        if category is Category.CLIENT_NAME and not is_plain_name(words, engine.caseload.forms):
            raise InputError(_NOT_PLAIN)
        return {rule: category}
    rules = {
        finding.rule: finding.category for finding in open_to_allowing(words, tuple(findings), engine.caseload.forms)
    }
    if not rules and any(finding.category is Category.CLIENT_NAME for finding in findings):
        raise InputError(_NOT_PLAIN)
    if not rules:
        raise InputError(
            "these words aren't marked by themselves, so there is nothing to call fine yet. If they were marked in a "
            "draft, name the rule with --rule; demur check --json says which it was."
        )
    return rules


_NOT_PLAIN = (
    "only a name as it stands on your caseload can be called fine. Cut, changed or drawn, it could also be somebody "
    "who comes onto your caseload later."
)


def _refusal(category: Category) -> str:
    if category is Category.CLIENT_NAME:
        return "this is the name of somebody on your caseload, and that is never called fine."
    if category is Category.CRISIS:
        return (
            "these words are never called fine. If they are yours tonight, call or text 988, at any hour; the draft "
            "can wait."
        )
    return "this can't be called fine once and for all: another day the same words could be about a client."


def _show(allowlist: Path | None, key_file: Path | None) -> None:
    rows = _numbered(allowlist, key_file)
    if not rows:
        typer.echo("Nothing is called fine. What Demur marks, it marks every time.")
        return
    table = Table(box=None, pad_edge=False)
    for column in ("number", "what", "why", "who", "until"):
        table.add_column(column)
    today = date.today()
    for number, row in rows:
        until = row.expires.isoformat() + ("" if row.counts_on(today) else ", expired")
        what = rule_titles().get(row.rule, row.rule)
        table.add_row(str(number), *(printable(cell) for cell in (what, row.reason, row.author, until)))
    console().print(table)
    typer.echo("The words themselves are not kept. To end one early: demur allow --end NUMBER")


def _numbered(allowlist: Path | None, key_file: Path | None) -> list[tuple[int, Allowance]]:
    if allowlist is not None:
        return _in_file(KeptFile(allowlist), fingerprint_key("allowlist", key_file, False))
    if not has_local_store():
        return []
    open_local_store()
    from demur.server.casework.queries import allowances

    return [(row.pk, row.to_allowance()) for row in allowances()]


def _in_file(kept: KeptFile, key: bytes) -> list[tuple[int, Allowance]]:
    rows = allowlist_from_file(kept, key)
    return list(enumerate(sorted(rows, key=lambda row: (row.expires, row.fingerprint)), start=1))


def _end(number: int, allowlist: Path | None, key_file: Path | None) -> None:
    if allowlist is not None:
        kept = KeptFile(allowlist)
        kept.must_be_writable()
        key = fingerprint_key("allowlist", key_file, False)
        rows = dict(_in_file(kept, key))
        ended = rows.pop(number, None) is not None
        if ended:
            kept.write(write_allowlist(rows.values(), key))
    elif has_local_store():
        open_local_store()
        from demur.server.casework.actions import end_allowance

        ended = end_allowance(number)
    else:
        ended = False
    if not ended:
        raise InputError("nothing with that number is called fine. See: demur allow --list")
    typer.echo("It is marked again from now on.")
