"""A check-up of settings in a real browser: on a narrow screen, with and without scripts, by keyboard and by ear."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

OPTIONS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
TIKTOK = {"App Settings": {"Settings": {"SettingsMap": {"Private Account": "Disabled", "Allow DownLoad": "Disabled"}}}}


def looked_at(page: Page) -> None:
    """Nothing to object to, and nothing wider than the screen."""
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true })")
    found: dict[str, Any] = Axe().run(page, options=OPTIONS).response
    assert found["passes"], "axe looked at nothing"
    assert [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]] == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def forgotten(page: Page, network: str, purpose: str = "personal") -> None:
    """As if these settings had never been looked at."""
    page.goto(f"/settings/{network}/{purpose}/result/")
    remove = page.get_by_role("button", name="Remove all that Demur knows", include_hidden=True)
    if remove.count():
        page.get_by_text("Remove it", exact=True).click()
        remove.click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_from_the_first_step_to_the_result(open_page: Open, tmp_path: Path, scheme: str, width: int) -> None:
    page = open_page("/settings/", width=width, color_scheme=scheme)
    page.get_by_label("Network", exact=True).select_option("tiktok")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("progressbar", name="Step 1 of 8")).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name="Read it instead of asking me").click()
    looked_at(page)
    export = tmp_path / "user_data_tiktok.json"
    export.write_text(json.dumps(TIKTOK))
    page.get_by_label("Your export from TikTok").set_input_files(export)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="2 values were read")).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name="Go on with the steps").click()
    expect(page.get_by_role("heading", name="Private account")).to_be_visible()
    expect(page.get_by_text("It stands at “Off”")).to_be_visible()
    looked_at(page)
    for number in range(8):
        page.get_by_role("button", name=("Done", "Not now", "Doesn't apply to me")[number % 3]).click()
    expect(page.get_by_role("heading", name="TikTok: your settings")).to_be_visible()
    looked_at(page)
    for path in ("/settings/", "/settings/stale/", "/visible/", "/connections/"):
        page.goto(path)
        looked_at(page)
    forgotten(page, "tiktok")
    expect(page.get_by_role("status")).to_contain_text("is gone")
    looked_at(page)


def test_by_keyboard_alone(open_page: Open) -> None:
    page = open_page("/settings/", width=320)
    page.get_by_label("Network", exact=True).select_option("bluesky")
    page.get_by_role("button", name="Begin").press("Enter")
    first = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="Not now").press("Enter")
    expect(page.get_by_text("Step 2 of")).to_be_visible()
    page.get_by_role("link", name="Back", exact=True).press("Enter")
    expect(page.get_by_role("heading", name=first, exact=True)).to_be_visible()
    expect(page.get_by_text("You said: not now.")).to_be_visible()
    page.get_by_role("link", name="Forward").press("Enter")
    expect(page.get_by_text("Step 2 of")).to_be_visible()
    # Tabbing reaches each answer before anything that is below.
    page.get_by_role("button", name="Done").focus()
    for name in ("Not now", "Doesn't apply to me"):
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name=name)).to_be_focused()
    forgotten(page, "bluesky")


def test_without_scripts_everything_can_be_done(open_page: Open) -> None:
    page = open_page("/settings/", width=320, java_script_enabled=False)
    page.get_by_label("Network", exact=True).select_option("snapchat")
    page.get_by_label("Which of your accounts").select_option("professional")
    page.get_by_role("button", name="Begin").click()
    while page.get_by_role("button", name="Done").count():
        page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("are answered.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Get a reminder for your calendar").click()
    assert download.value.suggested_filename == "reminder.ics"
    file = Path(download.value.path()).read_text("utf-8")
    assert "SUMMARY:Look at your settings" in file
    assert "napchat" not in file
    page.goto("/settings/")
    expect(page.get_by_role("row", name="Snapchat").get_by_role("link")).to_be_visible()
    forgotten(page, "snapchat", "professional")


def test_what_leaves_demur_opens_beside_it(open_page: Open) -> None:
    page = open_page("/settings/", width=320)
    page.get_by_label("Network", exact=True).select_option("facebook")
    page.get_by_role("button", name="Begin").click()
    leaving = page.locator('main a[href^="https://"]')
    assert leaving.count()
    for each in leaving.all():
        assert each.get_attribute("target") == "_blank"
        assert "noreferrer" in str(each.get_attribute("rel"))
        assert "(opens a new tab)" in str(each.text_content())
    forgotten(page, "facebook")
