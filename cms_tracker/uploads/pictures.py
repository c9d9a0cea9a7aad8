"""How large a picture says it is, read from its header: nothing is decoded."""

from collections.abc import Callable

from cms_tracker.uploads.opener import jpeg


def size_of(content: bytes, kind: str) -> tuple[int, int] | None:
    """Width and height in points; None where the header is not whole."""
    try:
        return _READERS[kind](content)
    except (IndexError, ValueError):
        return None


def _png(content: bytes) -> tuple[int, int] | None:
    if content[12:16] != b"IHDR" or len(content) < 33:
        return None
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def _jpeg(content: bytes) -> tuple[int, int] | None:
    """The largest frame that is announced: a reader could take any of them."""
    sizes = [
        (int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big"))
        for marker, body in jpeg.segments(content)
        if marker in jpeg.FRAMES
    ]
    return max(sizes, key=lambda size: size[0] * size[1], default=None)


def _webp(content: bytes) -> tuple[int, int] | None:
    """The canvas, or the picture where there is none (RFC 9649, 2.7)."""
    if len(content) < 30:
        return None
    form, body = content[12:16], content[20:]
    if form == b"VP8X":
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if form == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if form == b"VP8 ":
        return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
    return None


_READERS: dict[str, Callable[[bytes], tuple[int, int] | None]] = {
    "image/png": _png, "image/jpeg": _jpeg, "image/webp": _webp,
}  # fmt: skip
