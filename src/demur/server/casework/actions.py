"""Every change of the caseload, of what is called fine and of private notes, and the line for every draft checked.

Each in one transaction with its line in the log.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from demur.caseload.index import CaseloadIndex
from demur.core.allowances import LONGEST_REASON, fingerprint, last_day, normalised
from demur.core.content import MAX_TEXT_LENGTH, Post
from demur.core.findings import Category
from demur.core.people import Caseload, Client
from demur.core.verdicts import Verdict
from demur.records.caseload_csv import CaseloadReading, read_caseload
from demur.server.casework.models import AllowanceRecord, CaseloadRevision, ClientRecord, NoteRecord
from demur.server.casework.queries import allowlist_key
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


def call_fine(
    words: str, rule: str, category: Category, reason: str, author: str, today: date, until: date | None = None
) -> AllowanceRecord:
    """Call words fine where one rule marks them; calling them so again takes the place of the first time.

    Raises ValueError where the day is past or too far off, or where no reason or author is given.
    """
    reason, author = reason.strip(), author.strip()
    if not reason or not author:
        raise ValueError("a reason and whoever says so are needed")
    if max(len(reason), len(author)) > LONGEST_REASON:
        raise ValueError(f"that is longer than {LONGEST_REASON} characters")
    expires = last_day(today, until)
    with transaction.atomic():
        row, _ = AllowanceRecord.objects.update_or_create(
            fingerprint=fingerprint(allowlist_key(), rule, normalised(words)),
            defaults={
                "rule": rule,
                "category": category.value,
                "reason": reason,
                "author": author,
                "created": today,
                "expires": expires,
            },
        )
        _note_allowance(Verb.CALLED_FINE, row)
    return row


def end_allowance(number: int) -> bool:
    """What was called fine is marked again from now on; False where there is no such number."""
    with transaction.atomic():
        row = AllowanceRecord.objects.filter(pk=number).first()
        if row is None:
            return False
        _end(row)
    return True


def keep_note(text: str) -> NoteRecord:
    """Keep a private note for supervision, encrypted like all of the store.

    Raises ValueError where it is empty or longer than any draft, VaultLocked.
    """
    _require_note(text)
    now = timezone.now()
    with transaction.atomic():
        row = NoteRecord.objects.create(key=secrets.token_hex(16), text=text, written=now, changed=now)
        _record_note(Verb.NOTE_KEPT, row.key)
    return row


def change_note(key: str, text: str) -> bool:
    """Put other words into a note; False where there is none with that key (any more). Raises as `keep_note` does."""
    _require_note(text)
    with transaction.atomic():
        changed = NoteRecord.objects.filter(key=key).update(text=text, changed=timezone.now())
        if changed:
            _record_note(Verb.NOTE_CHANGED, key)
    return bool(changed)


def remove_note(key: str) -> bool:
    """Remove a note for good; False where there is none with that key."""
    with transaction.atomic():
        removed, _ = NoteRecord.objects.filter(key=key).delete()
        if removed:
            _record_note(Verb.NOTE_REMOVED, key)
    return bool(removed)


def draft_digest(text: str) -> str:
    """A keyed fingerprint of a draft: the same draft has the same one, and without the key nobody can try out guesses.

    Raises VaultLocked.
    """
    return _digest("draft", text)


def note_check(verdict: Verdict, draft_digest: str, post: Post | None = None) -> None:
    """Write down that a draft was checked and what came out: outcome, categories and digest, never the draft."""
    # INVARIANT: that somebody sounded in despair is written down nowhere. A log may be shown to others.
    findings = [finding for finding in verdict.findings if finding.category is not Category.CRISIS]
    only_despair = {
        reason.clause
        for reason in verdict.reasons
        if reason.findings and all(finding.category is Category.CRISIS for finding in reason.findings)
    }
    details: dict[str, object] = {
        "outcome": verdict.outcome.word,
        "categories": sorted({finding.category.value for finding in findings}),
        "clauses": [clause for clause in _clauses(verdict) if clause not in only_despair],
        "findings": len(findings),
        "called_fine": verdict.called_fine,
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


def _clauses(verdict: Verdict) -> list[str]:
    return [reason.clause for reason in verdict.reasons if is_clause(reason.clause)]


def _store(clients: Iterable[Client], sample: bool) -> ImportResult:
    held = {row.client_id: row for row in ClientRecord.objects.all()}
    before = {client_id: row.to_client() for client_id, row in held.items()}
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
        _end_for_new_names(before, [row.to_client() for row in (fresh | changed).values()])
    return ImportResult(len(fresh), len(changed), unchanged)


def _end_for_new_names(before: Mapping[str, Client], written: Iterable[Client]) -> None:
    """End what was called fine for a name where somebody with that name comes onto the caseload.

    INVARIANT: an allowance never hides a client whom its author could not have thought of. So only the plain name of
    somebody who was there before stays fine, and nothing does that could stand for many (initials, a picture).
    """
    names = list(AllowanceRecord.objects.filter(category=Category.CLIENT_NAME.value))
    if not names:
        return
    forms: set[str] = set()
    for client in written:
        old = before.get(client.client_id)
        forms |= _forms(client) - (_forms(old) if old is not None else set())
    if not forms:
        return
    key = allowlist_key()
    rules = {row.rule for row in names}
    stays = {fingerprint(key, rule, form) for rule in rules for form in _forms(*before.values()) - forms}
    for row in names:
        if row.fingerprint not in stays:
            _end(row)


def _forms(*clients: Client) -> set[str]:
    """Every way of writing these clients' names that the index knows, as fingerprints read words."""
    return {normalised(" ".join(words)) for words in CaseloadIndex.build(Caseload(clients)).forms}


def _end(row: AllowanceRecord) -> None:
    _note_allowance(Verb.NO_LONGER_FINE, row)
    row.delete()


def _note_allowance(verb: Verb, row: AllowanceRecord) -> None:
    record(verb, obj=f"fine:{row.fingerprint}", details={"categories": [row.category]})


def _require_note(text: str) -> None:
    if not text.strip():
        raise ValueError("there is nothing in the note yet")
    if len(text) > MAX_TEXT_LENGTH:
        raise ValueError(f"a note has at most {MAX_TEXT_LENGTH:,} characters")


def _record_note(verb: Verb, key: str) -> None:
    record(verb, obj=f"note:{_digest('note', key)}")


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
