"""Drafts and requests as they come in from files and programs, one JSON object each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any, NoReturn

from demur.core.accounts import Account, Audience, Network, Profile, Purpose
from demur.core.agreements import AgreedException
from demur.core.content import MAX_TEXT_LENGTH, ConnectionRequest, Direction, Post, RequestKind, SearchReason
from demur.core.people import Caseload, Client, Role, Tie
from demur.records.caseload_csv import split_whole_name


class UnreadableLine(ValueError):
    """An object that is not a draft or a request; the message names the field, never its content."""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft with the names that count as clients in this draft only."""

    post: Post
    also: Caseload


def parse_json(text: str | bytes) -> object:
    """What a text of JSON says. Raises UnreadableLine, also for NaN and Infinity.

    Those are not JSON, and an answer that repeated one as its id would not be either.
    """
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise UnreadableLine("not valid JSON") from None


def _no_constant(_: str) -> NoReturn:
    raise ValueError


def read_id(data: object) -> str | int | float | None:
    """The `id` by which whoever sent an object knows it; None where it has none that an answer could repeat."""
    value = data.get("id") if isinstance(data, dict) else None
    # 1e999 is JSON, and becomes an infinite number, which is none.
    repeatable = isinstance(value, str | int) or (isinstance(value, float) and isfinite(value))
    return value if repeatable else None


def read_draft(data: object) -> DraftLine:
    """A draft from an object with `text` and, all optional, the fields of the batch contract; others are ignored.

    Raises UnreadableLine.
    """
    row = _object(data)
    text = row.get("text")
    if not isinstance(text, str):
        raise UnreadableLine("'text' is missing or is not a string")
    if len(text) > MAX_TEXT_LENGTH:
        raise UnreadableLine(f"'text' is longer than {MAX_TEXT_LENGTH:,} characters; send it in parts")
    names = row.get("caseload_names") or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise UnreadableLine("'caseload_names' must be a list of strings")
    about_client = row.get("about_client")
    if about_client is not None and not isinstance(about_client, bool):
        raise UnreadableLine("'about_client' must be true, false or null")
    post = Post(
        text=text,
        account=_account(row),
        audience=_word(row, "audience", Audience, Audience.PUBLIC),
        role=Role.guess(_string(row, "author_role")),
        reply_to=_string(row, "reply_to") or None,
        photos=_count(row.get("photos"), "'photos' must be a number of pictures"),
        about_client=about_client,
        work_area=_string(row, "work_area").strip(),
    )
    return DraftLine(post, _named(names))


def _named(names: list[str]) -> Caseload:
    clients = []
    for number, name in enumerate(name for name in names if name.strip()):
        given, family = split_whole_name(name)
        clients.append(Client(f"line-{number + 1}", given_name=given, family_name=family))
    return Caseload(tuple(clients))


def read_request(data: object) -> ConnectionRequest:
    """A request from an object with the fields of the batch contract, all optional; others are ignored.

    Raises UnreadableLine.
    """
    row = _object(data)
    mutual = row.get("mutual_connections")
    if isinstance(mutual, list):
        mutual = len(mutual)
    profile = Profile(
        display_name=_string(row, "display_name"),
        handle=_string(row, "handle"),
        bio=_string(row, "bio"),
        city=_string(row, "city"),
        email=_string(row, "email"),
        phone=_string(row, "phone"),
        mutual_connections=_count(mutual, "'mutual_connections' must be a number"),
    )
    said = _string(row, "relationship").strip()
    tie = _word(row, "relationship", Tie, Tie.UNKNOWN)
    served = row.get("served")
    if served is not None and not isinstance(served, bool):
        raise UnreadableLine("'served' must be true, false or null")
    return ConnectionRequest(
        profile=profile,
        account=_account(row),
        kind=_word(row, "kind", RequestKind, RequestKind.FRIEND),
        direction=_word(row, "direction", Direction, Direction.INCOMING),
        role=Role.guess(_string(row, "author_role")),
        relationship=tie.relationship if said else None,
        message=_string(row, "message"),
        served=served,
        knew_before=tie.knew_before or row.get("knew_before") is True,
        mandated=row.get("mandated") is True,
        group=row.get("group") is True,
        small_community=row.get("small_community") is True,
        purpose_of_search=_word(row, "purpose_of_search", SearchReason, SearchReason.UNASKED),
        approved=row.get("approved") is True,
        exception=_exception(row.get("exception")),
    )


def _exception(given: object) -> AgreedException | None:
    if given is None:
        return None
    row = given if isinstance(given, dict) else {}
    try:
        decided_on, review_on = (date.fromisoformat(_string(row, name)) for name in ("decided_on", "review_on"))
    except ValueError:
        refusal = "'exception' must be an object with 'decided_on' and 'review_on', two days such as 2026-03-01"
        raise UnreadableLine(refusal) from None
    return AgreedException(_string(row, "reason"), _string(row, "decided_by"), decided_on, review_on)


def _object(data: object) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise UnreadableLine("each line must be one JSON object")
    return data


def _string(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise UnreadableLine(f"'{name}' must be a string")
    if len(value) > MAX_TEXT_LENGTH:
        raise UnreadableLine(f"'{name}' is longer than {MAX_TEXT_LENGTH:,} characters")
    return value


def _count(value: object, refusal: str) -> int:
    if value is None:
        return 0
    # JSON knows one kind of number, so 2.0 is as good a count as 2.
    whole = int(value) if isinstance(value, float) and value.is_integer() else value
    if isinstance(whole, bool) or not isinstance(whole, int) or whole < 0:
        raise UnreadableLine(refusal)
    return whole


def _account(row: Mapping[str, Any]) -> Account:
    return Account(Network.guess(_string(row, "network")), _word(row, "account", Purpose, Purpose.PERSONAL))


def _word(row: Mapping[str, Any], name: str, vocabulary: Any, default: Any) -> Any:
    typed = _string(row, name)
    if not typed.strip():
        return default
    try:
        return vocabulary.read(typed)
    except ValueError as error:
        allowed = str(error).partition("must be one of: ")[2]
        raise UnreadableLine(f"'{name}' must be one of: {allowed}") from None
