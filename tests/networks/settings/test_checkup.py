from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demur.core.accounts import Network, Purpose
from demur.core.settings import ChangeKind, CheckUp, Inbox, Noted, Observed, Origin, StepAnswer
from demur.networks.settings.catalogue import MOST_FIRST, NETWORKS, settings_of
from demur.networks.settings.checkup import (
    AGAIN,
    LATER,
    LONGEST_VALUE,
    answer,
    changes,
    is_complete,
    left_over,
    read_and_fine,
    read_values,
    recheck_on,
    start,
    steps,
    take_in,
)

DAY = date(2026, 11, 22)
NEXT = DAY + timedelta(days=1)
ACCOUNT = "/api/v1/accounts/verify_credentials"


def begun(network: Network, purpose: Purpose = Purpose.PERSONAL, inbox: Inbox = Inbox.OPEN) -> CheckUp:
    return start(network, purpose, inbox, DAY)


def keys(checkup: CheckUp) -> list[str]:
    return [step.setting.key for step in steps(checkup)]


def tiktok(settings: Mapping[str, object], as_of: date = DAY) -> tuple[Observed, ...]:
    values = {("user_data_tiktok", f"SettingsMap {name}"): value for name, value in settings.items()}
    return read_values(Network.TIKTOK, Origin.EXPORT, values, as_of)


def locked(value: object, as_of: date = DAY) -> tuple[Observed, ...]:
    return read_values(Network.MASTODON, Origin.LIVE, {(ACCOUNT, "locked"): value}, as_of)


def all_answered(checkup: CheckUp, said: StepAnswer = StepAnswer.DONE) -> CheckUp:
    for key in keys(checkup):
        checkup = answer(checkup, key, said, checkup.day)
    return checkup


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_first_check_up_has_few_steps_in_order(network: Network, purpose: Purpose) -> None:
    found = steps(begun(network, purpose))
    first = settings_of(network).first[purpose]
    assert tuple(step.setting.key for step in found)[: len(first)] == first
    assert len(found) <= MOST_FIRST
    assert all(step.recommended and step.answer is None and step.last_answer is None for step in found)


@given(st.data())
def test_an_answer_never_moves_a_step(data: st.DataObject) -> None:
    network = data.draw(st.sampled_from(NETWORKS))
    checkup = begun(network, data.draw(st.sampled_from(list(Purpose))))
    before = keys(checkup)
    for key in data.draw(st.lists(st.sampled_from(before), max_size=12)):
        said = data.draw(st.sampled_from(list(StepAnswer)))
        checkup = answer(checkup, key, said, DAY)
        assert keys(checkup) == before
        assert next(step for step in steps(checkup) if step.setting.key == key).answer is said
    assert is_complete(checkup) == all(checkup.noted(key) for key in before)


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_few_at_a_time_lead_through_all_of_them_once(network: Network, purpose: Purpose) -> None:
    checkup, seen = begun(network, purpose), list[str]()
    while found := keys(checkup):
        waiting = left_over(checkup)
        seen += found
        checkup = start(network, purpose, Inbox.OPEN, DAY, all_answered(checkup))
        assert waiting == len(settings_of(network).in_order(purpose)) - len(seen)
    assert seen == [setting.key for setting in settings_of(network).in_order(purpose)]


def test_not_now_comes_again_and_done_comes_when_it_is_old() -> None:
    first = begun(Network.FACEBOOK)
    later, done, absent = keys(first)[:3]
    first = answer(first, later, StepAnswer.NOT_NOW, DAY)
    first = answer(first, done, StepAnswer.DONE, DAY)
    first = answer(first, absent, StepAnswer.DOES_NOT_APPLY, DAY)
    soon = start(Network.FACEBOOK, Purpose.PERSONAL, Inbox.OPEN, DAY + AGAIN - timedelta(days=1), first)
    assert keys(soon)[0] == later
    assert steps(soon)[0].last_answer is StepAnswer.NOT_NOW
    assert steps(soon)[0].answer is None
    assert {done, absent}.isdisjoint(keys(soon))
    old = start(Network.FACEBOOK, Purpose.PERSONAL, Inbox.OPEN, DAY + AGAIN, first)
    assert keys(old)[:3] == [later, done, absent]


def test_what_was_read_and_is_fine_is_not_asked() -> None:
    checkup = take_in(begun(Network.TIKTOK), tiktok({"Private Account": "Enabled", "Allow DownLoad": "off"}))
    assert {"tt-private", "tt-download"}.isdisjoint(keys(checkup))
    fine = read_and_fine(checkup)
    assert [step.setting.key for step in fine] == ["tt-private", "tt-download"]
    assert [(step.observed[0].value, step.observed[0].origin, step.observed[0].as_of) for step in fine] == [
        ("On", Origin.EXPORT, DAY),
        ("Off", Origin.EXPORT, DAY),
    ]


def test_what_was_read_to_stand_otherwise_comes_first() -> None:
    checkup = take_in(
        begun(Network.TIKTOK), tiktok({"Personalized Ads": "On", "Who Can View Videos I Liked": "Everyone"})
    )
    assert keys(checkup)[:3] == ["tt-liked", "tt-ads", "tt-private"]
    assert [step.read_otherwise for step in steps(checkup)[:3]] == [True, True, False]
    # Nor does an answer move those.
    assert keys(answer(checkup, "tt-liked", StepAnswer.DONE, DAY)) == keys(checkup)


def test_the_same_value_is_judged_by_what_the_account_is_for() -> None:
    found = tiktok({"Private Account": "Disabled"})
    assert steps(take_in(begun(Network.TIKTOK), found))[0].read_otherwise
    work = take_in(begun(Network.TIKTOK, Purpose.PROFESSIONAL), found)
    assert [step.setting.key for step in read_and_fine(work)] == ["tt-private"]


def test_a_setting_with_parts_is_fine_when_all_of_them_are() -> None:
    duet, stitch = {"Who Can Duet With Me": "Only Me"}, {"Who Can Stitch with your videos": "Everyone"}
    checkup = take_in(begun(Network.TIKTOK), tiktok(duet))
    assert [step.setting.key for step in read_and_fine(checkup)] == ["tt-duet"]
    checkup = take_in(checkup, tiktok(stitch))
    assert keys(checkup)[0] == "tt-duet"
    assert {(found.part, found.value) for found in steps(checkup)[0].observed} == {
        ("Duet", "Only me"),
        ("Stitch", "Everyone"),
    }


@given(st.text() | st.integers() | st.none() | st.booleans() | st.lists(st.text()))
def test_whatever_stands_in_an_export_is_shown_and_not_judged(value: object) -> None:
    checkup = take_in(begun(Network.TIKTOK), tiktok({"Who Can Send Me Message": value, "Something New": value}))
    for note in checkup.notes:
        for found in note.observed:
            assert len(found.value) <= LONGEST_VALUE
            assert not found.value or found.value.isprintable()
    if not isinstance(value, str):
        assert "tt-dm" in keys(checkup)
        assert all(found.fits is None for note in checkup.notes for found in note.observed)


@pytest.mark.parametrize(
    ("title", "value", "fits"),
    [
        ("Switched to Private Account", "On", True),
        ("Account set to public", "Off", False),
        ("From private to public", "From private to public", None),
        ("Konto wurde geändert", "Konto wurde geändert", None),
    ],
)
def test_instagram_tells_the_last_change_as_a_sentence(title: str, value: str, fits: bool | None) -> None:
    values = {("profile_privacy_changes", "account_history_account_privacy_history title"): title}
    found = read_values(Network.INSTAGRAM, Origin.EXPORT, values, DAY)
    note = take_in(begun(Network.INSTAGRAM), found).noted("ig-private")
    assert note is not None
    assert [(one.value, one.fits) for one in note.observed] == [(value, fits)]


def test_mastodon_and_bluesky_are_read_live() -> None:
    checkup = take_in(begun(Network.MASTODON), locked(False))
    assert keys(checkup)[0] == "ma-locked"
    assert steps(checkup)[0].observed[0].value == "Ticked"
    source = read_values(Network.MASTODON, Origin.LIVE, {(ACCOUNT, "source.privacy"): "private"}, DAY)
    assert [step.setting.key for step in read_and_fine(take_in(checkup, source))] == ["ma-default"]
    hidden = read_values(
        Network.BLUESKY, Origin.LIVE, {("app.bsky.actor.profile", "labels !no-unauthenticated"): True}, DAY
    )
    assert [step.setting.key for step in read_and_fine(take_in(begun(Network.BLUESKY), hidden))] == ["bs-logged-out"]
    # The server has none: nothing is known, and nothing is claimed.
    assert locked(None) == ()


def test_a_closed_inbox_judges_otherwise() -> None:
    place = ("chat.bsky.actor.declaration", "allowIncoming")
    for inbox, raw, fits in (
        (Inbox.OPEN, "all", True),
        (Inbox.OPEN, "none", False),
        (Inbox.CLOSED, "all", False),
        (Inbox.CLOSED, "none", True),
    ):
        found = read_values(Network.BLUESKY, Origin.LIVE, {place: raw}, DAY)
        note = take_in(begun(Network.BLUESKY, Purpose.AGENCY, inbox), found).noted("bs-chat")
        assert note is not None
        assert [one.fits for one in note.observed] == [fits], (inbox, raw)


def test_the_later_reading_counts_and_on_one_day_the_live_one() -> None:
    export = read_values(Network.MASTODON, Origin.EXPORT, {("actor", "manuallyApprovesFollowers"): False}, DAY)
    for order in ((*export, *locked(True)), (*locked(True), *export)):
        checkup = take_in(begun(Network.MASTODON), order)
        assert "ma-locked" in [step.setting.key for step in read_and_fine(checkup)]
    newer = tuple(replace(found, as_of=NEXT) for found in export)
    assert keys(take_in(take_in(begun(Network.MASTODON), locked(True)), newer))[0] == "ma-locked"


def test_a_reading_after_an_answer_can_take_it_back() -> None:
    checkup = take_in(begun(Network.MASTODON), locked(False))
    checkup = answer(checkup, "ma-locked", StepAnswer.DONE, DAY)
    assert steps(checkup)[0].answer is StepAnswer.DONE
    still = take_in(checkup, locked(False))
    assert (steps(still)[0].answer, steps(still)[0].last_answer) == (None, StepAnswer.DONE)
    assert not is_complete(still)
    # It was set now, and the network says so.
    well = take_in(still, locked(True))
    assert well.noted("ma-locked") is not None
    assert not any(step.read_otherwise for step in steps(well))
    # Pressing again settles it, too.
    assert steps(answer(still, "ma-locked", StepAnswer.DONE, DAY))[0].answer is StepAnswer.DONE


def test_an_export_of_the_same_day_takes_nothing_back() -> None:
    checkup = answer(begun(Network.TIKTOK), "tt-private", StepAnswer.DONE, DAY)
    same = take_in(checkup, tiktok({"Private Account": "Off"}))
    assert next(step for step in steps(same) if step.setting.key == "tt-private").answer is StepAnswer.DONE
    later = start(Network.TIKTOK, Purpose.PERSONAL, Inbox.OPEN, NEXT, same)
    assert "tt-private" not in keys(later)
    assert keys(take_in(later, tiktok({"Private Account": "Off"}, NEXT)))[0] == "tt-private"


def test_one_part_read_after_an_answer_says_nothing_of_the_other() -> None:
    checkup = take_in(begun(Network.TIKTOK), tiktok({"Who Can Duet With Me": "Everyone"}))
    checkup = answer(checkup, "tt-duet", StepAnswer.DONE, NEXT)
    checkup = take_in(checkup, tiktok({"Who Can Stitch with your videos": "Only Me"}, NEXT + timedelta(days=1)))
    assert next(step for step in steps(checkup) if step.setting.key == "tt-duet").answer is StepAnswer.DONE


def test_what_was_read_is_judged_anew_where_the_policy_changed() -> None:
    read = read_values(Network.BLUESKY, Origin.LIVE, {("chat.bsky.actor.declaration", "allowIncoming"): "all"}, DAY)
    first = take_in(begun(Network.BLUESKY, Purpose.AGENCY), read)
    assert [step.setting.key for step in read_and_fine(first)] == ["bs-chat"]
    second = start(Network.BLUESKY, Purpose.AGENCY, Inbox.CLOSED, NEXT, first)
    assert steps(second)[0].read_otherwise
    assert read_and_fine(second) == ()


def test_an_old_reading_is_asked_again() -> None:
    checkup = take_in(begun(Network.MASTODON), locked(True))
    later = start(Network.MASTODON, Purpose.PERSONAL, Inbox.OPEN, DAY + AGAIN, checkup)
    assert keys(later)[0] == "ma-locked"
    assert read_and_fine(later) == ()


def test_what_changed_since_last_time() -> None:
    first = take_in(begun(Network.TIKTOK), tiktok({"Private Account": "On", "Personalized Ads": "On"}))
    first = answer(first, "tt-dm", StepAnswer.NOT_NOW, DAY)
    second = start(Network.TIKTOK, Purpose.PERSONAL, Inbox.OPEN, NEXT, first)
    assert changes(first, second) == ()
    second = take_in(second, tiktok({"Private Account": "Off", "Personalized Ads": "Off"}, NEXT))
    second = answer(second, "tt-dm", StepAnswer.DONE, NEXT)
    assert [(change.key, change.kind, change.before, change.now) for change in changes(first, second)] == [
        ("tt-private", ChangeKind.OPENED, "On", "Off"),
        ("tt-dm", ChangeKind.ANSWERED, "not now", "done"),
        ("tt-ads", ChangeKind.CLOSED, "On", "Off"),
    ]


def test_what_became_more_open_is_said_first() -> None:
    first = take_in(begun(Network.TIKTOK), tiktok({"Private Account": "Off", "Personalized Ads": "Off"}))
    second = take_in(first, tiktok({"Private Account": "On", "Personalized Ads": "On"}, NEXT))
    assert [(change.key, change.kind) for change in changes(first, second)] == [
        ("tt-ads", ChangeKind.OPENED),
        ("tt-private", ChangeKind.CLOSED),
    ]


def test_what_moved_without_a_judgment_is_said_without_one() -> None:
    first = take_in(begun(Network.TIKTOK), tiktok({"Who Can Post Comments": "Friends"}))
    second = take_in(first, tiktok({"Who Can Post Comments": "No One"}, NEXT))
    assert [(change.kind, change.before, change.now) for change in changes(first, second)] == [
        (ChangeKind.MOVED, "Friends", "No one")
    ]


def test_another_recommendation_is_asked_again_and_said() -> None:
    first = answer(begun(Network.BLUESKY, Purpose.AGENCY), "bs-chat", StepAnswer.DONE, DAY)
    assert "bs-chat" not in keys(start(Network.BLUESKY, Purpose.AGENCY, Inbox.OPEN, NEXT, first))
    second = start(Network.BLUESKY, Purpose.AGENCY, Inbox.CLOSED, NEXT, first)
    assert "bs-chat" in keys(second)
    found = changes(first, second)
    assert [(change.key, change.kind, change.now) for change in found] == [
        ("bs-chat", ChangeKind.RECOMMENDED, "No one")
    ]


def test_a_setting_that_is_no_more_is_dropped_and_said() -> None:
    kept = Noted("bs-once", "Off", StepAnswer.DONE, DAY)
    first = replace(begun(Network.BLUESKY), notes=(kept,))
    second = start(Network.BLUESKY, Purpose.PERSONAL, Inbox.OPEN, NEXT, first)
    assert second.notes == ()
    assert [(change.key, change.kind) for change in changes(first, second)] == [("bs-once", ChangeKind.GONE)]
    assert take_in(second, [Observed("bs-once", "", "On", Origin.LIVE, NEXT, None)]) == second


def test_another_account_is_refused() -> None:
    personal = begun(Network.X)
    with pytest.raises(ValueError, match="another account"):
        start(Network.X, Purpose.AGENCY, Inbox.OPEN, NEXT, personal)
    with pytest.raises(ValueError, match="different accounts"):
        changes(personal, begun(Network.BLUESKY))
    with pytest.raises(ValueError, match="no such setting"):
        answer(personal, "bs-chat", StepAnswer.DONE, DAY)
    with pytest.raises(ValueError, match="no such setting"):
        answer(begun(Network.FACEBOOK, Purpose.AGENCY), "fb-lock", StepAnswer.DONE, DAY)


def test_when_to_look_again() -> None:
    checkup = begun(Network.SNAPCHAT)
    assert recheck_on(checkup) == DAY + LATER
    # More than one check-up's worth waits.
    checkup = all_answered(checkup)
    assert left_over(checkup) > 0
    assert recheck_on(checkup) == DAY + LATER
    checkup = start(Network.SNAPCHAT, Purpose.PERSONAL, Inbox.OPEN, NEXT, checkup)
    assert recheck_on(all_answered(checkup, StepAnswer.NOT_NOW)) == NEXT + LATER
    checkup = all_answered(checkup)
    assert left_over(checkup) == 0
    assert recheck_on(checkup) == DAY + AGAIN
    # Never a day that is past or too near.
    late = start(Network.SNAPCHAT, Purpose.PERSONAL, Inbox.OPEN, DAY + AGAIN - timedelta(days=1), checkup)
    assert steps(late) == ()
    assert recheck_on(late) == late.day + LATER
