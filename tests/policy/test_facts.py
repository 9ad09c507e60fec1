from __future__ import annotations

import pytest

from demur.core.content import RequestKind, SearchReason
from demur.core.findings import Category
from demur.core.people import Relationship, Role
from demur.policy.facts import KIND_TO_ACTION, Action, Answer, ConnectFacts, PublishFacts, read_facts, to_cedar


def test_every_kind_of_request_has_an_action() -> None:
    assert set(KIND_TO_ACTION) == set(RequestKind)
    assert set(KIND_TO_ACTION.values()) | {Action.PUBLISH} == set(Action)


@pytest.mark.parametrize(
    ("said", "answer"), [(None, Answer.UNASKED), (True, Answer.YES), (False, Answer.NO)], ids=["unasked", "yes", "no"]
)
def test_an_answer_is_read_from_what_was_said(said: bool | None, answer: Answer) -> None:
    assert Answer.of(said) is answer


def test_facts_are_read_from_plain_words() -> None:
    facts = read_facts(Action.PUBLISH, {"role": "Case Worker", "found": ["client-name"], "photos": True})
    assert facts == PublishFacts(role=Role.CASE_MANAGER, found=frozenset({Category.CLIENT_NAME}), photos=True)


def test_the_kind_follows_from_the_action() -> None:
    facts = read_facts(Action.SEARCH, {"relationship": "former"})
    assert facts == ConnectFacts(relationship=Relationship.FORMER_CLIENT, kind=RequestKind.SEARCH)


def test_the_reason_of_a_search_is_read_from_plain_words() -> None:
    facts = read_facts(Action.SEARCH, {"purpose_of_search": "Imminent danger", "approved": True, "excepted": True})
    wanted = ConnectFacts(kind=RequestKind.SEARCH, purpose_of_search=SearchReason.SAFETY, approved=True, excepted=True)
    assert facts == wanted


@pytest.mark.parametrize(
    ("action", "given", "reason"),
    [
        (Action.PUBLISH, {"colour": "red"}, "'colour' is not a fact about publish"),
        (Action.PUBLISH, {"relationship": "none"}, "'relationship' is not a fact about publish"),
        (Action.PUBLISH, {"found": "client-name"}, "'found' takes a list"),
        (Action.PUBLISH, {"found": ["gossip"]}, "category must be one of"),
        (Action.PUBLISH, {"photos": 2}, "'photos' is true or false"),
        (Action.CONNECT, {"years_since_end": -1}, "whole number of years"),
        (Action.CONNECT, {"years_since_end": True}, "whole number of years"),
        (Action.PUBLISH, {"people_who_fit": -1}, "whole number"),
        (Action.PUBLISH, {"people_who_fit": "few"}, "whole number"),
        (Action.SEARCH, {"purpose_of_search": "boredom"}, "searchreason must be one of"),
        (Action.CONNECT, {"excepted": "yes"}, "'excepted' is true or false"),
        (Action.CONNECT, {"kind": "message"}, "a case about connect cannot have kind = 'message'"),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else "",
)
def test_wrong_facts_are_refused_with_the_fact_named(action: Action, given: dict[str, object], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_facts(action, given)


def test_what_is_not_known_is_left_out_of_the_request() -> None:
    assert "years_since_end" not in to_cedar(ConnectFacts()).request["context"]
    assert "people_who_fit" not in to_cedar(PublishFacts()).request["context"]
    assert to_cedar(ConnectFacts(years_since_end=0)).request["context"]["years_since_end"] == 0
