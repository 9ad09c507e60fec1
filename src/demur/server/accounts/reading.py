"""What a process of its own does with a photo or an export of one's own account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from demur.core.owned import OwnedAccount, PhotoFingerprint
from demur.core.photos import PhotoRefused
from demur.core.posted import Item, OwnProfile, Progress, Skipped
from demur.exposure.filling import fill_from_export
from demur.networks.exports.published import Exports

NOTHING_OF_IT = "Nothing of an account on that network is in this export."


def photo_fingerprint(owned: OwnedAccount, data: bytes, widely_used: bool) -> OwnedAccount:
    """The entry with the fingerprint of a profile photo. Raises PhotoRefused."""
    from demur.photos.fingerprint import fingerprint_photo
    from demur.photos.looking import look_at

    faces = look_at(data).faces
    return replace(owned, photos=(fingerprint_photo(data, faces, widely_used),))


def filled(owned: OwnedAccount, paths: Sequence[Path], key: bytes, today: date) -> OwnedAccount:
    """The entry with what an export tells: profile, connections, posts. Raises ValueError where it tells nothing."""
    from demur.photos.fingerprint import fingerprint_photo

    with Exports(paths, today) as exports:
        photos_of: dict[str, tuple[PhotoFingerprint, ...]] = {}
        there = False

        def items() -> Iterator[Item]:
            nonlocal there
            for found in exports.read():
                if isinstance(found, Skipped | Progress):
                    continue
                there = there or found.network is owned.network
                if isinstance(found, OwnProfile) and found.photo and (data := exports.photo(found.place, found.photo)):
                    with suppress(PhotoRefused):  # a broken profile photo ties nothing
                        photos_of[found.photo] = (fingerprint_photo(data),)
                yield found

        told = fill_from_export(owned, items(), key, photos_of)
    if not there:
        raise ValueError(NOTHING_OF_IT)
    return told
