"""May I post this? Live, and without scripts."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from demur.server.ledger.models import Entry

DRAFT = "Ran into Marcus Bellweather last Tuesday 🎉 at the store."
HTMX = {"hx-request": "true"}


def said(client: Client, **fields: str) -> str:
    return str(client.post("/check/", fields).content.decode())


def live(client: Client, **fields: str) -> str:
    return str(client.post("/check/live/", fields, headers=HTMX).content.decode())


def bring_in_linda(client: Client) -> None:
    """A second person with a first name that many people have."""
    client.post(
        "/caseload/import/", {"file": SimpleUploadedFile("list.csv", b"given_name,family_name\nLinda,Ochterlony\n")}
    )


def checks() -> int:
    return Entry.objects.filter(verb="draft-checked").count()


def test_where_somebody_works_decides_how_many_people_a_few_facts_fit(client: Client) -> None:
    text = "Read about a 17-year-old boy with autism who plays chess."
    assert "One question first" in said(client, text=text, work_area="Marfa, TX")
    assert "One question first" not in said(client, text=text, work_area="TX")
    assert 'value="Marfa, TX"' in str(client.post("/check/", {"text": text, "work_area": "Marfa, TX"}).content.decode())


@pytest.mark.usefixtures("caseload")
class TestWithTwoPeople:
    def test_a_name_is_marked_with_its_reason(self, client: Client) -> None:
        page = said(client, text=DRAFT)
        assert "Don&#x27;t post this" in page or "Don't post this" in page
        mark = re.search(
            r'<mark class="decline" id="words-(\d+)"><a href="#mark-\1">Marcus Bellweather</a></mark>', page
        )
        assert mark is not None
        assert f'<li id="mark-{mark[1]}"' in page

    def test_places_count_utf16_units(self, client: Client) -> None:
        answer = live(client, text="🎉🎉 Marcus Bellweather")
        assert 'data-start="5"' in answer
        assert 'data-end="23"' in answer

    def test_windows_line_ends_count_once_as_in_the_browser(self, client: Client) -> None:
        assert 'data-start="2"' in live(client, text="a\r\nMarcus Bellweather")

    def test_live_answers_are_fragments_and_leave_no_trace(self, client: Client) -> None:
        answer = live(client, text=DRAFT)
        assert "<html" not in answer
        assert 'data-said="' in answer
        assert checks() == 0

    def test_check_is_noted_without_the_draft(self, client: Client) -> None:
        said(client, text=DRAFT)
        assert checks() == 1
        row = json.dumps(Entry.objects.values().last(), default=str).lower()
        assert "bellweather" not in row
        assert "tuesday" not in row

    def test_check_with_scripts_is_noted_too(self, client: Client) -> None:
        answer = client.post("/check/", {"text": DRAFT}, headers=HTMX).content.decode()
        assert "<html" not in answer
        assert checks() == 1

    def test_the_draft_comes_back_in_its_box(self, client: Client) -> None:
        page = said(client, text=DRAFT, audience="friends", role="therapist")
        assert DRAFT in page
        assert '<option value="friends" selected>' in page
        assert '<option value="therapist" selected>' in page

    def test_a_suggestion_replaces_its_words_without_scripts(self, client: Client) -> None:
        page = said(client, text=DRAFT)
        button = re.search(r'name="use" value="(\d+\.1)"[^>]*data-words="recently"', page)
        assert button is not None
        rewritten = said(client, text=DRAFT, use=button[1])
        assert "Marcus Bellweather recently 🎉 at" in rewritten

    @pytest.mark.parametrize("use", ["99.1", "1.99", "x", "0.0", "-1.1", "safer", "1", "nothing"])
    def test_an_unknown_suggestion_changes_nothing(self, client: Client, use: str) -> None:
        assert "Bellweather last Tuesday 🎉" in said(client, text="Met Marcus Bellweather last Tuesday 🎉", use=use)

    def test_the_question_is_settled_for_this_draft_by_either_answer(self, client: Client) -> None:
        # A first name that many people have may be a client or anybody else.
        text = "Coffee with Marcus"
        page = said(client, text=text)
        assert "One question first" in page
        assert 'name="about_client" value="yes"' in page
        yes = said(client, text=text, about_client="yes")
        no = said(client, text=text, about_client="no")
        assert "One question first" not in yes
        assert "One question first" not in no
        assert "Clear to post" in no
        assert "Clear to post" not in yes
        assert "Ask me again" in no
        assert '<input type="hidden" name="about_client" value="no" form="draft">' in no
        assert "One question first" in said(client, text=text, about_client="")

    def test_an_answer_counts_only_while_it_is_about_the_same_words(self, client: Client) -> None:
        bring_in_linda(client)
        asked = re.search(r'name="asked_about" value="([^"]*)"', live(client, text="Coffee with Marcus"))
        assert asked is not None
        assert asked[1] == "marcus"
        answered = {"about_client": "no", "asked_about": asked[1]}
        kept = live(client, text="Coffee with Marcus again", **answered)
        assert "Clear to post" in kept
        assert 'name="asked_about" value="marcus"' in kept
        another = live(client, text="Coffee with Linda", **answered)
        assert "One question first" in another
        assert "it asks again" in another
        assert 'name="asked_about" value="linda"' in another
        both = live(client, text="Coffee with Marcus and Linda", **answered)
        assert "One question first" in both
        gone = live(client, text="Coffee", **answered)
        assert "You said that this is" not in gone
        assert "One question first" in live(client, text="Coffee with Linda", about_client="yes", asked_about="marcus")

    def test_fewer_of_the_words_asked_about_are_still_answered_for(self, client: Client) -> None:
        bring_in_linda(client)
        answered = {"about_client": "no", "asked_about": "marcus\r\nlinda"}
        assert "Clear to post" in live(client, text="Coffee with Linda", **answered)


def test_a_clear_draft_promises_nothing(client: Client) -> None:
    page = said(client, text="The sourdough came out well.")
    assert "Clear to post" in page
    assert "safe to post" not in page.lower()
    assert "<mark" not in page


@pytest.mark.parametrize("text", ["", "   \n "])
def test_an_empty_draft_gets_a_sentence_and_no_log_line(client: Client, text: str) -> None:
    assert "Type or paste your draft first." in said(client, text=text)
    assert "the answer appears here" in live(client, text=text)
    assert checks() == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x" * 100_001, "longer than 100,000 characters"),
        ("NUL \0 here", "(NUL)"),
    ],
)
def test_what_cannot_be_judged_is_said(client: Client, text: str, says: str) -> None:
    assert says in said(client, text=text)
    assert says in live(client, text=text)


@pytest.mark.parametrize(
    "text",
    [
        "word " * 20_000,
        "👩‍👩‍👧‍👦" * 9_000,
        "مرحبا بالعالم 🎉 שלום",
        "\u202eabc\u200b\u200d",
        "<script>alert(1)</script> & <b>",
        "\ufffd",
    ],
    ids=["100,000", "emoji", "right to left", "invisible", "markup", "replacement"],
)
def test_whatever_somebody_types_gets_an_answer(client: Client, text: str) -> None:
    for response in (client.post("/check/", {"text": text}), client.post("/check/live/", {"text": text})):
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


def test_half_of_a_surrogate_pair_gets_an_answer(client: Client) -> None:
    response = client.post("/check/", b"text=half%ED%A0%BD%20Lunch", content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200


@pytest.mark.parametrize("field", ["network", "audience", "account", "role", "about_client"])
def test_a_choice_that_is_not_in_the_list_is_said(client: Client, field: str) -> None:
    assert "Choose one from the list." in said(client, text="Lunch", **{field: "nonsense"})


def test_a_draft_is_never_taken_from_an_address(client: Client) -> None:
    page = client.get("/check/?text=Lunch+with+somebody").content.decode()
    assert "Lunch with somebody" not in page
