"""What a process of its own does with a photo or an export of one's own account.

`python -m demur.server.accounts.reading` is that process; see `actions`. It says an entry of the register, or the
sentence why there is none.
"""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from demur.core.owned import OwnedAccount, PhotoFingerprint
from demur.core.photos import PhotoRefused
from demur.core.posted import Item, OwnProfile, Posted, Progress, Skipped
from demur.exposure.filling import OWN_POSTS, fill_from_export, is_of
from demur.networks.exports.published import Exports
from demur.server.accounts.rows import as_rows

NOTHING_OF_IT = "Nothing of an account on that network is in this export."
OF_ANOTHER = (
    "By the profile in it, this export is of another account on that network, so nothing was taken in. Has your handle"
    " changed? Then change it above first."
)
MOST_PHOTOS = 1_000
"""Photos of posts whose fingerprints are made: some forty seconds of work."""
_MEMORY = 2 * 1024 * 1024 * 1024
"""Bytes of address space, where the system can limit it."""


def photo_fingerprint(owned: OwnedAccount, data: bytes, widely_used: bool) -> OwnedAccount:
    """The entry with the fingerprint of a profile photo. Raises PhotoRefused."""
    from demur.photos.fingerprint import fingerprint_photo
    from demur.photos.looking import look_at

    faces = look_at(data).faces
    return replace(owned, photos=(fingerprint_photo(data, faces, widely_used),))


def filled(owned: OwnedAccount, paths: Sequence[Path], key: bytes, today: date) -> OwnedAccount:
    """The entry with what an export tells: profile, connections, posts. Raises ValueError where it tells nothing of
    this account.
    """
    from demur.photos.fingerprint import fingerprint_photo

    with Exports(paths, today) as exports:
        photos_of: dict[str, tuple[PhotoFingerprint, ...]] = {}
        profiles: list[OwnProfile] = []
        there = False

        def look(item: Posted | OwnProfile, member: str) -> None:
            if member not in photos_of and (data := exports.photo(item.place, member)):
                with suppress(PhotoRefused):  # a broken photo ties nothing
                    photos_of[member] = (fingerprint_photo(data),)

        def items() -> Iterator[Item]:
            nonlocal there
            for found in exports.read():
                if isinstance(found, Skipped | Progress):
                    continue
                if found.network is owned.network:
                    there = True
                    if isinstance(found, OwnProfile):
                        profiles.append(found)
                        if found.photo:
                            look(found, found.photo)
                    elif isinstance(found, Posted) and found.kind in OWN_POSTS and found.when is not None:
                        for member in found.photos:
                            if len(photos_of) < MOST_PHOTOS:
                                look(found, member)
                yield found

        told = fill_from_export(owned, items(), key, photos_of)
    if not there:
        raise ValueError(NOTHING_OF_IT)
    if not is_of(owned, profiles):
        raise ValueError(OF_ANOTHER)
    return told


def _main() -> int:
    question, given, seconds = pickle.load(sys.stdin.buffer)  # noqa: S301 - the parent's own words
    _limit(int(seconds) + 1)
    try:
        entry = photo_fingerprint(*given) if question == "photo" else filled(*given)
    except ValueError as problem:
        print(json.dumps({"refused": str(problem)}))
        return 0
    print(json.dumps({"entry": as_rows(entry)}))
    return 0


def _limit(seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: there the parent's patience is the only limit.
        return
    limits = {resource.RLIMIT_AS: _MEMORY, resource.RLIMIT_CPU: seconds, resource.RLIMIT_CORE: 0}
    for kind, limit in limits.items():
        with suppress(ValueError, OSError):
            hard = resource.getrlimit(kind)[1]
            least = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(kind, (least, hard))


if __name__ == "__main__":
    sys.exit(_main())
