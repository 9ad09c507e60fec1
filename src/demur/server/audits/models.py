"""What is kept of an audit. It belongs to the owner of the store and to nobody else."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from demur.core.accounts import Purpose
from demur.core.people import Role


class AuditRecord(models.Model):
    """One audit of one kind of account, finished or not. `state` is what `demur.audit.state` writes.

    `known` are the fingerprints of the audit before, so that this one can tell what is new. `complete` is unset while
    it may go on.
    """

    purpose = models.CharField(max_length=20, default=Purpose.PERSONAL.value)
    role = models.CharField(max_length=30, default=Role.OTHER.value)
    work_area = models.CharField(max_length=200, blank=True)
    keep_text = models.BooleanField(default=False)
    look_at_photos = models.BooleanField(default=True)
    use_reader = models.BooleanField(default=True)
    started = models.DateTimeField()
    complete = models.BooleanField(default=False)
    paths = models.JSONField(default=list)
    known = models.JSONField(default=list)
    state = models.TextField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-started", "-id"]

    def __str__(self) -> str:
        """Never a path: this is what ends up in messages of errors."""
        return f"audit record {self.pk}"


class TickRecord(models.Model):
    """One exposure that its owner dealt with, by its fingerprint."""

    fingerprint = models.CharField(max_length=64, unique=True)
    done_on = models.DateField()

    def __str__(self) -> str:
        return f"tick record {self.pk}"
