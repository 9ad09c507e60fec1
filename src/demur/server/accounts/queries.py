"""Reading the register: the accounts, what ties them, and the plan."""

from __future__ import annotations

from demur.caseload import tables
from demur.core.accounts import Account
from demur.core.owned import AccountTie, OwnedAccount
from demur.exposure.ties import find_ties
from demur.exposure.usual import Commonness
from demur.server.accounts.models import AccountRecord, PlanRecord
from demur.server.database import vault


def accounts() -> list[AccountRecord]:
    """Every account, by what it is for. Raises VaultLocked."""
    return list(AccountRecord.objects.all())


def account(number: int) -> AccountRecord | None:
    """One account; None where there is none with that number."""
    return AccountRecord.objects.filter(pk=number).first()


def known() -> tuple[Account, ...]:
    """The accounts as a draft knows them."""
    return tuple(record.to_account() for record in AccountRecord.objects.defer("connections", "posts", "photos"))


def ties(owned: list[OwnedAccount]) -> tuple[AccountTie, ...]:
    """What leads from a work account to a personal one, the surest first."""
    return find_ties(owned, _COMMONNESS)


_COMMONNESS = Commonness(
    tables.pair_share, tables.family_share, tables.formal_names_of, lambda word: word in tables.everyday_words()
)


def fingerprint_key() -> bytes:
    """The key of the fingerprints of connections and posts: one for all accounts of a person."""
    return vault.derive("accounts")


def plan_answers() -> dict[str, str]:
    """The answers to the questions of the plan; empty where nobody answered yet."""
    record = PlanRecord.objects.filter(pk=1).first()
    return dict(record.answers) if record is not None else {}
