"""The objects of `/api/v1` as its documentation shows them. Reading and writing is done by `records` and `reports`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field, WithJsonSchema

from demur.core.accounts import Audience, Network, Purpose
from demur.core.content import MAX_TEXT_LENGTH, Direction, RequestKind, SearchReason
from demur.core.findings import Category, Confidence
from demur.core.matches import Level
from demur.core.people import Tie
from demur.core.verdicts import TELL_BY, HelpKind, Outcome


def _one_of(vocabulary: type[StrEnum], **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": [word.value for word in vocabulary], **more})


_Identifier = str | int | float | None
_Text = Annotated[str, Field(max_length=MAX_TEXT_LENGTH)]
_NetworkName = Annotated[
    str,
    WithJsonSchema(
        {
            "type": "string",
            "maxLength": MAX_TEXT_LENGTH,
            "description": "One of " + ", ".join(word.value for word in Network) + "; anything else counts as other.",
            "default": Network.OTHER.value,
        }
    ),
]
_RoleName = Annotated[
    _Text, Field(description="What the author does, such as counselor, case-manager or peer-support.")
]
_Purpose = Annotated[str, _one_of(Purpose, default=Purpose.PERSONAL.value)]

_EXCEPTION = WithJsonSchema(
    {
        "description": "What a supervisor agreed to for this person. It holds from one day through the other.",
        "anyOf": [
            {
                "type": "object",
                "properties": {
                    "reason": {"type": "string", "maxLength": MAX_TEXT_LENGTH},
                    "decided_by": {"type": "string", "maxLength": MAX_TEXT_LENGTH},
                    "decided_on": {"type": "string", "format": "date"},
                    "review_on": {"type": "string", "format": "date"},
                },
                "required": ["decided_on", "review_on"],
            },
            {"type": "null"},
        ],
    }
)

_Outcome = Annotated[str, WithJsonSchema({"type": "string", "enum": [outcome.word for outcome in Outcome]})]


class Draft(Schema):
    """A draft to check. Only `text` is needed; keys that Demur doesn't know are ignored."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "1",
                    "text": "Long day. One of my clients finally got her keys back!",
                    "network": "facebook",
                    "audience": "friends",
                    "account": "personal",
                    "author_role": "case-manager",
                }
            ]
        }
    )

    id: Annotated[_Identifier, Field(description="Comes back in the answer.")] = None
    text: _Text
    network: _NetworkName = Network.OTHER.value
    audience: Annotated[str, _one_of(Audience, default=Audience.PUBLIC.value)] = Audience.PUBLIC.value
    account: _Purpose = Purpose.PERSONAL.value
    author_role: _RoleName = ""
    work_area: Annotated[
        _Text, Field(description="The town or county where the author works, such as “Marfa, TX”: who could be meant.")
    ] = ""
    reply_to: Annotated[_Text | None, Field(description="What it answers, if it is a reply.")] = None
    photos: Annotated[int, Field(ge=0, description="How many pictures go with it; they are not looked at.")] = 0
    about_client: Annotated[bool | None, Field(description="The answer to the one question.")] = None
    caseload_names: Annotated[
        list[str], Field(default_factory=list, description="Further names that count as clients in this draft only.")
    ]


class ConnectRequest(Schema):
    """A request to decide. Nothing is needed; keys that Demur doesn't know are ignored."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "1",
                    "network": "instagram",
                    "display_name": "Dana Okafor",
                    "handle": "@dana.okafor.example",
                    "city": "Riverton",
                    "account": "personal",
                    "author_role": "counselor",
                    "relationship": "unknown",
                }
            ]
        }
    )

    id: Annotated[_Identifier, Field(description="Comes back in the answer.")] = None
    network: _NetworkName = Network.OTHER.value
    display_name: _Text = ""
    handle: _Text = ""
    bio: _Text = ""
    city: _Text = ""
    email: _Text = ""
    phone: _Text = ""
    mutual_connections: Annotated[
        Annotated[int, Field(ge=0)] | list[Any], Field(description="How many, or a list of them.")
    ] = 0
    message: _Text = ""
    account: _Purpose = Purpose.PERSONAL.value
    author_role: _RoleName = ""
    kind: Annotated[str, _one_of(RequestKind, default=RequestKind.FRIEND.value)] = RequestKind.FRIEND.value
    direction: Annotated[str, _one_of(Direction, default=Direction.INCOMING.value)] = Direction.INCOMING.value
    relationship: Annotated[
        str, _one_of(Tie, description="What the professional says; leave it out where they said nothing.")
    ] = Tie.UNKNOWN.value
    served: Annotated[bool | None, Field(description="The answer to the one question.")] = None
    knew_before: Annotated[bool, Field(description="The tie is older than the service.")] = False
    mandated: Annotated[bool, Field(description="The service is ordered by a court or an office.")] = False
    group: Annotated[bool, Field(description="They are in a group that the professional leads.")] = False
    small_community: Annotated[bool, Field(description="The two can't help meeting outside work.")] = False
    purpose_of_search: Annotated[
        str, _one_of(SearchReason, description="Why somebody would be looked up; for a search alone.")
    ] = SearchReason.UNASKED.value
    approved: Annotated[bool, Field(description="A supervisor approved the search.")] = False
    exception: Annotated[dict[str, Any] | None, _EXCEPTION] = None


class Source(Schema):
    """Where a reason is written: a law or a code, in its edition, on its issuer's own page."""

    id: str
    label: str
    url: str
    checked_on: str


class Clause(Schema):
    """A clause of the policy that decided."""

    clause: str
    title: str
    says: str
    cites: list[Source]


class Mark(Schema):
    """Words in the draft that were noticed. `start` and `end` count code points, `end` exclusive."""

    category: Annotated[str, _one_of(Category)]
    rule: str
    start: int
    end: int
    text: str
    confidence: Annotated[str, WithJsonSchema({"type": "string", "enum": [level.word for level in Confidence]})]
    says: str
    suggestions: list[str]


class NextStep(Schema):
    """One thing to press or to do, and what the other side can notice."""

    do: str
    notice: str
    source: str


class WordsToSay(Schema):
    """Words to say or to copy."""

    title: str
    text: str


class WhatToDo(Schema):
    """What to do next, and what to say."""

    next: str
    steps: list[NextStep]
    words: list[WordsToSay]
    if_offended: list[str]
    record_note: str
    cautions: list[str]
    safer: str
    supervision: str
    instead: list[WordsToSay]
    account: str


class RewordedDraft(Schema):
    """The draft with every safe wording in it. `outcome` is what Demur says to that; `left` has no safe wording."""

    text: str
    outcome: _Outcome
    replaced: int
    left: list[Mark]


class Candidate(Schema):
    """A client who may be meant, with the evidence in bits (log2 odds) and in sentences."""

    client_id: str
    bits: float
    reasons: list[str]


class SomebodyToReach(Schema):
    """What to do, and the address that a page makes of it (`tel:`, `sms:` or `https:`)."""

    do: str
    link: str


class FirstOfAll(Schema):
    """Help in danger or despair. Show it before everything else; an `offer` is one quiet line."""

    kind: Annotated[str, _one_of(HelpKind)]
    language: Annotated[str, WithJsonSchema({"type": "string", "enum": ["en", "es"]})]
    title: str
    words: str
    contacts: list[SomebodyToReach]
    other: str
    person: str


class DraftVerdict(Schema):
    """What Demur says to a draft. No finding is no promise: `looked_at` says what was looked at."""

    id: _Identifier
    help: FirstOfAll | None
    outcome: _Outcome
    question: str | None
    reasons: list[Clause]
    findings: list[Mark]
    guidance: WhatToDo
    rewording: RewordedDraft | None
    called_fine: Annotated[
        int, Field(ge=0, description="How many findings were left out because they are called fine.")
    ]
    looked_at: str
    policy: Annotated[str, Field(description="Digest of the policy that decided.")]
    version: str


class RequestVerdict(Schema):
    """What Demur says to a request."""

    id: _Identifier
    help: FirstOfAll | None
    outcome: _Outcome
    level: Annotated[str, _one_of(Level)]
    question: str | None
    settled_by: Annotated[
        str, Field(description="The field that takes the answer to the question: served or purpose_of_search.")
    ]
    candidates: list[Candidate]
    reasons: list[Clause]
    guidance: WhatToDo
    tell_supervisor: Annotated[
        str,
        WithJsonSchema(
            {"type": "string", "enum": ["", *TELL_BY], "description": "By when to tell the supervisor, if at all."}
        ),
    ]
    may_ask_exception: Annotated[
        bool, Field(description="Whether it would be allowed if a supervisor agreed to an exception.")
    ]
    looked_at: str
    policy: Annotated[str, Field(description="Digest of the policy that decided.")]
    version: str


class Problem(Schema):
    """Why there is no answer, in a sentence that names the field and never repeats what was sent."""

    detail: str
