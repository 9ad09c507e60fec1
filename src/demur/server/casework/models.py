"""Whom the owner of this store serves, what they called fine, and what they keep for supervision."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from demur.core.allowances import LONGEST_REASON, Allowance
from demur.core.content import MAX_TEXT_LENGTH
from demur.core.findings import Category
from demur.core.people import Client, Relationship


class ClientRecord(models.Model):
    """One person on the caseload. `sample` marks the invented people that Demur brings along."""

    client_id = models.CharField(max_length=200, unique=True)
    given_name = models.CharField(max_length=200, blank=True)
    middle_name = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    preferred_name = models.CharField(max_length=200, blank=True)
    other_names = models.JSONField(default=list, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    email = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=200, blank=True)
    handles = models.JSONField(default=list, blank=True)
    relationship = models.CharField(max_length=20, default=Relationship.CURRENT_CLIENT.value)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    sample = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["family_name", "given_name", "client_id"]

    def __str__(self) -> str:
        """Never a name: this is what ends up in messages of errors."""
        return f"client record {self.pk}"

    def to_client(self) -> Client:
        """The record as the engine knows it."""
        return Client(
            client_id=self.client_id,
            given_name=self.given_name,
            middle_name=self.middle_name,
            family_name=self.family_name,
            preferred_name=self.preferred_name,
            other_names=tuple(self.other_names),
            date_of_birth=self.date_of_birth,
            email=self.email,
            phone=self.phone,
            city=self.city,
            handles=tuple(self.handles),
            relationship=Relationship(self.relationship),
            since=self.since,
            until=self.until,
        )

    @classmethod
    def from_client(cls, client: Client, *, sample: bool) -> ClientRecord:
        """A record for a client, not saved yet."""
        return cls(
            client_id=client.client_id,
            given_name=client.given_name,
            middle_name=client.middle_name,
            family_name=client.family_name,
            preferred_name=client.preferred_name,
            other_names=list(client.other_names),
            date_of_birth=client.date_of_birth,
            email=client.email,
            phone=client.phone,
            city=client.city,
            handles=list(client.handles),
            relationship=client.relationship.value,
            since=client.since,
            until=client.until,
            sample=sample,
        )


class AllowanceRecord(models.Model):
    """One thing that was called fine. Of its words only a keyed fingerprint is kept."""

    fingerprint = models.CharField(max_length=64, unique=True)
    rule = models.CharField(max_length=60)
    category = models.CharField(max_length=40)
    reason = models.CharField(max_length=LONGEST_REASON)
    author = models.CharField(max_length=LONGEST_REASON)
    created = models.DateField()
    expires = models.DateField()

    class Meta:
        ordering: ClassVar[list[str]] = ["expires", "id"]

    def __str__(self) -> str:
        """Never the reason: this is what ends up in messages of errors."""
        return f"allowance record {self.pk}"

    def to_allowance(self) -> Allowance:
        """The record as the allowlist knows it."""
        return Allowance(
            fingerprint=self.fingerprint,
            rule=self.rule,
            category=Category(self.category),
            reason=self.reason,
            author=self.author,
            created=self.created,
            expires=self.expires,
        )


class NoteRecord(models.Model):
    """A private note for supervision, kept because its author pressed that. `key` is chance and says nothing."""

    key = models.CharField(max_length=32, unique=True)
    text = models.TextField(max_length=MAX_TEXT_LENGTH)
    written = models.DateTimeField()
    changed = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-written", "-id"]

    def __str__(self) -> str:
        """Never the text: this is what ends up in messages of errors."""
        return f"note record {self.pk}"


class CaseloadRevision(models.Model):
    """Counts every change of the caseload, so that an engine built from an older one is noticed, in any process."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
