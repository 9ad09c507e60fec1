"""What to do next and what to say, chosen from the data in `requests/` and `posts/`; help first, from `help.toml`.

The texts are data, and `entries` says how they are written and how one is chosen. Terms in braces are filled in:

    {network}       "Facebook"; "social media" where the network is not known by name
    {request}       "friend request", "message", "tag", "invitation", "like"
    {a_request}     the same with its article
    {account}       "my personal account", "my professional account", "the agency's account"
    {supervisor}    who is asked: "your supervisor", "your field instructor or supervisor"
    {tell}          by when the supervisor is told: "at once"; only where `tell` is true
    {today}         ISO date
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from demur.core.accounts import Account, Purpose
from demur.core.content import Direction, RequestKind, SearchReason
from demur.core.findings import WHOSE_ACCOUNT, Category
from demur.core.people import SERVED, Relationship, Role
from demur.core.verdicts import Contact, Guidance, Help, HelpKind, Outcome, Step, Words
from demur.guidance.entries import NO, YES, Case, Entry, book

_ACCOUNTS = {
    Purpose.PERSONAL: "my personal account",
    Purpose.PROFESSIONAL: "my professional account",
    Purpose.AGENCY: "the agency's account",
}
_WHERE = {Purpose.PERSONAL: "your private account", Purpose.PROFESSIONAL: "your professional account"}
_TELLS_WHERE = WHOSE_ACCOUNT | {Category.SELF_EXPOSURE, Category.LOCATION_OR_TIME}
_SUPERVISORS = {
    Role.STUDENT: "your field instructor or supervisor",
    Role.SUPERVISOR: "your own supervisor or a trusted peer",
}
_REQUESTS = {
    RequestKind.MESSAGE: "message",
    RequestKind.TAG: "tag",
    RequestKind.INVITE: "invitation",
    RequestKind.LIKE: "like",
}


def for_request(
    outcome: Outcome,
    relationship: Relationship,
    kind: RequestKind,
    direction: Direction,
    network_name: str,
    request_called: str,
    role: Role,
    purpose: Purpose,
    minor: bool,
    mandated: bool,
    group: bool,
    today: date,
    tell: str = "",
    purpose_of_search: SearchReason = SearchReason.UNASKED,
    small_community: bool = False,
) -> Guidance:
    """What to do about a request, and what to say. `steps` stay empty: they belong to the network.

    The outcome and the one question are shown beside it, so neither is repeated. `tell` says by when the policy wants
    the supervisor to be told, and is empty where it doesn't. Where the relationship is UNKNOWN, the answer depends on
    nothing but outcome, `tell`, kind, direction, network, role, purpose and the reason that the worker has for a search
    (and the day in the note): whoever asks, on a caseload or not, leads to the same words.
    """
    case: dict[str, frozenset[str]] = {
        "outcome": frozenset({outcome.word}),
        "relationship": frozenset({relationship.value}),
        "kind": frozenset({kind.value}),
        "direction": frozenset({direction.value}),
        "role": frozenset({role.value}),
        "purpose": frozenset({purpose.value}),
        "purpose_of_search": frozenset({purpose_of_search.value}),
        "tell": _yes(bool(tell)),
    }
    # INVARIANT: no oracle. For UNKNOWN the case holds nothing about a person, so no entry that asks for it can fit,
    # whatever the data says. The outcome may be known: for somebody who matches nobody on the worker's own caseload
    # the policy decides by kind, direction, network, role, purpose and the worker's own answer alone, and so alike
    # for everybody (tests/policy hold the default policy to it).
    if relationship is not Relationship.UNKNOWN:
        served = relationship in SERVED
        case["minor"] = _yes(minor and served)
        case["mandated"] = _yes(mandated and served)
        case["group"] = _yes(group and served)
        case["small_community"] = _yes(small_community and served)
    request = _REQUESTS.get(kind, request_called)
    terms = {
        "network": network_name,
        "request": request,
        "a_request": f"{'an' if request[:1].lower() in 'aeiou' else 'a'} {request}",
        "account": _ACCOUNTS[purpose],
        "supervisor": supervisor_of(role),
        "today": today.isoformat(),
        "tell": tell,
    }
    return _compose("requests", case, terms)


def for_post(
    outcome: Outcome,
    categories: frozenset[Category],
    role: Role,
    is_reply: bool,
    reply_to: str | None,
    safer: str,
) -> Guidance:
    """What to do about a draft: the next step, what to change (one of `steps` a category), words for supervision.

    `reply_to` makes a draft a reply; its text chooses nothing and is repeated nowhere. `safer` is handed through.
    """
    guidance = _for_post(outcome, categories, role, is_reply or reply_to is not None, bool(safer))
    return replace(guidance, safer=safer) if safer else guidance


def belongs_elsewhere(
    outcome: Outcome, found: frozenset[Category], account: Account, others: tuple[Account, ...]
) -> str:
    """On which other account of the author's a draft belongs; empty where it is at home here, or on none.

    `found` are the categories of the draft's findings; `others` are the author's other accounts, as far as known.
    """
    if not found & _TELLS_WHERE:
        return ""
    case: dict[str, frozenset[str]] = {
        "outcome": frozenset({outcome.word}),
        "category": frozenset(category.value for category in found),
        "purpose": frozenset({account.purpose.value}),
        "both": _yes({Category.PROFESSIONAL_NOTICE, Category.PRIVATE_LIFE} <= found),
    }
    there = Purpose.PROFESSIONAL if account.purpose is Purpose.PERSONAL else Purpose.PERSONAL
    called = _called(there, account, others)
    return " ".join(entry.text.format(there=called) for entry in book("posts").choose("account", case))


def _called(purpose: Purpose, here: Account, others: tuple[Account, ...]) -> str:
    """The author's account for a purpose, by its handle where it is known: one on the same network before others."""
    fitting = sorted(
        (one for one in others if one.purpose is purpose and one.handle),
        key=lambda one: one.network is not here.network,
    )
    if not fitting:
        return _WHERE[purpose]
    return f"{_WHERE[purpose]} ({fitting[0].handle})"


def supervisor_of(role: Role) -> str:
    """Who is asked, in the middle of a sentence."""
    return _SUPERVISORS.get(role, "your supervisor")


@cache
def help_for(kind: HelpKind, spanish: bool, role: Role) -> Help:
    """Whom to call and what to say to somebody in danger or despair, in the language of their draft."""
    language = "es" if spanish else "en"
    row = _help()[kind.value][language]
    person = row.get("person", "").format_map({"supervisor": supervisor_of(role)})
    return Help(
        kind=kind,
        language=language,
        title=row.get("title", ""),
        words=row["words"],
        contacts=tuple(Contact(one["do"], one["link"]) for one in row["contacts"]),
        other=row["other"],
        person=person,
        nothing_held=row.get("nothing_held", ""),
        before_posting=row.get("before_posting", ""),
        when_ready=row.get("when_ready", ""),
    )


@cache
def _help() -> Mapping[str, Any]:
    return tomllib.loads(files("demur.guidance").joinpath("help.toml").read_text("utf-8"))


@lru_cache(maxsize=1024)  # posts are many and their cases few
def _for_post(
    outcome: Outcome, categories: frozenset[Category], role: Role, is_reply: bool, has_safer: bool
) -> Guidance:
    case: dict[str, frozenset[str]] = {
        "outcome": frozenset({outcome.word}),
        "category": frozenset(category.value for category in categories),
        "role": frozenset({role.value}),
        "is_reply": _yes(is_reply),
        "has_safer": _yes(has_safer),
    }
    return _compose("posts", case, {"supervisor": supervisor_of(role)})


def _compose(folder: str, case: Case, terms: Mapping[str, str]) -> Guidance:
    def filled(part: str) -> tuple[tuple[Entry, str], ...]:
        return tuple((entry, entry.text.format_map(terms)) for entry in book(folder).choose(part, case))

    return Guidance(
        next=" ".join(text for _, text in filled("next")),
        steps=tuple(Step(text) for _, text in filled("steps")),
        words=tuple(Words(entry.title, text) for entry, text in filled("words")),
        if_offended=tuple(text for _, text in filled("if_offended")),
        record_note=" ".join(text for _, text in filled("record_note")),
        cautions=tuple(text for _, text in filled("cautions")),
        supervision=" ".join(text for _, text in filled("supervision")),
        instead=tuple(Words(entry.title, text) for entry, text in filled("instead")),
    )


def _yes(answer: bool) -> frozenset[str]:
    return frozenset({YES if answer else NO})
