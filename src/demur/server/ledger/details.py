"""What a line of the log may say beside its verb: words of closed vocabularies, counts and keyed digests.

INVARIANT: no name, no draft and nothing that somebody typed can pass here, whoever calls and however tired they were.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from demur.core.accounts import Audience, Network, Purpose
from demur.core.arrivals import Answered, Source
from demur.core.content import Direction, RequestKind
from demur.core.findings import Category
from demur.core.people import Relationship
from demur.core.verdicts import Outcome
from demur.core.vocabulary import Word
from demur.server.keys import KeySource

_DIGEST = re.compile(r"[0-9a-f]{64}")
_OBJECT = re.compile(r"[a-z]{1,20}:[0-9a-f]{16,64}")
_CLAUSE = re.compile(r"[a-z0-9-]{1,60}/[a-z0-9-]{1,60}")
"""The form that `policy.policy` asks of every id, folders of the agency's own included."""


class Why(Word):
    """Why the store was locked."""

    ASKED = "asked"
    IDLE = "idle"


def _word(kind: type[Word]) -> Callable[[object], bool]:
    values = {member.value for member in kind}
    return lambda value: type(value) is str and value in values


def _is_outcome(value: object) -> bool:
    return type(value) is str and value in {outcome.word for outcome in Outcome}


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value < 2**31


def _is_yes_or_no(value: object) -> bool:
    return type(value) is bool


def _is_digest(value: object) -> bool:
    return type(value) is str and bool(_DIGEST.fullmatch(value))


def _list_of(one: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: type(value) is list and all(map(one, value))


def is_clause(value: object) -> bool:
    """Whether it is the id of a clause, such as `connect/current-client`."""
    return type(value) is str and bool(_CLAUSE.fullmatch(value))


ALLOWED: dict[str, Callable[[object], bool]] = {
    "outcome": _is_outcome,
    "categories": _list_of(_word(Category)),
    "clauses": _list_of(is_clause),
    "findings": _is_count,
    "called_fine": _is_count,
    "draft": _is_digest,
    "kind": _word(RequestKind),
    "direction": _word(Direction),
    "network": _word(Network),
    "purpose": _word(Purpose),
    "audience": _word(Audience),
    "relationship": _word(Relationship),
    "asked": _is_yes_or_no,
    "typed": _is_yes_or_no,
    "added": _is_count,
    "updated": _is_count,
    "unchanged": _is_count,
    "removed": _is_count,
    "left_out": _is_count,
    "seen": _is_count,
    "sample": _is_yes_or_no,
    "answer": _word(Answered),
    "source": _word(Source),
    "key_source": _word(KeySource),
    "why": _word(Why),
}
"""Each key that may occur, with what its value must be."""


def require_allowed(details: Mapping[str, object]) -> None:
    """Raise ValueError where a key or a value is not one of those allowed. It names the key, never the value."""
    for key, value in details.items():
        if key not in ALLOWED:
            raise ValueError("the log does not know one of these details; see ledger.details.ALLOWED")
        if not ALLOWED[key](value):
            raise ValueError(f"the log does not take this value for '{key}'")


def require_object(value: str) -> None:
    """Raise ValueError unless it is empty or a kind and a keyed digest, such as `client:9f…`."""
    if value and not _OBJECT.fullmatch(value):
        raise ValueError("the object of a log line is a kind and a keyed digest")


def require_policy(value: str) -> None:
    """Raise ValueError unless it is empty or the digest of a policy."""
    if value and not _DIGEST.fullmatch(value):
        raise ValueError("the policy of a log line is its digest")
