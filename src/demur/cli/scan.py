"""`demur scan`: what stands in posts that are out already, and what of it is new since the last time."""

from __future__ import annotations

import io
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, BinaryIO, cast

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
    say_error,
    where_it_broke,
)
from demur.cli.kept_file import KeptFile
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
from demur.records.baseline import Baseline, Place, Status, around, finding_fingerprint
from demur.records.batch import DraftLine, UnreadableLine, read_draft, read_id
from demur.records.plain_text import UTF16_MARKS, UnreadableText, read_text_line
from demur.reports.contract import dumps, finding_row
from demur.reports.phrases import POST_OUTCOMES
from demur.reports.terminal import printable
from demur.screening.sentences import split_sentences

STOPPED = 130
"""The exit code after Ctrl-C, as shells have it."""

_TEXTS = (".txt", ".text")
_OBJECTS = (".jsonl", ".ndjson", ".json")
_LONGEST_SHOWN = 60
"""Characters of a post's id that are shown; all of them count."""
_NOT_READ = "The rest of the file was not read. Save it as UTF-8 and scan it again."

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
    """One post of a source.

    `file` is the path of its file, from where the scan starts, empty for standard input; `place` says where it stands,
    `post_id` is its own id, if it has one.
    """

    file: str
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
    kept = KeptFile(baseline) if baseline is not None else None
    if kept is not None:
        kept.must_be_writable()
    engine = open_engine(caseload, policy, no_store, allowlist, key_file)
    key = fingerprint_key("baseline", key_file, no_store) if kept is not None else b"for this scan alone"
    known = read_baseline(kept, key, new=True) if kept is not None else Baseline()
    problems = _Problems()
    out = console()
    today = date.today()
    read = 0
    files: set[str] = set()
    stopped = False
    try:
        for one in posts_of(source, problems):
            read += 1
            files.add(one.file)
            _look(engine, one, known, key, today, as_json, out, problems)
        # A file without a single post fixes nothing: something more likely went wrong with it.
        known.finish(today, {Place.of(key, file, "").file for file in files - problems.files})
    except KeyboardInterrupt:
        # What was found so far is kept; nothing counts as fixed, because the rest was not read.
        stopped = True
    saved = kept is not None and _saved(kept, known, key, problems)
    _close(known, read, stopped, saved, as_json, out)
    if stopped:
        raise typer.Exit(STOPPED)
    raise typer.Exit(problems.code or (NOT_ALLOWED if known.tally[Status.NEW] else ALLOWED))


def read_baseline(kept: KeptFile, key: bytes, *, new: bool = False) -> Baseline:
    """The baseline in a file; where it may be a `new` one, an empty one. Raises InputError; the file stays as it is."""
    data = kept.read_if_there() if new else kept.read()
    try:
        return Baseline.read(data, key) if data is not None else Baseline()
    except keyed_file.UnreadableKeyedFile as error:
        raise InputError(f"{kept.path}: {error}.") from None


class _Problems:
    """What could not be read: said at once, and kept as the exit code and as the files it belongs to."""

    def __init__(self) -> None:
        self.code = ALLOWED
        self.files: set[str] = set()

    def __call__(self, file: str, place: str, message: str, code: int = INPUT_ERROR) -> None:
        self.code = max(self.code, code)
        self.files.add(file)
        say_error(f"{place}: {message}")


Problem = Callable[[str, str, str], None]
"""Takes the file, the place in it, and what is wrong there."""


def posts_of(source: str, problem: Problem) -> Iterator[Read]:
    """Every post of a file, a folder or standard input, one at a time. Raises InputError where there is none.

    What can't be read is told to `problem`, and the rest goes on.
    """
    with ExitStack() as stack:
        progress = stack.enter_context(progress_bar())
        if source == "-":
            task = progress.add_task("Reading", total=None)
            for number, line, _ in _lines("", "", sys.stdin.buffer, problem):
                yield from _post("", "", number, line, None, problem)
                progress.update(task, description=f"{number} read")
            return
        files = _files(Path(source), problem)
        task = progress.add_task("Reading", total=sum(size for _, _, size in files))
        before = count = 0
        for path, file, size in files:
            name = f"{printable(file)}, " if len(files) > 1 else ""
            try:
                with path.open("rb") as stream:
                    for number, line, read in _lines(file, name, stream, problem):
                        count += 1
                        yield from _post(file, name, number, line, path.suffix.lower() in _OBJECTS, problem)
                        progress.update(task, completed=before + read, description=f"{count} read")
            except OSError as error:
                problem(file, str(path), f"it cannot be read ({error.strerror}).")
            before += size


def _files(source: Path, problem: Problem) -> list[tuple[Path, str, int]]:
    """The files to read, each with its path from the source on and its size."""
    try:
        if not source.is_dir():
            return [(source, source.name, source.stat().st_size)]
        found = sorted(_texts_in(source, problem))
        if not found:
            raise InputError(f"there are no .jsonl or .txt files in {source}.")
        return [(path, path.relative_to(source).as_posix(), path.stat().st_size) for path in found]
    except OSError as error:
        raise InputError(f"{source} cannot be read ({error.strerror}).") from None


def _texts_in(source: Path, problem: Problem) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        problem("", str(error.filename), f"it cannot be read ({error.strerror}).")

    for folder, folders, names in os.walk(source, onerror=unreadable):
        for name in folders:
            path = Path(folder, name)
            if path.is_symlink():
                problem("", str(path), "it is a link to another folder and was not read. Scan that folder by itself.")
        for name in names:
            path = Path(folder, name)
            if path.suffix.lower() not in (*_TEXTS, *_OBJECTS):
                continue
            if path.is_file():
                yield path
            else:
                # A pipe would keep the scan waiting, and a link may lead nowhere.
                file = path.relative_to(source).as_posix()
                problem(file, str(path), "it is not a file that can be read, so it was left out.")


def _lines(file: str, name: str, stream: BinaryIO, problem: Problem) -> Iterator[tuple[int, bytes | None, int]]:
    """The lines of a file in UTF-8 or marked UTF-16; where it turns out to be no text, the rest of it is not read."""
    buffered = cast(io.BufferedReader, stream)
    if buffered.peek(2).startswith(UTF16_MARKS):
        stream = cast(BinaryIO, _AsUtf8(stream))
    reached = 0
    try:
        for reached, line, read in read_lines(stream):
            if line is not None and b"\0" in line:
                problem(file, f"{name}line {reached}", f"no text, or not UTF-8: it has NUL characters. {_NOT_READ}")
                return
            yield reached, line, read
    except UnicodeDecodeError:
        problem(file, f"{name}after line {reached}", f"not UTF-16 text, as its beginning says. {_NOT_READ}")


class _AsUtf8:
    """A file in UTF-16, line by line as if it were in UTF-8."""

    def __init__(self, stream: BinaryIO) -> None:
        self._text = io.TextIOWrapper(stream, "utf-16", newline="\n")

    def readline(self, limit: int) -> bytes:
        """The next line, of at most so many characters."""
        return self._text.readline(limit).encode("utf-8")


def _post(
    file: str, name: str, number: int, line: bytes | None, objects: bool | None, problem: Problem
) -> Iterator[Read]:
    """The post on a line; `objects` says whether it is JSON, None to see for oneself."""
    place = f"{name}line {number}"
    try:
        if line is None:
            raise UnreadableLine(f"the line is longer than {MAX_LINE_BYTES:,} bytes")
        if not line.strip():
            return
        if objects or (objects is None and line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{")):
            data = parse_line(line)
            draft = read_draft(data)
            identifier = read_id(data)
            if identifier is not None and not isinstance(identifier, bool):
                post_id = str(identifier)
                shown = post_id if len(post_id) <= _LONGEST_SHOWN else f"{post_id[:_LONGEST_SHOWN]}…"
                yield Read(file, f"{name}post {printable(shown)}", post_id, draft)
            else:
                yield Read(file, place, "", draft)
            return
        text = read_text_line(line).strip()
        if len(text) > MAX_TEXT_LENGTH:
            raise UnreadableLine(f"it is longer than {MAX_TEXT_LENGTH:,} characters")
        yield Read(file, place, "", DraftLine(Post(text), Caseload()))
    except UnreadableLine as error:
        problem(file, place, f"{error}.")
    except UnreadableText as error:
        problem(file, place, f"{error}, so it was not read. Save the file as UTF-8 and scan it again.")


def marks_of(engine: Engine, one: Read, key: bytes) -> tuple[Verdict, list[tuple[str, Finding]]]:
    """What is held against a post, each finding with its fingerprint, in the order of the text."""
    text = one.draft.post.text
    verdict = engine.check(one.draft.post, index_of(one.draft.also), reword=False)
    sentences = split_sentences(text)
    # INVARIANT: each stretch is fingerprinted once, so that a long sentence with many findings takes linear time.
    stretches: dict[tuple[int, int], str] = {}
    marks = []
    for finding in sorted(held_findings(verdict), key=lambda found: (found.start, found.end, found.rule)):
        start, end = sentences.bounds(finding.start)[0], sentences.bounds(max(finding.start, finding.end - 1))[1]
        if finding.fits is not None:
            # How many people the facts of a post fit rests on all of it.
            start, end = 0, len(text)
        if (start, end) not in stretches:
            stretches[start, end] = around(key, one.file, one.post_id, text[start:end])
        marks.append((finding_fingerprint(key, finding, stretches[start, end]), finding))
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
        problems(one.file, one.place, f"Demur broke on this post ({where_it_broke(error)}).", INTERNAL_ERROR)
        return
    place = Place.of(key, one.file, one.post_id)
    known.read_post(place)
    new = [finding for mark, finding in marks if known.see(mark, finding.rule, place, today) is Status.NEW]
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


def _saved(kept: KeptFile, known: Baseline, key: bytes, problems: _Problems) -> bool:
    """Whether the baseline could be written. Where not, that is said, and what was found is still shown."""
    try:
        kept.write(known.written(key))
    except InputError as error:
        problems.code = max(problems.code, INPUT_ERROR)
        say_error(str(error))
        return False
    return True


def _close(known: Baseline, read: int, stopped: bool, saved: bool, as_json: bool, out: Console) -> None:
    tally = known.tally
    if as_json:
        counts = {status.value: tally[status] for status in _TALLY}
        typer.echo(dumps({"posts": read, "stopped": stopped, "counts": {**counts, "not-read": known.unread}}))
        return
    out.print(tally_table(tally) if saved else Text(f"\n{tally[Status.NEW]} found in {read} posts."))
    if known.unread:
        out.print(Text(f"{known.unread} more stand in posts that were not read this time. They stay as they were."))
    if stopped:
        so_far = "What was found so far is in the baseline; scan" if saved else "Scan"
        out.print(Text(f"Stopped after {read} posts. {so_far} again to read the rest."))
    elif saved and tally[Status.NEW] + tally[Status.KNOWN]:
        out.print(Text("To go through them one by one: demur baseline review FILE POSTS"))


def tally_table(tally: Counter[Status]) -> Table:
    """How many findings stand how."""
    table = Table(box=None, pad_edge=False)
    table.add_column("findings")
    table.add_column("", justify="right")
    for status, says in _TALLY.items():
        table.add_row(says, str(tally[status]))
    return table
