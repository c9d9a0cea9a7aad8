"""What a person typed, made safe to print: every character that acts on the page is shown instead."""

import unicodedata

_JOINERS = {"\N{ZERO WIDTH JOINER}", "\N{ZERO WIDTH NON-JOINER}"}  # they belong to scripts and emoji
_LINE_ENDS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n"}


def printable(text: str) -> str:
    """Return the text with control and direction characters written out, like ``[U+202E]``.

    A direction override could make a letter read differently on paper from what is stored, so
    nothing is dropped silently. Line ends become ``\\n`` and tabs a space.
    """
    for end, newline in _LINE_ENDS.items():
        text = text.replace(end, newline)
    return "".join(map(_shown, text))


def on_one_line(text: str) -> str:
    """Return the text printable and on one line, for a name or a reference."""
    return " ".join(printable(text).split())


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a typed address that hold something, each printable."""
    return tuple(line for part in printable(text).split("\n") if (line := " ".join(part.split())))


def _shown(char: str) -> str:
    if char == "\t":
        return " "
    if char == "\n" or char in _JOINERS or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}:
        return char
    return f"[U+{ord(char):04X}]"
