"""Opens a photo that somebody else may have made, within limits that hold before a single pixel is decoded."""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from demur.core.photos import PhotoRefused

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
"""What networks put into their exports. Every other decoder stays shut."""
LARGEST_FILE = 60_000_000
MOST_PIXELS = 120_000_000
"""A phone's panorama; decoded at full size it takes 360 MB, so nothing is: see `small`."""
_TOO_MANY = f"The photo has more than {MOST_PIXELS // 1_000_000} million pixels."
_PIXELS_AT_ONCE = 40_000_000


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
    return image


def small(image: Image.Image, longest: int) -> Image.Image:
    """The photo as it is meant to be seen, in RGB, its longer side at most `longest` pixels. Raises PhotoRefused."""
    # A JPEG is decoded at an eighth, a quarter or half of its size where that is enough.
    image.draft("RGB", (longest, longest))
    if image.width * image.height > _PIXELS_AT_ONCE:
        raise PhotoRefused("The photo is too large to be looked at.")
    # WeasyPrint sets this for the whole process; half a photo would be looked at as if the rest were gray.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.thumbnail((longest, longest))
            return ImageOps.exif_transpose(image).convert("RGB")
    except Exception:
        raise PhotoRefused("The photo is broken.") from None
