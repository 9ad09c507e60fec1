"""What somebody does in the browser, from the first start on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

DRAFT = "🎉 Ran into Marcus Bellweather last Tuesday at the store."
PAGES = ["/", "/check/", "/request/", "/visible/", "/caseload/", "/policy/", "/policy/try/", "/policy/try/request/"]


def type_draft(page: Page, text: str) -> None:
    """Type it, and wait for the answer to just that."""
    with page.expect_response("**/check/live/"):
        page.get_by_label("Your draft").fill(text)
    page.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")


def marked(page: Page) -> list[str]:
    """The words that are underlined in the text itself."""
    return page.locator("#backdrop mark").all_text_contents()


def test_the_sample_comes_and_goes_with_one_click(open_page: Open, nobody: None) -> None:
    page = open_page("/")
    page.get_by_role("button", name="Load invented sample data").click()
    expect(page.get_by_role("complementary", name="Sample data")).to_be_visible()
    page.goto("/check/")
    type_draft(page, "Ran into Marisol Quintanilla at the market.")
    expect(page.get_by_role("heading", name="Don't post this")).to_be_visible()
    page.get_by_role("button", name="Remove the sample").click()
    expect(page.get_by_text("The sample is gone.")).to_be_visible()
    expect(page.get_by_role("button", name="Load invented sample data")).to_be_visible()


def test_a_list_is_brought_in_and_its_bad_line_is_named(open_page: Open, nobody: None, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("given_name,family_name\nMarcus,Bellweather\n,\n,Quintanar\nIleana,\n", encoding="utf-8")
    page = open_page("/caseload/")
    page.get_by_label("Your list as a CSV file").set_input_files(file)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("heading", name="3 people are in")).to_be_visible()
    page.get_by_label("Find somebody").fill("bellw")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("1 fits what you looked for.")).to_be_visible()
    assert page.url.endswith("/caseload/")
    page.get_by_text("Remove…").first.click()
    page.get_by_role("button", name="Yes, remove Marcus Bellweather").click()
    expect(page.get_by_text("One person was taken off the list.")).to_be_visible()


@pytest.mark.usefixtures("two_people")
class TestTyping:
    def test_marks_stand_in_the_text_while_somebody_types(self, open_page: Open) -> None:
        page = open_page("/check/")
        page.get_by_label("Your draft").press_sequentially(DRAFT, delay=5)
        expect(page.get_by_role("heading", name="Don't post this")).to_be_visible()
        expect(page.locator("#backdrop mark.decline").first).to_have_text("Marcus Bellweather")
        assert page.locator("#backdrop").text_content() == DRAFT + "\n"
        assert page.url.endswith("/check/")

    def test_both_layers_break_lines_alike(self, open_page: Open) -> None:
        page = open_page("/check/", width=360)
        type_draft(page, ("averyveryverylongword" * 5 + "  two  spaces\tand Marcus Bellweather\n\n") * 12)
        sizes = page.evaluate(
            """() => ['#id_text', '#backdrop'].map((one) => {
                const element = document.querySelector(one), style = getComputedStyle(element);
                return [element.clientWidth, element.scrollHeight, element.getBoundingClientRect().height, style.font,
                        style.letterSpacing, style.padding, style.whiteSpace, style.tabSize, style.borderWidth];
            })"""
        )
        assert sizes[0] == sizes[1]
        page.evaluate("() => { document.querySelector('#id_text').scrollTop = 200 }")
        page.wait_for_function("() => document.querySelector('#backdrop').scrollTop === 200")
        page.evaluate("() => { document.querySelector('#id_text').style.height = '400px' }")
        assert page.evaluate("() => document.querySelector('#backdrop').getBoundingClientRect().height") == 400

    def test_marks_move_with_their_words_until_the_next_answer(self, open_page: Open) -> None:
        page = open_page("/check/")
        type_draft(page, "Marcus Bellweather was here")
        held: list[Route] = []
        page.route("**/check/live/", lambda route: held.append(route))
        area = page.get_by_label("Your draft")
        area.press("Control+Home")
        area.press_sequentially("So ")
        assert marked(page)[0] == "Marcus Bellweather"
        area.press("Control+Home")
        for _ in range(5):
            area.press("ArrowRight")
        area.press_sequentially("x")
        assert "Max" in (page.locator("#backdrop").text_content() or "")
        assert "Marcus Bellweather" not in marked(page)
        page.unroute("**/check/live/")
        for route in held:
            route.abort()
        page.goto("about:blank")

    def test_an_answer_to_older_words_is_dropped(self, open_page: Open) -> None:
        page = open_page("/check/")
        page.evaluate(
            """() => { window.shown = []; new MutationObserver(() => {
                const outcome = document.querySelector('#outcome');
                if (outcome) window.shown.push(outcome.textContent.trim());
            }).observe(document.querySelector('#answer'), {childList: true, subtree: true}) }"""
        )

        def type_on(route: Route) -> None:
            # The words change while the server thinks, and the next question waits until the typing rests.
            page.evaluate(
                """() => { const area = document.getElementById('id_text'); area.value = 'Sourdough came out well';
                           area.dispatchEvent(new Event('input', {bubbles: true})) }"""
            )
            route.continue_()

        page.route("**/check/live/", type_on, times=1)
        page.get_by_label("Your draft").fill("Lunch with Marcus Bellweather")
        expect(page.get_by_role("heading", name="Clear to post")).to_be_visible()
        assert set(page.evaluate("() => window.shown")) == {"Clear to post"}
        assert marked(page) == []

    def test_marks_and_suggestions_work_by_keyboard_alone(self, open_page: Open) -> None:
        page = open_page("/check/")
        type_draft(page, DRAFT)
        page.get_by_label("Your draft").focus()
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("() => document.activeElement.textContent.trim()") == "last Tuesday":
                break
        page.keyboard.press("Enter")
        selected = "() => { const a = document.activeElement; return a.value.slice(a.selectionStart, a.selectionEnd) }"
        assert page.evaluate(selected) == "last Tuesday"
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("() => document.activeElement.textContent.trim()") == "recently":
                break
        with page.expect_response("**/check/live/"):
            page.keyboard.press("Enter")
        area = page.get_by_label("Your draft")
        expect(area).to_have_value(DRAFT.replace("last Tuesday", "recently"))
        expect(area).to_be_focused()
        area.press("Control+z")
        expect(area).to_have_value(DRAFT)

    def test_the_answer_is_spoken_once_and_politely(self, open_page: Open) -> None:
        page = open_page("/check/")
        assert page.locator("#said").get_attribute("role") == "status"
        type_draft(page, DRAFT)
        expect(page.locator("#said")).to_contain_text("Don't post this.")

    def test_the_one_question_is_answered_for_this_draft(self, open_page: Open) -> None:
        page = open_page("/check/")
        type_draft(page, "Coffee with Marcus")
        expect(page.get_by_role("heading", name="One question first")).to_be_visible()
        page.get_by_role("button", name="No", exact=True).click()
        expect(page.get_by_role("heading", name="Clear to post")).to_be_focused()
        type_draft(page, "Coffee with Marcus again")
        expect(page.get_by_role("heading", name="Clear to post")).to_be_visible()
        page.get_by_role("button", name="Ask me again").click()
        page.get_by_role("button", name="Yes", exact=True).click()
        expect(page.get_by_text("You said that this is about a client.")).to_be_visible()
        type_draft(page, "Coffee with nobody")
        expect(page.get_by_text("You said that this is about a client.")).to_have_count(0)
        type_draft(page, "Coffee with Marcus")
        expect(page.get_by_role("heading", name="One question first")).to_be_visible()

    def test_only_check_is_noted_in_the_log(self, open_page: Open) -> None:
        log = open_page("/log/")
        before = log.get_by_text("A draft was checked").count()
        page = open_page("/check/")
        type_draft(page, DRAFT)
        log.reload()
        assert log.get_by_text("A draft was checked").count() == before
        page.get_by_role("button", name="Check", exact=True).click()
        expect(page.get_by_text("The answer is noted in your log")).to_be_visible()
        log.reload()
        assert log.get_by_text("A draft was checked").count() == before + 1
        log.get_by_role("button", name="Check that nobody changed it").click()
        expect(log.get_by_role("heading", name="The log is whole")).to_be_visible()

    def test_where_it_goes_counts(self, open_page: Open) -> None:
        page = open_page("/check/")
        type_draft(page, "Thank you for your kind words! It was a joy working with you.")
        page.get_by_text("Where it goes").click()
        with page.expect_response("**/check/live/"):
            page.get_by_label("This answers…").fill("Five stars. She helped me so much.")
        expect(page.locator("#choices")).to_contain_text("a reply")
        with page.expect_response("**/check/live/"):
            page.get_by_label("Who can see it").select_option("friends")
        expect(page.locator("#choices")).to_contain_text("Friends or followers")

    def test_half_an_emoji_gets_an_answer(self, open_page: Open) -> None:
        page = open_page("/check/")
        with page.expect_response("**/check/live/") as answered:
            page.evaluate(
                """() => { const area = document.getElementById('id_text'); area.value = '\\ud83d Marcus Bellweather';
                           area.dispatchEvent(new Event('input', {bubbles: true})) }"""
            )
        assert answered.value.status == 200
        expect(page.locator("#backdrop mark").first).to_have_text("Marcus Bellweather")

    def test_a_long_draft_is_answered(self, open_page: Open) -> None:
        page = open_page("/check/")
        type_draft(page, "The sourdough came out well. " * 3400 + "Marcus Bellweather")
        expect(page.locator("#backdrop mark").first).to_have_text("Marcus Bellweather")

    def test_the_draft_outlives_a_lock(self, open_page: Open) -> None:
        page = open_page("/check/")
        type_draft(page, "Lunch")
        other = page.context.new_page()
        other.goto("/")
        other.get_by_role("button", name="Lock").click()
        expect(other.get_by_role("heading", name="Demur is locked")).to_be_visible()
        page.get_by_label("Your draft").fill(DRAFT)
        expect(page.get_by_role("heading", name="Demur locked itself")).to_be_visible()
        other.get_by_role("button", name="Open").click()
        expect(other.get_by_role("heading", name="What would you like to know?")).to_be_visible()
        page.get_by_role("button", name="Check", exact=True).click()
        expect(page.get_by_role("heading", name="Don't post this")).to_be_visible()
        expect(page.get_by_role("heading", name="Demur locked itself")).to_be_hidden()
        expect(page.get_by_label("Your draft")).to_have_value(DRAFT)

    def test_nothing_of_the_draft_is_kept_in_the_browser(self, open_page: Open) -> None:
        page = open_page("/check/")
        type_draft(page, DRAFT)
        page.get_by_role("button", name="Check", exact=True).click()
        expect(page.get_by_text("The answer is noted in your log")).to_be_visible()
        kept = page.evaluate("() => JSON.stringify([localStorage, sessionStorage])").lower()
        for word in ("bellweather", "marcus", "tuesday"):
            assert word not in kept
        page.goto("/check/")
        expect(page.get_by_label("Your draft")).to_have_value("")


def test_what_somebody_does_is_remembered_and_an_answer_shows_what_was_sent(open_page: Open) -> None:
    page = open_page("/request/")
    page.get_by_text("More about you both").click()
    page.get_by_label("What you do").select_option("therapist")
    page.goto("/check/")
    page.get_by_text("Where it goes").click()
    expect(page.get_by_label("What you do")).to_have_value("therapist")
    page.get_by_label("Town or county where you work").fill("Marfa, TX")
    page.get_by_label("Town or county where you work").blur()
    page.goto("/check/")
    page.get_by_text("Where it goes").click()
    expect(page.get_by_label("Town or county where you work")).to_have_value("Marfa, TX")
    page.goto("/request/")
    page.get_by_text("More about you both").click()
    expect(page.get_by_label("What you do")).to_have_value("therapist")
    page.get_by_role("button", name="Get an answer").click()
    page.get_by_text("Change what you said").click()
    page.get_by_role("button", name="Ask again").wait_for()
    expect(page.get_by_label("What you do")).to_have_value("therapist")


@pytest.mark.usefixtures("two_people")
class TestWithoutScripts:
    def test_a_draft_is_checked_and_mended(self, open_page: Open) -> None:
        page = open_page("/check/", java_script_enabled=False)
        page.get_by_label("Your draft").fill(DRAFT)
        page.get_by_role("button", name="Check", exact=True).click()
        expect(page.get_by_role("heading", name="Don't post this")).to_be_visible()
        page.locator("mark a", has_text="last Tuesday").click()
        assert "#mark-" in page.url
        page.get_by_role("button", name="recently").click()
        expect(page.get_by_label("Your draft")).to_have_value(DRAFT.replace("last Tuesday", "recently"))

    def test_the_question_is_answered(self, open_page: Open) -> None:
        page = open_page("/check/", java_script_enabled=False)
        page.get_by_label("Your draft").fill("Coffee with Marcus")
        page.get_by_role("button", name="Check", exact=True).click()
        page.get_by_role("button", name="No", exact=True).click()
        expect(page.get_by_role("heading", name="Clear to post")).to_be_visible()
        page.get_by_role("button", name="Ask me again").click()
        expect(page.get_by_role("heading", name="One question first")).to_be_visible()

    def test_a_request_is_answered(self, open_page: Open) -> None:
        page = open_page("/request/", java_script_enabled=False)
        page.get_by_label("Name on the profile").fill("Marcus Bellweather")
        page.get_by_role("button", name="Get an answer").click()
        page.get_by_text("Who this may be: M. B.").click()
        expect(page.get_by_role("heading", name="This is likely Marcus Bellweather")).to_be_visible()
        expect(page.get_by_role("button", name="Copy")).to_have_count(0)


@pytest.mark.usefixtures("two_people")
def test_a_request_gets_an_answer_steps_and_words_to_copy(open_page: Open) -> None:
    page = open_page("/request/", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_label("Name on the profile").fill("Marcus Bellweather")
    page.get_by_label("Handle").fill("@marcus.bellweather")
    page.get_by_label("Network").select_option("facebook")
    page.get_by_role("button", name="Get an answer").click()
    expect(page.get_by_role("heading", name="Decline", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="What to press")).to_be_visible()
    assert page.locator(".waterfall rect").count() >= 2
    assert page.url.endswith("/request/")
    words = page.locator("#words-to-say-1").text_content()
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()") == words


@pytest.mark.usefixtures("two_people")
def test_the_question_about_a_request_is_answered(open_page: Open) -> None:
    page = open_page("/request/")
    page.get_by_label("Name on the profile").fill("Ileana Q.")
    page.get_by_label("Who is it, as far as you know?").select_option("none")
    page.get_by_role("button", name="Get an answer").click()
    expect(page.get_by_role("heading", name="One question first")).to_be_visible()
    page.get_by_role("button", name="No", exact=True).click()
    expect(page.get_by_role("heading", name="Yours to decide")).to_be_visible()


def test_a_case_is_tried_from_a_clause(open_page: Open) -> None:
    page = open_page("/policy/")
    page.get_by_role("link", name="No client's name").click()
    page.get_by_role("button", name="Try this case").first.click()
    expect(page.locator("#outcome")).to_have_text("Don't post this")
    expect(page.get_by_label("A client's name").first).to_be_checked()
    page.get_by_label("A client's name").first.uncheck()
    page.get_by_role("button", name="Ask the policy").click()
    expect(page.locator("#outcome")).to_have_text("Clear to post")
    page.get_by_role("link", name="A request instead").click()
    page.get_by_label("Who the other person is").select_option("current-client")
    page.get_by_role("button", name="Ask the policy").click()
    expect(page.locator("#outcome")).to_have_text("Decline")


def test_unlocking_leads_back_to_where_one_was(open_page: Open) -> None:
    page = open_page("/policy/try/")
    page.get_by_role("button", name="Lock").click()
    page.goto("/policy/try/")
    expect(page.get_by_role("heading", name="Demur is locked")).to_be_visible()
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", name="What would the policy say?")).to_be_visible()


@pytest.mark.usefixtures("two_people")
def test_the_answer_is_in_sight_on_a_phone(open_page: Open) -> None:
    page = open_page("/check/", width=360, height=740)
    type_draft(page, DRAFT)
    expect(page.locator("#answer .card")).to_be_in_viewport(ratio=1)
    page.goto("/request/")
    page.get_by_label("Name on the profile").fill("Marcus Bellweather")
    page.get_by_role("button", name="Get an answer").click()
    expect(page.locator(".card")).to_be_in_viewport(ratio=1)


@pytest.mark.usefixtures("two_people")
@pytest.mark.parametrize("size", ["100%", "200%"])
def test_nothing_is_lost_at_320_pixels_and_with_large_text(open_page: Open, size: str) -> None:
    page = open_page("/", width=320, height=640)

    def fits(where: str) -> None:
        page.evaluate("(size) => { document.documentElement.style.fontSize = size }", size)
        wide = page.evaluate(
            """() => [...document.querySelectorAll('body *')]
                .filter((one) => one.getBoundingClientRect().right > 321 && one.checkVisibility())
                .filter((one) => !one.closest('.visually-hidden, .backdrop, svg, option'))
                .map((one) => one.tagName + '.' + one.className)"""
        )
        assert wide == [], where
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320, where

    for path in [*PAGES, "/policy/publish/client-name/", "/log/"]:
        page.goto(path)
        fits(path)
    page.goto("/check/")
    type_draft(page, DRAFT)
    fits("an answered draft")
    page.goto("/request/")
    page.get_by_label("Name on the profile").fill("Marcus Bellweather")
    page.get_by_role("button", name="Get an answer").click()
    expect(page.locator(".card")).to_be_visible()
    fits("an answered request")


@pytest.mark.usefixtures("two_people")
def test_a_printed_answer_holds_the_draft_its_marks_and_their_sources(open_page: Open) -> None:
    page = open_page("/check/")
    type_draft(page, DRAFT)
    page.emulate_media(media="print")
    expect(page.locator(".read-back")).to_contain_text("Marcus Bellweather")
    expect(page.locator(".marks .words").first).to_be_visible()
    expect(page.get_by_text("checked on").first).to_be_visible()
    for unwanted in ("Check", "Lock"):
        expect(page.get_by_role("button", name=unwanted, exact=True)).to_be_hidden()
