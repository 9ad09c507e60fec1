"""Audits in the store: what is new, what is ticked, what is removed, and a log that tells nothing of it."""

import time
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from demur.audit.apart import Job, audit_apart
from demur.audit.state import State, dumps
from demur.core.accounts import Network, Purpose
from demur.core.people import Role
from demur.server.audits import actions, jobs, queries
from demur.server.audits.models import AuditRecord, TickRecord
from demur.server.checkups.models import CheckUpRecord
from demur.server.database import vault
from demur.server.ledger.models import Entry
from tests.audit.files import x_archive

TODAY = date(2026, 11, 22)
EXPORTS = Path(__file__).parents[2] / "networks" / "exports" / "made"


def audited(path: Path, **more: object) -> AuditRecord:
    record = actions.begin([path], Purpose.PERSONAL, use_reader=False, today=TODAY, **more)  # type: ignore[arg-type]
    state = audit_apart(Job(queries.recipe_of(record), (path,), queries.state_of(record), 1))
    actions.keep(record, dumps(state))
    found = queries.latest(Purpose.PERSONAL)
    assert found is not None
    return found


def test_the_second_audit_knows_the_first_and_takes_its_place(tmp_path: Path) -> None:
    first = queries.report(audited(x_archive(tmp_path / "x.zip", 6)))
    assert len(first.new) == len(first.everything) > 0
    second = queries.report(audited(x_archive(tmp_path / "later.zip", 9)))
    assert len(second.everything) > len(first.everything)
    assert {one.fingerprint for one in first.everything} & second.new == set()
    assert AuditRecord.objects.count() == 1


def test_a_stopped_one_goes_on_and_other_choices_begin_anew(tmp_path: Path) -> None:
    path = x_archive(tmp_path / "x.zip", 6)
    first = actions.begin([path], Purpose.PERSONAL, today=TODAY)
    assert actions.begin([path], Purpose.PERSONAL, today=TODAY).pk == first.pk
    assert actions.begin([path], Purpose.PERSONAL, today=TODAY, anew=True).pk != first.pk
    assert actions.begin([path], Purpose.PERSONAL, today=TODAY, keep_text=True).keep_text
    assert AuditRecord.objects.count() == 1


def test_words_are_kept_only_on_wish_and_can_be_removed(tmp_path: Path) -> None:
    path = x_archive(tmp_path / "x.zip", 6)
    assert "recital" not in audited(path).state
    kept = audited(path, keep_text=True)
    assert "recital" in kept.state
    actions.remove_words(Purpose.PERSONAL)
    bare = queries.latest(Purpose.PERSONAL)
    assert bare is not None
    assert "recital" not in bare.state
    assert len(queries.report(bare).everything) == len(queries.report(kept).everything)


def test_words_that_were_removed_while_it_ran_stay_removed(tmp_path: Path) -> None:
    path = x_archive(tmp_path / "x.zip", 6)
    record = actions.begin([path], Purpose.PERSONAL, use_reader=False, today=TODAY, keep_text=True)
    written = dumps(audit_apart(Job(queries.recipe_of(record), (path,), queries.state_of(record), 1)))
    assert "recital" in written
    actions.remove_words(Purpose.PERSONAL)
    assert actions.keep(record, written)
    assert "recital" not in AuditRecord.objects.get().state


def test_what_was_removed_while_it_ran_stays_removed_and_says_so(tmp_path: Path) -> None:
    record = actions.begin([tmp_path], Purpose.PERSONAL, today=TODAY)
    actions.remove(Purpose.PERSONAL)
    assert not actions.keep(record, dumps(State("", TODAY)))
    assert not AuditRecord.objects.exists()


def test_the_slower_of_two_of_the_same_takes_nothing_back(tmp_path: Path) -> None:
    path = x_archive(tmp_path / "x.zip", 6)
    record = actions.begin([path], Purpose.PERSONAL, use_reader=False, today=TODAY)
    audited(path)
    assert actions.keep(record, dumps(State("", TODAY)))
    assert AuditRecord.objects.get().complete
    assert Entry.objects.filter(verb="audit-finished").count() == 1


def test_the_process_that_holds_the_caseload_ends_when_the_store_is_locked(tmp_path: Path) -> None:
    path = x_archive(tmp_path / "x.zip", 3000, 0)
    key = vault.key()
    assert jobs.start(actions.begin([path], Purpose.PERSONAL, use_reader=False, today=TODAY))
    vault.lock()
    try:
        wait()
        running = jobs.running()
        assert running is not None
        assert running.stop.is_set()
    finally:
        vault.unlock(key)


def test_what_is_ticked_stays_ticked_in_the_next_audit(tmp_path: Path) -> None:
    made = queries.report(audited(x_archive(tmp_path / "x.zip", 6)))
    actions.tick([made.everything[0].fingerprint], True, TODAY)
    again = queries.report(audited(x_archive(tmp_path / "y.zip", 9)))
    assert made.everything[0].fingerprint in again.done
    actions.tick([made.everything[0].fingerprint], False, TODAY)
    latest = queries.latest(Purpose.PERSONAL)
    assert latest is not None
    assert not queries.report(latest).done


def test_removing_it_leaves_nothing(tmp_path: Path) -> None:
    made = queries.report(audited(x_archive(tmp_path / "x.zip", 6)))
    actions.tick([made.everything[0].fingerprint], True, TODAY)
    assert actions.remove(Purpose.PERSONAL)
    assert not actions.remove(Purpose.PERSONAL)
    assert AuditRecord.objects.count() == TickRecord.objects.count() == 0


def test_the_log_says_that_and_never_what(tmp_path: Path) -> None:
    audited(x_archive(tmp_path / "x.zip", 6), keep_text=True)
    said = [(entry.verb, entry.details) for entry in Entry.objects.filter(verb__startswith="audit")]
    assert said == [
        ("audit-started", {"purpose": "personal"}),
        ("audit-finished", {"purpose": "personal"}),
    ]


def test_no_client_stands_in_a_kept_state_by_name(tmp_path: Path, caseload: object) -> None:
    record = audited(x_archive(tmp_path / "x.zip", 6), keep_text=True)
    assert "Bellweather" not in record.state


# --- the pages -------------------------------------------------------------------------------------------------------


def wait() -> None:
    for _ in range(400):
        running = jobs.running()
        if running is None or running.ended:
            return
        time.sleep(0.05)
    pytest.fail("the audit did not end")


def test_from_the_form_to_the_report_and_away(client: Client, tmp_path: Path) -> None:
    path = x_archive(tmp_path / "x.zip", 6)
    page = client.post("/audit/", {"paths": str(path), "photos": "on", "keep_text": "on"}, follow=True)
    assert "Looking through your posts" in page.text or "Done" in page.text
    wait()
    running = jobs.running()
    assert running is not None
    assert running.failed == ""
    shown = client.get("/audit/personal/")
    assert "Children in your family" in shown.text
    assert "recital" in shown.text
    fingerprint = queries.report(AuditRecord.objects.get()).everything[0].fingerprint
    ticked = client.post("/audit/personal/tick/", {"which": fingerprint, "done": "yes"}, headers={"HX-Request": "true"})
    assert "Not done after all" in ticked.text
    for form, kind in (("html", "text/html"), ("csv", "text/csv"), ("pdf", "application/pdf")):
        taken = client.get(f"/audit/personal/report.{form}")
        assert taken.headers["Content-Type"].startswith(kind)
        assert "attachment" in taken.headers["Content-Disposition"]
    assert client.get("/audit/personal/report.exe").status_code == 404
    client.post("/audit/personal/forget/", {"what": "words"})
    assert "recital" not in client.get("/audit/personal/").text
    client.post("/audit/personal/forget/", {"what": "all"})
    assert client.get("/audit/personal/").status_code == 404


def test_a_tick_is_for_the_whole_post_and_the_counts_follow(client: Client, tmp_path: Path) -> None:
    made = queries.report(audited(x_archive(tmp_path / "x.zip", 6, 1)))
    posts = queries.with_their_posts(made)
    several = next(those for those in posts.values() if len({one.kind for one in those}) > 1)
    whole = client.get("/audit/personal/").text
    assert f"{made.open} still open" in whole
    assert "one tick is enough" in whole
    sent = {"which": several[0].fingerprint, "done": "yes"}
    ticked = client.post("/audit/personal/tick/", sent, headers={"HX-Request": "true"}).text
    assert TickRecord.objects.count() == len(several)
    for one in several:
        assert f'id="done-{one.fingerprint}"' in ticked
    assert ticked.count("Not done after all") == len(several)
    assert f"{made.open - len(several)} still open" in ticked
    assert 'id="said" hx-swap-oob' in ticked
    back = client.post("/audit/personal/tick/", {**sent, "done": "no", "show": "new"})
    assert back.headers["Location"] == f"/audit/personal/?show=new#x{several[0].fingerprint}"
    assert not TickRecord.objects.exists()


def test_two_lists_of_one_file_are_not_one_post(client: Client) -> None:
    made = queries.report(audited(EXPORTS / "tiktok"))
    for those in queries.with_their_posts(made).values():
        assert len({(one.when, one.link) for one in those}) == 1


def test_the_page_can_show_only_what_is_new(client: Client, tmp_path: Path) -> None:
    audited(x_archive(tmp_path / "x.zip", 6))
    assert "only what is new" not in client.get("/audit/personal/").text
    record = audited(x_archive(tmp_path / "y.zip", 9))
    made = queries.report(record)
    old = next(one for one in made.everything if one.fingerprint not in made.new)
    whole, new = (client.get(address).text for address in ("/audit/personal/", "/audit/personal/?show=new"))
    assert old.fingerprint in whole
    assert old.fingerprint not in new
    assert all(fingerprint in new for fingerprint in made.new)


def test_settings_that_an_audit_read_need_not_be_asked_for(client: Client, tmp_path: Path) -> None:
    audited(x_archive(tmp_path / "x.zip", 6))
    assert "in the check-up</button>" not in client.get("/audit/personal/").text
    audited(EXPORTS / "tiktok")
    assert "Use them in the check-up" in client.get("/audit/personal/").text
    assert not CheckUpRecord.objects.exists()
    page = client.post("/audit/personal/settings/", follow=True)
    assert "in the check-ups now" in page.text
    [row] = CheckUpRecord.objects.all()
    assert (row.network, row.purpose) == ("tiktok", "personal")
    assert any(note.observed for note in row.to_checkup().notes)


def test_after_a_stop_it_can_go_on_at_once(client: Client, tmp_path: Path) -> None:
    path = x_archive(tmp_path / "x.zip", 3000, 0)
    begun = client.post("/audit/", {"paths": str(path)}, follow=True).text
    assert "keeps Demur awake" in begun
    assert "You can leave this page" not in begun
    assert ">Go on<" not in begun
    assert "another export" not in begun  # one at a time
    stopped = client.post("/audit/stop/", follow=True).text
    assert "not finished" in stopped
    assert "<h2>Done</h2>" not in stopped
    assert ">Go on<" in stopped
    assert "another export" in stopped
    going = client.post("/audit/go-on/", {"purpose": "personal"}, follow=True).text
    assert "Looking through your posts" in going
    assert AuditRecord.objects.count() == 1
    client.post("/audit/stop/")
    wait()


def test_another_form_takes_nothing_from_the_one_that_runs(client: Client, tmp_path: Path) -> None:
    client.post("/audit/", {"paths": str(x_archive(tmp_path / "x.zip", 3000, 0))})
    runs = AuditRecord.objects.get()
    said = client.post("/audit/", {"paths": str(x_archive(tmp_path / "y.zip", 3, 0))}, follow=True)
    assert "One audit runs already" in said.text
    assert AuditRecord.objects.get().pk == runs.pk
    client.post("/audit/stop/")
    wait()


def test_role_and_town_are_those_of_the_last_audit(client: Client, tmp_path: Path) -> None:
    assert "data-fresh" in client.get("/audit/").text  # then the browser fills in what it knows from other forms
    actions.begin([tmp_path], Purpose.PROFESSIONAL, Role.THERAPIST, "Marfa, TX", today=TODAY)
    page = client.get("/audit/").text
    assert '<option value="therapist" selected>' in page
    assert 'value="Marfa, TX"' in page
    assert "data-fresh" not in page


def test_what_was_removed_is_not_told_of_any_more(client: Client, tmp_path: Path) -> None:
    client.post("/audit/", {"paths": str(x_archive(tmp_path / "x.zip", 3, 0))})
    wait()
    assert "<h2>Done</h2>" in client.get("/audit/").text
    client.post("/audit/personal/forget/", {"what": "all"})
    assert "See what was found" not in client.get("/audit/").text


def test_files_without_an_export_make_no_audit(client: Client, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("no export")
    client.post("/audit/", {"paths": str(tmp_path)})
    wait()
    page = client.get("/audit/").text
    assert "There is no export in it that Demur knows" in page
    assert "Looked through on" not in page
    assert not AuditRecord.objects.exists()


def test_the_page_is_loaded_anew_once_it_ended(client: Client, tmp_path: Path) -> None:
    client.post("/audit/", {"paths": str(x_archive(tmp_path / "x.zip", 6))})
    wait()
    assert client.get("/audit/progress/").headers["HX-Redirect"] == "/audit/"


def test_an_export_of_one_network_leaves_what_another_told(client: Client, tmp_path: Path) -> None:
    first = audited(x_archive(tmp_path / "x.zip", 6))
    of_x = {one.fingerprint for one in queries.report(first).everything}
    assert of_x
    second = audited(EXPORTS / "tiktok")
    made = queries.report(second)
    assert of_x <= {one.fingerprint for one in made.everything}
    assert not of_x & made.new
    assert AuditRecord.objects.count() == 1
    # A newer export of the same network takes the place of the older one.
    third = audited(x_archive(tmp_path / "y.zip", 3))
    left = {one.fingerprint for one in queries.report(third).everything if one.network is Network.X}
    assert left < of_x


def test_a_file_that_is_no_export_changes_nothing_and_says_so(client: Client, tmp_path: Path) -> None:
    before = queries.report(audited(x_archive(tmp_path / "x.zip", 6))).everything
    (tmp_path / "README.md").write_text("no export")
    client.post("/audit/", {"paths": str(tmp_path / "README.md")})
    wait()
    running = jobs.running()
    assert running is not None
    assert running.failed == jobs.NO_EXPORT
    found = queries.latest(Purpose.PERSONAL)
    assert found is not None
    assert queries.report(found).everything == before


def test_a_place_as_windows_writes_it_is_explained(client: Client) -> None:
    assert "/mnt/c/" in client.post("/audit/", {"paths": '"C:\\Users\\you\\facebook.zip"'}).text


@pytest.mark.parametrize("given", ["", "/nowhere/at/all.zip", "\0", "~nobody-of-that-name/x.zip"])
def test_what_is_not_there_is_said_and_starts_nothing(client: Client, given: str) -> None:
    page = client.post("/audit/", {"paths": given})
    assert "errorlist" in page.text
    assert not AuditRecord.objects.exists()


def test_addresses_that_lead_nowhere(client: Client) -> None:
    for address in ("/audit/personal/", "/audit/nonsense/", "/audit/personal/report.csv", "/audit/personal/report.exe"):
        assert client.get(address).status_code == 404
    assert client.post("/audit/personal/tick/", {"which": "x"}).status_code == 404
