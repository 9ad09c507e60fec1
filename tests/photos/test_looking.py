"""What a photo tells, and what is no photo."""

import struct
import warnings
import zlib
from contextlib import suppress
from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from demur.core.photos import PhotoRefused
from demur.photos.looking import count_faces, look_at
from tests.photos.drawing import as_file, face, landscape


def test_faces_are_counted_and_hills_are_not() -> None:
    assert count_faces(face()) == 1
    assert count_faces(landscape()) == 0
    two = Image.new("RGB", (640, 320))
    two.paste(face(), (0, 0))
    two.paste(face(), (320, 0))
    assert count_faces(two) == 2


def test_a_camera_s_place_time_and_name_are_read() -> None:
    facts = look_at(as_file(landscape(), (-33.8688, 151.2093), "2024:06:01 07:30:00", "Acme Phone 9"))
    assert facts.place == pytest.approx((-33.869, 151.209))
    assert facts.taken == datetime(2024, 6, 1, 7, 30)
    assert facts.device == "Acme Phone 9"
    assert (facts.width, facts.height, facts.faces) == (640, 480, 0)


def test_a_photo_without_metadata_has_none() -> None:
    facts = look_at(as_file(face(), kind="PNG"))
    assert (facts.place, facts.taken, facts.device) == (None, None, "")
    assert facts.faces == 1


def test_a_turned_photo_is_looked_at_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = face().rotate(90, expand=True)
    out = BytesIO()
    turned.save(out, "JPEG", exif=exif)
    assert look_at(out.getvalue()).faces == 1


@pytest.mark.parametrize(
    ("place", "read"), [((0.0, 0.0), None), ((91.5, 10.0), None), ((12.3456, -179.9), (12.346, -179.9))]
)
def test_a_place_that_is_none_does_not_count(place: tuple[float, float], read: tuple[float, float] | None) -> None:
    found = look_at(as_file(landscape(60, 60), place)).place
    assert found == (read if read is None else pytest.approx(read))


def _png(width: int, height: int) -> bytes:
    """A PNG that says it is huge and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 9000)) + chunk(b"IEND", b"")
    )


def _jpeg(width: int, height: int, *, progressive: bool = False, again: int = 0, exif: bytes = b"") -> bytes:
    """A JPEG of one color, its last pass made so many times more."""
    made = BytesIO()
    Image.new("RGB", (width, height), "teal").save(made, "JPEG", progressive=progressive, exif=exif)
    data = made.getvalue()
    return data[:-2] + data[data.rindex(b"\xff\xda") : -2] * again + data[-2:]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no photo"),
        (b"%PDF-1.7", "no photo"),
        (_png(60_000, 60_000), "million pixels"),
        (_png(10_000, 9_000), "too large"),
        (_jpeg(5_000, 4_000, progressive=True), "too large"),
        (_jpeg(64, 64, progressive=True, again=200), "broken"),
        (_png(400, 400), "broken"),
        (as_file(face())[:2000], "broken"),
    ],
)
def test_what_is_no_photo_is_refused_in_plain_words(data: bytes, says: str) -> None:
    with pytest.raises(PhotoRefused, match=says):
        look_at(data)


@pytest.mark.parametrize("progressive", [False, True])
def test_what_phones_and_networks_make_is_looked_at(progressive: bool) -> None:
    # A small photo inside the metadata has passes of its own.
    inside = b"Exif\0\0" + b"\xff\xda\0\x02" * 5_000
    assert look_at(_jpeg(640, 480, progressive=progressive, exif=inside)).width == 640
    assert look_at(_jpeg(9_000, 4_000)).height == 4_000


def test_odd_metadata_is_passed_over_in_silence() -> None:
    entries = b"".join(struct.pack("<HHLL", tag, 7, 9_999_999, 8) for tag in range(1, 60))
    exif = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", 59) + entries + b"\0" * 4
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        assert look_at(_jpeg(64, 64, exif=exif)).place is None
    assert said == []


@given(st.binary(max_size=300), st.integers(0, 3000))
def test_a_damaged_photo_is_read_or_refused(junk: bytes, at: int) -> None:
    whole = as_file(landscape(64, 64), (1.5, 2.5), "2024:06:01 07:30:00", "Acme One")
    with suppress(PhotoRefused):
        assert look_at(whole[:at] + junk + whole[at:]).width > 0
