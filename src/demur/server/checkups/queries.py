"""Reading check-ups: the one of an account that is under way or was last done, the one before, and all of them."""

from __future__ import annotations

from datetime import date

from demur.core.accounts import Account, Network, Profile, Purpose
from demur.core.content import ConnectionRequest, RequestKind
from demur.core.settings import CheckUp, Inbox
from demur.core.verdicts import Outcome
from demur.server.casework.queries import engine
from demur.server.checkups.models import CheckUpRecord


def latest(network: Network, purpose: Purpose) -> CheckUpRecord | None:
    """The newest check-up of an account, done or not. Raises VaultLocked."""
    return CheckUpRecord.objects.filter(network=network.value, purpose=purpose.value).first()


def before(record: CheckUpRecord) -> CheckUp | None:
    """The check-up of the same account before this one; None where this is the first."""
    earlier = CheckUpRecord.objects.filter(network=record.network, purpose=record.purpose, pk__lt=record.pk).first()
    return earlier.to_checkup() if earlier is not None else None


def all_latest() -> list[CheckUpRecord]:
    """The newest check-up of each account, the newest first. Raises VaultLocked."""
    newest: dict[tuple[str, str], CheckUpRecord] = {}
    for record in CheckUpRecord.objects.all():
        newest.setdefault((record.network, record.purpose), record)
    return list(newest.values())


def inbox(network: Network, purpose: Purpose, today: date) -> Inbox:
    """Whether the policy lets somebody unknown write to that account. A personal one is never an inbox.

    Raises InvalidPolicy.
    """
    if purpose is Purpose.PERSONAL:
        return Inbox.CLOSED
    asked = ConnectionRequest(Profile(), Account(network, purpose), kind=RequestKind.MESSAGE)
    return Inbox.OPEN if engine().decide(asked, today).outcome is Outcome.ALLOW else Inbox.CLOSED
