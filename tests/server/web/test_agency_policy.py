"""A policy of the agency's own, with folders and ids of its own, from the page to the log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from demur.records.caseload_csv import read_caseload
from demur.server.casework.actions import import_caseload
from demur.server.ledger.models import Entry

CLAUSE = """@id("agency/no-names")
@title("No names at all")
@outcome("decline")
@says("We post no names.")
forbid (principal, action == Action::"publish", resource) when { context.found.contains(Category::"client-name") };
"""
CASES = """[[case]]
says = "a name"
met = true
facts = { found = ["client-name"] }
[[case]]
says = "none"
met = false
"""


@pytest.fixture(autouse=True)
def agency(tmp_path: Path, settings: Any) -> Path:
    clause = tmp_path / "agency" / "no-names.cedar"
    clause.parent.mkdir()
    clause.write_text(CLAUSE, "utf-8")
    clause.with_name("no-names.cases.toml").write_text(CASES, "utf-8")
    settings.POLICY_FOLDER = tmp_path
    import_caseload(read_caseload(b"given_name,family_name\nMarisol,Quintanilla\n"))
    return clause


def last_clauses() -> object:
    return Entry.objects.order_by("-sequence")[0].details["clauses"]


def test_a_check_on_the_page_is_answered_and_noted(client: Client) -> None:
    page = client.post("/check/", {"text": "Coffee with Marisol Quintanilla"})
    assert page.status_code == 200
    assert 'href="/policy/agency/no-names/"' in page.content.decode()
    assert last_clauses() == ["agency/no-names"]
    assert client.get("/policy/agency/no-names/").status_code == 200
    assert client.get("/log/").status_code == 200


def test_a_check_by_a_program_is_answered_and_noted(client: Client) -> None:
    draft = {"text": "Coffee with Marisol Quintanilla"}
    answer = client.post("/api/v1/check", draft, content_type="application/json")
    assert [reason["clause"] for reason in answer.json()["reasons"]] == ["agency/no-names"]
    assert last_clauses() == ["agency/no-names"]


def test_a_policy_that_breaks_while_demur_runs_judges_nothing(client: Client, agency: Path) -> None:
    draft = {"text": "Coffee with Marisol Quintanilla"}
    assert client.post("/check/", draft).status_code == 200
    agency.write_text(CLAUSE.replace("forbid", "forbid nobody"), "utf-8")
    page = client.post("/check/", draft)
    assert page.status_code == 503
    assert "agency/no-names.cedar" in page.content.decode()
    assert client.post("/api/v1/check", draft, content_type="application/json").status_code == 503
    assert client.post("/v2/check", {**draft, "language": "en"}).status_code == 503
    agency.write_text(CLAUSE, "utf-8")
    assert client.post("/check/", draft).status_code == 200
