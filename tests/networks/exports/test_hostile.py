"""Exports that somebody made to do harm, and those that a bad line broke: nothing raises, and good rows stay."""

from __future__ import annotations

import csv
import io
import json
import stat
import struct
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demur.core.arrivals import Reading
from demur.networks.exports import archive
from demur.networks.exports.archive import (
    LOCKED,
    NOT_WHOLE,
    TOO_LARGE,
    UNPACKED_TOO_LARGE,
    Allowance,
    Member,
    open_archives,
)
from demur.networks.exports.reading import read_export_files
from tests.networks.exports.shapes import (
    CONNECTIONS,
    INVITATIONS,
    TODAY,
    dumped,
    facebook_list,
    seconds,
    snapchat_item,
    string_list,
    zipped,
)

GOOD = facebook_list("received_requests_v2", ("Al Muster", seconds(2026, 1, 2)))
PATH = "connections/friends/received_friend_requests.json"


def read(content: bytes, name: str = "export.zip") -> Reading:
    return read_export_files([(name, content)], TODAY)


def names(reading: Reading) -> list[str]:
    return [arrival.profile.display_name or arrival.profile.handle for arrival in reading.arrivals]


# Paths


@pytest.mark.parametrize(
    "path",
    [
        "../../received_friend_requests.json",
        "/etc/received_friend_requests.json",
        "a/../../received_friend_requests.json",
        "..\\..\\received_friend_requests.json",
        "C:\\received_friend_requests.json",
        "\\\\host\\received_friend_requests.json",
    ],
)
def test_a_path_that_leads_elsewhere_is_not_looked_at(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    reading = read(zipped({path: GOOD}))
    assert not reading.arrivals
    assert any("their paths lead elsewhere" in note for note in reading.notes)
    assert names(read(zipped({path: GOOD, PATH: GOOD}))) == ["Al Muster"]
    assert list(tmp_path.iterdir()) == []


def test_a_link_in_a_zip_is_not_looked_at() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        link = zipfile.ZipInfo(PATH)
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        target.writestr(link, "/etc/passwd")
    reading = read(made.getvalue())
    assert not reading.arrivals
    assert any("1 file was not looked at" in note for note in reading.notes)


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "received_friend_requests.json").write_bytes(GOOD)
    export = tmp_path / "export"
    export.mkdir()
    (export / "friends").symlink_to(tmp_path / "secret")
    (export / "received_friend_requests.json").symlink_to(tmp_path / "secret" / "received_friend_requests.json")
    (export / "loop").symlink_to(export)
    reading = read_export_files([export], TODAY)
    assert not reading.arrivals
    assert any("3 files were not looked at" in note for note in reading.notes)


def test_a_file_that_is_gone_is_said(tmp_path: Path) -> None:
    assert read_export_files([tmp_path / "gone.zip"], TODAY).notes == (archive.NOT_THERE,)


# Sizes


def test_a_bomb_is_left_out_and_its_neighbours_are_read() -> None:
    bomb = b'{"received_requests_v2": [' + b" " * 40_000_000 + b"]}"
    reading = read(zipped({f"a/{PATH}": bomb, f"b/{PATH}": GOOD}))
    assert UNPACKED_TOO_LARGE in reading.notes
    assert names(reading) == ["Al Muster"]


def test_a_zip_that_lies_about_sizes_is_cut_off() -> None:
    content = bytearray(zipped({PATH: b'{"received_requests_v2": [' + b" " * 3_000_000 + b"]}"}))
    central = content.rindex(b"PK\x01\x02")
    struct.pack_into("<L", content, central + 24, 100)
    reading = read(bytes(content))
    assert not reading.arrivals
    assert reading.notes


def test_what_is_read_is_limited_in_one_and_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_IN_ONE", 1_000)
    large = facebook_list("received_requests_v2", *[(f"Al {number}", seconds(2026, 1, 2)) for number in range(50)])
    assert TOO_LARGE in read(zipped({PATH: large})).notes
    with ExitStack() as opened:
        (found,) = open_archives(("x.zip", zipped({"a": b"1" * 600, "b": b"2" * 600})), opened, Allowance())
        allowance = Allowance(1_000)
        assert len(found.read(found.members[0], allowance)) == 600
        with pytest.raises(archive.Unreadable):
            found.read(found.members[1], allowance)


def test_too_many_files_are_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)
    assert read(zipped({f"{number}.json": b"{}" for number in range(4)})).notes == (archive.TOO_MANY,)
    for number in range(4):
        (tmp_path / f"{number}.json").write_bytes(b"{}")
    assert read_export_files([tmp_path], TODAY).notes == (archive.TOO_MANY,)


def test_the_day_of_an_export_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0

    class Counted(list[Member]):
        def __iter__(self) -> Iterator[Member]:
            nonlocal looked
            looked += 1
            return super().__iter__()

    with ExitStack() as opened:
        files: dict[str, bytes | str] = {f"{number}.json": "{}" for number in range(50)}
        (found,) = open_archives(("x.zip", zipped(files, (2026, 3, 4))), opened, Allowance())
        members = list(found.members)
        found.members = Counted(found.members)
        assert {found.day(member, TODAY) for member in members} == {date(2026, 3, 4)}
        assert {found.day(member, date(2026, 3, 1)) for member in members} == {None}
    assert looked == 2


def test_only_what_is_needed_is_unpacked() -> None:
    with ExitStack() as opened:
        (found,) = open_archives(
            ("x.zip", zipped({"photos/1.jpg": b"\0" * 90_000_000, PATH: GOOD})), opened, Allowance()
        )
        assert [member.name for member in found.members] == ["1.jpg", "received_friend_requests.json"]
    assert names(read(zipped({"photos/1.jpg": b"\0" * 90_000_000, PATH: GOOD}))) == ["Al Muster"]


def test_a_name_of_ten_megabytes_is_cut() -> None:
    value = {"received_requests_v2": [{"name": "A" * 10_000_000, "timestamp": 1}, {"name": "Bo Muster"}]}
    reading = read(dumped(value), "received_friend_requests.json")
    assert [len(name) for name in names(reading)] == [300, 9]


def test_a_message_of_ten_megabytes_costs_no_other_line() -> None:
    rows = INVITATIONS.replace("Do you remember?", "x" * 10_000_000)
    reading = read(rows.encode(), "Invitations.csv")
    assert names(reading) == ["Rosa Beispiel", "Cal Sample"]
    assert len(reading.arrivals[0].message) <= 100_000


def test_deep_nesting_is_no_way_in() -> None:
    for content in (
        b"[" * 200_000,
        b'{"received_requests_v2":' * 100_000,
        b'[{"label_values":' + b'[{"dict":' * 20_000,
    ):
        assert not read(content, "received_friend_requests.json").arrivals
    nested: Any = "x"
    for _ in range(300):
        nested = [{"label": "a", "dict": nested}]
    reading = read(
        dumped([{"label_values": nested}, {"label_values": [{"value": "Bo Muster"}]}]), "received_friend_requests.json"
    )
    assert names(reading)[-1] == "Bo Muster"


# Broken and locked


def test_a_truncated_zip_is_said() -> None:
    whole = zipped({PATH: GOOD, "photo.jpg": bytes(range(256)) * 100})
    for end in (10, len(whole) // 2, len(whole) - 10):
        assert read(whole[:end]).notes == (NOT_WHOLE,)


def test_a_damaged_member_is_said() -> None:
    whole = bytearray(zipped({PATH: GOOD, "Invitations.csv": INVITATIONS}))
    start = whole.index(PATH.encode()) + len(PATH)
    whole[start + 2 : start + 12] = b"\xff" * 10
    reading = read(bytes(whole))
    assert NOT_WHOLE in reading.notes
    assert names(reading) == ["Rosa Beispiel", "Cal Sample"]


def test_a_locked_zip_is_said() -> None:
    locked = bytearray(zipped({PATH: GOOD}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + offset] |= 1
    # Of what could not be opened nobody knows whether there is a list in it.
    assert read(bytes(locked), "facebook-me.zip").notes == (LOCKED,)


def test_other_ways_of_packing_are_said() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA) as target:
        target.writestr(PATH, GOOD)
    assert archive.ODD_PACKING in read(made.getvalue()).notes


def test_one_bad_value_costs_itself_alone() -> None:
    huge = b"9" * 6_000
    value = b'{"received_requests_v2":[{"name":"Al\0 Muster","timestamp":' + huge + b'},{"name":"Bo","timestamp":NaN}]}'
    assert names(read(value, "received_friend_requests.json")) == ["Al Muster", "Bo"]


def test_names_with_nothing_in_them() -> None:
    value = {"received_requests_v2": [{"name": "Al\0 Muster\0"}, {"name": "\0"}, {"name": "\ud83d half"}]}
    assert names(read(dumped(value), "received_friend_requests.json")) == ["Al Muster", "\ufffd half"]
    rows = b"From,Sent At,Direction\nAl\0 Muster,08 Feb 2026,INCOMING\n"
    assert names(read(rows, "Invitations.csv")) == ["Al Muster"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_that_is_too_large_is_not_called_missing(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_IN_ONE", 100)
    files: dict[str, bytes | str] = {f"{number}/Invitations.csv": INVITATIONS for number in range(count)}
    assert read(zipped(files)).notes == (TOO_LARGE,)


def test_many_of_one_name_take_no_more_time_each() -> None:
    # With all days of a name looked through for each request, this would take an hour.
    people = [("John Smith", seconds(2020, 1, 2) + number) for number in range(60_000)]
    friends = [("John Smith", seconds(2010, 1, 2) + number) for number in range(60_000)]
    files: dict[str, bytes | str] = {
        PATH: facebook_list("received_requests_v2", *people),
        "connections/friends/your_friends.json": facebook_list("friends_v2", *friends),
    }
    assert len(read(zipped(files)).arrivals) == 60_000


def test_a_row_of_a_million_cells_is_cut() -> None:
    rows = b"From,Sent At,Direction\nAl Muster,08 Feb 2026,INCOMING" + b"," * 1_000_000 + b"\n"
    assert names(read(rows, "Invitations.csv")) == ["Al Muster"]


# Anything at all

_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["name", "timestamp", "title", "string_list_data", "label_values", "label", "value", "href", "dict", "vec",
             "timestamp_value", "Username", "Display Name", "Pending Requests", "Friends", "received_requests_v2"]
        )
        | st.text(max_size=8),
        inner,
        max_size=5,
    ),
    max_leaves=20,
)  # fmt: skip
_FILES = [
    "received_friend_requests.json", "your_friends.json", "rejected_friend_requests.json", "friends.json",
    "follow_requests_you've_received.json", "followers_1.json", "threads/followers.json", "Invitations.csv",
]  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(_FILES), _json, max_size=4))
def test_no_value_in_the_right_file_makes_it_fail(files: dict[str, Any]) -> None:
    reading = read(zipped({name: dumped(value) for name, value in files.items()}))
    for arrival in reading.arrivals:
        assert arrival.profile.display_name or arrival.profile.handle
        assert arrival.as_of <= TODAY
        assert arrival.received is None or arrival.received <= arrival.as_of
        json.dumps(arrival.profile.display_name).encode()


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_json, max_size=6), st.integers(0, 6))
def test_good_rows_survive_whatever_stands_beside_them(rows: list[Any], where: int) -> None:
    for name, wrap, good in (
        (
            "received_friend_requests.json",
            "received_requests_v2",
            {"name": "Al Muster", "timestamp": seconds(2026, 1, 2)},
        ),
        (
            "follow_requests_you've_received.json",
            "relationships_follow_requests_received",
            string_list(("al_muster", 1))[0],
        ),
        ("friends.json", "Pending Requests", snapchat_item("al_muster", "Al Muster", "2026-01-02 00:00:00 UTC")),
    ):
        beside = [*rows[:where], good, *rows[where:]]
        reading = read(zipped({name: dumped({wrap: beside})}))
        assert {"Al Muster", "al_muster"} & set(names(reading)) or any(
            arrival.profile.handle == "al_muster" for arrival in reading.arrivals
        )


_cell = st.text(max_size=15)


@settings(max_examples=80)
@given(st.lists(st.lists(_cell, max_size=8), max_size=6))
def test_good_lines_survive_in_a_table_too(rows: list[list[str]]) -> None:
    table = io.StringIO()
    writer = csv.writer(table, quoting=csv.QUOTE_ALL)
    writer.writerow(["From", "To", "Sent At", "Message", "Direction"])
    writer.writerows(rows)
    writer.writerow(["Al Muster", "Me", "08 Feb 2026", "", "INCOMING"])
    writer.writerows(rows)
    content = table.getvalue().encode("utf-8")
    assert "Al Muster" in names(read(content, "Invitations.csv"))


@settings(max_examples=150)
@given(st.sampled_from([*_FILES, "x.zip", "x", "x.html", "y.eml"]), st.binary(max_size=300))
def test_no_bytes_make_it_fail(name: str, content: bytes) -> None:
    assert read(content, name).notes


@settings(max_examples=150)
@given(st.integers(0, 3000), st.binary(min_size=1, max_size=8))
def test_no_damage_to_a_zip_makes_it_fail(where: int, with_what: bytes) -> None:
    whole = bytearray(zipped({PATH: GOOD, "Invitations.csv": INVITATIONS, "Connections.csv": CONNECTIONS}))
    where %= len(whole)
    whole[where : where + len(with_what)] = with_what
    assert read(bytes(whole)).notes
