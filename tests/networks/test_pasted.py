from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demur.core.accounts import Network, Profile
from demur.networks.pasted import read_pasted

EXAMPLES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("pasted_examples.toml").read_text("utf-8"))[
    "example"
]


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["says"] for example in EXAMPLES])
def test_examples(example: dict[str, Any]) -> None:
    chosen = Network(example["given"]) if "given" in example else None
    pasted = read_pasted(example["text"], chosen)
    assert pasted.profile == Profile(
        display_name=example.get("name", ""),
        handle=example.get("handle", ""),
        bio=example.get("bio", "").strip(),
        city=example.get("city", ""),
        email=example.get("email", ""),
        phone=example.get("phone", ""),
        mutual_connections=example.get("mutual", 0),
    )
    assert pasted.network == (Network(example["network"]) if "network" in example else None)


def test_there_are_enough_examples_of_every_network() -> None:
    assert len(EXAMPLES) >= 40
    for network in set(Network) - {Network.OTHER}:
        assert sum(example.get("network") == network.value for example in EXAMPLES) >= 2, network


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["says"] for example in EXAMPLES])
def test_the_chosen_network_is_kept_and_nothing_gets_lost(example: dict[str, Any]) -> None:
    pasted = read_pasted(example["text"], Network.FACEBOOK)
    assert pasted.network is Network.FACEBOOK
    # Windows' ends of lines and empty lines between change nothing.
    assert read_pasted(example["text"].replace("\n", "\r\n\r\n"), Network.FACEBOOK) == pasted


def test_other_as_choice_is_no_choice() -> None:
    assert read_pasted("Rosa Beispiel\n12 mutual friends\nConfirm", Network.OTHER).network is Network.FACEBOOK
    assert read_pasted("Rosa Beispiel", Network.OTHER).network is None


def test_a_list_of_requests_gives_the_first_one_and_says_how_many_there_are() -> None:
    listed = "Rosa Beispiel\n2 mutual friends\nConfirm\nDelete\nLuis Ejemplo\nLives in Akron\nConfirm\nDelete"
    pasted = read_pasted(listed)
    assert (pasted.people, pasted.profile.display_name, pasted.profile.mutual_connections) == (2, "Rosa Beispiel", 2)
    assert "Luis" not in f"{pasted.profile}"
    assert "Akron" not in f"{pasted.profile}"


def test_one_request_with_buttons_around_it_is_one() -> None:
    pasted = read_pasted("Rosa Beispiel\nConfirm\nDelete\nIntro\nProud nana\nMessage\nDelete")
    assert (pasted.people, pasted.profile.bio) == (1, "Proud nana")


def test_names_of_common_friends_are_counted_and_not_kept() -> None:
    for line, count in (
        ("Kim Zzyzx and 3 other mutual friends", 4),
        ("Kim Zzyzx is a mutual connection", 1),
        ("Followed by kim_zzyzx", 1),
        ("Followed by Kim Zzyzx, Jo Zzyzx and 12 others you follow", 14),
        ("Kim Zzyzx y 3 contactos más en común", 4),
        ("Kim Zzyzx y 2 amigos más en común", 3),
        ("Lo siguen kim_zzyzx, jo_zzyzx y 5 personas más", 7),
        ("kim_zzyzx y 4 personas más siguen esta cuenta", 5),
        ("1 mutual friend: Kim Zzyzx", 1),
        ("1.204 amigos en común", 1204),
    ):
        profile = read_pasted(f"Rosa Beispiel\n{line}").profile
        assert profile.mutual_connections == count, line
        assert "zzyzx" not in f"{profile}".lower(), line


_own = st.text(st.characters(categories=["L", "Nd", "Zs", "Po", "So"]), min_size=8, max_size=60).map(
    lambda text: f"Qq {' '.join(text.split())} qq"
)


@given(st.lists(_own, min_size=1, max_size=6), st.sampled_from([None, *Network]))
def test_what_somebody_wrote_is_never_dropped(lines: list[str], network: Network | None) -> None:
    profile = read_pasted("\n".join(["Rosa Beispiel", "Confirm", *lines, "Delete"]), network).profile
    kept = "\n".join([profile.display_name, profile.handle, profile.bio, profile.city, profile.email, profile.phone])
    for line in lines:
        for part in line.replace("•", "·").split("·"):
            assert " ".join(part.split()) in kept


@given(st.text(max_size=400), st.sampled_from([None, *Network]))
def test_no_text_makes_it_fail(text: str, network: Network | None) -> None:
    read_pasted(text, network)


@pytest.mark.parametrize(
    "text",
    ["a" * 100_000, "1" * 100_000, "a@" * 50_000, "1-" * 50_000, "a, " * 33_000, "a\n" * 50_000, "· " * 50_000,
     "1 posts " * 12_000, "Followed by " * 8_000, "\u0301" * 100_000, "1\n" * 50_000, "(" * 100_000, "a." * 50_000],
)  # fmt: skip
def test_long_texts_are_read_to_their_end(text: str) -> None:
    """Slow patterns would never come to the end of these."""
    assert "Wrote it herself." in read_pasted(f"Rosa Beispiel\n{text[:90_000]}\nWrote it herself.").profile.bio
