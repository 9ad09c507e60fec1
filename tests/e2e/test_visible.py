"""Accounts, their plan and an audit in a real browser: on any screen, by keyboard, and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.audit.files import x_archive

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

OPTIONS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
LONG = "harborpinecounselingcenterofnorthernminnesota"
PRIVATE = {
    "Network": "x",
    "Handle or name of the account": "@ileana.moss",
    "Name shown": "Ileana Quintanar",
    "Profile text": "Collects moss, banjos and sourdough disasters",
    "Phone numbers behind it": "505-555-0142",
    "Uploads the contacts from your phone": "on",
}
WORK = {
    "Network": "facebook",
    "Handle or name of the account": f"<b>{LONG}</b>",
    "What it is for": "professional",
    "Name shown": "Ileana Quintanar, LCSW",
    "Profile text": "LCSW. Collects moss, banjos and sourdough disasters. Call 505-555-0142",
}


def looked_at(page: Page) -> None:
    """Nothing to object to, and nothing wider than the screen."""
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true })")
    found: dict[str, Any] = Axe().run(page, options=OPTIONS).response
    assert found["passes"], "axe looked at nothing"
    assert [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]] == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def add(page: Page, fields: dict[str, str]) -> None:
    page.goto("/accounts/new/")
    page.get_by_text("What it shows, and what stands behind it").click()
    for label, value in fields.items():
        field = page.get_by_label(label, exact=True)
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("status")).to_contain_text("It is kept")


def emptied(page: Page) -> None:
    """A register that nobody wrote in."""
    page.goto("/accounts/")
    while (each := page.get_by_role("link", name="Look or change")).count():
        each.first.click()
        page.get_by_text("Remove it", exact=True).click()
        page.get_by_role("button", name="Take it out of the register").click()
    expect(page.get_by_role("link", name="Add your first account")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_register_and_the_plan(open_page: Open, scheme: str, width: int) -> None:
    page = open_page("/accounts/", width=width, color_scheme=scheme)
    emptied(page)
    looked_at(page)
    page.goto("/accounts/new/")
    looked_at(page)
    page.get_by_label("Handle or name of the account").fill("   ")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Write the handle, or the name of the page.")).to_be_visible()
    looked_at(page)
    add(page, PRIVATE)
    expect(page.get_by_text("Add one of each to see them.")).to_be_visible()
    looked_at(page)
    add(page, WORK)
    expect(page.get_by_role("heading", name="What to change")).to_be_visible()
    expect(page.get_by_role("img", name="Your accounts and what ties them")).to_be_visible()
    expect(page.get_by_text("one of the profiles shows it")).to_be_visible()
    assert page.locator("main b").count() == 0
    looked_at(page)
    page.get_by_role("link", name="Look or change").first.click()
    looked_at(page)
    page.goto("/accounts/plan/")
    if page.get_by_role("heading", name="A few questions").count():  # later there is a plan, and nothing is missing
        page.get_by_role("button", name="Show my plan").click()
        expect(page.get_by_text("Answer each of them; there is no wrong one.")).to_be_visible()
    looked_at(page)
    for question in page.get_by_role("group").all():
        question.get_by_role("radio").last.check()
    page.get_by_role("button", name="Show my plan").click()
    expect(page.get_by_text("minutes a month.")).to_have_count(3)
    looked_at(page)
    page.goto("/accounts/")
    expect(page.get_by_role("link", name="See it whole, or answer again")).to_be_visible()
    looked_at(page)


def test_an_account_by_keyboard_alone(open_page: Open) -> None:
    page = open_page("/accounts/", width=320)
    emptied(page)
    page.get_by_role("link", name="Add your first account").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Handle or name of the account").focus()
    page.keyboard.type("@moss")
    page.get_by_text("What it shows, and what stands behind it").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Name shown")).to_be_focused()
    page.keyboard.type("Moss")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("It is kept")
    page.get_by_role("link", name="Find my plan").or_(page.get_by_role("link", name="See it whole")).focus()
    page.keyboard.press("Enter")
    for question in page.get_by_role("group").all():
        question.get_by_role("radio").first.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
    page.get_by_role("button", name="Show my plan").press("Enter")
    expect(page.get_by_role("heading", name="For you:")).to_be_visible()
    emptied(page)


def test_accounts_without_scripts(open_page: Open) -> None:
    page = open_page("/accounts/", width=320, java_script_enabled=False)
    emptied(page)
    page.goto("/accounts/new/")
    page.get_by_label("Handle or name of the account").fill("@moss")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("status")).to_contain_text("It is kept")
    page.get_by_role("link", name="Look or change").click()
    page.get_by_label("Where the export of this account is on this computer").fill("/nowhere.zip")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("alert")).to_contain_text("There is no file or folder at that place.")
    expect(page.get_by_label("Handle or name of the account")).to_have_value("@moss")
    emptied(page)


def test_what_another_window_changed_is_asked_about(open_page: Open) -> None:
    page = open_page("/accounts/")
    emptied(page)
    add(page, {"Handle or name of the account": "@moss"})
    page.get_by_role("link", name="Look or change").click()
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Town shown").fill("Duluth")
    other.get_by_role("button", name="Keep it").click()
    expect(other.get_by_role("status")).to_contain_text("It is kept")
    page.get_by_label("Employer shown").fill("Harbor Pine")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("alert")).to_contain_text("changed meanwhile")
    expect(page.get_by_label("Employer shown")).to_have_value("Harbor Pine")
    looked_at(page)
    emptied(page)


@pytest.mark.usefixtures("two_people")
def test_an_audit_from_its_start_to_its_report(open_page: Open, tmp_path: Path) -> None:
    export = x_archive(tmp_path / "x.zip", 60, 1)
    page = open_page("/audit/", width=320)
    looked_at(page)
    page.get_by_role("button", name="Look through it").click()
    expect(page.get_by_text("Choose an export, or type where it is.")).to_be_visible()
    looked_at(page)
    page.get_by_label("Where your exports are on this computer").fill(str(export))
    page.get_by_label("Keep the words of what is found").check()
    page.get_by_role("button", name="Look through it").click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible(timeout=120_000)
    looked_at(page)
    page.get_by_role("link", name="See what was found", exact=True).click()
    expect(page.get_by_role("heading", name="What a client could see of you")).to_be_visible()
    for width, scheme in ((320, "light"), (1280, "dark"), (320, "dark"), (1280, "light")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        looked_at(page)
    assert "x.zip" not in page.url
    ticked_by_keyboard(page)
    hidden_and_shown(page)
    without = open_page("/audit/personal/", width=320, java_script_enabled=False)
    hidden_and_shown(without)
    without.get_by_role("button", name="Done", exact=True).last.click()
    row = without.locator(":target")
    expect(row.get_by_role("button", name="Not done after all")).to_be_in_viewport()


def ticked_by_keyboard(page: Page) -> None:
    """The count follows, and the keyboard stays where it was."""
    before = page.locator("#how-many").inner_text()
    page.get_by_role("button", name="Done", exact=True).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Not done after all").first).to_be_focused()
    expect(page.locator("#said")).to_contain_text("still open")
    expect(page.locator("#how-many")).not_to_have_text(before)
    looked_at(page)


def hidden_and_shown(page: Page) -> None:
    words = page.get_by_text("recital").or_(page.get_by_text("relapsed")).first
    expect(words).to_be_visible()
    page.get_by_label("Hide the words").check()
    expect(words).to_be_hidden()
    page.get_by_label("Hide the words").uncheck()
    expect(words).to_be_visible()
