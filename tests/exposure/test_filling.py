"""The register fills itself from exports and check-ups, and keeps fingerprints in place of names and posts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from demur.core.accounts import Network, Purpose
from demur.core.findings import Confidence
from demur.core.owned import Switch, TieBy
from demur.core.posted import Connected, Item, OwnProfile, Place, Posted, PostedKind, TieKind, Whereabouts
from demur.core.settings import CheckUp, Inbox, Noted, Observed, Origin, StepAnswer
from demur.exposure.filling import (
    MOST_POSTS,
    connection_fingerprints,
    fill_from_check_up,
    fill_from_export,
    is_of,
    post_fingerprint,
)
from demur.exposure.ties import find_ties
from tests.exposure.people import COMMON, personal, photo, work

KEY, DAY = b"k" * 32, date(2026, 11, 1)
HERE = Place("export.zip", "posts.json")
WHEN = datetime(2026, 3, 4, 12, tzinfo=UTC)
POST = "We walked the whole ridge before the fog came in and saw two ospreys"


def posted(network: Network, text: str, kind: PostedKind = PostedKind.POST, **fields: object) -> Posted:
    return Posted(network, kind, text, HERE, when=WHEN, **fields)  # type: ignore[arg-type]


def test_an_export_fills_the_entry_and_keeps_what_was_typed() -> None:
    items: list[Item] = [
        OwnProfile(Network.X, HERE, "rosaq", "Rosa Quill", "Falconer", "Duluth", ("r@example.org",), (), (), "me.jpg"),
        Connected(Network.X, TieKind.FRIEND, HERE, "Ana Example"),
        Connected(Network.X, TieKind.FOLLOWER, HERE, handle="@moss"),
        Connected(Network.FACEBOOK, TieKind.FRIEND, HERE, "Another Network"),
        posted(Network.X, POST),
        posted(Network.X, "A comment is not a post of one's own, however long it may be", PostedKind.COMMENT),
        posted(Network.X, "short", photos=("a.jpg",)),
        Whereabouts(Network.X, HERE),
    ]
    pictures = {"me.jpg": (photo(1),), "a.jpg": (photo(2),)}
    filled = fill_from_export(personal(Network.X, "typed"), items, KEY, pictures)
    assert (filled.handle, filled.display_name, filled.town) == ("typed", "Rosa Quill", "Duluth")
    assert filled.emails == ("r@example.org",)
    assert filled.photos == (photo(1),)
    assert len(filled.connections) == 2
    assert [bool(post.text) for post in filled.posts] == [True, False]
    assert filled.posts[1].photos == (photo(2),)
    assert filled.contact_upload is Switch.UNKNOWN


def test_an_export_that_is_read_twice_ties_no_more_than_once() -> None:
    items: list[Item] = [posted(Network.X, POST), posted(Network.X, "short", photos=("a.jpg",))]
    once = fill_from_export(personal(Network.X), items, KEY, {"a.jpg": (photo(2),)})
    twice = fill_from_export(once, items, KEY, {"a.jpg": (photo(2),)})
    assert twice.posts == once.posts
    works = fill_from_export(work(Network.X), items[:1], KEY, {})
    assert [tie.strength for tie in find_ties([twice, works], COMMON)] == [Confidence.POSSIBLE]


def test_the_newest_posts_are_kept() -> None:
    many: list[Item] = [
        replace(posted(Network.X, f"{POST} {number}"), when=WHEN + timedelta(number))
        for number in range(-5, MOST_POSTS)
    ]
    filled = fill_from_export(personal(Network.X), many, KEY, {})
    assert (len(filled.posts), filled.posts[0].day) == (MOST_POSTS, WHEN.date())


@pytest.mark.parametrize(
    ("handle", "told", "fits"),
    [
        ("@Rosa.Q", "rosa.q", True),
        ("https://x.com/rosa.q", "rosa.q", True),
        ("Rosa Quill", "rosa.quill", True),
        ("rosa.q", "", True),
        ("rosa.q", "did:plc:abc", True),
        ("rosa.q", "quillwell", False),
    ],
)
def test_an_export_of_another_account_is_known(handle: str, told: str, fits: bool) -> None:
    assert is_of(personal(Network.X, handle), [OwnProfile(Network.X, HERE, told)]) is fits
    assert is_of(personal(Network.X, handle), [OwnProfile(Network.THREADS, HERE, "quillwell")])
    assert is_of(personal(Network.X, handle), [])


def test_names_and_posts_are_gone_from_the_entry() -> None:
    items = [Connected(Network.X, TieKind.FRIEND, HERE, "Ana Example"), posted(Network.X, POST)]
    told = repr(fill_from_export(personal(Network.X), items, KEY, {})).lower()
    assert "ana" not in told
    assert "osprey" not in told


def test_an_address_book_in_the_export_was_uploaded() -> None:
    book = [Connected(Network.X, TieKind.CONTACT, HERE, "Ana Example", phone="218-555-0142")]
    filled = fill_from_export(personal(Network.X), book, KEY, {})
    assert filled.contact_upload is Switch.ON
    assert filled.connections == frozenset()
    said = fill_from_export(personal(Network.X, contact_upload=Switch.OFF), book, KEY, {})
    assert said.contact_upload is Switch.OFF


def test_two_exports_show_what_ties_the_accounts() -> None:
    friends = [f"Person Number{number}" for number in range(12)]
    accounts = []
    for account, tag in ((personal(Network.INSTAGRAM), "#fog"), (work(Network.LINKEDIN), "")):
        told: list[Item] = [Connected(account.network, TieKind.FRIEND, HERE, name) for name in friends]
        told.append(posted(account.network, f"{POST.upper()}!! {tag} https://example.org/x"))
        accounts.append(fill_from_export(account, told, KEY, {}))
    assert [tie.by for tie in find_ties(accounts, COMMON)] == [TieBy.FRIENDS, TieBy.CROSS_POSTS]


@pytest.mark.parametrize(
    "text",
    ["", "Happy New Year!", "Happy Thanksgiving to all of you and your dear families", "#a #b https://x.example"],
)
def test_what_everybody_writes_has_no_fingerprint(text: str) -> None:
    assert post_fingerprint(text, KEY) == ""


def test_fingerprints_need_the_same_key_and_tell_kinds_apart() -> None:
    assert post_fingerprint(POST, KEY) != post_fingerprint(POST, b"other")
    assert connection_fingerprints("Ana Example", "x", KEY) == connection_fingerprints("ANA  EXAMPLE", "", KEY)
    assert connection_fingerprints("moss", "", KEY) != connection_fingerprints("", "moss", KEY)
    assert connection_fingerprints("", "", KEY) == frozenset()


def checked(*notes: Noted, purpose: Purpose = Purpose.PERSONAL, network: Network = Network.FACEBOOK) -> CheckUp:
    return CheckUp(network, purpose, Inbox.CLOSED, DAY, "digest", notes)


@pytest.mark.parametrize(
    ("note", "standing"),
    [
        (Noted("fb-contacts-off", "Off", StepAnswer.DONE), Switch.OFF),
        (Noted("fb-contacts-off", "Off", StepAnswer.NOT_NOW), Switch.UNKNOWN),
        (Noted("fb-contacts-off", "Off", StepAnswer.DOES_NOT_APPLY), Switch.UNKNOWN),
        (Noted("fb-contacts-off", "Off", StepAnswer.DONE, doubted=True), Switch.UNKNOWN),
        (Noted("fb-contacts-off", "Off"), Switch.UNKNOWN),
        (Noted("fb-lock", "On", StepAnswer.DONE), Switch.UNKNOWN),
    ],
)
def test_a_check_up_tells_how_a_switch_stands(note: Noted, standing: Switch) -> None:
    assert fill_from_check_up(personal(Network.FACEBOOK), checked(note)).contact_upload is standing


@pytest.mark.parametrize(("fits", "standing"), [(True, Switch.OFF), (False, Switch.ON), (None, Switch.UNKNOWN)])
def test_what_was_read_counts(fits: bool | None, standing: Switch) -> None:
    read = Observed("tt-suggest-contacts", "", "On", Origin.EXPORT, DAY, fits)
    found = checked(Noted("tt-suggest-contacts", "Off", observed=(read,)), network=Network.TIKTOK)
    assert fill_from_check_up(personal(Network.TIKTOK), found).found_by_phone is standing


def test_a_work_account_is_meant_to_be_found() -> None:
    notes = (Noted("ma-discoverable", "Ticked", StepAnswer.DONE), Noted("x-contacts", "Off", StepAnswer.DONE))
    filled = fill_from_check_up(work(Network.MASTODON), checked(*notes, purpose=Purpose.PROFESSIONAL))
    assert (filled.suggested, filled.contact_upload) == (Switch.UNKNOWN, Switch.OFF)
