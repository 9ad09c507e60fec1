"""The picture of accounts and ties: it stays inside, can be read without eyes or color, and lets nothing through."""

from __future__ import annotations

from math import hypot
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from demur.core.accounts import Network, Purpose
from demur.core.owned import OwnedAccount, Switch
from demur.exposure.picture import picture, told
from demur.exposure.ties import find_ties
from tests.exposure.people import COMMON, personal, work

SVG = "{http://www.w3.org/2000/svg}"
MINE = personal(Network.INSTAGRAM, "rosaquill_1987", display_name="Hidden Name", contact_upload=Switch.ON)
OTHER = personal(Network.TIKTOK, "mossybanjo")
WORK = work(Network.LINKEDIN, "rosaquill", emails=("hidden@example.org",))
AGENCY = work(Network.FACEBOOK, "mossybanjo", purpose=Purpose.AGENCY)
ALL = [MINE, OTHER, WORK, AGENCY]
TIES = find_ties(ALL, COMMON)


def drawn(accounts: list[OwnedAccount]) -> ElementTree.Element:
    return ElementTree.fromstring(picture(accounts, find_ties(accounts, COMMON)))


def test_every_account_and_pair_is_drawn() -> None:
    root = drawn(ALL)
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert {"rosaquill_1987", "mossybanjo", "rosaquill", "Instagram", "Facebook"} <= set(words)
    lines = [line.get("class") for line in root.iter(f"{SVG}line")]
    assert lines == ["tie sure", "tie likely", "tie sure", "tie likely", "tie possible"]  # the last three: the legend
    assert [words.count(number) for number in ("1", "2", "3")] == [1, 1, 0]


def test_the_list_beside_it_says_the_same() -> None:
    lines = told(ALL, TIES)
    assert lines == (
        "1. TikTok “mossybanjo” and Facebook “mossybanjo”: surely tied by the handle.",
        "2. Instagram “rosaquill_1987” and LinkedIn “rosaquill”: likely tied by the handle.",
        "Instagram “rosaquill_1987”: the network itself leads people there.",
    )
    root = drawn(ALL)
    assert root.get("role") == "img"
    assert [child.tag.removeprefix(SVG) for child in root][:2] == ["title", "desc"]
    assert root[1].text == " ".join(lines)


def test_how_sure_is_seen_without_color() -> None:
    styles = {
        (line.get("class"), line.get("stroke-width"), line.get("stroke-dasharray"), line.get("stroke"))
        for line in drawn(ALL).iter(f"{SVG}line")
    }
    assert len(styles) == 3
    assert {stroke for *_, stroke in styles} == {"currentColor"}


def test_nobody_is_named_but_by_handle() -> None:
    svg = picture(ALL, TIES)
    assert "Hidden" not in svg
    assert "hidden@" not in svg


def test_an_account_that_is_apart_is_said_to_be() -> None:
    assert told([OTHER, WORK], find_ties([OTHER, WORK], COMMON)) == (
        "TikTok “mossybanjo”: we found nothing that ties it.",
        "LinkedIn “rosaquill”: we found nothing that ties it.",
    )
    assert told([], ()) == ("No accounts yet.",)


def test_what_is_typed_is_escaped() -> None:
    root = drawn([personal(handle="<b>&\"']]>"), work(handle="a</svg>")])
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert {"<b>&\"']]>", "a</svg>"} <= set(words)


def test_numbers_never_cover_each_other() -> None:
    mine = [personal(network, "mossybanjo") for network in (Network.X, Network.TIKTOK, Network.BLUESKY)]
    theirs = [work(network, "mossybanjo") for network in (Network.LINKEDIN, Network.MASTODON, Network.THREADS)]
    places = [
        (float(circle.get("cx", "")), float(circle.get("cy", "")))
        for circle in drawn([*mine, *theirs]).iter(f"{SVG}circle")
    ]
    assert len(places) == 9
    for place, (x, y) in enumerate(places):
        for other_x, other_y in places[:place]:
            assert hypot(x - other_x, y - other_y) >= 18


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            OwnedAccount,
            network=st.sampled_from(Network),
            handle=st.text(max_size=80),
            purpose=st.sampled_from(Purpose),
            contact_upload=st.sampled_from(Switch),
        ),
        max_size=20,
    )
)
def test_whatever_the_handles_it_is_well_formed_and_inside(accounts: list[OwnedAccount]) -> None:
    root = drawn(accounts)
    _, _, width, height = map(float, root.get("viewBox", "").split())
    for shape in root.iter(f"{SVG}rect"):
        assert float(shape.get("x", "")) + float(shape.get("width", "")) <= width
        assert float(shape.get("y", "")) + float(shape.get("height", "")) <= height
    for text in root.iter(f"{SVG}text"):
        assert len(text.text or "") <= 45


def test_many_accounts_make_a_list_with_an_end() -> None:
    mine = [personal(Network.INSTAGRAM, f"mossybanjo{number}") for number in range(40)]
    works = [work(Network.LINKEDIN, f"mossybanjo{number}") for number in range(40)]
    found = find_ties([*mine, *works], COMMON)
    lines = told([*mine, *works], found)
    assert len(lines) == 101
    assert lines[-1] == "1500 more pairs are tied, none of them more surely."
    assert len(picture([*mine, *works], found)) < 100_000


def test_two_entries_that_say_the_same_are_two() -> None:
    twins = [personal(Network.INSTAGRAM, "mossybanjo"), personal(Network.INSTAGRAM, "mossybanjo"), WORK, AGENCY]
    lines = told(twins, find_ties(twins, COMMON))
    assert [line.count("mossybanjo") for line in lines[:2]] == [2, 2]
