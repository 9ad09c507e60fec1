"""How answers to requests are counted: a wrong client is worse than none, and a namesake is not a stranger."""

from __future__ import annotations

from unittest.mock import patch

from bench.long_caseloads import CASELOAD, _answer, _answer_weighing_all, _people
from bench.matching import Tally, _level, _names_fit, _pairs_scored
from corpus.requests import LabelledRequest, read_caseload_of
from demur.caseload import matcher
from demur.caseload.index import CaseloadIndex
from demur.core.accounts import Network, Profile
from demur.core.matches import Level
from demur.core.people import Caseload


def request(level: Level, *clients: str, kind: str = "whole-name", name: str = "Ana Example") -> LabelledRequest:
    profile = Profile(display_name=name)
    return LabelledRequest(
        "r-1", "r", CASELOAD, Network.OTHER, profile, "", level, frozenset(clients), kind, "Because."
    )  # fmt: skip


def figures(*answers: tuple[LabelledRequest, Level, tuple[str, ...]]) -> dict[str, float | None]:
    tally = Tally()
    for asked, level, clients in answers:
        tally.add(asked, (level, clients))
    return tally.figures()


def test_a_right_match_is_right_in_every_figure() -> None:
    shown = figures((request(Level.MATCH, "a"), Level.MATCH, ("a",)))
    assert [shown[one] for one in ("three-way accuracy", "precision of match", "recall of match")] == [1.0, 1.0, 1.0]
    assert (shown["right client among the first three"], shown["wrong client"]) == (1.0, 0.0)


def test_a_match_with_somebody_else_is_a_wrong_client_though_the_level_is_right() -> None:
    shown = figures((request(Level.MATCH, "a"), Level.MATCH, ("b", "a")))
    assert (shown["three-way accuracy"], shown["wrong client"], shown["precision of match"]) == (1.0, 1.0, 0.0)
    assert shown["right client among the first three"] == 1.0


def test_a_match_where_only_a_possible_one_can_be_seen_costs_precision() -> None:
    shown = figures((request(Level.POSSIBLE, "a"), Level.MATCH, ("a",)))
    assert (shown["precision of match"], shown["wrong client"]) == (0.0, 0.0)


def test_the_fourth_is_not_among_the_first_three() -> None:
    shown = figures((request(Level.POSSIBLE, "d"), Level.POSSIBLE, ("a", "b", "c", "d")))
    assert shown["right client among the first three"] == 0.0


def test_namesakes_and_strangers_are_counted_apart() -> None:
    shown = figures(
        (request(Level.NONE, kind="other-year"), Level.POSSIBLE, ("a",)),
        (request(Level.NONE, kind="contradicted-age"), Level.NONE, ()),
        (request(Level.NONE, kind="relative"), Level.NONE, ()),
    )
    assert (shown["contradicted namesakes flagged"], shown["relatives and strangers flagged"]) == (0.5, 0.0)


def test_nothing_asked_is_no_figure() -> None:
    shown = Tally().figures()
    assert {name for name, value in shown.items() if value is not None} == {"wrong client"}


def test_a_peer_has_two_thresholds() -> None:
    assert [_level(score, 70, 90) for score in (69.9, 70, 89.9, 90)] == [
        Level.NONE,
        Level.POSSIBLE,
        Level.POSSIBLE,
        Level.MATCH,
    ]


def test_pairs_are_scored_by_what_was_said_to_be_the_same() -> None:
    result = _pairs_scored([True, True, False, False], [True, False, True, False])
    assert (result.precision, result.recall, result.f1) == (0.5, 0.5, 0.5)


def test_two_names_fit_where_given_and_family_name_do() -> None:
    assert _names_fit("Ana Quintanar", "QUINTANAR, Ana")
    assert _names_fit("Ana Quintanar", "Ana Maria Quintanar")
    assert not _names_fit("Ana Quintanar", "Ana Bellweather")
    assert not _names_fit("Ana Quintanar", "Bo Quintanar")


def test_a_long_caseload_holds_the_hand_made_clients_among_others_of_their_towns() -> None:
    people = _people(400)
    own = read_caseload_of(CASELOAD).clients
    assert people[: len(own)] == own
    assert len({client.client_id for client in people}) == len(people) == 400
    assert {client.city for client in people} == {client.city for client in own}
    assert people == _people(400)


def test_weighing_everybody_weighs_everybody() -> None:
    """Otherwise blocking would be measured against itself."""
    index = CaseloadIndex.build(Caseload(read_caseload_of(CASELOAD).clients))
    asked = request(Level.NONE, name=index.clients[0].full_name)
    weighed: list[int] = []
    score = matcher._score

    def counted(*arguments: object) -> object:
        weighed.append(1)
        return score(*arguments)  # type: ignore[arg-type]

    with patch.object(matcher, "_score", counted):
        assert _answer_weighing_all(index, asked) == _answer(index, asked)
    assert len(weighed) > len(index.clients)
