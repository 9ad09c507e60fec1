"""Opens a photo that somebody else may have made, within limits that hold before a single pixel is decoded."""

from __future__ import annotations

import re
import warnings
from io import BytesIO

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from demur.core.photos import PhotoRefused

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
"""What networks put into their exports. Every other decoder stays shut."""
LARGEST_FILE = 60_000_000
MOST_PIXELS = 120_000_000
"""A phone's panorama; decoded at full size it takes 360 MB, so it is decoded smaller: see `small`."""
_TOO_LARGE = "The photo is too large to be looked at."
_TOO_MANY = f"The photo has more than {MOST_PIXELS // 1_000_000} million pixels."
_PIXELS_AT_ONCE = 17_000_000
"""Pixels that are decoded at once, at up to 16 bytes each. X keeps photos of up to 4096 x 4096."""
_MOST_SCANS = 100
"""Passes over a JPEG; real ones have about ten, and each takes as long as the photo is large."""
_MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])")
_SCAN, _END = 0xDA, 0xD9


def open_photo(data: bytes) -> Image.Image:
    """The photo, its head read and its pixels not yet. Raises PhotoRefused."""
    if len(data) > LARGEST_FILE:
        raise PhotoRefused(f"The photo is larger than {LARGEST_FILE // 1_000_000} MB.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large pictures and odd metadata; the limits are below
            image = Image.open(BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError:
        raise PhotoRefused("This is no photo of a kind that networks use.") from None
    except Image.DecompressionBombError:
        raise PhotoRefused(_TOO_MANY) from None
    except Exception:
        # INVARIANT: whatever a decoder trips over is a broken photo, and its message may hold what stood in the file.
        raise PhotoRefused("The photo is broken.") from None
    if image.width * image.height > MOST_PIXELS or not image.width or not image.height:
        raise PhotoRefused(_TOO_MANY)
    # INVARIANT: only a JPEG that is read in one pass can be decoded smaller; all others are held whole.
    scans = _scans(data) if image.format == "JPEG" else 0
    if scans > _MOST_SCANS:
        raise PhotoRefused("The photo is broken.")
    if scans != 1 and image.width * image.height > _PIXELS_AT_ONCE:
        raise PhotoRefused(_TOO_LARGE)
    return image


def _scans(data: bytes) -> int:
    """How many passes a JPEG is in, up to one more than there may be."""
    scans, at = 0, 2
    while scans <= _MOST_SCANS and (found := _MARKER.search(data, at)) and (marker := found[1][0]) != _END:
        scans += marker == _SCAN
        # What follows a marker says how long it is, so that a small photo inside it isn't counted.
        at = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")
    return scans


def small(image: Image.Image, longest: int) -> Image.Image:
    """The photo as it is meant to be seen, in RGB, its longer side at most `longest` pixels. Raises PhotoRefused."""
    # A JPEG is decoded at an eighth, a quarter or half of its size where that is enough.
    image.draft("RGB", (longest, longest))
    if image.width * image.height > _PIXELS_AT_ONCE:
        raise PhotoRefused(_TOO_LARGE)
    # WeasyPrint sets this for the whole process; half a photo would be looked at as if the rest were gray.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.thumbnail((longest, longest))
            return ImageOps.exif_transpose(image).convert("RGB")
    except Exception:
        raise PhotoRefused("The photo is broken.") from None
