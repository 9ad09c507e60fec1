"""Turns the bytes of a file of an export into entries, one at a time, and holds no more of it than one entry.

JSON goes through `ijson`, which reads as it comes. An entry is what a list holds that stands in no other list: a post
of a list of posts, whether the list is the whole file or lies some keys deep. A map that is wanted whole is one, too.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import chain

import ijson

Path = tuple[str, ...]
"""The keys that lead to something in a file, the outermost first."""

LONGEST_STRING = 8 * 1024 * 1024
"""Bytes of one text in a file; a network allows a tenth of it at most."""
LARGEST_ENTRY = 2 * 1024 * 1024
"""Code points of all texts in one entry."""
_MOST_PARTS = 50_000
"""Values in one entry."""
_DEEPEST = 12
_DEEPEST_IN_ENTRY = 40
_LONGEST_LINE = 1024 * 1024
_LONGEST_CARRY = 1024 * 1024
_LOOKED_AT = 4_000
_MOST_BEFORE_HEADINGS = 20
"""Rows of remarks that may stand before a table's headings; seen are three."""
_MOST_HEADINGS = 200
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CAN_BE_ESCAPE = "\\0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_HALVES = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
_MAY_HOLD_HALVES = re.compile(r"\\u[dD][89a-fA-F]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_LINE_ENDS = re.compile(r"\r\n|\r|\n")


class Damaged(Exception):
    """What follows in a file can't be read; what came before it was."""


class Unfamiliar(Exception):
    """Nothing of what its name promises is in a file."""


class Go(Enum):
    """What to do with a map or list that no list holds: look into it, take it as one entry, or pass it over."""

    IN = "in"
    WHOLE = "whole"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the keys that lead to it, which of its list it is, from 0, and what it holds.

    `index` is -1 for what stands in no list. `value` is None for an entry that was larger than any is.
    """

    path: Path
    index: int
    value: object


def texts(pieces: Iterable[bytes]) -> Iterator[str]:
    """The text of a file, in pieces: UTF-8 with or without its mark, UTF-16 with it, or else an old Western encoding.

    A sign that can't be read becomes U+FFFD.
    """
    decoder: codecs.IncrementalDecoder | None = None
    for piece in pieces:
        if decoder is None:
            decoder = codecs.getincrementaldecoder(encoding_of(piece))("replace")
        if text := decoder.decode(piece):
            yield text
    if decoder is not None and (text := decoder.decode(b"", final=True)):
        yield text


def encoding_of(beginning: bytes) -> str:
    """How a file is written, by how it begins. One sign that can't be read makes no file an old Western one."""
    if beginning.startswith(_UTF_16):
        return "utf-16"
    read = codecs.getincrementaldecoder("utf-8")("replace").decode(beginning)
    unread = read.count("\ufffd")
    if unread and unread >= sum(1 for _ in _BEYOND_ASCII.finditer(read)) - unread:
        return "cp1252"
    return "utf-8-sig"


def json_texts(pieces: Iterable[str], *, script: bool = False) -> Iterator[str]:
    r"""The same with each half of a pair (`\ud83d` alone), which no text may hold, as U+FFFD.

    `script` is for X, which writes `window.YTD.tweets.part0 = ` before its JSON.
    """
    waiting = ""
    for piece in pieces:
        waiting += piece
        if script:
            start = min((at for at in (waiting.find("["), waiting.find("{")) if at >= 0), default=-1)
            if start < 0:
                if len(waiting) > _LONGEST_CARRY:
                    raise Damaged
                continue
            waiting, script = waiting[start:], False
        # What ends in a letter, digit or backslash may be half an escape.
        ready = waiting.rstrip(_CAN_BE_ESCAPE) if len(waiting) < _LONGEST_CARRY else waiting
        waiting = waiting[len(ready) :]
        yield _without_halves(ready)
    yield _without_halves(waiting)


def _without_halves(text: str) -> str:
    if _MAY_HOLD_HALVES.search(text) is None:
        return text
    return _HALVES.sub(lambda found: r"\ufffd" if found[1] else found[0], text)


def json_entries(pieces: Iterable[str], choose: Callable[[Path], Go]) -> Iterator[Entry]:
    """The entries of a JSON file. Raises Damaged where it breaks off or stops being JSON, after what came before."""
    events = ijson.sendable_list()
    parser = ijson.basic_parse_coro(events)
    walk = _Walk(choose)
    silent = 0
    for piece in filter(None, pieces):  # To the parser, nothing is the end.
        problem = False
        try:
            parser.send(piece.encode("utf-8", "replace"))
        except (ijson.JSONError, ValueError, ArithmeticError, SystemError):
            problem = True
        silent = 0 if events else silent + len(piece)
        yield from walk.entries(events)
        del events[:]
        if walk.ended:
            return  # A semicolon after it is no damage.
        if problem or silent > LONGEST_STRING:
            raise Damaged
    raise Damaged


_STARTS = frozenset({"start_map", "start_array"})
_ENDS = frozenset({"end_map", "end_array"})


class _Walk:
    """Where in a file the parser is, and the entry that is being put together."""

    def __init__(self, choose: Callable[[Path], Go]) -> None:
        self.ended = False
        self._choose = choose
        self._open: list[str] = []
        """A key for each map and list that is open outside entries; that of the outermost is empty."""
        self._key = ""
        self._index = -1
        self._in_list = False
        self._past = 0
        self._entry: _Entry | None = None

    def entries(self, events: Iterable[tuple[str, object]]) -> Iterator[Entry]:
        for event, value in events:
            if self._entry is not None:
                if self._entry.is_whole_with(event, value):
                    yield Entry(tuple(self._open[1:]), self._index, self._entry.value)
                    self._entry = None
                    if not self._in_list:
                        self._close()
            elif self._past:
                self._past += (event in _STARTS) - (event in _ENDS)
                if not self._past:
                    self._close()
            elif event in _ENDS:
                self._in_list, self._index = False, -1
                self._close()
            elif self._in_list:
                self._index += 1
                if event in _STARTS:
                    self._entry = _Entry(event)
                else:
                    yield Entry(tuple(self._open[1:]), self._index, _plain(value))
            elif event == "map_key":
                self._key = str(value)
            elif event in _STARTS:
                self._start(event)
            elif self._open:
                yield Entry((*self._open[1:], self._key), -1, _plain(value))
            elif value is None:
                self.ended = True
            else:
                raise Unfamiliar

    def _start(self, event: str) -> None:
        self._open.append(self._key)
        path = tuple(self._open[1:])
        go = Go.PAST if len(path) > _DEEPEST else self._choose(path)
        if go is Go.WHOLE:
            self._entry = _Entry(event)
        elif go is Go.PAST:
            self._past = 1
        else:
            self._in_list = event == "start_array"

    def _close(self) -> None:
        self._open.pop()
        self.ended = not self._open


class _Entry:
    """A value as it grows. Past the limits it becomes None, and what follows of it is let go."""

    def __init__(self, event: str) -> None:
        self.value: object = {} if event == "start_map" else []
        self._open: list[object] = [self.value]
        self._key = ""
        self._size = 0
        self._parts = 0

    def is_whole_with(self, event: str, value: object) -> bool:
        if event == "map_key":
            self._key = str(value)
            self._size += len(self._key)
        elif event in _ENDS:
            self._open.pop()
            return not self._open
        elif event in _STARTS:
            made: object = None
            if self._open[-1] is not None and len(self._open) < _DEEPEST_IN_ENTRY:
                made = {} if event == "start_map" else []
                self._put(made)
            self._open.append(made)
        else:
            if isinstance(value, str):
                self._size += len(value)
            self._put(_plain(value))
        return False

    def _put(self, value: object) -> None:
        self._parts += 1
        if self._size > LARGEST_ENTRY or self._parts > _MOST_PARTS:
            self.value = None
            self._open = [None] * len(self._open)
        holder = self._open[-1]
        if isinstance(holder, dict):
            holder[self._key] = value
        elif isinstance(holder, list):
            holder.append(value)


def _plain(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value


def rows(pieces: Iterable[str], *, backslashes: bool = False) -> Iterator[list[str] | None]:
    """The rows of a table, None for one that is no row. `backslashes` is for quotes written as in C."""
    ahead = iter(pieces)
    first = next(ahead, "")
    delimiter = max(",;\t", key=first[:_LOOKED_AT].count)
    lines = _lines(chain((first,), ahead))
    table = csv.reader((line.replace('\\"', '""') for line in lines) if backslashes else lines, delimiter=delimiter)
    while True:
        try:
            yield next(table)
        except StopIteration:
            return
        except csv.Error:
            yield None


def table_entries(
    pieces: Iterable[str], wanted: Iterable[frozenset[str]], backslashes: bool = False
) -> Iterator[Entry]:
    """The rows below the headings, as {heading: cell}, wherever the headings stand that one of `wanted` is among.

    Raises Unfamiliar where they stand nowhere.
    """
    headings: list[str] | None = None
    sought = list(wanted)
    index = 0
    for number, row in enumerate(rows(pieces, backslashes=backslashes)):
        if headings is not None:
            if row is None or any(cell.strip() for cell in row):
                yield Entry((), index, dict(zip(headings, row, strict=False)) if row is not None else None)
                index += 1
        elif number >= _MOST_BEFORE_HEADINGS:
            break
        elif row is not None:
            found = [heading(cell) for cell in row[:_MOST_HEADINGS]]
            headings = found if any(these.issubset(found) for these in sought) else None
    if headings is None:
        raise Unfamiliar


def heading(cell: str) -> str:
    """A heading without case, spaces and signs."""
    return "".join(character for character in cell[:100].lower() if character.isalnum())


def _lines(pieces: Iterable[str]) -> Iterator[str]:
    waiting: list[str] = []
    length, half = 0, ""
    for piece in pieces:
        text = half + piece
        half = "\r" if text.endswith("\r") else ""  # Its second half may come with the next piece.
        *ended, rest = _LINE_ENDS.split(text[: len(text) - len(half)])
        for line in ended:
            yield "".join((*waiting, line, "\n"))
            waiting, length = [], 0
        waiting.append(rest)
        length += len(rest)
        if length > _LONGEST_LINE:
            yield "".join((*waiting, "\n"))
            waiting, length = [], 0
    if length or half:
        yield "".join((*waiting, half))
