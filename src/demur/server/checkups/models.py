"""What is kept of a check-up. It belongs to the owner of the store; that it is done is all that others may learn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.db import models

from demur.core.accounts import Network, Purpose
from demur.core.settings import CheckUp, Inbox, Noted, Observed, Origin, StepAnswer


class CheckUpRecord(models.Model):
    """One check-up of the settings of one account: the account of that purpose on that network.

    `notes` are those of `core.settings.CheckUp`. `done` is set once each step has had an answer, and stays. `uid` is
    chance, for the reminder. There are at most two of an account: this one, and the one before.
    """

    network = models.CharField(max_length=20)
    purpose = models.CharField(max_length=20)
    inbox = models.CharField(max_length=20)
    day = models.DateField()
    catalogue = models.CharField(max_length=12)
    notes = models.JSONField(default=list)
    done = models.BooleanField(default=False)
    uid = models.CharField(max_length=32)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        """Neither the network nor a value: this is what ends up in messages of errors."""
        return f"check-up record {self.pk}"

    def to_checkup(self) -> CheckUp:
        """The check-up as `networks.settings.checkup` takes it."""
        return CheckUp(
            Network(self.network),
            Purpose(self.purpose),
            Inbox(self.inbox),
            self.day,
            self.catalogue,
            tuple(_noted(held) for held in self.notes),
        )

    def take(self, checkup: CheckUp) -> None:
        """Hold what a check-up has come to; saving it is for the caller."""
        self.network, self.purpose = checkup.network.value, checkup.purpose.value
        self.inbox, self.day, self.catalogue = checkup.inbox.value, checkup.day, checkup.catalogue
        self.notes = [_held(note) for note in checkup.notes]


def _held(note: Noted) -> dict[str, object]:
    return {
        "key": note.key,
        "recommended": note.recommended,
        "answer": note.answer.value if note.answer is not None else "",
        "answered_on": note.answered_on.isoformat() if note.answered_on is not None else "",
        "observed": [
            {
                "part": one.part,
                "value": one.value,
                "origin": one.origin.value,
                "as_of": one.as_of.isoformat(),
                "fits": one.fits,
            }
            for one in note.observed
        ],
        "carried": note.carried,
        "doubted": note.doubted,
    }


def _noted(held: Mapping[str, Any]) -> Noted:
    return Noted(
        held["key"],
        held["recommended"],
        StepAnswer(held["answer"]) if held["answer"] else None,
        date.fromisoformat(held["answered_on"]) if held["answered_on"] else None,
        tuple(
            Observed(
                held["key"],
                one["part"],
                one["value"],
                Origin(one["origin"]),
                date.fromisoformat(one["as_of"]),
                one["fits"],
            )
            for one in held["observed"]
        ),
        held["carried"],
        held["doubted"],
    )
