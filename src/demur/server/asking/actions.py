"""The one way in which a question about a person is answered where there is a store: counted, answered, noted."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import astuple
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from demur.core.accounts import Profile
from demur.core.content import ConnectionRequest
from demur.core.verdicts import Verdict
from demur.engine import Engine
from demur.server.asking.brakes import (
    DAY,
    Asked,
    TakingABreak,
    due_break,
    names_somebody,
    plain_name,
    skeleton,
)
from demur.server.asking.models import AskedRecord, BreakRecord
from demur.server.database import vault
from demur.server.ledger.actions import record
from demur.server.ledger.verbs import Verb
from demur.server.officer.actions import seal_question


def answer(engine: Engine, asked: ConnectionRequest, today: date, *, typed: bool) -> Verdict:
    """Judge a request, and note that it was judged.

    `typed` is false for what comes from a request in the inbox, which waits for its answer already.
    Raises TakingABreak, DropRefused, VaultLocked.
    """
    if typed:
        count_typed(asked)
    verdict = engine.decide(asked, today)
    note_answer(asked, verdict, today, typed=typed)
    return verdict


def count_typed(asked: ConnectionRequest) -> None:
    """Count a question that somebody types, before anybody looks for its answer. Raises TakingABreak, VaultLocked.

    The very same profile within a day counts once: it gets no other answer, and the one question is answered so.
    """
    profile = asked.profile
    if not names_somebody(profile) and not asked.message.strip():
        return
    now = timezone.now()
    question = _digest("asked question", "\x1f".join(map(str, (*astuple(profile), asked.message))))
    with transaction.atomic():
        _forget_before(now)
        if AskedRecord.objects.filter(question=question).exists():
            return
        stopped = _break(now)
        if stopped is None:
            AskedRecord.objects.create(
                at=now,
                question=question,
                name=name_digest(profile),
                sound=_digest("asked sound", bones) if (bones := skeleton(profile)) else "",
            )
    # Raised outside, so that the break is kept and noted.
    if stopped is not None:
        raise TakingABreak(timezone.localtime(now), timezone.localtime(stopped.until), in_a_day=stopped.in_a_day)


def note_answer(asked: ConnectionRequest, verdict: Verdict, today: date, *, typed: bool) -> None:
    """Write down that a request was answered, and seal it for the privacy officer where the agency wants that.

    Raises DropRefused, VaultLocked.
    """
    details: dict[str, object] = {
        "outcome": verdict.outcome.word,
        "kind": asked.kind.value,
        "direction": asked.direction.value,
        "network": asked.account.network.value,
        "purpose": asked.account.purpose.value,
        "typed": typed,
    }
    with transaction.atomic():
        # INVARIANT: neither the level nor the clauses, which name a hit. What is left follows from policy and may be
        # read by the owner and an officer; the log page shows none of it.
        record(Verb.REQUEST_DECIDED, f"asked:{name_digest(asked.profile)}", details, verdict.policy)
        seal_question(asked, verdict, today)


def name_digest(profile: Profile) -> str:
    """A keyed digest of name and handle, the same however they are spelled with case, accents and signs.

    Raises VaultLocked.
    """
    return _digest("asked name", plain_name(profile))


def _break(now: datetime) -> BreakRecord | None:
    """The break that lasts now, begun and noted where it is due."""
    running = BreakRecord.objects.filter(until__gt=now).order_by("-until").first()
    if running is not None:
        return running
    rows = AskedRecord.objects.order_by("at", "id").values_list("at", "name", "sound")
    due = due_break([Asked(*row) for row in rows], now)
    if due is None:
        return None
    record(Verb.QUESTIONS_PAUSED)
    return BreakRecord.objects.create(began=now, until=due.until, in_a_day=due.in_a_day)


def _forget_before(now: datetime) -> None:
    AskedRecord.objects.filter(at__lte=now - DAY).delete()
    BreakRecord.objects.filter(until__lte=now).delete()
    # A clock that was ahead and is put right must not lock anybody out until it gets there again.
    AskedRecord.objects.filter(at__gt=now).update(at=now)
    BreakRecord.objects.filter(began__gt=now).delete()


def _digest(purpose: str, text: str) -> str:
    # Keyed: names are few enough to be guessed from a bare hash.
    return hmac.new(vault.derive(purpose), text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
