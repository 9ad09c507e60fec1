from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from demur.server import security
from demur.server.casework.models import ClientRecord
from demur.server.database import vault
from demur.server.limits import MAXIMUM_BODY, WAITRESS

ORIGIN = "http://127.0.0.1:8081"


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{ClientRecord.objects.count()} people")


def upload(request: HttpRequest) -> HttpResponse:
    file = request.FILES["file"]
    return HttpResponse(f"{type(file).__name__} {file.size}")


def locks_meanwhile(request: HttpRequest) -> HttpResponse:
    vault.lock()
    return page(request)


def store_is_gone(request: HttpRequest) -> HttpResponse:
    raise OperationalError("no such table: Marisol")


class Addresses:
    urlpatterns = (
        path("page/", page),
        path("gone/", store_is_gone),
        path("upload/", csrf_exempt(upload)),
        path("unlock", lambda request: HttpResponse("unlock")),
        path("meanwhile/", locks_meanwhile),
        path("api/v1/meanwhile", locks_meanwhile),
        *(path(name, csrf_exempt(page)) for name in ("api/v1/check", "v2/check", "check", "t/abc/v2/check")),
    )


class Clock:
    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def addresses() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=Addresses):
        yield


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(security, "time", clock)
    return clock


@pytest.mark.parametrize("address", ["/page/", "/nowhere/", "/unlock"])
def test_every_answer_has_the_headers(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_refusals_have_them_too(client: Client) -> None:
    for answer in (
        client.get("/page/", headers={"host": "evil.example.org"}),
        client.post("/page/", headers={"origin": "https://evil.example.org"}),
        client.post("/page/", CONTENT_LENGTH=str(MAXIMUM_BODY + 1)),
    ):
        assert answer.status_code in (400, 403, 413)
        assert "Content-Security-Policy" in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("host", ["127.0.0.1:8081", "localhost:8081", "[::1]:8081", "127.0.0.1", "LOCALHOST"])
def test_this_computers_names_are_answered(client: Client, host: str) -> None:
    assert client.get("/page/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["example.org", "127.0.0.1.example.org", "localhost.example.org", "0.0.0.0:8081", "127.0.0.2", "a b", ""]
)
@pytest.mark.parametrize("address", ["/page/", "/v2/check", "/static/nothing.css"])
def test_every_other_name_is_refused(client: Client, host: str, address: str) -> None:
    # Outside `setup_test_environment`, which adds "testserver".
    with override_settings(ALLOWED_HOSTS=[name for name in settings.ALLOWED_HOSTS if name != "testserver"]):
        answer = client.get(address, headers={"host": host})
    assert answer.status_code == 400
    assert b"only at 127.0.0.1" in answer.content


def test_a_body_that_is_too_large_is_refused_before_it_is_read(client: Client) -> None:
    answer = client.generic("POST", "/upload/", b"x", CONTENT_LENGTH=str(100 * 1024 * 1024))
    assert answer.status_code == 413
    assert b"20 MB" in answer.content


def test_what_is_below_the_limit_stays_in_memory(client: Client) -> None:
    from io import BytesIO

    file = BytesIO(b"x" * (10 * 1024 * 1024))
    file.name = "caseload.csv"  # type: ignore[attr-defined]
    assert client.post("/upload/", {"file": file}).content == b"InMemoryUploadedFile 10485760"


def test_nothing_may_spill_to_the_disk() -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE >= MAXIMUM_BODY
    assert WAITRESS["inbuf_overflow"] > WAITRESS["max_request_body_size"] >= MAXIMUM_BODY
    assert WAITRESS["outbuf_overflow"] > MAXIMUM_BODY


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example.org", "null", "http://127.0.0.1:9999", "https://127.0.0.1:8081", "http://localhost:8081",
     "chrome-extension://abcdef", ""],
)  # fmt: skip
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_another_sites_request_is_refused(client: Client, origin: str, method: str) -> None:
    for address in ("/page/", "/api/v1/check"):
        answer = client.generic(method, address, headers={"origin": origin})
        assert answer.status_code == 403
        assert b"another site" in answer.content


def test_our_own_pages_and_programs_are_not(client: Client) -> None:
    assert client.post("/page/", headers={"origin": ORIGIN}).status_code == 200
    assert client.post("/page/").status_code == 200
    assert client.get("/page/", headers={"origin": "https://evil.example.org"}).status_code == 200


@pytest.mark.parametrize("address", ["/v2/check", "/check", "/t/abc/v2/check"])
def test_the_editors_protocol_has_rules_of_its_own(client: Client, address: str) -> None:
    assert client.post(address, headers={"origin": "chrome-extension://abcdef"}).status_code == 200


def test_a_form_without_its_token_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1:8081"})
    assert strict.post("/page/", {"x": "y"}, headers={"origin": ORIGIN}).status_code == 403


def test_the_cookie_is_strict() -> None:
    assert settings.CSRF_COOKIE_HTTPONLY is True
    assert settings.CSRF_COOKIE_SAMESITE == "Strict"
    assert settings.CSRF_COOKIE_AGE is None
    assert len(settings.SECRET_KEY) > 50


def test_a_locked_store_shows_the_way_to_unlock_it(client: Client) -> None:
    vault.lock()
    answer = client.get("/page/?word=Marisol")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/unlock?next=%2Fpage%2F")
    answer = client.post("/page/", {"draft": "x"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/unlock")
    answer = client.post("/page/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/unlock")
    assert client.get("/unlock").content == b"unlock"


@pytest.mark.parametrize(
    "address",
    ["/api/v1/check", "/v2/check", "/v2/languages", "/check", "/t/abc/v2/check", "/healthcheck", "/v2/healthcheck"],
)
def test_programs_are_told_that_the_store_is_locked(client: Client, address: str) -> None:
    vault.lock()
    answer = client.post(address)
    assert answer.status_code == 503
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.content == b"Demur is locked. Open it in the browser to unlock."


def test_a_store_that_can_not_be_used_is_said(client: Client) -> None:
    answer = client.get("/gone/")
    assert answer.status_code == 503
    assert b"Put back a copy from before" in answer.content
    assert b"Marisol" not in answer.content


def test_every_answer_has_its_length_and_a_look_has_no_body(client: Client) -> None:
    whole = client.get("/page/")
    assert int(whole.headers["Content-Length"]) == len(whole.content) > 0
    look = client.head("/page/")
    assert look.headers["Content-Length"] == whole.headers["Content-Length"]
    assert look.content == b""


def test_the_lock_falls_after_the_idle_minutes(client: Client, clock: Clock) -> None:
    assert client.get("/page/").status_code == 200
    clock.now += settings.IDLE_MINUTES * 60 - 1
    assert client.get("/page/").status_code == 200
    clock.now += settings.IDLE_MINUTES * 60 - 1
    assert client.get("/page/").status_code == 200
    clock.now += settings.IDLE_MINUTES * 60
    assert client.get("/page/").status_code == 303
    assert not vault.is_unlocked()


@pytest.mark.parametrize("address", ["/static/nothing.css", "/v2/healthcheck"])
def test_machines_asking_do_not_keep_it_open(client: Client, clock: Clock, address: str) -> None:
    client.get("/page/")
    for _ in range(settings.IDLE_MINUTES):
        clock.now += 59
        client.get(address)
    assert vault.is_unlocked()
    clock.now += 60
    client.get(address)
    assert not vault.is_unlocked()


def test_another_site_does_not_keep_it_open(client: Client, clock: Clock) -> None:
    client.get("/page/")
    clock.now += settings.IDLE_MINUTES * 60 - 1
    client.get("/page/", headers={"Sec-Fetch-Site": "cross-site"})
    assert vault.is_unlocked()
    clock.now += 1
    client.get("/page/", headers={"Sec-Fetch-Site": "cross-site"})
    assert not vault.is_unlocked()


def test_a_lock_in_the_middle_of_a_request(client: Client) -> None:
    held = vault.key()
    assert client.get("/meanwhile/").status_code == 303
    vault.unlock(held)
    assert client.get("/api/v1/meanwhile").status_code == 503


@pytest.mark.parametrize(
    ("value", "minutes"), [("5", 5), ("", 15), ("0", 1), ("soon", 15), ("-3", 15), ("٣", 15), ("9" * 20, 15)]
)
def test_idle_minutes_from_the_environment(monkeypatch: pytest.MonkeyPatch, value: str, minutes: int) -> None:
    import importlib.util

    monkeypatch.setenv("DEMUR_IDLE_MINUTES", value)
    spec: Any = importlib.util.find_spec("demur.server.settings")
    read = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(read)
    assert minutes == read.IDLE_MINUTES
    assert read.DEBUG is False
