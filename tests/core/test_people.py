"""Who the other person is, as it is said and as it is judged."""

from __future__ import annotations

import pytest

from demur.core.people import PROTECTED, SERVED, Relationship, Tie


def test_a_choice_is_a_relationship_or_a_friend_who_became_a_client() -> None:
    assert {tie.relationship for tie in Tie} == set(Relationship)
    assert {tie.value for tie in Tie} - {word.value for word in Relationship} == {"friend-became-client"}
    for word in Relationship:
        assert (Tie(word.value).relationship, Tie(word.value).knew_before) == (word, False)
    friend = Tie.FRIEND_BECAME_CLIENT
    assert (friend.relationship, friend.knew_before) == (Relationship.CURRENT_CLIENT, True)


@pytest.mark.parametrize(
    ("said", "tie"),
    [
        ("a friend who became a client", Tie.FRIEND_BECAME_CLIENT),
        ("Former co-client", Tie.FORMER_CO_CLIENT),
        ("we were in group together", Tie.FORMER_CO_CLIENT),
        ("Customer", Tie.CURRENT_CLIENT),
        ("relative of a client", Tie.CLIENT_FAMILY),
        ("co-party", Tie.CLIENT_FAMILY),
        ("I don't know", Tie.UNKNOWN),
    ],
)
def test_a_tie_is_read_from_what_people_say(said: str, tie: Tie) -> None:
    assert Tie.read(said) is tie


def test_every_alias_of_a_relationship_is_read_alike() -> None:
    for said in Relationship.aliases():
        assert Tie.read(said).relationship is Relationship.read(said)


def test_a_former_co_client_is_protected_and_on_no_caseload() -> None:
    assert SERVED | {Relationship.FORMER_CO_CLIENT} == PROTECTED
    assert Relationship.FORMER_CO_CLIENT not in SERVED
