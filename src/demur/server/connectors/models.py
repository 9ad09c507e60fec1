"""Where requests may be asked for: what the person connected."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from demur.core.accounts import Purpose
from demur.core.vocabulary import Word

LONGEST_LABEL = 100


class ConnectorKind(Word):
    """What is connected."""

    IMAP = "imap"
    MASTODON = "mastodon"
    BLUESKY = "bluesky"


class ConnectorRecord(models.Model):
    """One mailbox or account, under the name that its owner gave it. `settings` holds its password or token too: the
    whole store is encrypted, and nothing here is ever shown, logged or exported.

    `rest_since`, `rest_below` and `rest_validity` are `imap.Rest`: the mails that the last look left for the next one.
    """

    kind = models.CharField(max_length=20)
    label = models.CharField(max_length=LONGEST_LABEL)
    purpose = models.CharField(max_length=20, default=Purpose.PERSONAL.value)
    settings = models.JSONField(default=dict)
    created = models.DateTimeField()
    last_used = models.DateTimeField(null=True, blank=True)
    rest_since = models.DateField(null=True, blank=True)
    rest_below = models.PositiveBigIntegerField(null=True, blank=True)
    rest_validity = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["created", "id"]

    def __str__(self) -> str:
        """Neither the label nor a setting: this is what ends up in messages of errors."""
        return f"connector record {self.pk}"

    @property
    def kind_word(self) -> ConnectorKind:
        """What it is."""
        return ConnectorKind(self.kind)

    @property
    def has_rest(self) -> bool:
        """Whether the last look left mails for the next one."""
        return self.rest_below is not None

    @property
    def brings_requests(self) -> bool:
        """Whether it can be looked into for requests: Bluesky has none, since people follow at once."""
        return self.kind != ConnectorKind.BLUESKY

    @property
    def is_live(self) -> bool:
        """Whether a request of it can be answered through it."""
        return self.kind == ConnectorKind.MASTODON
