"""A text as a cell of a table that is only ever text, whichever program opens it.

A spreadsheet takes a cell that begins with one of a few signs for a formula, and what stands in a
record may have been typed by anybody. Such a text gets an apostrophe in front of it, and so does one
that already stands behind apostrophes, so that taking one away always gives the text back.
"""

# Those that programs in use take for the start of a formula or a command, full-width forms among them.
_SIGNS = frozenset("=+-@|%\t\r\n\0\uff1d\uff0b\uff0d\uff20")
_BLANKS = " \t\r\n\v\f\0\xa0\u2007\u202f\u3000\ufeff\u200b\u200e\u200f\u2060"  # not seen at the start of a cell
_APOSTROPHE = "'"


def text_cell(text: str) -> str:
    """The text, behind an apostrophe where it could otherwise be a formula."""
    return f"{_APOSTROPHE}{text}" if _could_act(text.lstrip(_APOSTROPHE)) else text


def cell_text(cell: str) -> str:
    """The text of a cell that ``text_cell`` wrote."""
    return cell[1:] if cell.startswith(_APOSTROPHE) and _could_act(cell.lstrip(_APOSTROPHE)) else cell


def _could_act(text: str) -> bool:
    """Say whether the first sign acts: the very first, or the first that is no blank."""
    seen = text.lstrip(_BLANKS)
    return bool(text and text[0] in _SIGNS) or bool(seen and seen[0] in _SIGNS)
