"""The one way to write a line of the log."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection
from django.utils import timezone

from demur.server.ledger.chain import BROKEN_PREVIOUS, FIRST_PREVIOUS, chain_key, entry_hash, same, seal
from demur.server.ledger.details import require_allowed, require_object, require_policy
from demur.server.ledger.models import Entry, Head
from demur.server.ledger.verbs import Verb

OWNER = "owner"
"""The person whose computer this is: the only actor of a local store."""


def record(verb: Verb, obj: str = "", details: Mapping[str, object] | None = None, policy: str = "") -> Entry:
    """Append a line, in the transaction of the write that it tells of, so that neither stands without the other.

    A log whose end was tampered with goes on, so that nobody is locked out of their store, but it stays broken: the
    new line follows nothing, and the head is left as it was found.
    Raises RuntimeError outside a transaction, ValueError where something is given that the log doesn't take,
    VaultLocked.
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
    last = Entry.objects.order_by("-sequence").values_list("sequence", "hash").first()
    # INVARIANT: a new seal is only set over an end that fits. Otherwise the next line would cover up removed ones.
    whole = _ends_as_noted(key, head, last)
    entry = Entry(
        sequence=1 if last is None else last[0] + 1,
        at=timezone.now(),
        actor=OWNER,
        verb=verb.value,
        object=obj,
        details=details,
        policy=policy,
        previous=BROKEN_PREVIOUS if not whole else FIRST_PREVIOUS if last is None else last[1],
    )
    entry.hash = entry_hash(key, entry)
    entry.save(force_insert=True)
    if not whole:
        return entry
    Head.objects.update_or_create(
        id=1,
        defaults={"sequence": entry.sequence, "hash": entry.hash, "seal": seal(key, entry.sequence, entry.hash)},
    )
    return entry


def _ends_as_noted(key: bytes, head: Head | None, last: tuple[int, str] | None) -> bool:
    """Whether the log's last line is the one that the sealed head names."""
    if head is None or last is None:
        return head is None and last is None
    return (head.sequence, head.hash) == last and same(head.seal, seal(key, head.sequence, head.hash))
