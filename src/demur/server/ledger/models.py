"""The rows of the log and its head."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from demur.server.ledger.verbs import Verb


class Entry(models.Model):
    """One line of the log. `hash` covers every other field and, through `previous`, every line before it.

    INVARIANT: written by `ledger.actions.record` only, never changed or deleted; triggers in the database refuse both.
    """

    sequence = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    verb = models.CharField(max_length=40)
    object = models.CharField(max_length=120, blank=True)
    details = models.JSONField(default=dict)
    policy = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar[list[str]] = ["sequence"]

    @property
    def says(self) -> str:
        """What was done, in words; the bare verb where a newer Demur wrote one that this one doesn't know."""
        try:
            return Verb(self.verb).says
        except ValueError:
            return self.verb


class Head(models.Model):
    """How long the log is and how it ends: the only way to notice that its last lines are gone.

    `seal` is keyed like the hashes, so that the head can't be set back without the store's key.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)
