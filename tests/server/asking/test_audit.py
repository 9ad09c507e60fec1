"""What the log says of a question, to whom, and what it never says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from demur.core.accounts import Account, Network, Profile
from demur.core.content import ConnectionRequest
from demur.server.asking.actions import answer, name_digest
from demur.server.asking.queries import audit
from demur.server.casework import queries
from demur.server.ledger import actions as ledger_actions
from demur.server.ledger import details
from demur.server.ledger.models import Entry
from demur.server.ledger.queries import verify
from demur.server.ledger.verbs import Verb

pytestmark = pytest.mark.usefixtures("caseload")

TODAY = date(2026, 11, 22)
OWN, STRANGER = "Marcus Bellweather", "Perpetua Achterberg"


def ask(name: str, network: Network = Network.INSTAGRAM, typed: bool = True, **more: str) -> None:
    request = ConnectionRequest(Profile(display_name=name, **more), Account(network))  # type: ignore[arg-type]
    answer(queries.engine(), request, TODAY, typed=typed)


def last() -> Entry:
    return Entry.objects.order_by("-sequence")[0]


def test_a_question_is_noted_by_digest_kind_and_answer() -> None:
    ask(OWN, handle="@marcus.bellweather")
    line = last()
    assert line.verb == "request-decided"
    assert line.object == f"asked:{name_digest(Profile(OWN, '@marcus.bellweather'))}"
    assert line.details == {
        "outcome": "decline",
        "kind": "friend",
        "direction": "incoming",
        "network": "instagram",
        "purpose": "personal",
        "typed": True,
    }
    assert len(line.policy) == 64
    assert "arcus" not in str(vars(line))
    assert verify().ok


def test_on_a_personal_account_no_line_tells_a_client_from_a_stranger() -> None:
    lines = []
    for name in (OWN, "Ileana Q.", STRANGER):
        ask(name)
        lines.append((last().verb, last().details, last().policy, len(last().object)))
    assert lines[0] == lines[1] == lines[2]


def test_the_log_takes_no_level_any_more() -> None:
    with transaction.atomic(), pytest.raises(ValueError, match="does not know"):
        ledger_actions.record(Verb.REQUEST_DECIDED, details={"level": "match"})


def test_a_line_of_an_older_demur_still_fits(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    old = {"outcome": "refer", "level": "match", "clauses": ["connect/current-client"], "asked": False}
    with monkeypatch.context() as patch, transaction.atomic():
        patch.setitem(details.ALLOWED, "level", lambda value: value == "match")
        ledger_actions.record(Verb.REQUEST_DECIDED, details=old, policy="a" * 64)
    assert verify().ok
    page = client.get("/log/").content.decode()
    assert "A request was answered" in page
    assert "supervisor" not in page.partition("<tbody>")[2]
    [line] = audit(timezone.now() - timedelta(days=1))
    assert (line.outcome, line.about, line.times, line.typed) == ("refer", "", 1, False)


def test_the_log_page_is_no_list_of_hits(client: Client) -> None:
    pages = []
    for name in (OWN, STRANGER):
        client.post("/request/", {"display_name": name, "account": "professional", "relationship": "colleague"})
        row = client.get("/log/").content.decode().partition("<tbody>")[2].partition("</tr>")[0]
        assert "A request was answered" in row
        pages.append(row.partition("<th")[2])
    assert pages[0] == pages[1]


def test_the_audit_counts_the_same_name(client: Client) -> None:
    ask(OWN)
    ask("MARCUS  Bellweather", typed=False)
    ask(STRANGER, Network.LINKEDIN)
    first, second, third = audit(timezone.now() - timedelta(days=1))
    assert (first.about, first.times, first.typed) == (second.about, 2, True)
    assert (second.typed, second.actor, second.policy) == (False, "owner", last().policy[:12])
    assert (third.times, third.network, third.outcome) == (1, "linkedin", "decline")
    assert third.about != first.about
    assert audit(timezone.now() + timedelta(days=1)) == []
