"""A picture made anew from its points alone: no place, camera, profile, thumbnail or further picture goes along."""

import io
import warnings
from math import isqrt

from PIL import ExifTags, Image

from .found import Found, NotTakenError

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
MOST_POINTS = 12_000_000  # of a copy: what a telephone's camera usually gives; a page of small print stays legible
QUALITY = 90
LARGEST_PNG = 8 * 1024 * 1024
_TURNS = {  # what a camera notes of how it was held (Exif 2.32, tag 274), and what makes the picture upright
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip


def copy_of(content: bytes, media_type: str) -> Found:
    """The picture upright, in plain colours on white, in one frame. Raises NotTakenError for one that is damaged."""
    warnings.simplefilter("ignore")  # the size was judged before, by the header
    Image.MAX_IMAGE_PIXELS = None
    try:
        picture, frames = _opened(content, media_type)
        plain = _plain(picture)
    except (OSError, ValueError, SyntaxError, KeyError, IndexError, ZeroDivisionError) as error:
        raise NotTakenError("damaged_picture") from error
    # The second picture of a camera's JPEG is a preview of the first.
    left_out = ("frames",) if frames > 1 and media_type != "image/jpeg" else ()
    return _written(plain, as_png=media_type == "image/png", left_out=left_out)


def _opened(content: bytes, media_type: str) -> tuple[Image.Image, int]:
    """The first frame, small enough and upright, and how many frames there are. The large one is gone by then."""
    with Image.open(io.BytesIO(content), formats=[FORMATS[media_type]]) as picture:
        frames = int(getattr(picture, "n_frames", 1))
        turned = _TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
        picture.draft(None, _half_while_enough(picture.size))
        picture.load()
        small = _small(picture)
    return (small if turned is None else small.transpose(turned)), frames


def _half_while_enough(size: tuple[int, int]) -> tuple[int, int]:
    """The size that a JPEG may be decoded at straight away, so that a large one never stands in memory whole."""
    width, height = size
    while width * height > 2 * MOST_POINTS:
        width, height = width // 2, height // 2
    return width, height


def _small(picture: Image.Image) -> Image.Image:
    points = picture.width * picture.height
    if points <= MOST_POINTS:
        return picture
    # In whole numbers, so that every machine makes the same copy.
    wide = max(1, isqrt(MOST_POINTS * picture.width // picture.height))
    size = wide, max(1, MOST_POINTS // wide)
    if picture.mode in ("P", "1"):
        return picture.resize(size)  # as it is: in full colours it would take four times the room
    return picture.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)


def _plain(picture: Image.Image) -> Image.Image:
    """Grey or RGB, eight bits each; what is see-through stands on white."""
    if picture.mode in ("1", "L"):
        return picture.convert("L")
    if picture.mode.startswith("I") or picture.mode == "F":
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if "A" in picture.getbands() or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        white = Image.new("RGB", clear.size, "white")
        white.paste(clear, mask=clear.getchannel("A"))
        return white
    return picture.convert("RGB")


def _written(picture: Image.Image, *, as_png: bool, left_out: tuple[str, ...]) -> Found:
    picture.info = {}  # whatever else hangs on a picture is not written by chance
    file = io.BytesIO()
    if as_png:
        picture.save(file, "PNG")
        if file.tell() <= LARGEST_PNG:
            return Found(media_type="image/png", content=file.getvalue(), pages=1, left_out=left_out)
        file = io.BytesIO()
    picture.save(file, "JPEG", quality=QUALITY)
    return Found(media_type="image/jpeg", content=file.getvalue(), pages=1, left_out=left_out)
