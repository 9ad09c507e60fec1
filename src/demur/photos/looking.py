"""Looks at one photo: its faces, its place, its time. Meant for a process of its own."""

from __future__ import annotations

import warnings
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from demur.core.photos import PhotoFacts
from demur.photos.metadata import device_of, place_of, taken_at
from demur.photos.opening import open_photo, small

_LONGEST_SIDE = 512
"""Pixels of the longer side at which faces are looked for; a face in a group photo is about 25 of them."""
_SMALLEST_FACE = 24
_STEP, _NEIGHBOURS = 1.1, 6
"""Each size of a face is a tenth larger than the last; so many hits beside each other make a face. Chosen so that
printed patterns seldom count, at the price of small and turned faces."""


def look_at(data: bytes) -> PhotoFacts:
    """What a photo tells. Raises PhotoRefused for what is none or can't be opened safely."""
    image = open_photo(data)
    width, height = image.size
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow says of each odd entry that it is odd, and there may be thousands
        place, taken, device = place_of(image), taken_at(image), device_of(image)
    return PhotoFacts(width, height, count_faces(small(image, _LONGEST_SIDE)), place, taken, device)


def count_faces(image: Image.Image) -> int:
    """How many faces look at the camera, or else past it, as far as Haar cascades tell (Viola and Jones, 2001)."""
    gray = cv2.equalizeHist(np.asarray(image.convert("L")))
    if min(gray.shape) < _SMALLEST_FACE:
        return 0
    front, side = _detectors()
    if looking := _found(front, gray):
        return looking
    # A profile cascade knows faces that look to the left; mirrored it finds the others.
    return max(_found(side, gray), _found(side, np.ascontiguousarray(gray[:, ::-1])))


def _found(detector: cv2.CascadeClassifier, gray: np.ndarray) -> int:
    return len(detector.detectMultiScale(gray, _STEP, _NEIGHBOURS, minSize=(_SMALLEST_FACE, _SMALLEST_FACE)))


@cache
def _detectors() -> tuple[cv2.CascadeClassifier, cv2.CascadeClassifier]:
    cv2.setNumThreads(1)  # the audit spreads photos over processes already
    folder = Path(cv2.__file__).parent / "data"
    front = cv2.CascadeClassifier(str(folder / "haarcascade_frontalface_default.xml"))
    side = cv2.CascadeClassifier(str(folder / "haarcascade_profileface.xml"))
    if front.empty() or side.empty():
        raise RuntimeError("The face detectors of OpenCV are missing. Install Demur again: make clean, then make run.")
    return front, side
