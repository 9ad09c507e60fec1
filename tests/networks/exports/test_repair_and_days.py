from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demur.networks.exports.days import day, day_in_name, is_day_first
from demur.networks.exports.repair import LONGEST_LINE, line, mended, paragraphs
from tests.networks.exports.shapes import TODAY, mangled


@pytest.mark.parametrize("text", ["José Álvarez", "Zoë 🌸", "Łukasz", "Nguyễn Thị", "阿明", "Ann", ""])
def test_broken_letters_are_mended(text: str) -> None:
    assert mended(mangled(text)) == text


@pytest.mark.parametrize("text", ["José", "Zoë 🌸", "Łukasz", "Müller", "阿明", "ÅSE", "naïve"])
def test_whole_letters_are_left_alone(text: str) -> None:
    assert mended(text) == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_mending_undoes_mangling(text: str) -> None:
    assert mended(mangled(text)) == text


@given(st.text())
def test_a_line_is_one_line_that_can_be_stored(text: str) -> None:
    found = line(text)
    assert len(found) <= LONGEST_LINE
    assert not set(found) & set("\0\n\r\t\x1b")
    found.encode("utf-8")
    paragraphs(text).encode("utf-8")


def test_markup_stays_letters() -> None:
    assert line("<script>alert(1)</script>") == "<script>alert(1)</script>"
    assert line("Ana\0 \x1b[31mExample") == "Ana [31mExample"


@pytest.mark.parametrize("value", [None, 3, True, [], {"a": 1}, 2.5])
def test_what_is_no_text_is_no_line(value: object) -> None:
    assert line(value) == ""


def test_a_message_keeps_its_lines() -> None:
    assert paragraphs("  Hi,\r\n we  met.\n\nAna ") == "Hi,\nwe met.\n\nAna"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1767225600, date(2026, 1, 1)),
        (1767225600.9, date(2026, 1, 1)),
        (1767225600000, date(2026, 1, 1)),
        ("1767225600", date(2026, 1, 1)),
        ("1767225600123", date(2026, 1, 1)),
        ("2022-07-22 19:28:21 UTC", date(2022, 7, 22)),
        ("2025-06-01 14:03:22 UTC", date(2025, 6, 1)),
        ("2025-06-01T14:03:22Z", date(2025, 6, 1)),
        ("Fri Jul 22 19:28:21 UTC 2022", date(2022, 7, 22)),
        ("08 Feb 2026", date(2026, 2, 8)),
        ("8 de febrero de 2026", date(2026, 2, 8)),
        ("Feb 8, 2026", date(2026, 2, 8)),
        ("1/29/26, 2:37 PM", date(2026, 1, 29)),
        ("29/1/26 14:37", date(2026, 1, 29)),
        ("10/11/2026", date(2026, 10, 11)),
    ],
)
def test_days_are_read_in_every_way_they_are_written(value: object, expected: date) -> None:
    assert day(value, TODAY) == expected


@pytest.mark.parametrize(
    "value",
    [None, 0, -5, True, float("nan"), float("inf"), 10**400, 1e300, "", "yesterday", "2026-13-40", "99/99/99",
     "2031-01-01", "1999-01-01", [], {}, "9" * 5000],
)  # fmt: skip
def test_what_is_no_day_is_none(value: object) -> None:
    assert day(value, TODAY) is None


def test_a_moment_that_is_tomorrow_in_utc_is_today() -> None:
    assert day("2026-11-21 03:00:00 UTC", TODAY) == TODAY
    assert day("2026-11-22 03:00:00 UTC", TODAY) is None


def test_the_order_of_day_and_month_is_the_files() -> None:
    assert is_day_first(["5/6/26, 1:00 PM", "29/1/26, 2:37 PM"])
    assert not is_day_first(["5/6/26, 1:00 PM", "1/29/26, 2:37 PM"])
    assert not is_day_first(["5/6/26, 1:00 PM"])
    assert day("5/6/26", TODAY, day_first=True) == date(2026, 6, 5)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("facebook-me.example-2026-02-11-AbCdEf12.zip", date(2026, 2, 11)),
        ("instagram-me_example-2025-06-13-YOudpLi7", date(2025, 6, 13)),
        ("Basic_LinkedInDataExport_05-12-2026.zip.zip", date(2026, 5, 12)),
        ("mydata~1767225600000.zip", date(2026, 1, 1)),
        ("mydata~1767225600000-2.zip", date(2026, 1, 1)),
        ("facebook-100004443332221.zip", None),
        ("facebook-me-2031-01-01.zip", None),
        ("friends.json", None),
        ("", None),
    ],
)
def test_names_tell_the_day_of_an_export(name: str, expected: date | None) -> None:
    assert day_in_name(name, TODAY) == expected


@given(st.one_of(st.text(), st.integers(), st.floats(), st.binary(), st.none()))
def test_no_value_makes_it_fail(value: object) -> None:
    found = day(value, TODAY)
    assert found is None or date(2003, 1, 1) <= found <= TODAY


@pytest.mark.parametrize(
    "sign", ["\u202e", "\u202a", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c", "\u200b", "\ufeff"]
)
def test_signs_that_turn_or_hide_letters_are_taken_out(sign: str) -> None:
    assert line(f"Ann{sign} Sam{sign}ple") == "Ann Sample"
    assert paragraphs(f"Hi {sign}gnp.exe\n{sign}Ann") == "Hi gnp.exe\nAnn"


def test_joiners_stay_because_names_and_emoji_need_them() -> None:
    for name in ("علی‌رضا نمونه", "Zoë 👩‍🌾", "ක්‍රිෂාන්"):
        assert line(name) == name


def test_half_a_pair_becomes_the_sign_for_what_is_lost() -> None:
    assert line("\ud83d Ann") == "\ufffd Ann"
    assert paragraphs("Hi\ndc \udc00") == "Hi\ndc \ufffd"
    assert line(mended("\u00c3\u00a9\ud83d")).endswith("\ufffd")
