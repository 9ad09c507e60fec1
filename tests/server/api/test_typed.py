"""The typed API: the two questions as JSON."""

from __future__ import annotations

import json
from contextlib import closing
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import checks

from demur.server.api.typed import api
from demur.server.casework import queries
from demur.server.database import vault
from demur.server.ledger.models import Entry
from demur.server.wsgi import application

pytestmark = pytest.mark.usefixtures("caseload")

HOST = "127.0.0.1:8081"
SECRET = "Marcus Bellweather"
KEYS = {"id", "outcome", "question", "reasons", "guidance", "looked_at", "policy", "version"}
POST_KEYS = KEYS | {"findings", "rewording", "called_fine", "help"}


def ask(client: Client, path: str, data: object, **headers: str) -> Any:
    return client.post(path, json.dumps(data), content_type="application/json", headers=headers)


def test_a_draft_is_checked(client: Client) -> None:
    answer = ask(
        client, "/api/v1/check", {"id": 7, "text": f"😀 {SECRET} came by", "network": "facebook", "mood": "new"}
    )
    assert answer.status_code == 200
    verdict = answer.json()
    assert set(verdict) == POST_KEYS
    assert verdict["id"] == 7
    assert verdict["outcome"] == "decline"
    assert (verdict["findings"][0]["start"], verdict["findings"][0]["text"]) == (2, SECRET)


def test_names_that_come_along_count_in_this_draft_only(client: Client) -> None:
    text = "Odalys Fernhollow came by"
    named = ask(client, "/api/v1/check", {"text": text, "caseload_names": ["Odalys Fernhollow", " "]}).json()
    assert "client-name" in {finding["category"] for finding in named["findings"]}
    alone = ask(client, "/api/v1/check", {"text": text}).json()
    assert "client-name" not in {finding["category"] for finding in alone["findings"]}


def test_a_request_is_decided(client: Client) -> None:
    answer = ask(
        client,
        "/api/v1/request",
        {
            "id": "r",
            "network": "instagram",
            "display_name": SECRET,
            "city": "Riverton",
            "mutual_connections": ["a", "b"],
        },
    )
    assert answer.status_code == 200
    verdict = answer.json()
    of_requests = {"help", "level", "candidates", "settled_by", "tell_supervisor", "may_ask_exception"}
    assert set(verdict) == KEYS | of_requests
    assert (verdict["id"], verdict["level"], verdict["outcome"]) == ("r", "match", "decline")
    assert verdict["candidates"][0]["client_id"] == "C-1"
    stranger = ask(client, "/api/v1/request", {"display_name": "Odalys Fernhollow"}).json()
    assert stranger["level"] == "none"
    assert stranger["candidates"] == []


def test_an_exception_and_the_reason_of_a_search_are_read(client: Client) -> None:
    given = {"display_name": SECRET, "relationship": "friend-became-client"}
    refused = ask(client, "/api/v1/request", given).json()
    assert (refused["outcome"], refused["may_ask_exception"]) == ("decline", True)
    assert refused["tell_supervisor"] == "the same or the next work day"
    assert "connect/friend-became-client" in {reason["clause"] for reason in refused["reasons"]}
    exception = {"decided_on": "2020-03-01", "review_on": "2999-03-01", "reason": SECRET, "decided_by": SECRET}
    answer = ask(client, "/api/v1/request", given | {"exception": exception})
    assert answer.json()["outcome"] == "allow"
    assert "1 March 2020" in answer.json()["guidance"]["cautions"][0]
    assert SECRET not in json.dumps(answer.json()["guidance"])
    search = {"display_name": SECRET, "kind": "search"}
    assert ask(client, "/api/v1/request", search).json()["settled_by"] == "purpose_of_search"
    said = search | {"purpose_of_search": "safety"}
    assert ask(client, "/api/v1/request", said).json()["tell_supervisor"] == "at once"


def test_the_log_notes_the_question_and_never_the_words(client: Client) -> None:
    before = Entry.objects.count()
    ask(client, "/api/v1/check", {"text": f"{SECRET} came by"})
    ask(client, "/api/v1/request", {"display_name": SECRET})
    assert Entry.objects.count() == before + 2
    for entry in Entry.objects.all():
        assert "Marcus" not in json.dumps([str(value) for value in vars(entry).values()])


def test_odd_characters_are_read(client: Client) -> None:
    answer = ask(
        client, "/api/v1/check", {"id": "\ud83d", "text": f"\x00\ud83d\u202e{SECRET}\udc00", "reply_to": "\ud800"}
    )
    assert answer.status_code == 200
    assert answer.json()["id"] == "\ud83d"


@pytest.mark.parametrize(
    ("path", "data", "named"),
    [
        ("check", {}, "'text'"),
        ("check", {"text": 7}, "'text'"),
        ("check", {"text": "a" * 100_001}, "'text'"),
        ("check", {"text": SECRET, "audience": SECRET}, "'audience'"),
        ("check", {"text": SECRET, "account": SECRET}, "'account'"),
        ("check", {"text": SECRET, "photos": SECRET}, "'photos'"),
        ("check", {"text": SECRET, "caseload_names": SECRET}, "'caseload_names'"),
        ("check", {"text": SECRET, "about_client": SECRET}, "'about_client'"),
        ("check", [SECRET], "object"),
        ("check", SECRET, "object"),
        ("request", {"display_name": {"first": SECRET}}, "'display_name'"),
        ("request", {"mutual_connections": SECRET}, "'mutual_connections'"),
        ("request", {"relationship": SECRET}, "'relationship'"),
        ("request", {"kind": SECRET}, "'kind'"),
        ("request", {"served": SECRET}, "'served'"),
        ("request", None, "object"),
    ],
)
def test_what_cannot_be_read_names_the_field_and_never_repeats_it(
    client: Client, path: str, data: object, named: str
) -> None:
    answer = ask(client, f"/api/v1/{path}", data)
    assert answer.status_code == 400
    assert set(answer.json()) == {"detail"}
    assert named in answer.json()["detail"]
    assert SECRET not in answer.content.decode()


@pytest.mark.parametrize(
    "body",
    ["{", '{"text": "Hi", "id": NaN}', '{"text": "Hi", "photos": -Infinity}', "[" * 50_000, "1" * 9_999, b"\xff"],
)
def test_what_is_no_json_is_refused(client: Client, body: str | bytes) -> None:
    answer = client.generic("POST", "/api/v1/check", body, content_type="application/json")
    assert (answer.status_code, answer.json()) == (400, {"detail": "The body is not valid JSON."})


def test_an_endless_number_as_id_gives_json_nonetheless(client: Client) -> None:
    answer = client.post("/api/v1/check", '{"text": "Hi", "id": 1e999}', content_type="application/json")
    assert answer.json()["id"] is None


def test_too_much_and_other_types_are_refused(client: Client) -> None:
    big = ask(client, "/api/v1/check", {"text": "Hi", "more": "a" * 2_200_000})
    assert big.status_code == 413
    assert "2 MB" in big.json()["detail"]
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"):
        answer = client.generic("POST", "/api/v1/check", '{"text": "Hi"}', content_type=content_type)
        assert answer.status_code == 415
        assert set(answer.json()) == {"detail"}


def test_a_draft_in_an_address_is_refused(client: Client) -> None:
    assert client.get("/api/v1/check", {"text": SECRET}).status_code == 405


def test_pages_of_other_sites_may_not_ask(client: Client) -> None:
    for origin in ("https://example.org", "null", "moz-extension://0b9c6e0e"):
        assert ask(client, "/api/v1/check", {"text": "Hi"}, Origin=origin).status_code == 403
    assert ask(client, "/api/v1/check", {"text": "Hi"}, Origin="http://127.0.0.1:8081").status_code == 200


def test_a_token_is_asked_for_where_one_is_set(client: Client, settings: Any) -> None:
    settings.API_TOKEN = "sesame-4711"
    refused = ask(client, "/api/v1/check", {"text": "Hi"})
    assert refused.status_code == 401
    assert set(refused.json()) == {"detail"}
    assert ask(client, "/api/v1/check", {"text": "Hi"}, Authorization="Bearer sesame").status_code == 401
    assert ask(client, "/api/v1/check", {"text": "Hi"}, Authorization="Bearer sesame-4711").status_code == 200


def test_locked_says_so(client: Client) -> None:
    vault.lock()
    assert ask(client, "/api/v1/check", {"text": "Hi"}).status_code == 503


def test_a_failure_is_one_plain_sentence(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(queries, "engine", fails)
    answer = ask(client, "/api/v1/check", {"text": SECRET})
    assert answer.status_code == 500
    assert answer.json() == {"detail": "Something went wrong in Demur, and nothing was decided."}


def test_the_documentation_comes_from_here_alone_and_runs_no_inline_script(client: Client) -> None:
    page = client.get("/api/v1/docs").content.decode()
    assert "swagger-ui-bundle.js" in page
    assert "//" not in page.replace("http://127.0.0.1:8081", "")
    for script in page.split("<script")[1:]:
        opening = script.partition(">")[0]
        assert "src=" in opening or 'type="application/json"' in opening
    for path in ("swagger-ui-bundle.js", "swagger-ui-init.js", "swagger-ui.css"):
        with closing(client.get(f"/static/ninja/{path}")) as answer:
            assert answer.status_code == 200


def test_the_examples_of_the_documentation_work(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    for path, operations in schema["paths"].items():
        body = operations["post"]["requestBody"]["content"]["application/json"]["schema"]
        assert body["examples"]
        for example in body["examples"]:
            assert ask(client, path, example).status_code == 200


# Whatever comes


_described = schemathesis.openapi.from_dict(api.get_openapi_schema())
_described.app = application
_OPERATIONS = [_described[f"/api/v1/{question}"]["POST"] for question in ("check", "request")]
_LEFT_OUT = [
    # Where no token is set, none is asked for.
    checks.ignored_auth,
    # The reader is kinder than its description: empty strings and null stand for the default.
    checks.negative_data_rejection,
]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    case=st.one_of(
        operation.as_strategy(generation_mode=mode) for operation in _OPERATIONS for mode in schemathesis.GenerationMode
    )
)
def test_it_does_what_its_description_says(case: schemathesis.Case) -> None:
    case.call_and_validate(headers={"Host": HOST}, excluded_checks=_LEFT_OUT)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(["/api/v1/check", "/api/v1/request"]),
    body=st.binary(max_size=200)
    | st.dictionaries(
        st.sampled_from(
            [
                "text",
                "id",
                "audience",
                "photos",
                "caseload_names",
                "reply_to",
                "display_name",
                "kind",
                "mutual_connections",
            ]
        ),
        st.text(st.characters(), max_size=30) | st.integers() | st.none() | st.lists(st.text(max_size=8), max_size=3),
    ).map(lambda data: json.dumps(data).encode()),
    content_type=st.sampled_from(["application/json", "application/json; charset=zip", "text/plain", "", ";;;="]),
)
def test_any_body_is_answered_or_refused(client: Client, path: str, body: bytes, content_type: str) -> None:
    for sent in (body, json.dumps(SECRET).encode() + body, json.dumps({"text": [SECRET], "kind": SECRET}).encode()):
        answer = client.generic("POST", path, sent, content_type=content_type)
        assert answer.status_code in {200, 400, 413, 415}
        answer.json()
        if answer.status_code != 200:
            assert SECRET not in answer.content.decode()
