"""Pages of files that people handed in, drawn onto sheets of ours: a picture, or a page of a PDF.

They come as copies that are fit to be shared (``cms_tracker.uploads``): what was filled into a form
is part of the page there. Links, scripts, attachments and remarks about itself would stay behind.
"""

import io
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageOps
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
)

WIDTH, HEIGHT = 595.276, 841.89  # A4 in points
SIDE, TOP, BOTTOM = 36.0, 36.0, 62.0  # white round what is drawn; the number of the page stands at the foot
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2000  # pixels: 170 to the inch on A4, enough to read a photographed letter
POINTS_PER_PIXEL = 0.75  # a small picture is not blown up beyond the size it has on a screen
QUALITY = 85

PDF = "application/pdf"
_FORMATS = ["JPEG", "PNG", "WEBP"]
# What a file says about itself beside what it shows.
_ABOUT_ITSELF = ("/Metadata", "/PieceInfo", "/AF", "/LastModified", "/StructParent", "/StructParents", "/OC")

Matrix = tuple[float, float, float, float, float, float]


class UnreadableError(Exception):
    """A file that cannot be drawn: damaged, locked, or not of a kind that we take."""


def taken(content: bytes, media_type: str) -> tuple[bytes, int]:
    """A file as it waits to be drawn, and how many sheets it takes. Raises UnreadableError.

    Pictures are made small at once: a hundred photographs of a telephone would fill the memory.
    """
    return (content, len(opened(content).pages)) if media_type == PDF else (shrunk(content), 1)


def opened(content: bytes) -> PdfReader:
    """A PDF, opened. Raises UnreadableError for one that is locked or damaged."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("locked")
        len(reader.pages)
    except UnreadableError:
        raise
    except Exception as error:  # whatever stands in a damaged file
        raise UnreadableError(type(error).__name__) from error
    return reader


def sheets(writer: PdfWriter, content: bytes, media_type: str) -> Iterator[PageObject]:
    """Each sheet of a file that was ``taken``, added to the end of ``writer``. Raises UnreadableError."""
    if media_type != PDF:
        yield _sheet(writer, *_picture(writer, content))
        return
    reader = opened(content)
    for page in reader.pages:
        try:
            drawn = _page(writer, page)
        except Exception as error:  # whatever stands in a damaged file
            raise UnreadableError(type(error).__name__) from error
        yield _sheet(writer, *drawn)


def form(writer: PdfWriter, data: bytes, *, box: Any, resources: Any, matrix: Matrix | None = None) -> Any:
    """A drawing that pages can hold, as a reference."""
    stream = DecodedStreamObject()
    stream.set_data(data)
    packed = stream.flate_encode()
    packed[NameObject("/Type")], packed[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    packed[NameObject("/BBox")] = ArrayObject([FloatObject(one) for one in box])
    packed[NameObject("/Resources")] = resources
    if matrix is not None:
        packed[NameObject("/Matrix")] = ArrayObject([FloatObject(one) for one in matrix])
    return writer._add_object(packed)


def _sheet(writer: PdfWriter, drawn: Any, width: float, height: float, scale: float) -> PageObject:
    """A sheet with something drawn in its middle; ``scale`` is the most it may be enlarged by."""
    page = writer.add_blank_page(WIDTH, HEIGHT)
    room = (WIDTH - 2 * SIDE, HEIGHT - TOP - BOTTOM)
    by = min(room[0] / width, room[1] / height, scale)
    x, y = SIDE + (room[0] - width * by) / 2, BOTTOM + room[1] - height * by
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/Exhibit"): drawn})}
    )
    content = DecodedStreamObject()
    # Marked as what no tag describes: nobody has said how such a page is to be read aloud.
    content.set_data(f"/Artifact BMC\nq {by:.5f} 0 0 {by:.5f} {x:.3f} {y:.3f} cm /Exhibit Do Q\nEMC\n".encode())
    page[NameObject("/Contents")] = writer._add_object(content)
    return page


def _page(writer: PdfWriter, page: PageObject) -> tuple[Any, float, float, float]:
    """A page of a PDF as a drawing, its turn taken into account, with its width and height."""
    box = page.cropbox
    left, bottom, width, height = float(box.left), float(box.bottom), float(box.width), float(box.height)
    contents = page.get_contents()
    data = contents.get_data() if contents is not None else b""
    resources = page.get("/Resources", DictionaryObject()).get_object()
    kept = resources.clone(writer, ignore_fields=_ABOUT_ITSELF)
    turned = page.rotation % 360
    matrix = {
        90: (0.0, -1.0, 1.0, 0.0, -bottom, left + width),
        180: (-1.0, 0.0, 0.0, -1.0, left + width, bottom + height),
        270: (0.0, 1.0, -1.0, 0.0, bottom + height, -left),
    }.get(turned, (1.0, 0.0, 0.0, 1.0, -left, -bottom))
    drawn = form(
        writer, data, box=(left, bottom, left + width, bottom + height),
        resources=kept, matrix=matrix,
    )  # fmt: skip
    return (drawn, height, width, 1.0) if turned in {90, 270} else (drawn, width, height, 1.0)


def shrunk(content: bytes) -> bytes:
    """A picture, decoded and packed anew as JPEG: upright, on white, no larger than a page needs.

    Nothing of what its file says of itself goes along. Raises UnreadableError.
    """
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise UnreadableError("too large")
            by = min(1.0, LONGEST_SIDE / max(picture.size))
            picture.draft("RGB", (int(picture.width * by), int(picture.height * by)))  # decodes only as many as needed
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            flat = Image.new("RGB", upright.size, "white")
            seen = upright.convert("RGBA")
            flat.paste(seen, mask=seen.getchannel("A"))
    except UnreadableError:
        raise
    except Exception as error:  # whatever stands in a damaged file
        raise UnreadableError(type(error).__name__) from error
    packed = io.BytesIO()
    flat.save(packed, "JPEG", quality=QUALITY)
    return packed.getvalue()


def _picture(writer: PdfWriter, packed: bytes) -> tuple[Any, float, float, float]:
    """A picture that was packed by ``shrunk`` as a drawing, with its width and height."""
    with Image.open(io.BytesIO(packed), formats=["JPEG"]) as picture:
        wide, high = picture.size
    image = StreamObject()
    image._data = packed
    for name, value in {
        "/Type": NameObject("/XObject"), "/Subtype": NameObject("/Image"), "/Filter": NameObject("/DCTDecode"),
        "/ColorSpace": NameObject("/DeviceRGB"), "/BitsPerComponent": NumberObject(8),
        "/Width": NumberObject(wide), "/Height": NumberObject(high),
    }.items():  # fmt: skip
        image[NameObject(name)] = value
    width, height = wide * POINTS_PER_PIXEL, high * POINTS_PER_PIXEL
    resources = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/Picture"): writer._add_object(image)})}
    )
    data = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Picture Do Q".encode()
    return form(writer, data, box=(0, 0, width, height), resources=resources), width, height, 1.0
