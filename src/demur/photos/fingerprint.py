"""What is left of a photo so that the same one is known again on another account, cropped or made smaller."""

from __future__ import annotations

from functools import cache

import numpy as np
from PIL import Image

from demur.core.owned import PhotoFingerprint
from demur.photos.opening import open_photo, small

_LONGEST_SIDE = 256
_SIDE, _KEPT = 32, 8
"""A photo is read as 32 x 32 grays; of its 32 x 32 frequencies the lowest 8 x 8 are kept."""
_CROPS = (1.0, 0.9, 0.8, 0.7, 0.6)
"""Shares of each side that are left when a network or a person crops a photo round the face; the whole comes first."""
_FEW_COLORS, _NEAR = 2, 10
"""A photo is flat where nearly all of it is near one of two colors (of 256 steps in each channel)."""
_NEARLY_ALL = 0.9
_GLANCE = 48


def fingerprint_photo(data: bytes, faces: int | None = None, widely_used: bool = False) -> PhotoFingerprint:
    """The fingerprint of a photo, which may be hostile. Raises PhotoRefused.

    `faces` and `widely_used` are passed on: see `PhotoFingerprint`.
    """
    square = _middle(small(open_photo(data), _LONGEST_SIDE), 1.0)
    gray = square.convert("L")
    hashes = tuple(_hash(_middle(gray, share)) for share in _CROPS)
    return PhotoFingerprint(hashes, _is_flat(square), faces, widely_used)


def _middle(image: Image.Image, share: float) -> Image.Image:
    """The middle square: networks show profile photos in a circle or square."""
    side = max(1, round(min(image.size) * share))
    left, top = (image.width - side) // 2, (image.height - side) // 2
    return image.crop((left, top, left + side, top + side))


def _hash(gray: Image.Image) -> int:
    """A perceptual hash: which of the lowest frequencies are above their median (Zauner, 2010)."""
    pixels = np.asarray(gray.resize((_SIDE, _SIDE), Image.Resampling.LANCZOS), dtype=np.float64)
    low = _waves() @ pixels @ _waves().T
    # The first frequency is only how bright the photo is.
    above = (low > np.median(low.ravel()[1:])).ravel()
    return int("".join("1" if bit else "0" for bit in above), 2)


@cache
def _waves() -> np.ndarray:
    """The lowest rows of the discrete cosine transform of 32 values."""
    row, column = np.arange(_KEPT)[:, None], np.arange(_SIDE)[None, :]
    return np.cos(np.pi * row * (2 * column + 1) / (2 * _SIDE))


def _is_flat(square: Image.Image) -> bool:
    left = np.asarray(square.resize((_GLANCE, _GLANCE), Image.Resampling.NEAREST), dtype=np.int16).reshape(-1, 3)
    for _ in range(_FEW_COLORS):
        if not len(left):
            return True
        kinds, counts = np.unique(left // _NEAR, axis=0, return_counts=True)
        color = kinds[counts.argmax()] * _NEAR + _NEAR // 2
        left = left[np.abs(left - color).max(axis=1) > _NEAR]
    return bool(len(left) <= (1 - _NEARLY_ALL) * _GLANCE**2)
