"""Files to hand in, good and bad, made afresh: none of anybody lies in the repository."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from cms_tracker.uploads import Accepted, SharedCopy

GPS_TAG, ORIENTATION, MAKER = 34853, 274, 271
PLACE = b"HIDDEN-PLACE-51.5"
TEXT = b"They said on the phone that it was paid.\nIt was not.\n"
EMAIL = (
    b"Received: from home.example (203.0.113.9)\r\nFrom: Officer <cms@example.org>\r\nTo: rosa@example.com\r\n"
    b"Date: Mon, 3 Mar 2025 10:00:00 +0000\r\nSubject: Your case\r\n\r\nWe will write by Friday.\r\n"
)


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: Any) -> bytes:
    """A white picture."""
    file = io.BytesIO()
    Image.new(mode, size, "white" if mode in ("RGB", "L", "RGBA") else 0).save(file, kind, **options)
    return file.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    """A few hundred bytes that would be a picture of that size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 99)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(name, body) for name, body in parts)


def png_chunk(name: bytes, body: bytes) -> bytes:
    """One part of a PNG file."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def photo(orientation: int = 6, size: tuple[int, int] = (60, 40)) -> bytes:
    """A photo as a telephone makes it: left half red, turned, with the place, the maker, XMP and a profile."""
    image = Image.new("RGB", size, "white")
    image.paste((200, 0, 0), (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = orientation, PLACE.decode()
    exif[GPS_TAG] = {1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)}
    file = io.BytesIO()
    xmp = b"<?xpacket begin=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'>" + PLACE + b"</x:xmpmeta>"
    image.save(file, "JPEG", exif=exif, xmp=xmp, icc_profile=PLACE * 20, comment=PLACE)
    return file.getvalue()


def moving(kind: str) -> bytes:
    """A picture of three frames."""
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "white", "blue")]
    file = io.BytesIO()
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], duration=100)
    return file.getvalue()


def pdf(*pages: str, change: Callable[[PdfWriter], None] | None = None) -> bytes:
    """A PDF with one line of text on each page; ``change`` adds to it."""
    writer = PdfWriter()
    for words in pages or ("Received 260.00 on 3 March 2025",):
        page = writer.add_blank_page(595, 842)
        font = DictionaryObject({
            NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        })  # fmt: skip
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        page[NameObject("/Contents")] = writer._add_object(stream(f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode()))
    if change is not None:
        change(writer)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@cache
def plain_pdf() -> bytes:
    """A PDF of one page, the same each time."""
    return pdf()


def stream(content: bytes, **entries: Any) -> DecodedStreamObject:
    """A stream of a PDF."""
    made = DecodedStreamObject()
    made.set_data(content)
    for name, value in entries.items():
        made[NameObject(f"/{name}")] = value
    return made


def locked(writer: PdfWriter) -> None:
    """Ask for a password."""
    writer.encrypt("secret", algorithm="RC4-128")


def scripted(writer: PdfWriter) -> None:
    """Run a script when the file is opened."""
    script = TextStringObject("app.alert('SCRIPT-CANARY');")
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): script}
    writer._root_object[NameObject("/OpenAction")] = writer._add_object(DictionaryObject(action))


def with_attachment(writer: PdfWriter) -> None:
    """Carry a file inside."""
    writer.add_attachment("SECRET-NAME.exe", b"ATTACHED-CANARY")


def launching(writer: PdfWriter) -> None:
    """Start a program when the file is opened."""
    action = {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("calc.exe")}
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(action)


def with_metadata(writer: PdfWriter) -> None:
    """Say who made it, in both ways there are, and carry a photo that holds its place."""
    writer.add_metadata({"/Author": PLACE.decode(), "/Title": "AUTHOR-CANARY"})
    xmp = stream(b"<x:xmpmeta>" + PLACE + b"</x:xmpmeta>", Type=NameObject("/Metadata"))
    writer._root_object[NameObject("/Metadata")] = writer._add_object(xmp)
    image = stream(
        photo(), Type=NameObject("/XObject"), Subtype=NameObject("/Image"), Width=NumberObject(60),
        Height=NumberObject(40), ColorSpace=NameObject("/DeviceRGB"), BitsPerComponent=NumberObject(8),
        Filter=NameObject("/DCTDecode"), Metadata=writer._add_object(stream(PLACE)),
    )  # fmt: skip
    page = writer.pages[0]
    shown = DictionaryObject({NameObject("/Photo"): writer._add_object(image)})
    page["/Resources"][NameObject("/XObject")] = shown  # type: ignore[index]


def annotated(writer: PdfWriter) -> None:
    """A filled-in box, a link, and a note that nobody sees on the paper."""
    look = stream(
        b"BT /F1 10 Tf 2 2 Td (FILLED IN) Tj ET", Type=NameObject("/XObject"), Subtype=NameObject("/Form"),
        BBox=ArrayObject([FloatObject(one) for one in (0, 0, 100, 20)]), Resources=writer.pages[0]["/Resources"],
    )  # fmt: skip
    notes = [
        {"Subtype": NameObject("/Widget"), "AP": DictionaryObject({NameObject("/N"): writer._add_object(look)})},
        {"Subtype": NameObject("/Link"), "A": DictionaryObject({
            NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject("http://tracker.example/"),
        })},
        {"Subtype": NameObject("/Text"), "Contents": TextStringObject("NOTE-CANARY")},
    ]  # fmt: skip
    rect = ArrayObject([FloatObject(one) for one in (72, 600, 272, 640)])
    made = [
        writer._add_object(
            DictionaryObject({NameObject(f"/{name}"): value for name, value in (note | {"Rect": rect}).items()})
        )
        for note in notes
    ]
    writer.pages[0][NameObject("/Annots")] = ArrayObject(made)


def inflating(size: int, *, layers: int = 1) -> bytes:
    """A small PDF with a stream that comes to ``size`` bytes when unpacked."""
    unpack = zlib.compressobj(9)
    block = b"\0" * (1 << 20)
    packed = b"".join(unpack.compress(block) for _ in range(size >> 20)) + unpack.flush()
    for _ in range(layers - 1):
        packed = zlib.compress(packed, 9)

    def swell(writer: PdfWriter) -> None:
        made = stream(packed, Filter=ArrayObject([NameObject("/FlateDecode")] * layers))
        writer.pages[0][NameObject("/Contents")] = writer._add_object(made)

    return pdf(change=swell)


def accepted(name: str = "bank.png", content: bytes = b"", media_type: str = "image/png") -> Accepted:
    """A file as a form hands it on, without the time it takes to judge one."""
    shown = content or picture()
    copy = SharedCopy(media_type="image/png", content=picture(size=(4, 3)), pages=1, left_out=())
    return Accepted(name=name, media_type=media_type, content=shown, copy=copy)


def archive(name: str = "a.txt", content: bytes = b"inside") -> bytes:
    """A zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(name, content)
    return file.getvalue()
