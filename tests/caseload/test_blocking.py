"""A long caseload gives the answers of a short one: nobody who would be named is left out for speed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.caseloads import draw
from corpus.requests import LabelledRequest, read_caseload_of, read_requests
from demur.caseload import blocking
from demur.caseload.index import CaseloadIndex
from demur.caseload.matcher import match_profile
from demur.caseload.profiles import read_profile
from demur.core.accounts import Profile
from demur.core.matches import Match
from demur.core.people import Caseload, Client

TODAY = date(2026, 11, 22)
TOWNS = ("Fresno, CA", "Madera, CA", "Visalia, CA", "Tulare, CA")
MEANT = Client(
    "meant",
    given_name="Maria",
    middle_name="Xochitl",
    family_name="Lopez",
    date_of_birth=date(1991, 4, 7),
    city="Kerman, CA",
    email="rosita@example.org",
    phone="(559) 555-0142",
    handles=("moonflower_dd",),
)
RARE = Client("rare", given_name="Maria", family_name="Quackenbos", city="Fresno, CA")
ALONE = Client("alone", given_name="Anselma")


def crowd(count: int, seed: int) -> tuple[Client, ...]:
    """People with the names that most people have, in four towns, each with a birthday."""
    return tuple(
        replace(client, city=TOWNS[number % 4], date_of_birth=date(1940 + number % 70, 1 + number % 12, 3))
        for number, client in enumerate(draw(count, seed))
    )


@pytest.fixture(scope="module")
def long() -> CaseloadIndex:
    return CaseloadIndex.build(Caseload((MEANT, RARE, ALONE, *crowd(blocking.FEW_CLIENTS + 500, 11))))


def blocked(index: CaseloadIndex, profile: Profile, message: str = "") -> set[str]:
    found = blocking.candidates(index, read_profile(profile, message, TODAY))
    return {index.clients[position].client_id for position in found}


@pytest.mark.parametrize(
    "profile",
    [
        Profile(display_name="Maria Lopez"),
        Profile(display_name="lopez maria"),
        Profile(display_name="Mariah Lopes"),
        Profile(display_name="Marialopez"),
        Profile(handle="marialopez"),
        Profile(handle="maria.x.lopez"),
        Profile(handle="kermanmaria"),
        Profile(display_name="Maria", city="Kerman, CA"),
        Profile(display_name="Maria", bio="mom of two | kerman girl"),
        Profile(display_name="Maria", handle="maria_91"),
        Profile(display_name="Maria", handle="maria0407"),
        Profile(display_name="M.L.", city="Kerman"),
        Profile(display_name="Xochitl Lopez"),
        Profile(display_name="M Lopez", bio="est. 1991"),
        Profile(display_name="🌙", email="rosita@example.org"),
        Profile(display_name="🌙", bio="text me 559 555 0142"),
        Profile(display_name="🌙", handle="moonflower.dd"),
    ],
    ids=lambda profile: f"{profile.display_name} {profile.handle} {profile.city}{profile.email}".strip(),
)
def test_two_keys_bring_a_client_to_be_weighed(long: CaseloadIndex, profile: Profile) -> None:
    assert "meant" in blocked(long, profile)


def test_the_name_in_a_message_is_a_key(long: CaseloadIndex) -> None:
    assert "meant" in blocked(long, Profile(display_name="🌙"), "hey it's maria lopez from tuesday")


def test_a_rare_name_alone_is_enough(long: CaseloadIndex) -> None:
    assert "rare" in blocked(long, Profile(display_name="Quackenbos"))


def test_who_has_one_name_only_is_weighed_for_it(long: CaseloadIndex) -> None:
    assert "alone" in blocked(long, Profile(display_name="Anselma"))


def test_a_usual_name_alone_is_nobody_in_particular(long: CaseloadIndex) -> None:
    ((name, many),) = Counter(client.given_name for client in long.clients).most_common(1)
    assert many > 20
    called = {client.client_id for client in long.clients if client.given_name == name}
    assert len(called & blocked(long, Profile(display_name=f"{name} Zzyx"))) < many / 4


def test_no_more_are_weighed_than_there_is_time_for(long: CaseloadIndex) -> None:
    shown = read_profile(Profile(display_name="Maria Jose Garcia", city="Fresno, CA"), "", TODAY)
    everybody = long.blocks.candidates(long, shown, len(long.clients))
    assert len(long.blocks.candidates(long, shown, 5)) == 5 < len(everybody)


def test_of_too_many_the_rarest_keys_come_first(long: CaseloadIndex) -> None:
    shown = read_profile(Profile(display_name="Maria Quackenbos", city="Fresno, CA"), "", TODAY)
    assert {long.clients[position].client_id for position in long.blocks.candidates(long, shown, 1)} == {"rare"}


def test_a_short_caseload_needs_one_key() -> None:
    short = CaseloadIndex.build(Caseload((MEANT, RARE, ALONE)))
    assert blocked(short, Profile(display_name="Maria")) == {"meant", "rare"}


def test_an_everyday_name_is_not_rare_for_one_community(long: CaseloadIndex) -> None:
    """A list on which a fiftieth have one rare name asks for a second key with it."""
    family = tuple(Client(f"q{number}", given_name="Ann", family_name="Quackenbos") for number in range(60))
    index = CaseloadIndex.build(Caseload((*family, *long.clients)))
    assert not {client.client_id for client in family} & blocked(index, Profile(display_name="Bo Quackenbos"))


@settings(max_examples=150, deadline=None)
@given(
    st.builds(Profile, display_name=st.text(max_size=60), handle=st.text(max_size=40), bio=st.text(max_size=120)),
    st.text(max_size=80),
)
def test_anything_may_stand_in_a_profile(long: CaseloadIndex, profile: Profile, message: str) -> None:
    shown = read_profile(profile, message, TODAY)
    found = long.blocks.candidates(long, shown, blocking.MOST_WEIGHED)
    assert len(found) <= blocking.MOST_WEIGHED
    assert found <= set(range(len(long.clients)))


# --- the answers stay the same --------------------------------------------------------------------------------------


def _answers(index: CaseloadIndex, requests: list[LabelledRequest]) -> list[tuple[Match, ...]]:
    return [match_profile(index, request.profile, request.message, TODAY) for request in requests]


@pytest.mark.parametrize("name", ["merrimack", "valley"])
def test_among_five_thousand_the_answers_are_those_without_blocking(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    own = read_caseload_of(name).clients
    towns = [client.city for client in own if client.city]
    others = tuple(replace(one, city=towns[at % len(towns)]) for at, one in enumerate(crowd(5_000 - len(own), 12)))
    index = CaseloadIndex.build(Caseload((*own, *others)))
    requests = [request for request in read_requests(test=False) if request.caseload == name][::3]
    fast = _answers(index, requests)
    monkeypatch.setattr(blocking, "FEW_CLIENTS", len(index.clients))
    slow = _answers(index, requests)
    meant = [(request, found) for request, found in zip(requests, slow, strict=True) if found]
    assert len(meant) > 50  # there is something to lose
    first = [
        request.request_id
        for request, one, other in zip(requests, fast, slow, strict=True)
        if [(m.client, m.level) for m in one[:1]] != [(m.client, m.level) for m in other[:1]]
    ]
    assert first == []
    different = sum(one != other for one, other in zip(fast, slow, strict=True))
    assert different <= 0.02 * len(requests)  # letters of another script fit many badly; any of those may be shown
