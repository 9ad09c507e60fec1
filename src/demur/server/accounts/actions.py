"""Every change of the register, with its line in the log: that there is one, never which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from django.db import transaction

from demur.core.owned import OwnedAccount
from demur.server.accounts.models import AccountRecord, PlanRecord
from demur.server.accounts.queries import fingerprint_key
from demur.server.accounts.reading import filled, photo_fingerprint
from demur.server.ledger.actions import record as log
from demur.server.ledger.verbs import Verb

_SECONDS = 600


class NotRead(Exception):
    """A photo or an export that could not be read; the message is a sentence for the person."""


def keep(owned: OwnedAccount, record: AccountRecord | None = None) -> AccountRecord:
    """Keeps an account, a new one where none is given."""
    with transaction.atomic():
        new = record is None
        record = record or AccountRecord()
        record.take(owned)
        record.save()
        log(
            Verb.ACCOUNT_KEPT if new else Verb.ACCOUNT_CHANGED,
            details={"network": owned.network.value, "purpose": owned.purpose.value},
        )
    return record


def remove(record: AccountRecord) -> None:
    """Removes an account from the register for good; on the network nothing happens."""
    with transaction.atomic():
        details = {"network": record.network, "purpose": record.purpose}
        record.delete()
        log(Verb.ACCOUNT_REMOVED, details=details)


def keep_plan(answers: Mapping[str, str]) -> None:
    """Keeps the answers from which the plan comes."""
    PlanRecord.objects.update_or_create(pk=1, defaults={"answers": dict(answers)})


def with_photo(owned: OwnedAccount, data: bytes, widely_used: bool) -> OwnedAccount:
    """The entry with the fingerprint of a profile photo in place of others. Raises NotRead."""
    return _apart(photo_fingerprint, owned, data, widely_used)


def with_export(owned: OwnedAccount, paths: list[Path], today: date) -> OwnedAccount:
    """The entry with what an export of that account tells. Raises NotRead."""
    return _apart(filled, owned, paths, fingerprint_key(), today)


def _apart(read: Callable[..., OwnedAccount], *given: object) -> OwnedAccount:
    """Photos and exports are hostile, so a process of its own opens them."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            return pool.submit(read, *given).result(timeout=_SECONDS)
        except ValueError as problem:
            raise NotRead(str(problem)) from None
        except (BrokenProcessPool, TimeoutError, OSError, MemoryError):
            raise NotRead("It could not be read: something in it made the reader stop.") from None
