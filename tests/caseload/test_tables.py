from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demur.caseload import tables
from demur.caseload.tables import (
    called_share,
    everyday_words,
    family_share,
    formal_names_of,
    given_share,
    is_common_family,
    is_common_given,
    is_usual_given,
    ordinary_words,
    pair_share,
    pictures,
    table_lines,
)

NAMES = st.text(alphabet=" abcdefghijklmnopqrstuvwxyz", max_size=20)


def test_frequencies_are_those_of_the_census() -> None:
    assert family_share("smith") == pytest.approx(0.00793, rel=0.01)
    assert given_share("mary") == pytest.approx(0.00585, rel=0.01)  # of all people, men and women
    assert family_share("smith") > 5_000 * family_share("zzyzzyxqk")


@pytest.mark.parametrize("file", ["given_names.csv", "family_names.csv"])
def test_tables_are_sorted_and_folded(file: str) -> None:
    rows = [line.split(",") for line in table_lines(file)]
    assert all(re.fullmatch("[a-z]+", name) for name, _ in rows)
    shares = [float(share) for _, share in rows]
    assert shares == sorted(shares, reverse=True)
    assert 0.7 < sum(shares) / 1_000_000 < 0.95


def test_every_community_says_how_many_live_in_a_region_before_its_names() -> None:
    seen: set[str] = set()
    for line in table_lines("communities.csv"):
        community, role, per_thousand, names = line.split(",")
        assert float(per_thousand) > 0
        assert re.fullmatch("[a-z ]*", names)
        if role == "region":
            seen.add(community)
        else:
            assert role in ("given", "family")
            assert community in seen


def test_a_community_lists_no_name_twice_and_shares_out_no_more_than_all_its_people() -> None:
    shares: dict[tuple[str, str], dict[str, float]] = {}
    for line in table_lines("communities.csv"):
        community, role, per_thousand, names = line.split(",")
        if role != "region":
            listed = shares.setdefault((community, role), {})
            assert len(names.split()) == len(set(names.split()))
            assert not listed.keys() & set(names.split())
            listed.update(dict.fromkeys(names.split(), float(per_thousand)))
    assert max(sum(listed.values()) for listed in shares.values()) <= 1000


@pytest.mark.parametrize(
    "name",
    [
        "selam habte",
        "oleksandr melnyk",
        "piotr nowak",
        "reza ahmadi",
        "fatoumata diallo",
        "bishnu gurung",
        "sione fifita",
    ],
)
def test_everyday_names_of_a_community_are_expected_more_than_once_where_its_people_live(name: str) -> None:
    given, family = name.split()
    assert 500_000 * pair_share(given, family, nearby=25) > 1
    assert pair_share(given, family) > 50 * given_share(given) * family_share(family)
    assert pair_share("astrid", family) < pair_share(given, family)


@pytest.mark.parametrize("name", ["astrid lindqvist", "xochitl villanueva", "nina sokolova", "gerrit dykstra"])
def test_names_that_are_no_everyday_pair_stay_distinctive(name: str) -> None:
    assert 500_000 * pair_share(*name.split(), nearby=25) < 1


def test_names_that_an_older_census_counted_too_seldom_have_their_present_share() -> None:
    assert family_share("xiong") > 1e-4
    assert family_share("okafor") > family_share("quackenbush") / 2
    assert given_share("nevaeh") > 1e-4


def test_a_pair_within_a_group_is_commoner_than_by_chance_and_across_groups_rarer() -> None:
    assert pair_share("jose", "garcia") > 3 * given_share("jose") * family_share("garcia")
    assert pair_share("jose", "schmidt") < 0.5 * given_share("jose") * family_share("schmidt")


def test_a_pair_within_a_community_is_commoner_than_by_chance() -> None:
    assert pair_share("minh", "tran") > 10 * given_share("minh") * family_share("tran")
    assert pair_share("astrid", "tran") < pair_share("minh", "tran")


def test_short_forms_count_those_whose_name_they_are_short_for() -> None:
    assert "robert" in formal_names_of("bob")
    assert "bob" not in formal_names_of("robert")
    assert called_share("bob") > 0.2 * given_share("robert") > given_share("bob")
    assert called_share("jc") > given_share("jc")


def test_double_names_are_rarer_than_their_parts() -> None:
    assert given_share("juan carlos") < given_share("juan")
    assert family_share("garcia lopez") < family_share("lopez")
    assert pair_share("maria", "garcia lopez") < pair_share("maria", "lopez")


def test_common_names_are_common() -> None:
    assert is_common_given("james")
    assert is_common_given("mohamed")
    assert is_common_family("smith")
    assert not is_common_given("xochitl")
    assert not is_common_family("lindqvist")


@given(NAMES, NAMES)
def test_any_two_names_have_a_share(one: str, other: str) -> None:
    assert 0 < pair_share(one, other) < 1
    assert 0 < given_share(one) < 1
    assert 0 < family_share(one) < 1


def test_texts_are_read_without_the_whole_tables() -> None:
    code = (
        "from demur.caseload import tables; from demur.caseload.index import CaseloadIndex;"
        "from demur.caseload.text import find_mentions; from demur.core.people import Caseload, Client;"
        "index = CaseloadIndex.build(Caseload((Client('1', 'Maria', family_name='Lopez'),)));"
        "find_mentions(index, 'Maria and Maria Lopez and the Lopez family');"
        "print(tables._census.cache_info().currsize)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert out.stdout.strip() == "0"
    assert tables.given_share("mary") > 0


def test_pictures_stand_for_names_and_nothing_else() -> None:
    table = pictures()
    assert "rose" in table["🌹"]
    assert len(table) > 80
    for picture, names in table.items():
        assert not any(character.isalnum() or character == "\ufe0f" for character in picture)
        assert names
        assert all(name.isascii() and name.islower() for name in names)


def test_everyday_words_are_no_usual_names() -> None:
    assert {"rose", "young", "said", "with"} <= everyday_words()
    assert not {"maria", "jose", "james", "nguyen", "abdi", "ngozi"} & everyday_words()
    assert ordinary_words() <= everyday_words()


def test_usual_names_reach_further_than_common_ones() -> None:
    assert is_common_given("james")
    assert is_usual_given("james")
    assert not is_usual_given("xiulan")
