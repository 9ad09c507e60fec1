from __future__ import annotations

import copy
import re
import tomllib
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

import pytest

from demur.core.accounts import Network, Purpose
from demur.core.settings import Inbox, Setting, SettingSource, Standing
from demur.networks.settings.catalogue import (
    MOST_FIRST,
    NETWORKS,
    known_by,
    read_settings,
    read_sources,
    settings_of,
    sources,
    stale,
)

ALL = [setting for network in NETWORKS for setting in settings_of(network).settings]
SCREEN_TEXT = ("name", "why", "leaves_open", "path", "possible_path", "no_path", "no_link", "not_read", "no_source")


def raw(network: Network = Network.FACEBOOK) -> dict[str, Any]:
    return tomllib.loads(files("demur.networks.settings").joinpath(f"{network.value}.toml").read_text("utf-8"))


def entry(data: dict[str, Any], key: str) -> dict[str, Any]:
    return next(one for one in data["setting"] if one["key"] == key)


def setting_of(network: Network, key: str) -> Setting:
    found = settings_of(network).setting(key)
    assert found is not None
    return found


def test_every_network_has_settings_and_no_file_is_without_a_network() -> None:
    found = {entry.name for entry in files("demur.networks.settings").iterdir() if entry.name.endswith(".toml")}
    assert found == {f"{network.value}.toml" for network in NETWORKS} | {"sources.toml"}
    assert set(NETWORKS) == set(Network) - {Network.OTHER}
    with pytest.raises(ValueError, match="known by name"):
        settings_of(Network.OTHER)


def test_keys_are_unique_over_all_networks() -> None:
    assert len({setting.key for setting in ALL}) == len(ALL)


@pytest.mark.parametrize("setting", ALL, ids=lambda setting: setting.key)
def test_a_setting_is_whole(setting: Setting) -> None:
    assert re.search(r"\bclients?\b", setting.why, re.IGNORECASE), "why: one sentence about a client"
    assert setting.why.endswith(".")
    assert ". " not in setting.why
    assert setting.leaves_open.endswith(".")
    assert setting.recommended
    assert sum(map(bool, (setting.path, setting.possible_path, setting.no_path))) == 1
    assert bool(setting.links) != bool(setting.no_link)
    assert bool(setting.reads) != bool(setting.not_read)
    assert bool(setting.sources) != bool(setting.no_source)
    assert setting.where
    for text in (*(getattr(setting, field) for field in SCREEN_TEXT), *setting.recommended.values()):
        assert "—" not in text
        assert "~" not in text
        assert "!" not in text
        assert text == text.strip()
    assert not any("same" in text for text in setting.recommended.values()), "each purpose is shown alone"
    words = {words for place in setting.reads for words in place.values.values()}
    for good in setting.fits.values():
        assert set(good) <= words, "what fits can be read"


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_purpose_has_its_first_settings(network: Network, purpose: Purpose) -> None:
    catalogue = settings_of(network)
    order = catalogue.in_order(purpose)
    first = catalogue.first[purpose]
    assert 1 <= len(first) <= MOST_FIRST
    assert tuple(setting.key for setting in order[: len(first)]) == first
    assert {setting.key for setting in order} == {one.key for one in catalogue.settings if purpose in one.recommended}


def test_every_source_is_used_and_says_where_it_is() -> None:
    used = {source.id for setting in ALL for source in setting.sources}
    assert used == set(sources())
    for source in sources().values():
        assert bool(source.url) != bool(source.no_url)


@pytest.mark.parametrize(
    "field", ["key", "name", "why", "recommended", "leaves_open", "checked_on", "standing", "fits"]
)
def test_a_missing_or_an_empty_field_is_named(field: str) -> None:
    key = "ig-private"
    data = raw(Network.INSTAGRAM)
    one = entry(data, key)
    del one[field]
    with pytest.raises(ValueError, match=f"instagram.toml, .*: missing {field}"):
        read_settings(Network.INSTAGRAM, data, sources())
    one[field] = ""
    with pytest.raises(ValueError, match=field):
        read_settings(Network.INSTAGRAM, data, sources())


@pytest.mark.parametrize("fields", [("path",), ("links",), ("reads", "fits"), ("sources",)])
def test_what_is_not_known_says_so(fields: tuple[str, ...]) -> None:
    data = raw(Network.INSTAGRAM)
    one = entry(data, "ig-private")
    for field in fields:
        del one[field]
    with pytest.raises(ValueError, match=f"exactly one of {fields[0]}"):
        read_settings(Network.INSTAGRAM, data, sources())


def test_both_a_menu_and_its_absence_are_refused() -> None:
    data = raw()
    entry(data, "fb-follow")["no_path"] = "Not known."
    with pytest.raises(ValueError, match="exactly one of path"):
        read_settings(Network.FACEBOOK, data, sources())


def test_an_empty_source_is_no_source() -> None:
    data = raw()
    for empty in ([], ""):
        entry(data, "fb-follow")["sources"] = empty
        with pytest.raises(ValueError, match="fb-follow: sources is empty"):
            read_settings(Network.FACEBOOK, data, sources())
    entry(data, "fb-follow")["sources"] = ["SOMEBODY"]
    with pytest.raises(ValueError, match="unknown source SOMEBODY"):
        read_settings(Network.FACEBOOK, data, sources())


def test_a_menu_without_a_source_is_only_possible() -> None:
    data = raw(Network.INSTAGRAM)
    one = entry(data, "ig-tag-approve")
    assert one["standing"] == "unsourced"
    one["path"] = one.pop("possible_path")
    with pytest.raises(ValueError, match="possible_path"):
        read_settings(Network.INSTAGRAM, data, sources())
    assert setting_of(Network.INSTAGRAM, "ig-tag-approve").where.startswith("Possibly ")


def test_standing_and_sources_fit() -> None:
    data = raw()
    entry(data, "fb-follow")["standing"] = "unsourced"
    with pytest.raises(ValueError, match="don't fit"):
        read_settings(Network.FACEBOOK, data, sources())
    data = raw()
    entry(data, "fb-follow")["standing"] = "sure"
    with pytest.raises(ValueError, match="standing must be one of"):
        read_settings(Network.FACEBOOK, data, sources())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda data: data.update(more=1), "unknown more"),
        (lambda data: entry(data, "fb-follow").update(more="1"), "unknown more"),
        (lambda data: entry(data, "fb-follow").update(checked_on="2026-11-22"), "checked_on is a day"),
        (lambda data: entry(data, "fb-follow").update(key="fb-lock"), "a key stands there twice"),
        (lambda data: entry(data, "fb-apps").update(links=["http://example.org"]), "begins with https"),
        (lambda data: entry(data, "fb-follow")["recommended"].pop("agency"), "recommended: missing agency"),
        (lambda data: entry(data, "fb-messages")["when_closed"].update(personal="Off"), "only accounts for work"),
        (lambda data: entry(data, "fb-messages")["when_closed"].update(everybody="Off"), "when_closed"),
        (lambda data: data["first"].pop("agency"), "first: missing agency"),
        (lambda data: data["first"]["agency"].append("fb-lock"), "agency needs 1 to"),
        (lambda data: data["first"]["personal"].append("fb-apps"), "personal needs 1 to"),
        (lambda data: data["cautions"].clear(), "cautions is empty"),
    ],
)
def test_what_the_format_does_not_know_is_refused(change: Any, says: str) -> None:
    data = copy.deepcopy(raw())
    change(data)
    with pytest.raises(ValueError, match=says):
        read_settings(Network.FACEBOOK, data, sources())


def test_a_source_says_where_it_is_or_why_not() -> None:
    row = {"id": "A", "words": "a page", "date": "2026"}
    with pytest.raises(ValueError, match="exactly one of url, no_url"):
        read_sources({"source": [row]})
    with pytest.raises(ValueError, match="date is empty"):
        read_sources({"source": [row | {"url": "https://example.org", "date": ""}]})
    with pytest.raises(ValueError, match="the id stands there twice"):
        read_sources({"source": [row | {"url": "https://example.org"}] * 2})
    assert read_sources({"source": [row | {"no_url": "It is a book."}]})["A"] == SettingSource(
        "A", "a page", "2026", no_url="It is a book."
    )


def test_stale_settings_are_listed_the_oldest_first() -> None:
    data = raw()
    for one in data["setting"]:
        one["checked_on"] = date(2026, 11, 22)
    entry(data, "fb-apps")["checked_on"] = date(2026, 1, 2)
    entry(data, "fb-follow")["checked_on"] = date(2026, 1, 1)
    catalogue = read_settings(Network.FACEBOOK, data, sources())
    assert [one.key for one in stale([catalogue], date(2026, 11, 22))] == ["fb-follow", "fb-apps"]
    last = date(2026, 1, 1) + timedelta(days=180)
    assert stale([catalogue], last) == ()
    assert [one.key for one in stale([catalogue], last + timedelta(days=1))] == ["fb-follow"]
    assert [one.key for one in stale([catalogue], date(2026, 1, 12), days=10)] == ["fb-follow"]


def test_the_digest_names_the_edition() -> None:
    data = raw()
    before = read_settings(Network.FACEBOOK, data, sources()).digest
    assert before == settings_of(Network.FACEBOOK).digest
    entry(data, "fb-follow")["recommended"]["personal"] = "Nobody"
    assert read_settings(Network.FACEBOOK, data, sources()).digest != before


def test_how_well_a_setting_is_known_is_said_in_words() -> None:
    starts = {
        Standing.OLD: "From an older source: ",
        Standing.WEAK: "From others' texts alone: ",
        Standing.UNSOURCED: "We found no source",
    }
    for setting in ALL:
        said = known_by(setting)
        assert said.startswith(starts.get(setting.standing, setting.sources[0].words if setting.sources else ""))
        if setting.standing is not Standing.UNSOURCED:
            assert "2026-11-22" in said or setting.checked_on.isoformat() in said
    assert {setting.standing for setting in ALL} == set(Standing)


def test_the_policy_decides_whether_an_account_for_work_is_an_inbox() -> None:
    chat = setting_of(Network.BLUESKY, "bs-chat")
    assert chat.choice(Purpose.PERSONAL, Inbox.OPEN) == chat.choice(Purpose.PERSONAL, Inbox.CLOSED) == "No one"
    assert (chat.choice(Purpose.AGENCY) or "").startswith("Everyone")
    assert chat.choice(Purpose.AGENCY, Inbox.CLOSED) == "No one"
    assert setting_of(Network.FACEBOOK, "fb-lock").choice(Purpose.AGENCY) is None


def test_what_matters_most_comes_first() -> None:
    # A declined request leaves a follower behind, unless this stands on Friends.
    assert settings_of(Network.FACEBOOK).first[Purpose.PERSONAL][0] == "fb-follow"
    assert settings_of(Network.INSTAGRAM).first[Purpose.PERSONAL][0] == "ig-private"
    assert settings_of(Network.SNAPCHAT).first[Purpose.PERSONAL][0] == "sc-ghost"


@pytest.mark.parametrize("network", [Network.LINKEDIN, Network.TIKTOK])
def test_nobody_is_sent_to_look_at_a_profile(network: Network) -> None:
    assert any(caution.startswith("Never look at the profile") for caution in settings_of(network).cautions)


def test_bluesky_promises_no_privacy_and_prefers_a_mute() -> None:
    assert "no private account" in settings_of(Network.BLUESKY).cautions[0]
    assert "not a lock" in setting_of(Network.BLUESKY, "bs-logged-out").leaves_open
    assert "Mute" in (setting_of(Network.BLUESKY, "bs-blocks").choice(Purpose.PERSONAL) or "")


def test_face_recognition_that_is_gone_is_not_listed() -> None:
    assert not any("face recognition" in setting.name.lower() for setting in ALL)
