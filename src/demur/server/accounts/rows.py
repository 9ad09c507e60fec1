"""An entry of the register as plain values and back: in the store, and on its way out of the process that reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from demur.core.accounts import Audience, Network, Purpose
from demur.core.owned import OwnedAccount, PhotoFingerprint, PostFingerprint, Switch

FIELDS = tuple(OwnedAccount.__dataclass_fields__)
_WORDS = ("handle", "meant_for", "display_name", "bio", "town", "employer")
_LISTS = ("emails", "phones", "links")
_SWITCHES = ("contact_upload", "found_by_email", "found_by_phone", "suggested")


def as_rows(owned: OwnedAccount) -> dict[str, Any]:
    """What JSON can hold of an entry, which is all of it."""
    return {
        **{name: getattr(owned, name) for name in _WORDS},
        **{name: list(getattr(owned, name)) for name in _LISTS},
        **{name: getattr(owned, name).value for name in _SWITCHES},
        "network": owned.network.value,
        "purpose": owned.purpose.value,
        "visibility": owned.visibility.value if owned.visibility is not None else "",
        "photos": [_photo_row(photo) for photo in owned.photos],
        "connections": sorted(owned.connections),
        "posts": [
            [post.day.isoformat(), post.text, [_photo_row(photo) for photo in post.photos]] for post in owned.posts
        ],
    }


def from_rows(rows: Mapping[str, Any]) -> OwnedAccount:
    """The entry. Raises ValueError, KeyError or TypeError where these are no rows of one."""
    handle, meant_for, display_name, bio, town, employer = (str(rows[name]) for name in _WORDS)
    emails, phones, links = (tuple(map(str, rows[name])) for name in _LISTS)
    contact_upload, found_by_email, found_by_phone, suggested = (Switch(rows[name]) for name in _SWITCHES)
    return OwnedAccount(
        network=Network(rows["network"]),
        handle=handle,
        purpose=Purpose(rows["purpose"]),
        visibility=Audience(rows["visibility"]) if rows["visibility"] else None,
        meant_for=meant_for,
        display_name=display_name,
        bio=bio,
        town=town,
        employer=employer,
        emails=emails,
        phones=phones,
        links=links,
        photos=tuple(_photo(row) for row in rows["photos"]),
        connections=frozenset(map(str, rows["connections"])),
        posts=tuple(
            PostFingerprint(date.fromisoformat(day), str(text), tuple(_photo(row) for row in photos))
            for day, text, photos in rows["posts"]
        ),
        contact_upload=contact_upload,
        found_by_email=found_by_email,
        found_by_phone=found_by_phone,
        suggested=suggested,
    )


def _photo_row(photo: PhotoFingerprint) -> list[Any]:
    return [list(photo.hashes), photo.flat, photo.faces, photo.widely_used]


def _photo(row: list[Any]) -> PhotoFingerprint:
    hashes, flat, faces, widely_used = row
    return PhotoFingerprint(
        tuple(map(int, hashes)), bool(flat), int(faces) if faces is not None else None, bool(widely_used)
    )
