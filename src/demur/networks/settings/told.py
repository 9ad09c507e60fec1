"""Between the catalogue and what tells or takes a value: the settings in an export, and what a network is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from demur.core.accounts import Network
from demur.core.posted import SettingFound
from demur.core.settings import Observed, Origin, Setting
from demur.networks.settings.catalogue import settings_of
from demur.networks.settings.checkup import read_values

Place = tuple[str, str]
"""Where a value stands: member and field of a `ReadFrom`."""


def from_export(network: Network, found: Iterable[SettingFound], as_of: date) -> tuple[Observed, ...]:
    """What an export tells of one network's settings, each part once; of what it tells twice, the last counts.

    A setting is known by its name alone: networks rename the files of their exports more often than what is in them.
    """
    told = {one.name: one.value for one in found if one.network is network}
    values = {
        (place.member, place.field): told[place.field]
        for setting in settings_of(network).settings
        for place in setting.reads
        if place.origin is Origin.EXPORT and place.field in told
    }
    seen = {(one.key, one.part): one for one in read_values(network, Origin.EXPORT, values, as_of)}
    return tuple(seen.values())


def to_set(setting: Setting, recommended: str, can_set: Mapping[Place, Sequence[str]]) -> tuple[Place, str] | None:
    """Where to write what for the recommended value; None where a program can't set it.

    `can_set` are the places that a network lets a program write to, and what it takes there.
    """
    for read in setting.reads:
        place = (read.member, read.field)
        if read.origin is Origin.LIVE and not read.part:
            for raw, words in read.values.items():
                if words == recommended and raw in can_set.get(place, ()):
                    return place, raw
    return None


def can_be_read(network: Network, origin: Origin) -> bool:
    """Whether an export or the network itself tells the value of any of its settings."""
    return any(place.origin is origin for setting in settings_of(network).settings for place in setting.reads)
