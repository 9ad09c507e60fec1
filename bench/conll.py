"""Reads posts whose names are marked, one token a line, as BTC and WNUT17 have them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.scoring import Span

PERSON = frozenset({"PER", "PERSON"})


@dataclass(frozen=True, slots=True)
class LabelledPost:
    """A post as it can be read again from its tokens: joined by spaces, signs of handles and tags put back before them.

    `names` are the people in it; `handles` are all @handles, whatever they are labelled. A handle is no name here.
    """

    text: str
    names: tuple[Span, ...]
    handles: tuple[Span, ...]


def read_posts(path: Path, labels: frozenset[str] = PERSON) -> list[LabelledPost]:
    """All posts of a file in IOB2 with a tab between token and label. Raises OSError."""
    return [_post(rows, labels) for rows in _blocks(path.read_text("utf-8"))]


def _blocks(text: str) -> Iterator[list[tuple[str, str]]]:
    rows: list[tuple[str, str]] = []
    for line in [*text.splitlines(), ""]:
        token, tab, label = line.partition("\t")
        if tab and token.strip():
            rows.append((token.strip(), label.strip()))
        elif rows:
            yield rows
            rows = []


def _post(rows: list[tuple[str, str]], labels: frozenset[str]) -> LabelledPost:
    text = ""
    tokens: list[tuple[int, int, str]] = []
    for token, label in rows:
        if text and not text.endswith((" @", " #")) and text not in ("@", "#"):
            text += " "
        tokens.append((len(text), len(text) + len(token), label))
        text += token
    handles = tuple(_handles(text, tokens))
    # In BTC the sign and the name of a handle are two tokens, each labelled as a person of its own.
    names = (name for name in _spans(tokens, labels) if not any(map(name.overlaps, handles)))
    return LabelledPost(text, tuple(names), handles)


def _handles(text: str, tokens: list[tuple[int, int, str]]) -> Iterator[Span]:
    """Spans of @handles, written as one token or as a sign and a token."""
    for number, (start, end, _) in enumerate(tokens):
        if text[start] == "@":
            apart = end - start == 1 and number + 1 < len(tokens)
            yield Span(start, tokens[number + 1][1] if apart else end)


def _spans(tokens: list[tuple[int, int, str]], labels: frozenset[str]) -> Iterator[Span]:
    open_span: Span | None = None
    open_kind = ""
    for start, end, label in tokens:
        position, _, kind = label.partition("-")
        if open_span is not None and position == "I" and kind == open_kind:
            open_span = Span(open_span.start, end)
            continue
        if open_span is not None:
            yield open_span
        open_span, open_kind = (Span(start, end), kind) if kind.upper() in labels else (None, "")
    if open_span is not None:
        yield open_span
