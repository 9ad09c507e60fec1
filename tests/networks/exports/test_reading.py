"""Whole exports, as they come: what is found, what is left out, and what is said about it."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest

from demur.core.accounts import Network
from demur.core.arrivals import Arrival, Reading, Source
from demur.core.content import Direction, RequestKind
from demur.networks.exports.reading import NOTHING_KNOWN, merged, read_export_files
from tests.networks.exports.shapes import (
    CONNECTIONS,
    INVITATIONS,
    TODAY,
    dumped,
    facebook_list,
    label_values,
    mangled,
    seconds,
    snapchat_item,
    string_list,
    title_list,
    zipped,
)

RECEIVED = facebook_list(
    "received_requests_v2",
    ("José Beispiel", seconds(2026, 3, 1)),
    ("Ann Sample", seconds(2026, 2, 1)),
    ("Ola Muster", seconds(2025, 12, 24)),
    ("Sam Smith", seconds(2026, 1, 5)),
)
FRIENDS = facebook_list(
    "friends_v2",
    ("Ann Sample", seconds(2026, 2, 2)),
    ("Sam Smith", seconds(2016, 5, 5)),
    ("Kim Else", seconds(2014, 1, 1)),
)
REJECTED = facebook_list("rejected_requests_v2", ("Ola Muster", seconds(2026, 1, 2)))
FACEBOOK = {
    "connections/friends/received_friend_requests.json": RECEIVED,
    "connections/friends/your_friends.json": FRIENDS,
    "connections/friends/rejected_friend_requests.json": REJECTED,
}
LABELS = {
    "English": ("URL", "Name", "Username"),
    "German": ("URL", "Name", "Benutzername"),
    "Spanish": ("URL", "Nombre", "Nombre de usuario"),
    "of no language that is known": ("X", "Y", "Z"),
}
REQUESTS = "connections/followers_and_following/follow_requests_you've_received.json"


def read(files: dict[str, bytes | str], name: str = "export.zip", at: tuple[int, int, int] = (1980, 1, 1)) -> Reading:
    return read_export_files([(name, zipped(files, at))], TODAY)


def people(reading: Reading) -> list[str]:
    return [arrival.profile.handle or arrival.profile.display_name for arrival in reading.arrivals]


def says(reading: Reading, *words: str) -> bool:
    return any(all(word in note for word in words) for note in reading.notes)


# Facebook


def test_facebook_lists_who_still_waits() -> None:
    reading = read(dict(FACEBOOK), "facebook-me.example-2026-03-05-AbCd.zip")
    assert reading.arrivals[0] == Arrival(
        network=Network.FACEBOOK,
        profile=reading.arrivals[0].profile,
        as_of=date(2026, 3, 5),
        source=Source.EXPORT,
        kind=RequestKind.FRIEND,
        direction=Direction.INCOMING,
        received=date(2026, 3, 1),
    )
    assert people(reading) == ["José Beispiel", "Sam Smith"]
    assert says(reading, "Facebook: 2 friend requests, as of March 5, 2026.")
    assert says(reading, "1 request left out", "friends by now")
    assert says(reading, "1 request left out", "declined")


def test_a_friend_of_old_does_not_settle_a_new_request_of_that_name() -> None:
    reading = read(dict(FACEBOOK))
    assert "Sam Smith" in people(reading)
    assert says(reading, "1 request carries the name of somebody who was your friend before")


def test_whoever_asks_again_after_a_no_is_listed() -> None:
    again = facebook_list("received_requests_v2", ("Ola Muster", seconds(2026, 2, 20)))
    files = {**FACEBOOK, "connections/friends/received_friend_requests.json": again}
    assert people(read(files)) == ["Ola Muster"]


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("friends/received_friend_requests.json", "received_requests"),
        ("friends_and_followers/friend_requests_received.json", "received_requests_v2"),
        ("your_activity_across_facebook/friends_and_followers/friend_requests_received.json", "received_requests_v2"),
        ("facebook-me/connections/friends/received_friend_requests.json", "received_requests_v2"),
        ("personal_information/profile_information/friends/received_friend_requests.json", "received_requests_v3"),
        ("x\\connections\\friends\\received_friend_requests.json", "received_requests_v2"),
        ("connections/friends/received_friend_requests (1).json", "received_requests_v2"),
        ("connections/friends/Received_Friend_Requests.JSON", "received_requests_v2"),
        ("connections/friends/received_friend_requests.json", "a_key_of_tomorrow"),
    ],
)
def test_facebook_is_known_in_every_place_it_had(path: str, key: str) -> None:
    reading = read({path: facebook_list(key, ("Rosa Beispiel", seconds(2024, 1, 5)))})
    assert people(reading) == ["Rosa Beispiel"]
    assert reading.arrivals[0].received == date(2024, 1, 5)


@pytest.mark.parametrize("label", ["Name", "Nombre", "Nom", "Имя"])
def test_facebook_in_label_values_goes_by_what_values_look_like(label: str) -> None:
    entry = {
        "timestamp": seconds(2026, 1, 9),
        "media": [],
        "label_values": [
            {"label": "URL", "value": "https://www.facebook.com/rosa.beispiel.5"},
            {"label": mangled(label), "value": mangled("Rosa Beispiél")},
            {"label": "?", "timestamp_value": seconds(2026, 1, 9)},
            {"label": "??", "dict": [{"label": "a", "vec": [{"value": "12"}]}]},
        ],
        "fbid": "1",
    }
    reading = read({"connections/friends/received_friend_requests.json": dumped([entry])})
    (arrival,) = reading.arrivals
    assert (arrival.profile.display_name, arrival.profile.handle) == ("Rosa Beispiél", "rosa.beispiel.5")
    assert arrival.received == date(2026, 1, 9)


def test_profile_numbers_are_no_handles() -> None:
    entry = {
        "label_values": [{"label": "URL", "href": "https://www.facebook.com/profile.php?id=1"}, {"value": "Al Muster"}]
    }
    (arrival,) = read({"friends/received_friend_requests.json": dumped([entry])}).arrivals
    assert (arrival.profile.display_name, arrival.profile.handle) == ("Al Muster", "")


def test_keys_may_be_broken_as_values_are() -> None:
    value = {mangled("received_requests_v2"): [{"name": mangled("Zoë 🌸"), "timestamp": seconds(2026, 1, 1)}]}
    assert people(read({"received_friend_requests.json": dumped(value)})) == ["Zoë 🌸"]


# Instagram and Threads


def test_instagram_old_shape() -> None:
    files = {
        REQUESTS: dumped(
            {
                "relationships_follow_requests_received": string_list(
                    ("rosa.b", seconds(2026, 1, 2)), ("fan_1", seconds(2026, 1, 3))
                )
            }
        ),
        "connections/followers_and_following/followers_1.json": dumped(string_list(("FAN_1", seconds(2026, 1, 4)))),
        "connections/followers_and_following/following.json": dumped({"relationships_following": []}),
    }
    reading = read(files, "instagram-me-2026-02-11-x.zip")
    (arrival,) = reading.arrivals
    assert (arrival.profile.handle, arrival.kind, arrival.network) == ("rosa.b", RequestKind.FOLLOW, Network.INSTAGRAM)
    assert (arrival.received, arrival.as_of) == (date(2026, 1, 2), date(2026, 2, 11))
    assert says(reading, "1 request left out", "follow you by now")


def test_instagram_with_the_name_as_title_and_u_in_the_address() -> None:
    value = {"relationships_follow_requests_received": title_list(("rosa.b", seconds(2026, 1, 2)))}
    assert people(read({REQUESTS: dumped(value)})) == ["rosa.b"]


@pytest.mark.parametrize("language", LABELS)
def test_instagram_new_shape_in_any_language(language: str) -> None:
    entries = label_values(
        LABELS[language], ("rosa.b", "Rosa Beispiél", seconds(2026, 1, 2)), ("zed", "", seconds(2026, 1, 1))
    )
    reading = read({REQUESTS: dumped(entries)})
    assert [(a.profile.handle, a.profile.display_name) for a in reading.arrivals] == [
        ("rosa.b", "Rosa Beispiél"),
        ("zed", ""),
    ]
    assert reading.arrivals[0].received == date(2026, 1, 2)


def test_instagram_new_shape_without_an_address() -> None:
    entries = [
        {"timestamp": 1, "label_values": [{"label": "Nutzer", "value": "rosa.b"}]},
        {"timestamp": 1, "label_values": [{"label": "A", "value": "Rosa"}, {"label": "B", "value": "rosa.b"}]},
        {
            "timestamp": 1,
            "label_values": [{"label": "A", "value": "Rosa B."}, {"label": "Username", "value": "rosa_c"}],
        },
    ]
    assert people(read({REQUESTS: dumped(entries)})) == ["rosa.b", "rosa_c"]


@pytest.mark.parametrize(
    "name",
    [
        "follow_requests_you've_received.json",
        "follow_requests_you_ve_received.json",
        "follow_requests_you’ve_received.json",
        mangled("follow_requests_you’ve_received.json"),
        "follow_requests_youve_received.json",
        "follow_requests_you_have_received.json",
        "follow_requests_you've_received_1.json",
    ],
)
def test_the_apostrophe_in_instagrams_file_may_be_any(name: str) -> None:
    content = dumped({"relationships_follow_requests_received": string_list(("rosa.b", seconds(2026, 1, 2)))})
    assert people(read({f"x/{name}": content})) == ["rosa.b"]


def test_a_missing_part_of_the_followers_is_said() -> None:
    files = {
        REQUESTS: dumped({"relationships_follow_requests_received": string_list(("rosa.b", seconds(2026, 1, 2)))}),
        "connections/followers_and_following/followers_1.json": dumped(string_list(("a", 1))),
        "connections/followers_and_following/followers_3.json": dumped(string_list(("b", 1))),
    }
    assert says(read(files), "followers_2", "several zips")
    del files["connections/followers_and_following/followers_3.json"]
    assert not says(read(files), "is missing")
    del files["connections/followers_and_following/followers_1.json"]
    assert says(read(files), "list of your followers is not in the export")


def test_threads_is_not_mixed_with_instagram() -> None:
    files = {
        REQUESTS: dumped({"relationships_follow_requests_received": string_list(("rosa.b", seconds(2026, 1, 2)))}),
        "connections/followers_and_following/followers_1.json": dumped(string_list(("else", 1))),
        "your_instagram_activity/threads/followers.json": dumped(
            {"text_post_app_text_post_app_followers": string_list(("rosa.b", 1))}
        ),
    }
    reading = read(files)
    assert people(reading) == ["rosa.b"]
    assert not says(reading, "Threads")


def test_requests_in_the_folder_of_threads_are_those_of_threads() -> None:
    value = dumped(string_list(("rosa.b", seconds(2026, 1, 2))))
    reading = read({"your_instagram_activity/threads/follow_requests_you've_received.json": value})
    assert [arrival.network for arrival in reading.arrivals] == [Network.THREADS]


# LinkedIn


def test_linkedin_lists_who_came_in_and_is_no_connection() -> None:
    reading = read(
        {"Invitations.csv": "\ufeff" + INVITATIONS, "Connections.csv": CONNECTIONS},
        "Basic_LinkedInDataExport_02-11-2026.zip.zip",
    )
    (arrival,) = reading.arrivals
    assert (arrival.profile.display_name, arrival.profile.handle) == ("Rosa Beispiel", "rosa-beispiel-555")
    assert arrival.message == "Hi, we met at the food bank.\nDo you remember?"
    assert (arrival.received, arrival.as_of, arrival.kind) == (date(2026, 1, 29), date(2026, 2, 11), RequestKind.FRIEND)
    assert says(reading, "1 invitation left out", "connected by now")
    assert says(reading, "doesn't tell an invitation that waits from one that you ignored")


def test_linkedin_before_it_gave_addresses() -> None:
    invitations = (
        "From,To,Sent At,Message,Direction\n"
        'Rosa Beispiel,Me,"1/29/22, 2:37 PM",,INCOMING\n'
        'Cal Sample,Me,"1/2/22, 2:37 PM",,INCOMING\n'
    )
    reading = read(
        {
            "Invitations.csv": invitations,
            "Connections.csv": CONNECTIONS.replace("https://www.linkedin.com/in/cal-sample", ""),
        }
    )
    assert people(reading) == ["Rosa Beispiel"]


def test_a_connection_with_another_address_is_somebody_else() -> None:
    connections = CONNECTIONS.replace("/in/cal-sample", "/in/cal-sample-2")
    reading = read({"Invitations.csv": INVITATIONS, "Connections.csv": connections})
    assert people(reading) == ["rosa-beispiel-555", "cal-sample"]


def test_linkedin_with_everything_quoted_other_columns_and_escapes() -> None:
    rows = (
        '"Direction","From","inviterProfileUrl","Sent At","Something new"\n'
        '"INCOMING","Zoë Muster","https://de.linkedin.com/in/zo%C3%AB-muster/","2025-06-01 14:03:22 UTC","x"\n'
    )
    (arrival,) = read({"Complete/Invitations.csv": rows}).arrivals
    assert (arrival.profile.display_name, arrival.profile.handle) == ("Zoë Muster", "zoë-muster")
    assert arrival.received == date(2025, 6, 1)


def test_linkedin_days_before_months_where_the_file_says_so() -> None:
    rows = 'From,Sent At,Direction\nA Muster,"29/1/26, 14:37",INCOMING\nB Muster,"5/1/26, 14:37",INCOMING\n'
    assert [arrival.received for arrival in read({"Invitations.csv": rows}).arrivals] == [
        date(2026, 1, 29),
        date(2026, 1, 5),
    ]


def test_a_table_saved_anew_by_a_spreadsheet_is_read() -> None:
    rows = "From;Sent At;Direction\r\nJosé Muster;08 Feb 2026;INCOMING\r\n"
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        reading = read_export_files([("Invitations (2).csv", rows.encode(encoding))], TODAY)
        assert people(reading) == ["José Muster"], encoding


# Snapchat


@pytest.mark.parametrize(
    "at", ["2026-01-02 19:28:21 UTC", seconds(2026, 1, 2), "Fri Jan 02 19:28:21 UTC 2026", seconds(2026, 1, 2) * 1000]
)
def test_snapchat(at: object) -> None:
    value = {
        "Friends": [snapchat_item("kim_b", "Kim", "2020-01-01 00:00:00 UTC")],
        "Friend Requests Sent": [snapchat_item("sent_to", "Sent", at)],
        "Blocked Users": [],
        "Ignored Snapchatters": [snapchat_item("ignored_1", "Ig", "2026-01-03 00:00:00 UTC")],
        "Pending Requests": [
            snapchat_item("rosa.b", "Rosa &amp; Tom", at),
            snapchat_item("kim_b", "Kim", at),
            snapchat_item("ignored_1", "Ig", at),
        ],
    }
    reading = read(
        {"mydata~1/json/friends.json": dumped(value), "mydata~1/html/friends.html": "<html>"},
        "mydata~1767916800000.zip",
    )
    (arrival,) = reading.arrivals
    assert (arrival.profile.handle, arrival.profile.display_name) == ("rosa.b", "Rosa & Tom")
    assert (arrival.network, arrival.received, arrival.as_of) == (Network.SNAPCHAT, date(2026, 1, 2), date(2026, 1, 9))
    assert says(reading, "2 requests left out")


# The day, duplicates, several at once


def test_the_day_is_the_names_then_the_newest_files_then_the_newest_requests() -> None:
    files = {
        "a/received_friend_requests.json": facebook_list("received_requests_v2", ("Al Muster", seconds(2026, 1, 2)))
    }
    assert read(files, "facebook-2026-02-11.zip", (2026, 4, 4)).arrivals[0].as_of == date(2026, 2, 11)
    assert read(files, "export.zip", (2026, 4, 4)).arrivals[0].as_of == date(2026, 4, 4)
    in_future = read(files, "export-2030-01-01.zip", (2030, 1, 1))
    assert in_future.arrivals[0].as_of == date(2026, 1, 2)
    assert says(in_future, "nothing says on which day")
    # A file can't have seen a request before it was made.
    assert read(files, "facebook-2020-02-11.zip").arrivals[0].as_of == date(2026, 1, 2)
    without = {"received_friend_requests.json": dumped({"received_requests_v2": [{"name": "Al Muster"}]})}
    (arrival,) = read(without).arrivals
    assert (arrival.received, arrival.as_of) == (None, TODAY)


def test_a_folder_inside_may_name_the_day() -> None:
    files = {"instagram-me-2025-06-13-x/" + REQUESTS: dumped(string_list(("rosa.b", seconds(2025, 1, 2))))}
    assert read(files).arrivals[0].as_of == date(2025, 6, 13)


def test_newer_and_older_exports_give_one_line_for_each() -> None:
    def export(day: str, at: int) -> tuple[str, bytes]:
        value = {"relationships_follow_requests_received": string_list(("rosa.b", at))}
        return f"instagram-me-{day}-x.zip", zipped({REQUESTS: dumped(value)})

    reading = read_export_files(
        [export("2026-03-01", seconds(2026, 2, 5)), export("2026-02-10", seconds(2026, 2, 4))], TODAY
    )
    (arrival,) = reading.arrivals
    assert (arrival.as_of, arrival.received) == (date(2026, 3, 1), date(2026, 2, 4))
    assert says(reading, "2 lists of follow requests", "one account")


def test_each_line_of_one_list_with_a_name_alone_is_a_request_of_its_own() -> None:
    value = facebook_list(
        "received_requests_v2",
        ("John Smith", seconds(2026, 1, 2)),
        ("John Smith", seconds(2025, 5, 2)),
        ("john  smith", seconds(2026, 1, 2, 18)),
    )
    file = ("received_friend_requests.json", value)
    assert len(read_export_files([file], TODAY).arrivals) == 3
    # The same list once more tells of nobody else.
    assert len(read_export_files([file, file], TODAY).arrivals) == 3


ALIKE = [
    ("राम शर्मा", "रमा शर्मा", "Devanagari, a vowel sign elsewhere"),
    ("मिना", "मीना", "Devanagari, another vowel sign"),
    ("कमल", "कमला", "Devanagari, one vowel sign more"),
    ("José Muster", "Jose Muster", "an accent"),
    ("Zoë", "Zoe", "a diaeresis"),
    ("ธนา", "ธน", "Thai"),
    ("กิม", "กีม", "Thai, another vowel sign"),
    ("עָלָה", "עלה", "Hebrew points"),
    ("علی‌رضا", "علیرضا", "a joiner"),
    ("Йо", "Ио", "Cyrillic, a breve"),
]


@pytest.mark.parametrize(("one", "other"), [pair[:2] for pair in ALIKE], ids=[pair[2] for pair in ALIKE])
def test_people_whose_names_differ_by_a_sign_are_two(one: str, other: str) -> None:
    at = seconds(2026, 1, 2)
    value = facebook_list("received_requests_v2", (one, at), (other, at))
    assert people(read({"received_friend_requests.json": value})) == [one, other]
    friends = facebook_list("friends_v2", (one, at + 86_400))
    settled = read({"received_friend_requests.json": value, "your_friends.json": friends})
    assert people(settled) == [other]
    rows = f"From,Sent At,Direction,Message\n{one},08 Feb 2026,INCOMING,first\n{other},08 Feb 2026,INCOMING,second\n"
    assert [arrival.message for arrival in read({"Invitations.csv": rows}).arrivals] == ["first", "second"]
    addresses = "".join(
        f"{who},08 Feb 2026,INCOMING,https://www.linkedin.com/in/{quote(who)}\n" for who in (one, other)
    )
    found = read({"Invitations.csv": "From,Sent At,Direction,inviterProfileUrl\n" + addresses})
    assert len(found.arrivals) == 2


def test_a_name_in_two_ways_of_writing_its_letters_is_one() -> None:
    at = seconds(2026, 1, 2)
    composed, taken_apart = (unicodedata.normalize(form, "José Muster") for form in ("NFC", "NFD"))
    value = facebook_list("received_requests_v2", (composed, at))
    friends = facebook_list("friends_v2", (taken_apart.upper(), at))
    assert not read({"received_friend_requests.json": value, "your_friends.json": friends}).arrivals


@pytest.mark.parametrize("address", ["", "https://www.linkedin.com/in/rosa-555"])
def test_no_message_is_lost(address: str) -> None:
    head = "From,Sent At,Direction,Message,inviterProfileUrl\n"
    rows = "".join(f"Rosa Beispiel,08 Feb 2026,INCOMING,{words},{address}\n" for words in ("hi", "please help", "hi"))
    for given in ([rows], [rows, rows], [rows, "\n".join(reversed(rows.splitlines())) + "\n"]):
        files = [(f"Invitations ({number}).csv", (head + one).encode()) for number, one in enumerate(given)]
        messages = [arrival.message for arrival in read_export_files(files, TODAY).arrivals]
        assert sorted(messages) == (["hi", "please help"] if address else ["hi", "hi", "please help"])


def test_merging_keeps_what_either_tells() -> None:
    first, second = (
        read({REQUESTS: dumped(entries)}).arrivals[0]
        for entries in (
            label_values(LABELS["English"], ("rosa.b", "Rosa", seconds(2026, 1, 2))),
            string_list(("ROSA.B", seconds(2026, 1, 3))),
        )
    )
    for both in ([first, second], [second, first]):
        (one,) = merged([both])
        assert merged([[one], both]) == [one]
        assert (one.profile.display_name, one.received) == ("Rosa", date(2026, 1, 2))


def test_parts_of_one_export_and_several_networks_are_read_together() -> None:
    parts = list(FACEBOOK.items())
    given = [
        ("facebook-me-2026-03-05-a.zip", zipped(dict(parts[:1]))),
        ("facebook-me-2026-03-05-b.zip", zipped(dict(parts[1:]))),
        ("Invitations.csv", INVITATIONS.encode()),
    ]
    assert people(read_export_files(given, TODAY)) == ["José Beispiel", "Sam Smith", "rosa-beispiel-555", "cal-sample"]


def test_zips_in_a_zip_and_a_zipped_folder_with_a_mac_in_between() -> None:
    inner = zipped({f"facebook-me/{path}": content for path, content in FACEBOOK.items()})
    linkedin = zipped({"Invitations.csv": INVITATIONS, "Connections.csv": CONNECTIONS})
    files: dict[str, bytes | str] = {
        "My exports/facebook-me-2026-03-05-a.zip": inner,
        "My exports/li.zip": linkedin,
        "My exports/.DS_Store": b"\0\0",
        "__MACOSX/My exports/._received_friend_requests.json": b"\0\5\26\7",
        "My exports/._li.zip": b"\0\5\26\7",
    }
    reading = read(files)
    assert people(reading) == ["José Beispiel", "Sam Smith", "rosa-beispiel-555"]
    assert reading.arrivals[0].as_of == date(2026, 3, 5)


def test_a_folder_and_a_single_file_by_their_path(tmp_path: Path) -> None:
    for path, content in FACEBOOK.items():
        (tmp_path / "facebook-me-2026-03-05-a" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "facebook-me-2026-03-05-a" / path).write_bytes(content)
    reading = read_export_files([tmp_path / "facebook-me-2026-03-05-a"], TODAY)
    assert people(reading) == ["José Beispiel", "Sam Smith"]
    assert reading.arrivals[0].as_of == date(2026, 3, 5)
    alone = tmp_path / "renamed by hand.json"
    alone.write_bytes(RECEIVED)
    assert len(read_export_files([alone], TODAY).arrivals) == 4


# What holds no requests


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (
            {"data/tweets.js": "window.YTD.tweets.part0 = []", "data/follower.js": "window.YTD.follower.part0 = []"},
            "X's archive",
        ),
        ({"user_data_tiktok.json": "{}"}, "TikTok's export"),
        ({"actor.json": "{}", "outbox.json": "{}"}, "Mastodon's archive"),
        ({"repo.car": b"\x01"}, "Bluesky has no follow requests"),
    ],
)
def test_networks_whose_exports_hold_no_requests(files: dict[str, bytes | str], words: str) -> None:
    reading = read(files)
    assert not reading.arrivals
    assert says(reading, words)


def test_single_files_are_known_by_what_is_in_them() -> None:
    assert says(read_export_files([("x (1).js", b"window.YTD.follower.part0 = []")], TODAY), "X's archive")
    tiktok = dumped({"Profile And Settings": {"Follower": {"FansList": []}}})
    assert says(read_export_files([("data.json", tiktok)], TODAY), "TikTok")
    mastodon = dumped({"@context": "https://www.w3.org/ns/activitystreams", "orderedItems": []})
    assert says(read_export_files([("x.json", mastodon)], TODAY), "Mastodon")
    instagram = dumped({"relationships_blocked_users": []})
    assert says(read_export_files([("y.json", instagram)], TODAY), "Instagram's export holds no list")


@pytest.mark.parametrize(
    ("files", "name", "whose"),
    [
        ({"connections/friends/received_friend_requests.html": "<html>", "start_here.html": "<html>"}, "x", "Facebook"),
        ({"connections/followers_and_following/followers_1.html": "<html>"}, "instagram-me.zip", "Instagram"),
        ({"html/chat_history.html": "<html>"}, "mydata~17.zip", "Snapchat"),
        ({"index.html": "<html>"}, "download.zip", "This came as"),
    ],
)
def test_web_pages_are_told_from_json(files: dict[str, bytes | str], name: str, whose: str) -> None:
    reading = read(files, name)
    assert not reading.arrivals
    assert says(reading, whose, "web pages (HTML)", "JSON")


def test_a_web_page_under_the_name_of_json_is_told() -> None:
    assert says(read_export_files([("requests.json", b"<!DOCTYPE html><html>")], TODAY), "web pages (HTML)")


def test_an_export_without_the_list_says_where_to_tick_it() -> None:
    reading = read({"your_facebook_activity/posts/your_posts_1.json": "[]"})
    assert says(reading, "Facebook's export holds no list of friend requests", "tick connections")
    reading = read({"Connections.csv": CONNECTIONS, "Profile.csv": "a,b"})
    assert says(reading, "LinkedIn's export holds no list of invitations", "tick Invitations")


def test_an_empty_list_is_an_answer() -> None:
    reading = read({"connections/friends/received_friend_requests.json": dumped({"received_requests_v2": []})})
    assert reading.arrivals == ()
    assert says(reading, "no friend request waits in this export")


def test_what_is_no_export_says_what_was_looked_for() -> None:
    for given in (
        ("holiday.zip", zipped({"beach.jpg": b"\xff\xd8", "notes.txt": "hi", "friends.json": "[1, 2]"})),
        ("cat.png", b"\x89PNG\r\n\x1a\n\0\0\0"),
        ("list.csv", b"a,b\n1,2\n"),
        ("config.json", b'{"port": 80}'),
        ("", b""),
    ):
        assert read_export_files([given], TODAY).notes == (NOTHING_KNOWN,), given[0]
    assert read_export_files([], TODAY).notes == (NOTHING_KNOWN,)


def test_a_broken_list_is_said_and_the_others_are_read() -> None:
    files = {**FACEBOOK, "connections/friends/your_friends.json": FRIENDS[:50], "Invitations.csv": INVITATIONS}
    reading = read(files)
    assert says(reading, "Facebook: a file is broken off or damaged")
    assert "rosa-beispiel-555" in people(reading)
    assert "José Beispiel" in people(reading)


def test_bad_entries_cost_themselves_alone_and_are_counted() -> None:
    entries = [
        {"name": "Al Muster"},
        None,
        3,
        "x",
        {},
        {"name": 5},
        {"name": "\0\0"},
        {"name": "Bo Muster", "timestamp": {}},
    ]
    reading = read({"received_friend_requests.json": dumped({"received_requests_v2": entries})})
    assert people(reading) == ["Al Muster", "Bo Muster"]
    assert says(reading, "6 entries could not be read")


def test_names_stay_letters_and_never_get_into_notes() -> None:
    wild = "<img src=x onerror=alert(1)>Zzyzx"
    value = facebook_list(
        "received_requests_v2", (wild, seconds(2026, 1, 2)), ('=HYPERLINK("x")Zzyzx', seconds(2026, 1, 3))
    )
    reading = read({"Zzyzx/received_friend_requests.json": value, "Zzyzx/x.zip": b"PK\x03\x04Zzyzx"}, "Zzyzx.zip")
    assert reading.arrivals[0].profile.display_name == wild
    assert not says(reading, "Zzyzx")
    broken = read_export_files([("Zzyzx.zip", b"PK\x03\x04Zzyzx"), ("Zzyzx.json", b"{Zzyzx")], TODAY)
    assert broken.notes
    assert not says(broken, "Zzyzx")


def test_the_list_of_an_export_may_stand_in_any_json_encoding() -> None:
    value = json.dumps({"received_requests_v2": [{"name": "José", "timestamp": 1}]}, ensure_ascii=False)
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert people(read_export_files([("received_friend_requests.json", value.encode(encoding))], TODAY)) == ["José"]
