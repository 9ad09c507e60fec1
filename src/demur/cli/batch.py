"""Many at once: JSON lines in, JSON lines out, in order, one at a time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from demur.cli.ending import ALLOWED, INPUT_ERROR, INTERNAL_ERROR, NOT_ALLOWED, InputError, where_it_broke
from demur.records.batch import UnreadableLine, parse_json, read_id
from demur.reports.contract import dumps, line_error

MAX_LINE_BYTES = 4_000_000

Judge = Callable[[object], dict[str, Any]]


def run_batch(source: str, judge: Judge) -> int:
    """Judge every line of a file (`-` is standard input) and return the exit code.

    Memory does not grow with the file. A line that cannot be read gives an error object, and the rest goes on.
    """
    code = ALLOWED
    with ExitStack() as stack:
        if source == "-":
            stream: BinaryIO = sys.stdin.buffer
            size = None
        else:
            try:
                stream = stack.enter_context(Path(source).open("rb"))
                size = Path(source).stat().st_size
            except OSError as error:
                raise InputError(f"{source} cannot be read ({error.strerror}).") from None
        progress = stack.enter_context(progress_bar())
        task = progress.add_task("Reading", total=size)
        for number, line, read in read_lines(stream):
            if line is None or line.strip():
                answer, line_code = _answer(number, line, judge)
                code = max(code, line_code)
                sys.stdout.write(dumps(answer) + "\n")
                sys.stdout.flush()
            progress.update(task, completed=read if size else None, description=f"{number} read")
    return code


def _answer(number: int, line: bytes | None, judge: Judge) -> tuple[dict[str, Any], int]:
    identifier: object = None
    try:
        if line is None:
            raise UnreadableLine(f"the line is longer than {MAX_LINE_BYTES:,} bytes")
        data = parse_line(line)
        identifier = read_id(data)
        answer = judge(data)
    except UnreadableLine as error:
        return line_error(identifier, number, str(error)), INPUT_ERROR
    except Exception as error:
        # One odd line must not stop a long run, nor print what was in it.
        return line_error(identifier, number, f"Demur broke on this line ({where_it_broke(error)})"), INTERNAL_ERROR
    return {**answer, "id": identifier}, ALLOWED if answer["outcome"] == "allow" else NOT_ALLOWED


def parse_line(line: bytes) -> object:
    """The value of one line of JSON. Raises UnreadableLine."""
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableLine("the line is not UTF-8 text") from None
    try:
        return parse_json(text)
    except UnreadableLine:
        raise UnreadableLine("the line is not one JSON object") from None


def read_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None, int]]:
    """Line number, line (None where it is too long to read), and how many bytes were read so far."""
    number = read = 0
    while chunk := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        read += len(chunk)
        if len(chunk) <= MAX_LINE_BYTES or chunk.endswith(b"\n"):
            yield number, chunk, read
            continue
        while chunk and not chunk.endswith(b"\n"):
            chunk = stream.readline(MAX_LINE_BYTES)
            read += len(chunk)
        yield number, None, read


def progress_bar() -> Progress:
    """Progress on standard error, where somebody watches."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
