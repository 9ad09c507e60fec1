"""The register: kept, filled from exports, and its ties and plan on a page."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from demur.core.accounts import Network, Purpose
from demur.core.owned import OwnedAccount, Switch, TieBy
from demur.core.settings import StepAnswer
from demur.exposure.plan import questions
from demur.server.accounts import actions, queries
from demur.server.accounts.models import AccountRecord
from demur.server.accounts.reading import OF_ANOTHER
from demur.server.checkups import actions as checkups
from demur.server.ledger.models import Entry
from tests.audit.files import x_archive
from tests.photos.drawing import as_file, face

PRIVATE = {"network": "instagram", "handle": "@sam.runs", "purpose": "personal", "phones": "505-555-0142"}
WORK = {"network": "facebook", "handle": "Sam Quill Counseling", "purpose": "professional", "phones": "+1 505 555 0142"}


def edition(client: Client, record: AccountRecord) -> str:
    found = re.search(r'name="edition" value="([0-9a-f]+)"', client.get(f"/accounts/{record.pk}/").text)
    assert found is not None
    return found[1]


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
    given = {**PRIVATE, "network": "x", "town": "Riverton", "edition": edition(client, record)}
    client.post(f"/accounts/{record.pk}/", given)
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


def test_what_another_window_changed_is_not_overwritten_unseen(client: Client) -> None:
    record = actions.keep(OwnedAccount(Network.X, "sam", Purpose.PERSONAL))
    seen = edition(client, record)
    actions.keep(OwnedAccount(Network.X, "sam", Purpose.PERSONAL, bio="from the export"), record)
    mine = {**PRIVATE, "network": "x", "town": "Riverton", "edition": seen}
    page = client.post(f"/accounts/{record.pk}/", mine)
    assert "changed meanwhile" in page.text
    assert 'value="Riverton"' in page.text
    assert AccountRecord.objects.get().bio == "from the export"
    again = {**mine, "edition": re.findall(r'name="edition" value="([0-9a-f]+)"', page.text)[0]}
    assert client.post(f"/accounts/{record.pk}/", again).status_code == 303
    assert AccountRecord.objects.get().town == "Riverton"


def test_what_another_window_removed_is_not_lost_from_this_one(client: Client) -> None:
    record = actions.keep(OwnedAccount(Network.X, "sam", Purpose.PERSONAL))
    number = record.pk
    actions.remove(record)
    page = client.post(f"/accounts/{number}/", {**PRIVATE, "town": "Riverton"})
    assert "taken out of the register meanwhile" in page.text
    assert 'value="Riverton"' in page.text
    assert 'action="/accounts/new/"' in page.text


def test_a_check_up_answers_what_nobody_had_looked_at(client: Client) -> None:
    client.post("/accounts/new/", {**PRIVATE, "network": "x"})
    client.post("/accounts/new/", WORK)
    asked = "takes the contacts from your phone"
    assert asked in client.get("/accounts/").text
    today = date(2026, 11, 23)
    checkups.begin(Network.X, Purpose.PERSONAL, today)
    checkups.answer(Network.X, Purpose.PERSONAL, "x-contacts", StepAnswer.DONE, today)
    assert asked not in client.get("/accounts/").text
    # With two such accounts nobody knows which of them was gone through.
    client.post("/accounts/new/", {**PRIVATE, "network": "x", "handle": "@sam.other"})
    assert asked in client.get("/accounts/").text


def test_the_export_of_another_account_is_refused(client: Client, tmp_path: Path) -> None:
    path = x_archive(tmp_path / "x.zip", 12, 0)
    record = actions.keep(OwnedAccount(Network.X, "quillwell", Purpose.PROFESSIONAL))
    page = client.post(f"/accounts/{record.pk}/fill/", {"path": f'"{path}"'})
    assert OF_ANOTHER in page.text
    assert not AccountRecord.objects.get().posts


def test_an_export_read_twice_is_one(client: Client, tmp_path: Path) -> None:
    path = x_archive(tmp_path / "x.zip", 12, 0)
    record = actions.keep(OwnedAccount(Network.X, "sam_q", Purpose.PERSONAL))
    client.post(f"/accounts/{record.pk}/fill/", {"path": str(path)})
    once = AccountRecord.objects.get().to_owned()
    assert "Its export is read" in client.get("/accounts/?done=account-filled").text
    client.post(f"/accounts/{record.pk}/fill/", {"path": str(path)})
    assert AccountRecord.objects.get().to_owned() == once


def test_photos_of_posts_are_known_again(tmp_path: Path) -> None:
    path = x_archive(tmp_path / "x.zip", 3, 1)
    read = actions.with_export(OwnedAccount(Network.X, "sam_q", Purpose.PERSONAL), [path], date(2026, 11, 23))
    assert [len(post.photos) for post in read.posts] == [1]  # the others are too short to be told by


def test_a_reader_that_hangs_or_breaks_gets_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    owned = OwnedAccount(Network.X, "sam_q", Purpose.PERSONAL)
    path = x_archive(tmp_path / "x.zip", 3, 0)
    monkeypatch.setattr(actions, "SECONDS", 0.001)
    with pytest.raises(actions.NotRead, match="took too long"):
        actions.with_export(owned, [path], date(2026, 11, 23))
    monkeypatch.setattr(actions, "SECONDS", 600)
    monkeypatch.setattr(actions.sys, "executable", "/bin/false")
    with pytest.raises(actions.NotRead, match="made the reader stop"):
        actions.with_export(owned, [path], date(2026, 11, 23))


def test_a_hostile_handle_stays_inside_its_place(client: Client, caseload: None) -> None:
    hostile = "<b>sam\u202e</b>\u2066{there}"
    client.post("/accounts/new/", {**WORK, "network": "instagram", "handle": hostile, "meant_for": "a\u202eb"})
    client.post("/accounts/new/", {**PRIVATE, "handle": hostile})
    text = "Happy news: I'm accepting new clients from September."
    draft = client.post("/check/", {"text": text, "network": "instagram", "account": "personal"})
    for page in (client.get("/accounts/").text, draft.text):
        assert "&lt;b&gt;sam" in page
        assert "<b>sam" not in page
        assert "\u202e" not in page
        assert "\u2066" not in page


def test_two_hundred_accounts_are_a_page_with_an_end(client: Client) -> None:
    for number in range(200):
        purpose = (Purpose.PERSONAL, Purpose.PROFESSIONAL)[number % 2]
        owned = OwnedAccount(Network.X, f"mossybanjo{number}", purpose, phones=("505-555-0142",), bio="Moss, in Tulsa")
        AccountRecord.take(record := AccountRecord(), owned)
        record.save()
    page = client.get("/accounts/")
    assert len(page.content) < 400_000
    assert "more pairs are tied" in page.text
    assert page.text.count("What stays:") <= 40


def test_only_work_or_only_private_says_what_is_missing(client: Client) -> None:
    client.post("/accounts/new/", {**PRIVATE, "contact_upload": Switch.ON.value})
    assert "Add one of each" in client.get("/accounts/").text
    client.post("/accounts/new/", WORK)
    assert "Add one of each" not in client.get("/accounts/").text


def test_what_leads_from_two_accounts_to_one_is_said_once_with_both(client: Client) -> None:
    name = "Ileana Quintanar"
    actions.keep(OwnedAccount(Network.X, "@moss", Purpose.PERSONAL, display_name=name))
    actions.keep(OwnedAccount(Network.LINKEDIN, "one", Purpose.PROFESSIONAL, display_name=name))
    actions.keep(OwnedAccount(Network.THREADS, "two", Purpose.AGENCY, display_name=name))
    page = client.get("/accounts/").text
    assert page.count("which few people have") == 1
    assert (
        "X “@moss” and LinkedIn “one”, Threads “two”" in page or "X “@moss” and Threads “two”, LinkedIn “one”" in page
    )


def test_an_account_that_is_there_is_not_taken_twice(client: Client) -> None:
    assert client.post("/accounts/new/", WORK).status_code == 303
    twice = client.post("/accounts/new/", {**WORK, "handle": WORK["handle"].upper()})
    assert "in your list already" in twice.text
    assert AccountRecord.objects.count() == 1


def test_whoever_may_be_looked_for_in_anger_is_told_first_what_no_plan_does(client: Client) -> None:
    chosen = {question.id: question.answers[0].id for question in questions()}
    page = client.post("/accounts/plan/", {**chosen, "serves": "might-look-for-me"})
    assert page.text.index("make a safety plan together") < page.text.index("minutes a month")
    assert 'class="notice"' not in client.post("/accounts/plan/", chosen).text
