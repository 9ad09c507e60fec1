"""The protocol with a client that others wrote, against the running server."""

from __future__ import annotations

import language_tool_python
import pytest
import requests

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("caseload")]

TEXT = "😀😀 Marcus Bellweather made my day. 👩🏽‍⚕️ Off to yoga next Tuesday at 6pm at Riverton Gym!"


def test_language_tool_python_marks_the_very_words(address: str) -> None:
    with language_tool_python.LanguageTool("en-US", remote_server=address) as tool:
        matches = tool.check(TEXT)
        assert "Marcus Bellweather" in [match.matched_text for match in matches]
        for match in matches:
            # It counts UTF-16 units in what it gets and code points in what it gives.
            assert TEXT[match.offset : match.offset + match.error_length] == match.matched_text


def test_language_tool_python_corrects_with_our_suggestions(address: str) -> None:
    text = "🎉 Call me, my SSN is 123-45-6789."
    with language_tool_python.LanguageTool("en-US", remote_server=address) as tool:
        matches = tool.check(text)
        assert matches
        expected = text
        for match in sorted(matches, key=lambda match: -match.offset):
            if match.replacements:
                end = match.offset + match.error_length
                expected = expected[: match.offset] + match.replacements[0] + expected[end:]
        assert tool.correct(text) == expected


def test_it_finds_nothing_in_a_harmless_text(address: str) -> None:
    with language_tool_python.LanguageTool("en-GB", remote_server=address) as tool:
        assert tool.check("The tomatoes are finally red. 🍅") == []


def test_an_addon_may_read_the_answer_over_the_wire(address: str) -> None:
    origin = "moz-extension://0b9c6e0e-1111-4222-8333-944455556666"
    answer = requests.post(
        f"{address}/v2/check", data={"language": "auto", "text": TEXT}, headers={"Origin": origin}, timeout=30
    )
    assert answer.headers["Access-Control-Allow-Origin"] == origin
    assert "Server" not in answer.headers
    assert answer.json()["matches"]
