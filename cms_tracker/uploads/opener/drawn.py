"""What lies on a page of a PDF without being part of it - filled-in boxes, stamps, marks - as drawing of the page.

Source: ISO 32000-1, 12.5.5, algorithm 8.1: how the picture of an annotation is fitted to its place.
"""

from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

# Written, stamped or marked on the paper. A pop-up note, a link or a film is not on the paper.
_ON_PAPER = frozenset({
    "/Widget", "/FreeText", "/Stamp", "/Ink", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight",
    "/Underline", "/StrikeOut", "/Squiggly", "/Redact",
})  # fmt: skip
_HIDDEN, _NO_VIEW = 1 << 1, 1 << 5


def drawn_over(page: DictionaryObject, resources: DictionaryObject) -> bytes:
    """The drawing of what lies on the page; ``resources`` gets the pictures that it names."""
    notes = page["/Annots"].get_object() if "/Annots" in page else None
    if not isinstance(notes, ArrayObject):
        return b""
    named: Any = resources["/XObject"].get_object() if "/XObject" in resources else {}
    pictures = DictionaryObject(named)
    lines = []
    for number, note in enumerate(notes):
        found = _picture_of(note.get_object())
        if found is None:
            continue
        name = f"/Over{number}"
        pictures[NameObject(name)] = found[0]
        lines.append(f"q {' '.join(f'{one:.4f}' for one in found[1])} cm {name} Do Q")
    if lines:
        resources[NameObject("/XObject")] = pictures
    return "\n".join(lines).encode("ascii")


def _picture_of(note: Any) -> tuple[IndirectObject, tuple[float, ...]] | None:
    """The picture of one annotation as it is seen, and the matrix that puts it in its place."""
    if not isinstance(note, DictionaryObject) or note.get("/Subtype") not in _ON_PAPER:
        return None
    if int(note.get("/F", 0)) & (_HIDDEN | _NO_VIEW):
        return None
    looks = note.get("/AP")
    normal = looks.get_object().raw_get("/N") if looks is not None and "/N" in looks.get_object() else None
    if normal is not None and not isinstance(normal.get_object(), StreamObject):  # one picture for each state
        states, state = normal.get_object(), note.get("/AS")
        normal = states.raw_get(state) if isinstance(states, DictionaryObject) and state in states else None
    if not isinstance(normal, IndirectObject) or not isinstance(normal.get_object(), StreamObject):
        return None
    matrix = _placed(normal.get_object(), [float(one) for one in note.get("/Rect", [])])
    return None if matrix is None else (normal, matrix)


def _placed(form: Any, rect: list[float]) -> tuple[float, ...] | None:
    """Algorithm 8.1: the form's box, turned by its own matrix, is stretched onto the rectangle."""
    box = [float(one) for one in form.get("/BBox", [])]
    if len(box) != 4 or len(rect) != 4:
        return None
    a, b, c, d, e, f = (float(one) for one in form.get("/Matrix", [1, 0, 0, 1, 0, 0]))
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    left, bottom = min(x for x, _ in corners), min(y for _, y in corners)
    wide, high = max(x for x, _ in corners) - left, max(y for _, y in corners) - bottom
    if not wide or not high:
        return None
    x_scale, y_scale = abs(rect[2] - rect[0]) / wide, abs(rect[3] - rect[1]) / high
    at_x, at_y = min(rect[0], rect[2]) - left * x_scale, min(rect[1], rect[3]) - bottom * y_scale
    return (x_scale, 0, 0, y_scale, at_x, at_y)
