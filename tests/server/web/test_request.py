"""May I accept this?"""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from demur.server.asking.brakes import QUESTIONS_AN_HOUR
from demur.server.ledger.models import Entry


def said(client: Client, **fields: str) -> str:
    return str(client.post("/request/", fields).content.decode())


@pytest.mark.usefixtures("caseload")
class TestWithTwoPeople:
    def test_a_client_is_declined_with_evidence_steps_and_words(self, client: Client) -> None:
        page = said(
            client, display_name="Marcus Bellweather", handle="marcus.bellweather", city="Riverton", network="facebook"
        )
        assert "<span>Decline</span>" in page
        assert "This is likely" in page
        assert '<rect class="for"' in page
        assert "What to press" in page
        assert "Words to say" in page
        assert 'data-copy="words-to-say-1"' in page
        assert '<section class="reason" lang="es">' in page

    def test_the_answer_is_noted_without_who_asked(self, client: Client) -> None:
        said(client, display_name="Marcus Bellweather", message="remember me?")
        row = json.dumps(Entry.objects.values().last(), default=str).lower()
        assert "request-decided" in row
        for word in ("bellweather", "marcus", "remember", "c-1"):
            assert word not in row

    def test_what_was_typed_stays_in_the_form_and_nowhere_else(self, client: Client) -> None:
        page = said(client, display_name="Somebody Unknown", bio="coffee <b>person</b>")
        assert 'value="Somebody Unknown"' in page
        assert "<b>person" not in page

    def test_the_question_is_settled_by_its_buttons(self, client: Client) -> None:
        fields = {"display_name": "Ileana Q.", "relationship": "none"}
        page = said(client, **fields)
        assert "One question first" in page
        assert 'name="served" value="yes"' in page
        yes, no = said(client, **fields, served="yes"), said(client, **fields, served="no")
        assert "One question first" not in yes
        assert "One question first" not in no
        assert "<span>Decline</span>" in yes
        assert "<span>Yours to decide</span>" in no
        assert "Ask me again" in yes

    def test_an_answer_about_one_person_is_not_taken_for_another(self, client: Client) -> None:
        about = {"served": "no", "asked_about": "Ileana Q.\r\n", "relationship": "none"}
        assert "You answered no." in said(client, display_name="Ileana Q.", **about)
        other = said(client, display_name="Ileana Quin.", **about)
        assert "You answered" not in other


def test_the_next_step_stands_under_the_question(client: Client) -> None:
    page = said(client, asked="search/outgoing", display_name="Some Person")
    assert "One question first" in page
    assert "Leave it unanswered" not in page
    assert page.index('class="question"') < page.index("look nobody up")
    assert "May I do this?" in page


def test_an_empty_form_gets_an_answer(client: Client) -> None:
    assert 'id="outcome"' in said(client)


def test_a_colleague_is_yours_to_decide(client: Client) -> None:
    page = said(client, relationship="colleague", display_name="Dana Example")
    assert "<span>Yours to decide</span>" in page


@pytest.mark.parametrize("asked", ["search/outgoing", "contact-upload/outgoing", "message/incoming", "tag/incoming"])
def test_every_kind_gets_an_answer(client: Client, asked: str) -> None:
    assert 'id="outcome"' in said(client, asked=asked)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("mutual_connections", "many", "Write a number, such as 3."),
        ("mutual_connections", "-1", "Write 0 or more."),
        ("display_name", "x" * 301, "longer than 300 characters"),
        ("message", "a\0b", "(NUL)"),
        ("asked", "friend/sideways", "Choose one from the list."),
        ("relationship", "king", "Choose one from the list."),
    ],
)
def test_what_cannot_be_read_is_said_at_its_line(client: Client, field: str, value: str, says: str) -> None:
    page = said(client, **{field: value})
    assert says in page
    assert 'id="outcome"' not in page


def test_a_break_never_keeps_back_whom_to_call(client: Client) -> None:
    for number in range(QUESTIONS_AN_HOUR):
        client.post("/request/", {"asked": "friend/incoming", "display_name": f"Person Number{number} Example{number}"})
    calm = client.post("/request/", {"asked": "friend/incoming", "display_name": "Somebody Else", "message": "hi!"})
    grave = client.post(
        "/request/", {"asked": "message/incoming", "display_name": "Another One", "message": "me quiero morir"}
    )
    assert (calm.status_code, grave.status_code) == (429, 429)
    assert "This message comes first." not in calm.text
    assert grave.text.index("This message comes first.") < grave.text.index("takes a break")
    assert "tel:988" in grave.text


ASKS_WHO = "says that you know each other from work. Who is this?"


@pytest.mark.parametrize(
    "message", ["omg you were my counselor at harbor house!!", "hola, soy Maribel del grupo de los jueves"]
)
def test_a_claim_to_know_each_other_is_a_question_with_nothing_chosen(client: Client, message: str) -> None:
    typed = {"asked": "message/incoming", "display_name": "Odalys Fernhollow"}
    plain, page = said(client, **typed), said(client, **typed, message=message)
    assert ASKS_WHO not in plain
    assert ASKS_WHO in page
    # Only a question: outcome and next step are those of a message that claims nothing.
    outcome = re.compile(r'<h2 class="outcome".*?</h2>', re.DOTALL)
    assert outcome.findall(page) == outcome.findall(plain)
    [select] = re.findall(r'<select name="relationship".*?</select>', page, re.DOTALL)
    assert re.findall(r'value="([^"]*)" selected', select) == [""]
    assert 'form="asked"' in select
    # To leave it is to say nothing, and to answer it ends the asking.
    assert ASKS_WHO in said(client, **typed, message=message, relationship="")
    answered = said(client, **typed, message=message, relationship="colleague")
    assert ASKS_WHO not in answered
    assert '<option value="colleague" selected>' in answered


def test_who_it_is_can_be_said_on_the_page_of_a_kept_request(client: Client) -> None:
    typed = {
        "asked": "message/incoming",
        "display_name": "Odalys Fernhollow",
        "message": "my mom sees you on thursdays",
    }
    one = client.post("/inbox/keep/", typed)["Location"]
    page = client.get(one).text
    assert (page.count(ASKS_WHO), page.count('name="relationship"')) == (1, 1)
    client.post(one, {"relationship": "client-family"})
    assert ASKS_WHO not in client.get(one).text
