"""The check-up as somebody walks it: one step a page, read instead of asked, and set only where that was pressed."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from datetime import timedelta
from html import unescape
from pathlib import Path

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from demur.core.accounts import Network, Purpose
from demur.core.settings import StepAnswer
from demur.networks.settings.catalogue import MOST_FIRST, NETWORKS, STALE_DAYS, settings_of
from demur.networks.settings.checkup import recheck_on, steps
from demur.server.checkups import actions, queries
from demur.server.checkups.models import CheckUpRecord
from demur.server.connectors import actions as connecting
from demur.server.connectors import mastodon
from demur.server.connectors.bluesky import CHAT, LOGGED_OUT, BlueskySettings, Gates
from demur.server.connectors.bluesky import Stands as BlueskyStands
from demur.server.connectors.errors import ConnectorError
from demur.server.connectors.mastodon import MastodonSettings, Stands
from demur.server.connectors.models import ConnectorRecord
from demur.server.ledger.models import Entry
from demur.server.web import settings_pages
from tests.server.web.test_pages import read

TIKTOK = {"App Settings": {"Settings": {"SettingsMap": {"Private Account": "Disabled", "Allow DownLoad": "Disabled"}}}}
ACCOUNT = "/api/v1/accounts/verify_credentials"
LOCKED = (ACCOUNT, "locked")
SENT = list[tuple[int, mastodon.Place, str]]


def text(response: object) -> str:
    """The page as it is read: its tags are left out, but for those that a form or a link needs."""
    page = unescape(response.content.decode())  # type: ignore[attr-defined]
    return " ".join(re.sub(r"</?(?:p|strong|br|li|span|h[12])\b[^>]*>", " ", page).split())


def begin(client: Client, network: str, purpose: str = "personal") -> str:
    response = client.post("/settings/begin/", {"network": network, "purpose": purpose, "again": "yes"})
    assert response.status_code == 303
    return str(response["Location"])


def answer_all(client: Client, at: str, said: str = "done") -> list[str]:
    """The keys that were asked for, until the page gives way to the result."""
    asked = []
    while (page := client.get(at)).status_code == 200:
        key = re.search(r'name="key" value="([\w-]+)">\s*<button name="said"', page.content.decode())
        assert key is not None
        asked.append(key[1])
        assert client.post(f"{at}answer/", {"key": key[1], "said": said})["Location"] == at
    assert page["Location"] == f"{at}result/"
    return asked


@pytest.mark.parametrize("network", [network.value for network in NETWORKS])
@pytest.mark.parametrize("purpose", [purpose.value for purpose in Purpose])
def test_every_network_is_walked_in_few_steps(client: Client, network: str, purpose: str) -> None:
    at = begin(client, network, purpose)
    asked = answer_all(client, at)
    assert len(asked) == len(set(asked)) <= MOST_FIRST
    result = client.get(f"{at}result/")
    assert f"All {len(asked)} steps are answered." in text(result)
    for path in (f"{at}1/", f"{at}result/", f"{at}read/", "/settings/"):
        page = client.get(path)
        assert page.status_code == 200
        parsed = read(page)
        assert parsed.refused == []
        assert len(parsed.ids) == len(set(parsed.ids))


def test_a_step_says_all_that_somebody_needs(client: Client) -> None:
    at = begin(client, "facebook")
    step = steps(queries.latest(Network.FACEBOOK, Purpose.PERSONAL).to_checkup())[0]  # type: ignore[union-attr]
    said = text(client.get(at))
    for words in (
        step.setting.name, step.setting.why, f"Choose: {step.recommended}", step.setting.where,
        step.setting.leaves_open, step.setting.checked_on.isoformat(), f"Step 1 of {MOST_FIRST}", "were not tried",
        "Done", "Not now", "Doesn't apply to me", settings_of(Network.FACEBOOK).cautions[0],
    ):  # fmt: skip
        assert words in said, words
    page = client.get(at).content.decode()
    for address in (*step.setting.links, *(source.url for source in step.setting.sources if source.url)):
        assert f'href="{address}" target="_blank" rel="noreferrer noopener"' in page


def test_every_link_that_leaves_opens_elsewhere_and_tells_nobody_whence(client: Client) -> None:
    seen = 0
    for network in NETWORKS:
        at = begin(client, network.value)
        for number in range(1, MOST_FIRST + 1):
            page = client.get(f"{at}{number}/").content.decode()
            for tag in re.findall(r'<a [^>]*href="https://[^>]*>', page):
                seen += 1
                assert 'target="_blank"' in tag
                assert 'rel="noreferrer noopener"' in tag
                assert "SERVER" not in tag
                assert "HANDLE" not in tag
    assert seen > 50


def test_progress_is_kept_and_one_can_go_back(client: Client) -> None:
    at = begin(client, "instagram")
    key = steps(queries.latest(Network.INSTAGRAM, Purpose.PERSONAL).to_checkup())[0].setting.key  # type: ignore[union-attr]
    client.post(f"{at}answer/", {"key": key, "said": "not-now"})
    second = text(client.get(at))
    assert "Step 2 of 8, 1 answered." in second
    assert f'href="{at}1/"' in client.get(at).content.decode()
    first = text(client.get(f"{at}1/"))
    assert "You said: not now." in first
    moved = client.post(f"{at}answer/", {"key": key, "said": "done"})
    assert moved["Location"] == f"{at}2/", "whoever went back goes forward from there"
    assert begin(client, "instagram") == at
    assert "Step 2 of 8, 1 answered." in text(client.get(at))


@pytest.mark.parametrize("said", ["", "DONE", "maybe"])
def test_what_was_not_said_is_not_noted(client: Client, said: str) -> None:
    at = begin(client, "x")
    key = steps(queries.latest(Network.X, Purpose.PERSONAL).to_checkup())[0].setting.key  # type: ignore[union-attr]
    client.post(f"{at}answer/", {"key": key, "said": said})
    client.post(f"{at}answer/", {"key": "fb-lock", "said": "done"})
    assert queries.latest(Network.X, Purpose.PERSONAL).notes == []  # type: ignore[union-attr]


def test_what_was_checked_is_not_begun_anew_by_the_way(client: Client) -> None:
    answer_all(client, begin(client, "threads"))
    asked = client.post("/settings/begin/", {"network": "threads", "purpose": "personal"})
    assert asked.status_code == 200
    assert "Start again?" in asked.text
    assert "not finished" not in client.get("/settings/").text
    begin(client, "threads")
    assert "not finished" in client.get("/settings/").text


@pytest.mark.parametrize(
    "chosen", [{}, {"network": "x"}, {"purpose": "agency"}, {"network": "myspace", "purpose": "agency"}]
)
def test_without_a_choice_nothing_begins(client: Client, chosen: dict[str, str]) -> None:
    assert client.post("/settings/begin/", chosen).status_code == 200
    assert not CheckUpRecord.objects.exists()


@pytest.mark.parametrize(
    "path",
    ["/settings/x/personal/", "/settings/other/personal/", "/settings/nowhere/personal/", "/settings/x/mine/result/"],
)
def test_where_nothing_was_begun_nothing_is(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_result_tells_set_left_and_elsewhere(client: Client) -> None:
    at = begin(client, "snapchat")
    every = steps(queries.latest(Network.SNAPCHAT, Purpose.PERSONAL).to_checkup())  # type: ignore[union-attr]
    for step, said in zip(every, ["done", "not-now", "does-not-apply"] + ["done"] * 9, strict=False):
        client.post(f"{at}answer/", {"key": step.setting.key, "said": said})
    said = text(client.get(f"{at}result/"))
    where = [said.index(heading) for heading in ("Left for later", "What is set", "Doesn't apply")]
    assert where == sorted(where)
    assert said.index(every[1].setting.name) < where[1]
    assert said.index(every[0].setting.name) > where[1]
    assert said.index(every[2].setting.name, where[2]) > where[2]
    assert "not what a client sees" in said


def test_the_reminder_names_neither_network_nor_account(client: Client) -> None:
    at = begin(client, "facebook", "professional")
    answer_all(client, at)
    response = client.get(f"{at}reminder.ics")
    assert response["Content-Type"].startswith("text/calendar")
    file = response.content.decode()
    for word in ("acebook", "rofessional", "client", "Demur settings"):
        assert word not in file.replace("PRODID:-//Demur//EN", "")
    event = icalendar.Calendar.from_ical(response.content).walk("VEVENT")[0]
    row = queries.latest(Network.FACEBOOK, Purpose.PROFESSIONAL)
    assert row is not None
    assert event["DTSTART"].dt == recheck_on(row.to_checkup())
    assert event["UID"] == row.uid


def test_the_next_check_up_asks_for_the_others_and_tells_what_changed(client: Client) -> None:
    at = begin(client, "linkedin")
    first = answer_all(client, at)
    assert "more settings wait for another check-up" in text(client.get(f"{at}result/"))
    assert begin(client, "linkedin") == at
    second = answer_all(client, at, "not-now")
    assert second
    assert not set(first) & set(second)
    said = text(client.get(f"{at}result/"))
    assert "Done in an earlier check-up." in said
    assert "Nothing is different from" in said


def test_when_each_was_checked_stands_in_one_list(client: Client) -> None:
    assert text(client.get("/settings/")).count("Not yet") == len(NETWORKS)
    begin(client, "x")
    answer_all(client, begin(client, "threads", "agency"))
    said = text(client.get("/settings/"))
    assert said.count("Not yet") == len(NETWORKS) - 2
    assert ", not finished" in said
    assert 'href="/settings/x/personal/"' in client.get("/settings/").content.decode()
    assert 'href="/settings/threads/agency/result/"' in client.get("/settings/").content.decode()
    CheckUpRecord.objects.update(day=timezone.localdate() - timedelta(days=800))
    assert "look again" in text(client.get("/settings/"))


def test_what_is_old_in_the_catalogue_is_listed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = max(setting.checked_on for network in NETWORKS for setting in settings_of(network).settings)
    later = newest + timedelta(days=STALE_DAYS + 1)
    monkeypatch.setattr(settings_pages.timezone, "localdate", lambda: later)
    page = client.get("/settings/stale/")
    every = [setting for network in NETWORKS for setting in settings_of(network).settings]
    assert text(page).count("<tr>") == len(every) + 1
    monkeypatch.setattr(settings_pages.timezone, "localdate", lambda: newest)
    assert "<table" not in client.get("/settings/stale/").content.decode()


def test_it_can_be_removed_and_the_log_tells_nothing_of_it(client: Client) -> None:
    at = begin(client, "tiktok")
    answer_all(client, at, "does-not-apply")
    removed = client.post(f"{at}remove/")
    assert "settings-removed" in removed["Location"]
    assert "is gone" in text(client.get(removed["Location"]))
    assert "settings-gone" in client.post(f"{at}remove/")["Location"]
    told = [(one.verb, one.details) for one in Entry.objects.all() if one.verb.startswith("settings-")]
    assert {str(details) for _, details in told} == {"{'network': 'tiktok'}"}
    assert "Settings were checked, done" in text(client.get("/log/"))


# Read instead of asked


def zipped(content: Mapping[str, object]) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("user_data_tiktok.json", json.dumps(content))
    file.name, _ = "TikTok_Data.zip", file.seek(0)
    return file


def test_an_export_is_read_in_place_of_asking(client: Client) -> None:
    at = begin(client, "tiktok")
    assert "Your export from TikTok" in text(client.get(f"{at}read/"))
    said = text(client.post(f"{at}read/", {"files": [zipped(TIKTOK)]}))
    assert "2 values were read" in said
    assert re.search(r"Private account “Off” \(your export, .{11,12}\)\. Not yet as we recommend: “On”\.", said)
    assert re.search(r"Downloads “Off” \(your export, .{11,12}\)\. That is fine\.", said)
    first = text(client.get(at))
    assert "Private account" in first
    assert "It stands at “Off” (your export," in first
    keys = [step.setting.key for step in steps(queries.latest(Network.TIKTOK, Purpose.PERSONAL).to_checkup())]  # type: ignore[union-attr]
    assert keys[0] == "tt-private"
    assert "tt-download" not in keys
    answer_all(client, at)
    assert re.search(r"Downloads: “Off” \(your export, .{11,12}\) Read, and fine\.", text(client.get(f"{at}result/")))


def test_a_large_export_is_read_where_it_lies(client: Client, tmp_path: Path) -> None:
    at = begin(client, "tiktok")
    path = tmp_path / "tiktok.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("user_data_tiktok.json", json.dumps(TIKTOK))
    assert "2 values were read" in text(client.post(f"{at}read/", {"path": f' "{path}" '}))
    for nowhere in (str(tmp_path / "nothing.zip"), "\0", "~nobody-there/x"):
        page = text(client.post(f"{at}read/", {"path": nowhere}))
        assert "There is no file or folder at that place." in page
        assert "values were read" not in page


def test_instagram_tells_by_its_newest_change(client: Client) -> None:
    made = Path(__file__).parents[2] / "networks" / "exports" / "made" / "instagram"
    files = [path for path in made.rglob("*.json") if "privacy_changes" in path.name]
    assert files
    at = begin(client, "instagram")
    with files[0].open("rb") as opened:
        said = text(client.post(f"{at}read/", {"files": [opened]}))
    assert "1 value was read" in said
    assert "Not yet as we recommend: “On”." in said
    with files[0].open("rb") as opened:
        other = text(client.post(f"{begin(client, 'tiktok')}read/", {"files": [opened]}))
    assert "There is nothing of TikTok in this" in other


def test_nothing_nonsense_and_no_file_get_a_sentence(client: Client) -> None:
    at = begin(client, "tiktok")
    assert "Choose one or more files first, or write where one is." in text(client.post(f"{at}read/"))
    odd = io.BytesIO(b"PK\x03\x04nothing")
    odd.name = "x.zip"
    said = text(client.post(f"{at}read/", {"files": [odd]}))
    assert "Nothing was read" in said
    assert "There is nothing of TikTok in this" in said
    assert queries.latest(Network.TIKTOK, Purpose.PERSONAL).notes == []  # type: ignore[union-attr]


def test_where_nothing_can_be_read_it_says_so(client: Client) -> None:
    at = begin(client, "linkedin")
    assert "Read it instead" not in text(client.get(at))
    assert "tells no program how your settings stand" in text(client.get(f"{at}read/"))


# Mastodon and Bluesky, live


@pytest.fixture
def connected(clean_store: None) -> ConnectorRecord:
    return connecting.add_connector(MastodonSettings("https://harbour.example", "a-token-of-dana"), "My Mastodon")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> SENT:
    """What reaches the network, in place of the network; it does what it is told."""
    told: SENT = []
    stands = {LOCKED: "false", (ACCOUNT, "discoverable"): "false", (ACCOUNT, "source.privacy"): "public"}

    def look(connector: ConnectorRecord) -> Stands:
        return Stands(dict(stands), (mastodon.NO_NOTIFICATIONS,))

    def set_it(connector: ConnectorRecord, place: mastodon.Place, value: str) -> mastodon.Values:
        told.append((connector.pk, place, value))
        stands[place] = value
        return {place: value}

    monkeypatch.setattr(connecting, "look_at_mastodon", look)
    monkeypatch.setattr(connecting, "set_on_mastodon", set_it)
    return told


def test_nothing_is_asked_before_somebody_presses(
    client: Client, connected: ConnectorRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("look_at_mastodon", "set_on_mastodon"):
        monkeypatch.setattr(connecting, name, asked)
    at = begin(client, "mastodon")
    for path in (at, f"{at}1/", f"{at}read/", f"{at}result/", f"{at}look/", f"{at}set/", "/settings/"):
        client.get(path)
    assert "Read the settings of <span" in client.get(f"{at}read/").content.decode()


def test_what_stands_is_shown_and_set_by_the_button_that_names_it(
    client: Client, connected: ConnectorRecord, sent: SENT
) -> None:
    at = begin(client, "mastodon")
    said = text(client.post(f"{at}look/", {"number": connected.pk}))
    assert "3 values were read" in said
    assert "read:notifications" in said
    assert "“Ticked” (Mastodon," in said
    assert "Not yet as we recommend: “Not ticked”." in said
    button = "Set “Automatically accept new followers” to “Not ticked” on Mastodon now"
    assert button in said
    assert "Set “Feature profile and posts" not in said, "it stands as recommended"
    assert sent == []
    said = text(client.post(f"{at}set/", {"number": connected.pk, "key": "ma-locked", "to": "Not ticked"}))
    assert sent == [(connected.pk, LOCKED, "true")]
    assert "Automatically accept new followers: it is “Not ticked” now. Mastodon confirmed it." in said
    assert button not in said
    assert "Set “Posting defaults: visibility” to “Followers” on Mastodon now" in said
    client.post(f"{at}set/", {"number": connected.pk, "key": "ma-default", "to": "Followers"})
    assert sent[1:] == [(connected.pk, (ACCOUNT, "source.privacy"), "private")]
    keys = [step.setting.key for step in steps(queries.latest(Network.MASTODON, Purpose.PERSONAL).to_checkup())]  # type: ignore[union-attr]
    assert not {"ma-locked", "ma-default", "ma-discoverable"} & set(keys)


@pytest.mark.parametrize(
    "changed",
    [
        {"key": "ma-quote"},
        {"key": "ma-apps"},
        {"key": "fb-lock"},
        {"key": ""},
        {"to": "Ticked"},
        {"to": ""},
        {"number": "9"},
    ],
)
def test_what_no_button_names_is_not_set(
    client: Client, connected: ConnectorRecord, sent: SENT, changed: dict[str, str]
) -> None:
    at = begin(client, "mastodon")
    asked = {"number": str(connected.pk), "key": "ma-locked", "to": "Not ticked", **changed}
    client.post(f"{at}set/", asked)
    assert sent == []


def test_the_account_of_another_purpose_is_not_asked(client: Client, connected: ConnectorRecord, sent: SENT) -> None:
    at = begin(client, "mastodon", "professional")
    assert "Connect this account" in text(client.get(f"{at}read/"))
    assert "not connected any more" in text(client.post(f"{at}look/", {"number": connected.pk}))
    client.post(f"{at}set/", {"number": connected.pk, "key": "ma-collections", "to": "Not ticked"})
    assert sent == []


def test_without_the_right_it_says_which_and_the_steps_go_on(
    client: Client, connected: ConnectorRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise ConnectorError(mastodon.NO_READING)

    monkeypatch.setattr(connecting, "look_at_mastodon", refused)
    monkeypatch.setattr(connecting, "set_on_mastodon", lambda *_: refused())
    at = begin(client, "mastodon")
    assert "read:accounts" in text(client.post(f"{at}look/", {"number": connected.pk}))
    page = text(client.post(f"{at}set/", {"number": connected.pk, "key": "ma-locked", "to": "Not ticked"}))
    assert "This did not work" in page
    assert queries.latest(Network.MASTODON, Purpose.PERSONAL).notes == []  # type: ignore[union-attr]
    assert "Preferences → Public profile" in text(client.get(at))


def test_the_link_leads_to_the_own_server_where_it_is_known(client: Client, connected: ConnectorRecord) -> None:
    page = client.get(begin(client, "mastodon")).content.decode()
    assert 'href="https://harbour.example/settings/privacy"' in page
    connecting.remove_connector(connected.pk)
    page = client.get(begin(client, "mastodon")).content.decode()
    assert "SERVER/settings/privacy" in page
    assert 'href="https://SERVER' not in page


def test_the_connections_page_says_which_rights(client: Client) -> None:
    said = text(client.get("/connections/"))
    for right in ("read:follows", "write:follows", "read:accounts", "write:accounts"):
        assert right in said


def test_bluesky_is_read_and_set_the_same_way(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[object, str]] = []

    def look(connector: ConnectorRecord) -> BlueskyStands:
        return BlueskyStands({LOGGED_OUT: "false", CHAT: "all"}, Gates(7, 2, 1, 3, all_looked_at=False), 42)

    def set_it(connector: ConnectorRecord, place: tuple[str, str], value: str) -> Mapping[tuple[str, str], str]:
        sent.append((place, value))
        return {place: value}

    monkeypatch.setattr(connecting, "look_at_bluesky", look)
    monkeypatch.setattr(connecting, "set_on_bluesky", set_it)
    settings = BlueskySettings("dana.bsky.social", "abcd-efgh-ijkl-mnop", "https://bsky.social")
    row = connecting.add_connector(settings, "My Bluesky")
    at = begin(client, "bluesky")
    said = text(client.post(f"{at}look/", {"number": row.pk}))
    assert "anybody may reply to 4, some people to 1, nobody to 2. 3 can't be quoted." in said
    assert "42 people follow you" in said
    named = re.findall(r'name="key" value="([\w-]+)"><input type="hidden" name="to" value="([^"]+)"', unescape(said))
    assert len(named) == 2
    for key, to in named:
        assert "confirmed it" in text(client.post(f"{at}set/", {"number": row.pk, "key": key, "to": to}))
    assert sorted(sent) == sorted([(LOGGED_OUT, "true"), (CHAT, "none")])


def test_no_address_holds_a_handle_or_a_server(client: Client, connected: ConnectorRecord, sent: SENT) -> None:
    at = begin(client, "mastodon")
    client.post(f"{at}look/", {"number": connected.pk})
    for path in (at, f"{at}read/", f"{at}result/", "/settings/"):
        for link in read(client.get(path)).links:
            assert "harbour" not in link or link.startswith("https://harbour.example/settings/")
    assert actions.remove(Network.MASTODON, Purpose.PERSONAL)
    assert StepAnswer.DONE.value not in str([one.details for one in Entry.objects.all()])
