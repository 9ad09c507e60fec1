"""A real server and a real browser: Demur as somebody would start it, and Debian's chromium or another.

Server and browser live as long as one test module: Playwright keeps an event loop running meanwhile, and Django
refuses its database to whoever has one.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CASELOAD = """client_id,given_name,family_name,city,handles
C-1,Marcus,Bellweather,Riverton,@marcus.bellweather
C-2,Ileana,Quintanar,Riverton,
,,,Nowhere,
"""


@pytest.fixture(scope="module")
def chromium() -> str:
    found = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
    if found is None:
        reason = "there is no chromium here; install it with: sudo apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="module")
def address(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `demur serve` with a store of its own, without a slash at the end."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DEMUR_", "DJANGO_"))}
    environment |= {
        "DEMUR_HOME": str(tmp_path_factory.mktemp("demur") / "home"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-c", "from demur.cli.main import run; run()", "serve", "--port", "0"]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        assert server.stderr is not None
        said = []
        for line in server.stdout:
            said.append(line)
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                break
        else:
            pytest.fail("".join(said) + server.stderr.read())
        try:
            yield found[0]
        finally:
            server.terminate()
            _, errors = server.communicate(timeout=30)
        assert "Traceback" not in errors
        for word in ("Bellweather", "Quintanar", "Marisol"):
            assert word not in errors, "a name got into the server's log"


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(chromium: str, playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
    yield started
    started.close()


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Opens a page of Demur in a window of its own; whatever the console complains about fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"{message.type}: {message.text}")

    def open_it(path: str = "/", width: int = 1280, height: int = 800, **options: object) -> Page:
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(f"script: {error.name}"))
        page.goto(path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def nobody(open_page: Open) -> None:
    """An empty caseload, as on the first day."""
    page = open_page("/caseload/clear/")
    page.get_by_role("button", name="Yes, remove everybody").click()
    page.get_by_text("Nobody is here yet").wait_for()


@pytest.fixture
def two_people(open_page: Open, nobody: None, tmp_path: Path) -> None:
    """Two invented people, brought in as somebody would."""
    file = tmp_path / "list.csv"
    file.write_text(CASELOAD, encoding="utf-8")
    page = open_page("/caseload/")
    page.get_by_label("Your list as a CSV file").set_input_files(file)
    page.get_by_role("button", name="Bring it in").click()
    page.get_by_role("heading", name="2 people are in").wait_for()
