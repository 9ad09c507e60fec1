"""What to press on each network to answer a request, and what the other side can notice.

A network is one file, `networks/<network>.toml`, named after its member of `core.accounts.Network`:

    name = "Facebook"                  as people say it in a sentence: "on Facebook"
    request_called = "friend request"  what the network calls a request, lower case, without an article
    requests_page = "https://…"        where requests wait, if that is a web address for everybody; "" where it is not
    order = ["prepare", "decline"]     the recommended order after a request; only actions that the network has
    message_order = ["leave_message"]  the same after a direct message
    cautions = ["..."]                 sentences that hold for the whole network; may be empty

and one table for each of `ACTIONS`. Either a step:

    [decline]
    do = "Press ..."                   one or two sentences: what to press, with the buttons' names
    notice = "They are not told."      what the other side is told and can notice; "" only where nothing is known
    status = "confirmed"               confirmed | old | unsourced
    source = "Meta help page ..."      who says so, in words; "" only with unsourced
    date = "2024"                      of the source: a year, a month, or "undated"; "" only with unsourced

or the reason why there is none:

    [remove]
    none = "Bluesky has no button to remove a follower."

A file with a missing or an unknown field does not load.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from demur.core.accounts import Network
from demur.core.content import Direction, RequestKind
from demur.core.verdicts import Step

ACTIONS = (
    "prepare",
    "decline",
    "check",
    "ignore",
    "limit",
    "remove",
    "block",
    "report",
    "leave_message",
    "untag",
)
"""What can be done about a request: `prepare` and `check` come before and after declining."""

NOT_TRIED = "Menus move. These steps come from public sources and were not tried on a live account."

_FIELDS = frozenset({"name", "request_called", "requests_page", "order", "message_order", "cautions", *ACTIONS})
_STEP_FIELDS = frozenset({"do", "notice", "status", "source", "date"})


@dataclass(frozen=True, slots=True)
class NetworkSteps:
    """How one network is used to say no, gently. An action that it does not offer is None, with its reason in `absent`.

    Every name in `order` and `message_order` is an action that is there.
    """

    name: str
    request_called: str
    requests_page: str
    order: tuple[str, ...]
    message_order: tuple[str, ...]
    cautions: tuple[str, ...]
    absent: Mapping[str, str]
    prepare: Step | None = None
    decline: Step | None = None
    check: Step | None = None
    ignore: Step | None = None
    limit: Step | None = None
    remove: Step | None = None
    block: Step | None = None
    report: Step | None = None
    leave_message: Step | None = None
    untag: Step | None = None

    def action(self, name: str) -> Step | None:
        """The step for one of `ACTIONS`. Raises ValueError for any other name."""
        if name not in ACTIONS:
            raise ValueError(f"action must be one of: {', '.join(ACTIONS)}")
        step: Step | None = getattr(self, name)
        return step

    def answering(self, kind: RequestKind, direction: Direction) -> tuple[Step, ...]:
        """The steps in their order for what came in; empty where the network has no button for it.

        Nothing is pressed for one's own plans (outgoing), for a search or for an upload of contacts: there the
        answer is not to start.
        """
        if direction is Direction.OUTGOING or kind in (RequestKind.SEARCH, RequestKind.CONTACT_UPLOAD):
            return ()
        names: tuple[str, ...] = self.order
        if kind is RequestKind.MESSAGE:
            names = self.message_order
        elif kind is RequestKind.TAG:
            names = ("untag", *(name for name in self.message_order if name != "leave_message"))
        elif kind is RequestKind.LIKE:
            names = tuple(name for name in self.order if name not in ("prepare", "decline", "check", "ignore"))
        elif kind is RequestKind.INVITE:
            names = tuple(name for name in self.order if name not in ("prepare", "decline", "check", "remove"))
        return tuple(step for name in names if (step := self.action(name)) is not None)


@cache
def network_steps(network: Network) -> NetworkSteps:
    """The steps of one network. Raises ValueError naming the file and the field that is missing or unknown."""
    name = f"{network.value}.toml"
    text = files("demur.networks").joinpath("networks", name).read_text("utf-8")
    return read_steps(tomllib.loads(text), name)


def read_steps(data: Mapping[str, Any], where: str) -> NetworkSteps:
    """Check one network's data against the format above. `where` names the file in a complaint."""
    _same_fields(frozenset(data), _FIELDS, where)
    steps: dict[str, Step] = {}
    absent: dict[str, str] = {}
    for action in ACTIONS:
        table = data[action]
        if "none" in table:
            _same_fields(frozenset(table), frozenset({"none"}), f"{where}, {action}")
            absent[action] = table["none"]
        else:
            _same_fields(frozenset(table), _STEP_FIELDS, f"{where}, {action}")
            steps[action] = Step(table["do"], table["notice"], _source(table, f"{where}, {action}"))
    for action in (*data["order"], *data["message_order"]):
        if action not in steps:
            raise ValueError(f"{where}: the order names {action}, which the file does not describe")
    return NetworkSteps(
        name=data["name"],
        request_called=data["request_called"],
        requests_page=data["requests_page"],
        order=tuple(data["order"]),
        message_order=tuple(data["message_order"]),
        cautions=(*data["cautions"], NOT_TRIED),
        absent=MappingProxyType(absent),
        **steps,
    )


def _same_fields(given: frozenset[str], wanted: frozenset[str], where: str) -> None:
    missing, unknown = sorted(wanted - given), sorted(given - wanted)
    if missing:
        raise ValueError(f"{where}: missing {', '.join(missing)}")
    if unknown:
        raise ValueError(f"{where}: unknown {', '.join(unknown)}")


def _source(table: Mapping[str, str], where: str) -> str:
    """How well a step is known, in words that a reader can weigh."""
    status, source, date = table["status"], table["source"], table["date"]
    if status == "unsourced":
        return "We found no source for this step; the button may have another name."
    if not source or not date:
        raise ValueError(f"{where}: a step that is {status} needs a source and a date")
    if status == "confirmed":
        return f"{source} ({date})."
    if status == "old":
        return f"From an older source: {source} ({date}). The button may have another name today."
    raise ValueError(f"{where}: status must be one of: confirmed, old, unsourced")
