from __future__ import annotations

import copy
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from demur.core.accounts import Network
from demur.core.content import Direction, RequestKind
from demur.networks.catalogue import ACTIONS, NOT_TRIED, network_steps, read_steps


def facebook() -> dict[str, Any]:
    return tomllib.loads(files("demur.networks").joinpath("networks", "facebook.toml").read_text("utf-8"))


@pytest.mark.parametrize("network", list(Network))
def test_every_network_has_its_file(network: Network) -> None:
    steps = network_steps(network)
    assert steps.name
    assert steps.request_called == steps.request_called.lower()
    assert steps.order
    assert steps.message_order
    assert NOT_TRIED in steps.cautions
    for action in ACTIONS:
        step = steps.action(action)
        if step is None:
            assert steps.absent[action].endswith(".")
        else:
            assert step.do.endswith(".")
            assert step.source.endswith(".")
            assert action not in steps.absent


def test_there_is_no_file_without_a_network() -> None:
    found = {entry.name for entry in files("demur.networks").joinpath("networks").iterdir()}
    assert found == {f"{network.value}.toml" for network in Network}


@pytest.mark.parametrize("field", ["name", "request_called", "order", "message_order", "cautions", *ACTIONS])
def test_a_missing_field_is_named(field: str) -> None:
    data = facebook()
    del data[field]
    with pytest.raises(ValueError, match=f"facebook.toml: missing {field}"):
        read_steps(data, "facebook.toml")


@pytest.mark.parametrize("field", ["do", "notice", "status", "source", "date"])
def test_a_missing_field_of_a_step_is_named(field: str) -> None:
    data = facebook()
    del data["decline"][field]
    with pytest.raises(ValueError, match=f"facebook.toml, decline: missing {field}"):
        read_steps(data, "facebook.toml")


def test_what_the_format_does_not_know_is_refused() -> None:
    data = facebook()
    data["poke"] = {"none": "No."}
    with pytest.raises(ValueError, match="unknown poke"):
        read_steps(data, "facebook.toml")
    data = facebook()
    data["decline"]["status"] = "sure"
    with pytest.raises(ValueError, match="status must be one of"):
        read_steps(data, "facebook.toml")
    data = facebook()
    data["decline"]["source"] = ""
    with pytest.raises(ValueError, match="needs a source"):
        read_steps(data, "facebook.toml")


def test_an_order_names_only_what_is_there() -> None:
    data = copy.deepcopy(facebook())
    data["check"] = {"none": "Nothing."}
    with pytest.raises(ValueError, match="the order names check"):
        read_steps(data, "facebook.toml")


@pytest.mark.parametrize("network", list(Network))
def test_a_block_comes_last_and_only_for_safety(network: Network) -> None:
    steps = network_steps(network)
    assert steps.order[-1] == "block"
    assert steps.block is not None
    assert steps.block.do.startswith("Only where you feel unsafe")


def test_facebook_closes_followers_before_it_declines_and_looks_after() -> None:
    order = network_steps(Network.FACEBOOK).order
    assert order[:3] == ("prepare", "decline", "check")
    steps = network_steps(Network.FACEBOOK)
    assert steps.prepare is not None
    assert "Friends" in steps.prepare.do
    assert steps.decline is not None
    assert "one year" in steps.decline.notice


def test_bluesky_has_nothing_to_decline_and_mutes() -> None:
    steps = network_steps(Network.BLUESKY)
    assert steps.decline is None
    assert steps.remove is None
    assert steps.order.index("limit") < steps.order.index("block")
    assert any("public record" in caution for caution in steps.cautions)


def test_x_says_that_a_block_is_shown() -> None:
    block = network_steps(Network.X).block
    assert block is not None
    assert "“blocked”" in block.notice


def test_threads_says_that_a_block_reaches_instagram() -> None:
    assert any("Instagram" in caution for caution in network_steps(Network.THREADS).cautions)


@pytest.mark.parametrize("network", [Network.LINKEDIN, Network.TIKTOK])
def test_nobody_is_sent_to_look_at_a_profile(network: Network) -> None:
    assert network_steps(network).cautions[0].startswith("Never look at the person's profile")


@pytest.mark.parametrize("network", list(Network))
def test_a_step_without_a_source_says_so(network: Network) -> None:
    name = f"{network.value}.toml"
    data = tomllib.loads(files("demur.networks").joinpath("networks", name).read_text("utf-8"))
    for action in ACTIONS:
        step = network_steps(network).action(action)
        if step is not None and data[action]["status"] == "unsourced":
            assert step.source.startswith("We found no source")
        if step is not None and data[action]["status"] == "old":
            assert "older source" in step.source


def test_steps_fit_what_came_in() -> None:
    steps = network_steps(Network.FACEBOOK)
    friend = steps.answering(RequestKind.FRIEND, Direction.INCOMING)
    assert friend[0] == steps.prepare
    assert steps.leave_message not in friend
    message = steps.answering(RequestKind.MESSAGE, Direction.INCOMING)
    assert message[0] == steps.leave_message
    assert steps.decline not in message
    assert steps.answering(RequestKind.TAG, Direction.INCOMING)[0] == steps.untag
    assert steps.answering(RequestKind.INVITE, Direction.INCOMING)[0] == steps.ignore
    assert steps.answering(RequestKind.FRIEND, Direction.OUTGOING) == ()
    assert steps.answering(RequestKind.SEARCH, Direction.OUTGOING) == ()
    assert steps.answering(RequestKind.CONTACT_UPLOAD, Direction.INCOMING) == ()


def test_an_unknown_action_is_refused() -> None:
    with pytest.raises(ValueError, match="action must be one of"):
        network_steps(Network.X).action("name")
