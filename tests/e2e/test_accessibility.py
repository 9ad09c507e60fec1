"""axe finds nothing to object to (WCAG 2.2 A and AA), in light and in dark, on any page and any answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

OPTIONS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PAGES = [
    "/",
    "/check/",
    "/request/",
    "/visible/",
    "/caseload/",
    "/caseload/clear/",
    "/policy/",
    "/policy/publish/client-name/",
    "/policy/try/",
    "/policy/try/request/",
    "/log/",
    "/fine/",
    "/supervision/",
    "/supervision/new/",
]


def unfold(page: Page) -> None:
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true })")


def objections(page: Page) -> list[str]:
    unfold(page)
    found: dict[str, Any] = Axe().run(page, options=OPTIONS).response
    assert found["passes"], "axe looked at nothing"
    return [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.usefixtures("two_people")
def test_every_page(open_page: Open, scheme: str) -> None:
    page = open_page("/", color_scheme=scheme)
    for path in PAGES:
        page.goto(path)
        assert objections(page) == [], path


@pytest.mark.usefixtures("nobody")
def test_the_first_day(open_page: Open, scheme: str) -> None:
    page = open_page("/", color_scheme=scheme)
    assert objections(page) == []
    page.goto("/caseload/")
    assert objections(page) == []
    page.get_by_role("button", name="Load invented sample data").click()
    assert objections(page) == []
    page.goto("/caseload/")
    assert objections(page) == []


@pytest.mark.usefixtures("two_people")
@pytest.mark.parametrize(
    ("draft", "outcome"),
    [
        ("Ran into Marcus Bellweather last Tuesday at the store.", "Don't post this"),
        ("Six hours in the ER so she could tell me she hates me.", "Take it to supervision"),
        ("Coffee with Marcus", "One question first"),
        ("The sourdough came out well.", "Clear to post"),
    ],
)
def test_every_answer_to_a_draft(open_page: Open, scheme: str, draft: str, outcome: str) -> None:
    page = open_page("/check/", color_scheme=scheme)
    page.get_by_label("Your draft").fill(draft)
    expect(page.get_by_role("heading", name=outcome)).to_be_visible()
    assert objections(page) == []


@pytest.mark.usefixtures("two_people")
def test_an_answer_to_a_request_and_its_mistakes(open_page: Open, scheme: str) -> None:
    page = open_page("/request/", color_scheme=scheme)
    page.get_by_label("Name on the profile").fill("Marcus Bellweather")
    page.get_by_role("button", name="Get an answer").click()
    expect(page.get_by_role("heading", name="Decline", exact=True)).to_be_visible()
    assert objections(page) == []
    page.goto("/request/")
    page.get_by_label("Name on the profile").fill("x" * 301)
    page.get_by_role("button", name="Get an answer").click()
    expect(page.get_by_text("longer than 300 characters")).to_be_visible()
    assert objections(page) == []


def test_the_locked_door_and_a_tried_case(open_page: Open, scheme: str) -> None:
    page = open_page("/policy/try/", color_scheme=scheme)
    page.get_by_label("A client's name").first.check()
    page.get_by_role("button", name="Ask the policy").click()
    expect(page.locator("#outcome")).to_have_text("Don't post this")
    assert objections(page) == []
    page.get_by_role("button", name="Lock").click()
    expect(page.get_by_role("heading", name="Demur is locked")).to_be_visible()
    assert objections(page) == []
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", name="What would you like to know?")).to_be_visible()


@pytest.mark.usefixtures("two_people")
def test_without_scripts(open_page: Open, scheme: str) -> None:
    """axe needs scripts itself, so this looks at the marks as they are printed for pages without."""
    page = open_page("/check/", color_scheme=scheme)
    page.get_by_label("Your draft").fill("Ran into Marcus Bellweather last Tuesday at the store.")
    expect(page.get_by_role("heading", name="Don't post this")).to_be_visible()
    page.evaluate("() => document.documentElement.classList.remove('js')")
    assert objections(page) == []


@pytest.mark.usefixtures("nobody")
def test_calling_something_fine_by_keyboard(open_page: Open, scheme: str) -> None:
    page = open_page("/check/", color_scheme=scheme)
    page.get_by_label("Your draft").fill("Call us on 512-555-0147 about the yard sale!")
    page.get_by_role("button", name="This is fine… 512-555-0147").press("Enter")
    expect(page.get_by_role("heading", name="Is this fine?")).to_be_visible()
    assert objections(page) == []
    page.get_by_label("Why is this fine?").fill(" ")
    page.get_by_label("Who says so").fill("M.")
    page.get_by_role("button", name="Yes, this is fine").press("Enter")
    expect(page.get_by_text("Write why, in a few words")).to_be_visible()
    assert objections(page) == []
    page.get_by_label("Why is this fine?").fill("our own public line")
    page.get_by_label("Why is this fine?").press("Enter")
    expect(page.get_by_role("heading", name="Clear to post")).to_be_visible()
    expect(page.get_by_label("Your draft")).to_have_value("Call us on 512-555-0147 about the yard sale!")
    assert objections(page) == []
    page.get_by_role("link", name="what you called fine").first.click()
    expect(page.get_by_role("cell", name="our own public line", exact=True)).to_be_visible()
    assert objections(page) == []
    page.get_by_role("button", name="Mark it again").press("Enter")
    expect(page.get_by_text("It is marked again from now on.")).to_be_visible()
    assert "555-0147" not in page.url
    assert "5550147" not in page.url


@pytest.mark.usefixtures("nobody")
def test_all_the_wordings_at_once(open_page: Open, scheme: str) -> None:
    page = open_page("/check/", color_scheme=scheme)
    page.get_by_label("Your draft").fill("🎉 One of my clients cried last Tuesday.")
    page.get_by_text("All the wordings at once").click()
    expect(page.get_by_text("The story itself still stays offline")).to_be_visible()
    assert objections(page) == []
    with page.expect_response("**/check/live/"):
        page.get_by_role("button", name="Use all these wordings").press("Enter")
    expect(page.get_by_label("Your draft")).to_have_value("🎉 One of my clients cried recently.")
    expect(page.get_by_role("heading", name="Take it to supervision")).to_be_visible()


HELD = "Marcus Bellweather wore me out."


@pytest.mark.usefixtures("two_people")
@pytest.mark.parametrize(
    ("draft", "first"),
    [
        ("I can't go on, I want to end my life.", "You first. The post can wait."),
        ("ya no quiero vivir, estoy cansada de ser la fuerte", "Primero tú. La publicación puede esperar."),
        ("my ex is outside my house right now", "Safety first. The post can wait."),
        (f"I can't go on, I want to end my life. {HELD}", "You first. The post can wait."),
    ],
)
@pytest.mark.parametrize("width", [320, 1280])
def test_help_stands_first_on_any_screen(open_page: Open, scheme: str, draft: str, first: str, width: int) -> None:
    page = open_page("/check/", width=width, color_scheme=scheme)
    page.get_by_label("Your draft").fill(draft)
    expect(page.get_by_role("heading", name=first)).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    call = page.locator("#answer a").first
    assert str(call.get_attribute("href")) in ("tel:988", "tel:911")
    assert page.get_by_text("Clear to post").count() == 0
    assert page.locator("#backdrop mark", has_text="end my life").count() == 0
    assert objections(page) == []


@pytest.mark.usefixtures("two_people")
def test_the_answer_beside_despair_stays_open_while_somebody_types(open_page: Open) -> None:
    page = open_page("/check/")
    page.get_by_label("Your draft").fill(f"I can't go on, I want to end my life. {HELD}")
    folded = page.get_by_text("About the post, when you are ready")
    expect(folded).to_be_visible()
    expect(page.get_by_role("heading", name="Don't post this")).not_to_be_visible()
    assert page.locator("#backdrop mark").count() == 0
    folded.press("Enter")
    expect(page.get_by_role("heading", name="Don't post this")).to_be_visible()
    expect(page.locator("#backdrop mark").first).to_have_text("Marcus Bellweather")
    with page.expect_response("**/check/live/"):
        page.get_by_label("Your draft").press_sequentially(" again")
    expect(page.get_by_role("heading", name="Don't post this")).to_be_visible()


@pytest.mark.usefixtures("two_people")
@pytest.mark.parametrize("width", [320, 1280])
def test_a_note_by_keyboard(open_page: Open, scheme: str, width: int) -> None:
    page = open_page("/check/", width=width, color_scheme=scheme)
    page.get_by_label("Your draft").fill(HELD)
    page.get_by_role("button", name="Bring it to supervision…").press("Enter")
    expect(page.get_by_role("heading", name="Bring it to supervision")).to_be_visible()
    expect(page.get_by_label("Your note")).to_have_value(HELD)
    assert objections(page) == []
    page.get_by_label("Your note").fill("It wore me out, and I was short with her.")
    page.get_by_role("button", name="Print it").press("Enter")
    expect(page.get_by_text("It wore me out, and I was short with her.").first).to_be_visible()
    expect(page.get_by_text("This page is not kept")).to_be_visible()
    assert objections(page) == []
    page.get_by_role("button", name="Back to the note").press("Enter")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save it as a text file").press("Enter")
    assert download.value.suggested_filename == "note-for-supervision.txt"
    page.get_by_role("button", name="Keep it here, encrypted").press("Enter")
    expect(page.get_by_text("Your note is kept")).to_be_visible()
    assert objections(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="It wore me out").press("Enter")
    page.get_by_label("Your note").fill("Shorter.")
    page.get_by_role("button", name="Keep the changes").press("Enter")
    expect(page.get_by_text("Your note is changed")).to_be_visible()
    page.locator("summary", has_text="Delete").press("Enter")
    page.get_by_role("button", name="Yes, delete it Shorter.").press("Enter")
    expect(page.get_by_text("The note is gone for good.")).to_be_visible()
    expect(page.get_by_text("Nothing is kept here.")).to_be_visible()
    assert "Shorter" not in page.url
    assert objections(page) == []
