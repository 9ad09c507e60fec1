"""What holds for every page: it answers, keeps to the content security policy, and no address holds what was typed."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from demur.core.accounts import Network, Profile
from demur.core.arrivals import Arrival, Source
from demur.server.database import vault
from demur.server.triage.actions import take_in
from demur.server.triage.models import RequestRecord
from demur.server.web.urls import urlpatterns

HOST = "127.0.0.1:8081"
NOTE = "0123456789abcdef" * 2
"""The key of a note, and of a request."""

PAGES = [
    "/",
    "/check/",
    "/request/",
    "/visible/",
    "/caseload/",
    "/caseload/clear/",
    "/policy/",
    "/policy/publish/client-name/",
    "/policy/connect/current-client/",
    "/policy/try/",
    "/policy/try/request/",
    "/log/",
    "/fine/",
    "/supervision/",
    "/supervision/new/",
    "/inbox/",
    "/inbox/paste/",
    "/inbox/files/",
    "/inbox/year/",
    f"/inbox/{NOTE}/",
    f"/inbox/{NOTE}/exception/",
    f"/inbox/{NOTE}/meeting/",
    "/connections/",
    "/settings/",
    "/settings/stale/",
    "/audit/",
    "/accounts/",
    "/accounts/new/",
    "/accounts/plan/",
]
FORM_ONLY = {
    "/check/live/": "/check/",
    "/caseload/import/": "/caseload/",
    "/caseload/remove/": "/caseload/",
    "/sample/load/": "/",
    "/sample/remove/": "/",
    "/lock/": "/",
    "/fine/new/": "/check/",
    "/fine/end/": "/fine/",
    f"/supervision/{NOTE}/remove/": "/supervision/",
    "/inbox/keep/": "/request/",
    "/inbox/decline/": "/inbox/",
    "/connections/mailbox/": "/connections/",
    "/connections/mastodon/": "/connections/",
    "/connections/bluesky/": "/connections/",
    "/connections/try/": "/connections/",
    "/connections/remove/": "/connections/",
    "/inbox/fetch/": "/inbox/",
    "/inbox/live/": "/inbox/",
    f"/inbox/{NOTE}/answer/": "/inbox/",
    f"/inbox/{NOTE}/live/": "/inbox/",
    f"/inbox/{NOTE}/told/": "/inbox/",
    f"/inbox/{NOTE}/remove/": "/inbox/",
    "/settings/begin/": "/settings/",
    "/audit/go-on/": "/audit/",
    "/audit/stop/": "/audit/",
}
ANSWERED = {
    "/check/": {"text": "One of my clients, Marcus Bellweather, got his keys last Tuesday. (555) 555-0143"},
    "/check/live/": {"text": "Some parents should not have kids. Marcus Bellweather and his mom came late again."},
    "/request/": {"asked": "friend/incoming", "display_name": "Marcus Bellweather", "city": "Riverton"},
    "/policy/try/": {"found": ["client-name"], "about_client": "yes"},
    "/policy/try/request/": {"relationship": "current-client", "level": "match"},
    "/caseload/": {"search": "bellweather"},
    "/log/": {},
    "/supervision/new/": {"text": "Marcus Bellweather was late again. Tuesday I said something to his mom. Parents!"},
    "/inbox/paste/": {"text": "Marcus Bellweather\nLives in Riverton\n3 mutual friends\nConfirm\nDelete"},
    "/inbox/decline/": {"chosen": [NOTE]},
    "/inbox/fetch/": {},
}
OTHERS = {
    "/unlock/",
    "/unlock",
    "/caseload/template.csv",
    "/policy/<path:clause_id>/",
    f"/supervision/{NOTE}/",
    "/inbox/year/<int:number>/",
    "/inbox/year/<int:number>.csv",
    "/accounts/<int:number>/",
    "/accounts/<int:number>/fill/",
    "/accounts/<int:number>/remove/",
    *(
        f"/settings/<slug:network>/<slug:purpose>/{rest}"
        for rest in (
            "",
            "<int:number>/",
            "answer/",
            "result/",
            "reminder.ics",
            "read/",
            "look/",
            "set/",
            "remove/",
        )
    ),
    "/audit/progress/",
    "/audit/<slug:purpose>/",
    "/audit/<slug:purpose>/settings/",
    "/audit/<slug:purpose>/tick/",
    "/audit/<slug:purpose>/forget/",
    "/audit/<slug:purpose>/report.<slug:form>",
}
"""Tried elsewhere."""


@pytest.fixture(autouse=True)
def _somebody_asks(clean_store: None) -> None:
    """A request in the inbox, under a key that tests can write down."""
    today = timezone.localdate()
    profile = Profile("Marcus Bellweather", "marcus.bellweather", city="Riverton")
    take_in([Arrival(Network.FACEBOOK, profile, today, Source.EXPORT, message="see you Tuesday")], today)
    RequestRecord.objects.update(key=NOTE)


class Strict(HTMLParser):
    """Collects what the content security policy would refuse, and what a screen reader would trip over."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self._script: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        for name in given:
            if name.startswith(("on", "hx-on")) or name == "style":
                self.refused.append(f"<{tag} {name}>")
        if tag == "style" or (tag == "script" and "src" not in given):
            self.refused.append(f"<{tag}>")
        if given.get("id"):
            self.ids.append(str(given["id"]))
        for name in ("href", "src", "action", "hx-get", "hx-post"):
            if name in given:
                self.links.append(str(given[name]))
        if tag in ("script", "link", "img") and not str(given.get("src") or given.get("href")).startswith("/static/"):
            self.refused.append(f"<{tag}> from elsewhere")


def read(response: object) -> Strict:
    parser = Strict()
    parser.feed(response.content.decode())  # type: ignore[attr-defined]
    return parser


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
def test_every_page_answers_and_keeps_to_the_policy(client: Client, path: str, filled: bool) -> None:
    if filled:
        client.post("/sample/load/")
    response = client.get(path)
    assert response.status_code == 200
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "no-store"
    page = read(response)
    assert page.refused == []
    assert len(page.ids) == len(set(page.ids))
    assert "<h1>" in response.content.decode()
    assert ("Remove the sample" in response.content.decode()) is filled


@pytest.mark.parametrize("path", ANSWERED)
def test_every_answer_keeps_to_the_policy(client: Client, caseload: None, path: str) -> None:
    response = client.post(path, ANSWERED[path])
    assert response.status_code == 200
    page = read(response)
    assert page.refused == []
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("path", ANSWERED)
def test_no_name_and_no_draft_gets_into_an_address(client: Client, caseload: None, path: str) -> None:
    response = client.post(path, ANSWERED[path])
    assert "Location" not in response
    said = {"bellweather", "marcus", "riverton", "parents", "tuesday", "c-1"}
    for link in read(response).links:
        assert not said & set(re.split(r"[^a-z0-9-]+", link.lower()))


def test_every_address_is_tried_here() -> None:
    known = {*PAGES, *FORM_ONLY, *ANSWERED, *OTHERS}
    for pattern in urlpatterns:
        path = "/" + str(pattern.pattern).replace("<slug:key>", NOTE)
        assert path in known, path
    assert get_resolver()


@pytest.mark.parametrize("path", FORM_ONLY)
def test_addresses_for_forms_lead_to_their_page(client: Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (303, FORM_ONLY[path])


@pytest.mark.parametrize(
    "path", [*FORM_ONLY, "/check/", "/request/", "/caseload/", "/caseload/clear/", "/log/", "/supervision/new/"]
)
def test_nothing_is_done_without_the_token(caseload: None, path: str) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": HOST})
    response = strict.post(path, {"text": "Marcus Bellweather", "client_id": "C-1"})
    assert response.status_code == 403
    assert "Please send it again" in response.content.decode()
    assert "Bellweather" not in response.content.decode()
    assert vault.is_unlocked()
    assert "2 people" in strict.get("/caseload/").content.decode()


def test_the_token_of_a_page_opens_its_form_and_the_live_check(caseload: None) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": HOST})
    page = strict.get("/check/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    header = re.search(r'"X-CSRFToken": "(\w+)"', page)
    assert token is not None
    assert header is not None
    text = {"text": "Lunch with Marcus Bellweather"}
    assert strict.post("/check/", {**text, "csrfmiddlewaretoken": token[1]}).status_code == 200
    live = strict.post("/check/live/", text, headers={"x-csrftoken": header[1], "hx-request": "true"})
    assert live.status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/nothing/", 404, "Nothing is here"),
        ("/policy/publish/no-such-clause/", 404, "Nothing is here"),
        (f"/supervision/{NOTE}/", 404, "Nothing is here"),
    ],
)
def test_errors_are_said_in_words(client: Client, path: str, status: int, says: str) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert says in response.content.decode()
    assert read(response).refused == []


def test_a_fault_of_ours_is_said_in_words(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Marcus Bellweather")

    client.raise_request_exception = False
    monkeypatch.setattr("demur.server.web.check.answer_to_post", broken)
    response = client.post("/check/", {"text": "Marcus Bellweather"})
    assert response.status_code == 500
    assert "Something broke" in response.content.decode()
    assert "Bellweather" not in response.content.decode()


def test_too_many_fields_are_refused_in_words(client: Client) -> None:
    response = client.post("/check/", {f"field-{number}": "x" for number in range(2000)})
    assert response.status_code == 400
    assert "That can&#x27;t be read" in response.content.decode() or "That can't be read" in response.content.decode()


def test_a_refused_policy_is_said_with_file_and_line(
    client: Client, tmp_path: object, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    folder = tmp_path / "clauses"  # type: ignore[operator]
    folder.mkdir()
    (folder / "broken.cedar").write_text("forbid (", encoding="utf-8")
    settings.POLICY_FOLDER = folder  # type: ignore[attr-defined]
    for response in (client.get("/policy/"), client.post("/check/", {"text": "Lunch"})):
        assert response.status_code == 503
        assert "broken.cedar" in response.content.decode()


def test_the_draft_offered_for_looking_around_is_about_somebody_in_the_sample(client: Client) -> None:
    assert "May I post this?</button>" not in client.get("/").content.decode()
    client.post("/sample/load/")
    page = client.get("/").content.decode()
    offered = re.search(r'name="text" value="([^"]+)"', page)
    assert offered is not None
    assert (
        "This is the name of somebody on your caseload" in client.post("/check/", {"text": offered[1]}).content.decode()
    )
