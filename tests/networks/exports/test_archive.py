"""Archives as people give them and as others may make them: listed within limits, and read from anywhere."""

from __future__ import annotations

import gzip
import io
import os
import random
import struct
import sys
import tarfile
import zipfile
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demur.networks.exports import archive
from demur.networks.exports.archive import (
    MOST_INNER,
    NO_FILE,
    NOT_WHOLE,
    ODD_PACKING,
    OVERLAPPING,
    SHUT,
    TOO_DEEP,
    TOO_MANY_ZIPS,
    Allowance,
    Archive,
    Given,
    Unreadable,
    open_archives,
)
from tests.networks.exports.shapes import zipped


def listed(given: Given) -> list[Archive]:
    with ExitStack() as opened:
        return open_archives(given, opened, Allowance())


def names(archives: list[Archive]) -> list[str]:
    return ["/".join((*member.folders, member.name)) for one in archives for member in one.members]


def contents(given: Given) -> dict[str, bytes]:
    with ExitStack() as opened:
        found = open_archives(given, opened, Allowance())
        return {member.name: b"".join(one.pieces(member)) for one in found for member in one.members}


# What was given


def test_a_pipe_is_not_waited_for_and_a_device_is_not_read(tmp_path: Path) -> None:
    pipe, device = tmp_path / "pipe.json", tmp_path / "your_posts_1.json"
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    for path in (pipe, device):
        with pytest.raises(Unreadable, match=NO_FILE[:20]):
            listed(path)
    device.unlink()
    assert names(listed(tmp_path)) == []


def test_days_that_no_calendar_has_cost_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.json").write_bytes(b"[]")
    stat_of = Path.lstat
    monkeypatch.setattr(Path, "lstat", lambda path: os.stat_result([*stat_of(path)[:7], 2**60, 2**60, 2**60]))
    (found,) = listed(tmp_path)
    assert [member.changed for member in found.members] == [None]


def test_a_folder_that_cannot_be_opened_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "open").mkdir()
    (tmp_path / "open/a.json").write_bytes(b"[]")
    iterated = Path.iterdir

    def refusing(path: Path) -> object:
        if path.name == "shut":
            raise PermissionError
        return iterated(path)

    monkeypatch.setattr(Path, "iterdir", refusing)
    (found,) = listed(tmp_path)
    assert (names([found]), found.problems) == (["open/a.json"], [SHUT])


def test_a_name_that_is_no_text_can_be_kept(tmp_path: Path) -> None:
    name = "\udcff\udcfe/a.json"
    assert names(listed(("a.tgz", tar_of({name: b"[]"})))) == ["\ufffd\ufffd/a.json"]
    if sys.platform == "linux":  # Disks of other systems take no such names.
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(b"[]")
        assert names(listed(tmp_path)) == ["\ufffd\ufffd/a.json"]


@pytest.mark.parametrize("path", ["2026-01-02T10:00/a.json", "Notes: mine/a.json", "x/C:/a.json"])
def test_a_colon_is_no_drive(path: str) -> None:
    assert names(listed(("x.zip", zipped({path: b"[]"})))) == [path]


@pytest.mark.parametrize("beginning", [b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07\0"])
def test_other_packings_are_said(beginning: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.7z").write_bytes(beginning + b"\0" * 50)
    for given_one in (("x.7z", beginning + b"\0" * 50), tmp_path / "x.7z"):
        with pytest.raises(Unreadable, match=ODD_PACKING[:30]):
            listed(given_one)


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.tgz"])
def test_nothing_under_the_name_of_an_archive_is_no_whole_one(name: str) -> None:
    for content in (b"", b"hello", b"\0" * 600):
        with pytest.raises(Unreadable, match=NOT_WHOLE[:20]):
            listed((name, content))


# Archives in archives


def test_what_lies_in_a_folder_is_opened_too(tmp_path: Path) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as target:
        about = tarfile.TarInfo("outbox.json")
        about.size = 2
        target.addfile(about, io.BytesIO(b"{}"))
    (tmp_path / "archive.tar.gz").write_bytes(made.getvalue())
    (tmp_path / "b.zip").write_bytes(zipped({"tweets.js": b"1"}))
    assert {"outbox.json", "tweets.js"} < set(names(listed(tmp_path)))
    outer = zipped({"archive.tar.gz": made.getvalue(), "b.zip": zipped({"tweets.js": b"1"})})
    assert {"outbox.json", "tweets.js"} < set(names(listed(("all.zip", outer))))


def test_zips_past_the_limit_are_said(tmp_path: Path) -> None:
    for number in range(MOST_INNER + 1):
        (tmp_path / f"{number}.zip").write_bytes(zipped({f"{number}.json": b"[]"}))
    found = listed(tmp_path)
    assert len(found) == MOST_INNER + 1
    assert found[0].problems == [TOO_MANY_ZIPS]


def test_a_zip_two_zips_deep_is_said() -> None:
    found = listed(("a.zip", zipped({"b.zip": zipped({"c.zip": zipped({"d.json": b"[]"}), "e.json": b"[]"})})))
    assert names(found) == ["b.zip", "c.zip", "e.json"]
    assert [one.problems for one in found] == [[], [TOO_DEEP]]


def test_what_somebody_sent_in_a_message_stays_shut() -> None:
    sent = zipped({"your_posts_1.json": b"[]"})
    files: dict[str, bytes | str] = {"your_facebook_activity/messages/inbox/al_1/files/x.zip": sent, "y.json": b"[]"}
    assert len(listed(("facebook.zip", zipped(files)))) == 1
    nested = listed(("all.zip", zipped({"facebook.zip": zipped(files)})))
    assert [one.problems for one in nested] == [[], []]


# Zips that lie


def overlapping() -> bytes:
    whole = zipped({"a.json": b"[" + b"1," * 5_000 + b"1]", "b.json": b"[]"})
    central, end = whole.index(b"PK\x01\x02"), whole.rindex(b"PK\x05\x06")
    second = whole.index(b"PK\x01\x02", central + 4)
    entries = whole[central:second] * 1_000 + whole[second:end]
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1_001, 1_001, len(entries), central, 0)
    return whole[:central] + entries + tail


def test_files_that_lie_over_each_other_are_left_out() -> None:
    (found,) = listed(("x.zip", overlapping()))
    assert (names([found]), found.problems) == (["b.json"], [OVERLAPPING])


def test_a_zip_is_not_believed_how_much_it_packed() -> None:
    content = bytearray(zipped({"a.json": b" " * 30_000_000}))
    struct.pack_into("<L", content, content.rindex(b"PK\x01\x02") + 20, 2**31)
    with ExitStack() as opened:
        (found,) = open_archives(("x.zip", bytes(content)), opened, Allowance())
        read: list[int] = []
        with pytest.raises(Unreadable):
            read.extend(map(len, found.pieces(found.members[0])))
    assert sum(read) <= len(content) * archive.MOST_EXPANSION


def test_of_twenty_gigabytes_only_the_list_and_what_is_needed_are_read(tmp_path: Path) -> None:
    large = tmp_path / "facebook.zip"
    length, name, content = 20 * 1024**3, b"videos/1.mp4", b"[1]"
    small = zipped({"a.json": content})
    start = small.index(b"PK\x01\x02")
    sizes = struct.pack("<HHQQ", 1, 16, length, length)
    header = struct.pack("<4s5H3L2H", b"PK\x03\x04", 45, 0, 0, 0, 33, 0, 2**32 - 1, 2**32 - 1, len(name), len(sizes))
    about = struct.pack(
        "<4s6H3L5H2L", b"PK\x01\x02", 45, 45, 0, 0, 0, 33, 0, 2**32 - 1, 2**32 - 1, len(name), len(sizes), 0, 0, 0, 0,
        start,
    )  # fmt: skip
    central = small[start : small.rindex(b"PK\x05\x06")] + about + name + sizes
    at = start + len(header + name + sizes) + length
    with large.open("wb") as target:
        target.write(small[:start] + header + name + sizes)
        target.seek(at)
        target.write(central)
        target.write(struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 2, 2, len(central), at))
        target.write(struct.pack("<4sLQL", b"PK\x06\x07", 0, at + len(central), 1))
        target.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, 2**32 - 1, 2**32 - 1, 0))
    assert large.stat().st_size > length
    with ExitStack() as opened:
        (found,) = open_archives(large, opened, Allowance())
        assert [found.size(member) for member in found.members] == [3, length]
        assert found.read(found.members[0], Allowance()) == content
        assert len(next(found.pieces(found.members[1]))) == 64 * 1024


# Archives of Mastodon's older servers


def tar_of(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz", compresslevel=1) as target:
        for name, content in files.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            target.addfile(about, io.BytesIO(content))
    return made.getvalue()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 14), max_size=30), st.integers(0, 2**32))
def test_members_of_a_tar_are_whole_in_whatever_order_they_are_read(order: list[int], seed: int) -> None:
    choose = random.Random(seed)
    files = {f"{at}.jpg": choose.randbytes(choose.randrange(1, 40_000)) * choose.choice((1, 30)) for at in range(15)}
    with pytest.MonkeyPatch.context() as patched, ExitStack() as opened:
        patched.setattr(archive, "_BETWEEN_STOPS", 50_000)
        patched.setattr(archive, "_MOST_STOPS", 8)
        (found,) = open_archives(("a.tgz", tar_of(files)), opened, Allowance())
        assert [member.name for member in found.members] == list(files)
        for at in order:
            assert b"".join(found.pieces(found.members[at])) == files[f"{at}.jpg"]


def test_photos_of_a_tar_are_not_unpacked_from_the_beginning_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked = 0
    step = archive._Unpacked._next

    def counting(self: archive._Unpacked) -> bytes:
        nonlocal unpacked
        piece = step(self)
        unpacked += len(piece)
        return piece

    monkeypatch.setattr(archive, "_BETWEEN_STOPS", 100_000)
    monkeypatch.setattr(archive._Unpacked, "_next", counting)
    files = {f"{at}.jpg": random.Random(at).randbytes(100_000) for at in range(100)}
    with ExitStack() as opened:
        (found,) = open_archives(("a.tgz", tar_of(files)), opened, Allowance())
        for member in reversed(found.members):
            assert b"".join(found.pieces(member)) == files[member.name]
    assert unpacked < 10 * sum(map(len, files.values()))


def test_a_gzip_file_in_parts_and_filled_up_with_noughts_is_read() -> None:
    plain = gzip.decompress(tar_of({"a.json": b"[1]", "b.json": b"[2]" * 50_000}))
    parts = b"".join(gzip.compress(plain[at : at + 7_000]) for at in range(0, len(plain), 7_000))
    assert contents(("a.tgz", parts + b"\0" * 1_000)) == {"a.json": b"[1]", "b.json": b"[2]" * 50_000}


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_a_tar_that_breaks_off_is_said(share: float) -> None:
    whole = tar_of({f"{at}.jpg": random.Random(at).randbytes(50_000) for at in range(10)})
    (found,) = listed(("a.tgz", whole[: int(len(whole) * share)]))
    assert found.problems == [NOT_WHOLE]
    assert 1 <= len(found.members) <= 10


@pytest.mark.parametrize("names_of", [("a" * 60_000, "_" * 60_000), ("/".join("a" * 20_000), " " * 60_000)])
def test_a_name_without_end_is_cut(names_of: tuple[str, str]) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in names_of:
            target.writestr(f"{name}.json", b"[]")
    (found,) = listed(("x.zip", made.getvalue()))
    assert all(len(member.name) <= 300 for member in found.members)
