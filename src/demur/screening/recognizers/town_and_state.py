"""A town with its state: "Marfa, TX", "Pecan Gap, Texas", "laredo tx", "Presidio County, Texas"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demur.core.content import Post
from demur.core.folding import Folded
from demur.screening.gazetteer import STATE_CODES, STATE_NAMES
from demur.screening.rule import Hit

_STATE = re.compile(rf"(?<=[a-z.])(?P<comma> ?,)? ?(?<=[ ,])(?P<state>(?:{STATE_CODES}|{STATE_NAMES})(?!\w|'))")
_WORD = re.compile(r"[a-z][a-z.'-]*")
_LAST_WORD = re.compile(r"[(#@,:;\n\"/-]([a-z][a-z.'-]*)$")
_REACH = 24
_LONGEST = 4
"""Words of a name; the longest in the table that people write have four."""


def find(folded: Folded, _: Post) -> Iterator[Hit]:
    """With a comma and capitals any name counts; otherwise the table must have the town in that state."""
    from demur.screening.gazetteer import STATES

    known: dict[tuple[str, str], bool] = {}
    for found in _STATE.finditer(folded.text):
        state = found["state"]
        state_start, state_end = folded.span(*found.span("state"))
        written = folded.original[state_start:state_end]
        if state in _ALSO_WORDS and not written.isupper():
            continue
        any_name = found["comma"] is not None and written[:1].isupper()
        start = _town(folded, found, STATES.get(state, state.upper()), any_name, known)
        if start is not None:
            yield Hit(*folded.span(start, found.end()), None, (_state_name(state),))


_ALSO_WORDS = frozenset(
    {"al", "co", "de", "hi", "id", "in", "la", "ma", "me", "oh", "ok", "or", "pa", "mi", "mo", "ms"}
)


def _town(
    folded: Folded, found: re.Match[str], code: str, any_name: bool, known: dict[tuple[str, str], bool]
) -> int | None:
    """Where the name of the town before a state begins: the longest known one, else all its capitalised words.

    `known` keeps what the table has said, so that a text full of one town stays fast.
    """
    from demur.screening.gazetteer import STATES, places_named

    text, end = folded.text, found.start()
    starts = _word_starts(text, end)
    if len(found["state"]) > 2 and any(text[start:end] in STATES for start in starts):
        return None  # "Florida, Ohio, Maine" is a list of states
    for start in reversed(starts):
        name = text[start:end], code
        if name not in known:
            known[name] = bool(places_named(*name))
        if known[name]:
            return start
    if not any_name:
        return None
    capitalised: int | None = None
    for start in starts:
        if not folded.original[folded.span(start, start + 1)[0]].isupper():
            break
        capitalised = start
    if capitalised is None or text[capitalised:end] in _NOT_TOWNS:
        return None
    return capitalised


def _word_starts(text: str, end: int) -> list[int]:
    """Where the last words before a place in the text start, the nearest first."""
    starts: list[int] = []
    while len(starts) < _LONGEST:
        floor = max(0, end - _REACH)
        start = text.rfind(" ", floor, end) + 1
        if start == 0:
            start = floor
        if not _WORD.fullmatch(text, start, end):
            last = _LAST_WORD.search(text, start, end)
            if last is not None:
                starts.append(last.start(1))
            break
        starts.append(start)
        end = start - 1
        if end < 1 or text[end] != " ":
            break
    return starts


_NOT_TOWNS = frozenset(
    {
        "state",
        "southern",
        "northern",
        "eastern",
        "western",
        "central",
        "the",
        "in",
        "from",
        "and",
        "yes",
        "no",
        "oh",
        "ok",
    }
)


def _state_name(state: str) -> str:
    from demur.screening.gazetteer import STATES

    name = next(name for name, letters in STATES.items() if state in {name, letters.lower()})
    return name.title().replace(" Of ", " of ")
