"""Every change of a check-up. The log learns which network was gone through, and nothing of what stands there."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from demur.core.accounts import Network, Purpose
from demur.core.settings import CheckUp, Observed, StepAnswer
from demur.networks.settings.catalogue import settings_of
from demur.networks.settings.checkup import LATER, is_complete, start
from demur.networks.settings.checkup import answer as answered
from demur.networks.settings.checkup import take_in as taken_in
from demur.server.checkups.models import CheckUpRecord
from demur.server.checkups.queries import inbox, latest
from demur.server.ledger.actions import record as log
from demur.server.ledger.verbs import Verb


def begin(network: Network, purpose: Purpose, today: date, *, anew: bool = False) -> CheckUpRecord:
    """The check-up to go on with: the one under way, else a new one that knows what the last one left.

    `anew` asks for a new one where the last is done; one under way gives way to a new one where it has waited long, or
    where the catalogue or the policy has changed since. Raises InvalidPolicy, VaultLocked.
    """
    policy = inbox(network, purpose, today)
    with transaction.atomic():
        last = latest(network, purpose)
        if last is not None:
            current = last.catalogue == settings_of(network).digest and last.inbox == policy.value
            goes_on = not anew if last.done else current and today - last.day <= LATER
            if goes_on:
                return last
        log(Verb.SETTINGS_CHECK_BEGUN, details={"network": network.value})
        begun = start(network, purpose, policy, today, last.to_checkup() if last is not None else None)
        row = CheckUpRecord(uid=secrets.token_hex(16))
        _keep(row, begun)
        older = CheckUpRecord.objects.filter(network=network.value, purpose=purpose.value, pk__lt=row.pk)
        # What one that gave way had come to, the new one holds. The last that was done is what it is compared with.
        compared = older.filter(done=True).first()
        older.exclude(pk=compared.pk if compared is not None else 0).delete()
    return row


def answer(network: Network, purpose: Purpose, key: str, said: StepAnswer, today: date) -> CheckUpRecord | None:
    """Note what the person says to one step; None where there is no check-up.

    Raises ValueError for a key that the account has no setting for.
    """
    with transaction.atomic():
        row = latest(network, purpose)
        if row is not None:
            _keep(row, answered(row.to_checkup(), key, said, today))
    return row


def take_in(network: Network, purpose: Purpose, observed: Iterable[Observed], today: date) -> CheckUpRecord:
    """Keep what an export or the network told. Where a check-up is done, that begins the next one.

    Raises InvalidPolicy, VaultLocked.
    """
    with transaction.atomic():
        row = begin(network, purpose, today, anew=True)
        _keep(row, taken_in(row.to_checkup(), observed))
    return row


def remove(network: Network, purpose: Purpose) -> bool:
    """Forget everything about the settings of one account; False where nothing was known."""
    with transaction.atomic():
        removed, _ = CheckUpRecord.objects.filter(network=network.value, purpose=purpose.value).delete()
        if removed:
            log(Verb.SETTINGS_CHECK_REMOVED, details={"network": network.value})
    return bool(removed)


def _keep(row: CheckUpRecord, checkup: CheckUp) -> None:
    """Save it, with the line that it is done once it is."""
    newly_done = not row.done and is_complete(checkup)
    row.take(checkup)
    row.done = row.done or newly_done
    row.save()
    if newly_done:
        # INVARIANT: the network alone: neither a value nor an answer, nor which of the person's accounts it was.
        log(Verb.SETTINGS_CHECKED, details={"network": checkup.network.value})
