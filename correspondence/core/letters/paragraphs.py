"""Paragraphs of a letter that a person may write anew, in the letter's own markup.

A paragraph is named by its words, so that a change made to one can never land on another: where the
record has changed what it says since, the change is refused and read again. Tables of figures are
not among them. What is written anew is text: nothing in it acts.
"""

import hashlib
import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

START, END = '<section class="words">', "</section>"
_PARAGRAPH = re.compile(
    r"<(p|li)>((?:(?!<(?:p|li|ol|ul|table)\b|</(?:p|li)>).)*)</\1>",
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"\s*<br>\s*")
_FIGURE = re.compile(
    r"£[\d,]+(?:\.\d{2})?|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December) \d{4}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph as text: ``key`` names it by its words and its place among equal ones."""

    key: str
    text: str


class MovedError(ValueError):
    """A paragraph that was written anew is not in the letter any more, as it was when it was read."""


def paragraphs(words: str) -> list[Paragraph]:
    """Every paragraph that may be written anew, in order."""
    return [one for one, _, _ in _found(words)]


def edited(words: str, texts: Mapping[str, str], *, addition: str = "") -> str:
    """The letter with these paragraphs written anew, and one more at the end of its words.

    An empty text leaves a paragraph out. Raises MovedError for a key that is not there.
    """
    found = _found(words)
    if missing := texts.keys() - {one.key for one, _, _ in found}:
        raise MovedError(f"{len(missing)} paragraphs")
    parts, at = [], 0
    for one, start, end in found:
        if one.key in texts:
            parts += [words[at:start], _markup(texts[one.key], like=words[start:end])]
            at = end
    whole = "".join([*parts, words[at:]])
    if addition:
        place = whole.rindex(END)
        whole = whole[:place] + _markup(addition, like="<p></p>") + "\n" + whole[place:]
    return whole


def figures_changed(before: str, after: str) -> tuple[Sequence[str], Sequence[str]]:
    """The amounts and dates that a change takes out of a paragraph, and those that it brings in."""
    old, new = _FIGURE.findall(before), _FIGURE.findall(after)
    return [one for one in old if one not in new], [one for one in new if one not in old]


def _found(words: str) -> list[tuple[Paragraph, int, int]]:
    first = words.find(START)
    last = words.rfind(END)
    found, seen = [], dict[str, int]()
    for match in _PARAGRAPH.finditer(words, max(first, 0), last if first >= 0 else 0):
        text = _text(match[2])
        seen[text] = seen.get(text, 0) + 1
        key = hashlib.sha256(f"{text}\0{seen[text]}".encode()).hexdigest()[:16]
        found.append((Paragraph(key=key, text=text), match.start(), match.end()))
    return found


def _text(markup: str) -> str:
    lines = _BREAK.split(markup.strip())
    return "\n".join(" ".join(html.unescape(_TAG.sub("", line)).split()) for line in lines)


def _markup(text: str, *, like: str) -> str:
    """The text as paragraphs, or as one item where it stands for an item of a list; nothing for no text."""
    if not text:
        return ""
    if like.startswith("<li"):
        return f"<li>{_lines(text)}</li>"
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
    return "\n  ".join(f"<p>{_lines(block)}</p>" for block in blocks)


def _lines(text: str) -> str:
    return "<br>\n".join(html.escape(line, quote=False) for line in text.splitlines() if line.strip())
