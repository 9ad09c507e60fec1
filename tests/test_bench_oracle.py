"""The comparison of times says what it should where the answer is known."""

from __future__ import annotations

import random
from statistics import median

import pytest

from bench import oracle


@pytest.fixture(autouse=True)
def fewer_permutations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oracle, "PERMUTATIONS", 999)


def drawn(count: int, middle: float, seed: int) -> list[float]:
    chance = random.Random(seed)
    return [chance.gauss(middle, 1.0) for _ in range(count)]


def test_what_is_alike_is_not_told_apart() -> None:
    found = oracle.compare(drawn(200, 5.0, seed=1), drawn(200, 5.0, seed=2))
    assert min(found.ranks_p, found.distance_p) > 0.01
    assert abs(found.slower - 0.5) < 0.06


def test_what_is_slower_is_told() -> None:
    found = oracle.compare(drawn(200, 6.0, seed=1), drawn(200, 5.0, seed=2))
    assert found.ranks_p == found.distance_p == pytest.approx(0.001)
    assert 0.7 < found.slower < 0.85


def test_another_spread_with_the_same_middle_is_told_by_the_distance() -> None:
    narrow = drawn(200, 5.0, seed=2)
    middle = median(narrow)
    found = oracle.compare([10 * (time - middle) + middle for time in narrow], narrow)
    assert found.distance_p == pytest.approx(0.001)
    assert found.ranks_p > 0.01


def test_the_share_of_pairs_is_exact_and_ties_count_half() -> None:
    assert oracle.compare([3.0, 4.0], [1.0, 2.0]).slower == 1.0
    assert oracle.compare([1.0, 2.0], [3.0, 4.0]).slower == 0.0
    assert oracle.compare([1.0, 2.0], [2.0, 1.0]).slower == 0.5
    assert oracle.compare([2.0, 2.0], [2.0, 1.0]).slower == 0.75


def test_chance_decides_who_is_whose() -> None:
    own, theirs, strangers = oracle.people(50)
    names = [client.full_name for client in (*own, *theirs, *strangers)]
    assert (len(own), len(theirs), len(strangers)) == (oracle.OWN, 50, 50)
    assert len(set(names)) == len(names)
    assert oracle.people(50) == (own, theirs, strangers)
