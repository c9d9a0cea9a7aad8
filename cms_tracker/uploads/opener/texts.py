"""A text or an e-mail as plain words, without what cannot be seen and without the way that a message came."""

import email
import email.policy
import unicodedata
from email.message import EmailMessage
from html.parser import HTMLParser

from .found import Found, NotTakenError

MOST_CHARACTERS = 500_000
_SHOWN = ("From", "To", "Cc", "Date", "Subject")
_BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote"})
_SILENT = frozenset({"script", "style", "head", "title", "template"})


def copy_of_text(content: bytes, _: str) -> Found:
    """The words of a text file."""
    codings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for coding in codings:
        try:
            return _found(content.decode(coding))
        except UnicodeDecodeError:
            continue
    raise NotTakenError("damaged_text")


def copy_of_email(content: bytes, _: str) -> Found:
    """Who wrote to whom, when, about what, and the words; attachments by name alone."""
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        lines = [f"{name}: {' '.join(str(message[name]).split())}" for name in _SHOWN if message[name]]
        body = _body(message)
        names = [part.get_filename() or "without a name" for part in message.iter_attachments()]
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
        raise NotTakenError("damaged_text") from error
    files = [f"Attached, and not in this copy: {' '.join(name.split())}" for name in names]
    return _found("\n".join([*lines, *files, "", body]), left_out=("files",) if names else ())


def _body(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    text = str(part.get_content())
    return _words_of(text) if part.get_content_subtype() == "html" else text


def _found(text: str, *, left_out: tuple[str, ...] = ()) -> Found:
    if len(text) > MOST_CHARACTERS:
        raise NotTakenError("long_text")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\t", "    ").split("\n")
    # Control and direction characters change how words look, and show nothing themselves.
    plain = "\n".join("".join(char for char in line if unicodedata.category(char)[0] != "C") for line in lines)
    return Found(media_type="text/plain", content=plain.encode(), left_out=left_out)


class _Words(HTMLParser):
    """The words of a page, without what a reader would not see."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(" ".join(data.split()) + " " if data.strip() else " ")


def _words_of(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.words).split("\n")]
    return "\n".join(line for place, line in enumerate(lines) if line or (place and lines[place - 1]))
