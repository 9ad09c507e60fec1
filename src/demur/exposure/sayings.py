"""How ties and accounts are said, and which settings help: `ties.toml` and `networks.toml`, checked when read."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from demur.core.accounts import Network
from demur.core.owned import OwnedAccount, TieBy

LONGEST_SHOWN = 40
_NEVER_SHOWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Control, direction and line signs: they would let a handle rewrite the sentence that it stands in."""
_NETWORK_FIELDS = frozenset({"called", "hosts", "company", "no_switch"}) | {by.value for by in TieBy}
_TIE_FIELDS = frozenset({"change", "stays", "evidence"})


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """What is known of a network's part in ties: see `networks.toml`."""

    called: str
    hosts: tuple[str, ...]
    company: str
    no_switch: frozenset[TieBy]
    settings: Mapping[TieBy, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class TieWords:
    """What is said of one kind of tie: see `ties.toml`."""

    change: str
    stays: str
    evidence: Mapping[str, str]


@cache
def network_facts() -> Mapping[Network, NetworkFacts]:
    """Every network. Raises ValueError naming the network whose fields are wrong."""
    data = _data("networks.toml")
    if set(data) != {network.value for network in Network}:
        raise ValueError("networks.toml: each network stands there once")
    return MappingProxyType({network: _network(network.value, data[network.value]) for network in Network})


@cache
def tie_words() -> Mapping[TieBy, TieWords]:
    """Every kind of tie. Raises ValueError naming the kind whose fields are wrong."""
    data = _data("ties.toml")
    if set(data) != {by.value for by in TieBy}:
        raise ValueError("ties.toml: each kind of tie stands there once")
    for by, table in data.items():
        if set(table) != _TIE_FIELDS:
            raise ValueError(f"ties.toml, {by}: needs {', '.join(sorted(_TIE_FIELDS))}")
    return MappingProxyType(
        {by: TieWords(data[by]["change"], data[by]["stays"], MappingProxyType(data[by]["evidence"])) for by in TieBy}
    )


def called(account: OwnedAccount) -> str:
    """An account in a sentence: its network, and the handle that the person typed."""
    name = network_facts()[account.network].called
    handle = shown(account.handle)
    return f"{name} “{handle}”" if handle else f"{name} ({account.purpose.value})"


def shown(typed: str, longest: int = LONGEST_SHOWN) -> str:
    """What somebody typed or an export tells, safe inside a sentence: no control signs, and not too long."""
    plain = "".join(sign for sign in typed[: 4 * longest] if unicodedata.category(sign) not in _NEVER_SHOWN)
    plain = " ".join(plain.split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def _network(name: str, table: Mapping[str, Any]) -> NetworkFacts:
    if set(table) != _NETWORK_FIELDS:
        raise ValueError(f"networks.toml, {name}: needs {', '.join(sorted(_NETWORK_FIELDS))}")
    return NetworkFacts(
        table["called"],
        tuple(table["hosts"]),
        table["company"],
        frozenset(TieBy(by) for by in table["no_switch"]),
        MappingProxyType({by: tuple(table[by.value]) for by in TieBy}),
    )


def _data(file: str) -> dict[str, Any]:
    return tomllib.loads(files("demur.exposure").joinpath(file).read_text("utf-8"))
