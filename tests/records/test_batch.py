"""Objects of the batch contract, as programs write them."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demur.core.accounts import Account, Audience, Network, Profile, Purpose
from demur.core.agreements import AgreedException
from demur.core.content import MAX_TEXT_LENGTH, ConnectionRequest, Direction, Post, RequestKind, SearchReason
from demur.core.people import Relationship, Role
from demur.records.batch import UnreadableLine, parse_json, read_draft, read_id, read_request

SECRET = "Marcus Bellweather"


def test_a_draft_needs_its_text_only() -> None:
    draft = read_draft({"text": "Hi"})
    assert draft.post == Post("Hi", Account(Network.OTHER, Purpose.PERSONAL), Audience.PUBLIC, Role.OTHER)
    assert draft.also.clients == ()


def test_every_field_of_a_draft_is_read_and_others_are_ignored() -> None:
    draft = read_draft(
        {
            "id": 1,
            "text": "Hi",
            "network": "Twitter",
            "audience": "Close friends",
            "account": "agency",
            "author_role": "case worker",
            "reply_to": "Hello?",
            "caseload_names": ["Marcus Bellweather", "  ", "Cher"],
            "photos": 2,
            "about_client": False,
            "work_area": " Marfa, TX ",
            "mood": {"deep": ["new"]},
        }
    )
    assert draft.post == Post(
        "Hi",
        Account(Network.X, Purpose.AGENCY),
        Audience.CLOSE_FRIENDS,
        Role.CASE_MANAGER,
        "Hello?",
        2,
        False,
        "Marfa, TX",
    )
    assert [client.full_name for client in draft.also.clients] == ["Marcus Bellweather", "Cher"]
    assert draft.also.clients[0].family_name == "Bellweather"
    assert len({client.client_id for client in draft.also.clients}) == 2


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1" * 5000])
def test_a_number_that_is_none_is_not_json(number: str) -> None:
    with pytest.raises(UnreadableLine, match="not valid JSON"):
        parse_json(f'{{"id": {number}, "text": "Hi"}}')


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('"7"', "7"),
        ("7", 7),
        ("7.5", 7.5),
        ("1e999", None),
        ("-1e999", None),
        ("1" + "0" * 400 + ".5", None),
        ("[]", None),
    ],
)
def test_an_id_is_what_an_answer_can_repeat(written: str, read: object) -> None:
    assert read_id(parse_json(f'{{"id": {written}, "text": "Hi"}}')) == read


def test_null_and_empty_stand_for_the_default() -> None:
    fields = (
        "network",
        "audience",
        "account",
        "author_role",
        "reply_to",
        "caseload_names",
        "photos",
        "about_client",
        "work_area",
    )
    assert read_draft({"text": "", **dict.fromkeys(fields)}) == read_draft({"text": ""})
    words = ("network", "audience", "account", "author_role", "reply_to", "work_area")
    assert read_draft({"text": "", **dict.fromkeys(words, " ")}).post.audience is Audience.PUBLIC


def test_a_count_may_be_written_as_any_whole_number() -> None:
    assert read_draft({"text": "", "photos": 2.0}).post.photos == 2
    for wrong in (2.5, float("inf"), float("nan"), "2", False):
        with pytest.raises(UnreadableLine, match="'photos'"):
            read_draft({"text": "", "photos": wrong})


def test_unknown_networks_and_roles_count_as_other() -> None:
    post = read_draft({"text": "", "network": "Friendster", "author_role": "wizard"}).post
    assert (post.account.network, post.role) == (Network.OTHER, Role.OTHER)


def test_a_request_needs_nothing() -> None:
    assert read_request({}) == ConnectionRequest(Profile())


def test_every_field_of_a_request_is_read_and_others_are_ignored() -> None:
    request = read_request(
        {
            "id": 1,
            "network": "insta",
            "display_name": "Marcus B.",
            "handle": "@marcus.example",
            "bio": "Runner",
            "city": "Riverton",
            "email": "marcus@example.org",
            "phone": "555-0142",
            "mutual_connections": 3,
            "message": "Hi!",
            "account": "professional",
            "author_role": "counselor",
            "relationship": "former client",
            "kind": "dm",
            "direction": "incoming",
            "served": True,
            "knew_before": True,
            "mandated": True,
            "group": True,
            "small_community": True,
            "purpose_of_search": "they asked me to",
            "approved": True,
            "exception": {"decided_on": "2026-03-03", "review_on": "2026-09-01", "decided_by": "R.", "reason": "Kin."},
            "mood": "new",
        }
    )
    assert request == ConnectionRequest(
        profile=Profile("Marcus B.", "@marcus.example", "Runner", "Riverton", "marcus@example.org", "555-0142", 3),
        account=Account(Network.INSTAGRAM, Purpose.PROFESSIONAL),
        kind=RequestKind.MESSAGE,
        direction=Direction.INCOMING,
        role=Role.COUNSELOR,
        relationship=Relationship.FORMER_CLIENT,
        message="Hi!",
        served=True,
        knew_before=True,
        mandated=True,
        group=True,
        small_community=True,
        purpose_of_search=SearchReason.CONSENT,
        approved=True,
        exception=AgreedException("Kin.", "R.", date(2026, 3, 3), date(2026, 9, 1)),
    )


def test_a_friend_who_became_a_client_is_a_client_known_before() -> None:
    request = read_request({"relationship": "friend who became a client"})
    assert (request.relationship, request.knew_before) == (Relationship.CURRENT_CLIENT, True)
    request = read_request({"relationship": "we were in group together", "knew_before": True})
    assert (request.relationship, request.knew_before) == (Relationship.FORMER_CO_CLIENT, True)
    assert read_request({"relationship": "client"}).knew_before is False


@pytest.mark.parametrize(
    "exception",
    [SECRET, [SECRET], {}, {"decided_on": SECRET, "review_on": "2026-09-01"}, {"decided_on": "2026-03-03"}, True],
)
def test_an_exception_without_its_days_is_refused(exception: object) -> None:
    with pytest.raises(UnreadableLine, match="'exception'") as refused:
        read_request({"exception": exception})
    assert SECRET not in str(refused.value)


def test_a_list_of_mutual_connections_is_counted() -> None:
    assert read_request({"mutual_connections": ["Ann", "Ben"]}).profile.mutual_connections == 2


def test_no_relationship_is_not_the_same_as_unknown() -> None:
    assert read_request({"relationship": " "}).relationship is None
    assert read_request({"relationship": "not sure"}).relationship is Relationship.UNKNOWN


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (None, "object"),
        ([SECRET], "object"),
        (SECRET, "object"),
        ({}, "'text'"),
        ({"text": None}, "'text'"),
        ({"text": [SECRET]}, "'text'"),
        ({"text": "a" * (MAX_TEXT_LENGTH + 1)}, "'text'"),
        ({"text": "", "reply_to": SECRET * MAX_TEXT_LENGTH}, "'reply_to'"),
        ({"text": "", "audience": SECRET}, "'audience' must be one of: public, friends, close_friends"),
        ({"text": "", "account": SECRET}, "'account' must be one of: personal, professional, agency"),
        ({"text": "", "network": [SECRET]}, "'network'"),
        ({"text": "", "author_role": {SECRET: 1}}, "'author_role'"),
        ({"text": "", "caseload_names": SECRET}, "'caseload_names'"),
        ({"text": "", "caseload_names": [SECRET, 7]}, "'caseload_names'"),
        ({"text": "", "photos": True}, "'photos'"),
        ({"text": "", "photos": -1}, "'photos'"),
        ({"text": "", "photos": SECRET}, "'photos'"),
        ({"text": "", "about_client": SECRET}, "'about_client'"),
        ({"text": "", "work_area": [SECRET]}, "'work_area'"),
    ],
)
def test_what_is_no_draft_names_the_field_and_never_its_content(data: object, named: str) -> None:
    with pytest.raises(UnreadableLine) as refused:
        read_draft(data)
    assert named in str(refused.value)
    assert SECRET not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (None, "object"),
        ({"display_name": 7}, "'display_name'"),
        ({"message": "a" * (MAX_TEXT_LENGTH + 1)}, "'message'"),
        ({"mutual_connections": SECRET}, "'mutual_connections'"),
        ({"mutual_connections": -2}, "'mutual_connections'"),
        ({"mutual_connections": True}, "'mutual_connections'"),
        ({"relationship": SECRET}, "'relationship'"),
        ({"kind": SECRET}, "'kind'"),
        ({"direction": SECRET}, "'direction'"),
        ({"served": SECRET}, "'served'"),
    ],
)
def test_what_is_no_request_names_the_field_and_never_its_content(data: object, named: str) -> None:
    with pytest.raises(UnreadableLine) as refused:
        read_request(data)
    assert named in str(refused.value)
    assert SECRET not in str(refused.value)


FIELDS = [
    "text", "network", "audience", "account", "author_role", "reply_to", "caseload_names", "photos", "about_client",
    "work_area", "display_name", "handle", "mutual_connections", "relationship", "kind", "direction", "served",
    "knew_before",
]  # fmt: skip
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(values | st.dictionaries(st.sampled_from(FIELDS), values))
def test_any_json_value_is_read_or_refused(data: object) -> None:
    for read in (read_draft, read_request):
        with suppress(UnreadableLine):
            read(json.loads(json.dumps(data)))
