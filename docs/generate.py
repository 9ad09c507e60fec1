"""Writes the reference pages from the data they describe: rules, clauses, citations, settings, commands.

`make docs` runs it; a test fails where a page is not what this would write.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import typer

from demur.cli.main import app
from demur.core.accounts import Purpose
from demur.core.citations import citations
from demur.core.settings import Inbox, Setting
from demur.networks.catalogue import network_steps
from demur.networks.settings.catalogue import NETWORKS, NOT_TRIED, known_by, settings_of
from demur.policy.facts import Action
from demur.policy.policy import load_default
from demur.screening.rule import Example, load_default_rules

REFERENCE = Path(__file__).resolve().parent / "reference"
WRITTEN = "<!-- Written by `make docs` from the data itself; change that, not this page. -->\n"


def pages() -> dict[str, str]:
    """Every reference page by file name."""
    return {
        "rules.md": WRITTEN + "\n".join(_rules()) + "\n",
        "clauses.md": WRITTEN + "\n".join(_clauses()) + "\n",
        "citations.md": WRITTEN + "\n".join(_citations()) + "\n",
        "settings.md": WRITTEN + "\n".join(_settings()) + "\n",
        "commands.md": WRITTEN + "\n".join(_commands()) + "\n",
    }


def _sources(cites: tuple[str, ...]) -> str:
    return "; ".join(f"[{citations()[cited].label}]({citations()[cited].url})" for cited in cites)


def _rules() -> Iterator[str]:
    yield "# Rules\n\nWhat screening looks for in a draft. Each example is a test."
    rules = sorted(load_default_rules(), key=lambda rule: (rule.category, rule.id))
    for category, group in groupby(rules, key=lambda rule: rule.category):
        yield f"\n## {category.value}"
        for rule in group:
            yield f"\n### `{rule.id}`: {rule.title}\n\n{rule.says.replace('{words}', '…')}\n"
            yield f"- Confidence: {rule.confidence.word}"
            if rule.suggestions:
                yield f"- Write instead: {', '.join(f'“{words}”' for words in rule.suggestions)}"
            if rule.needs:
                yield f"- Counts only beside: {', '.join(sorted(rule.needs))}"
            if rule.in_reply:
                yield "- Counts only in a reply"
            if rule.roles:
                yield f"- Counts only for: {', '.join(sorted(rule.roles))}"
            if rule.cites:
                yield f"- Source: {_sources(rule.cites)}"
            yield "\nIt marks:\n"
            yield from (f"- {_marked(example)}" for example in rule.flags)
            yield "\nIt passes:\n"
            yield from (f"- {_plain(example.text)}{_context(example)}" for example in rule.passes)


def _marked(example: Example) -> str:
    text, position = "", 0
    for start, end in sorted(example.spans):
        text += f"{_plain(example.text[position:start])}**{_plain(example.text[start:end])}**"
        position = end
    return text + _plain(example.text[position:]) + _context(example)


def _context(example: Example) -> str:
    parts = []
    if example.reply_to is not None:
        parts.append(f"in reply to “{_plain(example.reply_to)}”" if example.reply_to else "in a reply")
    if example.role != "other":
        parts.append(f"from a {example.role.value}")
    return f" *({', '.join(parts)})*" if parts else ""


def _plain(text: str) -> str:
    for character in "\\`*_[]<>#|~":
        text = text.replace(character, "\\" + character)
    return " ".join(text.split(" ")).replace("\n", " ⏎ ").replace("\r", "")


def _clauses() -> Iterator[str]:
    policy = load_default()
    yield "# Clauses of the default policy\n"
    yield "What no clause permits is declined. Where several are met, the strictest outcome wins:"
    yield "allow < ask < revise < refer < decline. Each case is a test."
    for action in Action:
        clauses = [clause for clause in policy.clauses if clause.action is action]
        if clauses:
            yield f"\n## {action.value}"
        for clause in clauses:
            yield f"\n### `{clause.id}`: {clause.title}\n\n{clause.says}\n"
            yield f"- Outcome: **{clause.outcome.word}**"
            if clause.question:
                yield f"- It asks: “{clause.question}”"
            if clause.cites:
                yield f"- Source: {_sources(clause.cites)}"
            yield ""
            yield from (
                f"- {'Applies' if case.met else 'Does not apply'}: {_plain(case.says)}" for case in clause.cases
            )
            yield f"\n```cedar\n{clause.source.strip()}\n```"


def _citations() -> Iterator[str]:
    yield "# Citations\n\nLaw and codes that Demur shows, checked, each in one sentence of ours. Not legal advice.\n"
    yield "| id | where | says | checked |\n|---|---|---|---|"
    for row in citations().values():
        yield f"| {row.id} | [{row.label}]({row.url}) | {row.says.replace('|', '/')} | {row.checked_on} |"


def _settings() -> Iterator[str]:
    yield "# Privacy settings\n"
    yield "What a client, their family or a stranger can learn on each network, and what to choose."
    yield f"{NOT_TRIED} Where we know no menu, address or source, it says so."
    for network in NETWORKS:
        catalogue = settings_of(network)
        yield f"\n## {network_steps(network).name}\n"
        yield from (f"- {_plain(caution)}" for caution in catalogue.cautions)
        for setting in catalogue.settings:
            yield from _setting(setting, [purpose for purpose in Purpose if setting.key in catalogue.first[purpose]])


def _setting(setting: Setting, first: list[Purpose]) -> Iterator[str]:
    yield f"\n### `{setting.key}`: {_plain(setting.name)}\n\n{_plain(setting.why)}\n"
    for purpose in Purpose:
        chosen, closed = setting.choice(purpose), setting.choice(purpose, Inbox.CLOSED)
        if chosen is not None:
            instead = f" (where people may not write to it: {_plain(closed or '')})" if closed != chosen else ""
            yield f"- On a {purpose.value} account: **{_plain(chosen)}**{instead}".replace("a agency", "an agency")
        else:
            yield f"- On a {purpose.value} account: it doesn't exist there".replace("a agency", "an agency")
    yield f"- Where: {_plain(setting.where)}"
    yield f"- Address: {' or '.join(f'`{link}`' for link in setting.links) or _plain(setting.no_link)}"
    yield f"- It leaves open: {_plain(setting.leaves_open)}"
    if setting.reads:
        places = "; ".join(
            f"`{place.field}` in `{place.member}` ({'the export' if place.origin == 'export' else 'live'})"
            for place in setting.reads
        )
        yield f"- Read, not asked: {places}"
    else:
        yield f"- Asked: {_plain(setting.not_read)}"
    if first:
        yield f"- Among the first in a check-up: {', '.join(purpose.value for purpose in first)}"
    yield f"- Known: {setting.standing.value}. {_plain(known_by(setting))}"


def _commands() -> Iterator[str]:
    yield "# Commands\n\nExit codes: 0 allow (or done), 1 not allow, 2 usage or input error."
    yield from _command(typer.main.get_command(app), "demur")


def _command(command: Any, path: str) -> Iterator[str]:
    children = getattr(command, "commands", None)
    if children:
        for name, child in children.items():
            yield from _command(child, f"{path} {name}")
        return
    yield f"\n## `{path}`\n\n{(command.help or '').strip()}\n"
    for parameter in command.params:
        record = getattr(parameter, "help", None) or ""
        if parameter.param_type_name == "argument":
            yield f"- `{parameter.name}`: {record}"
        elif not getattr(parameter, "hidden", False) and parameter.name != "help":
            names = " / ".join([*parameter.opts, *parameter.secondary_opts])
            yield f"- `{names}`: {record}"


def main() -> None:
    REFERENCE.mkdir(exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, "utf-8")
    sys.stdout.write(f"{len(pages())} pages in {REFERENCE}\n")


if __name__ == "__main__":
    main()
