"""Every change of the register, with its line in the log: that there is one, never which."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.db import transaction

from demur.core.owned import OwnedAccount
from demur.server.accounts.models import AccountRecord, PlanRecord
from demur.server.accounts.queries import fingerprint_key
from demur.server.accounts.rows import from_rows
from demur.server.ledger.actions import record as log
from demur.server.ledger.verbs import Verb

SECONDS = 600
"""How long reading may take, in seconds."""
TOOK_TOO_LONG = "Reading this took too long, so it was stopped and nothing was taken in."
STOPPED = "Something in this made the reader stop, so nothing was taken in. The rest of Demur is as it was."


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
    return _apart("photo", owned, data, widely_used)


def with_export(owned: OwnedAccount, paths: list[Path], today: date) -> OwnedAccount:
    """The entry with what an export of that account tells. Raises NotRead."""
    return _apart("export", owned, [path.absolute() for path in paths], fingerprint_key(), today)


def _apart(question: str, *given: object) -> OwnedAccount:
    """Photos and exports are hostile, so a process of its own opens them, with an end to its time and memory.

    It is given the key of fingerprints, which opens nothing, and none of Demur's settings: they may hold a passphrase.
    """
    command = [sys.executable, "-P", "-B", "-m", "demur.server.accounts.reading"]
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("DEMUR_")}
    try:
        done = subprocess.run(  # noqa: S603 - this Python and our own module; what was given goes to its input
            command,
            input=pickle.dumps((question, given, SECONDS)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # it might repeat a name
            env=surroundings,
            timeout=SECONDS,
            check=False,
        )
        told = json.loads(done.stdout) if done.returncode == 0 else {}
        if "refused" in told:
            raise NotRead(str(told["refused"]))
        return from_rows(told["entry"])
    except subprocess.TimeoutExpired:
        raise NotRead(TOOK_TOO_LONG) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise NotRead(STOPPED) from None
