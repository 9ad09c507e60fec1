"""The facts that clauses may speak of: everything that policy gets to know about a draft or a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Any, ClassVar

from demur.core.accounts import Audience, Network, Purpose
from demur.core.content import Direction, RequestKind, SearchReason
from demur.core.findings import Category
from demur.core.matches import Level
from demur.core.people import Relationship, Role
from demur.core.vocabulary import Word


class Answer(Word):
    """What the author said to the one question, if it was put."""

    YES = "yes"
    NO = "no"
    UNASKED = "unasked"

    @classmethod
    def of(cls, said: bool | None) -> Answer:
        return cls.UNASKED if said is None else cls.YES if said else cls.NO


class Action(Word):
    """The five things that a policy is asked about."""

    PUBLISH = "publish"
    CONNECT = "connect"
    MESSAGE = "message"
    SEARCH = "search"
    UPLOAD_CONTACTS = "upload-contacts"


KIND_TO_ACTION: dict[RequestKind, Action] = {
    RequestKind.FRIEND: Action.CONNECT,
    RequestKind.FOLLOW: Action.CONNECT,
    RequestKind.LIKE: Action.CONNECT,
    RequestKind.TAG: Action.CONNECT,
    RequestKind.INVITE: Action.CONNECT,
    RequestKind.MESSAGE: Action.MESSAGE,
    RequestKind.SEARCH: Action.SEARCH,
    RequestKind.CONTACT_UPLOAD: Action.UPLOAD_CONTACTS,
}


@dataclass(frozen=True, slots=True)
class PublishFacts:
    """What is known of a draft. `found` is sure or likely evidence, `possible` is only that.

    `beside_client` holds the categories of identifiers in the same sentence as somebody who is served, or next to it.
    `people_who_fit` is about how many people the facts of the text fit together, and absent where nobody counted.
    """

    role: Role = Role.OTHER
    purpose: Purpose = Purpose.PERSONAL
    network: Network = Network.OTHER
    found: frozenset[Category] = frozenset()
    possible: frozenset[Category] = frozenset()
    beside_client: frozenset[Category] = frozenset()
    audience: Audience = Audience.PUBLIC
    is_reply: bool = False
    photos: bool = False
    people_who_fit: int | None = None
    about_client: Answer = Answer.UNASKED

    @property
    def action(self) -> Action:
        return Action.PUBLISH


@dataclass(frozen=True, slots=True)
class ConnectFacts:
    """What is known of a request, of a message, or of what the professional wants to do.

    `relationship` is the record's where the caseload matches, else what the professional says, else unknown.
    `years_since_end` counts whole years since the service ended and is absent where no end is known. `excepted` is
    true while an exception for this person holds; `purpose_of_search` and `approved` are about a search alone.
    """

    role: Role = Role.OTHER
    purpose: Purpose = Purpose.PERSONAL
    network: Network = Network.OTHER
    relationship: Relationship = Relationship.UNKNOWN
    level: Level = Level.NONE
    direction: Direction = Direction.INCOMING
    kind: RequestKind = RequestKind.FRIEND
    knew_before: bool = False
    small_community: bool = False
    minor: bool = False
    served: Answer = Answer.UNASKED
    excepted: bool = False
    purpose_of_search: SearchReason = SearchReason.UNASKED
    approved: bool = False
    years_since_end: int | None = None

    @property
    def action(self) -> Action:
        return KIND_TO_ACTION[self.kind]


Facts = PublishFacts | ConnectFacts


@dataclass(frozen=True, slots=True)
class CedarRequest:
    """Facts as Cedar takes them: one request and its two entities, ready for JSON."""

    request: dict[str, Any]
    entities: list[dict[str, Any]] = field(default_factory=list)

    PRINCIPAL: ClassVar[dict[str, str]] = {"type": "Person", "id": "author"}
    RESOURCE: ClassVar[dict[str, str]] = {"type": "Account", "id": "account"}


def to_cedar(facts: Facts) -> CedarRequest:
    """The facts as a Cedar request: who acts is the principal, the account is the resource, the rest is context."""
    values = {item.name: getattr(facts, item.name) for item in fields(facts)}
    role, purpose, network = values.pop("role"), values.pop("purpose"), values.pop("network")
    context = {name: _cedar_value(value) for name, value in values.items() if value is not None}
    entities = [
        {"uid": CedarRequest.PRINCIPAL, "attrs": {"role": _cedar_value(role)}, "parents": []},
        {
            "uid": CedarRequest.RESOURCE,
            "attrs": {"purpose": _cedar_value(purpose), "network": _cedar_value(network)},
            "parents": [],
        },
    ]
    request = {
        "principal": CedarRequest.PRINCIPAL,
        "action": {"type": "Action", "id": facts.action.value},
        "resource": CedarRequest.RESOURCE,
        "context": context,
    }
    return CedarRequest(request, entities)


def _cedar_value(value: object) -> object:
    if isinstance(value, Enum):
        return {"__entity": {"type": type(value).__name__, "id": value.value}}
    if isinstance(value, frozenset):
        return [_cedar_value(member) for member in sorted(value)]
    return value


_SETS = frozenset({"found", "possible", "beside_client"})
_COUNTS = {"years_since_end": " of years", "people_who_fit": ""}
_WORDS: dict[str, type[Word]] = {
    "role": Role,
    "purpose": Purpose,
    "network": Network,
    "audience": Audience,
    "about_client": Answer,
    "relationship": Relationship,
    "level": Level,
    "direction": Direction,
    "kind": RequestKind,
    "served": Answer,
    "purpose_of_search": SearchReason,
}


def read_facts(action: Action, given: Mapping[str, object]) -> Facts:
    """Facts from plain words, as cases and the "try a case" page write them; what is not given has its default.

    Raises ValueError naming the fact that is unknown or has a value outside its vocabulary.
    """
    cls: type[PublishFacts] | type[ConnectFacts] = PublishFacts if action is Action.PUBLISH else ConnectFacts
    known = {item.name for item in fields(cls)}
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known:
            raise ValueError(f"'{name}' is not a fact about {action.value}; there are: {', '.join(sorted(known))}")
        values[name] = _read_value(name, value)
    if cls is ConnectFacts and "kind" not in values and action is not Action.CONNECT:
        values["kind"] = next(kind for kind, its_action in KIND_TO_ACTION.items() if its_action is action)
    facts = cls(**values)
    if facts.action is not action:
        raise ValueError(f"a case about {action.value} cannot have kind = '{values['kind'].value}'")
    return facts


def _read_value(name: str, value: object) -> object:
    if name in _SETS:
        if not isinstance(value, (list, tuple, set, frozenset)):
            raise ValueError(f"'{name}' takes a list of categories")
        return frozenset(Category.read(str(member)) for member in value)
    if name in _WORDS:
        return _WORDS[name].read(str(value))
    if name in _COUNTS:
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise ValueError(f"'{name}' takes a whole number{_COUNTS[name]}, 0 or more")
        return value
    if not isinstance(value, bool):
        raise ValueError(f"'{name}' is true or false")
    return value
