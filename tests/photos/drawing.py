"""Photos for tests: nobody's face, drawn so that a detector takes it for one, with what a camera would write."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter
from PIL.TiffImagePlugin import IFDRational


def face(size: int = 160) -> Image.Image:
    """A drawn face in the middle of a square of twice `size` pixels."""
    skin = (224, 180, 150)
    image = Image.new("RGB", (2 * size, 2 * size), (90, 120, 140))
    draw = ImageDraw.Draw(image)
    middle, wide, high = size, 0.36 * size, 0.48 * size

    def oval(x: float, y: float, across: float, down: float, color: tuple[int, ...]) -> None:
        draw.ellipse((x - across, y - down, x + across, y + down), fill=color)

    oval(middle, middle - 0.2 * high, 1.1 * wide, high, (50, 35, 25))
    oval(middle, middle, wide, high, skin)
    for side in (-1, 1):
        eye, level = middle + side * 0.42 * wide, middle - 0.18 * high
        oval(eye, level, 0.30 * wide, 0.15 * high, tuple(int(0.72 * part) for part in skin))
        oval(eye, level, 0.20 * wide, 0.07 * high, (245, 245, 245))
        oval(eye, level, 0.09 * wide, 0.08 * high, (30, 20, 15))
        brow = level - 0.18 * high
        draw.rectangle((eye - 0.28 * wide, brow - 0.04 * high, eye + 0.28 * wide, brow), fill=(60, 40, 30))
    oval(middle, middle, 0.1 * wide, 0.2 * high, (241, 194, 162))
    oval(middle, middle + 0.2 * high, 0.2 * wide, 0.08 * high, tuple(int(0.85 * part) for part in skin))
    oval(middle, middle + 0.54 * high, 0.4 * wide, 0.08 * high, (150, 60, 60))
    return image.filter(ImageFilter.GaussianBlur(size / 60))


def landscape(width: int = 640, height: int = 480) -> Image.Image:
    """A sky, a hill and a sun: no face."""
    image = Image.new("RGB", (width, height), (150, 190, 230))
    draw = ImageDraw.Draw(image)
    draw.ellipse((-width * 0.3, height * 0.6, width * 1.1, height * 1.9), fill=(80, 130, 60))
    draw.ellipse((width * 0.75, height * 0.1, width * 0.87, height * 0.26), fill=(250, 220, 120))
    return image


def as_file(
    image: Image.Image, place: tuple[float, float] | None = None, taken: str = "", device: str = "", kind: str = "JPEG"
) -> bytes:
    """The file that a camera would write. `place` in degrees; `taken` as cameras write it."""
    exif = Image.Exif()
    if place is not None:
        latitude, longitude = place
        exif[0x8825] = {
            1: "N" if latitude >= 0 else "S",
            2: _parts(abs(latitude)),
            3: "E" if longitude >= 0 else "W",
            4: _parts(abs(longitude)),
        }
    if taken:
        exif[0x8769] = {0x9003: taken}
    if device:
        exif[0x010F], _, exif[0x0110] = device.partition(" ")
    out = BytesIO()
    image.save(out, kind, exif=exif)
    return out.getvalue()


def _parts(degrees: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    whole = int(degrees)
    minutes = int((degrees - whole) * 60)
    seconds = round(((degrees - whole) * 60 - minutes) * 60 * 100)
    return IFDRational(whole), IFDRational(minutes), IFDRational(seconds, 100)
