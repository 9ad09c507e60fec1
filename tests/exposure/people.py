"""Invented accounts, and how common names and words are by the product's own tables."""

from __future__ import annotations

from typing import Any

from demur.caseload.tables import everyday_words, family_share, formal_names_of, pair_share
from demur.core.accounts import Network, Purpose
from demur.core.owned import OwnedAccount, PhotoFingerprint
from demur.exposure.usual import Commonness

COMMON = Commonness(pair_share, family_share, formal_names_of, everyday_words().__contains__)


def personal(network: Network = Network.INSTAGRAM, handle: str = "", **fields: Any) -> OwnedAccount:
    return OwnedAccount(network, handle, Purpose.PERSONAL, **fields)


def work(network: Network = Network.LINKEDIN, handle: str = "", **fields: Any) -> OwnedAccount:
    return OwnedAccount(network, handle, fields.pop("purpose", Purpose.PROFESSIONAL), **fields)


def photo(whole: int, **fields: Any) -> PhotoFingerprint:
    """A photo whose inner parts are like nothing else."""
    return PhotoFingerprint((whole, *(whole ^ (0x5555555555555555 << shift) % 2**64 for shift in range(4))), **fields)
