"""The hand-written requests: whole, varied, invented, and with test writers held apart."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from corpus.requests import FOLDER, LabelledRequest, read_caseload_of, read_requests
from demur.core.matches import Level

DEVELOPMENT = read_requests(test=False)
TEST = read_requests(test=True)


def test_there_are_enough_of_each_level() -> None:
    assert len(DEVELOPMENT) >= 1000
    assert len(TEST) >= 400
    for requests in (DEVELOPMENT, TEST):
        for share in Counter(request.level for request in requests).values():
            assert share > len(requests) / 6
        assert {request.level for request in requests} == set(Level)


def test_no_writer_repeats_a_request_and_writers_agree_where_they_meet() -> None:
    everybody = DEVELOPMENT + TEST
    assert len({request.request_id for request in everybody}) == len(everybody)
    by_profile: dict[object, list[LabelledRequest]] = {}
    for request in everybody:
        by_profile.setdefault((request.caseload, request.profile, request.message), []).append(request)
    for alike in by_profile.values():
        assert len({request.writer for request in alike}) == len(alike)
        assert len({(request.level, request.clients) for request in alike}) == 1


def test_development_and_test_share_no_writer_and_test_has_regions_of_its_own() -> None:
    assert not {request.writer for request in DEVELOPMENT} & {request.writer for request in TEST}
    assert {request.caseload for request in TEST} - {request.caseload for request in DEVELOPMENT}


@pytest.mark.parametrize("name", sorted(path.stem.removeprefix("caseload-") for path in FOLDER.glob("caseload-*.csv")))
def test_a_caseload_is_as_large_and_as_incomplete_as_real_ones(name: str) -> None:
    clients = read_caseload_of(name).clients
    assert len(clients) == 120
    lacking = sum(not (client.date_of_birth and client.email and client.phone and client.city) for client in clients)
    assert lacking >= 36


@pytest.mark.parametrize("labelled", DEVELOPMENT + TEST, ids=lambda request: request.request_id)
def test_telephone_numbers_and_addresses_are_invented(labelled: LabelledRequest) -> None:
    profile = labelled.profile
    said = f"{profile.bio} {labelled.message} {profile.phone}"
    for number in re.findall(r"\b\d{3}[-. )]{1,2}\d{3}[-. ]\d{4}\b", said):
        assert re.sub(r"\D", "", number)[3:8] == "55501"
    for address in re.findall(r"[\w.+-]+@[\w-]+\.[\w.]+\w", f"{said} {profile.email}"):
        assert re.search(r"\.?example(?:\.(?:org|com|net))?$", address) or address.startswith("@")
