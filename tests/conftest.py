"""What holds for all tests: no network, and in CI nothing is left out for a missing part."""

from __future__ import annotations

import os

import hypothesis
import pytest
import pytest_socket

# A slow machine is no fault of the code: nothing here asserts a time.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")


@pytest.hookimpl(trylast=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Sockets are closed, except for tests that start a server or a browser on the loopback interface."""
    if item.get_closest_marker("server") or item.get_closest_marker("browser"):
        pytest_socket.socket_allow_hosts(["127.0.0.1", "localhost", "::1"])
    else:
        pytest_socket.disable_socket(allow_unix_socket=True)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    pytest_socket.enable_socket()
    pytest_socket._remove_restrictions()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a skipped test is a failure: it means that a part is missing there.

    One part may be: Bluesky's own server needs Node.js and 360 MB of packages, which not every machine can get.
    """
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    reports = reporter.stats.get("skipped", []) if reporter else []
    skipped = sum("Bluesky's server" not in str(report.longrepr) for report in reports)
    if os.environ.get("CI") and skipped and exitstatus == pytest.ExitCode.OK:
        reporter.write_line(f"{skipped} tests were skipped, and in CI nothing may be skipped.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
