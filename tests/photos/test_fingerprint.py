"""The same photo is known again, another one isn't, and what networks give to everybody counts for nobody."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from demur.core.photos import PhotoRefused
from demur.exposure.ties import ALIKE_PHOTO, SAME_PHOTO
from demur.photos.fingerprint import fingerprint_photo
from demur.photos.opening import MOST_PIXELS
from tests.photos.drawing import as_file, face


def portrait() -> Image.Image:
    """A drawn face before a room, so that there is something beside it."""
    image = face(160)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 60, 320), fill=(180, 120, 60))
    draw.rectangle((250, 20, 310, 130), fill=(230, 230, 200))
    draw.rectangle((0, 280, 320, 320), fill=(30, 60, 40))
    return image.filter(ImageFilter.GaussianBlur(1))


def cropped(share: float) -> Callable[[Image.Image], Image.Image]:
    def crop(image: Image.Image) -> Image.Image:
        edge = round(image.width * (1 - share) / 2)
        return image.crop((edge, edge, image.width - edge, image.height - edge))

    return crop


def letter() -> Image.Image:
    image = Image.new("RGB", (200, 200), (200, 60, 60))
    ImageDraw.Draw(image).text((80, 70), "R", fill="white", font_size=80)
    return image


def grey_head() -> Image.Image:
    image = Image.new("RGB", (200, 200), (228, 230, 235))
    draw = ImageDraw.Draw(image)
    draw.ellipse((60, 30, 140, 120), fill="white")
    draw.ellipse((20, 120, 180, 300), fill="white")
    return image


@pytest.mark.parametrize(
    "change",
    [
        lambda image: image.resize((80, 80)),
        lambda image: image.convert("L").convert("RGB"),
        lambda image: ImageEnhance.Contrast(image).enhance(1.3),
        cropped(0.9),
        cropped(0.8),
        cropped(0.7),
    ],
)
def test_the_same_photo_is_known_again(change: Callable[[Image.Image], Image.Image]) -> None:
    image = portrait()
    one, other = fingerprint_photo(as_file(image)), fingerprint_photo(as_file(change(image)))
    assert one.distance(other) <= SAME_PHOTO
    assert one.distance(other) == other.distance(one)
    assert not one.flat


def test_a_wide_photo_and_its_square_are_one() -> None:
    wide = Image.new("RGB", (520, 320), (90, 120, 140))
    wide.paste(portrait(), (100, 0))
    assert fingerprint_photo(as_file(wide)).distance(fingerprint_photo(as_file(portrait()))) <= SAME_PHOTO


def test_another_photo_is_another() -> None:
    other = portrait().transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    assert fingerprint_photo(as_file(portrait())).distance(fingerprint_photo(as_file(other))) > ALIKE_PHOTO


@pytest.mark.parametrize("image", [letter(), grey_head(), Image.new("RGB", (64, 64), "black")])
def test_what_networks_give_to_everybody_is_flat(image: Image.Image) -> None:
    assert fingerprint_photo(as_file(image)).flat


def test_a_fingerprint_passes_on_what_is_known() -> None:
    found = fingerprint_photo(as_file(portrait()), faces=1, widely_used=True)
    assert (found.faces, found.widely_used) == (1, True)
    assert all(0 <= one < 2**64 for one in found.hashes)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8\xff" + b"x" * 100])
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    with pytest.raises(PhotoRefused):
        fingerprint_photo(data)


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    out = BytesIO()
    side = int(MOST_PIXELS**0.5) + 100
    Image.new("1", (side, side)).save(out, "PNG")
    with pytest.raises(PhotoRefused):
        fingerprint_photo(out.getvalue())


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (7, 3)])
def test_a_tiny_photo_has_a_fingerprint(size: tuple[int, int]) -> None:
    assert fingerprint_photo(as_file(Image.new("RGB", size, "red"))).flat
