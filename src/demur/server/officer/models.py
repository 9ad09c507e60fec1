"""Sealed records that wait for the next batch, and when the last one went."""

from __future__ import annotations

from django.db import models


class SealedRecord(models.Model):
    """One record that nobody on this computer can open. There is one for each question, whatever the answer was."""

    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"sealed record {self.pk}"


class LastDrop(models.Model):
    """When the last batch went, so that there is one a day."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return "last drop"
