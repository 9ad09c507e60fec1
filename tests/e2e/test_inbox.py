"""The inbox in a real browser: from a typed request and a file to an answer, on a narrow screen and by keyboard."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_meeting import objections, width

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


def keep_one(page: Page, name: str) -> str:
    page.goto("/request/")
    page.get_by_label("Name on the profile").fill(name)
    page.get_by_label("Network", exact=True).select_option("facebook")
    page.get_by_role("button", name="Get an answer").click()
    page.get_by_role("button", name="Keep it in my inbox").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return page.url


def bring_in(page: Page, folder: Path, *names: str) -> None:
    rows = [{"name": name, "timestamp": 1_763_000_000 + 1000 * number} for number, name in enumerate(names)]
    file = folder / "received_friend_requests.json"
    file.write_text(json.dumps({"received_requests_v2": rows}), "utf-8")
    page.goto("/inbox/files/")
    page.get_by_label("The files").set_input_files(file)
    page.get_by_role("button", name="Read them").click()
    expect(page.get_by_role("heading", name=f"{len(names)} new request")).to_be_visible()


@pytest.mark.usefixtures("two_people")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_on_a_narrow_screen(open_page: Open, tmp_path: Path, scheme: str) -> None:
    page = open_page("/", width=320, color_scheme=scheme)
    one = keep_one(page, "Marcus Bellweather")
    bring_in(page, tmp_path, f"Petra of the {scheme}")
    for path in (one, f"{one}exception/", "/inbox/", "/inbox/paste/", "/inbox/files/", "/inbox/year/", "/connections/"):
        page.goto(path)
        assert objections(page) == [], path
        assert width(page) == 320, path
    page.goto("/inbox/")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Decline the chosen…").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Decline")
    assert objections(page) == []
    assert width(page) == 320


@pytest.mark.usefixtures("two_people")
def test_from_a_file_to_the_record_without_scripts(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/", java_script_enabled=False)
    bring_in(page, tmp_path, "Mr. Marcus Bellweather", "Petra of the file")
    page.get_by_role("link", name="Open the inbox").click()
    page.get_by_role("link", name="Mr. Marcus Bellweather").click()
    expect(page.get_by_text("from your caseload")).to_be_hidden()
    page.get_by_text("Who this may be: M. B.").click()
    expect(page.get_by_text("from your caseload")).to_be_visible()
    page.get_by_label("Who is it, as far as you know?").select_option("current-client")
    page.get_by_role("button", name="Answer for this").click()
    expect(page.get_by_label("Who is it, as far as you know?")).to_have_value("current-client")
    page.get_by_role("button", name="I declined it").click()
    expect(page.get_by_role("heading", name="I declined it")).to_be_visible()
    page.get_by_role("link", name="Prepare the next meeting").click()
    expect(page.get_by_role("heading", name="The next meeting")).to_be_visible()
    page.goto("/inbox/")
    expect(page.get_by_role("link", name="Petra of the file")).to_be_visible()


@pytest.mark.usefixtures("two_people")
def test_one_can_be_declined_by_keyboard_alone(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/")
    bring_in(page, tmp_path, "Petra of the keys")
    page.goto("/inbox/")
    page.get_by_label("Choose the request of Petra of the keys").focus()
    page.keyboard.press("Space")
    while page.evaluate("() => document.activeElement.textContent") != "Decline the chosen…":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Decline 1 request")).to_be_visible()
    page.get_by_role("checkbox").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Noted as declined")
