"""Every change of the caseload, and the note of every question asked: each in one transaction with its log line."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, fields

from django.db import transaction
from django.db.models import F, QuerySet

from demur.core.content import ConnectionRequest, Post
from demur.core.people import Client
from demur.core.verdicts import Verdict
from demur.records.caseload_csv import CaseloadReading, read_caseload
from demur.server.casework.models import CaseloadRevision, ClientRecord
from demur.server.casework.sample import CASELOAD, sample_folder
from demur.server.database import vault
from demur.server.ledger.actions import record
from demur.server.ledger.details import is_clause
from demur.server.ledger.verbs import Verb


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How many people an import added, changed, and found as they were."""

    added: int
    updated: int
    unchanged: int


def import_caseload(reading: CaseloadReading, sample: bool = False) -> ImportResult:
    """Take the people of a reading into the caseload, by their client_id: the same file twice changes nothing.

    A sample never changes a record of the owner's own; the owner's own takes the place of a sample's.
    """
    with transaction.atomic():
        result = _store(reading.clients, sample)
        record(
            Verb.SAMPLE_LOADED if sample else Verb.CASELOAD_IMPORTED,
            details={
                "added": result.added,
                "updated": result.updated,
                "unchanged": result.unchanged,
                "left_out": len(reading.problems),
                "sample": sample,
            },
        )
    return result


def load_sample() -> ImportResult:
    """Load the invented caseload that Demur brings along. Raises SampleMissing."""
    return import_caseload(read_caseload((sample_folder() / CASELOAD).read_bytes()), sample=True)


def remove_sample() -> int:
    """Remove the invented people; how many there were. The owner's own stay."""
    with transaction.atomic():
        removed = _remove(ClientRecord.objects.filter(sample=True))
        if removed:
            record(Verb.SAMPLE_REMOVED, details={"removed": removed, "sample": True})
    return removed


def remove_client(client_id: str) -> bool:
    """Remove one person; False where there was none with that id."""
    with transaction.atomic():
        removed = _remove(ClientRecord.objects.filter(client_id=client_id))
        if removed:
            record(Verb.CLIENT_REMOVED, obj=f"client:{_digest('client', client_id)}", details={"removed": removed})
    return bool(removed)


def remove_all() -> int:
    """Remove everybody, the invented ones too; how many there were."""
    with transaction.atomic():
        removed = _remove(ClientRecord.objects.all())
        if removed:
            record(Verb.CASELOAD_REMOVED, details={"removed": removed})
    return removed


def draft_digest(text: str) -> str:
    """A keyed fingerprint of a draft: the same draft has the same one, and without the key nobody can try out guesses.

    Raises VaultLocked.
    """
    return _digest("draft", text)


def note_check(verdict: Verdict, draft_digest: str, post: Post | None = None) -> None:
    """Write down that a draft was checked and what came out: outcome, categories and digest, never the draft."""
    details: dict[str, object] = {
        "outcome": verdict.outcome.word,
        "categories": sorted({finding.category.value for finding in verdict.findings}),
        "clauses": _clauses(verdict),
        "findings": len(verdict.findings),
        "asked": verdict.question is not None,
        "draft": draft_digest,
    }
    if post is not None:
        details |= {
            "network": post.account.network.value,
            "purpose": post.account.purpose.value,
            "audience": post.audience.value,
        }
    with transaction.atomic():
        record(Verb.DRAFT_CHECKED, details=details, policy=verdict.policy)


def note_request(verdict: Verdict, request: ConnectionRequest | None = None) -> None:
    """Write down that a request was answered and how: outcome and level, never who asked."""
    details: dict[str, object] = {
        "outcome": verdict.outcome.word,
        "level": verdict.level.value,
        "clauses": _clauses(verdict),
        "asked": verdict.question is not None,
    }
    if request is not None:
        details |= {
            "kind": request.kind.value,
            "direction": request.direction.value,
            "network": request.account.network.value,
            "purpose": request.account.purpose.value,
        }
    with transaction.atomic():
        record(Verb.REQUEST_DECIDED, details=details, policy=verdict.policy)


def _clauses(verdict: Verdict) -> list[str]:
    return [reason.clause for reason in verdict.reasons if is_clause(reason.clause)]


def _store(clients: Iterable[Client], sample: bool) -> ImportResult:
    held = {row.client_id: row for row in ClientRecord.objects.all()}
    fresh: dict[str, ClientRecord] = {}
    changed: dict[str, ClientRecord] = {}
    unchanged = 0
    for client in clients:
        row = held.get(client.client_id)
        if row is None:
            fresh[client.client_id] = ClientRecord.from_client(client, sample=sample)
        elif (sample and not row.sample) or (row.to_client() == client and row.sample == sample):
            unchanged += 1
        else:
            changed[client.client_id] = ClientRecord.from_client(client, sample=sample)
    # Not `bulk_update`: it spells out every value for every row, which takes half a minute for a large list, and
    # nobody else can write in the meantime.
    ClientRecord.objects.bulk_create(
        [*fresh.values(), *changed.values()],
        update_conflicts=True,
        unique_fields=["client_id"],
        update_fields=_FIELDS,
    )
    if fresh or changed:
        _count_change()
    return ImportResult(len(fresh), len(changed), unchanged)


_FIELDS = [field.name for field in fields(Client) if field.name != "client_id"] + ["sample"]


def _remove(rows: QuerySet[ClientRecord]) -> int:
    removed, _ = rows.delete()
    if removed:
        _count_change()
    return removed


def _count_change() -> None:
    _, created = CaseloadRevision.objects.get_or_create(id=1, defaults={"number": 1})
    if not created:
        CaseloadRevision.objects.filter(id=1).update(number=F("number") + 1)


def _digest(purpose: str, text: str) -> str:
    # Keyed: names and short posts are few enough to be guessed from a bare hash.
    return hmac.new(vault.derive(purpose), text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
