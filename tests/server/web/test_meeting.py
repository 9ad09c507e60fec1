"""The next meeting on its page: the words fit, what was typed stays, and nobody's name is there."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from demur.core.accounts import Network, Profile
from demur.core.arrivals import Answered, Arrival, Source
from demur.core.content import Direction
from demur.core.people import Relationship
from demur.records.caseload_csv import read_caseload
from demur.server.casework.actions import import_caseload
from demur.server.casework.queries import engine
from demur.server.database import vault
from demur.server.ledger.models import Entry
from demur.server.triage import actions, queries
from demur.server.triage.models import RequestRecord

NAME = "Marcus Bellweather"
OF_THE_REQUEST = (NAME, "Marcus", "Bellweather", "marcus.bellweather", "tomatoes", "hello you", "Riverton", "555-0143")
"""Everything that the request says of somebody. None of it belongs on this page, on paper or in a calendar."""

YOUNG = b"""client_id,given_name,family_name,date_of_birth
C-7,Marcus,Bellweather,%d-01-01
"""


def arrive(**more: object) -> str:
    profile = Profile(
        display_name=NAME,
        handle="@marcus.bellweather",
        bio="tomatoes",
        city="Riverton",
        phone="555-0143",
    )
    values: dict[str, object] = {
        "network": Network.FACEBOOK,
        "profile": profile,
        "as_of": timezone.localdate(),
        "source": Source.HAND,
        "message": "hello you",
    }
    [key] = actions.take_in([Arrival(**{**values, **more})], timezone.localdate()).keys  # type: ignore[arg-type]
    return key


def row(key: str) -> RequestRecord:
    found = queries.request(key)
    assert found is not None
    return found


def page(client: Client, key: str) -> str:
    response = client.get(f"/inbox/{key}/meeting/")
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def press(client: Client, key: str, do: str, **typed: object) -> str:
    typed = {"relationship": "current-client", "language": "both", "alarm": "10", **typed}
    response = client.post(f"/inbox/{key}/meeting/", {"do": do, **typed})
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def in_the_box(shown: str) -> str:
    found = re.search(r'<textarea name="chart_note"[^>]*>\n?(.*?)</textarea>', shown, re.DOTALL)
    assert found is not None
    return found[1]


def drafted(shown: str) -> str:
    found = re.search(r'name="drafted" value="([^"]*)"', shown)
    assert found is not None
    return found[1]


def test_somebody_on_the_caseload_gets_the_words_for_a_client(client: Client, caseload: None) -> None:
    shown = page(client, arrive())
    assert "I don't connect online with anyone I work with." in shown
    assert '<p class="copyable" id="one-breath-es" lang="es">Vi que me mandó una solicitud en Facebook.' in shown
    for title in (
        "In one breath",
        "In a few sentences",
        "As a conversation, in seven steps",
        "What not to say, and why",
    ):
        assert f"<summary><h3>{title}</h3></summary>" in shown
    assert 'href="tel:988"' in shown
    assert "Llama al 988 y oprime el 2" in shown


def test_somebody_whom_nobody_can_place_gets_the_words_for_everybody(client: Client) -> None:
    shown = page(client, arrive())
    assert "it has to be right for a client and for a stranger" in shown
    assert "anyone I work with" not in shown


def test_what_was_said_about_them_is_taken_over(client: Client, caseload: None) -> None:
    key = arrive()
    RequestRecord.objects.filter(key=key).update(role="cps-worker", mandated=True, group=True)
    shown = page(client, key)
    assert "Nothing sent online counts as contact" in shown
    assert "It doesn't help your case, and it doesn't hurt it." in shown
    assert "To the whole group, naming nobody" in shown


@pytest.mark.parametrize(("years", "chosen"), [(15, "teen"), (9, "child"), (40, "adult")])
def test_the_caseload_knows_how_old_they_are(client: Client, years: int, chosen: str) -> None:
    import_caseload(read_caseload(YOUNG % (timezone.localdate().year - years)))
    shown = page(client, arrive())
    assert re.search(rf'<option value="{chosen}" selected>', shown)
    assert ("To the parent or guardian" in shown) is (chosen != "adult")


def test_circumstances_change_the_words_and_nothing_is_kept_of_them(client: Client, caseload: None) -> None:
    key = arrive()
    entries = Entry.objects.count()
    shown = press(client, key, "show", relationship="client-family", language="en")
    assert "I can't say whether anyone is served here" in shown
    assert "No puedo decir" not in shown
    assert 'lang="es">Gracias' not in shown
    hurt = press(client, key, "show", hurt="on", language="es")
    assert '<h2 id="hurt">They are hurt</h2>' in hurt
    assert hurt.index("They are hurt</h2>") < hurt.index("Before you go in")
    assert "In one breath" in hurt
    assert "I saw a friend request" not in hurt
    assert (row(key).relationship, row(key).mandated) == ("", False)
    assert Entry.objects.count() == entries


def test_the_words_follow_what_was_done(client: Client, caseload: None) -> None:
    key = arrive()
    today = timezone.localdate()
    verdict = engine().decide(queries.as_asked(row(key)), today)
    assert "So I didn't accept it" in page(client, key)
    actions.answer(key, Answered.ACCEPTED, verdict, today)
    shown = page(client, key)
    assert "That was my slip, and I've taken it back." in shown
    assert "So I didn't accept it" not in shown
    friend = arrive(profile=Profile(display_name="Dorothea Brinkerhoff"))
    actions.answer(friend, Answered.DECLINED, verdict, today)
    # The policy would allow it, and they have said no.
    assert "We can be connected there" not in press(client, friend, "show", relationship="none")
    sent = arrive(direction=Direction.OUTGOING)
    assert "Something from my account on Facebook may have reached you." in page(client, sent)


def test_the_note_is_a_draft_until_somebody_changes_it(client: Client, caseload: None) -> None:
    key = arrive()
    first = page(client, key)
    assert in_the_box(first) == drafted(first)
    assert "the client" in in_the_box(first)
    offered = {"chart_note": in_the_box(first), "drafted": drafted(first)}
    # Nobody changed it, so it follows the circumstances.
    assert "remind the group" in in_the_box(press(client, key, "show", group="on", **offered))
    mine = {"chart_note": "My own\nwords <b>", "drafted": drafted(first)}
    assert in_the_box(press(client, key, "show", group="on", **mine)).replace("\r\n", "\n") == mine["chart_note"]
    assert row(key).chart_note == ""
    kept = press(client, key, "keep-note", **mine)
    assert "Your note is kept" in kept
    assert row(key).chart_note == mine["chart_note"]
    assert in_the_box(page(client, key)) == mine["chart_note"]
    assert "No note is kept" in press(client, key, "keep-note", chart_note=" ")
    assert row(key).chart_note == ""


def test_a_time_long_past_asks_whether_the_year_is_right_and_stays_typed(client: Client, caseload: None) -> None:
    key = arrive()
    past = timezone.localdate() - timedelta(days=61)
    shown = press(client, key, "plan", meet_at=f"{past}T10:00")
    assert "Is the year right?" in shown
    assert f'value="{past}T10:00"' in shown
    assert row(key).meet_at is None
    # A time that was noted once stands in no other button's way.
    actions.plan_meeting(key, timezone.now() - timedelta(days=90))
    kept = timezone.localtime(row(key).meet_at).replace(second=0, microsecond=0)
    actions.plan_meeting(key, kept)
    assert "Is the year right?" not in press(client, key, "plan", meet_at=f"{kept:%Y-%m-%dT%H:%M}")
    recent = timezone.localdate() - timedelta(days=59)
    assert "The time is noted." in press(client, key, "plan", meet_at=f"{recent}T10:00")


@pytest.mark.parametrize(
    ("do", "place"),
    [
        ("show", "say"),
        ("plan", "time"),
        ("reminder", "time"),
        ("keep-note", "chart"),
        ("addressed", "after"),
        ("told", "after"),
    ],
)
def test_each_button_leads_back_to_its_place(client: Client, caseload: None, do: str, place: str) -> None:
    key = arrive()
    shown = page(client, key)
    assert f'value="{do}" formaction="/inbox/{key}/meeting/#{place}"' in shown
    assert f'id="{place}"' in shown
    said = press(client, key, do, chart_note="Spoke about it.")
    if do != "show":
        assert said.index(f'<h2 id="{place}"') < said.index('class="notice" role="status"', said.index("<h1"))


NAMED = "This note has a name in it."


@pytest.mark.parametrize(
    "note", ["Marcus was hurt.", "Bellweather called.", "Spoke with Ileana Quintanar.", "@marcus.b"]
)
def test_a_name_in_a_note_is_said_and_stops_nothing(client: Client, caseload: None, note: str) -> None:
    key = arrive(profile=Profile(display_name="Marcus Bellweather", handle="marcus.b"))
    assert NAMED not in page(client, key)
    assert NAMED in press(client, key, "show", chart_note=note)
    while_typing = client.post(f"/inbox/{key}/meeting/", {"chart_note": note}, headers={"HX-Request": "true"})
    assert while_typing.text.count(NAMED) == 1
    assert row(key).chart_note == ""
    kept = press(client, key, "keep-note", chart_note=note)
    assert NAMED in kept
    assert "Your note is kept" in kept
    assert row(key).chart_note == note
    assert NAMED in page(client, key)


def test_who_asked_is_a_name_though_nobody_knows_them(client: Client, caseload: None) -> None:
    key = arrive(profile=Profile(display_name="Dorothea Brinkerhoff"))
    assert NAMED in press(client, key, "show", chart_note="Dorothea was hurt.")
    for note in ("The client was hurt.", "D. B. was hurt.", "Will call in May."):
        assert NAMED not in press(client, key, "show", chart_note=note), note


def test_a_kept_note_is_folded_and_older_than_an_answer_that_changed(client: Client, caseload: None) -> None:
    key = arrive()
    assert "A draft, not kept yet" in page(client, key)
    press(client, key, "keep-note", chart_note="Spoke about it.")
    shown = page(client, key)
    today = timezone.localdate()
    fold = rf"<details>\s*<summary>The note that you kept on {today:%b} {today.day}, {today.year}<"
    assert re.search(fold, shown)
    assert "kept before the answer was changed" not in shown
    client.post(f"/inbox/{key}/answer/", {"answer": "declined"})
    changed = page(client, key)
    assert "kept before the answer was changed" in changed
    assert in_the_box(changed) == "Spoke about it."
    assert "A new draft, for what is noted now" in changed
    assert "kept before the answer was changed" not in press(client, key, "keep-note", chart_note="Spoke about it.")


def test_days_are_noted_and_taken_back(client: Client, caseload: None) -> None:
    key = arrive()
    today = timezone.localdate()
    before = Entry.objects.count()
    day = (today - timedelta(days=1)).isoformat()
    assert "Noted that you talked about it." in press(client, key, "addressed", addressed_on=day)
    assert row(key).addressed_on == date.fromisoformat(day)
    assert "I have talked about it" in page(client, key)
    assert "We talked about Facebook last time." in page(client, key)
    assert f"{day}: " in drafted(page(client, key))
    assert "Noted that your supervisor knows." in press(client, key, "told", supervisor_told_on=today.isoformat())
    assert row(key).supervisor_told_on == today
    assert Entry.objects.count() == before + 2
    press(client, key, "addressed", addressed_on="")
    assert row(key).addressed_on is None


@pytest.mark.parametrize("name", ["addressed_on", "supervisor_told_on"])
def test_a_day_to_come_is_no_day_that_was(client: Client, caseload: None, name: str) -> None:
    key = arrive()
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    shown = press(client, key, "addressed" if name == "addressed_on" else "told", hurt="on", **{name: tomorrow})
    assert "This day is still to come." in shown
    assert "Nothing was noted yet" in shown
    assert getattr(row(key), name) is None
    # And what was ticked is still ticked.
    assert "They are hurt</h2>" in shown


def test_the_reminder_names_nobody(client: Client, caseload: None) -> None:
    key = arrive()
    typed = {"do": "reminder", "relationship": "current-client", "meet_at": "2027-03-02T14:30", "alarm": "60"}
    response = client.post(f"/inbox/{key}/meeting/", typed)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="reminder.ics"'
    [event] = Calendar.from_ical(response.content).walk("VEVENT")
    at = row(key).meet_at
    assert at is not None
    assert event["DTSTART"].dt == at
    assert timezone.localtime(at).strftime("%Y-%m-%dT%H:%M") == "2027-03-02T14:30"
    text = response.content.decode()
    for word in (*OF_THE_REQUEST, key, "Facebook", "client", "friend"):
        assert word.lower() not in text.lower(), word
    # Another time takes the place of the first one.
    again = client.post(f"/inbox/{key}/meeting/", {**typed, "meet_at": "2027-03-03T09:00"})
    assert Calendar.from_ical(again.content).walk("VEVENT")[0]["UID"] == event["UID"]
    assert 'value="2027-03-03T09:00"' in page(client, key)


def test_a_reminder_needs_a_time(client: Client, caseload: None) -> None:
    key = arrive()
    assert "Choose a day and a time first." in press(client, key, "reminder")
    assert "Write a day and a time such as" in press(client, key, "reminder", meet_at="soon")
    assert row(key).meet_at is None
    assert "The time is noted." in press(client, key, "plan", meet_at="2027-03-02T14:30")
    assert "No time is noted any more." in press(client, key, "plan")


@pytest.mark.parametrize("relationship", list(Relationship))
def test_nobody_is_named_on_page_or_paper(client: Client, caseload: None, relationship: Relationship) -> None:
    key = arrive()
    typed = {"relationship": relationship.value, "hurt": "on", "group": "on", "age": "teen"}
    for shown in (page(client, key), press(client, key, "show", **typed), press(client, key, "print", **typed)):
        assert "{" not in shown.partition("<main")[2]
        for word in OF_THE_REQUEST:
            assert word not in shown, word


def test_paper_has_the_sheet_and_leads_back(client: Client, caseload: None) -> None:
    key = arrive()
    mine = {"chart_note": "My own words.", "drafted": "x", "mandated": "on", "language": "en"}
    paper = press(client, key, "print", **mine)
    assert paper.count("<h2>") == 7
    assert "My own words" not in re.sub(r"<input[^>]*>", "", paper)
    assert 'lang="es">' not in paper.partition("<main")[2].partition("</main>")[0]
    note = press(client, key, "print-note", **mine)
    assert '<p class="note-text" dir="auto">My own words.</p>' in note
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', note))
    assert (hidden["chart_note"], hidden["mandated"], hidden["language"]) == ("My own words.", "True", "en")
    back = press(client, key, "show", **{name: hidden[name] for name in mine if name in hidden})
    assert in_the_box(back) == "My own words."
    assert "no effect on your report" in back


def test_what_was_left_open_on_paper_stays_open(client: Client, caseload: None) -> None:
    # An unticked box comes back as "False", which is no tick.
    key = arrive()
    paper = press(client, key, "print")
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', paper))
    hidden.pop("csrfmiddlewaretoken", None)
    assert "no effect on your report" not in press(client, key, "show", **hidden)


def test_a_page_for_nobody(client: Client) -> None:
    assert client.get(f"/inbox/{'0' * 32}/meeting/").status_code == 404


def test_headings_fields_and_ids_are_in_order(client: Client, caseload: None) -> None:
    import_caseload(read_caseload(YOUNG % (timezone.localdate().year - 15)))
    for shown in (
        page(client, arrive()),
        press(client, arrive(direction=Direction.OUTGOING), "show", hurt="on", group="on", age="teen"),
    ):
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", shown)]
        assert levels[0] == 1
        assert all(below - above <= 1 for above, below in pairwise(levels))
        ids = re.findall(r'\bid="([^"]+)"', shown)
        assert len(ids) == len(set(ids))
        fields = re.findall(r'<(?:input|select|textarea)\b(?![^>]*type="hidden")[^>]*\bid="([^"]+)"', shown)
        assert len(fields) > 15
        for field in fields:
            assert f'for="{field}"' in shown, field
        assert shown.count("<fieldset>") == shown.count("<legend>") == 1


def test_words_for_the_chart_come_back_when_the_store_has_locked_itself(client: Client) -> None:
    [key] = actions.take_in(
        [Arrival(Network.FACEBOOK, Profile("Petra Vandermolen"), timezone.localdate(), Source.EXPORT)],
        timezone.localdate(),
    ).keys
    vault.lock()
    response = client.post(f"/inbox/{key}/meeting/", {"do": "keep-note", "chart_note": "Spoke briefly.\nAll is well."})
    assert response.status_code == 503
    page = response.content.decode()
    assert "Demur locked itself" in page
    assert "Spoke briefly.\nAll is well." in page


@pytest.mark.parametrize("at", ["9999-12-31T23:59", "0001-01-01T00:00", "2099-01-01T10:00"])
@pytest.mark.parametrize("do", ["plan", "reminder"])
def test_a_time_that_no_calendar_holds_is_asked_for_again(client: Client, at: str, do: str) -> None:
    key = arrive()
    response = client.post(f"/inbox/{key}/meeting/", {"do": do, "meet_at": at, "alarm": "10"})
    assert response.status_code == 200
    assert "Choose a day in the next few years." in response.content.decode()
    assert row(key).meet_at is None
