"""Everything that somebody published, out of exports as they come: nothing is lost, and no private message is read."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import tarfile
import tracemalloc
import zipfile
from dataclasses import fields
from pathlib import Path
from typing import Any

import libipld
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demur.core.accounts import Network
from demur.core.posted import Connected, Item, OwnProfile, Place, Posted, PostedKind, Progress, SettingFound, Skipped
from demur.networks.exports import archive
from demur.networks.exports.archive import LOCKED, NOT_THERE, NOT_WHOLE, UNPACKED_TOO_LARGE, ZIP_TOO_LARGE, Given
from demur.networks.exports.published import BROKEN_OFF, NOTHING, UNFAMILIAR, Exports, Found
from tests.networks.exports.repositories import DID, RECORDS, framed, repository
from tests.networks.exports.shapes import TODAY, dumped, mangled, zipped

MADE = Path(__file__).with_name("made")
FOLDERS = ("facebook", "instagram", "x", "linkedin", "tiktok", "tiktok_older", "snapchat", "mastodon")
POSTS = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json"


def read(*given: Given, passed: int = 0) -> list[Found]:
    with Exports(given, TODAY) as exports:
        return list(exports.read(passed))


def items(found: list[Found]) -> list[Item]:
    return [one for one in found if not isinstance(one, Skipped | Progress)]


def skipped(found: list[Found]) -> list[Skipped]:
    return [one for one in found if isinstance(one, Skipped)]


def told(found: Found) -> str:
    """One line with everything that is said."""
    if isinstance(found, Progress):
        return f"Progress {found.done} of {found.total}"
    parts = [type(found).__name__]
    for one in fields(found):
        value = getattr(found, one.name)
        if isinstance(value, Place):
            parts.append(f"{value.member.rpartition('/')[2]}#{value.entry}")
        elif isinstance(value, Network):
            parts.append(value.value)
        elif value not in ("", (), None, 0):
            parts.append(f"{one.name}={str(value)!r}")
    return " ".join(parts)


def facebook_posts(count: int) -> list[dict[str, Any]]:
    return [
        {"timestamp": 1_600_000_000 + number, "data": [{"post": mangled(f"Schöner Tag, Nummer {number} – für alle")}]}
        for number in range(count)
    ]


def zip_of(folder: Path, top: str = "") -> bytes:
    return zipped({top + path.relative_to(folder).as_posix(): path.read_bytes() for path in files_of(folder)})


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


# What is in each network's export


@pytest.mark.parametrize("name", [*FOLDERS, "bluesky", "bluesky_records"])
def test_everything_in_an_export_is_read(name: str) -> None:
    given: Given = ("repo.car", repository(RECORDS)) if name == "bluesky_records" else MADE / name
    expected = (MADE / "expected" / f"{name}.txt").read_text("utf-8").splitlines()
    assert [told(one) for one in read(given) if not isinstance(one, Progress)] == expected


@pytest.mark.parametrize("name", FOLDERS)
def test_a_zip_is_read_as_its_folder_is(name: str) -> None:
    def lines(given: Given) -> list[str]:
        return sorted(told(one) for one in read(given) if not isinstance(one, Progress))

    folder = lines(MADE / name)
    assert lines(("export.zip", zip_of(MADE / name))) == folder
    assert lines(("export.zip", zip_of(MADE / name, "Downloads/my export (1)/"))) == folder


def test_no_private_message_is_ever_read() -> None:
    everything = [MADE / name for name in FOLDERS]
    assert sum(b"NEVER READ THIS" in path.read_bytes() for folder in everything for path in files_of(folder)) == 7
    found = " ".join(map(told, read(*everything)))
    for word in ("NEVER READ", "DELETED", "ARCHIVED", "BLOCKED", "SEARCHED", "somebody else"):
        assert word not in found


def test_several_exports_together_are_all_read() -> None:
    together = items(read(*(MADE / name for name in FOLDERS)))
    alone = [item for name in FOLDERS for item in items(read(MADE / name))]
    assert together == alone
    with Exports([MADE / name for name in FOLDERS], TODAY) as exports:
        assert set(exports.opened.networks) == set(Network) - {Network.BLUESKY, Network.OTHER}
        assert exports.opened.skipped == ()


# How far, and from where


def test_how_far_reading_is_only_grows_and_ends_at_the_whole() -> None:
    given: Given = ("export.zip", zipped({POSTS: dumped(facebook_posts(5_000))}))
    check_progress(given, len(dumped(facebook_posts(5_000))))
    posts = {
        f"app.bsky.feed.post/{number}": {**RECORDS["app.bsky.feed.post/3kaab"], "text": f"a {number}"}
        for number in range(1_000, 3_000)
    }
    check_progress(("repo.car", repository(posts)), len(repository(posts)))


def check_progress(given: Given, size: int) -> None:
    progress = [one for one in read(given) if isinstance(one, Progress)]
    done = [one.done for one in progress]
    assert done == sorted(done)
    assert done[-1] == progress[-1].total == size
    assert len(set(done)) > 5
    assert {one.total for one in progress} == {progress[-1].total}


@pytest.mark.parametrize("passed", [0, 1, 7, 30, 1_000])
def test_reading_goes_on_after_what_was_read(passed: int) -> None:
    given = [MADE / name for name in FOLDERS]
    assert items(read(*given, passed=passed)) == items(read(*given))[passed:]


def test_other_files_are_told_from_the_same_ones() -> None:
    def digest(*given: Given) -> str:
        with Exports(given, TODAY) as exports:
            return exports.digest

    one, other = (
        ("a.zip", zipped({POSTS: dumped(facebook_posts(2))})),
        ("a.zip", zipped({POSTS: dumped(facebook_posts(3))})),
    )
    assert digest(one) == digest(one) != digest(other)


def test_little_of_a_large_export_is_held_at_a_time(tmp_path: Path) -> None:
    large = tmp_path / "facebook.zip"
    with zipfile.ZipFile(large, "w", zipfile.ZIP_DEFLATED) as target, target.open(POSTS, "w") as member:
        member.write(b"[")
        for number in range(60_000):
            post = {"timestamp": 1_600_000_000 + number, "data": [{"post": f"{random.Random(number).random()} " * 20}]}
            member.write((b"," if number else b"") + json.dumps(post).encode())
        member.write(b"]")
    tracemalloc.start()
    count = 0
    with Exports([large], TODAY) as exports:
        size = exports.opened.bytes_to_read
        for found in exports.read():
            count += isinstance(found, Posted)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 60_000
    assert size > 20_000_000
    assert most < 4_000_000


# Parts, copies, and what is missing


def test_a_file_that_lies_in_two_parts_is_read_once() -> None:
    one = zipped({POSTS: dumped(facebook_posts(3)), "photos/1.jpg": b"1"})
    two = zipped({POSTS: dumped(facebook_posts(3)), "photos/2.jpg": b"2"})
    assert len(items(read(("part1.zip", one), ("part2.zip", two)))) == 3


def test_a_part_without_texts_is_no_fault() -> None:
    found = read(("part1.zip", zipped({POSTS: dumped(facebook_posts(3))})), ("part2.zip", zipped({"p/2.jpg": b"2"})))
    assert skipped(found) == []


@pytest.mark.parametrize(
    ("names", "lacking"),
    [
        (("followers_1.json", "followers_3.json"), ["followers_2"]),
        (("your_posts__check_ins__photos_and_videos_2.json",), ["your_posts_check_ins_photos_and_videos_1"]),
        (("data/tweets-part1.js",), ["tweets"]),
        (("data/tweets.js", "data/tweets-part2.js"), ["tweets_1"]),
        (("followers_1.json", "followers_2.json"), []),
        (("posts/album/0.json", "posts/album/4.json"), []),
    ],
)
def test_a_number_that_is_skipped_is_a_missing_part(names: tuple[str, ...], lacking: list[str]) -> None:
    content = {".js": "window.YTD.tweets.part0 = []", ".json": "[]"}
    found = read(("export.zip", zipped({name: content[Path(name).suffix] for name in names})))
    assert [one.place.member.rpartition("/")[2] for one in skipped(found)] == lacking
    assert all("bring them in together" in one.why for one in skipped(found))


def test_a_file_that_the_manifest_of_x_lists_must_be_there() -> None:
    folder = MADE / "x"
    files: dict[str, bytes | str] = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files_of(folder)
        if path.name not in ("tweets-part1.js", "direct-messages.js")
    }
    assert [one.place.member for one in skipped(read(("x.zip", zipped(files))))] == ["tweets-part1.js"]


def test_photos_are_found_by_the_names_that_posts_give_them() -> None:
    files: dict[str, bytes | str] = {
        "top/data/tweets.js": (MADE / "x/data/tweets.js").read_bytes(),
        "top/data/tweets_media/1900000000000000001-AbC1.jpg": b"one",
    }
    rest = zipped({"a/tweets_media/1900000000000000001-AbC2.jpg": b"two"})
    with Exports([("x.zip", zipped(files)), ("rest.zip", rest)], TODAY) as exports:
        post = next(one for one in exports.read() if isinstance(one, Posted) and len(one.photos) == 2)
        assert [exports.photo(post.place, name) for name in post.photos] == [b"one", b"two"]
        assert exports.photo(post.place, "tweets_media/none.jpg") is None


# Other forms


@pytest.mark.parametrize(
    ("files", "name", "says"),
    [
        ({"your_facebook_activity/posts/your_posts_1.html": "<html>"}, "facebook-zoe.zip", "Accounts Center"),
        ({"connections/followers_and_following/followers_1.html": "<html>"}, "instagram-zoe.zip", "choose JSON"),
        ({"html/chat_history.html": "<html>", "index.html": "<html>"}, "mydata~1.zip", "My Data"),
        ({"index.html": "<html>"}, "download.zip", "Ask the network for the same export in JSON"),
        ({"TikTok/Posts.txt": "Date: 1", "TikTok/Follower.txt": "x"}, "tiktok.zip", "plain text"),
        ({POSTS: "\n<!DOCTYPE html><html>"}, "facebook.zip", "web pages (HTML)"),
    ],
)
def test_pages_and_plain_text_are_answered_with_how_to_ask(files: dict[str, bytes | str], name: str, says: str) -> None:
    found = read((name, zipped(files)))
    assert items(found) == []
    assert any(says in one.why for one in skipped(found))


@pytest.mark.parametrize(
    ("name", "content", "count"),
    [
        ("facebook_your_friends.json", dumped({"friends_v2": [{"name": "Al Muster", "timestamp": 1_600_000_000}]}), 1),
        ("Your_Friends (1).json", dumped({"friends_v2": [{"name": "Al Muster", "timestamp": 1_600_000_000}]}), 1),
        ("twitter_follower.js", b'window.YTD.follower.part0 = [{"follower":{"accountId":"1"}}]', 1),
        ("whatever.js", b'window.YTD.follower.part0 = [{"follower":{"accountId":"1"}}]', 1),
        ("script.js", b"var a = [1];", 0),
        ("friends.json", b'[{"name": "no network"}]', 1),
        ("instagram_your_friends.json", dumped({"friends_v2": [{"name": "Al Muster"}]}), 0),
    ],
)
def test_single_files_are_known_by_name(name: str, content: bytes, count: int) -> None:
    assert len(items(read((name, content)))) == count


def test_a_long_file_of_a_tar_is_read_whole() -> None:
    words = (f"{random.Random(number).random()} " * 200 for number in range(600))
    notes = [{"type": "Create", "object": {"to": ["as:Public"], "content": f"<p>{word}</p>"}} for word in words]
    content = json.dumps({"orderedItems": notes}).encode()
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as target:
        for name in ("outbox.json", "a/outbox.json"):
            about = tarfile.TarInfo(name)
            about.size = len(content)
            target.addfile(about, io.BytesIO(content))
    assert len(content) > 2_000_000
    found = read(("archive.tgz", made.getvalue()))
    assert skipped(found) == []
    assert len(items(found)) == 1_200


def test_a_header_of_a_tar_that_says_it_is_huge_is_not_believed() -> None:
    about = tarfile.TarInfo("././@LongLink")
    about.type, about.size = tarfile.GNUTYPE_LONGNAME, 7 * 1024**3
    bomb = gzip.compress(about.tobuf(tarfile.GNU_FORMAT) + b"x" * 20_000_000)
    tracemalloc.start()
    assert [one.why for one in skipped(read(("archive.tar.gz", bomb)))] == [NOT_WHOLE]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000


def test_an_older_archive_of_mastodon_is_a_tar() -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as target:
        target.add(MADE / "mastodon", arcname=".")
        link = tarfile.TarInfo("actor.json")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        target.addfile(link)
    expected = sorted(told(one) for one in items(read(MADE / "mastodon")))
    found = read(("archive.tar.gz", made.getvalue()))
    assert sorted(told(one) for one in items(found)) == expected
    assert any("paths lead elsewhere" in one.why for one in skipped(found))
    cut = read(("archive.tar.gz", made.getvalue()[: len(made.getvalue()) // 2]))
    assert skipped(cut)
    assert [one.why for one in skipped(read(("archive.tar.gz", b"\x1f\x8b\x08\0\0\0")))] == [NOT_WHOLE]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_encoding_is_read(encoding: str) -> None:
    posts = json.dumps([{"timestamp": 1_600_000_000, "data": [{"post": "Grüße 😀"}]}], ensure_ascii=False)
    (post,) = items(read(("your_posts_1.json", posts.encode(encoding))))
    assert isinstance(post, Posted)
    assert post.text == "Grüße 😀"


def test_half_a_pair_and_what_turns_letters_are_taken_out() -> None:
    written = b'window.YTD.tweets.part0 = [{"tweet":{"full_text":"a\\ud83d b \\ud83d\\ude00 \\u202egnp","id_str":"1"}}]'
    (post,) = items(read(("tweets.js", written)))
    assert isinstance(post, Posted)
    assert post.text == "a\ufffd b 😀 gnp"


def test_the_zone_of_a_moment_is_heeded_where_it_is_told() -> None:
    written = b'window.YTD.tweets.part0 = [{"tweet":{"full_text":"x","created_at":"Sun Nov 30 23:30:00 -0500 2025"}}]'
    (post,) = items(read(("tweets.js", written)))
    assert isinstance(post, Posted)
    assert post.when is not None
    assert post.when.isoformat() == "2025-12-01T04:30:00+00:00"


def test_what_older_exports_call_things_is_known() -> None:
    at = 1_500_000_000
    comment = {"timestamp": at, "data": [{"comment": {"comment": "hi"}}]}
    media = [{"uri": "m/1.jpg", "creation_timestamp": at, "title": "old"}]
    noted = {"title": "al", "string_list_data": [{"value": "nice", "timestamp": at}]}
    tweet = {"text": "hello", "created_at": "2014-03-05 12:00:00 +0000", "id_str": "5"}
    files: dict[str, bytes | str] = {
        "friends_and_followers/friends.json": dumped({"friends": [{"name": "Al Muster", "timestamp": at}]}),
        "posts/your_posts_1.json": dumped(facebook_posts(1)),
        "comments/comments.json": dumped({"comments": [comment]}),
        "content/posts_1.json": dumped([{"media": media}]),
        "comments/post_comments.json": dumped({"comments_media_comments": [noted]}),
        "data/js/tweets/2014_03.js": b"Grailbird.data.tweets_2014_03 = " + dumped([tweet]),
    }
    everything = read(("old.zip", zipped(files)))
    assert skipped(everything) == []
    found = items(everything)
    assert {one.text for one in found if isinstance(one, Posted)} >= {"hi", "old", "nice", "hello"}
    assert [one.name for one in found if isinstance(one, Connected)] == ["Al Muster"]


def test_comments_of_2019_are_rows() -> None:
    rows = dumped({"media_comments": [["2019-05-01T10:00:00", "so nice", "ola_beispiel"], ["2019"], 5]})
    found = read(("comments.json", rows))
    (comment,) = items(found)
    assert isinstance(comment, Posted)
    assert (comment.network, comment.kind, comment.text) == (Network.INSTAGRAM, PostedKind.COMMENT, "so nice")
    assert [one.why for one in skipped(found)] == ["2 entries in it could not be read."]


def test_threads_is_not_instagram() -> None:
    people = [one for one in items(read(MADE / "instagram")) if isinstance(one, Connected)]
    assert sorted((one.network.value, one.kind.value, one.handle) for one in people if one.handle) == [
        ("instagram", "follower", "al_sample"),
        ("instagram", "follower", "ola_beispiel"),
        ("instagram", "following", "ola_beispiel"),
        ("threads", "follower", "al_sample"),
        ("threads", "following", "ola_beispiel"),
    ]


def test_settings_are_told_by_the_names_that_the_catalogue_looks_for() -> None:
    from demur.core.settings import Origin
    from demur.networks.settings.catalogue import settings_of

    found = read(*(MADE / name for name in FOLDERS), ("repo.car", repository(RECORDS)))
    names = {(one.network, one.name) for one in found if isinstance(one, SettingFound)}
    for network, at_least in (
        (Network.TIKTOK, 3), (Network.INSTAGRAM, 2), (Network.MASTODON, 3), (Network.X, 1), (Network.BLUESKY, 2),
    ):  # fmt: skip
        fields_of = {
            place.field
            for setting in settings_of(network).settings
            for place in setting.reads
            if place.origin is Origin.EXPORT
        }
        assert len(fields_of & {name for of, name in names if of is network}) >= at_least, network


# Broken and hostile


def test_what_comes_before_a_break_is_read() -> None:
    whole = dumped(facebook_posts(100))
    found = read(("your_posts_1.json", whole[: len(whole) // 2]))
    assert 45 <= len(items(found)) <= 50
    assert [one.why for one in skipped(found)] == [BROKEN_OFF]
    assert [one.why for one in skipped(read(("your_posts_1.json", b"")))] == [BROKEN_OFF]


def test_a_damaged_member_costs_itself_alone() -> None:
    friends = dumped({"friends_v2": [{"name": "Al Muster"}]})
    whole = bytearray(zipped({POSTS: dumped(facebook_posts(3_000)), "friends/your_friends.json": friends}))
    start = whole.index(POSTS.encode()) + len(POSTS) + 3_000
    whole[start : start + 40] = b"\xff" * 40
    found = read(("facebook.zip", bytes(whole)))
    assert any(isinstance(one, Connected) for one in found)
    assert skipped(found)


def test_zips_that_cannot_be_opened_are_said() -> None:
    good = zipped({POSTS: dumped(facebook_posts(3))})
    locked = bytearray(good)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + offset] |= 1
    assert [one.why for one in skipped(read(("a.zip", bytes(locked))))] == [LOCKED]
    assert [one.why for one in skipped(read(("a.zip", good[: len(good) // 2])))] == [NOT_WHOLE]
    assert [one.why for one in skipped(read(("a.zip", zipped({"beach.txt": "x"}))))] == [NOTHING]
    assert [one.why for one in skipped(read(Path("/nowhere/gone.zip")))] == [NOT_THERE]
    together = read(("a.zip", bytes(locked)), ("b.zip", zipped({POSTS: dumped(facebook_posts(5))})))
    assert len(items(together)) == 5
    assert len(skipped(together)) == 1


def test_a_zip_in_a_zip_is_read_unless_it_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = zipped({POSTS: dumped(facebook_posts(3))})
    assert (
        len(
            items(
                read(
                    (
                        "all.zip",
                        zipped({"facebook.zip": inner, "x/tweets.js": (MADE / "x/data/tweets.js").read_bytes()}),
                    )
                )
            )
        )
        == 7
    )
    monkeypatch.setattr(archive, "MOST_IN_ONE", 50)
    assert ZIP_TOO_LARGE in [one.why for one in skipped(read(("all.zip", zipped({"facebook.zip": inner}))))]


def test_a_bomb_is_left_out_after_what_is_plausible() -> None:
    bomb = b'[{"data":[{"post":"first"}]}' + b", 1" * 5_000_000 + b"]"
    found = read(("a.zip", zipped({POSTS: bomb, "b/your_posts_1.json": dumped(facebook_posts(1))})))
    assert UNPACKED_TOO_LARGE in [one.why for one in skipped(found)]
    assert len(items(found)) == 2
    blank = b'[{"data":[{"post":"first"}]},' + b" " * 60_000_000 + b"{}]"
    assert [one.why for one in skipped(read(("a.zip", zipped({POSTS: blank}))))] == [BROKEN_OFF]


def test_one_huge_entry_costs_itself_alone() -> None:
    posts: list[object] = [{"data": [{"post": "first"}]}, {"data": [{"post": "x" * 3_000_000}]}, {"data": [0] * 80_000}]
    found = read(("your_posts_1.json", dumped([*posts, {"data": [{"post": "last"}]}])))
    assert [one.text for one in items(found) if isinstance(one, Posted)] == ["first", "last"]
    assert [one.why for one in skipped(found)] == ["2 entries in it could not be read."]


def test_a_text_without_end_stops_the_reading_of_its_file() -> None:
    found = read(("your_posts_1.json", b'[{"data":[{"post":"first"}]},{"data":[{"post":"' + b"x" * 20_000_000))
    assert len(items(found)) == 1
    assert [one.why for one in skipped(found)] == [BROKEN_OFF]


def test_deep_nesting_is_no_way_in() -> None:
    for content in (b"[" * 500_000, b'{"a":' * 300_000, b'[{"data":' + b"[" * 500_000):
        assert items(read(("your_posts_1.json", content))) == []


@pytest.mark.parametrize("path", ["../../your_posts_1.json", "/etc/your_posts_1.json", "C:\\your_posts_1.json"])
def test_a_path_that_leads_elsewhere_is_not_looked_at(path: str) -> None:
    found = read(("a.zip", zipped({path: dumped(facebook_posts(3))})))
    assert items(found) == []
    assert any("paths lead elsewhere" in one.why for one in skipped(found))


def test_what_is_said_of_a_fault_never_repeats_what_is_in_it() -> None:
    content = b'[{"data":[{"post":"Zzyzx"}]},{"data":[{"post":"Zzyzx'
    for found in (read(("your_posts_1.json", content)), read(("a.zip", zipped({POSTS: content})))):
        assert skipped(found)
        assert not any("Zzyzx" in one.why for one in skipped(found))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("your_posts_1.json", '"hello"'),
        ("followers_1.json", '{"relationships_blocked_users": [{"string_list_data": [{"value": "x"}]}]}'),
        ("friends.json", '{"somebody_else": [1]}'),
        ("comments.json", '{"figures": [1, 2]}'),
        ("Connections.csv", "Name,Age\nAl,3\n"),
        ("Shares.csv", ""),
        ("outbox.json", '{"type": "OrderedCollection", "first": ["x"]}'),
    ],
)
def test_a_file_with_the_name_of_another_is_said(name: str, content: str) -> None:
    found = read(("export.zip", zipped({name: content})))
    assert items(found) == []
    assert [one.why for one in skipped(found)] == [UNFAMILIAR]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("your_posts_1.json", "[]"),
        ("your_friends.json", '{"friends_v2": []}'),
        ("friends.json", '{"Friends": [], "Pending Requests": [{"Username": "al"}], "Blocked Users": []}'),
        ("outbox.json", '{"@context": ["https://www.w3.org/ns/activitystreams"], "totalItems": 0, "orderedItems": []}'),
        ("user_data.json", '{"Comment": {"Comments": {"CommentsList": null}}, "Post": {"Posts": {"VideoList": []}}}'),
        ("tweets.js", "window.YTD.tweets.part0 = []"),
        ("Shares.csv", "Date,ShareLink,ShareCommentary\n"),
        ("ads.json", '{"anything": [1]}'),
    ],
)
def test_an_empty_list_is_no_fault(name: str, content: str) -> None:
    found = read(("export.zip", zipped({name: content, "your_posts_1.json": "[]"})))
    assert [one for one in found if not isinstance(one, Progress)] == []


def test_names_that_turn_or_break_lines_are_shown_plain() -> None:
    name = "a\u202eb/\x1b[2Jc\x07/your_posts_1.json"
    (found,) = items(read(("x\u202egpj\ud83d.zip", zipped({name: dumped(facebook_posts(1))}))))
    assert isinstance(found, Posted)
    assert (found.place.part, found.place.member) == ("xgpj\ufffd.zip", "ab/[2Jc/your_posts_1.json")
    assert [one.place.part for one in skipped(read(("\u202ex\n.zip", b"PK\x03\x04")))] == ["x .zip"]


def test_a_photo_with_an_odd_name_is_found() -> None:
    name = "media/IMG  1\u202e (é).jpg"
    post = {"timestamp": 1_600_000_000, "attachments": [{"data": [{"media": {"uri": mangled(name)}}]}]}
    files: dict[str, bytes | str] = {POSTS: dumped([post]), name: b"here"}
    with Exports([("facebook.zip", zipped(files))], TODAY) as exports:
        (found,) = (one for one in exports.read() if isinstance(one, Posted))
        assert [exports.photo(found.place, one) for one in found.photos] == [b"here"]


@pytest.mark.parametrize("name", ["who_you've_followed.json", "who_you_ve_followed.json", "who_you’ve_followed.json"])
def test_the_apostrophe_in_facebooks_file_may_be_any(name: str) -> None:
    people = dumped({"following_v3": [{"name": "Al Muster", "timestamp": 1_600_000_000}]})
    for written in (name, mangled(name)):
        (found,) = items(read(("x.zip", zipped({f"connections/followers/{written}": people}))))
        assert isinstance(found, Connected)
        assert found.name == "Al Muster"


def test_following_on_instagram_in_each_of_its_shapes() -> None:
    old = {"string_list_data": [{"href": "https://www.instagram.com/al", "value": "al", "timestamp": 1_600_000_000}]}
    new = {"title": "bo", "string_list_data": [{"href": "https://www.instagram.com/_u/bo", "timestamp": 1_700_000_000}]}
    for content in ({"relationships_following": [old, new]}, [old, new]):
        found = items(read(("following.json", dumped(content))))
        assert [one.handle for one in found if isinstance(one, Connected)] == ["al", "bo"]


def test_numbers_of_tweets_keep_every_digit() -> None:
    number = 2**53 + 1
    for name in ("tweet.js", "tweets.js"):
        tweet = {"tweet": {"full_text": "x", "id": number}}
        (found,) = items(read((name, b"window.YTD.tweet.part0 = " + dumped([tweet]))))
        assert isinstance(found, Posted)
        assert found.link.endswith(str(number))


def test_a_zip_made_on_windows_or_a_mac_is_read_once() -> None:
    files: dict[str, bytes | str] = {
        f"My exports\\facebook\\{POSTS}".replace("/", "\\"): dumped(facebook_posts(2)),
        f"__MACOSX/My exports/._{POSTS}": b"\0\5\26\7",
        "My exports/.DS_Store": b"\0",
    }
    found = read(("x.zip", zipped(files)))
    assert (len(items(found)), skipped(found)) == (2, [])


def test_two_accounts_in_one_folder_are_both_read(tmp_path: Path) -> None:
    for who in ("al", "bo"):
        folder = tmp_path / f"instagram-{who}-2026-01-02" / "connections/followers_and_following"
        folder.mkdir(parents=True)
        people = [{"string_list_data": [{"value": f"{who}_{number}", "timestamp": 1_600_000_000}]} for number in (1, 2)]
        (folder / "followers_1.json").write_bytes(dumped(people))
    found = items(read(tmp_path))
    assert sorted(one.handle for one in found if isinstance(one, Connected)) == ["al_1", "al_2", "bo_1", "bo_2"]


def test_moments_that_are_none_cost_no_post() -> None:
    moments = [0, -5, 10**18, 253_402_300_800, 1e300, "0000-01-01", "99999-01-01", "1600000000", "", [], {}, "9" * 400]
    posts = [{"timestamp": moment, "data": [{"post": f"a {number}"}]} for number, moment in enumerate(moments)]
    found = items(read(("your_posts_1.json", dumped(posts))))
    assert [one.text for one in found if isinstance(one, Posted)] == [f"a {number}" for number in range(len(moments))]
    assert [one.when.year for one in found if isinstance(one, Posted) and one.when] == [2020]


# Bluesky's repository


def test_names_of_records_that_grow_on_each_other_take_no_memory() -> None:
    name = b"app.bsky.feed.post/"
    leaves = [{"p": 0, "k": name, "v": b"\0" * 36, "t": None}]
    leaves += [{"p": 10**6, "k": b"a", "v": number.to_bytes(36), "t": None} for number in range(20_000)]
    node = framed(libipld.encode_dag_cbor({"l": None, "e": leaves}))
    tracemalloc.start()
    found = items(read(("repo.car", repository(RECORDS) + node)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found) == len(items(read(("repo.car", repository(RECORDS)))))
    assert most < 60_000_000


def test_a_post_of_bluesky_has_an_address() -> None:
    posts = [one for one in items(read(("repo.car", repository(RECORDS)))) if isinstance(one, Posted) and one.link]
    assert [one.link for one in posts] == [
        f"https://bsky.app/profile/{DID}/post/3kaaa",
        f"https://bsky.app/profile/{DID}/post/3kaab",
    ]


def test_a_repository_that_breaks_off_is_read_up_to_there() -> None:
    whole = repository(RECORDS)
    found = read(("repo.car", whole[:-10]))
    assert len(items(found)) == len(items(read(("repo.car", whole)))) - 1
    assert [one.why for one in skipped(found)] == [BROKEN_OFF]


def test_a_record_that_is_not_what_its_hash_says_is_left_out() -> None:
    changed = repository(RECORDS).replace(b"thanks", b"thonks")
    found = read(("repo.car", changed))
    assert not any(isinstance(one, Posted) and "th" in one.text and one.text.endswith("nks") for one in found)
    assert [one.why for one in skipped(found)] == ["1 entry in it could not be read."]
    large = framed(b"\0" * 3_000_000)
    found = read(
        (
            "repo.car",
            repository(RECORDS)
            + large
            + framed(libipld.encode_dag_cbor({"$type": "app.bsky.feed.post", "text": "last"})),
        )
    )
    assert any(isinstance(one, Posted) and one.text == "last" for one in found)
    deep = framed(b"\x81" * 200_000)
    assert [one.why for one in skipped(read(("repo.car", repository(RECORDS) + deep)))] == [
        "1 entry in it could not be read."
    ]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(repository(RECORDS)) - 1), st.binary(min_size=1, max_size=12))
def test_no_bytes_in_a_repository_make_it_fail(at: int, wild: bytes) -> None:
    whole = repository(RECORDS)
    for item in items(read(("repo.car", whole[:at] + wild + whole[at + len(wild) :]))):
        told(item).encode()


# Anything at all

_ODD = (None, True, 0, -1, 10**30, 1e308, "", "x", "\ud83d", "\0", [], {}, [[]], [{}], {"": {}}, "9" * 50, ["a", 1])
_MADE = [path for name in FOLDERS for path in files_of(MADE / name) if path.suffix in (".json", ".js")]


def spoilt(value: Any, choose: random.Random) -> Any:
    """The same with some of its parts replaced, taken away or wrapped."""
    if choose.random() < 0.08:
        return choose.choice(_ODD)
    if isinstance(value, dict):
        return {key: spoilt(one, choose) for key, one in value.items() if choose.random() > 0.05}
    if isinstance(value, list):
        return [spoilt(one, choose) for one in value if choose.random() > 0.05]
    return [value] if choose.random() < 0.05 else value


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_no_value_in_the_right_file_makes_it_fail(choose: random.Random) -> None:
    files: dict[str, bytes | str] = {}
    for path in _MADE:
        before, start, rest = path.read_text("utf-8").partition(" = ") if path.suffix == ".js" else ("", "", "")
        value = json.loads(rest or path.read_text("utf-8"))
        files[path.relative_to(MADE).as_posix()] = before + start + json.dumps(spoilt(value, choose))
    for item in items(read(("all.zip", zipped(files)))):
        told(item).encode()
        if isinstance(item, OwnProfile | Connected | Posted):
            json.dumps(
                [getattr(item, one.name) for one in fields(item) if isinstance(getattr(item, one.name), str)]
            ).encode()


_TABLES = [path for path in files_of(MADE / "linkedin") if path.suffix == ".csv"]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(st.text(max_size=12), max_size=9), max_size=4), st.sampled_from(_TABLES))
def test_good_lines_survive_whatever_stands_beside_them(wild: list[list[str]], path: Path) -> None:
    text = path.read_text("utf-8-sig")
    before = [one for one in items(read((path.name, text.encode()))) if not isinstance(one, OwnProfile)]
    rows = io.StringIO()
    writer = csv.writer(rows, quoting=csv.QUOTE_ALL)
    writer.writerows(wild)
    found = items(read((path.name, (text + rows.getvalue()).encode("utf-8", "replace"))))
    assert [told(one) for one in found if not isinstance(one, OwnProfile)][: len(before)] == [
        told(one) for one in before
    ]


def test_what_is_passed_on_without_a_word_is_a_repost_and_with_one_it_is_a_post() -> None:
    shared = {"title": "Zoë Muster shared a link.", "timestamp": 1_600_000_000}
    attached = [{"data": [{"external_context": {"url": "https://soup.example.org"}}]}]
    posts = [
        {**shared, "attachments": attached},
        {**shared, "attachments": attached, "data": [{"post": "Try this soup"}]},
        {**shared, "attachments": [*attached, {"data": [{"place": {"name": "Soup Bar"}}]}]},
    ]
    found = items(read(("facebook.zip", zipped({POSTS: dumped(posts)}))))
    assert [one.kind for one in found if isinstance(one, Posted)] == [
        PostedKind.REPOST,
        PostedKind.POST,
        PostedKind.POST,
    ]
