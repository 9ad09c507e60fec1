"""Reading audits: the latest of each kind of account, its report, and how it weighs."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from demur.audit.recipe import Recipe
from demur.audit.report import Report, make_report
from demur.audit.state import State, UnreadableState, loads
from demur.core.accounts import Purpose
from demur.core.exposures import Exposure
from demur.core.people import Role
from demur.server.audits.models import AuditRecord, TickRecord
from demur.server.casework import queries as casework
from demur.server.database import vault

_FINGERPRINTS = "audit"


def latest(purpose: Purpose) -> AuditRecord | None:
    """The newest audit of a kind of account, finished or not. Raises VaultLocked."""
    return AuditRecord.objects.filter(purpose=purpose.value).first()


def audits() -> list[AuditRecord]:
    """The newest audit of each kind of account, the newest first, without their states."""
    newest: dict[str, AuditRecord] = {}
    for record in AuditRecord.objects.defer("state", "known"):
        newest.setdefault(record.purpose, record)
    return list(newest.values())


def with_number(number: int) -> AuditRecord | None:
    """The audit with this number, without its state; None where it is gone."""
    return AuditRecord.objects.defer("state", "known").filter(pk=number).first()


def state_of(record: AuditRecord) -> State:
    """How far an audit has come; a new beginning where what was kept can't be read any more."""
    try:
        return loads(record.state)
    except UnreadableState:
        return State("", record.started.date())


def recipe_of(record: AuditRecord) -> Recipe:
    """How an audit weighs: with the caseload and the policy as they are today."""
    return Recipe(
        today=state_of(record).today,
        key=fingerprint_key(),
        role=Role(record.role),
        work_area=record.work_area,
        purpose=Purpose(record.purpose),
        caseload=casework.caseload(),
        policy_folder=settings.POLICY_FOLDER,
        use_reader=record.use_reader,
        look_at_photos=record.look_at_photos,
        keep_text=record.keep_text,
    )


def fingerprint_key() -> bytes:
    """The key of the fingerprints of exposures. Raises VaultLocked."""
    return vault.derive(_FINGERPRINTS)


def ticked() -> frozenset[str]:
    """The fingerprints of what was dealt with."""
    return frozenset(TickRecord.objects.values_list("fingerprint", flat=True))


def report(record: AuditRecord) -> Report:
    """The report of an audit, with what is new since the one before and what was ticked."""
    return make_report(recipe_of(record), state_of(record), record.known, ticked())


def with_their_posts(made: Report) -> dict[str, tuple[Exposure, ...]]:
    """All that was found in the same post, by the fingerprint of each; a habit or a tie is alone."""
    posts: dict[str, list[Exposure]] = {}
    for one in made.everything:
        posts.setdefault(one.post or one.fingerprint, []).append(one)
    return {one.fingerprint: tuple(those) for those in posts.values() for one in those}


def day_of(record: AuditRecord) -> date:
    """The day on which an audit began."""
    return record.started.date()
