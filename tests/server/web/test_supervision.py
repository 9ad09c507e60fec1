"""For supervision: kept because somebody pressed that, or printed and forgotten; and words are never lost."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from demur.server.casework import actions, queries
from demur.server.casework.models import NoteRecord
from demur.server.database import vault
from demur.server.ledger.models import Entry
from tests.server.conftest import Store

WORDS = 'Marisol cried 🎉\n <b>"nothing"</b> left & done'
HELD = "Marcus Bellweather made me so tired today."


def said(client: Client, path: str, **fields: str) -> str:
    return str(client.post(path, fields).content.decode())


def in_the_box(page: str) -> str:
    found = re.search(r'<textarea name="note"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


def test_a_draft_comes_along_and_nothing_is_kept_yet(client: Client, caseload: None) -> None:
    assert 'formaction="/supervision/new/"' in said(client, "/check/", text=HELD)
    before = Entry.objects.count()
    page = said(client, "/supervision/new/", text=HELD, audience="friends")
    assert in_the_box(page) == HELD
    assert "Keep it here, encrypted" in page
    assert "Print it" in page
    assert queries.notes() == []
    assert Entry.objects.count() == before


def test_a_note_is_kept_when_somebody_says_so(client: Client) -> None:
    response = client.post("/supervision/new/", {"note": WORDS, "do": "keep"})
    assert (response.status_code, response["Location"]) == (303, "/supervision/?done=note-kept")
    page = client.get("/supervision/?done=note-kept").content.decode()
    assert "Your note is kept" in page
    assert "Marisol cried 🎉 &lt;b&gt;" in page
    [row] = queries.notes()
    assert row.text == WORDS
    kept = client.get(f"/supervision/{row.key}/").content.decode()
    assert in_the_box(kept) == WORDS
    assert "Marisol" not in kept.partition("</title>")[0]


def test_a_note_is_changed_and_deleted(client: Client) -> None:
    row = actions.keep_note(WORDS)
    response = client.post(f"/supervision/{row.key}/", {"note": "Shorter.", "do": "keep"})
    assert response["Location"] == "/supervision/?done=note-changed"
    assert [note.text for note in queries.notes()] == ["Shorter."]
    response = client.post(f"/supervision/{row.key}/remove/")
    assert response["Location"] == "/supervision/?done=note-removed"
    assert queries.notes() == []
    assert client.post(f"/supervision/{row.key}/remove/")["Location"] == "/supervision/?done=note-gone"


def test_changes_to_a_note_that_was_deleted_meanwhile_are_not_lost(client: Client) -> None:
    row = actions.keep_note("First.")
    actions.remove_note(row.key)
    response = client.post(f"/supervision/{row.key}/", {"note": "Second.", "do": "keep"})
    assert response["Location"] == "/supervision/?done=note-kept"
    assert [note.text for note in queries.notes()] == ["Second."]


@pytest.mark.parametrize("do", ["print", "file", "change"])
def test_taking_it_along_keeps_nothing(client: Client, do: str) -> None:
    before = Entry.objects.count()
    response = client.post("/supervision/new/", {"note": WORDS, "do": do})
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert "Marisol cried" in response.content.decode()
    assert not NoteRecord.objects.exists()
    assert Entry.objects.count() == before


def test_the_file_is_the_note_and_its_name_says_nothing(client: Client) -> None:
    response = client.post("/supervision/new/", {"note": WORDS, "do": "file"})
    assert response.content.decode() == WORDS
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="note-for-supervision.txt"'


def test_from_paper_back_to_the_note_without_losing_a_letter(client: Client) -> None:
    printed = said(client, "/supervision/new/", note="\n" + WORDS, do="print")
    assert in_the_box(printed) == "\n" + WORDS
    assert in_the_box(said(client, "/supervision/new/", note=in_the_box(printed), do="change")).strip() == WORDS


@pytest.mark.parametrize("do", ["keep", "print", "file"])
def test_an_empty_note_is_said_kindly(client: Client, do: str) -> None:
    assert "There is nothing in the note yet." in said(client, "/supervision/new/", note="  ", do=do)
    assert queries.notes() == []


def test_the_list_shows_first_words_only_and_teaches_where_it_is_empty(client: Client) -> None:
    assert "Nothing is kept here" in client.get("/supervision/").content.decode()
    actions.keep_note("word " * 200)
    page = client.get("/supervision/").content.decode()
    assert "word…" in page
    assert page.count("word") < 200


def test_who_wrote_until_the_store_locked_itself_gets_the_words_back(client: Client) -> None:
    row = actions.keep_note("Kept before.")
    vault.lock()
    for path in ("/supervision/new/", f"/supervision/{row.key}/"):
        response = client.post(path, {"note": WORDS, "do": "keep"})
        page = response.content.decode()
        assert response.status_code == 503
        assert "Demur locked itself" in page
        assert in_the_box(page) == WORDS
        assert "Kept before" not in page
        # Paper needs no store.
        assert "Marisol cried" in said(client, path, note=WORDS, do="print")


def test_a_locked_store_shows_no_note(client: Client, store: Store) -> None:
    row = actions.keep_note(WORDS)
    vault.lock()
    for path in ("/supervision/", f"/supervision/{row.key}/"):
        response = client.get(path)
        assert response.status_code == 303
        assert response["Location"].startswith("/unlock?next=%2Fsupervision%2F")
    response = client.post(f"/supervision/{row.key}/remove/")
    assert response.status_code == 303
    assert response["Location"].startswith("/unlock")
    vault.unlock(store.key)
    assert [note.text for note in queries.notes()] == [WORDS]


def test_a_draft_in_despair_gets_a_person_first(client: Client) -> None:
    page = said(client, "/check/", text="I can't go on, I want to end my life.")
    assert page.index('href="tel:988"') < page.index("Nothing here breaks a rule")
    assert "Clear to post" not in page
    assert "Bring it to supervision" not in page
