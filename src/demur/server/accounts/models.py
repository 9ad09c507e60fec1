"""The register of a person's own accounts. It belongs to the owner of the store and to nobody else."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from demur.core.accounts import Account, Network, Purpose
from demur.core.owned import OwnedAccount, Switch
from demur.exposure.sayings import shown
from demur.server.accounts.rows import FIELDS, as_rows, from_rows

LONGEST_LINE = 300
LONGEST_BIO = 10_000


class AccountRecord(models.Model):
    """One account. Photos, connections and posts are kept as fingerprints alone."""

    network = models.CharField(max_length=20)
    handle = models.CharField(max_length=LONGEST_LINE)
    purpose = models.CharField(max_length=20)
    visibility = models.CharField(max_length=20, blank=True)
    meant_for = models.CharField(max_length=LONGEST_LINE, blank=True)
    display_name = models.CharField(max_length=LONGEST_LINE, blank=True)
    bio = models.TextField(max_length=LONGEST_BIO, blank=True)
    town = models.CharField(max_length=LONGEST_LINE, blank=True)
    employer = models.CharField(max_length=LONGEST_LINE, blank=True)
    emails = models.JSONField(default=list, blank=True)
    phones = models.JSONField(default=list, blank=True)
    links = models.JSONField(default=list, blank=True)
    photos = models.JSONField(default=list, blank=True)
    connections = models.JSONField(default=list, blank=True)
    posts = models.JSONField(default=list, blank=True)
    contact_upload = models.CharField(max_length=10, default=Switch.UNKNOWN.value)
    found_by_email = models.CharField(max_length=10, default=Switch.UNKNOWN.value)
    found_by_phone = models.CharField(max_length=10, default=Switch.UNKNOWN.value)
    suggested = models.CharField(max_length=10, default=Switch.UNKNOWN.value)

    class Meta:
        ordering: ClassVar[list[str]] = ["purpose", "network", "id"]

    def __str__(self) -> str:
        """Never a handle: this is what ends up in messages of errors."""
        return f"account record {self.pk}"

    def to_account(self) -> Account:
        """The account as a draft knows it, with a handle that can't rewrite the sentence that it stands in."""
        return Account(Network(self.network), Purpose(self.purpose), shown(self.handle))

    def to_owned(self) -> OwnedAccount:
        """The whole entry."""
        return from_rows({name: getattr(self, name) for name in FIELDS})

    def take(self, owned: OwnedAccount) -> None:
        """Takes over an entry, not saved yet."""
        for name, value in as_rows(owned).items():
            setattr(self, name, value)


class PlanRecord(models.Model):
    """The answers from which the plan comes; there is one."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    answers = models.JSONField(default=dict)

    def __str__(self) -> str:
        return "plan record"
