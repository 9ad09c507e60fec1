"""The inbox on its pages: nothing is answered without a click, and no name gets into an address."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from demur.core.accounts import Network, Profile
from demur.core.arrivals import Answered, Arrival, Source
from demur.server.ledger.models import Entry
from demur.server.triage import actions, queries
from demur.server.triage.models import ExceptionRecord, RequestRecord

MARCUS = "Marcus Bellweather"
STRANGER = "Dorothea Brinkerhoff"


def arrive(name: str = MARCUS, **more: object) -> str:
    today = timezone.localdate()
    values: dict[str, object] = {
        "network": Network.FACEBOOK,
        "profile": Profile(display_name=name),
        "as_of": today,
        "source": Source.EXPORT,
        "received": today - timedelta(days=2),
    }
    [key] = actions.take_in([Arrival(**{**values, **more})], today).keys  # type: ignore[arg-type]
    return key


def seen(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def test_an_empty_inbox_teaches_what_it_is_for(client: Client) -> None:
    page = seen(client, "/inbox/")
    assert "No request waits here" in page
    for path in ("/request/", "/inbox/paste/", "/inbox/files/", "/connections/"):
        assert f'href="{path}"' in page
    assert "<form" not in page.split("<main", 1)[1]


def test_the_list_says_what_the_policy_says_to_each(client: Client, caseload: None) -> None:
    key = arrive()
    arrive(STRANGER)
    page = seen(client, "/inbox/")
    assert page.count("Decline</span>") == 2
    assert f'href="/inbox/{key}/"' in page
    assert "From an export, as of" in page


def test_what_was_typed_can_be_kept(client: Client, caseload: None) -> None:
    typed = {"asked": "friend/incoming", "display_name": MARCUS, "network": "instagram", "mandated": "on"}
    assert 'formaction="/inbox/keep/"' in client.post("/request/", typed).content.decode()
    assert RequestRecord.objects.count() == 0
    response = client.post("/inbox/keep/", typed)
    [row] = queries.open_requests()
    assert (response.status_code, response["Location"]) == (303, f"/inbox/{row.key}/")
    assert (row.display_name, row.network, row.mandated, row.source) == (MARCUS, "instagram", True, "hand")


def test_a_request_shows_evidence_steps_and_who_it_may_be(client: Client, caseload: None) -> None:
    page = seen(client, f"/inbox/{arrive()}/")
    assert "from your caseload" in page
    assert '<ul class="waterfall">' in page
    assert "What to press" in page
    assert "I declined it" in page
    assert "Why, and where it is written" in page
    assert "It may be answered or withdrawn since." in page


def test_who_it_is_changes_the_answer(client: Client) -> None:
    key = arrive(STRANGER)
    before = seen(client, f"/inbox/{key}/")
    response = client.post(f"/inbox/{key}/", {"relationship": "none", "account": "personal", "role": "therapist"})
    assert response.status_code == 303
    after = seen(client, f"/inbox/{key}/")
    assert ">Decline<" in before
    assert ">Yours to decide<" in after
    [row] = queries.open_requests()
    assert (row.relationship, row.role) == ("none", "therapist")


@pytest.mark.parametrize("chosen", [one.value for one in Answered])
def test_an_answer_is_noted_and_can_be_taken_back(client: Client, chosen: str) -> None:
    key = arrive()
    client.post(f"/inbox/{key}/answer/", {"answer": chosen})
    [row] = queries.answered_requests()
    assert (row.answer, row.answered_on) == (chosen, timezone.localdate())
    assert "That was a mistake" in seen(client, f"/inbox/{key}/")
    client.post(f"/inbox/{key}/answer/", {"answer": "reopen"})
    assert queries.count_open() == 1


def test_an_answer_that_is_none_changes_nothing(client: Client) -> None:
    key = arrive()
    before = Entry.objects.count()
    client.post(f"/inbox/{key}/answer/", {"answer": "everything"})
    client.get(f"/inbox/{key}/answer/", {"answer": "declined"})
    assert queries.count_open() == 1
    assert Entry.objects.count() == before


def test_declining_many_is_a_list_to_work_through(client: Client) -> None:
    keys = [arrive(), arrive(STRANGER), arrive("Somebody Else", network=Network.LINKEDIN)]
    page = client.post("/inbox/decline/", {"chosen": keys}).content.decode()
    assert "Decline 3 requests" in page
    assert 'href="https://www.facebook.com/friends/requests"' in page
    assert page.count('rel="noopener noreferrer"') == 2
    assert page.count('name="done"') == 3
    assert "checked" not in page
    # To look at the list declines nobody; only what was ticked is noted.
    assert queries.count_open() == 3
    client.post("/inbox/decline/", {"done": keys[:2], "note": "yes"})
    assert [row.key for row in queries.open_requests()] == [keys[2]]
    assert {row.answer for row in queries.answered_requests()} == {"declined"}


@pytest.mark.parametrize("sent", [{}, {"note": "yes"}, {"chosen": ["0" * 32]}])
def test_declining_nobody_says_so(client: Client, sent: dict[str, object]) -> None:
    arrive()
    response = client.post("/inbox/decline/", sent, follow=True)
    assert 'role="status"' in response.content.decode()
    assert queries.count_open() == 1


def test_an_exception_goes_its_whole_way(client: Client, caseload: None) -> None:
    key = arrive()
    path = f"/inbox/{key}/exception/"
    assert "Write the reason" in client.post(path, {"do": "ask", "reason": "  "}).content.decode()
    client.post(path, {"do": "ask", "reason": "We were neighbors for ten years."})
    [asked] = ExceptionRecord.objects.all()
    today = timezone.localdate()
    decision = {"do": "decide", "number": str(asked.pk), "decided": "agreed", "decided_by": "R. Okafor"}
    wrong = client.post(path, {**decision, "decided_on": today.isoformat(), "review_on": today.isoformat()})
    assert "Choose a day after the decision" in wrong.content.decode()
    later = client.post(path, {**decision, "decided_on": (today + timedelta(days=3)).isoformat()})
    assert "still to come" in later.content.decode()
    until = today + timedelta(days=90)
    client.post(path, {**decision, "decided_on": today.isoformat(), "review_on": until.isoformat()})
    assert "Agreed, until" in seen(client, path)
    assert "exception" in seen(client, f"/inbox/{key}/").lower()
    client.post(path, {"do": "end", "number": str(asked.pk)})
    assert "Ended on" in seen(client, path)


def test_a_year_is_pictures_and_figures_and_its_export_has_no_names(client: Client, caseload: None) -> None:
    assert "Nothing came in yet" in seen(client, "/inbox/year/")
    key = arrive(received=date(2026, 3, 4), message="see you tuesday")
    arrive(STRANGER, received=date(2026, 5, 6), network=Network.X)
    client.post(f"/inbox/{key}/answer/", {"answer": "declined"})
    actions.note_addressed(key, date(2026, 3, 9))
    page = seen(client, "/inbox/year/2026/")
    assert "2 requests. 1 was talked about in person, half of them within 5 days." in page
    assert page.count("<svg") > 20
    response = client.get("/inbox/year/2026.csv")
    text = response.content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {(row["what"], row["which"]): row["count"] for row in rows}["month", "Mar"] == "1"
    assert {(row["what"], row["which"]): row["count"] for row in rows}["answer", "I declined it"] == "1"
    for word in ("Marcus", "Dorothea", "tuesday", "2026-03", key):
        assert word not in text
    assert client.get("/inbox/year/1990.csv").status_code == 404


def test_nothing_is_found_under_a_key_that_is_none(client: Client) -> None:
    for path in ("", "exception/"):
        assert client.get(f"/inbox/{'0' * 32}/{path}").status_code == 404


def test_a_request_can_be_removed_for_good(client: Client) -> None:
    key = arrive()
    response = client.post(f"/inbox/{key}/remove/", follow=True)
    assert "gone for good" in response.content.decode()
    assert RequestRecord.objects.count() == 0
    assert "gone already" in client.post(f"/inbox/{key}/remove/", follow=True).content.decode()


def test_no_page_puts_a_name_into_an_address(client: Client, caseload: None) -> None:
    key = arrive()
    for path in ("/inbox/", f"/inbox/{key}/", f"/inbox/{key}/exception/", "/inbox/year/"):
        for address in re.findall(r'(?:href|action|formaction|src)="([^"]*)"', seen(client, path)):
            assert "arcus" not in address
            assert "ellweather" not in address


def test_names_from_outside_are_only_text(client: Client) -> None:
    key = arrive("<script>alert(1)</script>", message="<img src=x onerror=alert(1)>")
    for path in ("/inbox/", f"/inbox/{key}/", f"/inbox/{key}/exception/"):
        page = seen(client, path)
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_mail_without_a_good_signature_is_marked(client: Client) -> None:
    key = arrive(source=Source.MAIL, vouched=False)
    assert "Nobody vouches for this" in seen(client, f"/inbox/{key}/")


def test_a_message_that_may_speak_of_danger_comes_first_everywhere(client: Client) -> None:
    first = arrive("Petra Vandermolen", message="I want to kill myself tonight")
    second = arrive(STRANGER)
    said = "Read this first"
    page = seen(client, "/inbox/")
    assert page.index("Petra Vandermolen") < page.index(said) < page.index(STRANGER)
    sheet = client.post("/inbox/decline/", {"chosen": [first, second]}).content.decode()
    assert sheet.count(said) == 1
    client.post(f"/inbox/{first}/answer/", {"answer": "left"})
    page = seen(client, f"/inbox/{first}/")
    assert page.count("This message comes first.") == 1
    assert page.index("This message comes first.") < page.index("I left it unanswered")
