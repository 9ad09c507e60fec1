"""The register of a person's own accounts. It belongs to the owner of the store and to nobody else."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models

from demur.core.accounts import Account, Audience, Network, Purpose
from demur.core.owned import OwnedAccount, PhotoFingerprint, PostFingerprint, Switch

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
        """The account as a draft knows it."""
        return Account(Network(self.network), Purpose(self.purpose), self.handle)

    def to_owned(self) -> OwnedAccount:
        """The whole entry."""
        return OwnedAccount(
            network=Network(self.network),
            handle=self.handle,
            purpose=Purpose(self.purpose),
            visibility=Audience(self.visibility) if self.visibility else None,
            meant_for=self.meant_for,
            display_name=self.display_name,
            bio=self.bio,
            town=self.town,
            employer=self.employer,
            emails=tuple(self.emails),
            phones=tuple(self.phones),
            links=tuple(self.links),
            photos=tuple(_photo(row) for row in self.photos),
            connections=frozenset(self.connections),
            posts=tuple(
                PostFingerprint(date.fromisoformat(day), text, tuple(_photo(row) for row in photos))
                for day, text, photos in self.posts
            ),
            contact_upload=Switch(self.contact_upload),
            found_by_email=Switch(self.found_by_email),
            found_by_phone=Switch(self.found_by_phone),
            suggested=Switch(self.suggested),
        )

    def take(self, owned: OwnedAccount) -> None:
        """Takes over an entry, not saved yet."""
        self.network, self.handle, self.purpose = owned.network.value, owned.handle, owned.purpose.value
        self.visibility = owned.visibility.value if owned.visibility is not None else ""
        self.meant_for, self.display_name, self.bio = owned.meant_for, owned.display_name, owned.bio
        self.town, self.employer = owned.town, owned.employer
        self.emails, self.phones, self.links = list(owned.emails), list(owned.phones), list(owned.links)
        self.photos = [_photo_row(photo) for photo in owned.photos]
        self.connections = sorted(owned.connections)
        self.posts = [
            [post.day.isoformat(), post.text, [_photo_row(photo) for photo in post.photos]] for post in owned.posts
        ]
        self.contact_upload = owned.contact_upload.value
        self.found_by_email = owned.found_by_email.value
        self.found_by_phone = owned.found_by_phone.value
        self.suggested = owned.suggested.value


def _photo_row(photo: PhotoFingerprint) -> list[Any]:
    return [list(photo.hashes), photo.flat, photo.faces, photo.widely_used]


def _photo(row: list[Any]) -> PhotoFingerprint:
    hashes, flat, faces, widely_used = row
    return PhotoFingerprint(tuple(hashes), flat, faces, widely_used)


class PlanRecord(models.Model):
    """The answers from which the plan comes; there is one."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    answers = models.JSONField(default=dict)

    def __str__(self) -> str:
        return "plan record"
