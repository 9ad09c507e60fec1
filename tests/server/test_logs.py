from __future__ import annotations

import ast
import io
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from hypothesis import given
from hypothesis import strategies as st

import demur
from demur.server.logs import PlainFormatter, only_places

SECRET = "Marisol Quintanilla"
_LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}


def formatted(record: logging.LogRecord) -> str:
    return PlainFormatter().format(record)


def failing(words: str) -> None:
    try:
        raise KeyError(words)
    except KeyError as error:
        raise ValueError(f"about {words}") from error


def record_of(name: str, message: object, *args: object, words: str = "") -> logging.LogRecord:
    info = None
    if words:
        try:
            failing(words)
        except ValueError as error:
            info = (type(error), error, error.__traceback__)
    return logging.LogRecord(name, logging.ERROR, __file__, 7, message, args, info)


@given(st.text(min_size=1).map(lambda text: f"Zq{text}zQ"), st.sampled_from(["demur.x", "django.request", "waitress"]))
def test_no_argument_and_no_message_of_an_exception_gets_out(secret: str, name: str) -> None:
    line = formatted(record_of(name, "Something failed: %s", secret, words=secret))
    assert "Zq" not in line
    assert "builtins.ValueError" in line
    assert "test_logs.py" in line


def test_what_a_line_shows() -> None:
    line = formatted(record_of("demur.server", "The store could not be read", words=SECRET))
    head, *frames = line.splitlines()
    assert head.split(" ", 1)[1] == "ERROR demur.server The store could not be read builtins.ValueError"
    assert [frame.split(":")[1].split(" ")[1] for frame in frames] == ["record_of", "failing"]


def test_another_programs_words_are_left_out() -> None:
    assert SECRET not in formatted(record_of("django.security.DisallowedHost", f"Invalid HTTP_HOST: {SECRET}"))
    assert SECRET not in formatted(record_of("waitress", f"exception in {SECRET}"))
    assert SECRET not in formatted(record_of("demurrer", SECRET))


def test_an_exception_as_the_message() -> None:
    line = formatted(record_of("demur.server", ValueError(SECRET)))
    assert SECRET not in line
    assert "ValueError" in line


def test_arguments_that_do_not_fit_do_no_harm() -> None:
    assert SECRET not in formatted(record_of("demur.server", "%d and %d", SECRET))


def test_the_status_is_shown() -> None:
    record = record_of("django.request", "Internal Server Error: %s", "/Marisol")
    record.status_code = 500
    assert formatted(record).endswith("ERROR django.request status=500")


@pytest.fixture
def stderr_of_the_handler() -> Iterator[io.StringIO]:
    handler = next(h for h in logging.getLogger().handlers if isinstance(h.formatter, PlainFormatter))
    assert isinstance(handler, logging.StreamHandler)
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


def boom(request: HttpRequest, word: str) -> HttpResponse:
    raise ValueError(f"{SECRET} {word} {request.POST}")


class Addresses:
    urlpatterns = (path("boom/<str:word>", boom),)


def test_a_page_that_fails_says_where_and_not_what(client: Client, stderr_of_the_handler: io.StringIO) -> None:
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF=Addresses):
        answer = client.post("/boom/Quintanilla?q=Marisol", {"draft": SECRET})
    assert answer.status_code == 500
    assert SECRET.encode() not in answer.content
    log = stderr_of_the_handler.getvalue()
    assert "django.request status=500 builtins.ValueError" in log
    assert "boom" in log
    assert "Marisol" not in log
    assert "Quintanilla" not in log


def test_what_nobody_catches_says_where_and_not_what(stderr_of_the_handler: io.StringIO) -> None:
    def fails() -> None:
        raise ValueError(SECRET)

    before = threading.excepthook
    with only_places():
        thread = threading.Thread(target=fails)
        thread.start()
        thread.join()
        try:
            fails()
        except ValueError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    assert threading.excepthook is before
    log = stderr_of_the_handler.getvalue()
    assert log.count("builtins.ValueError") == 2
    assert log.count(" fails") == 2
    assert SECRET not in log


def _log_calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in _LEVELS
            and isinstance(node.func.value, ast.Name)
            and "log" in node.func.value.id.lower()
        ):
            yield node


def test_every_log_call_has_a_constant_message() -> None:
    """The formatter prints the messages of Demur's own log calls, so they must not be put together from anything."""
    package = Path(demur.__file__).parent
    bad = [
        f"{file.relative_to(package)}:{call.lineno}"
        for file in package.rglob("*.py")
        for call in _log_calls(ast.parse(file.read_text("utf-8")))
        if not (call.args and isinstance(call.args[0], ast.Constant))
    ]
    assert bad == []


def test_the_look_above_finds_a_message_put_together() -> None:
    calls = list(_log_calls(ast.parse('_log.error(f"about {name}")\nlogger.info("fine")')))
    assert [isinstance(call.args[0], ast.Constant) for call in calls] == [False, True]
