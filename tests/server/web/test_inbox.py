"""The inbox on its pages: nothing is answered without a click, and no name gets into an address."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from demur.core.accounts import Network, Profile
from demur.core.arrivals import Answered, Arrival, Source
from demur.server.asking.brakes import QUESTIONS_AN_HOUR, SPELLINGS_AN_HOUR
from demur.server.asking.models import AskedRecord, BreakRecord
from demur.server.ledger.models import Entry
from demur.server.triage import actions, queries
from demur.server.triage.models import ExceptionRecord, RequestRecord
from demur.server.web import inbox
from demur.server.web.forms import RequestForm

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
    assert sheet.count("Left out:") == 1
    client.post(f"/inbox/{first}/answer/", {"answer": "left"})
    page = seen(client, f"/inbox/{first}/")
    assert page.count("This message comes first.") == 1
    assert page.index("This message comes first.") < page.index("I left it unanswered")


def test_danger_comes_first_also_where_the_list_has_an_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "MOST_SHOWN", 2)
    arrive("Petra Vandermolen", message="I want to kill myself tonight")
    arrive("Somebody Quiet", message="hello there")
    for number in range(2):
        arrive(f"Stranger {number}")
    page = seen(client, "/inbox/")
    assert page.index("Petra Vandermolen") < page.index("Read this first") < page.index("Stranger 1")
    assert "Somebody Quiet" not in page
    assert "1 more follow" in page


def test_an_answer_in_a_second_window_does_not_overwrite_the_first(client: Client) -> None:
    key = arrive()
    client.post(f"/inbox/{key}/answer/", {"answer": "declined"})
    page = client.post(f"/inbox/{key}/answer/", {"answer": "accepted"}, follow=True).content.decode()
    assert "You had noted an answer meanwhile" in page
    assert "I declined it" in page
    [row] = queries.answered_requests()
    assert row.answer == "declined"
    # The same answer twice is no news.
    page = client.post(f"/inbox/{key}/answer/", {"answer": "declined"}, follow=True).content.decode()
    assert "You had noted an answer meanwhile" not in page


def test_what_was_said_before_stays_and_the_page_says_so(client: Client) -> None:
    typed = {"asked": "friend/incoming", "display_name": MARCUS, "handle": "@marcus", "account": "professional"}
    first = client.post("/inbox/keep/", {**typed, "relationship": "current-client"}, follow=True).content.decode()
    assert "was in your inbox already" not in first
    again = client.post("/inbox/keep/", {**typed, "relationship": "colleague"}, follow=True).content.decode()
    assert "was in your inbox already" in again
    [row] = queries.open_requests()
    assert row.relationship == "current-client"
    same = client.post("/inbox/keep/", {**typed, "relationship": "current-client"}, follow=True).content.decode()
    assert "was in your inbox already" not in same


def agreed(number: int, **more: str) -> dict[str, str]:
    today = timezone.localdate()
    decision = {"do": "decide", "number": str(number), "decided": "agreed", "decided_by": "R. Okafor"}
    days = {"decided_on": today.isoformat(), "review_on": (today + timedelta(days=30)).isoformat()}
    return {**decision, **days, **more}


def test_an_exception_says_what_it_is_for(client: Client) -> None:
    key = arrive(profile=Profile(display_name=STRANGER, handle="@dorothea"))
    path = f"/inbox/{key}/exception/"
    scope = "A friend request · From them to me · My personal account · Facebook"
    before = seen(client, path)
    assert scope in before
    assert "For each such request of this handle." in before
    assert "Only for this one request" in seen(client, f"/inbox/{arrive()}/exception/")
    client.post(path, {"do": "ask", "reason": "We were neighbors."})
    client.post(path, agreed(ExceptionRecord.objects.get().pk))
    assert scope in seen(client, path)
    assert "it does not cover it" not in seen(client, path)
    client.post(f"/inbox/{key}/", {"relationship": "former-client", "account": "agency", "role": "other"})
    moved = seen(client, path)
    assert "it does not cover it" in moved
    assert "My agency" not in moved


def test_an_exception_that_would_be_over_already_is_asked_about(client: Client) -> None:
    key = arrive()
    path = f"/inbox/{key}/exception/"
    client.post(path, {"do": "ask", "reason": "We were neighbors."})
    [asked] = ExceptionRecord.objects.all()
    told = client.post(path, agreed(asked.pk, decided_on="2025-11-01", review_on="2025-12-01")).content.decode()
    assert "Is the year right?" in told
    assert ExceptionRecord.objects.get().agreed is None
    assert client.post(path, {"do": "take-back", "number": str(asked.pk)}).status_code == 303
    assert not ExceptionRecord.objects.exists()


def test_an_exception_is_decided_and_ended_on_the_page_of_its_request_alone(client: Client) -> None:
    mine, others = arrive(), arrive(STRANGER)
    client.post(f"/inbox/{mine}/exception/", {"do": "ask", "reason": "We were neighbors."})
    asked = ExceptionRecord.objects.get()
    page = client.post(f"/inbox/{others}/exception/", agreed(asked.pk)).content.decode()
    asked.refresh_from_db()
    assert asked.agreed is None
    assert "Nothing was changed." in page
    client.post(f"/inbox/{mine}/exception/", agreed(asked.pk))
    client.post(f"/inbox/{others}/exception/", {"do": "end", "number": str(asked.pk)})
    asked.refresh_from_db()
    assert asked.review_on is not None
    assert asked.review_on > timezone.localdate()
    # What a second window still shows as waiting was decided.
    page = client.post(f"/inbox/{mine}/exception/", agreed(asked.pk, decided="refused")).content.decode()
    assert "decided meanwhile" in page
    asked.refresh_from_db()
    assert asked.agreed is True


@pytest.mark.parametrize("number", ["", "x", "-1", "\u0661", "9" * 400])
def test_a_number_that_is_none_decides_nothing(client: Client, number: str) -> None:
    key = arrive()
    client.post(f"/inbox/{key}/exception/", {"do": "ask", "reason": "We were neighbors."})
    for do in ("decide", "end"):
        response = client.post(f"/inbox/{key}/exception/", {**agreed(0, do=do), "number": number})
        assert "Nothing was changed." in response.content.decode()
    assert ExceptionRecord.objects.get().agreed is None


@pytest.mark.parametrize("number", ["0", "10000", "9" * 30])
def test_a_year_that_no_calendar_has_is_not_found(client: Client, number: str) -> None:
    assert client.get(f"/inbox/year/{number}/").status_code == 404
    assert client.get(f"/inbox/year/{number}.csv").status_code == 404


@pytest.mark.parametrize("number", ["1", "1969", "9999"])
def test_a_year_without_requests_is_empty(client: Client, number: str) -> None:
    assert "Nothing came in yet" in seen(client, f"/inbox/year/{number}/")


def test_half_a_character_that_is_typed_is_kept_as_none(client: Client) -> None:
    form = RequestForm({"asked": "friend/incoming", "display_name": "Petra \ud800", "bio": "\udfff"})
    assert form.is_valid()
    row = actions.keep(form.request(), timezone.localdate())
    assert (row.display_name, row.bio) == ("Petra \ufffd", "\ufffd")
    assert "Petra" in seen(client, f"/inbox/{row.key}/")


def test_a_message_that_sounds_like_danger_is_read_first_and_declined_with_no_others(client: Client) -> None:
    grave = arrive(STRANGER, message="i took all my pills, dont call")
    calm = arrive("Somebody Else", message="hi!")
    page = seen(client, f"/inbox/{grave}/")
    assert page.index("This message comes first.") < page.index("What was written") < page.index("i took all my pills")
    assert page.index("i took all my pills") < page.index("when that is done") < page.index("What did you do?")
    assert "when that is done" not in seen(client, f"/inbox/{calm}/")
    together = client.post("/inbox/decline/", {"chosen": [grave, calm]}).text
    assert "Left out:" in together
    assert f'value="{calm}"' in together
    assert f'value="{grave}"' not in together
    client.post("/inbox/decline/", {"done": [grave, calm]})
    assert [row.key for row in queries.open_requests()] == [grave]
    meeting = seen(client, f"/inbox/{grave}/meeting/")
    assert meeting.index("This message comes first.") < meeting.index("Whom are the words for?")


def test_what_somebody_wrote_is_shown_before_anything_is_answered(client: Client) -> None:
    key, other = arrive(STRANGER, message="hi there, long time"), arrive("Somebody Silent")
    assert seen(client, "/inbox/").count("With a message") == 1
    page = seen(client, f"/inbox/{key}/")
    assert page.index("hi there, long time") < page.index("What did you do?")
    declining = client.post("/inbox/decline/", {"chosen": [key, other]}).content.decode()
    assert "1 of these came with a message" in declining
    assert declining.count(f'href="/inbox/{key}/"') == 1


@pytest.mark.parametrize("answer", ["accepted", "left", "blocked"])
def test_no_note_says_declined_where_something_else_was_done(client: Client, caseload: None, answer: str) -> None:
    key = arrive()
    assert "Declined under the social media policy" in seen(client, f"/inbox/{key}/")
    client.post(f"/inbox/{key}/answer/", {"answer": answer})
    page = seen(client, f"/inbox/{key}/")
    for untrue in ("Declined under", "so I declined", "What to press"):
        assert untrue not in page
    assert "page of the next meeting" in page
    assert ("remove the connection" in page) == (answer == "accepted")


GRAVE = "me quiero morir"


def tire(client: Client) -> None:
    for number in range(SPELLINGS_AN_HOUR):
        client.post("/request/", {"asked": "friend/incoming", "display_name": f"Person Number{number} Example{number}"})


def kept_in_a_break(client: Client, name: str) -> str:
    typed = {"asked": "message/incoming", "display_name": name, "network": "instagram", "message": GRAVE}
    paused = client.post("/request/", typed)
    assert paused.status_code == 429
    assert 'formaction="/inbox/keep/">Keep it in my inbox' in paused.text
    response = client.post("/inbox/keep/", typed)
    assert response.status_code == 303
    return str(response["Location"])


def test_in_a_break_a_grave_message_is_kept_and_a_calm_one_is_not(client: Client, caseload: None) -> None:
    tire(client)
    calm = {"asked": "message/incoming", "display_name": MARCUS, "message": "hi!"}
    assert client.post("/inbox/keep/", calm).status_code == 429
    assert "Keep it in my inbox" not in client.post("/request/", calm).text
    assert RequestRecord.objects.count() == 0
    one = kept_in_a_break(client, MARCUS)
    page = seen(client, one)
    assert page.index("tel:988") < page.index("Not checked yet") < page.index("takes a break until")
    assert GRAVE in page
    assert "Not checked yet" in seen(client, "/inbox/")
    assert "Read this first" in seen(client, "/inbox/")
    # It can be answered meanwhile, and talked about later.
    client.post(f"{one}answer/", {"answer": "left"})
    assert "I left it unanswered" in seen(client, one)
    client.post(f"{one}answer/", {"answer": "reopen"})
    assert client.get(f"{one}meeting/")["Location"] == one


def test_until_it_is_checked_a_client_looks_like_a_stranger(client: Client, caseload: None) -> None:
    tire(client)
    pages = []
    for name in (MARCUS, "Mortis Belleweatha"):
        one = kept_in_a_break(client, name)
        client.post(one, {"relationship": "unknown", "account": "personal", "role": "therapist"})
        client.post(f"{one}answer/", {"answer": "declined"})
        shown = [seen(client, one), seen(client, "/inbox/"), seen(client, "/inbox/year/")]
        client.post(f"{one}remove/")
        secrets = (one.split("/")[2], name, html.escape(name))
        for index, page in enumerate(shown):
            for secret in secrets:
                page = page.replace(secret, "…")
            shown[index] = re.sub(r"[A-Za-z0-9]{64}", "…", page)
        pages.append(shown)
    assert pages[0] == pages[1]


def test_after_the_break_it_is_counted_and_checked(client: Client, caseload: None) -> None:
    tire(client)
    ones = [kept_in_a_break(client, name) for name in (MARCUS, STRANGER)]
    assert AskedRecord.objects.count() == SPELLINGS_AN_HOUR
    BreakRecord.objects.all().delete()
    AskedRecord.objects.all().delete()
    page = seen(client, ones[0])
    assert "Not checked yet" not in page
    assert "Who this may be" in page
    assert AskedRecord.objects.count() == 1
    seen(client, "/inbox/")
    assert AskedRecord.objects.count() == 2
    assert not RequestRecord.objects.filter(unchecked=True).exists()
    seen(client, ones[0])
    assert AskedRecord.objects.count() == 2


def test_what_is_kept_in_breaks_is_no_way_around_them(client: Client, caseload: None) -> None:
    tire(client)
    for number in range(QUESTIONS_AN_HOUR + 3):
        kept_in_a_break(client, f"Somebody {chr(97 + number)}oz{chr(97 + number // 7)}eti")
    BreakRecord.objects.all().delete()
    AskedRecord.objects.all().delete()
    assert seen(client, "/inbox/").count("Not checked yet") == 3


def test_the_end_of_an_exception_stands_on_the_requests_page(client: Client) -> None:
    key = arrive()
    asked = actions.ask_exception(key, "We were neighbors.", timezone.localdate())
    assert asked is not None
    assert "exception was agreed" not in seen(client, f"/inbox/{key}/")
    today = timezone.localdate()
    until = today + timedelta(days=30)
    actions.decide_exception(asked.pk, True, "R. O.", today, until)
    assert f'Its last day is <time datetime="{until}">' in seen(client, f"/inbox/{key}/")
    actions.end_exception(asked.pk, today)
    ended = today - timedelta(days=1)
    assert f'The exception ended</a> on <time datetime="{ended}">' in seen(client, f"/inbox/{key}/")


def test_the_year_asks_for_no_talk_with_a_stranger(client: Client, caseload: None) -> None:
    def waiting() -> str:
        today = timezone.localdate()
        rows = csv.reader(io.StringIO(client.get(f"/inbox/year/{today.year}.csv").text))
        return next(count for what, which, count in rows if which == "Not noted yet")

    today = timezone.localdate()
    stranger, marcus = arrive(STRANGER, received=today), arrive(received=today)
    assert waiting() == "0"
    client.post(f"/inbox/{stranger}/answer/", {"answer": "declined"})
    assert waiting() == "0"
    client.post(f"/inbox/{marcus}/answer/", {"answer": "declined"})
    assert waiting() == "1"
