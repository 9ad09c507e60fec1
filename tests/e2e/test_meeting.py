"""The next meeting in a real browser: on a narrow screen, with and without scripts, for eyes and for ears."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

OPTIONS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def at_the_meeting(page: Page) -> Page:
    page.goto("/request/")
    page.get_by_label("Name on the profile").fill("Marcus Bellweather")
    page.get_by_label("Network", exact=True).select_option("facebook")
    page.get_by_role("button", name="Get an answer").click()
    page.locator('[formaction="/inbox/keep/"]').first.click()
    page.goto(f"{page.url}meeting/")
    expect(page.get_by_role("heading", name="The next meeting")).to_be_visible()
    return page


def objections(page: Page) -> list[str]:
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true })")
    found: dict[str, Any] = Axe().run(page, options=OPTIONS).response
    assert found["passes"], "axe looked at nothing"
    return [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]


def width(page: Page) -> int:
    return int(page.evaluate("() => document.documentElement.scrollWidth"))


@pytest.mark.usefixtures("two_people")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_and_paper_on_a_narrow_screen(open_page: Open, scheme: str) -> None:
    page = at_the_meeting(open_page("/", width=320, color_scheme=scheme))
    assert objections(page) == []
    assert width(page) == 320
    page.get_by_label("They are hurt by the answer").check()
    page.get_by_role("button", name="Show the words for this").click()
    expect(page.get_by_role("heading", name="They are hurt", exact=True)).to_be_visible()
    assert objections(page) == []
    assert width(page) == 320
    page.get_by_role("button", name="Print this sheet…").click()
    expect(page.get_by_role("heading", name="As a conversation")).to_be_visible()
    assert objections(page) == []
    assert width(page) == 320
    assert "Bellweather" not in page.content()


@pytest.mark.usefixtures("two_people")
def test_without_scripts_everything_can_be_done(open_page: Open) -> None:
    page = at_the_meeting(open_page("/", width=320, java_script_enabled=False))
    page.get_by_text("As a conversation, in seven steps").click()
    expect(page.get_by_text("Name it. No story around it.")).to_be_visible()
    page.get_by_label("Your note").fill("My own words.")
    page.get_by_label("Day and time").fill("2027-03-02T14:30")
    with page.expect_download() as download:
        page.get_by_role("button", name="Note it and get a reminder").click()
    assert download.value.suggested_filename == "reminder.ics"
    # The page stays as it was, with the words in it.
    page.get_by_role("button", name="Keep it with the request").click()
    expect(page.get_by_role("status")).to_contain_text("Your note is kept")
    page.get_by_role("button", name="Print it").click()
    expect(page.get_by_text("My own words.")).to_be_visible()
    page.get_by_role("button", name="Back to the meeting").click()
    expect(page.get_by_label("Your note")).to_have_value("My own words.")
