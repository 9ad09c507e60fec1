"""`demur scan`: what stands in posts that are out already, and what of it is new since the last time."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from demur.cli.batch import MAX_LINE_BYTES, parse_line, progress_bar, read_lines
from demur.cli.ending import (
    ALLOWED,
    INPUT_ERROR,
    INTERNAL_ERROR,
    NOT_ALLOWED,
    InputError,
    console,
    read_file,
    say_error,
    where_it_broke,
    write_file,
)
from demur.cli.sources import (
    AllowlistOption,
    CaseloadOption,
    KeyFileOption,
    NoStoreOption,
    PolicyOption,
    fingerprint_key,
    index_of,
    open_engine,
)
from demur.core.content import MAX_TEXT_LENGTH, Post
from demur.core.findings import Finding
from demur.core.people import Caseload
from demur.core.verdicts import Verdict
from demur.engine import Engine, held_findings
from demur.records import keyed_file
from demur.records.baseline import Baseline, Status, finding_fingerprint
from demur.records.batch import DraftLine, UnreadableLine, read_draft
from demur.reports.contract import dumps, finding_row
from demur.reports.phrases import POST_OUTCOMES
from demur.reports.terminal import printable
from demur.screening.sentences import split_sentences

STOPPED = 130
"""The exit code after Ctrl-C, as shells have it."""

_TEXTS = (".txt", ".text")
_OBJECTS = (".jsonl", ".ndjson", ".json")

_TALLY = {
    Status.NEW: "New",
    Status.KNOWN: "Known, not looked at yet",
    Status.KEPT: "Kept",
    Status.TO_FIX: "To fix",
    Status.ACCEPTED: "Called fine",
    Status.FIXED: "Fixed",
}

BaselineOption = Annotated[
    Path | None,
    typer.Option(
        "--baseline", metavar="FILE", help="Remember the findings here, and show only what is new since last time."
    ),
]


@dataclass(frozen=True, slots=True)
class Read:
    """One post of a source. `place` says where it stands, `post_id` is its own id, if it has one."""

    place: str
    post_id: str
    draft: DraftLine


def scan(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE|DIR|-",
            help="Posts: JSON lines with text (and id), or plain text with one post a line; or a folder of such files.",
        ),
    ],
    baseline: BaselineOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a finding, and one at the end.")] = False,
    caseload: CaseloadOption = None,
    policy: PolicyOption = None,
    no_store: NoStoreOption = False,
    allowlist: AllowlistOption = None,
    key_file: KeyFileOption = None,
) -> None:
    """Look through many posts. With a baseline, a second scan shows only what is new."""
    engine = open_engine(caseload, policy, no_store, allowlist, key_file)
    key = fingerprint_key("baseline", key_file, no_store) if baseline is not None else b"for this scan alone"
    known = read_baseline(baseline, key) if baseline is not None and baseline.exists() else Baseline()
    problems = _Problems()
    out = console()
    today = date.today()
    read = 0
    stopped = False
    try:
        for one in posts_of(source, problems):
            read += 1
            _look(engine, one, known, key, today, as_json, out, problems)
        known.finish(today)
    except KeyboardInterrupt:
        # What was found so far is kept; nothing counts as fixed, because the rest was not read.
        stopped = True
    if baseline is not None:
        write_file(baseline, known.written(key))
    _close(known.tally, read, stopped, baseline is not None, as_json, out)
    if stopped:
        raise typer.Exit(STOPPED)
    raise typer.Exit(problems.code or (NOT_ALLOWED if known.tally[Status.NEW] else ALLOWED))


def read_baseline(path: Path, key: bytes) -> Baseline:
    """The baseline in a file. Raises InputError; the file stays as it is."""
    try:
        return Baseline.read(read_file(path, keyed_file.MAXIMUM_BYTES), key)
    except keyed_file.UnreadableKeyedFile as error:
        raise InputError(f"{path}: {error}.") from None


class _Problems:
    """What could not be read: said at once, and kept as the exit code."""

    def __init__(self) -> None:
        self.code = ALLOWED

    def __call__(self, place: str, message: str, code: int = INPUT_ERROR) -> None:
        self.code = max(self.code, code)
        say_error(f"{place}: {message}")


Problem = Callable[[str, str], None]


def posts_of(source: str, problem: Problem) -> Iterator[Read]:
    """Every post of a file, a folder or standard input, one at a time. Raises InputError where there is none.

    Lines that can't be read are told to `problem`, and the rest goes on.
    """
    with ExitStack() as stack:
        progress = stack.enter_context(progress_bar())
        if source == "-":
            task = progress.add_task("Reading", total=None)
            for number, line, _ in read_lines(sys.stdin.buffer):
                yield from _post(f"line {number}", line, None, problem)
                progress.update(task, description=f"{number} read")
            return
        files = _files(Path(source))
        task = progress.add_task("Reading", total=sum(size for _, size in files))
        before = count = 0
        for path, size in files:
            name = f"{printable(path.name)}, " if len(files) > 1 else ""
            try:
                with path.open("rb") as stream:
                    for number, line, read in read_lines(stream):
                        count += 1
                        yield from _post(f"{name}line {number}", line, path.suffix.lower() in _OBJECTS, problem)
                        progress.update(task, completed=before + read, description=f"{count} read")
            except OSError as error:
                problem(str(path), f"it cannot be read ({error.strerror})")
            before += size


def _files(path: Path) -> list[tuple[Path, int]]:
    try:
        if path.is_dir():
            found = sorted(one for one in path.rglob("*") if one.suffix.lower() in (*_TEXTS, *_OBJECTS))
            if not found:
                raise InputError(f"there are no .jsonl or .txt files in {path}.")
            return [(one, one.stat().st_size) for one in found]
        return [(path, path.stat().st_size)]
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from None


def _post(place: str, line: bytes | None, objects: bool | None, problem: Problem) -> Iterator[Read]:
    """The post on a line; `objects` says whether it is JSON, None to see for oneself."""
    try:
        if line is None:
            raise UnreadableLine(f"the line is longer than {MAX_LINE_BYTES:,} bytes")
        if not line.strip():
            return
        if objects or (objects is None and line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{")):
            data = parse_line(line)
            draft = read_draft(data)
            identifier = data.get("id") if isinstance(data, dict) else None
            named = isinstance(identifier, str | int | float) and not isinstance(identifier, bool)
            yield Read(
                f"post {printable(str(identifier))}" if named else place, str(identifier) if named else "", draft
            )
            return
        text = line.decode("utf-8-sig", "replace").strip()
        if len(text) > MAX_TEXT_LENGTH:
            raise UnreadableLine(f"it is longer than {MAX_TEXT_LENGTH:,} characters")
        yield Read(place, "", DraftLine(Post(text), Caseload()))
    except UnreadableLine as error:
        problem(place, f"{error}.")


def marks_of(engine: Engine, one: Read, key: bytes) -> tuple[Verdict, list[tuple[str, Finding]]]:
    """What is held against a post, each finding with its fingerprint, in the order of the text."""
    text = one.draft.post.text
    verdict = engine.check(one.draft.post, index_of(one.draft.also), reword=False)
    sentences = split_sentences(text)
    marks = []
    for finding in sorted(held_findings(verdict), key=lambda found: (found.start, found.end, found.rule)):
        start, end = sentences.bounds(finding.start)
        marks.append((finding_fingerprint(key, finding, one.post_id, text[start:end]), finding))
    return verdict, marks


def _look(
    engine: Engine,
    one: Read,
    known: Baseline,
    key: bytes,
    today: date,
    as_json: bool,
    out: Console,
    problems: _Problems,
) -> None:
    try:
        verdict, marks = marks_of(engine, one, key)
    except Exception as error:
        # One odd post must not stop a long run, nor print what was in it.
        problems(one.place, f"Demur broke on this post ({where_it_broke(error)}).", INTERNAL_ERROR)
        return
    new = [finding for mark, finding in marks if known.see(mark, finding.rule, today) is Status.NEW]
    if not new:
        return
    if as_json:
        for finding in new:
            row = {"post": one.post_id or None, "place": one.place, "status": Status.NEW.value}
            typer.echo(dumps({**row, "outcome": verdict.outcome.word, "finding": finding_row(finding)}))
        return
    out.print(Text(f"{one.place}: {POST_OUTCOMES[verdict.outcome]}", style="bold"))
    for finding in new:
        words = "" if f"“{finding.text}”" in finding.says else f"“{finding.text}”: "
        line = Text(printable(f"  • {words}{finding.says}".replace("\n", " ")))
        line.append(f"  ({finding.confidence.word})", style="dim")
        if finding.suggestions:
            line.append(
                printable(f"\n    Instead: {', '.join(f'“{words}”' for words in finding.suggestions)}"), "green"
            )
        out.print(line, soft_wrap=True)


def _close(tally: Counter[Status], read: int, stopped: bool, remembered: bool, as_json: bool, out: Console) -> None:
    if as_json:
        counts = {status.value: tally[status] for status in _TALLY}
        typer.echo(dumps({"posts": read, "stopped": stopped, "counts": counts}))
        return
    out.print(tally_table(tally) if remembered else Text(f"\n{tally[Status.NEW]} found in {read} posts."))
    if stopped:
        kept = "What was found so far is in the baseline; scan" if remembered else "Scan"
        out.print(Text(f"Stopped after {read} posts. {kept} again to read the rest."))
    elif remembered and tally[Status.NEW] + tally[Status.KNOWN]:
        out.print(Text("To go through them one by one: demur baseline review FILE POSTS"))


def tally_table(tally: Counter[Status]) -> Table:
    """How many findings stand how."""
    table = Table(box=None, pad_edge=False)
    table.add_column("findings")
    table.add_column("", justify="right")
    for status, says in _TALLY.items():
        table.add_row(says, str(tally[status]))
    return table
