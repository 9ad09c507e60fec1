"""The one way to write a line of the log."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection
from django.utils import timezone

from demur.server.ledger.chain import FIRST_PREVIOUS, chain_key, entry_hash, seal
from demur.server.ledger.details import require_allowed, require_object, require_policy
from demur.server.ledger.models import Entry, Head
from demur.server.ledger.verbs import Verb

OWNER = "owner"
"""The person whose computer this is: the only actor of a local store."""


class BrokenLog(Exception):
    """The log has no head although it has lines: it was tampered with, and going on would cover that up."""


def record(verb: Verb, obj: str = "", details: Mapping[str, object] | None = None, policy: str = "") -> Entry:
    """Append a line, in the transaction of the write that it tells of, so that neither stands without the other.

    Raises RuntimeError outside a transaction, ValueError where something is given that the log doesn't take,
    VaultLocked, BrokenLog.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a line of the log is written within transaction.atomic(), together with what it tells of")
    details = dict(details or {})
    require_allowed(details)
    require_object(obj)
    require_policy(policy)
    key = chain_key()
    # INVARIANT: transactions are IMMEDIATE, so nobody else can append between this read and the write below.
    head = Head.objects.filter(id=1).first()
    if head is None and Entry.objects.exists():
        raise BrokenLog("the log has no head")
    entry = Entry(
        sequence=1 if head is None else head.sequence + 1,
        at=timezone.now(),
        actor=OWNER,
        verb=verb.value,
        object=obj,
        details=details,
        policy=policy,
        previous=FIRST_PREVIOUS if head is None else head.hash,
    )
    entry.hash = entry_hash(key, entry)
    entry.save(force_insert=True)
    Head.objects.update_or_create(
        id=1,
        defaults={"sequence": entry.sequence, "hash": entry.hash, "seal": seal(key, entry.sequence, entry.hash)},
    )
    return entry
