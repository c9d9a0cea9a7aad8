"""The segments of a JPEG file: read and left out without decoding the picture."""

from collections.abc import Iterator

FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # each says how large the picture is
_START_OF_SCAN, _END = 0xDA, 0xD9
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length
_JFIF, _ADOBE, _COMMENT = 0xE0, 0xEE, 0xFE


def segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each segment up to the picture itself: its marker and its body. Stops where the file is not whole."""
    for marker, start, end in _places(content):
        yield marker, content[start + 4 : end]


def without_notes(content: bytes) -> bytes:
    """The same picture, point by point, without place, camera, thumbnail, colour profile or comment.

    Only the segments that a decoder needs for the right colours (JFIF, Adobe) stay. Bytes after the
    first scan, where further pictures may hang on, end with the end of the picture.
    """
    if not content.startswith(b"\xff\xd8"):
        return content
    kept, after = [b"\xff\xd8"], 2
    for marker, start, end in _places(content):
        is_note = marker == _COMMENT or (0xE0 <= marker <= 0xEF and marker not in (_JFIF, _ADOBE))
        if not is_note:
            kept.append(content[start:end])
        after = end
    last = content.rfind(b"\xff\xd9", after)
    return b"".join(kept) + (content[after : last + 2] if last >= 0 else content[after:])


def _places(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of each segment before the first scan, its header among them."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker in _BARE:
            at += 2
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == _END or end > len(content) or end < at + 4:
            return
        yield marker, at, end
        if marker == _START_OF_SCAN:
            return
        at = end
