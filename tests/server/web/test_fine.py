"""This is fine: from a mark to a reason and an end, and the list of it all; the words are kept nowhere."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from demur.server.casework import queries
from demur.server.ledger.models import Entry

OURS = "512-555-0147"
DRAFT = f"Call us on {OURS} 🎉\nabout the yard sale!"
WHY = {"reason": "our own line", "author": "M."}


def said(client: Client, path: str, **fields: str) -> str:
    return str(client.post(path, fields).content.decode())


def names(page: str) -> list[str]:
    return re.findall(r'name="fine" value="([0-9a-f]{64})"', page)


def until(days: int = 300) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_a_mark_can_be_called_fine(client: Client) -> None:
    page = said(client, "/check/", text=DRAFT)
    [name] = names(page)
    assert "This is fine…" in page
    asked = said(client, "/fine/new/", text=DRAFT, fine=name, audience="friends")
    assert "<h1>Is this fine?</h1>" in asked
    assert OURS in asked
    assert '<input type="hidden" name="audience" value="friends"' in asked
    assert queries.allowances() == []
    done = said(client, "/fine/new/", text=DRAFT, fine=name, until=until(), audience="friends", **WHY)
    assert "Clear to post" in done
    assert "1 thing that you called fine was left out" in done
    assert "Called fine until" in done
    assert OURS in done, "the draft is in its box again"
    assert '<option value="friends" selected>' in done
    assert "Clear to post" in said(client, "/check/", text=DRAFT)
    assert "Clear to post" in said(client, "/check/live/", text=DRAFT)


def test_the_draft_travels_whole(client: Client) -> None:
    text = DRAFT + ' "quoted" <b> & \u200d'
    [name] = names(said(client, "/check/", text=text))
    asked = said(client, "/fine/new/", text=text, fine=name)
    carried = re.search(r'<input type="hidden" name="text" value="([^"]*)"', asked)
    assert carried is not None
    assert html.unescape(carried[1]) == text


def test_sent_twice_nothing_else_is_called_fine(client: Client) -> None:
    text = f"Call {OURS} or 512-555-0148 about the yard sale!"
    first, _ = names(said(client, "/check/", text=text))
    for _ in range(2):
        page = said(client, "/fine/new/", text=text, fine=first, until=until(), **WHY)
    assert "aren't marked any more" in html.unescape(page)
    assert len(queries.allowances()) == 1


@pytest.mark.usefixtures("caseload")
@pytest.mark.parametrize(
    "text",
    [
        "So proud of Marcus Bellweather!",
        f"One of my clients left {OURS}",
        "My SSN is 219-09-9999, so there.",
        "Some parents should not have kids.",
    ],
)
def test_what_is_never_fine_has_no_button(client: Client, text: str) -> None:
    page = said(client, "/check/", text=text)
    assert "What is marked" in page
    assert names(page) == []


@pytest.mark.usefixtures("caseload")
def test_a_first_name_that_is_the_dogs(client: Client) -> None:
    text = "Marcus ate my shoe again."
    [name] = names(said(client, "/check/", text=text))
    said(client, "/fine/new/", text=text, fine=name, until=until(), reason="the dog", author="M.")
    assert "Clear to post" in said(client, "/check/", text=text)
    assert "Don&#x27;t post this" in said(client, "/check/", text="My client Marcus ate my shoe again.")
    assert "Don&#x27;t post this" in said(client, "/check/", text="Marcus Bellweather ate my shoe again.")


@pytest.mark.usefixtures("caseload")
@pytest.mark.parametrize("text", ["Coffee with M. Bellweather", "Coffee with M@rcus", "Coffee with Marcusss"])
def test_a_name_written_in_another_way_has_no_button(client: Client, text: str) -> None:
    """It could also be somebody who comes onto the caseload later."""
    page = said(client, "/check/", text=text)
    assert "What is marked" in page
    assert names(page) == []


def test_whoever_says_that_a_client_is_in_it_is_not_asked(client: Client) -> None:
    page = said(client, "/check/", text=DRAFT, about_client="yes")
    assert names(page) == []


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"reason": " "}, "Write why, in a few words"),
        ({"author": ""}, "Write your name or initials."),
        ({"until": ""}, "Choose a day."),
        ({"until": "soon"}, "Write a day such as"),
        ({"until": "2001-01-01"}, "That day is past."),
        ({"until": "2199-01-01"}, "years away"),
        ({"reason": "x" * 301}, "longer than 300 characters"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(client: Client, fields: dict[str, str], says: str) -> None:
    [name] = names(said(client, "/check/", text=DRAFT))
    page = said(client, "/fine/new/", **{"text": DRAFT, "fine": name, "until": until(), **WHY, **fields})
    assert says in html.unescape(page)
    assert queries.allowances() == []


@pytest.mark.parametrize("name", ["", "x", "0" * 64, "1"])
def test_an_unknown_mark_changes_nothing(client: Client, name: str) -> None:
    page = said(client, "/fine/new/", text=DRAFT, fine=name, until=until(), **WHY)
    assert "aren't marked any more" in html.unescape(page)
    assert queries.allowances() == []


def test_an_empty_draft_leads_back(client: Client) -> None:
    assert client.post("/fine/new/", {"text": " "})["Location"] == "/check/"


def test_the_list_and_its_end(client: Client) -> None:
    assert "Nothing yet" in client.get("/fine/").content.decode()
    [name] = names(said(client, "/check/", text=DRAFT))
    said(client, "/fine/new/", text=DRAFT, fine=name, until=until(), **WHY)
    page = client.get("/fine/").content.decode()
    for words in ("A phone number", "our own line", "M."):
        assert words in page
    assert "555-0147" not in page
    assert "5550147" not in page
    row = queries.allowances()[0]
    assert client.post("/fine/end/", {"number": str(row.pk)})["Location"] == "/fine/?done=ended"
    assert "It is marked again" in client.get("/fine/?done=ended").content.decode()
    assert queries.allowances() == []
    for number in (str(row.pk), "x", "", "9" * 30, "²"):
        assert client.post("/fine/end/", {"number": number})["Location"] == "/fine/?done=not-fine"


def test_what_ran_out_is_shown_as_expired(client: Client) -> None:
    [name] = names(said(client, "/check/", text=DRAFT))
    said(client, "/fine/new/", text=DRAFT, fine=name, until=until(), **WHY)
    row = queries.allowances()[0]
    row.expires = timezone.localdate() - timedelta(days=1)
    row.save()
    assert "expired" in client.get("/fine/").content.decode()
    assert "Clear to post" not in said(client, "/check/", text=DRAFT)


def test_the_log_page_says_it_in_words(client: Client) -> None:
    [name] = names(said(client, "/check/", text=DRAFT))
    said(client, "/fine/new/", text=DRAFT, fine=name, until=until(), **WHY)
    said(client, "/check/", text=DRAFT)
    page = client.get("/log/").content.decode()
    assert "Something was called fine" in page
    assert "1 left out because you called it fine" in page
    assert "555-0147" not in str(Entry.objects.values_list())
    assert "5550147" not in str(Entry.objects.values_list())


def test_all_the_wordings_at_once(client: Client) -> None:
    text = "One of my clients cried last Tuesday. She called me yesterday."
    page = said(client, "/check/", text=text)
    assert "Use all these wordings" in page
    assert "The story itself still stays offline" in page
    rewritten = said(client, "/check/", text=text, use="all")
    assert "One of my clients cried recently. She called me recently." in rewritten
    assert "Take it to supervision" in rewritten
    assert "Use all these wordings" not in rewritten
