"""Sealing what was asked, and putting one batch a day into the drop.

INVARIANT: nothing here is told to the worker: no page, answer or line of the log says that a record was sealed, how
many wait, or that a batch went. So there is no line in the log of its own; the one for the question stands for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from demur.core.content import ConnectionRequest
from demur.core.matches import Level
from demur.core.verdicts import Verdict
from demur.server.officer.batches import filled_up, put
from demur.server.officer.keys import OfficerKeyRefused, read_public
from demur.server.officer.models import LastDrop, SealedRecord
from demur.server.officer.sealing import Question, dummy, new_number, seal, to_bytes

SENT_AT = time(5)
"""The hour of the day, on this computer's clock. Where it was off, the batch goes when Demur next runs."""


class DropRefused(Exception):
    """The agency's check is set up and can't be done, so nothing is answered; the message says what to put right."""


@dataclass(frozen=True, slots=True)
class Drop:
    """Whom to seal for, and where the batches go."""

    public: bytes
    folder: Path


def drop() -> Drop | None:
    """The drop that was set up; None where there is none, as by default. Raises DropRefused."""
    key_file, folder = settings.OFFICER_KEY, settings.OFFICER_DROP
    if key_file is None and folder is None:
        return None
    if key_file is None or folder is None:
        raise DropRefused(
            "Your agency's check needs both DEMUR_OFFICER_KEY, the privacy officer's public key, and "
            "DEMUR_OFFICER_DROP, a folder. Set both or neither."
        )
    try:
        return Drop(read_public(key_file), folder)
    except OfficerKeyRefused as error:
        raise DropRefused(str(error)) from None


def seal_question(asked: ConnectionRequest, verdict: Verdict, today: date) -> None:
    """Keep one sealed record for a question, in the transaction of its line in the log. Raises DropRefused.

    INVARIANT: the same work and as many bytes whoever was asked about. Somebody on the worker's own list is no news to
    the agency, so for them a record that says nothing is sealed.
    """
    held = drop()
    if held is None:
        return
    question, nothing = to_bytes(_question(asked, verdict, today)), to_bytes(dummy())
    SealedRecord.objects.create(sealed=seal(held.public, nothing if verdict.level is Level.MATCH else question))


def send_if_due(now: datetime) -> bool:
    """Put the day's batch into the drop, once a day after the hour; whether one went. `now` is the local time.

    What fails leaves every record where it was. Raises DropRefused, OSError, VaultLocked.
    """
    held = drop()
    if held is None:
        return False
    with transaction.atomic():
        last = LastDrop.objects.filter(id=1).first()
        # A clock that was ahead must not hold the batch back until it gets there again.
        if last is not None and last_hour(now) <= last.at <= now:
            return False
        rows = SealedRecord.objects.order_by("id")
        waiting = list(rows.values_list("id", "sealed"))
        put(held.folder, f"{now:%Y-%m-%d}", filled_up(held.public, [bytes(sealed) for _, sealed in waiting]))
        rows.filter(id__lte=waiting[-1][0] if waiting else 0).delete()
        LastDrop.objects.update_or_create(id=1, defaults={"at": now})
    return True


def last_hour(now: datetime) -> datetime:
    """When a batch was due last."""
    today = now.replace(hour=SENT_AT.hour, minute=SENT_AT.minute, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)


def _question(asked: ConnectionRequest, verdict: Verdict, today: date) -> Question:
    profile = asked.profile
    return Question(
        number=new_number(),
        real=True,
        on=(asked.as_of or today).isoformat(),
        network=asked.account.network.value,
        kind=asked.kind.value,
        direction=asked.direction.value,
        outcome=verdict.outcome.word,
        policy=verdict.policy,
        display_name=profile.display_name,
        handle=profile.handle,
        city=profile.city,
        email=profile.email,
        phone=profile.phone,
        bio=profile.bio,
        message=asked.message,
    )
