"""Every change of an audit, with its line in the log: that one was made, never what it found."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from demur.audit.state import State, dumps, fingerprints_in, has_spots, is_complete, loads
from demur.audit.whereabouts import habits
from demur.core.accounts import Purpose
from demur.core.people import Role
from demur.server.audits.models import AuditRecord, TickRecord
from demur.server.audits.queries import latest, recipe_of, state_of
from demur.server.ledger.actions import record as log
from demur.server.ledger.verbs import Verb


def begin(
    paths: Sequence[Path],
    purpose: Purpose,
    role: Role = Role.OTHER,
    work_area: str = "",
    *,
    keep_text: bool = False,
    look_at_photos: bool = True,
    use_reader: bool = True,
    today: date,
    anew: bool = False,
) -> AuditRecord:
    """The audit to go on with: the one that was stopped, where it was of the same files and choices, else a new one.

    A new one knows what the last complete one found, and takes its place once it is complete.
    """
    last = latest(purpose)
    whole = [str(path.absolute()) for path in paths]
    choices = {
        "role": role.value,
        "work_area": work_area,
        "keep_text": keep_text,
        "look_at_photos": look_at_photos,
        "use_reader": use_reader,
    }
    with transaction.atomic():
        if last is not None and not last.complete:
            same = last.paths == whole and all(getattr(last, name) == value for name, value in choices.items())
            if same and not anew:
                return last
            last.delete()
            last = latest(purpose)
        found = AuditRecord.objects.create(
            purpose=purpose.value,
            started=timezone.now(),
            paths=whole,
            known=_known(last),
            state=dumps(State("", today)),
            **choices,
        )
        log(Verb.AUDIT_STARTED, details={"purpose": purpose.value})
    return found


def _known(last: AuditRecord | None) -> list[str]:
    if last is None:
        return []
    found = {*last.known, *fingerprints_in(last.state)}
    if has_spots(last.state):
        found |= {one.fingerprint for one in habits(recipe_of(last), state_of(last).spots)}
    return sorted(found)


def keep(audit: AuditRecord, written: str) -> bool:
    """Keeps how far an audit has come, as `state.dumps` writes it; False where it was removed meanwhile.

    One that was removed stays removed, and so do words that were.
    """
    complete = is_complete(written)
    with transaction.atomic():
        kept = AuditRecord.objects.filter(pk=audit.pk).values_list("keep_text", "complete").first()
        if kept is None:
            return False
        with_words, whole = kept
        if whole and not complete:  # the same audit ran twice, and the other one was faster
            return True
        if audit.keep_text and not with_words:
            written = dumps(loads(written).without_texts())
        others = AuditRecord.objects.filter(purpose=audit.purpose).exclude(pk=audit.pk)
        if complete and not whole and (before := others.filter(complete=True).first()) is not None:
            # Exports come on different days: what another network's told stays until there is a newer one of it.
            earlier = state_of(before)
            written = dumps(loads(written).keeping(earlier if with_words else earlier.without_texts()))
        AuditRecord.objects.filter(pk=audit.pk).update(state=written, complete=complete)
        if complete:
            others.delete()
            if not whole:
                log(Verb.AUDIT_FINISHED, details={"purpose": audit.purpose})
    return True


def drop_if_empty(audit: AuditRecord) -> None:
    """Removes an audit of files in which there was nothing to look at: it is no audit that anybody wants to see."""
    with transaction.atomic():
        held = AuditRecord.objects.filter(pk=audit.pk).first()
        if held is not None and not state_of(held).counts:
            held.delete()


def remove(purpose: Purpose) -> bool:
    """Removes all audits of a kind of account for good; False where there was none. Ticks go with the last of all."""
    with transaction.atomic():
        removed, _ = AuditRecord.objects.filter(purpose=purpose.value).delete()
        if not AuditRecord.objects.exists():
            TickRecord.objects.all().delete()
        if removed:
            log(Verb.AUDIT_REMOVED, details={"purpose": purpose.value})
    return bool(removed)


def remove_words(purpose: Purpose) -> None:
    """Removes every word of a post that was kept with audits of a kind of account; what was found stays."""
    with transaction.atomic():
        for audit in AuditRecord.objects.filter(purpose=purpose.value, keep_text=True):
            audit.state = dumps(state_of(audit).without_texts())
            audit.keep_text = False
            audit.save()
        log(Verb.AUDIT_WORDS_REMOVED, details={"purpose": purpose.value})


def tick(fingerprints: Collection[str], done: bool, today: date) -> None:
    """Notes that what was found in one post was dealt with, or that it wasn't."""
    with transaction.atomic():
        if done:
            for fingerprint in fingerprints:
                TickRecord.objects.get_or_create(fingerprint=fingerprint, defaults={"done_on": today})
        else:
            TickRecord.objects.filter(fingerprint__in=fingerprints).delete()
