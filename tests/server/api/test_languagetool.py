"""The LanguageTool protocol as add-ons and editors speak it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demur.server.casework import queries
from demur.server.database import vault
from demur.server.ledger.models import Entry

pytestmark = pytest.mark.usefixtures("caseload")

SECRET = "Marcus Bellweather"
TEXT = f"😀😀 {SECRET} came to group."
ADD_ON = "moz-extension://0b9c6e0e-1111-4222-8333-944455556666"


def form(client: Client, path: str = "/v2/check", headers: dict[str, str] | None = None, **fields: str) -> Any:
    return client.post(path, {"language": "en-US", **fields}, headers=headers or {})


def marked(text: str, match: dict[str, Any]) -> str:
    units = text.encode("utf-16-le")
    return units[2 * match["offset"] : 2 * (match["offset"] + match["length"])].decode("utf-16-le")


def encoded(client: Client, body: str, path: str = "/v2/check") -> Any:
    return client.post(path, body, content_type="application/x-www-form-urlencoded")


def test_a_form_is_answered_with_utf16_offsets(client: Client) -> None:
    answer = encoded(client, "language=en-US&text=%F0%9F%98%80%F0%9F%98%80+Marcus+Bellweather+came+to+group.")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    [match] = [each for each in answer.json()["matches"] if each["offset"] == 5]
    assert marked(TEXT, match) == SECRET
    assert match["replacements"] == []


@pytest.mark.parametrize("path", ["/v2/check", "/check"])
def test_multipart_and_json_say_the_same_as_a_form(client: Client, path: str) -> None:
    multipart = form(client, path, text=TEXT)
    as_json = client.post(path, json.dumps({"language": "en-US", "text": TEXT}), content_type="application/json")
    assert multipart.status_code == as_json.status_code == 200
    assert multipart.json() == as_json.json()
    assert SECRET in [marked(TEXT, match) for match in as_json.json()["matches"]]


def test_annotations_give_offsets_with_the_markup(client: Client) -> None:
    data = {
        "annotation": [{"text": "😀 "}, {"markup": "<b>"}, {"text": SECRET}, {"markup": "</b>"}, {"text": " came."}]
    }
    whole = f"😀 <b>{SECRET}</b> came."
    for answer in (
        form(client, data=json.dumps(data)),
        client.post("/v2/check", {"language": "auto", "data": data}, content_type="application/json"),
    ):
        assert answer.status_code == 200
        assert SECRET in [marked(whole, match) for match in answer.json()["matches"]]


def test_a_harmless_text_has_no_match(client: Client) -> None:
    answer = form(client, text="The tomatoes are finally red.")
    assert answer.json()["matches"] == []
    assert answer.json()["sentenceRanges"] == [[0, 29]]


def test_an_addon_that_asks_twice_gets_each_mark_once(client: Client) -> None:
    assert form(client, text=TEXT, mode="textLevelOnly").json()["matches"] == []
    everything = form(client, text=TEXT).json()["matches"]
    assert everything
    for mode in ("all", "allButTextLevelOnly"):
        assert form(client, text=TEXT, mode=mode).json()["matches"] == everything


def test_what_demur_has_no_use_for_is_accepted(client: Client) -> None:
    answer = form(
        client,
        text=TEXT,
        preferredVariants="en-US",
        motherTongue="es",
        enabledRules="X",
        disabledRules="DEMUR_NAME",
        level="picky",
        allowIncompleteResults="true",
        useragent="webextension-firefox-ng",
        username="somebody@example.org",
        textSessionId="1:2",
        callback="run",
    )
    assert answer.status_code == 200
    assert answer.json()["matches"]


@pytest.mark.parametrize(
    "fields",
    [
        {"text": SECRET},
        {"language": "en-US"},
        {"language": "en-US", "text": SECRET, "data": "{}"},
        {"language": "en-US", "data": f'{{"annotation": "{SECRET}"}}'},
        {"language": SECRET, "text": "Hi"},
    ],
)
def test_what_is_missing_or_unreadable_is_said_in_plain_text(client: Client, fields: dict[str, str]) -> None:
    for answer in (
        client.post("/v2/check", fields),
        client.post("/v2/check", fields, content_type="application/json"),
    ):
        assert answer.status_code == 400
        assert answer["Content-Type"].startswith("text/plain")
        assert SECRET not in answer.content.decode()


def test_the_missing_language_is_named(client: Client) -> None:
    assert "'language'" in client.post("/v2/check", {"text": "Hi"}).content.decode()


def test_a_draft_in_an_address_is_refused(client: Client) -> None:
    answer = client.get("/v2/check", {"language": "en", "text": SECRET})
    assert answer.status_code == 405
    assert "POST" in answer["Allow"]
    assert "never travel in an address" in answer.content.decode()
    assert SECRET not in answer.content.decode()


def test_a_text_in_the_address_of_a_post_is_not_read(client: Client) -> None:
    assert client.post("/v2/check?language=en&text=Hi").status_code == 400


def test_too_long_is_said(client: Client) -> None:
    assert form(client, text="a" * 100_000).status_code == 200
    assert form(client, text="a" * 100_001).status_code == 413
    assert encoded(client, "language=en&text=" + "a" * 2_200_000).status_code == 413


def test_other_bodies_are_refused(client: Client) -> None:
    assert client.post("/v2/check", "language=en&text=Hi", content_type="text/plain").status_code == 415
    assert client.post("/v2/check", b"\x00", content_type="application/octet-stream").status_code == 415
    assert client.post("/v2/check", "{", content_type="application/json").status_code == 400
    assert client.post("/v2/check", "[" * 50_000, content_type="application/json").status_code == 400
    assert client.post("/v2/check", "x", content_type="multipart/form-data; boundary=é").status_code == 400
    assert client.post("/v2/check", "x", content_type="multipart/form-data").status_code == 400
    assert encoded(client, "&".join(f"f{number}=1" for number in range(300))).status_code == 400


def test_odd_characters_are_read(client: Client) -> None:
    text = f"\x00\u200b\u202e\ud83d {SECRET} \udc00"
    answer = client.post("/v2/check", json.dumps({"language": "en", "text": text}), content_type="application/json")
    assert answer.status_code == 200
    assert any(match["length"] == len(SECRET) for match in answer.json()["matches"])
    assert encoded(client, "language=en&text=%00%ED%A0%80%FF").status_code == 200


def test_files_in_a_form_are_passed_over(client: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("draft.txt", SECRET.encode())
    assert client.post("/v2/check", {"language": "en", "text": upload}).status_code == 400
    assert client.post("/v2/check", {"language": "en", "text": TEXT, "more": upload}).status_code == 200


@pytest.mark.parametrize("prefix", ["/v2/", "/"])
def test_the_other_addresses(client: Client, prefix: str) -> None:
    listed = client.get(f"{prefix}languages").json()
    assert {"name": "English (US)", "code": "en", "longCode": "en-US"} in listed
    assert {"en", "en-US", "en-GB", "es", "es-ES"} <= {language["longCode"] for language in listed}
    assert client.get(f"{prefix}info").json()["software"]["apiVersion"] == 1
    assert client.get(f"{prefix}healthcheck").content == b"OK"
    assert client.get(f"{prefix}maxtextlength").content == b"100000"


def test_checking_while_typing_leaves_no_log(client: Client) -> None:
    before = Entry.objects.count()
    assert form(client, text=TEXT).status_code == 200
    assert Entry.objects.count() == before


def test_it_speaks_of_this_caseload_only(client: Client) -> None:
    someone = form(client, text="Odalys Fernhollow came by.").json()["matches"]
    assert not any("caseload" in match["message"] for match in someone)


def test_locked_says_so(client: Client) -> None:
    vault.lock()
    answer = form(client, text=TEXT)
    assert answer.status_code == 503
    assert answer["Content-Type"].startswith("text/plain")
    assert client.get("/v2/healthcheck").status_code == 503


def test_a_failure_is_one_plain_sentence(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(queries, "engine", fails)
    answer = form(client, text=TEXT)
    assert answer.status_code == 500
    assert answer.content.decode() == "Something went wrong in Demur, and nothing was checked."


# Who may ask


@pytest.mark.parametrize(
    "origin",
    [ADD_ON, "chrome-extension://abcdefghijklmnop", "safari-web-extension://ABCDEF01", "http://127.0.0.1:8081"],
)
def test_addons_and_our_own_pages_may_ask(client: Client, origin: str) -> None:
    answer = form(client, headers={"Origin": origin}, text=TEXT)
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == origin
    assert "Origin" in answer["Vary"]


def test_a_program_without_an_origin_may_ask(client: Client) -> None:
    answer = form(client, text=TEXT)
    assert answer.status_code == 200
    assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.parametrize(
    "origin",
    [
        "https://example.org",
        "http://127.0.0.1:8082",
        "http://localhost:8081",
        "https://127.0.0.1:8081",
        "https://moz-extension.example.org",
        "null",
        "*",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/v2/check", "/check"])
def test_pages_of_other_sites_may_not(client: Client, origin: str, path: str) -> None:
    answer = form(client, path, headers={"Origin": origin}, text=TEXT)
    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer
    assert client.options(path, headers={"Origin": origin}).status_code == 403
    assert client.get("/v2/languages", headers={"Origin": origin}).status_code == 403


def test_the_owner_may_allow_more_origins(client: Client, settings: Any) -> None:
    settings.ALLOWED_ORIGINS = frozenset({"https://editor.example.org", "null"})
    for origin in ("https://editor.example.org", "null"):
        answer = form(client, headers={"Origin": origin}, text=TEXT)
        assert answer["Access-Control-Allow-Origin"] == origin


def test_a_preflight_is_answered(client: Client) -> None:
    answer = client.options(
        "/v2/check",
        headers={
            "Origin": ADD_ON,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
            "Access-Control-Request-Private-Network": "true",
        },
    )
    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == ADD_ON
    assert answer["Access-Control-Allow-Methods"] == "POST"
    assert "Content-Type" in answer["Access-Control-Allow-Headers"]
    assert answer["Access-Control-Allow-Private-Network"] == "true"
    assert "Access-Control-Allow-Private-Network" not in client.options("/v2/check", headers={"Origin": ADD_ON})


def test_another_name_for_this_computer_is_refused(client: Client) -> None:
    assert form(client, headers={"Host": "evil.example.org"}, text=TEXT).status_code == 400


def test_with_a_token_only_the_address_with_it_answers(client: Client, settings: Any) -> None:
    settings.API_TOKEN = "sesame-4711"
    for path in ("/v2/check", "/check", "/t/guess/v2/check", "/t/sesame-471/v2/check", "/t/séame/check"):
        assert form(client, path, text=TEXT).status_code == 403
    for path in ("/v2/languages", "/languages", "/v2/info", "/t/guess/v2/maxtextlength"):
        assert client.get(path).status_code == 403
    for path in ("/t/sesame-4711/v2/check", "/t/sesame-4711/check"):
        assert form(client, path, text=TEXT).json()["matches"]
    assert client.get("/t/sesame-4711/v2/languages").status_code == 200
    # A frame of any page can say "null", but not the token.
    assert form(client, "/t/sesame-4711/v2/check", headers={"Origin": "null"}, text=TEXT).status_code == 200
    wrong = form(client, "/t/guess/v2/check", headers={"Origin": "null"}, text=TEXT)
    assert wrong.status_code == 403
    assert form(client, "/t/sesame-4711/v2/check", headers={"Origin": "https://example.org"}).status_code == 403


def test_without_a_token_there_is_no_such_address(client: Client) -> None:
    assert form(client, "/t/anything/v2/check", text=TEXT).status_code == 403


# Whatever comes


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=100).map(lambda text: f"language=en&text={text}".encode("utf-8", "surrogatepass")),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(max_size=20),
            lambda inner: (
                st.lists(inner, max_size=4)
                | st.dictionaries(st.sampled_from(["text", "data", "language", "mode", "annotation", "markup"]), inner)
            ),
            max_leaves=12,
        ).map(lambda value: json.dumps(value).encode()),
        st.text(max_size=60).map(
            lambda text: f'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n{text}\r\n--b'.encode(
                "utf-8", "surrogatepass"
            )
        ),
    ),
    content_type=st.sampled_from(
        [
            "application/json",
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded; charset=zip",
            "multipart/form-data; boundary=b",
            "multipart/form-data; boundary=b; charset=utf-7",
            "text/plain",
            "",
            ";;;=",
        ]
    ),
)
def test_any_body_is_answered_or_refused(client: Client, body: bytes, content_type: str) -> None:
    for sent in (body, SECRET.encode() + body):
        answer = client.generic("POST", "/v2/check", sent, content_type=content_type)
        assert answer.status_code in {200, 400, 413, 415}
        if answer.status_code != 200:
            assert SECRET not in answer.content.decode()
