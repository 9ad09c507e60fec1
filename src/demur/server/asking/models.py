"""What was asked in the last day, as keyed digests, and the breaks that were taken."""

from __future__ import annotations

from django.db import models


class AskedRecord(models.Model):
    """One question that was typed, for a day. `question` is all of the profile, `name` its name and handle."""

    at = models.DateTimeField(db_index=True)
    question = models.CharField(max_length=64)
    name = models.CharField(max_length=64)
    sound = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"asked record {self.pk}"


class BreakRecord(models.Model):
    """One break, so that it stays as it was announced and is noted once."""

    began = models.DateTimeField()
    until = models.DateTimeField()
    in_a_day = models.BooleanField()

    def __str__(self) -> str:
        return f"break record {self.pk}"
