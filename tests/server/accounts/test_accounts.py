"""The register: kept, filled from exports, and its ties and plan on a page."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from demur.core.accounts import Network, Purpose
from demur.core.owned import OwnedAccount, TieBy
from demur.exposure.plan import questions
from demur.server.accounts import actions, queries
from demur.server.accounts.models import AccountRecord
from demur.server.ledger.models import Entry
from tests.audit.files import x_archive
from tests.photos.drawing import as_file, face

PRIVATE = {"network": "instagram", "handle": "@sam.runs", "purpose": "personal", "phones": "505-555-0142"}
WORK = {"network": "facebook", "handle": "Sam Quill Counseling", "purpose": "professional", "phones": "+1 505 555 0142"}


def test_two_accounts_with_one_phone_are_tied_on_the_page(client: Client) -> None:
    for one in (PRIVATE, WORK):
        assert client.post("/accounts/new/", one).status_code == 303
    page = client.get("/accounts/").text
    assert "sam.runs" in page
    assert "<svg" in page
    owned = [record.to_owned() for record in queries.accounts()]
    assert TieBy.PHONE in {tie.by for tie in queries.ties(owned)}


def test_an_entry_is_whole_after_it_was_kept() -> None:
    owned = OwnedAccount(Network.X, "sam", Purpose.PERSONAL, bio="runs", emails=("sam@example.org",))
    whole = actions.with_photo(owned, as_file(face()), False)
    assert whole.photos[0].faces == 1
    assert actions.keep(whole).to_owned() == whole
    assert AccountRecord.objects.get().to_owned() == whole


def test_a_form_changes_what_it_shows_and_keeps_the_rest(client: Client) -> None:
    record = actions.keep(actions.with_photo(OwnedAccount(Network.X, "sam", Purpose.PERSONAL), as_file(face()), False))
    client.post(f"/accounts/{record.pk}/", {**PRIVATE, "network": "x", "town": "Riverton"})
    changed = AccountRecord.objects.get().to_owned()
    assert (changed.handle, changed.town) == ("@sam.runs", "Riverton")
    assert changed.photos == record.to_owned().photos


def test_an_export_fills_it_and_another_network_s_does_not(client: Client, tmp_path: Path) -> None:
    path = x_archive(tmp_path / "x.zip", 12, 0)
    record = actions.keep(OwnedAccount(Network.X, "sam_q", Purpose.PERSONAL))
    assert client.post(f"/accounts/{record.pk}/fill/", {"path": str(path)}).status_code == 303
    assert AccountRecord.objects.get().posts
    other = actions.keep(OwnedAccount(Network.TIKTOK, "sam", Purpose.PERSONAL))
    page = client.post(f"/accounts/{other.pk}/fill/", {"path": str(path)})
    assert "Nothing of an account on that network" in page.text
    for nowhere in ("", "/nowhere.zip", "\0", "~nobody-there/x"):
        page = client.post(f"/accounts/{other.pk}/fill/", {"path": nowhere})
        assert "There is no" in page.text


def test_a_photo_that_is_none_is_said_and_nothing_is_lost(client: Client) -> None:
    photo = SimpleUploadedFile("me.jpg", b"no photo at all")
    page = client.post("/accounts/new/", {**PRIVATE, "photo": photo})
    assert "no photo of a kind" in page.text
    assert "@sam.runs" in page.text
    assert not AccountRecord.objects.exists()


def test_a_draft_is_told_the_handle_of_the_other_account(client: Client, caseload: None) -> None:
    client.post("/accounts/new/", {**WORK, "network": "instagram", "handle": "@quill.counseling"})
    text = "Happy news: I'm accepting new clients from September."
    page = client.post("/check/", {"text": text, "network": "instagram", "account": "personal"})
    assert "@quill.counseling" in page.text


def test_a_plan_comes_from_the_answers_and_needs_all_of_them(client: Client) -> None:
    answers = {question.id: question.answers[0].id for question in questions()}
    some = dict(list(answers.items())[:-1])
    assert "Answer each of them" in client.post("/accounts/plan/", some).text
    assert queries.plan_answers() == {}
    page = client.post("/accounts/plan/", answers).text
    assert "For you:" in page
    assert "minutes a month" in page
    assert queries.plan_answers() == answers
    assert "See it whole" in client.get("/accounts/").text


def test_removing_one_and_a_log_that_names_none(client: Client) -> None:
    client.post("/accounts/new/", PRIVATE)
    number = AccountRecord.objects.get().pk
    assert client.post(f"/accounts/{number}/remove/").status_code == 303
    assert not AccountRecord.objects.exists()
    said = [(entry.verb, entry.details) for entry in Entry.objects.filter(verb__startswith="account")]
    assert said == [
        (verb, {"network": "instagram", "purpose": "personal"}) for verb in ("account-kept", "account-removed")
    ]
    for address in (f"/accounts/{number}/", "/accounts/999999/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("handle", ["", "   "])
def test_an_account_without_a_handle_is_none(client: Client, handle: str) -> None:
    assert "errorlist" in client.post("/accounts/new/", {**PRIVATE, "handle": handle}).text
