"""The audit of questions about people, for the owner of the store and whoever looks after privacy with them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from demur.server.ledger.models import Entry
from demur.server.ledger.verbs import Verb


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the audit. `about` is the beginning of a keyed digest, the same for the same name and handle.

    `times` counts the lines about them in the audit. Of a break only `number`, `at` and `is_break` are filled in.
    """

    number: int
    at: datetime
    actor: str
    about: str
    times: int
    outcome: str
    network: str
    kind: str
    typed: bool
    policy: str
    is_break: bool = False


def audit(since: datetime) -> list[Question]:
    """Every question about a person since then, and every break, in order. Raises VaultLocked.

    Lines of older versions of Demur lack digest and `typed`, and are shown without them.
    """
    entries = list(
        Entry.objects.filter(verb__in=(Verb.REQUEST_DECIDED, Verb.QUESTIONS_PAUSED), at__gte=since).order_by("sequence")
    )
    times = Counter(entry.object for entry in entries)
    return [
        Question(
            number=entry.sequence,
            at=entry.at,
            actor=entry.actor,
            about=entry.object.partition(":")[2][:8],
            times=times[entry.object] if entry.object else 1,
            outcome=str(entry.details.get("outcome", "")),
            network=str(entry.details.get("network", "")),
            kind=str(entry.details.get("kind", "")),
            typed=entry.details.get("typed") is True,
            policy=entry.policy[:12],
            is_break=entry.verb == Verb.QUESTIONS_PAUSED,
        )
        for entry in entries
    ]
