"""What exports tell of settings gets to the catalogue, and only what a network takes is offered to be set."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from demur.core.accounts import Network, Purpose
from demur.core.posted import Place, SettingFound
from demur.core.settings import Inbox, Origin
from demur.networks.exports.published import Exports
from demur.networks.settings.catalogue import NETWORKS, settings_of
from demur.networks.settings.checkup import start, take_in
from demur.networks.settings.told import can_be_read, from_export, to_set

DAY = date(2026, 11, 22)
MADE = Path(__file__).parents[1] / "exports" / "made"
SOMEWHERE = Place("export.zip", "a/file.json")


def found(network: Network, **told: str) -> list[SettingFound]:
    return [SettingFound(network, SOMEWHERE, name.replace("_", " "), value) for name, value in told.items()]


def values(network: Network, *told: SettingFound) -> dict[str, str]:
    return {f"{one.key} {one.part}".strip(): one.value for one in from_export(network, told, DAY)}


@pytest.mark.parametrize(
    ("folder", "network", "expected"),
    [
        ("tiktok", Network.TIKTOK, {"tt-private": "Off", "tt-download": "Off", "tt-dm": "Friends"}),
        ("tiktok_older", Network.TIKTOK, {"tt-private": "On"}),
        ("instagram", Network.INSTAGRAM, {"ig-private": "Off", "ig-comments": "Everyone"}),
        (
            "mastodon", Network.MASTODON,
            {"ma-locked": "Ticked", "ma-discoverable": "Ticked", "ma-indexable": "Not ticked"},
        ),
        ("x", Network.X, {"x-protect": "Off"}),
    ],
)  # fmt: skip
def test_made_exports_are_told(folder: str, network: Network, expected: dict[str, str]) -> None:
    with Exports([MADE / folder], DAY) as exports:
        told = [one for one in exports.read() if isinstance(one, SettingFound)]
    assert values(network, *told) == expected
    for other in NETWORKS:
        if other is not network:
            assert from_export(other, told, DAY) == ()


def test_each_part_is_told_once_and_the_last_counts() -> None:
    told = found(Network.TIKTOK, SettingsMap_Private_Account="Enabled")
    told += found(Network.TIKTOK, SettingsMap_Private_Account="Disabled")
    told += found(Network.TIKTOK, SettingsMap_Who_Can_Duet_With_Me="Everyone")
    told += found(Network.TIKTOK, SettingsMap_Something_New="On")
    assert values(Network.TIKTOK, *told) == {"tt-private": "Off", "tt-duet Duet": "Everyone"}
    history = "account_history_account_privacy_history title"
    one = SettingFound(Network.INSTAGRAM, SOMEWHERE, history, "Switched to private")
    assert values(Network.INSTAGRAM, one) == {"ig-private": "On"}
    assert len(from_export(Network.INSTAGRAM, [one], DAY)) == 1


def test_what_is_told_gets_into_a_check_up() -> None:
    told = found(Network.TIKTOK, SettingsMap_Private_Account="Enabled")
    checkup = start(Network.TIKTOK, Purpose.PERSONAL, Inbox.CLOSED, DAY)
    checkup = take_in(checkup, from_export(Network.TIKTOK, told, DAY))
    note = checkup.noted("tt-private")
    assert note is not None
    assert [(one.fits, one.as_of, one.origin) for one in note.observed] == [(True, DAY, Origin.EXPORT)]


def test_only_what_a_network_takes_is_offered() -> None:
    setting = settings_of(Network.MASTODON).setting("ma-locked")
    assert setting is not None
    place = ("/api/v1/accounts/verify_credentials", "locked")
    assert to_set(setting, "Not ticked", {place: ("true", "false")}) == (place, "true")
    assert to_set(setting, "Not ticked", {place: ("false",)}) is None
    assert to_set(setting, "Yours to choose", {place: ("true", "false")}) is None
    assert to_set(setting, "Not ticked", {}) is None
    tabs = settings_of(Network.MASTODON).setting("ma-tabs")
    assert tabs is not None
    everything = {(one.member, one.field): ("true", "false") for one in tabs.reads}
    assert to_set(tabs, "Off", everything) is None, "one press would set a part of it alone"


def test_where_values_can_be_read() -> None:
    live = {network for network in NETWORKS if can_be_read(network, Origin.LIVE)}
    export = {network for network in NETWORKS if can_be_read(network, Origin.EXPORT)}
    assert live == {Network.MASTODON, Network.BLUESKY}
    assert export >= {Network.TIKTOK, Network.INSTAGRAM}
    assert Network.LINKEDIN not in export
