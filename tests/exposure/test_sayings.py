"""Words and settings of ties: complete, and every setting is one of the catalogue that a personal account has."""

from __future__ import annotations

import pytest

from demur.core.accounts import Network, Purpose
from demur.core.owned import TieBy
from demur.exposure.filling import _SWITCHES
from demur.exposure.sayings import network_facts, shown, tie_words
from demur.exposure.usual import usual
from demur.networks.settings.catalogue import NETWORKS, settings_of

CATALOGUE = {setting.key: setting for network in NETWORKS for setting in settings_of(network).settings}


@pytest.mark.parametrize("network", Network)
@pytest.mark.parametrize("by", TieBy)
def test_every_setting_is_in_the_catalogue(network: Network, by: TieBy) -> None:
    for key in network_facts()[network].settings[by]:
        setting = CATALOGUE[key]
        assert setting.choice(Purpose.PERSONAL), key
        same_company = network_facts()[setting.network].company == network_facts()[network].company
        assert setting.network is network or same_company, key


@pytest.mark.parametrize("switch", _SWITCHES)
def test_every_switch_is_read_from_settings_that_exist(switch: str) -> None:
    assert set(_SWITCHES[switch]) <= CATALOGUE.keys()


@pytest.mark.parametrize("by", TieBy)
def test_every_tie_says_what_to_change_and_what_stays(by: TieBy) -> None:
    words = tie_words()[by]
    assert words.change.endswith(".")
    assert words.stays.endswith(".")
    assert words.evidence


@pytest.mark.parametrize("name", ["added", "words", "sites"])
def test_what_is_usual_is_written_as_it_is_looked_for(name: str) -> None:
    for word in getattr(usual(), name):
        assert word == word.lower().strip()
        assert word.isascii()


def test_what_is_shown_is_short_and_plain() -> None:
    assert shown("a\u202eb\u200b  c\n") == "ab c"
    assert shown("y" * 100) == "y" * 39 + "…"
