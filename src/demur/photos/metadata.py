"""Reads what a camera wrote into a photo: where, when, with what."""

from __future__ import annotations

from datetime import datetime
from math import isfinite
from typing import Any

from PIL import ExifTags, Image

_LONGEST_DEVICE = 60
_ABOUT_100_METRES = 3


def place_of(image: Image.Image) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, rounded to about 100 m; None where the photo has none."""
    try:
        gps = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        latitude = _degrees(gps[ExifTags.GPS.GPSLatitude], gps.get(ExifTags.GPS.GPSLatitudeRef) == "S")
        longitude = _degrees(gps[ExifTags.GPS.GPSLongitude], gps.get(ExifTags.GPS.GPSLongitudeRef) == "W")
    except Exception:
        return None  # no place, or one that is no place: broken metadata is as common as none
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180) or (latitude == 0 and longitude == 0):
        return None
    return round(latitude, _ABOUT_100_METRES), round(longitude, _ABOUT_100_METRES)


def _degrees(parts: Any, negative: bool) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if not isfinite(value):
        raise ValueError
    return -value if negative else value


def taken_at(image: Image.Image) -> datetime | None:
    """When the photo was taken, on the camera's clock."""
    try:
        exif = image.getexif()
        written = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal) or exif.get(
            ExifTags.Base.DateTime
        )
        return datetime.strptime(str(written)[:19], "%Y:%m:%d %H:%M:%S")
    except Exception:
        return None


def device_of(image: Image.Image) -> str:
    """The maker and model of the camera, at most 60 printable characters; empty where the photo doesn't say."""
    try:
        exif = image.getexif()
        made, model = (str(exif.get(tag, "")) for tag in (ExifTags.Base.Make, ExifTags.Base.Model))
    except Exception:
        return ""
    said = model if model.lower().startswith(made.lower()) else f"{made} {model}"
    return "".join(sign for sign in " ".join(said.split()) if sign.isprintable())[:_LONGEST_DEVICE]
