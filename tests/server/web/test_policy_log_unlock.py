"""The policy in words, the log, and the door."""

from __future__ import annotations

import pytest
from django.test import Client

from demur.policy.decide import decide
from demur.policy.policy import Case, Clause
from demur.server import local
from demur.server.database import vault
from demur.server.database.errors import WrongPassphrase
from demur.server.web.policy import _form_fields
from demur.workspace import default_policy

CASES = [
    pytest.param(clause, case, id=f"{clause.id}-{number}")
    for clause in default_policy().clauses
    for number, case in enumerate(clause.cases)
]


def test_every_clause_has_its_page_with_examples_and_cedar(client: Client) -> None:
    overview = client.get("/policy/").content.decode()
    assert default_policy().digest in overview
    assert "checked on" in overview
    for clause in default_policy().clauses:
        assert f'href="/policy/{clause.id}/"' in overview
    page = client.get("/policy/publish/client-name/").content.decode()
    assert "checked on" in page
    assert "forbid (" in page
    assert "Try this case" in page


@pytest.mark.parametrize(("clause", "case"), CASES)
def test_trying_an_example_on_the_page_says_what_the_policy_says(clause: Clause, case: Case) -> None:
    from demur.policy.facts import PublishFacts
    from demur.server.web.forms import TryPostForm, TryRequestForm

    sent: dict[str, list[str]] = {}
    for name, value in _form_fields(case.facts):
        sent.setdefault(name, []).append(value)
    from django.http import QueryDict

    data = QueryDict(mutable=True)
    for name, values in sent.items():
        data.setlist(name, values)
    form = TryPostForm(data) if isinstance(case.facts, PublishFacts) else TryRequestForm(data)
    assert form.is_valid(), form.errors
    assert form.facts() == case.facts
    assert any(met.id == clause.id for met in decide(default_policy(), form.facts()).met) is case.met


def test_a_tried_case_names_the_clauses_that_fit(client: Client) -> None:
    page = client.post("/policy/try/", {"found": ["client-name"]}).content.decode()
    assert "Don&#x27;t post this" in page or "Don't post this" in page
    assert 'href="/policy/publish/client-name/"' in page


@pytest.mark.parametrize("field", [{"years_since_end": "soon"}, {"kind": "duel"}, {"level": "99"}])
def test_a_case_that_cannot_be_read_is_said(client: Client, field: dict[str, str]) -> None:
    page = client.post("/policy/try/request/", field).content.decode()
    assert "Please look at the lines that are marked below." in page


def test_the_log_says_what_was_done_and_can_be_checked(client: Client) -> None:
    client.post("/sample/load/")
    client.post("/check/", {"text": "The sourdough came out well."})
    page = client.get("/log/").content.decode()
    assert "The invented sample was loaded" in page
    assert "A draft was checked" in page
    assert "Clear to post" in page
    assert "sourdough" not in page
    assert "The log is whole" in client.post("/log/").content.decode()


def test_a_changed_log_is_noticed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from demur.server.ledger import queries

    changed = queries.Verification(False, 1, 2, "Line 2 is missing.")
    monkeypatch.setattr("demur.server.web.log.queries.verify", lambda: changed)
    page = client.post("/log/").content.decode()
    assert "The log was changed" in page
    assert "Line 2 is missing." in page


@pytest.mark.parametrize("number", ["1", "0", "-1", "999999", "x", "9" * 5000, "٣"])
def test_any_page_number_of_the_log_shows_a_page(client: Client, number: str) -> None:
    assert client.get("/log/", {"page": number}).status_code == 200


def test_the_lock_closes_every_page_and_the_button_opens_it_again(client: Client) -> None:
    response = client.post("/lock/")
    assert response["Location"] == "/unlock/"
    assert not vault.is_unlocked()
    response = client.get("/policy/try/")
    assert (response.status_code, response["Location"]) == (303, "/unlock?next=%2Fpolicy%2Ftry%2F")
    page = client.get(response["Location"]).content.decode()
    assert 'name="next" value="/policy/try/"' in page
    assert "Caseload" not in page
    response = client.post("/unlock/", {"next": "/policy/try/"})
    assert (response.status_code, response["Location"]) == (303, "/policy/try/")
    assert vault.is_unlocked()


@pytest.mark.parametrize(
    "wanted", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "", "log/", "\n//x"]
)
def test_unlocking_leads_only_to_pages_of_ours(client: Client, wanted: str) -> None:
    vault.lock()
    assert client.post("/unlock/", {"next": wanted})["Location"] == "/"


def test_a_passphrase_is_asked_for_where_the_store_has_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def unlock(passphrase: str = "") -> None:
        tried.append(passphrase)
        raise WrongPassphrase

    vault.lock()
    monkeypatch.setattr(local, "asks_passphrase", lambda: True)
    monkeypatch.setattr(local, "unlock", unlock)
    assert 'type="password"' in client.get("/unlock/").content.decode()
    assert "Type your passphrase." in client.post("/unlock/").content.decode()
    page = client.post("/unlock/", {"passphrase": " not this one "}).content.decode()
    assert tried == [" not this one "]
    assert str(WrongPassphrase()).replace("'", "&#x27;") in page
    assert "not this one" not in page


def test_a_live_check_on_a_locked_store_keeps_the_page(client: Client) -> None:
    vault.lock()
    response = client.post("/check/live/", {"text": "Lunch"}, headers={"hx-request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (204, "/unlock")
