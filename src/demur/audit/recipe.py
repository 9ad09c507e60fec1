"""What a process needs to know to weigh posts by itself: small, and the same for all of them."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from demur.caseload.index import CaseloadIndex
from demur.core.accounts import Network, Purpose
from demur.core.people import Caseload, Role
from demur.engine import Engine
from demur.workspace import default_reader, default_screen, open_policy


@dataclass(frozen=True)
class Recipe:
    """How an audit weighs: for whom, by which policy, on what day, and what it may keep.

    `key` makes fingerprints that only its owner can compare. `keep_text` keeps the words of a post with its exposure.
    """

    today: date
    key: bytes = field(repr=False)
    role: Role = Role.OTHER
    work_area: str = ""
    purpose: Purpose = Purpose.PERSONAL
    caseload: Caseload = field(default_factory=Caseload, repr=False)
    policy_folder: Path | None = None
    use_reader: bool = True
    look_at_photos: bool = True
    keep_text: bool = False

    def fingerprint(self, network: Network, *parts: str) -> str:
        """A keyed fingerprint of one thing that is out: the same in every audit with this key."""
        told = "\x1f".join((network.value, *parts)).encode("utf-8", "replace")
        return hmac.new(self.key, told, hashlib.sha256).hexdigest()[:32]

    def given(self, exports: str) -> str:
        """Tells these exports (their digest), caseload and policy from others: an audit goes on with the same alone."""
        return self.fingerprint(Network.OTHER, exports, self.caseload.digest, open_policy(self.policy_folder).digest)


@lru_cache(maxsize=1)
def engine_for(recipe: Recipe) -> Engine:
    """The engine that a recipe asks for, made once in a process."""
    reader = default_reader() if recipe.use_reader else None
    return Engine(default_screen(), CaseloadIndex.build(recipe.caseload), open_policy(recipe.policy_folder), reader)
