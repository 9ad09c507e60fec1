"""The report: the worst first, what is new, what to ask oneself, and in no form a word too many."""

import csv
import html
import io
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pypdf import PdfReader

from demur.audit.page import as_html, as_pdf
from demur.audit.recipe import Recipe
from demur.audit.report import (
    MOST_LISTED,
    Report,
    Viewer,
    as_csv,
    make_report,
    remedy_of,
    same_posts,
    short_title_of,
    title_of,
    where_of,
)
from demur.audit.running import Step, run
from demur.audit.state import State, dumps, loads
from demur.audit.weighing import Task
from demur.core.accounts import Audience, Network
from demur.core.citations import citations
from demur.core.exposures import ExposureKind, Remedy, Urgency
from demur.core.people import Role
from demur.core.posted import OwnProfile, Place, PostedKind, SettingFound, Skipped
from tests.audit.exports import TODAY, connected, posted, recipe

MONDAY = datetime(2024, 1, 1, 7, 30, tzinfo=UTC)
PROFILE = OwnProfile(Network.FACEBOOK, Place("export.zip", "profile.json"), "sam.q", "Sam <b>Q</b>", "Mom & runner")
STEPS: tuple[Step, ...] = (
    posted("date night at last, tacos and no phones", 0, audience=Audience.FRIENDS),
    posted("My daughter's recital tonight <script>alert(1)</script>", 1),
    posted("One of my clients relapsed today and I cried in the car.", 2, audience=None),
    posted("soup", 3, when=datetime(2019, 5, 5, tzinfo=UTC)),
    connected("Marisol Quintanilla"),
    Task(PROFILE),
    *(
        posted("", 10 + week, when=MONDAY + timedelta(days=7 * week), coordinates=(40.1, -74.1), venue="Oak Street")
        for week in range(6)
    ),
)


def audited(given: Recipe, steps: tuple[Step, ...] = STEPS) -> State:
    return run(given, steps, State("digest", TODAY), lambda: ThreadPoolExecutor(1), 1)


def report(given: Recipe | None = None, steps: tuple[Step, ...] = STEPS, **more: object) -> Report:
    given = given or recipe()
    return make_report(given, audited(given, steps), **more)  # type: ignore[arg-type]


def test_the_worst_stands_first() -> None:
    made = report()
    urgencies = [one.urgency for one in made.everything]
    assert urgencies == sorted(urgencies, reverse=True)
    assert made.everything[0].kind is ExposureKind.CLIENT
    assert [kind.kind for kind in made.kinds][:3] == [
        ExposureKind.CLIENT,
        ExposureKind.CONNECTION,
        ExposureKind.ROUTINE,
    ]


def test_the_next_audit_shows_only_what_is_new() -> None:
    before = report(steps=STEPS[:3])
    after = report(known=[one.fingerprint for one in before.everything])
    assert not after.new & {one.fingerprint for one in before.everything}
    assert len(after.new) == len(after.everything) - len(before.everything)
    assert "new since last time" in as_html(after)


def test_what_is_ticked_is_done_and_a_tick_for_nothing_counts_for_nothing() -> None:
    whole = report()
    ticked = report(done=[whole.everything[0].fingerprint, "somebody else's"])
    assert ticked.open == whole.open - 1
    assert len(ticked.done) == 1


def test_every_kind_and_remedy_has_its_words() -> None:
    one = report().everything[0]
    for kind in ExposureKind:
        assert title_of(kind)
        assert len(short_title_of(kind)) <= 26
    for remedy in Remedy:
        assert remedy_of(type(one)(one.kind, one.urgency, remedy, one.network, one.place, "", "")).endswith(".")


def test_questions_fit_the_role_and_cite_what_exists() -> None:
    anybody, worker = report(), report(recipe(role=Role.CPS_WORKER))
    theirs, workers = (
        next(one.text for one in made.questions if one.kind is ExposureKind.CHILD) for made in (anybody, worker)
    )
    assert "placed elsewhere" in workers
    assert "placed elsewhere" not in theirs
    for question in (*anybody.questions, *worker.questions):
        assert question.cites
        assert set(question.cites) <= citations().keys()
        assert "{" not in question.text


def test_strangers_see_what_is_public_and_friends_see_more() -> None:
    views = {view.viewer: view for view in report().views}
    stranger, friend = (views[viewer].seen[0] for viewer in (Viewer.STRANGER, Viewer.FRIEND))
    assert friend.posts == stranger.posts + 1
    assert stranger.unsure == 1
    assert stranger.profile == replace(PROFILE, bio="")  # no words are kept here
    for view in views.values():
        assert view.unknown


def test_of_what_the_export_does_not_say_who_sees_it_the_newest_are_shown_as_perhaps() -> None:
    page = as_html(report(recipe(keep_text=True), (posted("Some soup", 1, audience=None),)))
    assert "Of 1 post, the export doesn't say who sees it: take it for public." in page
    assert "(perhaps): Some soup" in page


def test_comments_stand_on_no_profile() -> None:
    seen = (
        report(steps=(posted("Soup", 1), posted("So sweet", 2, kind=PostedKind.COMMENT, audience=None))).views[0].seen
    )
    assert [(one.posts, one.unsure) for one in seen] == [(1, 0)]


@pytest.mark.parametrize(("said", "closed"), [("true", True), ("True", True), ("false", False)])
def test_an_account_that_its_export_calls_private_shows_no_post_to_a_stranger(said: str, closed: bool) -> None:
    place = Place("export.zip", "personal_information.json")
    setting = SettingFound(Network.INSTAGRAM, place, "profile_user Private Account", said)
    made = report(steps=(Task(setting), posted("Soup", 1, network=Network.INSTAGRAM, audience=None)))
    stranger, _, friend = (view.seen[0] for view in made.views)
    assert (stranger.posts, stranger.unsure) == ((0, 0) if closed else (0, 1))
    assert (friend.posts, friend.unsure) == ((1, 0) if closed else (0, 1))
    assert ("only people you accepted" in as_html(made)) is closed


def test_one_is_one_and_what_the_codes_say_stands_once_in_a_list() -> None:
    made = report()
    assert ("post", 1) in report(steps=STEPS[:1]).counts
    says = {citations()[cite].says for question in made.questions for cite in question.cites}
    asked = as_html(made).partition("Questions only you can answer")[2].partition("</section>")[0]
    assert all(asked.count(html.escape(one).removesuffix(".")) == 1 for one in says)


def test_a_page_escapes_what_people_wrote_and_loads_nothing() -> None:
    page = as_html(report(recipe(keep_text=True)))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "<b>Q</b>" not in page
    for loading in ("src=", "href=", "url(", "@import"):
        assert loading not in page


def test_without_words_kept_no_word_of_a_post_stands_in_any_form() -> None:
    made = report()
    for form in (as_html(made), as_csv(made)):
        assert "recital" not in form
        assert "relapsed" not in form


def test_no_form_names_a_client() -> None:
    made = report()
    for form in (as_html(made), as_csv(made)):
        assert "Quintanilla" not in form
        assert "k1" not in form


def test_the_table_has_a_line_for_each_and_no_formula() -> None:
    steps = (*STEPS, posted("=HYPERLINK(1) my daughter's recital", 40))
    made = report(recipe(keep_text=True), steps)
    rows = list(csv.DictReader(io.StringIO(as_csv(made))))
    assert len(rows) == len(made.everything)
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert any(row["text"].startswith("'=HYPERLINK") for row in rows)


def test_long_lists_are_cut_on_the_page_and_whole_in_the_table() -> None:
    steps = tuple(posted(f"My daughter's recital {number}", number) for number in range(MOST_LISTED + 7))
    made = report(steps=steps)
    assert "And 7 more" in as_html(made)
    assert as_csv(made).count("\r\n") == MOST_LISTED + 8


def test_what_is_partial_says_so_first() -> None:
    page = as_html(report(steps=(*STEPS, Skipped(Place("export.zip", "likes.json"), "It is broken off."))))
    assert page.index("This report is partial") < page.index("What there is")
    assert "likes.json" in page
    stopped = make_report(recipe(), State("digest", TODAY))
    assert "stopped before its end" in as_html(stopped)


def test_nothing_found_is_not_called_safe() -> None:
    page = as_html(report(steps=(posted("soup", 1),)))
    assert "Nothing found is not the same as nothing there" in page


def test_a_report_is_the_same_after_its_state_was_kept() -> None:
    given = recipe(keep_text=True)
    state = audited(given)
    assert as_html(make_report(given, loads(dumps(state)))) == as_html(make_report(given, state))


def test_the_pdf_has_tags_a_title_and_a_language() -> None:
    pytest.importorskip("weasyprint")
    written = PdfReader(io.BytesIO(as_pdf(report())))
    root = written.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/Lang"] == "en"  # type: ignore[index]
    assert written.metadata is not None
    assert written.metadata.title == "What a client could see of you"
    assert "What there is" in "".join(page.extract_text() for page in written.pages)


def test_how_soon_is_said_in_words() -> None:
    page = as_html(report())
    for urgency, says in ((Urgency.FIRST, "First."), (Urgency.LATER, "When there is time.")):
        assert any(one.urgency is urgency for one in report().everything)
        assert says in page or says.removesuffix(".") in page


NAMED = posted("Marisol Quintanilla made it through court today", 41)


def test_whoever_names_somebody_hears_of_the_supervisor_before_anything_else() -> None:
    made = report(steps=(*STEPS, NAMED))
    assert made.kinds[0].kind is ExposureKind.NAMED
    page = as_html(made)
    supervisor = page.index("Take it to your supervisor: you need not decide alone.")
    assert supervisor < page.index("It names somebody on your list.") < page.index("What there is")
    assert page.count("Bring these to supervision") == 1


def test_a_breach_is_spoken_of_as_the_role_has_it_and_cites_what_exists() -> None:
    said = {}
    for role in Role:
        advice = report(recipe(role=role), (NAMED,)).kinds[0].advice
        assert {cite for one in advice for cite in one.cites} <= citations().keys()
        assert [len(one.text) > 40 for one in advice] == [True, True]
        said[role] = advice[1]
    assert "HIPAA" in said[Role.THERAPIST].text
    assert "HIPAA-164.404" in said[Role.THERAPIST].cites
    assert "HIPAA" not in said[Role.SCHOOL_COUNSELOR].text
    assert said[Role.SCHOOL_COUNSELOR].cites == ("FERPA-99.3f",)


@pytest.mark.parametrize("network", Network)
@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.FRIENDS, None])
def test_what_to_do_is_possible_on_that_network(network: Network, audience: Audience | None) -> None:
    task = posted("My daughter's recital tonight at the school!", network=network, audience=audience)
    said = remedy_of(report(steps=(task,)).everything[0])
    if audience is Audience.FRIENDS:
        assert said.startswith("Only friends or followers see it.")
    else:
        assert ("friends" in said) is (network in (Network.FACEBOOK, Network.TIKTOK, Network.OTHER))


def test_where_it_is_begins_with_the_network_and_its_words_and_ends_in_the_export() -> None:
    text = "@ola My daughter's recital tonight at the school! https://soup.example.org"
    link = "https://x.com/i/status/15"
    kept, bare = (
        where_of(report(recipe(keep_text=keep), (posted(text, 3, network=Network.X, link=link),)).everything[0])
        for keep in (True, False)
    )
    assert kept.on_network == "Search there for “My daughter's recital tonight at”, or go to that day."
    assert bare.on_network == "Go to that day there."
    assert kept.link == bare.link == link
    assert kept.in_export == "In your export: export.zip → posts.json, entry 4."
    page = as_html(report(recipe(keep_text=True), (posted(text, 3, network=Network.X, link=link),)))
    assert page.index("Search there for") < page.index(f'<a href="{link}"') < page.index("In your export")


@pytest.mark.parametrize("text", ["Marisol Quintanilla made it through court", "Thaddeus made my day. That's all."])
def test_nobody_is_sent_to_search_for_a_name_of_their_list(text: str) -> None:
    (found,) = report(recipe(keep_text=True), (posted(text),)).everything
    assert where_of(found).on_network == "Go to that day there."


def test_an_address_that_is_none_leads_nowhere() -> None:
    for link in ("javascript:alert(1)", "http://x.example.org", 'https://x.example.org/"onclick="a'):
        page = as_html(report(steps=(posted("My daughter's recital tonight", link=link),)))
        assert "javascript:" not in page
        assert 'onclick="' not in page
        assert ("href" in page) is link.startswith("https")


def test_of_somebody_in_a_list_nothing_is_said_of_who_saw_it() -> None:
    steps = (connected("Marisol Quintanilla"), posted("My daughter's recital tonight", 1, audience=None))
    made = report(recipe(keep_text=True), steps)
    page = as_html(made)
    friend = page[page.index("Connections that may") :].partition("Look for “Marisol Quintanilla” among")[0]
    assert "who saw it" not in friend.partition("<ol>")[2]
    assert page.count("the export doesn't say who saw it") == 1


def test_what_stands_under_several_kinds_says_so() -> None:
    made = report(steps=(posted("home alone until Friday, husband is out of town. Text me: 505-555-0173", 1),))
    ((post, kinds),) = same_posts(made).items()
    assert post == made.everything[0].post
    assert {ExposureKind.REACH, ExposureKind.HOME} <= set(kinds)
    assert as_html(made).count("The same post is also under") == len(made.everything)


def test_what_was_left_unread_is_counted_and_said() -> None:
    reposts = [posted("", number, kind=PostedKind.REPOST) for number in range(1_412)]
    made = report(steps=(*reposts, posted("soup", 1)))
    assert "1,412 reposts of other people's words were not read." in html.unescape(as_html(made))
    assert report(steps=(posted("soup", 1),)).unread == ()


def test_what_was_kept_before_these_were_told_is_read() -> None:
    given = recipe()
    state = audited(given)
    written = json.loads(dumps(state))
    for row in written["exposures"]:
        del row["posted"], row["post"]
    assert as_html(make_report(given, loads(json.dumps(written)))).startswith("<!doctype html>")
    assert all(one.post == "" for one in loads(json.dumps(written)).exposures.values())
